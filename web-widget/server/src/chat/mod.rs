//! What a visitor does: one file for each action.

pub(crate) mod calendar;
pub(crate) mod feedback;
pub(crate) mod greeting;
pub(crate) mod page;
pub(crate) mod post_message;
pub(crate) mod print;
pub(crate) mod rating;
pub(crate) mod suggest;

use std::time::Instant;

use faq_engine::desk::InfoDesk;
use faq_engine::language::LanguageTag;
use faq_engine::reply::{Block, Passage, Reply};
use faq_engine::turn::Turn;

use crate::answer_id::AnswerId;
use crate::http::errors::Refusal;
use crate::reply_body::ReplyBody;
use crate::site::{Site, random};

/// Asks the desk and counts the answer.
async fn ask(site: &Site, turn: Turn) -> Reply {
    let started = Instant::now();
    let reply = site.desk.answer(turn).await;
    site.metrics.count_reply(reply.kind, started.elapsed());
    reply
}

/// The words that open a conversation here: who speaks, what not to write, and where it says what becomes of questions.
fn greeting(site: &Site, language: Option<&LanguageTag>) -> Reply {
    let mut reply = site.desk.greeting(language);
    let phrasebook = site.desk.phrasebook(Some(&reply.language));
    let text = phrasebook.say("web_greeting_privacy", &[("lang", reply.language.as_str())]);
    reply.blocks.push(Block::Text(Passage { text, language: reply.language.clone() }));
    reply
}

/// The reply with a name of its own.
pub(crate) fn body_of(desk: &InfoDesk, reply: &Reply) -> ReplyBody {
    let answer_id = AnswerId::new(reply, u64::from_le_bytes(random()));
    ReplyBody::new(reply, &desk.phrasebook(Some(&reply.language)), &answer_id)
}

/// Whether this can be asked: something, and not too much.
fn check_length(text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        Err(Refusal::EmptyQuestion)
    } else if text.chars().count() > Turn::LONGEST_TEXT {
        Err(Refusal::QuestionTooLong)
    } else {
        Ok(())
    }
}
