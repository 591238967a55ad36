//! `GET /api/v1/suggest`: what somebody may be about to ask.

use actix_web::{HttpRequest, HttpResponse, web};
use faq_engine::language::LanguageTag;
use faq_engine::turn::Turn;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::reply_body::ChoiceBody;
use crate::site::Site;

/// More than this is no help but a list.
const MOST: usize = 6;

/// What was typed so far.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct SuggestQuery {
    /// What was typed so far.
    #[serde(default)]
    q: String,
    /// Language; without it the browser's.
    lang: Option<String>,
}

/// Questions that fit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuggestionsBody {
    /// Best first, six at most.
    suggestions: Vec<ChoiceBody>,
}

#[utoipa::path(
    get,
    path = "/api/v1/suggest",
    tag = "chat",
    params(SuggestQuery),
    responses((status = 200, description = "Questions that fit what was typed", body = SuggestionsBody))
)]
pub(crate) async fn suggest(
    request: HttpRequest,
    site: web::Data<Site>,
    query: web::Query<SuggestQuery>,
) -> HttpResponse {
    let language = site.language(&request, query.lang.as_deref());
    let language = language.unwrap_or_else(LanguageTag::german);
    // Whoever typed that much is not looking for a suggestion.
    let is_too_long = query.q.chars().count() > Turn::LONGEST_TEXT;
    let found = if is_too_long { Vec::new() } else { site.desk.suggest(&query.q, &language, MOST) };
    HttpResponse::Ok().json(SuggestionsBody { suggestions: found.iter().map(ChoiceBody::new).collect() })
}

#[cfg(test)]
mod tests {
    use crate::testing::TestSite;

    #[actix_web::test]
    async fn what_was_typed_is_completed() {
        let (status, body) = TestSite::new().gets("/api/v1/suggest?q=abmeld&lang=de").await.status_and_json();
        assert_eq!(status, 200);
        assert!(body["suggestions"][0]["label"].as_str().unwrap().contains("bmelden"), "{body}");
        assert!(body["suggestions"][0]["send"].is_string());
    }

    #[actix_web::test]
    async fn nothing_typed_and_too_much_typed_are_no_mistake() {
        for typed in [String::new(), "?q=".to_owned(), format!("?q={}", "a".repeat(1001))] {
            let (status, body) = TestSite::new().gets(&format!("/api/v1/suggest{typed}")).await.status_and_json();
            assert_eq!(status, 200);
            assert!(body["suggestions"].is_array());
        }
    }
}
