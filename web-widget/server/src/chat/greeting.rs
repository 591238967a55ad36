//! `GET /api/v1/greeting`: the words that open a conversation.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::chat;
use crate::reply_body::ReplyBody;
use crate::site::Site;

/// What to greet in.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct GreetingQuery {
    /// Language; without it the browser's.
    lang: Option<String>,
}

#[utoipa::path(
    get,
    path = "/api/v1/greeting",
    tag = "chat",
    params(GreetingQuery),
    responses((status = 200, description = "A reply of kind `chitchat`", body = ReplyBody))
)]
pub(crate) async fn greeting(
    request: HttpRequest,
    site: web::Data<Site>,
    query: web::Query<GreetingQuery>,
) -> HttpResponse {
    let language = site.language(&request, query.lang.as_deref());
    HttpResponse::Ok().json(chat::body_of(&site.desk, &chat::greeting(&site, language.as_ref())))
}

#[cfg(test)]
mod tests {
    use crate::testing::TestSite;

    #[actix_web::test]
    async fn a_greeting_is_a_reply_in_the_asked_language() {
        let (status, reply) = TestSite::new().gets("/api/v1/greeting?lang=en").await.status_and_json();
        assert_eq!(status, 200);
        assert_eq!(reply["kind"], "chitchat");
        assert_eq!(reply["lang"], "en");
        assert!(reply["blocks"].to_string().contains("[en] privacy /datenschutz?lang=en"), "{reply}");
    }

    #[actix_web::test]
    async fn an_unknown_language_is_greeted_in_german() {
        let (_, reply) = TestSite::new().gets("/api/v1/greeting?lang=%00..").await.status_and_json();
        assert_eq!(reply["lang"], "de");
    }
}
