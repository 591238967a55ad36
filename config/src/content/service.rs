//! A service document.

use std::collections::BTreeMap;

use faq_engine::facet::Facet;
use faq_engine::service::{
    Amount, Condition, DocumentItem, Documents, FacetText, Fee, Phrasing, Responsibility, Service, SituationAnswer,
    SituationQuestion, TownHalls,
};
use serde::Deserialize;

use super::check_name;
use super::years::{YearTableShape, read_tables};
use crate::fault::{Fault, read_toml};
use crate::folder::ContentDocument;
use crate::text::{Reader, SourceShape, TextShape, WordsShape};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServiceShape {
    slug: String,
    checked_on: String,
    review_by: String,
    leika: Option<String>,
    name: TextShape,
    words: WordsShape,
    phrasings: BTreeMap<String, Vec<String>>,
    responsible: ResponsibleShape,
    sources: Vec<SourceShape>,
    overview: FacetShape,
    requirements: Option<FacetShape>,
    duration: Option<FacetShape>,
    deadline: Option<FacetShape>,
    appointment: Option<FacetShape>,
    online: Option<FacetShape>,
    location: Option<FacetShape>,
    contact: Option<FacetShape>,
    hours: Option<FacetShape>,
    documents: Option<DocumentsShape>,
    #[serde(default)]
    situation: Vec<SituationShape>,
    fee: Option<FeeShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResponsibleShape {
    #[serde(default)]
    offices: Vec<String>,
    #[serde(default)]
    town_halls: Vec<String>,
    note: Option<TextShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FacetShape {
    text: TextShape,
    #[serde(default)]
    tables: Vec<YearTableShape>,
    if_passed: Option<TextShape>,
    source: Option<String>,
    #[serde(default)]
    confirm: bool,
    #[serde(default)]
    see: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentsShape {
    intro: Option<TextShape>,
    outro: Option<TextShape>,
    source: Option<String>,
    #[serde(default)]
    confirm: bool,
    #[serde(default)]
    see: Vec<String>,
    items: Vec<ItemShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemShape {
    text: TextShape,
    note: Option<TextShape>,
    why: Option<TextShape>,
    #[serde(default)]
    when: Vec<String>,
    #[serde(default)]
    confirm: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SituationShape {
    id: String,
    ask: TextShape,
    answers: Vec<AnswerShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerShape {
    id: String,
    label: TextShape,
    when: TextShape,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FeeShape {
    as_of: Option<String>,
    note: Option<TextShape>,
    source: Option<String>,
    #[serde(default)]
    confirm: bool,
    #[serde(default)]
    see: Vec<String>,
    #[serde(default)]
    amounts: Vec<AmountShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AmountShape {
    label: TextShape,
    min: u32,
    max: Option<u32>,
    online: Option<u32>,
}

/// More questions than these nobody answers.
const MOST_QUESTIONS: usize = 4;
/// The widest name a button shows without cutting it.
const LONGEST_NAME: usize = 64;

pub(super) fn read(document: &ContentDocument) -> Result<Service, Vec<Fault>> {
    let shape: ServiceShape = read_toml(&document.label, &document.text).map_err(|fault| vec![fault])?;
    let mut reader = Reader::new(&document.label, &document.text);
    check_name(&mut reader, document, "slug", &shape.slug);
    if let Some(leika) = shape.leika.as_deref() {
        let valid = leika.len() == 14 && leika.starts_with("99") && leika.bytes().all(|b| b.is_ascii_digit());
        if !valid {
            reader.fault(leika, format!("`leika` must be fourteen digits that begin with 99, not \"{leika}\""));
        }
    }
    let slug = reader.slug(&shape.slug);
    let name = reader.localized(&shape.name, "name");
    if let Some(long) = name.as_ref().map(|name| name.german()).filter(|name| name.chars().count() > LONGEST_NAME) {
        reader.fault(
            long,
            format!("the name is longer than {LONGEST_NAME} characters and would be cut on buttons; shorten it"),
        );
    }
    let texts = facet_texts(&mut reader, &shape);
    let documents = shape.documents.as_ref().and_then(|documents| read_documents(&mut reader, documents));
    let fee = shape.fee.as_ref().and_then(|fee| read_fee(&mut reader, fee));
    let situation = read_situation(&mut reader, &shape.situation);
    let responsible = read_responsible(&mut reader, &shape.responsible);
    let phrasings = read_phrasings(&mut reader, shape.phrasings);
    let words = reader.words(shape.words);
    let sources = reader.sources(shape.sources);
    let state = reader.publication(document.revision, &shape.checked_on, &shape.review_by);
    let topic = document.key.name.split('/').next().unwrap_or_default().to_owned();
    let service = slug.zip(name).zip(state).map(|((slug, name), state)| Service {
        slug,
        topic,
        leika: shape.leika,
        name,
        words,
        phrasings,
        responsible,
        sources,
        texts,
        documents,
        situation,
        fee,
        state,
    });
    reader.finish(service)
}

fn facet_texts(reader: &mut Reader<'_>, shape: &ServiceShape) -> BTreeMap<Facet, FacetText> {
    let sections = [
        (Facet::Overview, Some(&shape.overview)),
        (Facet::Requirements, shape.requirements.as_ref()),
        (Facet::Duration, shape.duration.as_ref()),
        (Facet::Deadline, shape.deadline.as_ref()),
        (Facet::Appointment, shape.appointment.as_ref()),
        (Facet::Online, shape.online.as_ref()),
        (Facet::Location, shape.location.as_ref()),
        (Facet::Contact, shape.contact.as_ref()),
        (Facet::Hours, shape.hours.as_ref()),
    ];
    let mut texts = BTreeMap::new();
    for (facet, section) in sections {
        let Some(section) = section else { continue };
        if let Some(text) = reader.localized(&section.text, &format!("{facet}.text")) {
            let told = FacetText {
                text,
                tables: read_tables(reader, &section.tables),
                if_passed: reader.optional(section.if_passed.as_ref(), &format!("{facet}.if_passed")),
                source: section.source.clone(),
                confirm: section.confirm,
                see: reader.slugs(&section.see),
            };
            texts.insert(facet, told);
        }
    }
    texts
}

fn read_documents(reader: &mut Reader<'_>, shape: &DocumentsShape) -> Option<Documents> {
    let mut items = Vec::new();
    for item in &shape.items {
        let Some(text) = reader.localized(&item.text, "documents.items.text") else { continue };
        items.push(DocumentItem {
            text,
            note: reader.optional(item.note.as_ref(), "documents.items.note"),
            why: reader.optional(item.why.as_ref(), "documents.items.why"),
            when: item.when.iter().filter_map(|condition| read_condition(reader, condition)).collect(),
            confirm: item.confirm,
        });
    }
    if items.is_empty() {
        reader.fault("[documents]", "the list of documents is empty; add [[documents.items]] or delete [documents]");
        return None;
    }
    Some(Documents {
        intro: reader.optional(shape.intro.as_ref(), "documents.intro"),
        outro: reader.optional(shape.outro.as_ref(), "documents.outro"),
        items,
        source: shape.source.clone(),
        confirm: shape.confirm,
        see: reader.slugs(&shape.see),
    })
}

/// `halter=firma|verein`.
fn read_condition(reader: &mut Reader<'_>, text: &str) -> Option<Condition> {
    let parsed = text.split_once('=').map(|(question, answers)| Condition {
        question: question.trim().to_owned(),
        answers: answers.split('|').map(|answer| answer.trim().to_owned()).collect(),
    });
    let valid =
        parsed.filter(|condition| !condition.question.is_empty() && condition.answers.iter().all(|a| !a.is_empty()));
    if valid.is_none() {
        reader
            .fault(text, format!("`when` must read \"question=answer\" or \"question=answer|answer\", not \"{text}\""));
    }
    valid
}

fn read_situation(reader: &mut Reader<'_>, shapes: &[SituationShape]) -> Vec<SituationQuestion> {
    if shapes.len() > MOST_QUESTIONS {
        reader.fault(
            "[[situation]]",
            format!("there are {} situation questions; at most {MOST_QUESTIONS} are asked", shapes.len()),
        );
    }
    let mut questions = Vec::new();
    for shape in shapes {
        // Ids travel in the conversation's text form, so they are slugs.
        let id = reader.slug(&shape.id);
        let ask = reader.localized(&shape.ask, "situation.ask");
        let mut answers = Vec::new();
        for answer in &shape.answers {
            let id = reader.slug(&answer.id);
            let label = reader.localized(&answer.label, "situation.answers.label");
            let when = reader.localized(&answer.when, "situation.answers.when");
            if let (Some(id), Some(label), Some(when)) = (id, label, when) {
                answers.push(SituationAnswer { id: id.to_string(), label, when });
            }
        }
        if answers.len() < 2 {
            reader.fault(&shape.id, format!("the situation question `{}` needs at least two answers", shape.id));
        }
        if let (Some(id), Some(ask)) = (id, ask) {
            questions.push(SituationQuestion { id: id.to_string(), ask, answers });
        }
    }
    questions
}

fn read_fee(reader: &mut Reader<'_>, shape: &FeeShape) -> Option<Fee> {
    let as_of = shape.as_of.as_deref().and_then(|date| reader.as_of("fee.as_of", date));
    let mut amounts = Vec::new();
    for amount in &shape.amounts {
        let Some(label) = reader.localized(&amount.label, "fee.amounts.label") else { continue };
        if amount.max.is_some_and(|max| max < amount.min) {
            reader.fault(label.german(), format!("the fee \"{}\" has a `max` below its `min`", label.german()));
        }
        amounts.push(Amount { label, min: amount.min, max: amount.max, online: amount.online });
    }
    if !amounts.is_empty() && as_of.is_none() && !shape.confirm {
        reader.fault("[fee]", "a fee with amounts needs `as_of`: people must see how old it is");
    }
    let note = reader.optional(shape.note.as_ref(), "fee.note");
    if amounts.is_empty() && note.is_none() {
        reader.fault("[fee]", "the fee has neither amounts nor a note; add one or delete [fee]");
        return None;
    }
    Some(Fee {
        amounts,
        as_of,
        note,
        source: shape.source.clone(),
        confirm: shape.confirm,
        see: reader.slugs(&shape.see),
    })
}

fn read_responsible(reader: &mut Reader<'_>, shape: &ResponsibleShape) -> Responsibility {
    let town_halls = match &shape.town_halls[..] {
        [] => TownHalls::None,
        [all] if all == "all" => TownHalls::All,
        some => TownHalls::Some(reader.slugs(some)),
    };
    if shape.offices.is_empty() && town_halls == TownHalls::None {
        reader.fault("[responsible]", "nobody is responsible; name `offices` or `town_halls`");
    }
    Responsibility {
        offices: reader.slugs(&shape.offices),
        town_halls,
        note: reader.optional(shape.note.as_ref(), "responsible.note"),
    }
}

fn read_phrasings(reader: &mut Reader<'_>, shape: BTreeMap<String, Vec<String>>) -> Vec<Phrasing> {
    let mut phrasings = Vec::new();
    for (name, texts) in shape {
        match Facet::parse(&name) {
            Some(facet) => phrasings.extend(texts.into_iter().map(|text| Phrasing { facet, text })),
            None => {
                let known: Vec<&str> = Facet::ALL.iter().map(|facet| facet.as_str()).collect();
                reader.fault(&name, format!("`{name}` under [phrasings] is no facet; use one of {}", known.join(", ")));
            }
        }
    }
    phrasings
}
