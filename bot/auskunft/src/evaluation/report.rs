//! Counting what was right.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use faq_engine::language::LanguageTag;
use serde_json::json;

use super::asker::Answered;
use super::cases::{Expectation, HoursExpectation};

/// What kind of case was asked; figures are kept apart by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A German question that means one service.
    German,
    /// A question in another language that means one service.
    OtherLanguage,
    /// A question that should be asked back.
    AskBack,
    /// A question that the desk should not answer.
    NotKnown,
    /// Small talk, a person wanted.
    Talk,
    /// A question about opening hours.
    Hours,
    /// A turn of a dialogue.
    DialogueTurn,
}

impl Kind {
    pub(super) fn of_question(expected: &Expectation, language: Option<&LanguageTag>) -> Self {
        let foreign = language.is_some_and(|tag| !tag.is_german());
        match expected.kind.as_str() {
            "clarify" => Self::AskBack,
            "unknown" => Self::NotKnown,
            "answer" if foreign => Self::OtherLanguage,
            "answer" => Self::German,
            _ => Self::Talk,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::German => "german",
            Self::OtherLanguage => "other_languages",
            Self::AskBack => "ask_back",
            Self::NotKnown => "not_known",
            Self::Talk => "talk",
            Self::Hours => "hours",
            Self::DialogueTurn => "dialogue_turns",
        }
    }
}

/// What was right about a reply.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Judgement {
    /// The kind of reply.
    kind: bool,
    /// The service, or for an ask-back the alternatives.
    service: bool,
    /// The facet too.
    facet: bool,
    /// Answered something that was not meant.
    confidently_wrong: bool,
}

impl Judgement {
    pub(super) fn of_reply(answered: &Answered, expected: &Expectation) -> Self {
        let kind = answered.kind == expected.kind || expected.also.kinds.contains(&answered.kind);
        let meant = |slug: &String| expected.services.contains(slug) || expected.also.services.contains(slug);
        let service = match expected.kind.as_str() {
            // Of what is offered, all or at least two must be what may have been meant.
            "clarify" if answered.kind == "clarify" => {
                let right = answered.candidates.iter().filter(|slug| meant(slug)).count();
                right >= 2 || right == answered.candidates.len()
            }
            "answer" | "clarify" => answered.service.as_ref().is_some_and(meant),
            // For small talk, hand-off and the unknown only the kind counts.
            _ => kind,
        };
        let facet = expected.facet.is_none()
            || answered.facet == expected.facet
            || answered.facet.as_ref().is_some_and(|facet| expected.also.facets.contains(facet));
        let confidently_wrong = answered.kind == "answer" && !service;
        Self { kind, service, facet: service && facet, confidently_wrong }
    }

    pub(super) fn of_hours(answered: &Answered, expected: &HoursExpectation) -> Self {
        let right = match (expected.date, &answered.day) {
            (None, None) => true,
            (Some(date), Some(day)) => {
                day.date == Some(date)
                    && day.opens == expected.opens
                    && day.closes == expected.closes
                    && expected.open.is_none_or(|open| open == day.open)
            }
            _ => false,
        };
        Self { kind: right, service: right, facet: right, confidently_wrong: false }
    }
}

/// What was right, by kind of case.
#[derive(Debug, Clone, Default)]
pub struct Report {
    counts: BTreeMap<Kind, Counts>,
    misses: Vec<String>,
    times: Vec<Duration>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    asked: usize,
    kind: usize,
    service: usize,
    facet: usize,
    confidently_wrong: usize,
}

impl Report {
    pub(super) fn took(&mut self, time: Duration) {
        self.times.push(time);
    }

    pub(super) fn judge(&mut self, kind: Kind, query: &str, judgement: Judgement, answered: &Answered) {
        let counts = self.counts.entry(kind).or_default();
        counts.asked += 1;
        counts.kind += usize::from(judgement.kind);
        counts.service += usize::from(judgement.service);
        counts.facet += usize::from(judgement.facet);
        counts.confidently_wrong += usize::from(judgement.confidently_wrong);
        if judgement.kind && judgement.service && judgement.facet {
            return;
        }
        let subject = answered.service.as_ref().or(answered.entry.as_ref()).map_or("-", String::as_str);
        let facet = answered.facet.as_deref().unwrap_or("-");
        let Answered { kind: replied, confidence, candidates, day, .. } = answered;
        let day = day.as_ref().and_then(|day| day.date).map(|date| date.to_string()).unwrap_or_default();
        let kind = kind.label();
        self.misses
            .push(format!("[{kind}] {query} -> {replied} {subject} {facet} {confidence:.2} {candidates:?} {day}"));
    }

    /// The share of replies of the right kind over all cases, of the right service over German questions that mean
    /// one; for tests that hold a quality.
    pub fn shares(&self) -> (f64, f64) {
        let (asked, kind) = self.counts.values().fold((0, 0), |(a, k), counts| (a + counts.asked, k + counts.kind));
        let german = self.counts.get(&Kind::German).copied().unwrap_or_default();
        (share(kind, asked), share(german.service, german.asked))
    }

    /// The figures as JSON.
    pub fn to_json(&self, file: &Path) -> serde_json::Value {
        let mut figures = serde_json::Map::new();
        for (kind, counts) in &self.counts {
            figures.insert(
                kind.label().to_owned(),
                json!({
                    "asked": counts.asked,
                    "kind": share(counts.kind, counts.asked),
                    "service": share(counts.service, counts.asked),
                    "service_and_facet": share(counts.facet, counts.asked),
                    "confidently_wrong": share(counts.confidently_wrong, counts.asked),
                }),
            );
        }
        let asked: usize = self.counts.values().map(|counts| counts.asked).sum();
        let kind: usize = self.counts.values().map(|counts| counts.kind).sum();
        json!({
            "file": file.display().to_string(),
            "asked": asked,
            "kind": share(kind, asked),
            "by": figures,
            "p50_us": percentile(&self.times, 50),
            "p99_us": percentile(&self.times, 99),
        })
    }

    /// The figures for people.
    pub fn print(&self, file: &Path, show_misses: bool, output: &mut dyn Write) -> std::io::Result<()> {
        writeln!(output, "{}", file.display())?;
        writeln!(
            output,
            "  {:<18}{:>6}{:>10}{:>10}{:>12}{:>10}",
            "", "asked", "kind", "service", "and facet", "wrong"
        )?;
        for (kind, counts) in &self.counts {
            let percent = |part: usize| format!("{:.1} %", 100.0 * share(part, counts.asked));
            writeln!(
                output,
                "  {:<18}{:>6}{:>10}{:>10}{:>12}{:>10}",
                kind.label(),
                counts.asked,
                percent(counts.kind),
                percent(counts.service),
                percent(counts.facet),
                percent(counts.confidently_wrong)
            )?;
        }
        let (kind, _) = self.shares();
        let asked: usize = self.counts.values().map(|counts| counts.asked).sum();
        writeln!(output, "  {:<18}{asked:>6}{:>10}", "all", format!("{:.1} %", 100.0 * kind))?;
        writeln!(output, "  latency p50 {} µs, p99 {} µs", percentile(&self.times, 50), percentile(&self.times, 99))?;
        if show_misses {
            for miss in &self.misses {
                writeln!(output, "  {miss}")?;
            }
        }
        Ok(())
    }
}

pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The time below which this many of a hundred lie, in microseconds.
pub(super) fn percentile(times: &[Duration], percent: usize) -> u64 {
    let mut sorted = times.to_vec();
    sorted.sort();
    let index = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(index).map_or(0, |time| time.as_micros() as u64)
}
