//! The info desk: the one door through which every channel asks.

use std::sync::{Arc, RwLock};

use chrono::DateTime;
use chrono_tz::Tz;

use crate::compose::Composer;
use crate::conversation::Conversation;
use crate::dialogue::{Decision, Outcome, decide};
use crate::explanation::Explanation;
use crate::facet::Facet;
use crate::hours::{AskedDay, TimeQuestion};
use crate::knowledge::Knowledge;
use crate::language::LanguageTag;
use crate::phrasebook::Phrasebook;
use crate::ports::{Availability, Booking, BookingDesk, Clock, SearchQuestion, Target};
use crate::position::Position;
use crate::reply::{Block, Choice, Passage, Reply, ReplyKind};
use crate::slug::Slug;
use crate::turn::Turn;
use crate::understanding::text::{clean, fold};

/// Answers turns from published knowledge.
pub struct InfoDesk {
    knowledge: RwLock<Arc<Knowledge>>,
    booking: Arc<dyn BookingDesk>,
    is_read_later: bool,
    clock: Arc<dyn Clock>,
}

impl InfoDesk {
    /// Opens the desk.
    pub fn new(knowledge: Knowledge, booking: Arc<dyn BookingDesk>, clock: Arc<dyn Clock>) -> Self {
        Self { knowledge: RwLock::new(Arc::new(knowledge)), booking, is_read_later: false, clock }
    }

    /// The same desk for replies that are read at another time: without what is only right at this moment.
    #[must_use]
    pub fn read_later(self) -> Self {
        Self { is_read_later: true, ..self }
    }

    /// The knowledge in force. A question keeps the state it began with.
    pub fn knowledge(&self) -> Arc<Knowledge> {
        // A reader cannot leave a half-written Arc behind, so a poisoned lock still holds a whole one.
        self.knowledge.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Puts new knowledge in force, at once and as a whole.
    pub fn publish(&self, knowledge: Knowledge) {
        *self.knowledge.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(knowledge);
    }

    /// The clock of the desk.
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// The phrasebook of a language, German if `None` or not installed.
    pub fn phrasebook(&self, language: Option<&LanguageTag>) -> Phrasebook {
        let knowledge = self.knowledge();
        knowledge.languages.phrasebook(language.unwrap_or(&LanguageTag::german()))
    }

    /// How to get an appointment.
    pub async fn booking(&self, service: &Slug, office: Option<&Slug>, language: &LanguageTag) -> Booking {
        self.booking.booking(service, office, language).await
    }

    /// What is free at the offices whose booking system can be asked.
    pub async fn availability(&self, service: &Slug, office: Option<&Slug>) -> Vec<Availability> {
        self.booking.availability(service, office).await
    }

    /// Answers a turn. Whatever the text is, there is an answer.
    pub async fn answer(&self, turn: Turn) -> Reply {
        self.explain(turn).await.0
    }

    /// Answers a turn and says how the answer was found.
    pub async fn explain(&self, turn: Turn) -> (Reply, Explanation) {
        let knowledge = self.knowledge();
        let now = self.clock.now();
        let office = turn.office.clone();
        let mut outcome = decide(&knowledge, turn, &now);
        let explanation = Explanation {
            language: outcome.language.clone(),
            facets: std::mem::take(&mut outcome.asked_facets),
            hits: std::mem::take(&mut outcome.hits),
            thresholds: outcome.thresholds,
        };
        let phrasebook = knowledge.languages.phrasebook(&outcome.language);
        let years = std::mem::take(&mut outcome.years);
        let elsewhere = outcome.elsewhere.take();
        let composer = Composer { years, office, elsewhere, ..self.composer(&knowledge, phrasebook, &now) };
        (composer.reply(outcome).await, explanation)
    }

    fn composer<'a>(&'a self, knowledge: &'a Knowledge, phrasebook: Phrasebook, now: &'a DateTime<Tz>) -> Composer<'a> {
        Composer {
            knowledge,
            booking: self.booking.as_ref(),
            phrasebook,
            now,
            years: Vec::new(),
            office: None,
            elsewhere: None,
            is_read_later: self.is_read_later,
        }
    }

    /// What is known about one facet of a service, or its overview; `None` if there is no such service.
    pub async fn answer_about(&self, service: &Slug, facet: Option<Facet>, language: &LanguageTag) -> Option<Reply> {
        self.knowledge().catalogue.service(service.as_str())?;
        let facets = vec![facet.unwrap_or(Facet::Overview)];
        Some(self.told(Decision::Answer { service: service.clone(), facets }, language).await)
    }

    /// The answer to a free question; `None` if there is no such question.
    pub async fn answer_entry(&self, entry: &Slug, language: &LanguageTag) -> Option<Reply> {
        self.knowledge().catalogue.entry(entry.as_str())?;
        Some(self.told(Decision::Entry(entry.clone()), language).await)
    }

    /// The week's hours of an office and how to reach it; `None` if there is no such office.
    pub async fn answer_about_office(&self, office: &Slug, language: &LanguageTag) -> Option<Reply> {
        self.knowledge().catalogue.office(office.as_str())?;
        let question = TimeQuestion { day: AskedDay::Week, time: None, explicit: false };
        let offices = vec![office.clone()];
        let hours = Decision::Hours { offices, beside: Vec::new(), question, wish: None };
        let mut reply = self.told(hours, language).await;
        let located = self.told(Decision::Office { office: office.clone(), facet: Facet::Location }, language).await;
        let new: Vec<Block> = located.blocks.into_iter().filter(|block| !reply.blocks.contains(block)).collect();
        reply.blocks.extend(new);
        Some(reply)
    }

    /// Ways to reach a person, as a reply of nothing else.
    pub fn people_to_ask(&self, language: &LanguageTag) -> Reply {
        let mut reply = self.greeting(Some(language));
        let knowledge = self.knowledge();
        let now = self.clock.now();
        let phrasebook = knowledge.languages.phrasebook(language);
        reply.blocks = self.composer(&knowledge, phrasebook, &now).people_to_ask();
        reply
    }

    /// The office that is nearest from here. The position is looked at and forgotten; the conversation goes on as it was.
    pub async fn nearest_office(&self, here: Position, language: Option<&LanguageTag>, before: Conversation) -> Reply {
        let german = LanguageTag::german();
        let first_contact = !before.introduced;
        let conversation = Conversation { introduced: true, ..before };
        self.told_in(conversation, first_contact, Decision::Nearest(here), language.unwrap_or(&german)).await
    }

    /// Puts a decision into words that nobody asked for in a conversation.
    async fn told(&self, decision: Decision, language: &LanguageTag) -> Reply {
        self.told_in(Conversation::default(), false, decision, language).await
    }

    /// Puts a decision into words without any of the person's.
    async fn told_in(
        &self,
        conversation: Conversation,
        first_contact: bool,
        decision: Decision,
        language: &LanguageTag,
    ) -> Reply {
        let knowledge = self.knowledge();
        let now = self.clock.now();
        let phrasebook = knowledge.languages.phrasebook(language);
        let candidates = match &decision {
            Decision::Answer { service, .. } => vec![service.clone()],
            _ => Vec::new(),
        };
        let outcome = Outcome {
            decision,
            confidence: 1.0,
            candidates,
            language: phrasebook.language().clone(),
            years: Vec::new(),
            elsewhere: None,
            first_contact,
            conversation,
            asked_facets: Vec::new(),
            thresholds: knowledge.settings.thresholds,
            hits: Vec::new(),
        };
        self.composer(&knowledge, phrasebook, &now).reply(outcome).await
    }

    /// The words that open a conversation: who speaks here, what not to write, what can be asked.
    pub fn greeting(&self, language: Option<&LanguageTag>) -> Reply {
        let knowledge = self.knowledge();
        let now = self.clock.now();
        let phrasebook = knowledge.languages.phrasebook(language.unwrap_or(&LanguageTag::german()));
        let composer = self.composer(&knowledge, phrasebook.clone(), &now);
        let mut conversation = Conversation { introduced: true, ..Default::default() };
        conversation.language = Some(phrasebook.language().clone());
        let text = phrasebook.say("introduction", &[]);
        let mut blocks = composer.notices_for_everybody();
        blocks.push(Block::Text(Passage { text, language: phrasebook.language().clone() }));
        Reply {
            kind: ReplyKind::Chitchat,
            language: phrasebook.language().clone(),
            service: None,
            facet: None,
            entry: None,
            confidence: 1.0,
            candidates: Vec::new(),
            blocks,
            source: None,
            suggestions: composer.examples().collect(),
            conversation,
        }
    }

    /// Questions that begin like what was typed, or whose service it fits; at most `limit`.
    pub fn suggest(&self, typed: &str, language: &LanguageTag, limit: usize) -> Vec<Choice> {
        const FEWEST_LETTERS: usize = 2;
        let typed = clean(typed, Turn::LONGEST_TEXT);
        if typed.chars().count() < FEWEST_LETTERS {
            return Vec::new();
        }
        let knowledge = self.knowledge();
        let question = SearchQuestion::plain(&typed, language.clone());
        let hits = knowledge.index().search(&question, limit * 2);
        let beginning = fold(&typed);
        let mut suggestions: Vec<Choice> = Vec::new();
        let mut add = |text: &str| {
            let choice = Choice::plain(text);
            if !suggestions.contains(&choice) && suggestions.len() < limit {
                suggestions.push(choice);
            }
        };
        let named = knowledge.catalogue.services().filter(|service| {
            fold(service.name.or_german(language)).split(' ').any(|word| word.starts_with(beginning.as_str()))
        });
        named.for_each(|service| add(service.name.or_german(language)));
        for hit in &hits {
            match &hit.target {
                Target::Service(slug) => {
                    let Some(service) = knowledge.catalogue.service(slug.as_str()) else { continue };
                    let phrasing = service.phrasings.iter().find(|phrasing| Some(phrasing.facet) == hit.facet);
                    match phrasing.filter(|_| language.is_german()) {
                        Some(phrasing) => add(&phrasing.text),
                        None => add(service.name.or_german(language)),
                    }
                }
                Target::Entry(id) => {
                    if let Some(entry) = knowledge.catalogue.entry(id.as_str()) {
                        add(entry.question.or_german(language));
                    }
                }
            }
        }
        suggestions
    }
}
