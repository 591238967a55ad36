//! Scoring any FAQ set in memory: entries with phrasings, queries with the expected entry or none.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use faq_engine::knowledge::Thresholds;
use faq_engine::language::LanguageTag;
use faq_engine::ports::{
    AnswerIndex, Hit, IndexBuilder, IndexDocument, IndexError, IndexPassage, PassageRole, SearchQuestion, Target,
};
use faq_engine::slug::Slug;
use serde::Deserialize;
use serde_json::json;

use super::report::{percentile, share};
use super::tradeoff::TradeOff;
use super::{EvaluationError, read_lines};

/// Entries and queries.
pub struct QuestionSet {
    entries: Vec<EntryLine>,
    queries: Vec<QueryLine>,
}

#[derive(Deserialize)]
struct EntryLine {
    id: Id,
    question: String,
    #[serde(default)]
    alternatives: Vec<String>,
    #[serde(default)]
    answer: Option<String>,
    #[serde(default)]
    lang: Option<String>,
}

#[derive(Deserialize)]
struct QueryLine {
    query: String,
    expected: Option<Id>,
}

#[derive(Deserialize, PartialEq, Eq, Hash, Clone)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(i64),
}

/// Reads both files.
pub fn read(entries: &Path, queries: &Path) -> Result<QuestionSet, EvaluationError> {
    fn parse<T: serde::de::DeserializeOwned>(line: &str) -> Result<T, String> {
        serde_json::from_str(line).map_err(|error| error.to_string())
    }
    Ok(QuestionSet { entries: read_lines(entries, parse)?, queries: read_lines(queries, parse)? })
}

/// What came out.
#[derive(Debug, Clone, Default)]
pub struct SetReport {
    expected: usize,
    unexpected: usize,
    first: usize,
    in_three: usize,
    in_five: usize,
    reciprocal_rank: f64,
    answered_right: usize,
    answered_wrong: usize,
    asked_back: usize,
    not_known: usize,
    false_answers: usize,
    tradeoff: TradeOff,
    times: Vec<Duration>,
    build: Duration,
}

/// What the desk would do with the shipped thresholds.
enum Outcome {
    Answer(usize),
    AskBack,
    NotKnown,
}

/// Indexes the entries and asks every query.
pub fn run(set: &QuestionSet, builder: &dyn IndexBuilder, thresholds: Thresholds) -> Result<SetReport, IndexError> {
    let language =
        |tag: Option<&str>| tag.and_then(|tag| LanguageTag::parse(tag).ok()).unwrap_or_else(LanguageTag::german);
    let documents: Vec<IndexDocument> = set
        .entries
        .iter()
        .enumerate()
        .map(|(number, entry)| document(number, entry, language(entry.lang.as_deref())))
        .collect();
    let begin = Instant::now();
    let index = builder.build(&documents)?;
    let mut report = SetReport { build: begin.elapsed(), ..SetReport::default() };
    let numbers: HashMap<&Id, usize> =
        set.entries.iter().enumerate().map(|(number, entry)| (&entry.id, number)).collect();
    let asked_in = language(set.entries.first().and_then(|entry| entry.lang.as_deref()));
    for query in &set.queries {
        let begin = Instant::now();
        let hits = search(index.as_ref(), &query.query, &asked_in);
        report.times.push(begin.elapsed());
        let ranked: Vec<usize> = hits.iter().filter_map(|hit| number(&hit.target)).collect();
        let confidence = hits.first().map_or(0.0, |hit| hit.confidence);
        let outcome = decide(&hits, thresholds);
        match query.expected.as_ref().and_then(|id| numbers.get(id)) {
            Some(expected) => {
                let first_is_right = ranked.first() == Some(expected);
                report.tradeoff.note_answerable(confidence, first_is_right);
                report.count_expected(&ranked, *expected, outcome);
            }
            None => {
                report.tradeoff.note_unanswerable(confidence);
                report.unexpected += 1;
                report.false_answers += usize::from(matches!(outcome, Outcome::Answer(_)));
            }
        }
    }
    Ok(report)
}

fn document(number: usize, entry: &EntryLine, language: LanguageTag) -> IndexDocument {
    let passage = |role, text: &str| IndexPassage { role, text: text.to_owned(), language: language.clone() };
    let mut passages = vec![passage(PassageRole::Name, &entry.question)];
    passages.extend(entry.alternatives.iter().map(|text| passage(PassageRole::Phrasing(None), text)));
    passages.extend(entry.answer.iter().map(|text| passage(PassageRole::Body(None), text)));
    IndexDocument { target: Target::Entry(slug(number)), passages }
}

/// Entries of foreign sets have any ids; inside they are numbered.
fn slug(number: usize) -> Slug {
    Slug::parse(&format!("entry-{number}")).expect("letters, a hyphen and digits are a slug")
}

fn number(target: &Target) -> Option<usize> {
    match target {
        Target::Entry(slug) => slug.as_str().strip_prefix("entry-")?.parse().ok(),
        Target::Service(_) => None,
    }
}

fn search(index: &dyn AnswerIndex, query: &str, language: &LanguageTag) -> Vec<Hit> {
    const RANKS: usize = 10;
    let text = faq_engine::understanding::text::clean(query, faq_engine::turn::Turn::LONGEST_TEXT);
    index.search(&SearchQuestion::plain(&text, language.clone()), RANKS)
}

fn decide(hits: &[Hit], thresholds: Thresholds) -> Outcome {
    let Some(best) = hits.first() else { return Outcome::NotKnown };
    let rivals =
        hits.iter().filter(|hit| hit.score >= best.score * thresholds.ambiguous && hit.confidence >= thresholds.offer);
    match number(&best.target) {
        _ if best.confidence < thresholds.offer => Outcome::NotKnown,
        _ if rivals.count() > 1 => Outcome::AskBack,
        Some(number) if best.confidence >= thresholds.answer => Outcome::Answer(number),
        _ => Outcome::NotKnown,
    }
}

impl SetReport {
    fn count_expected(&mut self, ranked: &[usize], expected: usize, outcome: Outcome) {
        self.expected += 1;
        if let Some(rank) = ranked.iter().position(|number| *number == expected) {
            self.first += usize::from(rank == 0);
            self.in_three += usize::from(rank < 3);
            self.in_five += usize::from(rank < 5);
            self.reciprocal_rank += 1.0 / (rank + 1) as f64;
        }
        match outcome {
            Outcome::Answer(answered) if answered == expected => self.answered_right += 1,
            Outcome::Answer(_) => self.answered_wrong += 1,
            Outcome::AskBack => self.asked_back += 1,
            Outcome::NotKnown => self.not_known += 1,
        }
    }

    fn figures(&self) -> [(&'static str, f64); 10] {
        [
            ("accuracy_at_1", share(self.first, self.expected)),
            ("recall_at_3", share(self.in_three, self.expected)),
            ("recall_at_5", share(self.in_five, self.expected)),
            ("mrr_at_10", if self.expected == 0 { 0.0 } else { self.reciprocal_rank / self.expected as f64 }),
            ("answered_right", share(self.answered_right, self.expected)),
            ("answered_wrong", share(self.answered_wrong, self.expected)),
            ("asked_back", share(self.asked_back, self.expected)),
            ("not_known", share(self.not_known, self.expected)),
            ("false_answers", share(self.false_answers, self.unexpected)),
            ("right_at_10_false", self.tradeoff.right_at_ten_percent_false()),
        ]
    }

    /// The figures as JSON.
    pub fn to_json(&self) -> serde_json::Value {
        let mut figures: serde_json::Map<_, _> =
            self.figures().into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
        figures.insert("p50_us".to_owned(), json!(percentile(&self.times, 50)));
        figures.insert("p99_us".to_owned(), json!(percentile(&self.times, 99)));
        figures.insert("build_ms".to_owned(), json!(self.build.as_millis() as u64));
        figures.insert("tradeoff".to_owned(), self.tradeoff.to_json());
        figures.into()
    }

    /// The figures for people.
    pub fn print(&self, output: &mut dyn Write) -> std::io::Result<()> {
        writeln!(output, "{} queries with an expected entry, {} without", self.expected, self.unexpected)?;
        for (name, value) in self.figures() {
            writeln!(output, "  {name:<20}{:>8}", format!("{:.1} %", 100.0 * value))?;
        }
        self.tradeoff.print(output)?;
        writeln!(output, "  latency p50 {} µs, p99 {} µs", percentile(&self.times, 50), percentile(&self.times, 99))?;
        writeln!(output, "  index built in {} ms", self.build.as_millis())
    }
}
