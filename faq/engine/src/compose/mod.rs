//! Putting a decision into words: neutral blocks in the person's language.
//!
//! Nothing is invented here. Every sentence is an editor's text, a sentence of the language pack, or computed from an
//! editor's data; what exists in German only is said in German and marked so.

mod appointment;
mod both;
mod compare;
mod contact;
mod direction;
mod documents;
mod fee;
mod hours;
mod hours_answer;
mod nearest;
mod notices;
pub mod plain;
mod reach;
mod service;
mod source;
mod spells;
mod talk;
mod towns;
mod years;

use chrono::DateTime;
use chrono_tz::Tz;

use crate::dialogue::{Decision, Outcome, UnknownReason};
use crate::facet::Facet;
use crate::knowledge::Knowledge;
use crate::language::LocalizedText;
use crate::phrasebook::Phrasebook;
use crate::ports::BookingDesk;
use crate::reply::{Block, Passage, Reply, ReplyKind};
use crate::slug::Slug;
use crate::years::NamedYear;

/// Puts decisions into words.
pub(crate) struct Composer<'a> {
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) booking: &'a dyn BookingDesk,
    pub(crate) phrasebook: Phrasebook,
    pub(crate) now: &'a DateTime<Tz>,
    /// The years the question names, by which tables are read.
    pub(crate) years: Vec<NamedYear>,
    /// The office on whose page the person is.
    pub(crate) office: Option<Slug>,
    /// Where the person says to live, if that is outside the county.
    pub(crate) elsewhere: Option<String>,
    /// Whether it is read at another time than it is composed: what is only right at this moment is left out.
    pub(crate) is_read_later: bool,
}

impl Composer<'_> {
    /// The reply to a decided turn.
    pub(crate) async fn reply(&self, outcome: Outcome) -> Reply {
        let mut reply = Reply {
            kind: ReplyKind::Answer,
            language: outcome.language,
            service: None,
            facet: None,
            entry: None,
            confidence: outcome.confidence,
            candidates: outcome.candidates,
            blocks: Vec::new(),
            source: None,
            suggestions: Vec::new(),
            conversation: outcome.conversation,
        };
        let says_who_speaks = outcome.decision.says_who_speaks();
        let (facets, mut offices) = (outcome.decision.facets(), outcome.decision.offices());
        match outcome.decision {
            Decision::Answer { service, facets } => self.answer(&mut reply, &service, &facets).await,
            Decision::AnswerBoth(both) => self.answer_both(&mut reply, &both).await,
            Decision::Entry(id) => self.entry(&mut reply, &id),
            Decision::Hours { offices, beside, question, wish } => {
                self.hours_answer(&mut reply, &offices, &question, wish);
                self.hours_beside(&mut reply, &beside, &question);
            }
            Decision::Office { office, facet } => self.office_answer(&mut reply, &office, facet),
            Decision::Nearest(here) => offices.extend(self.nearest_to(&mut reply, here)),
            Decision::Clarify { services, facet, entry } => self.clarify(&mut reply, services, facet, entry),
            Decision::AskSituation { service, question } => self.ask_situation(&mut reply, &service, &question),
            Decision::AskWhichAnswer(service) => self.ask_which_answer(&mut reply, &service),
            Decision::TownNoted(town) => self.town_noted(&mut reply, &town),
            Decision::LivesElsewhere(place) => self.lives_elsewhere(&mut reply, &place),
            Decision::Unknown(reason) => self.unknown(&mut reply, reason),
            Decision::Chitchat(intent) => self.chitchat(&mut reply, intent),
            Decision::Handoff(intent) => self.handoff(&mut reply, intent),
            Decision::Emergency(intent) => self.emergency(&mut reply, intent),
        }
        if reply.kind != ReplyKind::Emergency {
            self.put_notices_first(&mut reply, facets, offices);
        }
        if outcome.first_contact && !says_who_speaks {
            let notices = reply.blocks.iter().take_while(|block| matches!(block, Block::Notice { .. })).count();
            reply.blocks.insert(notices, self.sentence("introduction_short"));
        }
        if self.phrasebook.pack().right_to_left {
            direction::keep_numbers_apart(&mut reply.blocks, &self.knowledge.languages);
        }
        reply
    }

    /// A sentence of the language pack.
    fn sentence(&self, key: &str) -> Block {
        self.say(key, &[])
    }

    /// A sentence of the language pack with its placeholders filled in.
    fn say(&self, key: &str, values: &[(&str, &str)]) -> Block {
        Block::Text(Passage { text: self.phrasebook.say(key, values), language: self.phrasebook.language().clone() })
    }

    /// An editor's text in the person's language, else in German.
    fn passage(&self, text: &LocalizedText) -> Passage {
        let language = self.phrasebook.language();
        match text.get(language) {
            Some(words) => Passage { text: words.to_owned(), language: language.clone() },
            None => Passage { text: text.german().to_owned(), language: crate::language::LanguageTag::german() },
        }
    }

    /// An editor's text where only words are needed (labels, names).
    fn words<'t>(&self, text: &'t LocalizedText) -> &'t str {
        text.or_german(self.phrasebook.language())
    }

    /// Whether the reader gets this text in a language of their own.
    fn is_foreign(&self, text: &LocalizedText) -> bool {
        !self.phrasebook.language().is_german() && text.get(self.phrasebook.language()).is_none()
    }

    fn entry(&self, reply: &mut Reply, id: &Slug) {
        let Some(entry) = self.knowledge.catalogue.entry(id.as_str()) else {
            return self.unknown(reply, UnknownReason::NothingFits);
        };
        reply.kind = match &entry.kind {
            crate::entry::EntryKind::Answer => ReplyKind::Answer,
            crate::entry::EntryKind::Referral => ReplyKind::Unknown,
            crate::entry::EntryKind::Choice(services) => {
                return self.clarify(reply, services.clone(), None, Some(id.clone()));
            }
        };
        reply.entry = Some(id.clone());
        reply.service = entry.service.clone();
        reply.facet = entry.facet;
        if self.is_foreign(&entry.answer) {
            reply.blocks.push(self.sentence("german_only"));
        }
        reply.blocks.push(Block::Text(self.passage(&entry.answer)));
        reply.source = entry.sources.first().map(|source| source::source_note(source, &entry.state));
        if reply.kind == ReplyKind::Unknown {
            reply.blocks.push(self.sentence("referral_contact"));
            reply.blocks.extend(self.people_to_ask());
        }
    }

    fn clarify(&self, reply: &mut Reply, services: Vec<Slug>, facet: Option<Facet>, entry: Option<Slug>) {
        reply.kind = ReplyKind::Clarify;
        reply.facet = facet;
        let foreseen = entry.as_ref().and_then(|id| self.knowledge.catalogue.entry(id.as_str()));
        let foreseen = foreseen.and_then(|entry| entry.answer.get(self.phrasebook.language()));
        reply.entry = entry.clone();
        let choices: Vec<_> = services
            .iter()
            .filter_map(|slug| self.knowledge.catalogue.service(slug.as_str()))
            .map(|service| crate::reply::Choice::plain(self.words(&service.name)))
            .collect();
        let prompt = match facet {
            _ if foreseen.is_some() => foreseen.unwrap_or_default().to_owned(),
            Some(facet) => self.phrasebook.say("clarify_with_facet", &[("facet", self.phrasebook.facet_label(facet))]),
            None => self.phrasebook.say("clarify", &[]),
        };
        reply.blocks.push(Block::Choices { prompt, choices });
        reply.conversation.pending = Some(crate::conversation::Pending::Choice { services, facet });
    }

    fn office_answer(&self, reply: &mut Reply, office: &Slug, facet: Facet) {
        let Some(office) = self.knowledge.catalogue.office(office.as_str()) else {
            return self.unknown(reply, UnknownReason::NothingFits);
        };
        reply.service = reply.conversation.service.clone();
        reply.facet = Some(facet);
        if self.told_instead_at(reply, &office.id, facet) {
            return;
        }
        reply.blocks.push(self.contact(office));
        if let Some(arrival) = office.arrival.as_ref().filter(|_| facet == Facet::Location) {
            reply.blocks.push(Block::Text(self.passage(arrival)));
        }
        if office.confirm {
            reply.blocks.push(self.sentence("confirm"));
        }
        reply.source = office.sources.first().map(|source| source::source_note(source, &office.state));
        reply.suggestions.push(crate::reply::Choice::plain(self.phrasebook.facet_question(Facet::Appointment)));
    }
}
