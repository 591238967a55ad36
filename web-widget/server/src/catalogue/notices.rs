//! `/api/v1/notices`: what stands before every answer for a while. Everybody may read what is in force; whoever holds
//! the operator's key puts notices up and ends them.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDateTime;
use faq_engine::facet::Facet;
use faq_engine::language::{LanguageTag, LocalizedText};
use faq_engine::notice::{Area, Notice, NoticeState, Scope, Severity};
use faq_engine::ports::NoticeBoardError;
use faq_engine::slug::Slug;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::errors::{ErrorBody, Refusal, Refused};
use crate::http::json::read_json;
use crate::http::operator;
use crate::site::Site;

/// Times are local, to the minute.
const LOCAL_TIME: &str = "%Y-%m-%dT%H:%M";

/// Which notices.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct NoticesQuery {
    /// Planned and expired ones too; for operators.
    #[serde(default)]
    all: bool,
}

/// Notices, the loudest first.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct NoticesBody {
    /// They.
    pub notices: Vec<NoticeBody>,
}

/// A notice.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeBody {
    /// Its name. Taken from the address where a notice is put up.
    #[serde(default)]
    #[schema(example = "wasserschaden")]
    pub id: String,
    /// `info`, `warning` or `critical`.
    #[schema(example = "warning")]
    pub severity: String,
    /// Local time from which it is shown.
    #[schema(example = "2026-11-28T08:00")]
    pub valid_from: String,
    /// Local time until which it is shown.
    #[schema(example = "2026-11-30T18:00")]
    pub valid_until: String,
    /// Whether it is about everything.
    #[serde(default)]
    pub everything: bool,
    /// Services it is about.
    #[serde(default)]
    pub services: Vec<String>,
    /// Offices it is about, and with them the services they do.
    #[serde(default)]
    pub offices: Vec<String>,
    /// Aspects it is about; empty: all of them.
    #[serde(default)]
    pub facets: Vec<String>,
    /// What it says, by language; German must be there.
    pub text: BTreeMap<String, String>,
    /// Aspects that are not answered as usual meanwhile, or `["all"]`.
    #[serde(default)]
    pub suspends: Vec<String>,
    /// What people can do instead, by language.
    #[serde(default)]
    pub instead: BTreeMap<String, String>,
    /// Where it stands in time; ignored where a notice is put up.
    #[serde(default)]
    pub state: Option<NoticeStateBody>,
}

/// Where a notice stands in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeStateBody {
    /// It is told.
    InForce,
    /// It will be told.
    Planned,
    /// It is not told any more.
    Expired,
}

impl From<NoticeState> for NoticeStateBody {
    fn from(state: NoticeState) -> Self {
        match state {
            NoticeState::InForce => Self::InForce,
            NoticeState::Planned => Self::Planned,
            NoticeState::Expired => Self::Expired,
        }
    }
}

#[utoipa::path(
    get,
    path = "/api/v1/notices",
    tag = "catalogue",
    params(NoticesQuery),
    responses(
        (status = 200, description = "Notices in force; with `all` and the operator's key every one", body = NoticesBody),
        (status = 401, description = "`all` without the operator's key", body = ErrorBody),
    )
)]
pub(crate) async fn list(
    request: HttpRequest,
    site: web::Data<Site>,
    query: web::Query<NoticesQuery>,
) -> Result<HttpResponse, Refused> {
    let now = site.desk.clock().now();
    let mut notices = match query.all {
        true => operator::notice_board(&site, &request)?.all().await.map_err(|error| refusal(&error))?,
        false => site.desk.knowledge().catalogue.notices().to_vec(),
    };
    notices.retain(|notice| query.all || notice.is_valid_at(&now));
    notices.sort_by(|a, b| {
        let rank = |notice: &Notice| (notice.state_at(&now), std::cmp::Reverse(notice.severity));
        rank(a).cmp(&rank(b)).then_with(|| a.id.cmp(&b.id))
    });
    let notices = notices.iter().map(|notice| NoticeBody::new(notice, notice.state_at(&now))).collect();
    Ok(HttpResponse::Ok().json(NoticesBody { notices }))
}

#[utoipa::path(
    put,
    path = "/api/v1/notices/{id}",
    tag = "operator",
    params(("id" = String, Path, description = "Its name")),
    request_body = NoticeBody,
    responses(
        (status = 204, description = "It is kept, and told from now on"),
        (status = 400, description = "It names what is not there, or contradicts itself", body = ErrorBody),
        (status = 401, description = "Without the operator's key (`Authorization: Bearer …`)", body = ErrorBody),
        (status = 503, description = "Nothing can be saved now", body = ErrorBody),
    )
)]
pub(crate) async fn put_up(
    request: HttpRequest,
    site: web::Data<Site>,
    id: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, Refused> {
    let board = operator::notice_board(&site, &request)?;
    let body: NoticeBody = read_json(&request, &body)?;
    let notice = match (NoticeBody { id: id.into_inner(), ..body }).read() {
        Ok(notice) => notice,
        Err(mistake) => return Err(Refusal::InvalidNotice.because(vec![mistake])),
    };
    match board.put_up(notice).await {
        Ok(()) => Ok(HttpResponse::NoContent().finish()),
        Err(NoticeBoardError::Invalid(mistakes)) => Err(Refusal::InvalidNotice.because(mistakes)),
        Err(error) => Err(refusal(&error)),
    }
}

#[utoipa::path(
    delete,
    path = "/api/v1/notices/{id}",
    tag = "operator",
    params(("id" = String, Path, description = "Its name")),
    responses(
        (status = 204, description = "It is over"),
        (status = 401, description = "Without the operator's key", body = ErrorBody),
        (status = 404, description = "No such notice", body = ErrorBody),
        (status = 409, description = "It was over already", body = ErrorBody),
    )
)]
pub(crate) async fn end(
    request: HttpRequest,
    site: web::Data<Site>,
    id: web::Path<String>,
) -> Result<HttpResponse, Refused> {
    let board = operator::notice_board(&site, &request)?;
    let id = Slug::parse(&id).map_err(|_| Refusal::UnknownNotice)?;
    board.end(&id).await.map_err(|error| refusal(&error))?;
    Ok(HttpResponse::NoContent().finish())
}

fn refusal(error: &NoticeBoardError) -> Refused {
    match error {
        NoticeBoardError::Invalid(_) => Refusal::InvalidNotice.into(),
        NoticeBoardError::Unknown(_) => Refusal::UnknownNotice.into(),
        NoticeBoardError::Over(_) => Refusal::NoticeIsOver.into(),
        NoticeBoardError::Store(error) => {
            tracing::error!(error = error as &dyn std::error::Error, "a notice could not be kept");
            Refusal::NothingCanBeSaved.into()
        }
    }
}

impl NoticeBody {
    /// A notice as others read it.
    pub fn new(notice: &Notice, state: NoticeState) -> Self {
        let names = |facets: &[Facet]| facets.iter().map(|facet| facet.as_str().to_owned()).collect();
        let slugs = |slugs: &[Slug]| slugs.iter().map(Slug::to_string).collect();
        let texts =
            |text: &LocalizedText| text.versions().map(|(tag, text)| (tag.to_string(), text.to_owned())).collect();
        let (everything, services, offices) = match &notice.scope.area {
            Area::Everything => (true, Vec::new(), Vec::new()),
            Area::Named { services, offices } => (false, slugs(services), slugs(offices)),
        };
        Self {
            id: notice.id.to_string(),
            severity: notice.severity.as_str().to_owned(),
            valid_from: notice.valid_from.format(LOCAL_TIME).to_string(),
            valid_until: notice.valid_until.format(LOCAL_TIME).to_string(),
            everything,
            services,
            offices,
            facets: names(&notice.scope.facets),
            text: texts(&notice.text),
            suspends: names(&notice.suspends),
            instead: notice.instead.as_ref().map(texts).unwrap_or_default(),
            state: Some(state.into()),
        }
    }

    /// The notice, or what is wrong with it. Whether what it names exists is for the notice board to say.
    pub fn read(&self) -> Result<Notice, String> {
        let time = |text: &str| {
            NaiveDateTime::parse_from_str(text, LOCAL_TIME)
                .map_err(|_| format!("\"{text}\" is no local time such as \"2026-12-24T08:00\""))
        };
        let slug = |text: &String| Slug::parse(text).map_err(|error| error.to_string());
        let slugs = |texts: &[String]| texts.iter().map(slug).collect::<Result<Vec<_>, _>>();
        let facet = |text: &String| Facet::parse(text).ok_or_else(|| format!("`{text}` is no facet"));
        let facets = |texts: &[String]| match texts {
            [all] if all == "all" => Ok(Facet::ALL.to_vec()),
            texts => texts.iter().map(facet).collect::<Result<Vec<_>, _>>(),
        };
        let severity = Severity::parse(&self.severity);
        let area = match self.everything {
            true => Area::Everything,
            false => Area::Named { services: slugs(&self.services)?, offices: slugs(&self.offices)? },
        };
        Ok(Notice {
            id: slug(&self.id)?,
            severity: severity
                .ok_or_else(|| format!("`severity` is info, warning or critical, not \"{}\"", self.severity))?,
            valid_from: time(&self.valid_from)?,
            valid_until: time(&self.valid_until)?,
            scope: Scope { area, facets: facets(&self.facets)? },
            text: localized(&self.text)?.ok_or("`text` needs German: \"text\": {\"de\": \"…\"}")?,
            suspends: facets(&self.suspends)?,
            instead: localized(&self.instead)?,
        })
    }
}

/// A text by language; nothing if there is none in any.
fn localized(texts: &BTreeMap<String, String>) -> Result<Option<LocalizedText>, String> {
    let mut tagged = Vec::new();
    for (tag, text) in texts {
        tagged.push((LanguageTag::parse(tag).map_err(|error| error.to_string())?, text.clone()));
    }
    if tagged.is_empty() { Ok(None) } else { LocalizedText::new(tagged).map(Some).map_err(|error| error.to_string()) }
}

#[cfg(test)]
mod tests {
    use actix_web::http::Method;
    use actix_web::test::TestRequest;

    use super::NoticeStateBody;
    use crate::testing::{OPERATOR_KEY, TestSite, json};

    fn request(method: Method, path: &str) -> TestRequest {
        TestRequest::default()
            .method(method)
            .uri(&format!("/api/v1/notices{path}"))
            .insert_header(("authorization", format!("Bearer {OPERATOR_KEY}")))
    }

    fn notice(office: &str) -> serde_json::Value {
        json!({
            "severity": "warning", "valid_from": "2026-11-23T08:00", "valid_until": "2026-11-23T18:00",
            "offices": [office], "facets": ["hours"], "text": {"de": "Wasserschaden."}, "suspends": ["hours"],
            "instead": {"de": "Kommen Sie ins Kreishaus."},
        })
    }

    #[actix_web::test]
    async fn what_is_put_up_is_listed_as_it_was_written_until_it_is_ended() {
        let site = TestSite::new();
        let put = request(Method::PUT, "/wasser").set_json(notice("buergerservice"));
        assert_eq!(site.answers(put).await.status, 204);
        let (status, list) = site.answers(request(Method::GET, "?all=true")).await.status_and_json();
        let mut expected = notice("buergerservice");
        expected["id"] = json!("wasser");
        expected["everything"] = json!(false);
        expected["services"] = json!([]);
        expected["state"] = json!(NoticeStateBody::InForce);
        assert_eq!((status, &list["notices"]), (200, &json!([expected])));
        assert_eq!(site.answers(request(Method::DELETE, "/wasser")).await.status, 204);
        let (status, body) = site.answers(request(Method::DELETE, "/wasser")).await.status_and_json();
        assert_eq!((status, &body["error"]["code"]), (404, &json!("unknown_notice")));
    }

    #[actix_web::test]
    async fn what_the_board_refuses_is_told_in_detail() {
        let put = request(Method::PUT, "/wasser").set_json(notice("nirgends"));
        let (status, body) = TestSite::new().answers(put).await.status_and_json();
        assert_eq!((status, &body["error"]["code"]), (400, &json!("invalid_notice")));
        assert_eq!(body["error"]["details"], json!(["there is no office `nirgends`"]));
    }

    #[actix_web::test]
    async fn without_the_key_nothing_is_read_of_the_body() {
        let put = TestRequest::put().uri("/api/v1/notices/wasser").set_payload("{{{");
        let (status, body) = TestSite::new().answers(put).await.status_and_json();
        assert_eq!((status, &body["error"]["code"]), (401, &json!("not_the_operator")));
    }
}
