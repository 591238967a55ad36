//! A free question or a referral.

use faq_engine::entry::{Entry, EntryKind};
use serde::Deserialize;

use super::check_name;
use crate::fault::{Fault, read_toml};
use crate::folder::ContentDocument;
use crate::text::{Reader, SourceShape, TextShape, WordsShape};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryShape {
    id: String,
    kind: KindShape,
    service: Option<String>,
    checked_on: String,
    review_by: String,
    question: TextShape,
    alternatives: WordsShape,
    answer: TextShape,
    sources: Vec<SourceShape>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum KindShape {
    Entry,
    Referral,
}

pub(super) fn read(document: &ContentDocument) -> Result<Entry, Vec<Fault>> {
    let shape: EntryShape = read_toml(&document.label, &document.text).map_err(|fault| vec![fault])?;
    let mut reader = Reader::new(&document.label, &document.text);
    check_name(&mut reader, document, "id", &shape.id);
    let id = reader.slug(&shape.id);
    let service = shape.service.as_deref().and_then(|slug| reader.slug(slug));
    let question = reader.localized(&shape.question, "question");
    let answer = reader.localized(&shape.answer, "answer");
    let alternatives = reader.words(shape.alternatives);
    let sources = reader.sources(shape.sources);
    let state = reader.publication(document.revision, &shape.checked_on, &shape.review_by);
    let kind = match shape.kind {
        KindShape::Entry => EntryKind::Answer,
        KindShape::Referral => EntryKind::Referral,
    };
    let topic = document.key.name.split('/').next().unwrap_or_default().to_owned();
    let entry = id.zip(question).zip(answer).zip(state).map(|(((id, question), answer), state)| Entry {
        id,
        topic,
        kind,
        service,
        question,
        alternatives,
        answer,
        sources,
        state,
    });
    reader.finish(entry)
}
