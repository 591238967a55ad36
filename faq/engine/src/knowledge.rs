//! Published knowledge, ready to be asked: catalogue, languages and the index over both, as one immutable value.

use std::sync::Arc;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::catalogue::{Catalogue, ContentFault};
use crate::entry::EntryKind;
use crate::facet::Facet;
use crate::language::LanguageTag;
use crate::notice::Notice;
use crate::office::Address;
use crate::phrasebook::Languages;
use crate::ports::{AnswerIndex, IndexBuilder, IndexDocument, IndexError, IndexPassage, PassageRole, Target};
use crate::slug::Slug;
use crate::understanding::cues::CueSet;
use crate::understanding::intents::Intent;
use crate::understanding::language::LanguageDetector;
use crate::understanding::offices::OfficeNames;
use crate::understanding::places::Towns;

/// How the desk behaves, as an operator sets it.
#[derive(Debug, Clone)]
pub struct DeskSettings {
    /// The office whose hours are meant when no other is named.
    pub main_office: Slug,
    /// Offices named when somebody wants a person, best first; two are always named.
    pub person_offices: Vec<Slug>,
    /// When to answer, ask back or admit.
    pub thresholds: Thresholds,
    /// Where a map looks an address up: a web address in which `{address}` stands for it.
    pub map: Option<String>,
}

impl DeskSettings {
    /// The link to a place on the map.
    pub fn map_of(&self, address: &Address) -> Option<String> {
        let wanted = utf8_percent_encode(&address.on_one_line(), NON_ALPHANUMERIC).to_string();
        self.map.as_ref().map(|map| map.replace("{address}", &wanted))
    }
}

/// When to answer, when to ask back, when to admit not to know. All are shares between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Least confidence in the best match to be answered.
    pub answer: f32,
    /// Least confidence for being offered as an alternative.
    pub offer: f32,
    /// A runner-up within this share of the best score makes the question ambiguous.
    pub ambiguous: f32,
}

impl Thresholds {
    /// The same once somebody talks about something here: they more likely go on about something the desk knows.
    pub fn in_conversation(self) -> Self {
        const LESS: f32 = 0.93;
        Self { answer: LESS * self.answer, ..self }
    }
}

impl Default for Thresholds {
    /// Set on questions of our own making; `auskunft eval` shows what another choice would do.
    fn default() -> Self {
        Self { answer: 0.55, offer: 0.3, ambiguous: 0.5 }
    }
}

/// Published knowledge. A change of content builds a new one, so a question in flight sees one consistent state.
pub struct Knowledge {
    /// What is published.
    pub catalogue: Catalogue,
    /// What is said and recognised in which language.
    pub languages: Languages,
    /// How the desk behaves.
    pub settings: DeskSettings,
    pub(crate) index: Arc<dyn AnswerIndex>,
    pub(crate) detector: Arc<LanguageDetector>,
    /// Words of danger in every language: a short cry for help may be taken for another language.
    pub(crate) danger_cues: Arc<CueSet<Intent>>,
    pub(crate) towns: Arc<Towns>,
    pub(crate) office_names: Arc<OfficeNames>,
}

impl Knowledge {
    /// Indexes the catalogue.
    pub fn new(
        catalogue: Catalogue,
        languages: Languages,
        settings: DeskSettings,
        builder: &dyn IndexBuilder,
    ) -> Result<Self, IndexError> {
        let index = builder.build(&index_documents(&catalogue))?;
        Ok(Self {
            detector: Arc::new(LanguageDetector::new(&languages)),
            danger_cues: Arc::new(CueSet::merged(languages.packs().map(|pack| &pack.intent_cues), |intent| {
                Intent::DANGERS.contains(&intent)
            })),
            towns: Arc::new(Towns::new(&catalogue)),
            office_names: Arc::new(OfficeNames::new(&catalogue)),
            index: index.into(),
            catalogue,
            languages,
            settings,
        })
    }

    /// The same with other notices. Nothing is found by a notice, so the index is shared.
    pub fn with_notices(&self, notices: Vec<Notice>) -> Result<Self, Vec<ContentFault>> {
        Ok(Self {
            catalogue: self.catalogue.with_notices(notices)?,
            languages: self.languages.clone(),
            settings: self.settings.clone(),
            index: self.index.clone(),
            detector: self.detector.clone(),
            danger_cues: self.danger_cues.clone(),
            towns: self.towns.clone(),
            office_names: self.office_names.clone(),
        })
    }

    /// The index, for evaluation and explanation.
    pub fn index(&self) -> &dyn AnswerIndex {
        self.index.as_ref()
    }

    /// The language a message is in.
    pub fn detect_language(&self, text: &str, surroundings: Option<&LanguageTag>) -> LanguageTag {
        self.detector.detect(text, &crate::understanding::text::words(text), surroundings)
    }
}

/// Everything that can be found, with everything it can be found by.
pub fn index_documents(catalogue: &Catalogue) -> Vec<IndexDocument> {
    let services = catalogue.services().map(|service| {
        let mut passages = Vec::new();
        let mut add = |role, language: &LanguageTag, text: &str| {
            passages.push(IndexPassage { role, text: text.to_owned(), language: language.clone() });
        };
        for (language, name) in service.name.versions() {
            add(PassageRole::Name, &language, name);
        }
        for (language, words) in &service.words {
            words.iter().for_each(|word| add(PassageRole::Name, language, word));
        }
        let german = LanguageTag::german();
        for phrasing in &service.phrasings {
            add(PassageRole::Phrasing(Some(phrasing.facet)), &german, &phrasing.text);
        }
        let texts = service.texts.iter().flat_map(|(facet, text)| {
            let tables =
                text.tables.iter().flat_map(|table| table.intro.iter().chain(table.rows.iter().map(|row| &row.text)));
            let all = [&text.text].into_iter().chain(tables).chain(&text.if_passed);
            all.map(|text| (*facet, text))
        });
        let items = service.documents.iter().flat_map(|documents| &documents.items);
        let items = items.map(|item| (Facet::Documents, &item.text));
        for (facet, text) in texts.chain(items) {
            // Not in other languages: a translated answer holds German terms in brackets, which would make every
            // service that names a paper answer for it; names and words in that language find it better.
            add(PassageRole::Body(Some(facet)), &LanguageTag::german(), text.german());
        }
        IndexDocument { target: Target::Service(service.slug.clone()), passages }
    });
    let entries = catalogue.entries().map(|entry| {
        let is_choice = matches!(entry.kind, EntryKind::Choice(_));
        let asked = if is_choice { PassageRole::Whole } else { PassageRole::Phrasing(None) };
        let question = entry.question.versions().map(|(language, text)| (asked, language, text));
        let alternatives = entry
            .alternatives
            .iter()
            .flat_map(|(language, texts)| texts.iter().map(move |text| (asked, language.clone(), text.as_str())));
        // The question back is no answer that could be found.
        let answer = entry.answer.versions().filter(|_| !is_choice);
        let answer = answer.map(|(language, text)| (PassageRole::Body(None), language, text));
        let passages = question
            .chain(alternatives)
            .chain(answer)
            .map(|(role, language, text)| IndexPassage { role, text: text.to_owned(), language })
            .collect();
        IndexDocument { target: Target::Entry(entry.id.clone()), passages }
    });
    services.chain(entries).collect()
}

/// The general topic that a question is about which names an aspect and nothing else: "Termin?"
pub(crate) fn topic_of(facet: Facet) -> Option<&'static str> {
    match facet {
        Facet::Hours => Some("oeffnungszeiten"),
        Facet::Appointment => Some("termin"),
        Facet::Contact => Some("buergertelefon"),
        Facet::Location => Some("anfahrt-parken"),
        _ => None,
    }
}

/// The facets under which people find general topics without naming an aspect.
pub(crate) fn natural_facet(service: &str) -> Option<Facet> {
    match service {
        "oeffnungszeiten" => Some(Facet::Hours),
        "termin" => Some(Facet::Appointment),
        "buergertelefon" => Some(Facet::Contact),
        "anfahrt-parken" => Some(Facet::Location),
        "wartezeit" => Some(Facet::Duration),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Address;

    #[test]
    fn an_address_is_looked_up_on_the_map_an_operator_chose() {
        let address = Address {
            street: "Hoher Weg 1–3 & <Hof>".to_owned(),
            postal_code: Some("59494".to_owned()),
            city: "Soest".to_owned(),
            note: None,
        };
        let settings = |map: Option<&str>| DeskSettings {
            main_office: Slug::parse("a").expect("valid"),
            person_offices: Vec::new(),
            thresholds: Thresholds::default(),
            map: map.map(str::to_owned),
        };
        assert_eq!(
            settings(Some("https://map.example/?q={address}")).map_of(&address).as_deref(),
            Some("https://map.example/?q=Hoher%20Weg%201%E2%80%933%20%26%20%3CHof%3E%2C%2059494%20Soest")
        );
        assert_eq!(settings(None).map_of(&address), None);
    }
}
