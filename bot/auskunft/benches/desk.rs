//! How long the desk thinks: over the shipped content, and over generated FAQs that are far larger than any county's.
//!
//! `cargo bench -p auskunft --bench desk`; `AUSKUNFT_BENCH_ENTRIES=100000` measures a FAQ of another size.

#![expect(clippy::print_stdout, reason = "a benchmark says what it measured")]

mod support;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use auskunft::assembly::Configuration;
use auskunft::clock::SetClock;
use auskunft::evaluation;
use auskunft_config::ContentDocument;
use criterion::{BatchSize, Criterion};
use faq_engine::catalogue::Catalogue;
use faq_engine::desk::InfoDesk;
use faq_engine::language::LanguageTag;
use faq_engine::ports::{ContentKey, ContentKind, SearchQuestion};
use rustix::time::ClockId;
use support::{CpuTimes, answer};

/// The budget on the shipped content.
const MEAN: Duration = Duration::from_micros(100);
const P99: Duration = Duration::from_millis(1);
/// The budget on 100,000 entries, so for fewer of course.
const P99_OF_MANY: Duration = Duration::from_millis(10);

/// The budget for what is offered while somebody types.
const P99_OF_SUGGESTIONS: Duration = Duration::from_millis(20);

/// How many hits the desk asks for.
const HITS: usize = 6;

/// How many questions the website offers.
const SUGGESTIONS: usize = 6;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    shipped_content(&mut criterion);
    starting(&mut criterion);
    for entries in generated_sizes() {
        generated_content(&mut criterion, entries);
    }
    criterion.final_summary();
}

fn shipped_content(criterion: &mut Criterion) {
    let configuration = support::configuration();
    let desk = desk_over(&configuration, &configuration.documents);
    let questions = support::golden_questions();
    let mut group = criterion.benchmark_group("shipped content");
    let mut next = questions.iter().cycle();
    group.bench_function("answer", |bencher| bencher.iter(|| answer(&desk, next.next().expect("a cycle"))));
    let searched = search_questions(&desk, &questions);
    let mut next = searched.iter().cycle();
    group.bench_function("search alone", |bencher| bencher.iter(|| search(&desk, next.next().expect("a cycle"))));
    group.finish();
    if support::is_measured() {
        let cpu = CpuTimes::of(&questions, 40, |question| answer(&desk, question));
        let is_kept = cpu.mean() <= MEAN && cpu.percentile(99) <= P99;
        println!("shipped content: answer {cpu} (budget mean 100 µs, p99 1000 µs: {})", support::kept(is_kept));
        println!("shipped content: search {}", CpuTimes::of(&searched, 40, |question| search(&desk, question)));
        let cpu = CpuTimes::of(&typed(&questions), 10, |typed| suggest(&desk, typed));
        let is_kept = cpu.percentile(99) <= P99_OF_SUGGESTIONS;
        println!("shipped content: suggest {cpu} (budget p99 20000 µs: {})", support::kept(is_kept));
    }
}

fn starting(criterion: &mut Criterion) {
    let configuration = support::configuration();
    let catalogue = catalogue_of(&configuration, &configuration.documents);
    let mut group = criterion.benchmark_group("starting");
    group.sample_size(20);
    group.bench_function("read the configuration", |bencher| {
        bencher.iter(|| {
            let configuration = support::configuration();
            catalogue_of(&configuration, &configuration.documents)
        });
    });
    group.bench_function("build the knowledge", |bencher| {
        let build = |catalogue| configuration.knowledge(catalogue).expect("the index can be built");
        bencher.iter_batched(|| catalogue.clone(), build, BatchSize::PerIteration);
    });
    group.finish();
}

fn generated_content(criterion: &mut Criterion, entries: usize) {
    let configuration = support::configuration();
    let faq = GeneratedFaq::new(&configuration, entries);
    let catalogue = catalogue_of(&configuration, &faq.documents);
    let mut group = criterion.benchmark_group(format!("{entries} generated entries"));
    group.sample_size(10);
    if entries <= 10_000 {
        group.bench_function("build the knowledge", |bencher| {
            let build = |catalogue| configuration.knowledge(catalogue).expect("the index can be built");
            bencher.iter_batched(|| catalogue.clone(), build, BatchSize::PerIteration);
        });
    }
    drop(catalogue);
    let before = support::cpu_time(ClockId::ProcessCPUTime);
    let desk = desk_over(&configuration, &faq.documents);
    let opening = support::cpu_time(ClockId::ProcessCPUTime) - before;
    let searched = search_questions(&desk, &faq.questions);
    let mut next = searched.iter().cycle();
    group.bench_function("search alone", |bencher| bencher.iter(|| search(&desk, next.next().expect("a cycle"))));
    group.finish();
    if support::is_measured() {
        let cpu = CpuTimes::of(&faq.questions, 4, |question| answer(&desk, question));
        let is_kept = cpu.percentile(99) <= P99_OF_MANY;
        println!("{entries} generated entries: answer {cpu} (budget p99 10000 µs: {})", support::kept(is_kept));
        let cpu = CpuTimes::of(&searched, 4, |question| search(&desk, question));
        println!("{entries} generated entries: search {cpu}");
        println!("{entries} generated entries: documents to desk {} ms CPU", opening.as_millis());
    }
}

fn generated_sizes() -> Vec<usize> {
    match std::env::var("AUSKUNFT_BENCH_ENTRIES") {
        Ok(sizes) => sizes.split(',').map(|size| size.parse().expect("numbers, separated by commas")).collect(),
        Err(_) => vec![1_000, 10_000],
    }
}

fn desk_over(configuration: &Configuration, documents: &[ContentDocument]) -> InfoDesk {
    let clock = Arc::new(SetClock::at(evaluation::default_time()));
    configuration.desk_over(documents, clock).unwrap_or_else(|error| panic!("{error}"))
}

fn catalogue_of(configuration: &Configuration, documents: &[ContentDocument]) -> Catalogue {
    configuration.catalogue(documents).unwrap_or_else(|faults| panic!("{faults:?}")).0
}

fn search(desk: &InfoDesk, question: &SearchQuestion) {
    black_box(desk.knowledge().index().search(question, HITS));
}

fn suggest(desk: &InfoDesk, typed: &str) {
    black_box(desk.suggest(typed, &LanguageTag::german(), SUGGESTIONS));
}

/// What stands in the field after a few letters, after more, and after many.
fn typed(questions: &[String]) -> Vec<String> {
    let begun = |question: &String| [3, 7, 15].map(|letters| question.chars().take(letters).collect());
    questions.iter().flat_map(begun).collect()
}

fn search_questions(desk: &InfoDesk, questions: &[String]) -> Vec<SearchQuestion> {
    let knowledge = desk.knowledge();
    let language = |question: &str| knowledge.detect_language(question, None);
    questions.iter().map(|question| SearchQuestion::plain(question, language(question))).collect()
}

/// The shipped content and many free questions beside it, with what people ask about them.
///
/// The words are those of the shipped content, as frequent as there; each entry adds a compound of two of them, so the
/// vocabulary grows with the content as it does in real life.
struct GeneratedFaq {
    documents: Vec<ContentDocument>,
    questions: Vec<String>,
}

impl GeneratedFaq {
    const QUESTIONS: usize = 500;

    fn new(configuration: &Configuration, entries: usize) -> Self {
        let catalogue = catalogue_of(configuration, &configuration.documents);
        let phrasings = catalogue.services().flat_map(|service| &service.phrasings);
        let words = phrasings.flat_map(|phrasing| faq_engine::understanding::text::words(&phrasing.text));
        let words: Vec<String> = words.map(|word| word.surface).filter(|word| word.chars().count() > 2).collect();
        let mut writer = Writer { words, dice: Dice(0x5EED) };
        let mut documents = configuration.documents.clone();
        let mut questions = Vec::new();
        for number in 0..entries {
            let compound = writer.compound();
            let alternatives = [3, 4, 6].map(|words| format!("{} {compound}", writer.words(words)));
            if number % (entries / Self::QUESTIONS).max(1) == 0 {
                questions.push(writer.misremember(&alternatives[number % 3]));
            }
            documents.push(writer.entry(number, &compound, &alternatives));
        }
        Self { documents, questions }
    }
}

struct Writer {
    words: Vec<String>,
    dice: Dice,
}

impl Writer {
    fn word(&mut self) -> &str {
        let index = self.dice.below(self.words.len());
        &self.words[index]
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word().to_owned()).collect::<Vec<_>>().join(" ")
    }

    fn compound(&mut self) -> String {
        let head = self.word().to_owned();
        head + &self.word().to_lowercase()
    }

    /// As people ask: with other words beside it, and one question in four with a letter left out.
    fn misremember(&mut self, text: &str) -> String {
        let asked = format!("wie ist das mit {text} {}", self.word());
        if self.dice.below(4) > 0 {
            return asked;
        }
        let leave_out = self.dice.below(asked.chars().count());
        asked.chars().enumerate().filter(|(index, _)| *index != leave_out).map(|(_, c)| c).collect()
    }

    fn entry(&mut self, number: usize, compound: &str, alternatives: &[String]) -> ContentDocument {
        let (question, answer) = (self.words(3), self.words(30));
        let alternatives = alternatives.join("\", \"");
        let text = format!(
            r#"id = "frage-{number}"
kind = "entry"
checked_on = "2026-09-01"
review_by = "2027-09-01"
question.de = "{question} {compound}"
alternatives.de = ["{alternatives}"]
answer.de = "{answer}"
[[sources]]
id = "benchmark"
title = "Benchmark"
"#
        );
        let key = ContentKey { kind: ContentKind::Entry, name: format!("erzeugt/frage-{number}") };
        ContentDocument { label: key.name.clone(), key, revision: 1, text }
    }
}

/// The same numbers in every run (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}
