//! Short ways to write down content in tests: each function gives a whole value, from which a test changes what it is
//! about with `..service("…", "…")`.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, Weekday};
use faq_engine::as_of::AsOf;
use faq_engine::entry::{Entry, EntryKind};
use faq_engine::facet::Facet;
use faq_engine::hours::WeekPlan;
use faq_engine::hours::{HolidayCalendar, HolidayPolicy, HoursException, HoursVersion, MonthDay, OpeningHours, Period};
use faq_engine::language::{LanguageTag, LocalizedText};
use faq_engine::notice::{Area, Notice, Scope, Severity};
use faq_engine::office::{Office, Phone, Town};
use faq_engine::service::{
    Amount, Condition, DocumentItem, Documents, FacetText, Fee, Phrasing, Publication, Responsibility, Service,
    SituationAnswer, SituationQuestion, Source, TownHalls,
};
use faq_engine::slug::Slug;

/// A slug.
pub fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a test writes valid slugs")
}

/// Slugs in one line, separated by spaces.
pub fn slugs(line: &str) -> Vec<Slug> {
    line.split_whitespace().map(slug).collect()
}

/// A day, written as in `2026-12-24`.
pub fn day(iso: &str) -> NaiveDate {
    iso.parse().expect("a test gives a valid day")
}

/// How old a fact is, written as in `2024`, `2024-03` or `2024-03-15`.
pub fn as_of(date: &str) -> AsOf {
    AsOf::parse(date).expect("a test gives a valid date")
}

/// English.
pub fn english_tag() -> LanguageTag {
    LanguageTag::parse("en").expect("a language tag")
}

/// A text in German only.
pub fn german(text: &str) -> LocalizedText {
    LocalizedText::german_only(text)
}

/// A text in German and English.
pub fn both(german: &str, english: &str) -> LocalizedText {
    LocalizedText::new([(LanguageTag::german(), german.to_owned()), (english_tag(), english.to_owned())])
        .expect("German is there")
}

/// A first publication, checked on 1 August 2026.
pub fn publication() -> Publication {
    Publication { revision: 1, checked_on: day("2026-08-01"), review_by: day("2027-02-01") }
}

/// A source without a date of its own.
pub fn source() -> Source {
    Source { id: "amt".to_owned(), title: "Musterkreis".to_owned(), as_of: None, url: None }
}

/// A service with a name and a source and nothing else.
pub fn service(name: &str, title: LocalizedText) -> Service {
    Service {
        slug: slug(name),
        topic: "muster".to_owned(),
        leika: None,
        name: title,
        words: BTreeMap::new(),
        phrasings: Vec::new(),
        responsible: Responsibility::default(),
        sources: vec![source()],
        texts: BTreeMap::new(),
        documents: None,
        situation: Vec::new(),
        fee: None,
        state: publication(),
    }
}

/// Citizens' words in German, separated by spaces.
pub fn words(line: &str) -> BTreeMap<LanguageTag, Vec<String>> {
    BTreeMap::from([(LanguageTag::german(), line.split_whitespace().map(str::to_owned).collect())])
}

/// Ways people ask.
pub fn phrasings(asked: &[(Facet, &str)]) -> Vec<Phrasing> {
    asked.iter().map(|(facet, text)| Phrasing { facet: *facet, text: (*text).to_owned() }).collect()
}

/// Done by these offices of the county.
pub fn done_by(offices: &str) -> Responsibility {
    Responsibility { offices: slugs(offices), town_halls: TownHalls::None, note: None }
}

/// Facets told in prose.
pub fn texts(told: impl IntoIterator<Item = (Facet, LocalizedText)>) -> BTreeMap<Facet, FacetText> {
    let text =
        |text| FacetText { text, tables: Vec::new(), if_passed: None, source: None, confirm: false, see: Vec::new() };
    told.into_iter().map(|(facet, words)| (facet, text(words))).collect()
}

/// A list of documents.
pub fn documents(items: Vec<DocumentItem>) -> Documents {
    Documents { intro: None, items, outro: None, source: None, confirm: false, see: Vec::new() }
}

/// Something everybody brings.
pub fn item(text: LocalizedText) -> DocumentItem {
    DocumentItem { text, note: None, why: None, when: Vec::new(), confirm: false }
}

/// Something to bring if these situation questions were answered like this.
pub fn item_when(text: LocalizedText, conditions: &[(&str, &str)]) -> DocumentItem {
    let condition = |(question, answer): &(&str, &str)| Condition {
        question: (*question).to_owned(),
        answers: vec![(*answer).to_owned()],
    };
    DocumentItem { when: conditions.iter().map(condition).collect(), ..item(text) }
}

/// A question about the situation; each answer with its name, label and case.
pub fn situation(
    id: &str,
    ask: LocalizedText,
    answers: [(&str, LocalizedText, LocalizedText); 2],
) -> SituationQuestion {
    let answer =
        |(id, label, when): (&str, LocalizedText, LocalizedText)| SituationAnswer { id: id.to_owned(), label, when };
    SituationQuestion { id: id.to_owned(), ask, answers: answers.map(answer).to_vec() }
}

/// A fee of these amounts, without a date.
pub fn fee(amounts: Vec<Amount>) -> Fee {
    Fee { amounts, as_of: None, note: None, source: None, confirm: false, see: Vec::new() }
}

/// One amount, in cent.
pub fn amount(label: LocalizedText, min: u32) -> Amount {
    Amount { label, min, max: None, online: None }
}

/// A free question that we answer.
pub fn entry(id: &str, question: LocalizedText, answer: LocalizedText) -> Entry {
    Entry {
        id: slug(id),
        topic: "muster".to_owned(),
        kind: EntryKind::Answer,
        facet: None,
        service: None,
        question,
        alternatives: BTreeMap::new(),
        answer,
        sources: vec![source()],
        state: publication(),
    }
}

/// An office with a name and these hours and nothing else.
pub fn office(id: &str, name: LocalizedText, hours: OpeningHours) -> Office {
    Office {
        id: slug(id),
        name,
        words: Vec::new(),
        address: None,
        phones: Vec::new(),
        email: None,
        website: None,
        email_off: None,
        website_off: None,
        hours,
        phone_hours: unknown_hours(),
        last_admission: None,
        confirm: false,
        appointment_required: false,
        arrival: None,
        payment: None,
        sources: vec![source()],
        state: publication(),
    }
}

/// A number without a label.
pub fn phone(number: &str) -> Phone {
    Phone::parse(number, None).expect("a test writes valid numbers")
}

/// A town whose town hall has a telephone.
pub fn town(id: &str, name: &str, number: &str) -> Town {
    Town {
        id: slug(id),
        centre: None,
        kind: "Stadt".to_owned(),
        name: name.to_owned(),
        names: Vec::new(),
        office_name: format!("Bürgerbüro {name}"),
        website: None,
        phone: Some(phone(number)),
        nearest_offices: Vec::new(),
    }
}

/// Hours of one version: closed on the holidays of North Rhine-Westphalia, on Christmas Eve and on New Year's Eve.
///
/// A week is written from Monday on, days separated by spaces, periods of a day by commas, `-` for a closed day.
pub fn hours(week: &str, exceptions: Vec<HoursException>) -> OpeningHours {
    let weekdays = std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ()));
    let days = weekdays.zip(week.split_whitespace()).map(|(weekday, line)| (weekday, periods(line)));
    let week = WeekPlan::new(days.take(7)).expect("a test writes valid weeks");
    let version = HoursVersion { valid_from: None, valid_until: None, week, label: None };
    let closed_days = ["12-24", "12-31"].map(|day| MonthDay::parse(day).expect("a day of the year"));
    let holidays = HolidayPolicy::Closed(HolidayCalendar::Nrw);
    OpeningHours::new(vec![version], exceptions, holidays, closed_days.to_vec()).expect("a test writes valid hours")
}

/// Hours nobody knows.
pub fn unknown_hours() -> OpeningHours {
    OpeningHours::new(Vec::new(), Vec::new(), HolidayPolicy::Open, Vec::new()).expect("no hours contradict nothing")
}

/// One date on which the week does not hold; `-` for closed.
pub fn exception(date: &str, line: &str, reason: LocalizedText) -> HoursException {
    HoursException { date: day(date), periods: periods(line), reason: Some(reason) }
}

fn periods(line: &str) -> Vec<Period> {
    if line == "-" {
        return Vec::new();
    }
    line.split(',').map(|text| Period::parse(text).expect("a test writes valid periods")).collect()
}

/// A notice about everything, shown all through September 2026.
pub fn notice(id: &str, text: LocalizedText) -> Notice {
    Notice {
        id: slug(id),
        severity: Severity::Warning,
        valid_from: local("2026-09-01T00:00:00"),
        valid_until: local("2026-09-30T18:00:00"),
        scope: Scope { area: Area::Everything, facets: Vec::new() },
        text,
        suspends: Vec::new(),
        instead: None,
    }
}

/// What a notice about these services is about, in all aspects.
pub fn about_services(names: &str) -> Scope {
    Scope { area: Area::Named { services: slugs(names), offices: Vec::new() }, facets: Vec::new() }
}

/// What a notice about these offices is about, in all aspects.
pub fn at_offices(names: &str) -> Scope {
    Scope { area: Area::Named { services: Vec::new(), offices: slugs(names) }, facets: Vec::new() }
}

/// A local time, written as in `2026-09-09T10:00:00`.
pub fn local(iso: &str) -> NaiveDateTime {
    iso.parse().expect("a test gives a valid time")
}
