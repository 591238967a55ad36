//! A notice: read, and written as a document by whoever puts one up.

use chrono::NaiveDateTime;
use faq_engine::facet::Facet;
use faq_engine::language::LocalizedText;
use faq_engine::notice::{Area, Notice, Scope, Severity};
use faq_engine::ports::{ContentKey, ContentKind};
use faq_engine::slug::Slug;
use serde::{Deserialize, Serialize};

use super::check_name;
use crate::fault::{Fault, read_toml};
use crate::folder::ContentDocument;
use crate::text::{Reader, SourceShape, TextShape};

/// How times are written: local time, to the minute.
pub const LOCAL_TIME: &str = "%Y-%m-%dT%H:%M";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoticeShape {
    id: String,
    severity: String,
    valid_from: String,
    valid_until: String,
    /// Aspects, or "all".
    #[serde(default)]
    suspends: Vec<String>,
    scope: ScopeShape,
    text: TextShape,
    #[serde(skip_serializing_if = "Option::is_none")]
    instead: Option<TextShape>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<SourceShape>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScopeShape {
    #[serde(default)]
    everything: bool,
    #[serde(default)]
    offices: Vec<String>,
    #[serde(default)]
    services: Vec<String>,
    #[serde(default)]
    facets: Vec<String>,
}

pub(super) fn read(document: &ContentDocument) -> Result<Notice, Vec<Fault>> {
    let shape: NoticeShape = read_toml(&document.label, &document.text).map_err(|fault| vec![fault])?;
    let mut reader = Reader::new(&document.label, &document.text);
    check_name(&mut reader, document, "id", &shape.id);
    let id = reader.slug(&shape.id);
    let text = reader.localized(&shape.text, "text");
    let from = local_time(&mut reader, "valid_from", &shape.valid_from);
    let until = local_time(&mut reader, "valid_until", &shape.valid_until);
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        reader.fault(&shape.valid_until, "`valid_until` is before `valid_from`, so the notice would never be shown");
    }
    let facets = reader.facets_or_all(&shape.scope.facets);
    let area = if shape.scope.everything {
        Area::Everything
    } else {
        Area::Named { services: reader.slugs(&shape.scope.services), offices: reader.slugs(&shape.scope.offices) }
    };
    if area == (Area::Named { services: Vec::new(), offices: Vec::new() }) {
        reader.fault("scope", "the notice concerns nothing; name `services` or `offices`, or set `everything = true`");
    }
    let suspends = reader.facets_or_all(&shape.suspends);
    let instead = reader.optional(shape.instead.as_ref(), "instead");
    if instead.is_some() && suspends.is_empty() {
        reader.fault("instead", "`instead` is told in place of what `suspends` names, which is nothing");
    }
    reader.sources(shape.sources);
    let severity = Severity::parse(&shape.severity);
    if severity.is_none() {
        reader.fault(&shape.severity, format!("`severity` is info, warning or critical, not \"{}\"", shape.severity));
    }
    let notice = id.zip(text).zip(from.zip(until)).zip(severity);
    let notice = notice.map(|(((id, text), (valid_from, valid_until)), severity)| Notice {
        id,
        severity,
        valid_from,
        valid_until,
        scope: Scope { area, facets },
        text,
        suspends,
        instead,
    });
    reader.finish(notice)
}

/// A notice as a document.
pub fn document(notice: &Notice) -> ContentDocument {
    let names = |facets: &[Facet]| facets.iter().map(|facet| facet.as_str().to_owned()).collect::<Vec<_>>();
    let slugs = |slugs: &[Slug]| slugs.iter().map(Slug::to_string).collect::<Vec<_>>();
    let (everything, services, offices) = match &notice.scope.area {
        Area::Everything => (true, Vec::new(), Vec::new()),
        Area::Named { services, offices } => (false, slugs(services), slugs(offices)),
    };
    let shape = NoticeShape {
        id: notice.id.to_string(),
        severity: notice.severity.as_str().to_owned(),
        valid_from: notice.valid_from.format(LOCAL_TIME).to_string(),
        valid_until: notice.valid_until.format(LOCAL_TIME).to_string(),
        suspends: names(&notice.suspends),
        scope: ScopeShape { everything, services, offices, facets: names(&notice.scope.facets) },
        text: texts(&notice.text),
        instead: notice.instead.as_ref().map(texts),
        sources: Vec::new(),
    };
    let text = toml::to_string_pretty(&shape).expect("texts, lists and tables of them can be written as TOML");
    let key = ContentKey { kind: ContentKind::Notice, name: notice.id.to_string() };
    ContentDocument { label: format!("notice {}", notice.id), key, revision: 1, text }
}

/// The same document with another end, or what is wrong with it. Sources stay, comments do not.
pub fn ending_at(document: &ContentDocument, end: NaiveDateTime) -> Result<ContentDocument, Vec<Fault>> {
    let mut shape: NoticeShape = read_toml(&document.label, &document.text).map_err(|fault| vec![fault])?;
    shape.valid_until = end.format(LOCAL_TIME).to_string();
    let text = toml::to_string_pretty(&shape).expect("what was read as TOML can be written");
    Ok(ContentDocument { text, ..document.clone() })
}

fn texts(text: &LocalizedText) -> TextShape {
    text.versions().map(|(language, words)| (language.to_string(), words.to_owned())).collect()
}

/// The notices among these documents.
pub fn notices(documents: &[ContentDocument]) -> Result<Vec<Notice>, Vec<Fault>> {
    let (mut notices, mut faults) = (Vec::new(), Vec::new());
    for document in documents.iter().filter(|document| document.key.kind == ContentKind::Notice) {
        match read(document) {
            Ok(notice) => notices.push(notice),
            Err(more) => faults.extend(more),
        }
    }
    if faults.is_empty() { Ok(notices) } else { Err(faults) }
}

fn local_time(reader: &mut Reader<'_>, key: &str, text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, LOCAL_TIME)
        .map_err(|_| {
            reader.fault(text, format!("`{key}` must be a local time such as \"2026-12-24T08:00\", not \"{text}\""))
        })
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document_of(text: &str) -> ContentDocument {
        let key = ContentKey { kind: ContentKind::Notice, name: "stoerung".to_owned() };
        ContentDocument { label: "stoerung.toml".to_owned(), key, revision: 1, text: text.to_owned() }
    }

    const WRITTEN: &str = r#"
id = "stoerung"
severity = "critical"
valid_from = "2026-11-28T08:00"
valid_until = "2026-11-30T18:00"
suspends = ["appointment"]
scope = { services = ["kfz-abmeldung"], offices = ["kreishaus"], facets = ["appointment", "online"] }
text.de = """
**Nichts geht.**

Zeile mit "Anführung" und \\ Schrägstrich.
"""
text.en = "Nothing works."
instead.de = "Rufen Sie an."

[[sources]]
id = "q1"
title = "Aushang"
"#;

    #[test]
    fn what_is_written_is_what_was_read() {
        let notice = read(&document_of(WRITTEN)).expect("valid");
        assert_eq!(notice.scope.facets, [Facet::Appointment, Facet::Online]);
        assert_eq!(read(&document(&notice)).expect("valid"), notice);
    }

    #[test]
    fn another_end_changes_nothing_else_and_keeps_the_sources() {
        let end = NaiveDateTime::parse_from_str("2026-11-29T07:30", LOCAL_TIME).expect("a time");
        let ended = ending_at(&document_of(WRITTEN), end).expect("valid");
        let before = read(&document_of(WRITTEN)).expect("valid");
        assert_eq!(read(&ended).expect("valid"), Notice { valid_until: end, ..before });
        assert!(ended.text.contains("Aushang"), "{}", ended.text);
    }

    #[test]
    fn every_mistake_is_named() {
        for (from, to, named) in [
            ("\"critical\"", "\"laut\"", "severity"),
            ("2026-11-30T18:00", "2026-11-27T18:00", "valid_until"),
            ("[\"appointment\"]", "[\"termine\"]", "termine"),
            ("suspends = [\"appointment\"]", "suspends = []", "instead"),
            ("services = [\"kfz-abmeldung\"], offices = [\"kreishaus\"], ", "", "concerns nothing"),
        ] {
            let faults = read(&document_of(&WRITTEN.replacen(from, to, 1))).expect_err("a mistake");
            assert!(faults.iter().any(|fault| fault.message.contains(named)), "{named}: {faults:?}");
        }
    }
}
