//! The notice board over the store: what is put up is kept first and told then.

use std::sync::Arc;

use auskunft_config::content::notice;
use auskunft_config::{ContentDocument, Fault};
use chrono::{NaiveDateTime, Timelike};
use faq_engine::desk::InfoDesk;
use faq_engine::notice::{Notice, NoticeState};
use faq_engine::ports::{
    ContentChange, ContentKey, ContentKind, ContentOrigin, ContentStore, NoticeBoard, NoticeBoardError,
};
use faq_engine::slug::Slug;
use faq_store_sled::SledStore;
use tokio::sync::Mutex;

use crate::publishing;

/// Keeps notices in the store and publishes them at the desk.
pub struct StoredNotices {
    store: SledStore,
    desk: Arc<InfoDesk>,
    /// One change after the other: each is checked against what is there.
    changing: Mutex<()>,
}

impl StoredNotices {
    /// The board of this store and desk.
    pub fn new(store: SledStore, desk: Arc<InfoDesk>) -> Self {
        Self { store, desk, changing: Mutex::new(()) }
    }

    async fn documents(&self) -> Result<Vec<ContentDocument>, NoticeBoardError> {
        let records = self.store.content().all().await?;
        let is_notice = |document: &ContentDocument| document.key.kind == ContentKind::Notice;
        Ok(publishing::documents(records).into_iter().filter(is_notice).collect())
    }

    /// Checks what would be in force, keeps the change, and tells it.
    async fn change(&self, id: &Slug, document: Option<ContentDocument>) -> Result<(), NoticeBoardError> {
        let mut documents = self.documents().await?;
        let revision = documents.iter().find(|known| known.key == key(id)).map_or(0, |known| known.revision);
        documents.retain(|known| known.key != key(id));
        documents.extend(document.clone());
        let notices = notice::notices(&documents).map_err(|faults| invalid(&faults))?;
        let knowledge = self
            .desk
            .knowledge()
            .with_notices(notices)
            .map_err(|faults| NoticeBoardError::Invalid(faults.iter().map(ToString::to_string).collect()))?;
        let change = ContentChange {
            key: key(id),
            expected_revision: revision,
            document: document.map(|document| document.text),
            origin: ContentOrigin::Editor,
        };
        self.store.content().save(vec![change]).await?;
        self.desk.publish(knowledge);
        // What is exported of a desk that is down, such as the static pages, has to know what was told last.
        if let Err(error) = self.store.export_latest().await {
            tracing::warn!(error = &error as &dyn std::error::Error, "no export could be written");
        }
        Ok(())
    }

    /// Now, to the minute: what ends then is over at once.
    fn minute(&self) -> NaiveDateTime {
        this_minute(self.desk.clock().now().naive_local())
    }
}

/// The minute this time is in.
pub fn this_minute(time: NaiveDateTime) -> NaiveDateTime {
    time.with_second(0).and_then(|time| time.with_nanosecond(0)).unwrap_or(time)
}

#[async_trait::async_trait]
impl NoticeBoard for StoredNotices {
    async fn all(&self) -> Result<Vec<Notice>, NoticeBoardError> {
        notice::notices(&self.documents().await?).map_err(|faults| invalid(&faults))
    }

    async fn put_up(&self, notice: Notice) -> Result<(), NoticeBoardError> {
        let _alone = self.changing.lock().await;
        self.change(&notice.id, Some(notice::document(&notice))).await?;
        tracing::info!(notice = %notice.id, severity = notice.severity.as_str(), "a notice was put up");
        Ok(())
    }

    async fn end(&self, id: &Slug) -> Result<(), NoticeBoardError> {
        let _alone = self.changing.lock().await;
        let documents = self.documents().await?;
        let document = documents.iter().find(|known| known.key == key(id));
        let document = document.ok_or_else(|| NoticeBoardError::Unknown(id.clone()))?;
        let known = notice::notices(std::slice::from_ref(document)).map_err(|faults| invalid(&faults))?;
        let state = known.first().map(|notice| notice.state_at(&self.desk.clock().now()));
        let ended = match state {
            None => return Err(NoticeBoardError::Unknown(id.clone())),
            Some(NoticeState::Expired) => return Err(NoticeBoardError::Over(id.clone())),
            // It was never told, so nothing of it needs to be remembered but its history.
            Some(NoticeState::Planned) => None,
            Some(NoticeState::InForce) => {
                Some(notice::ending_at(document, self.minute()).map_err(|faults| invalid(&faults))?)
            }
        };
        self.change(id, ended).await?;
        tracing::info!(notice = %id, "a notice was ended");
        Ok(())
    }
}

fn key(id: &Slug) -> ContentKey {
    ContentKey { kind: ContentKind::Notice, name: id.to_string() }
}

fn invalid(faults: &[Fault]) -> NoticeBoardError {
    NoticeBoardError::Invalid(faults.iter().map(|fault| fault.message.clone()).collect())
}
