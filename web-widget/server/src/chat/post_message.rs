//! `POST /api/v1/messages`: a question in, a reply out.

use actix_web::{HttpRequest, HttpResponse, web};
use faq_engine::conversation::Conversation;
use faq_engine::language::LanguageTag;
use faq_engine::slug::Slug;
use faq_engine::turn::Turn;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::chat;
use crate::http::errors::{ErrorBody, Refusal, Refused};
use crate::http::json::read_json;
use crate::reply_body::ReplyBody;
use crate::site::Site;

/// A question. Fields we do not know are ignored, so that a newer widget can talk to an older server.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct MessageBody {
    /// The question, or the `send` value of a choice.
    #[schema(max_length = 1000, example = "Was brauche ich, um mein Auto umzumelden?")]
    text: Option<String>,
    /// Language of the surroundings; the words of the question weigh more.
    #[schema(example = "de")]
    lang: Option<String>,
    /// The office on whose page the question is asked: meant where the question names none. An unknown one is overlooked.
    #[schema(example = "zulassungsstelle-lippstadt")]
    office: Option<String>,
    /// What the last reply handed out.
    conversation: Option<String>,
}

#[utoipa::path(
    post,
    path = "/api/v1/messages",
    tag = "chat",
    request_body = MessageBody,
    responses(
        (status = 200, description = "The reply", body = ReplyBody),
        (status = 400, description = "Not a question", body = ErrorBody),
        (status = 413, description = "Too large", body = ErrorBody),
        (status = 415, description = "Not JSON", body = ErrorBody),
        (status = 429, description = "Too many questions; see Retry-After", body = ErrorBody),
    )
)]
pub(crate) async fn post_message(
    request: HttpRequest,
    site: web::Data<Site>,
    body: web::Bytes,
) -> Result<HttpResponse, Refused> {
    let message: MessageBody = read_json(&request, &body)?;
    let language = site.language(&request, message.lang.as_deref());
    let turn = turn(message, language.clone()).map_err(|refusal| refusal.in_language(language))?;
    let reply = chat::ask(&site, turn).await;
    Ok(HttpResponse::Ok().json(chat::body_of(&site.desk, &reply)))
}

fn turn(message: MessageBody, language: Option<LanguageTag>) -> Result<Turn, Refusal> {
    let text = message.text.ok_or(Refusal::MissingText)?;
    chat::check_length(&text)?;
    let conversation = match message.conversation {
        Some(token) => Conversation::from_token(&token).map_err(|_| Refusal::InvalidConversation)?,
        None => Conversation::default(),
    };
    let office = message.office.and_then(|office| Slug::parse(&office).ok());
    Ok(Turn { text, language, office, conversation })
}

#[cfg(test)]
mod tests {
    use crate::testing::{TestSite, json};
    use actix_web::test::TestRequest;

    async fn post(body: &str) -> (u16, serde_json::Value) {
        let request = TestRequest::post().uri("/api/v1/messages").insert_header(("content-type", "application/json"));
        TestSite::new().answers(request.set_payload(body.to_owned())).await.status_and_json()
    }

    async fn refused(body: &str) -> String {
        let (status, body) = post(body).await;
        assert_eq!(status, 400, "{body}");
        assert!(!body["error"]["message"].as_str().unwrap().is_empty());
        body["error"]["code"].as_str().unwrap().to_owned()
    }

    #[actix_web::test]
    async fn a_question_gets_a_reply_that_carries_the_conversation() {
        let (status, reply) = post(r#"{"text":"Auto abmelden","lang":"de"}"#).await;
        assert_eq!(status, 200);
        assert_eq!(reply["kind"], "answer");
        assert_eq!(reply["service"], "kfz-abmeldung");
        let next = json!({"text": "Was kostet das?", "conversation": reply["conversation"]});
        assert_eq!(post(&next.to_string()).await.0, 200);
        assert_ne!(reply["answer_id"], post(&next.to_string()).await.1["answer_id"]);
    }

    #[actix_web::test]
    async fn fields_we_do_not_know_and_languages_we_do_not_speak_are_no_mistake() {
        assert_eq!(post(r#"{"text":"Auto abmelden","lang":"xx","colour":{"a":[1]}}"#).await.0, 200);
        assert_eq!(post(r#"{"text":"Auto abmelden","lang":null,"conversation":null}"#).await.0, 200);
    }

    #[actix_web::test]
    async fn what_is_no_question_is_refused_with_a_code() {
        for broken in ["", "{", "[[[", "\u{FEFF}{}", r#"{"text":"\ud800"}"#, r#"{"text":1e999}"#, r#"{"text":"a"}x"#] {
            assert_eq!(refused(broken).await, "invalid_json", "{broken}");
        }
        for wrong in [
            "[]",
            r#"["a","de",null]"#,
            "null",
            r#"{"text":5}"#,
            r#"{"text":"a","lang":{}}"#,
            r#"{"text":"a","text":"b"}"#,
        ] {
            assert_eq!(refused(wrong).await, "invalid_request", "{wrong}");
        }
        assert_eq!(refused("{}").await, "missing_text");
        assert_eq!(refused(r#"{"text":null}"#).await, "missing_text");
        assert_eq!(refused(r#"{"text":"  \n"}"#).await, "empty_question");
        assert_eq!(refused(&json!({"text": "ä".repeat(1001)}).to_string()).await, "question_too_long");
        assert_eq!(refused(&"[".repeat(10_000)).await, "invalid_json");
    }

    #[actix_web::test]
    async fn the_longest_question_is_answered() {
        assert_eq!(post(&json!({"text": "ä".repeat(1000)}).to_string()).await.0, 200);
    }

    #[actix_web::test]
    async fn a_conversation_we_did_not_write_is_refused() {
        for wrong in ["", "2~s=a", "1~s=../etc", &"1".repeat(2000)] {
            assert_eq!(refused(&json!({"text": "a", "conversation": wrong}).to_string()).await, "invalid_conversation");
        }
    }

    #[actix_web::test]
    async fn control_characters_are_no_reason_to_fail() {
        for odd in [r"a\u0000b", r"\u202eabc", r"e\u0301\u0301", "*", "status:draft", &"(".repeat(742)] {
            assert_eq!(post(&format!(r#"{{"text":"{odd}"}}"#)).await.0, 200, "{odd}");
        }
    }

    #[actix_web::test]
    async fn only_json_is_read() {
        for wrong in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
            let request = TestRequest::post().uri("/api/v1/messages").insert_header(("content-type", wrong));
            let (status, body) =
                TestSite::new().answers(request.set_payload(r#"{"text":"a"}"#)).await.status_and_json();
            assert_eq!((status, &body["error"]["code"]), (415, &json!("unsupported_media_type")));
        }
    }

    #[actix_web::test]
    async fn a_refusal_is_said_in_the_language_of_the_question() {
        let (_, body) = post(r#"{"text":"","lang":"en"}"#).await;
        assert_eq!(body["error"]["message"], "[en] web_error_empty_question");
    }
}
