//! `/chat`: the same desk without JavaScript.
//!
//! A form that sends the question and what the last reply handed out; nothing is kept on either side. Choices are forms
//! of their own, because the Enter key presses the first button of the form it is pressed in.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use faq_engine::conversation::Conversation;
use faq_engine::language::LanguageTag;
use faq_engine::phrasebook::Phrasebook;
use faq_engine::reply::{Reply, ReplyKind};
use faq_engine::turn::Turn;
use faq_engine::understanding::text::clean;
use maud::{Markup, html};
use serde::Deserialize;

use crate::chat::{self, calendar, rating};
use crate::http::errors::Refusal;
use crate::reply_body::{BlockBody, ReplyBody};
use crate::site::Site;
use crate::templates::{self, AskAgain, Frame};

/// What the address says.
#[derive(Debug, Deserialize)]
pub(crate) struct ChatQuery {
    lang: Option<String>,
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct ChatForm {
    #[serde(default)]
    text: String,
    #[serde(default)]
    conversation: String,
    lang: Option<String>,
}

impl ChatForm {
    /// The turn it asks for.
    pub(super) fn turn(&self, language: Option<LanguageTag>) -> Result<Turn, Refusal> {
        chat::check_length(&self.text)?;
        let conversation = match self.conversation.as_str() {
            "" => Conversation::default(),
            token => Conversation::from_token(token).map_err(|_| Refusal::InvalidConversation)?,
        };
        Ok(Turn { text: self.text.clone(), language, conversation, office: None })
    }

    /// What it asked, for the reader.
    pub(super) fn question(&self) -> String {
        clean(&self.text, Turn::LONGEST_TEXT)
    }

    /// The language it names.
    pub(super) fn named_language(&self) -> Option<&str> {
        self.lang.as_deref()
    }

    /// A button that asks the same again, somewhere else.
    pub(super) fn again(&self, action: &str, label: &str) -> Markup {
        html! {
            form.again method="post" action=(action) {
                (self.hidden_fields())
                button type="submit" { (label) }
            }
        }
    }

    /// All of it, for another form.
    pub(super) fn hidden_fields(&self) -> Markup {
        html! {
            input type="hidden" name="text" value=(self.text);
            input type="hidden" name="conversation" value=(self.conversation);
            @if let Some(lang) = &self.lang { input type="hidden" name="lang" value=(lang); }
        }
    }
}

/// One question and its answer, or the greeting.
struct Exchange {
    asked: Option<ChatForm>,
    reply: Reply,
    body: ReplyBody,
}

/// `GET /chat`: greets and asks.
pub(crate) async fn open(request: HttpRequest, site: web::Data<Site>, query: web::Query<ChatQuery>) -> HttpResponse {
    let language = site.language(&request, query.lang.as_deref());
    let exchange = greeting(&site, language.as_ref());
    respond(&site, StatusCode::OK, &exchange, None)
}

/// `POST /chat`: answers and asks on.
pub(crate) async fn ask(request: HttpRequest, site: web::Data<Site>, form: web::Form<ChatForm>) -> HttpResponse {
    let form = form.into_inner();
    let language = site.language(&request, form.named_language());
    match form.turn(language.clone()) {
        Ok(turn) => {
            let reply = chat::ask(&site, turn).await;
            // Whoever asked in Turkish on a German page goes on in Turkish.
            let asked = Some(ChatForm { lang: Some(reply.language.to_string()), ..form });
            let exchange = Exchange { body: chat::body_of(&site.desk, &reply), asked, reply };
            respond(&site, StatusCode::OK, &exchange, None)
        }
        Err(refusal) => {
            let mistake = Mistake { sentence: refusal.sentence(&site, language.as_ref()), typed: form.text };
            respond(&site, StatusCode::BAD_REQUEST, &greeting(&site, language.as_ref()), Some(&mistake))
        }
    }
}

/// What was wrong with a question, shown beside the field that still holds it.
struct Mistake {
    sentence: String,
    typed: String,
}

fn greeting(site: &Site, language: Option<&LanguageTag>) -> Exchange {
    let reply = chat::greeting(site, language);
    Exchange { asked: None, body: chat::body_of(&site.desk, &reply), reply }
}

fn respond(site: &Site, status: StatusCode, exchange: &Exchange, mistake: Option<&Mistake>) -> HttpResponse {
    let page = render(site, exchange, mistake).into_string();
    HttpResponse::build(status).content_type("text/html; charset=utf-8").body(page)
}

fn render(site: &Site, exchange: &Exchange, mistake: Option<&Mistake>) -> Markup {
    // Whoever asks in Turkish goes on in Turkish, so the page speaks the language of the reply.
    let phrasebook = site.desk.phrasebook(Some(&exchange.reply.language));
    let say = |key: &str| phrasebook.say(key, &[]);
    let again =
        AskAgain { conversation: exchange.body.conversation.as_deref(), language: exchange.reply.language.as_str() };
    let content = html! {
        a.skip href="#text" { (say("web_chat_skip")) }
        (templates::language_links(&site.desk.knowledge().languages, &phrasebook, "/chat"))
        main {
            h1 { (say("web_chat_title")) }
            div.subtitle { (templates::prose(&say("web_chat_subtitle"))) }
            @if let Some(asked) = &exchange.asked {
                section.question {
                    h2 { (say("web_chat_your_question")) }
                    p dir="auto" { (asked.question()) }
                }
            }
            (answer(exchange, &phrasebook, &again))
            @if let (Some(asked), ReplyKind::Answer) = (&exchange.asked, exchange.reply.kind) {
                @if !matches!(exchange.body.blocks.last(), Some(BlockBody::Choices { .. })) {
                    (rating::question(asked, &exchange.body.answer_id, &phrasebook))
                }
                (asked.again("/chat/druckansicht", &say("web_chat_print")))
                @if calendar::checklist(&exchange.reply).is_some() { (calendar::form(asked, &phrasebook)) }
            }
            (question_form(&phrasebook, &again, mistake))
            @if exchange.asked.is_some() { div.hint { (templates::prose(&say("web_chat_privacy_hint"))) } }
        }
    };
    let title = match (mistake, &exchange.asked) {
        // Who cannot see the page hears its title first.
        (Some(_), _) => phrasebook.say("web_chat_mistake_title", &[("title", &say("web_chat_title"))]),
        (None, Some(_)) => phrasebook.say("web_chat_answer_title", &[("title", &say("web_chat_title"))]),
        (None, None) => say("web_chat_title"),
    };
    templates::page(&phrasebook, &Frame { title: &title, is_indexed: exchange.asked.is_none() }, content)
}

fn answer(exchange: &Exchange, phrasebook: &Phrasebook, again: &AskAgain<'_>) -> Markup {
    html! {
        section.answer id="answer" {
            @if exchange.asked.is_some() {
                h2 { (phrasebook.say("web_chat_answer", &[])) }
            }
            @for block in &exchange.body.blocks {
                (templates::block(block, phrasebook, again))
            }
            (templates::source(&exchange.reply, phrasebook))
            @if !exchange.body.suggestions.is_empty() {
                (templates::choices(&phrasebook.say("web_chat_suggestions", &[]), &exchange.body.suggestions, again))
            }
        }
    }
}

fn question_form(phrasebook: &Phrasebook, again: &AskAgain<'_>, mistake: Option<&Mistake>) -> Markup {
    let say = |key: &str| phrasebook.say(key, &[]);
    html! {
        form.ask method="post" action="/chat#answer" {
            (again.hidden_fields())
            label for="text" { (say("web_chat_question_label")) }
            @if let Some(mistake) = mistake {
                div.mistake id="mistake" role="alert" { (templates::prose(&mistake.sentence)) }
            }
            textarea id="text" name="text" rows="3" maxlength=(Turn::LONGEST_TEXT) required dir="auto"
                autocomplete="off" aria-invalid=[mistake.map(|_| "true")]
                aria-describedby=(if mistake.is_some() { "mistake hint" } else { "hint" }) {
                @if let Some(mistake) = mistake { (mistake.typed) }
            }
            div.hint id="hint" { (templates::prose(&say("web_chat_hint"))) }
            button type="submit" { (say("web_chat_send")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer_id::AnswerId;
    use crate::testing::{self, TestSite};
    use actix_web::test::TestRequest;

    fn form(fields: &str) -> TestRequest {
        TestRequest::post()
            .uri("/chat")
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .set_payload(fields.to_owned())
    }

    #[actix_web::test]
    async fn every_kind_of_block_as_a_page() {
        let site = testing::site();
        let reply = testing::reply_with_every_block();
        let body = ReplyBody::new(&reply, &testing::phrasebook("en"), &AnswerId::new(&reply, 7));
        let asked = ChatForm { text: "May I <b>bring</b> my dog?".to_owned(), conversation: String::new(), lang: None };
        let exchange = Exchange { asked: Some(asked), reply, body };
        insta::assert_snapshot!(testing::one_tag_per_line(&render(&site, &exchange, None).into_string()));
    }

    #[actix_web::test]
    async fn the_page_greets_and_asks() {
        let page = TestSite::new().gets("/chat?lang=en").await;
        assert_eq!(page.status, 200);
        insta::assert_snapshot!(testing::one_tag_per_line(&page.text()));
    }

    #[actix_web::test]
    async fn a_question_is_answered_and_can_be_followed_up() {
        let page = TestSite::new().answers(form("text=Auto+abmelden&conversation=&lang=de")).await;
        assert_eq!(page.status, 200);
        let text = page.text();
        assert!(text.contains("Auto abmelden"), "{text}");
        assert!(text.contains(r#"name="conversation" value="1~s=kfz-abmeldung"#), "{text}");
    }

    #[actix_web::test]
    async fn a_mistake_stands_beside_the_field_that_still_holds_the_text() {
        let typed = "x".repeat(1001);
        let page = TestSite::new().answers(form(&format!("text={typed}&conversation=&lang=en"))).await;
        assert_eq!(page.status, 400);
        let text = page.text();
        assert!(text.contains(r#"role="alert"><p>[en] web_error_question_too_long"#), "{text}");
        assert!(text.contains(&typed));
    }

    #[actix_web::test]
    async fn what_a_citizen_types_never_becomes_markup() {
        let evil = "%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%3E";
        for form_fields in [format!("text={evil}"), format!("text={evil}&conversation={evil}&lang={evil}")] {
            let text = TestSite::new().answers(form(&form_fields)).await.text();
            assert!(!text.contains("<script"), "{text}");
            assert!(text.contains("&lt;script"), "{text}");
        }
    }

    #[actix_web::test]
    async fn what_is_no_form_is_refused_with_a_page() {
        let json = TestRequest::post().uri("/chat").set_json(testing::json!({"text": "a"}));
        assert_eq!(TestSite::new().answers(json).await.status, 415);
        let answer = TestSite::new().answers(form("text=%ff%fe&text=b")).await;
        assert_eq!(answer.status, 400);
        assert!(answer.text().starts_with("<!DOCTYPE html>"));
    }
}
