//! The notice board of a running server, over HTTP with the operator's key.

use faq_engine::notice::{Notice, NoticeState};
use faq_engine::ports::{NoticeBoard, NoticeBoardError, StoreError};
use faq_engine::slug::Slug;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::Value;
use web_widget_server::{NoticeBody, NoticesBody};

use crate::operator::OperatorAccess;

/// The notice board of a running server.
pub struct RemoteNotices {
    client: reqwest::Client,
    access: OperatorAccess,
}

impl RemoteNotices {
    /// The board of the server that left this access.
    pub fn new(access: OperatorAccess) -> Result<Self, reqwest::Error> {
        // It listens on this machine; a proxy would be asked for its own.
        Ok(Self { client: reqwest::Client::builder().no_proxy().build()?, access })
    }

    fn address(&self, rest: &str) -> String {
        format!("{}/api/v1/notices{rest}", self.access.address)
    }

    async fn sent(&self, request: RequestBuilder, id: Option<&Slug>) -> Result<Response, NoticeBoardError> {
        let response = request.bearer_auth(&self.access.key).send().await.map_err(|error| self.failed(error))?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let words: Value = response.json().await.unwrap_or_default();
        let details = words["error"]["details"].as_array().into_iter().flatten();
        let details: Vec<String> = details.filter_map(|detail| detail.as_str()).map(str::to_owned).collect();
        Err(match (status, id) {
            (StatusCode::BAD_REQUEST, _) => NoticeBoardError::Invalid(details),
            (StatusCode::NOT_FOUND, Some(id)) => NoticeBoardError::Unknown(id.clone()),
            (StatusCode::CONFLICT, Some(id)) => NoticeBoardError::Over(id.clone()),
            _ => {
                let message = words["error"]["message"].as_str().unwrap_or_default();
                self.failed(std::io::Error::other(format!("{status}: {message}")))
            }
        })
    }

    fn failed(&self, source: impl std::error::Error + Send + Sync + 'static) -> NoticeBoardError {
        let message = format!("the server at {} could not be told", self.access.address);
        StoreError::Failed { message, source: source.into() }.into()
    }
}

#[async_trait::async_trait]
impl NoticeBoard for RemoteNotices {
    async fn all(&self) -> Result<Vec<Notice>, NoticeBoardError> {
        let response = self.sent(self.client.get(self.address("?all=true")), None).await?;
        let body: NoticesBody = response.json().await.map_err(|error| self.failed(error))?;
        let notices: Result<Vec<_>, String> = body.notices.iter().map(NoticeBody::read).collect();
        notices.map_err(|mistake| NoticeBoardError::Invalid(vec![mistake]))
    }

    async fn put_up(&self, notice: Notice) -> Result<(), NoticeBoardError> {
        let request = self.client.put(self.address(&format!("/{}", notice.id)));
        // The server knows better than we which state it is in.
        let body = NoticeBody::new(&notice, NoticeState::Planned);
        self.sent(request.json(&body), Some(&notice.id)).await.map(|_| ())
    }

    async fn end(&self, id: &Slug) -> Result<(), NoticeBoardError> {
        self.sent(self.client.delete(self.address(&format!("/{id}"))), Some(id)).await.map(|_| ())
    }
}
