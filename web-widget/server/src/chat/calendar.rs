//! `POST /chat/kalender`: a list of documents as an entry for the reader's calendar, on the day of the errand.
//!
//! The question is asked once more instead of being kept, as for paper. When somebody goes where is theirs to say and
//! nobody's to know: the time goes into the file and nowhere else.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDateTime;
use faq_engine::compose::plain::plain_text;
use faq_engine::hours::resolve;
use faq_engine::phrasebook::Phrasebook;
use faq_engine::reply::{Block, Checklist, Reply};
use maud::{Markup, html};
use serde::Deserialize;

use crate::chat::page::ChatForm;
use crate::http::calendar::{Calendar, CalendarEntry, Span};
use crate::http::errors::{Refusal, Refused};
use crate::site::{Site, random_id};

/// How long an errand takes is not known; half an hour keeps a place free.
const MINUTES: i64 = 30;

/// The question, and when its asker goes there.
#[derive(Debug, Deserialize)]
pub(crate) struct CalendarForm {
    #[serde(flatten)]
    asked: ChatForm,
    /// As `datetime-local` writes it: `2026-11-30T08:20`.
    #[serde(default)]
    when: String,
}

/// Asks for the time and offers the entry.
pub(super) fn form(asked: &ChatForm, phrasebook: &Phrasebook) -> Markup {
    html! {
        form.again.calendar method="post" action="/chat/kalender" {
            (asked.hidden_fields())
            label for="when" { (phrasebook.say("web_chat_calendar_when", &[])) }
            input type="datetime-local" id="when" name="when" required;
            button type="submit" { (phrasebook.say("web_chat_calendar", &[])) }
        }
    }
}

pub(crate) async fn entry(
    request: HttpRequest,
    site: web::Data<Site>,
    form: web::Form<CalendarForm>,
) -> Result<HttpResponse, Refused> {
    let language = site.language(&request, form.asked.named_language());
    let refused = |refusal: Refusal| refusal.in_language(language.clone());
    let turn = form.asked.turn(language.clone()).map_err(refused)?;
    let when = parse_when(&form.when).ok_or_else(|| refused(Refusal::InvalidTime))?;
    let reply = site.desk.answer(turn).await;
    let list = checklist(&reply).ok_or_else(|| refused(Refusal::InvalidRequest))?;
    let now = site.desk.clock().now();
    let entry = CalendarEntry {
        uid: format!("{}@auskunft", random_id()),
        span: Span::Time { begin: resolve(now.timezone(), when), minutes: MINUTES },
        title: list.title.clone(),
        place: address(list),
        text: Some(plain_text(&with_its_list_alone(&reply), &site.desk.phrasebook(Some(&reply.language)))),
    };
    let calendar = Calendar { name: list.title.clone(), stamp: now.to_utc(), entries: vec![entry] };
    Ok(calendar.download(&format!("{}.ics", reply.service.as_ref().map_or("auskunft", |slug| slug.as_str()))))
}

/// With or without seconds: browsers differ.
fn parse_when(when: &str) -> Option<NaiveDateTime> {
    let parse = |format| NaiveDateTime::parse_from_str(when.trim(), format).ok();
    parse("%Y-%m-%dT%H:%M").or_else(|| parse("%Y-%m-%dT%H:%M:%S"))
}

pub(super) fn checklist(reply: &Reply) -> Option<&Checklist> {
    reply.blocks.iter().find_map(|block| match block {
        Block::Checklist(list) => Some(list),
        _ => None,
    })
}

fn address(list: &Checklist) -> Option<String> {
    list.places.iter().flat_map(|places| &places.blocks).find_map(|block| match block {
        Block::Contact(contact) => contact.address.clone(),
        _ => None,
    })
}

/// What is needed on that day: the list with its places, what is announced, and what it rests on.
fn with_its_list_alone(reply: &Reply) -> Reply {
    let mut alone = reply.clone();
    alone.blocks.retain(|block| matches!(block, Block::Checklist(_) | Block::Notice { .. }));
    alone
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use crate::testing::TestSite;

    fn form(fields: &str) -> TestRequest {
        TestRequest::post()
            .uri("/chat/kalender")
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .set_payload(fields.to_owned())
    }

    #[actix_web::test]
    async fn without_a_time_or_a_list_there_is_no_entry() {
        for (wrong, code) in [
            ("text=Unterlagen+Auto+abmelden", "web_error_invalid_time"),
            ("text=Unterlagen+Auto+abmelden&when=morgen", "web_error_invalid_time"),
            ("text=Unterlagen+Auto+abmelden&when=2026-02-30T08:00", "web_error_invalid_time"),
            ("text=Hallo&when=2026-11-30T08:20", "web_error_invalid_request"),
            ("text=&when=2026-11-30T08:20", "web_error_empty_question"),
        ] {
            let answer = TestSite::new().answers(form(wrong)).await;
            assert_eq!(answer.status, 400, "{wrong}");
            assert!(answer.text().contains(code), "{wrong}: {}", answer.text());
        }
    }
}
