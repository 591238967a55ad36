//! A notice.

use chrono::NaiveDateTime;
use faq_engine::notice::{Notice, Scope, Severity};
use serde::Deserialize;

use super::check_name;
use crate::fault::{Fault, read_toml};
use crate::folder::ContentDocument;
use crate::text::{Reader, SourceShape, TextShape};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoticeShape {
    id: String,
    severity: SeverityShape,
    valid_from: String,
    valid_until: String,
    scope: ScopeShape,
    text: TextShape,
    #[serde(default)]
    sources: Vec<SourceShape>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum SeverityShape {
    Info,
    Warning,
    Critical,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScopeShape {
    #[serde(default)]
    everything: bool,
    #[serde(default)]
    offices: Vec<String>,
    #[serde(default)]
    services: Vec<String>,
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
    let scope = if shape.scope.everything {
        Scope::Everything
    } else {
        Scope::Named { services: reader.slugs(&shape.scope.services), offices: reader.slugs(&shape.scope.offices) }
    };
    if scope == (Scope::Named { services: Vec::new(), offices: Vec::new() }) {
        reader.fault("scope", "the notice concerns nothing; name `services` or `offices`, or set `everything = true`");
    }
    reader.sources(shape.sources);
    let severity = match shape.severity {
        SeverityShape::Info => Severity::Info,
        SeverityShape::Warning => Severity::Warning,
        SeverityShape::Critical => Severity::Critical,
    };
    let notice = id.zip(text).zip(from).zip(until).map(|(((id, text), valid_from), valid_until)| Notice {
        id,
        severity,
        valid_from,
        valid_until,
        scope,
        text,
    });
    reader.finish(notice)
}

fn local_time(reader: &mut Reader<'_>, key: &str, text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .map_err(|_| {
            reader.fault(text, format!("`{key}` must be a local time such as \"2026-12-24T08:00\", not \"{text}\""))
        })
        .ok()
}
