//! `POST /chat/druckansicht`: an answer for paper, without anything that cannot be pressed there.
//!
//! The question is asked once more instead of being kept: the same question gets the same answer.

use actix_web::{HttpRequest, HttpResponse, web};
use maud::html;

use crate::chat;
use crate::chat::page::ChatForm;
use crate::http::errors::Refused;
use crate::reply_body::BlockBody;
use crate::site::Site;
use crate::templates::{self, AskAgain, Frame};

pub(crate) async fn show(
    request: HttpRequest,
    site: web::Data<Site>,
    form: web::Form<ChatForm>,
) -> Result<HttpResponse, Refused> {
    let language = site.language(&request, form.named_language());
    let turn = form.turn(language.clone()).map_err(|refusal| refusal.in_language(language))?;
    // Not counted as a question: somebody only prints.
    let reply = site.desk.answer(turn).await;
    let body = chat::body_of(&site.desk, &reply);
    let phrasebook = site.desk.phrasebook(Some(&reply.language));
    let say = |key: &str| phrasebook.say(key, &[]);
    let today = site.desk.clock().now().date_naive();
    let again = AskAgain { conversation: None, language: reply.language.as_str() };
    let printed = body.blocks.iter().filter(|block| !matches!(block, BlockBody::Choices { .. }));
    let content = html! {
        main.sheet {
            p.date { (phrasebook.date(today)) }
            h1 { (say("web_chat_title")) }
            h2 { (say("web_chat_your_question")) }
            p dir="auto" { (form.question()) }
            h2 { (say("web_chat_answer")) }
            @for block in printed { (templates::block(block, &phrasebook, &again)) }
            (templates::source(&reply, &phrasebook))
            div.hint { (templates::prose(&say("web_chat_print_hint"))) }
            (form.again("/chat#answer", &say("web_chat_print_back")))
        }
    };
    let title = phrasebook.say("web_chat_answer_title", &[("title", &say("web_chat_title"))]);
    let page = templates::page(&phrasebook, &Frame { title: &title, is_indexed: false }, content);
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page.into_string()))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use crate::testing::{self, TestSite};

    fn form(fields: &str) -> TestRequest {
        TestRequest::post()
            .uri("/chat/druckansicht")
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .set_payload(fields.to_owned())
    }

    #[actix_web::test]
    async fn an_answer_stands_alone_on_its_sheet() {
        let page = TestSite::new().answers(form("text=Auto+abmelden&conversation=&lang=en")).await;
        assert_eq!(page.status, 200);
        insta::assert_snapshot!(testing::one_tag_per_line(&page.text()));
    }

    #[actix_web::test]
    async fn what_is_no_question_is_refused_and_markup_stays_text() {
        for wrong in ["text=&lang=en", "text=a&conversation=nonsense"] {
            assert_eq!(TestSite::new().answers(form(wrong)).await.status, 400, "{wrong}");
        }
        let evil = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";
        let text = TestSite::new().answers(form(&format!("text=Auto+abmelden+{evil}"))).await.text();
        assert!(!text.contains("<script"), "{text}");
    }
}
