//! Deciding what a turn is about. Pure: the same turn on the same knowledge at the same time gives the same decision.
//!
//! The order of the questions below is the order of importance: danger first, then what the desk itself asked, then
//! small talk that is nothing else, then the matter. Composing the words of the reply is the next room's business.

mod aspects;
mod buttons;
mod matter;
mod offices;
mod outcome;
mod parts;
mod pending;
mod situation;
mod small_talk;
mod towns;
mod years;

pub(crate) use buttons::list_button;
pub(crate) use offices::hours_topic;
pub use outcome::{Decision, Outcome, UnknownReason};
pub(crate) use situation::SKIPPED;

use std::cell::OnceCell;

use chrono::{DateTime, Datelike};
use chrono_tz::Tz;

use crate::conversation::{Conversation, Pending};
use crate::facet::Facet;
use crate::hours::{has_time_expression, is_time_word, time_expressions};
use crate::knowledge::{Knowledge, Thresholds};
use crate::phrasebook::Phrasebook;
use crate::ports::{Hit, SearchQuestion, Target};
use crate::slug::Slug;
use crate::turn::Turn;
use crate::understanding::cues::Cue;
use crate::understanding::intents::Intent;
use crate::understanding::places::NamedTown;
use crate::understanding::text::{Word, clean, count_words, word_starts, words};

/// A message, read.
struct Reading<'a> {
    knowledge: &'a Knowledge,
    now: &'a DateTime<Tz>,
    text: String,
    words: Vec<Word>,
    phrasebook: Phrasebook,
    conversation: Conversation,
    intents: Vec<Cue<Intent>>,
    facets: Vec<Cue<Facet>>,
    towns: Vec<NamedTown>,
    /// Where the person says to live, if that is outside the county.
    elsewhere: Option<String>,
    /// When to answer, ask back and admit, in this turn.
    thresholds: Thresholds,
    /// Whether a day or a time is named.
    names_time: bool,
    /// Positions of the words that name it.
    time_words: Vec<usize>,
    /// Positions of the words that name an aspect, a place or a time.
    faint: Vec<usize>,
    /// Positions of the words that are only named to be ruled out.
    ruled_out: Vec<usize>,
    /// The office named, if one is.
    office: Option<&'a Slug>,
    /// The office on whose page the person is.
    page_office: Option<&'a Slug>,
    /// How many words are about a matter, counted when somebody asks.
    matter_words: OnceCell<usize>,
    /// Its parts, taken apart when somebody asks.
    parts: OnceCell<Vec<parts::Part>>,
    hits: Vec<Hit>,
}

/// Services named as considered.
const MOST_CANDIDATES: usize = 5;
/// How many matches are looked at.
const HITS: usize = 6;

/// Decides what the turn is about.
pub fn decide(knowledge: &Knowledge, turn: Turn, now: &DateTime<Tz>) -> Outcome {
    let mut conversation = turn.conversation;
    let first_contact = !conversation.introduced;
    conversation.introduced = true;
    let too_long = turn.text.chars().count() > Turn::LONGEST_TEXT;
    let text = clean(&turn.text, Turn::LONGEST_TEXT);
    let words = words(&text);
    let surroundings = turn.language.as_ref().or(conversation.language.as_ref());
    let language = knowledge.detector.detect(&text, &words, surroundings);
    let phrasebook = knowledge.languages.phrasebook(&language);
    let language = phrasebook.language().clone();
    conversation.language = Some(language.clone());
    let thresholds = match conversation.service {
        Some(_) => knowledge.settings.thresholds.in_conversation(),
        None => knowledge.settings.thresholds,
    };
    let end = |decision, conversation: Conversation| Outcome {
        decision,
        confidence: 1.0,
        candidates: Vec::new(),
        language: language.clone(),
        years: Vec::new(),
        elsewhere: None,
        conversation,
        first_contact,
        asked_facets: Vec::new(),
        thresholds,
        hits: Vec::new(),
    };
    if too_long {
        return end(Decision::Unknown(UnknownReason::TooLong), conversation);
    }
    if words.is_empty() {
        return end(Decision::Unknown(UnknownReason::Empty), conversation);
    }

    let german = knowledge.languages.german();
    let mut intents = phrasebook.pack().intent_cues.find(&words);
    let mut facets = phrasebook.pack().facet_cues.find(&words);
    if phrasebook.pack().tag != german.tag {
        // German cues count in every language: people mix, and detection of short messages errs.
        intents.extend(german.intent_cues.find(&words));
        facets.extend(german.facet_cues.find(&words));
    }
    facets.extend(buttons::tapped(knowledge, &phrasebook, &conversation, &text, words.len()));
    if let Some(asked) = question_words(&text) {
        // In a letter the aspect is in the question, not in the story before it.
        let in_question = |cue: &Cue<Facet>| asked.iter().any(|range| range.contains(&cue.words.start));
        if facets.iter().any(in_question) {
            facets.retain(in_question);
        }
    }
    let find_year_cues = || {
        let mut cues = phrasebook.pack().year_cues.find(&words);
        if phrasebook.pack().tag != german.tag {
            cues.extend(german.year_cues.find(&words));
        }
        cues
    };
    let years = years::named_years(&words, find_year_cues, now.year());
    let towns = knowledge.towns.find(&words);
    let elsewhere = knowledge.towns.home_elsewhere(&words);
    let names_time = has_time_expression(&text);
    let time_words = if names_time { time_words(&text, &words) } else { Vec::new() };
    let faint = faint_words(&words, &facets, &towns, &time_words);
    let question = SearchQuestion { words, language: language.clone(), faint, topics: topics(&conversation) };
    let ruled_out = phrasebook.pack().contrast.ruled_out(&text, &question.words);
    let (hits, question) = if ruled_out.is_empty() {
        (knowledge.index.search(&question, HITS), question)
    } else {
        let said = question.clone().keeping(|index| !ruled_out.contains(&index));
        (knowledge.index.search(&said, HITS), question)
    };
    let SearchQuestion { words, faint, .. } = question;
    if let Some(named) = towns.iter().rfind(|named| named.is_home) {
        conversation.town = Some(named.town.clone());
    }
    let office = knowledge.office_names.find(&words);
    let page_office = turn.office.and_then(|id| knowledge.catalogue.office(id.as_str())).map(|office| &office.id);
    let mut reading = Reading {
        knowledge,
        now,
        text,
        words,
        phrasebook,
        conversation,
        intents,
        facets,
        towns,
        elsewhere,
        thresholds,
        names_time,
        time_words,
        faint,
        ruled_out,
        office,
        page_office,
        matter_words: OnceCell::new(),
        parts: OnceCell::new(),
        hits,
    };
    let (decision, confidence) = reading.decide();
    Outcome {
        candidates: reading.candidates(&decision),
        confidence,
        decision,
        years,
        elsewhere: reading.elsewhere.clone(),
        asked_facets: reading.asked_facets(),
        thresholds,
        hits: reading.hits,
        conversation: reading.conversation,
        language,
        first_contact,
    }
}

/// What the conversation is about, and what was offered to choose from.
fn topics(conversation: &Conversation) -> Vec<Target> {
    let offered = match &conversation.pending {
        Some(Pending::Choice { services, .. }) => &services[..],
        Some(Pending::Situation { .. } | Pending::Revision | Pending::Town) | None => &[],
    };
    conversation.service.iter().chain(offered).cloned().map(Target::Service).collect()
}

/// The words of the sentences that end with a question mark, if the message has other sentences beside them.
fn question_words(text: &str) -> Option<Vec<std::ops::Range<usize>>> {
    if !text.contains('?') {
        return None;
    }
    let mut questions = Vec::new();
    let mut sentences = 0;
    let mut position = 0;
    for sentence in text.split_inclusive(['.', '?', '!']) {
        let length = count_words(sentence);
        if length == 0 {
            continue;
        }
        sentences += 1;
        if sentence.ends_with('?') {
            questions.push(position..position + length);
        }
        position += length;
    }
    (sentences > questions.len() && !questions.is_empty()).then_some(questions)
}

/// Positions of the words by which a text that names a time does so: each by itself, or together ("Heilig Abend").
fn time_words(text: &str, words: &[Word]) -> Vec<usize> {
    let expressions = time_expressions(text);
    let is_part = |start: usize| expressions.iter().any(|range| range.contains(&start));
    let starts = word_starts(text).enumerate().zip(words);
    starts.filter(|((_, start), word)| is_part(*start) || is_time_word(&word.surface)).map(|((at, _), _)| at).collect()
}

/// Words that name an aspect, a place or a time, not the matter.
fn faint_words(words: &[Word], facets: &[Cue<Facet>], towns: &[NamedTown], time_words: &[usize]) -> Vec<usize> {
    let in_cue = |index: &usize| facets.iter().any(|cue| cue.whole_words && cue.words.contains(index));
    // "3" alone is a pick that picks nothing, not a class of driving licence.
    let is_small_number =
        |index: &usize| words[*index].folded.len() <= 2 && words[*index].folded.bytes().all(|b| b.is_ascii_digit());
    let in_town = |index: &usize| towns.iter().any(|town| town.words.contains(index));
    (0..words.len())
        .filter(|index| in_cue(index) || in_town(index) || time_words.contains(index) || is_small_number(index))
        .collect()
}

impl Reading<'_> {
    fn decide(&mut self) -> (Decision, f32) {
        if let Some(danger) = self.danger() {
            return (Decision::Emergency(danger), 1.0);
        }
        let pending = self.conversation.pending.take();
        if let Some(decision) = self.list_wish(pending.as_ref()) {
            return (decision, 1.0);
        }
        if let Some(decided) = pending.and_then(|pending| self.answer_to_pending(pending)) {
            return decided;
        }
        self.town_told().or_else(|| self.small_talk()).unwrap_or_else(|| self.matter())
    }

    /// Services considered, best first; what was decided on leads.
    fn candidates(&self, decision: &Decision) -> Vec<Slug> {
        let mut candidates = match decision {
            Decision::Answer { service, .. }
            | Decision::AskSituation { service, .. }
            | Decision::AskWhichAnswer(service) => vec![service.clone()],
            Decision::AnswerBoth(both) => both.iter().map(|(service, _)| service.clone()).collect(),
            Decision::Clarify { services, .. } => return services.clone(),
            _ => Vec::new(),
        };
        for hit in self.hits.iter().filter(|hit| hit.confidence >= self.thresholds.offer) {
            match &hit.target {
                Target::Service(slug) if !candidates.contains(slug) => candidates.push(slug.clone()),
                Target::Service(_) | Target::Entry(_) => {}
            }
        }
        candidates.truncate(MOST_CANDIDATES);
        candidates
    }

    /// Whether a folded word carries no topic, in the language of the message or in German.
    fn is_stop_word(&self, folded: &str) -> bool {
        let german = &self.knowledge.languages.german().stop_words;
        [&self.phrasebook.pack().stop_words, german].into_iter().any(|words| words.contains(folded))
    }

    /// Whether this intent is cued.
    fn intends(&self, intent: Intent) -> bool {
        self.intents.iter().any(|cue| cue.meaning == intent)
    }
}
