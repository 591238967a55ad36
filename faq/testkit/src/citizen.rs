//! Somebody at the desk, with the verbs of a conversation.

use faq_engine::catalogue::CatalogueParts;
use faq_engine::compose::plain::plain_text;
use faq_engine::desk::InfoDesk;
use faq_engine::language::LanguageTag;
use faq_engine::reply::{Block, Choice, Reply};
use faq_engine::turn::Turn;

use crate::county;

/// A person who asks, hands back what the last reply left behind, and looks at the last reply.
pub struct Citizen {
    desk: InfoDesk,
    language: Option<LanguageTag>,
    last: Option<Reply>,
}

impl Citizen {
    /// Somebody at the desk of the sample county, at this moment, written as in `2026-12-24T10:00:00+01:00`.
    pub fn at(now: &str) -> Self {
        Self::of(county::parts(), now)
    }

    /// Somebody at the desk of another county.
    pub fn of(parts: CatalogueParts, now: &str) -> Self {
        Self::before(county::desk(parts, now))
    }

    /// Somebody at this desk.
    pub fn before(desk: InfoDesk) -> Self {
        Self { desk, language: None, last: None }
    }

    /// The same person on a page or phone in this language.
    #[must_use]
    pub fn reading(mut self, language: &str) -> Self {
        self.language = Some(LanguageTag::parse(language).expect("a test gives a valid language"));
        self
    }

    /// Says something and is answered.
    pub async fn asks(&mut self, text: &str) -> Reply {
        let conversation = self.last.as_ref().map(|reply| reply.conversation.clone()).unwrap_or_default();
        let turn = Turn { text: text.to_owned(), language: self.language.clone(), conversation, office: None };
        let reply = self.desk.answer(turn).await;
        self.last = Some(reply.clone());
        reply
    }

    /// Taps a choice of the last reply, counted from 0.
    pub async fn taps(&mut self, index: usize) -> Reply {
        let send = self.choices().get(index).expect("the last reply offers so many choices").send.clone();
        self.asks(&send).await
    }

    /// What the last reply offers to choose from.
    pub fn choices(&self) -> Vec<Choice> {
        let blocks = self.last.iter().flat_map(|reply| &reply.blocks);
        blocks.filter_map(choices_of).flatten().cloned().collect()
    }

    /// The last reply as plain text.
    pub fn reads(&self) -> String {
        let reply = self.last.as_ref().expect("something was asked before");
        plain_text(reply, &self.desk.phrasebook(Some(&reply.language)))
    }

    /// The desk.
    pub fn desk(&self) -> &InfoDesk {
        &self.desk
    }
}

fn choices_of(block: &Block) -> Option<&Vec<Choice>> {
    match block {
        Block::Choices { choices, .. } => Some(choices),
        _ => None,
    }
}
