//! A free question, a referral or a choice.

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
    facet: Option<String>,
    checked_on: String,
    review_by: String,
    question: TextShape,
    alternatives: WordsShape,
    answer: TextShape,
    /// For a choice: the services it may be about.
    #[serde(default)]
    services: Vec<String>,
    #[serde(default)]
    sources: Vec<SourceShape>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum KindShape {
    Entry,
    Referral,
    Choice,
}

/// Fewer services are no choice, and more nobody reads.
const CHOICES: std::ops::RangeInclusive<usize> = 2..=4;

fn check_choice(reader: &mut Reader<'_>, kind: &EntryKind, services: &[String]) {
    match kind {
        EntryKind::Choice(_) if !CHOICES.contains(&services.len()) => {
            reader.fault("services", "a choice needs `services`: two, three or four of them".to_owned());
        }
        EntryKind::Answer | EntryKind::Referral if !services.is_empty() => {
            reader.fault(
                "services",
                "only a choice has `services`; write `service` for the one it belongs to".to_owned(),
            );
        }
        EntryKind::Choice(_) | EntryKind::Answer | EntryKind::Referral => {}
    }
}

pub(super) fn read(document: &ContentDocument) -> Result<Entry, Vec<Fault>> {
    let shape: EntryShape = read_toml(&document.label, &document.text).map_err(|fault| vec![fault])?;
    let mut reader = Reader::new(&document.label, &document.text);
    check_name(&mut reader, document, "id", &shape.id);
    let id = reader.slug(&shape.id);
    let service = shape.service.as_deref().and_then(|slug| reader.slug(slug));
    let facet = shape.facet.as_deref().and_then(|name| reader.facet(name));
    let question = reader.localized(&shape.question, "question");
    let answer = reader.localized(&shape.answer, "answer");
    let alternatives = reader.words(shape.alternatives);
    let sources = reader.sources(shape.sources);
    let state = reader.publication(document.revision, &shape.checked_on, &shape.review_by);
    let kind = match shape.kind {
        KindShape::Entry => EntryKind::Answer,
        KindShape::Referral => EntryKind::Referral,
        KindShape::Choice => EntryKind::Choice(reader.slugs(&shape.services)),
    };
    check_choice(&mut reader, &kind, &shape.services);
    let topic = document.key.name.split('/').next().unwrap_or_default().to_owned();
    let entry = id.zip(question).zip(answer).zip(state).map(|(((id, question), answer), state)| Entry {
        id,
        topic,
        kind,
        service,
        facet,
        question,
        alternatives,
        answer,
        sources,
        state,
    });
    reader.finish(entry)
}

#[cfg(test)]
mod tests {
    use faq_engine::ports::{ContentKey, ContentKind};

    use super::*;

    fn read_choice(services: &str) -> Result<Entry, Vec<String>> {
        let text = format!(
            "id = \"papiere\"\nkind = \"choice\"\n{services}\nchecked_on = \"2026-11-27\"\nreview_by = \"2027-05-27\"\n\
             question.de = \"Neue Papiere\"\nalternatives.de = [\"Papiere weg\"]\nanswer.de = \"Welche?\"\n"
        );
        let key = ContentKey { kind: ContentKind::Entry, name: "allgemein/papiere".to_owned() };
        let document = ContentDocument { label: "papiere.toml".to_owned(), key, revision: 1, text };
        read(&document).map_err(|faults| faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_choice_names_two_to_four_services() {
        let entry = read_choice("services = [\"personalausweis\", \"reisepass\"]").expect("two are a choice");
        assert!(matches!(entry.kind, EntryKind::Choice(services) if services.len() == 2));
        for too_few_or_many in ["", "services = [\"a\"]", "services = [\"a\", \"b\", \"c\", \"d\", \"e\"]"] {
            let faults = read_choice(too_few_or_many).expect_err("no choice");
            assert!(faults[0].contains("two, three or four"), "{faults:?}");
        }
    }

    #[test]
    fn an_entry_may_name_its_aspect_which_must_be_one() {
        let with = |facet: &str| read_choice(&format!("services = [\"a\", \"b\"]\nfacet = \"{facet}\""));
        assert_eq!(with("fee").expect("an aspect").facet, Some(faq_engine::facet::Facet::Fee));
        let faults = with("price").expect_err("no aspect");
        assert!(faults[0].contains("`price` is no facet"), "{faults:?}");
    }
}
