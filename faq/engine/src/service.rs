//! A county's service (Leistung) and what is known about it, facet by facet.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::as_of::AsOf;
use crate::facet::Facet;
use crate::language::{LanguageTag, LocalizedText};
use crate::slug::Slug;
use crate::years::YearTable;

/// A service of the county or of the town halls, with every fact an editor recorded.
#[derive(Debug, Clone)]
pub struct Service {
    /// Stable name.
    pub slug: Slug,
    /// The folder it belongs to, such as `kfz`.
    pub topic: String,
    /// Key in the national service catalogue (LeiKa), fourteen digits.
    pub leika: Option<String>,
    /// Headline and button text.
    pub name: LocalizedText,
    /// Citizens' words for it.
    pub words: BTreeMap<LanguageTag, Vec<String>>,
    /// Ways people ask for it, in German, with the facet each is about.
    pub phrasings: Vec<Phrasing>,
    /// Who does it.
    pub responsible: Responsibility,
    /// What the facts rest on; the first is the default.
    pub sources: Vec<Source>,
    /// Facets that are prose.
    pub texts: BTreeMap<Facet, FacetText>,
    /// What to bring.
    pub documents: Option<Documents>,
    /// Questions about the person's situation, in the order they are asked.
    pub situation: Vec<SituationQuestion>,
    /// What it costs.
    pub fee: Option<Fee>,
    /// When and in which state it was published.
    pub state: Publication,
}

/// When a published thing was checked, and its revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publication {
    /// Counts up with each publication, starting at 1.
    pub revision: u64,
    /// Last day on which an editor compared the text with its source.
    pub checked_on: NaiveDate,
    /// Day from which the text counts as overdue.
    pub review_by: NaiveDate,
}

/// One way people ask for a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrasing {
    /// What the question is about.
    pub facet: Facet,
    /// The question in a citizen's words.
    pub text: String,
}

/// Who does a service.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Responsibility {
    /// The county's offices, any of which may be visited.
    pub offices: Vec<Slug>,
    /// Towns whose own town hall does it instead.
    pub town_halls: TownHalls,
    /// A sentence about it.
    pub note: Option<LocalizedText>,
}

/// Towns that do a service themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TownHalls {
    /// No town; the county does it.
    #[default]
    None,
    /// These towns.
    Some(Vec<Slug>),
    /// Every town, each for its own citizens.
    All,
}

impl TownHalls {
    /// Whether this town does the service itself.
    pub fn includes(&self, town: &Slug) -> bool {
        match self {
            Self::None => false,
            Self::Some(towns) => towns.contains(town),
            Self::All => true,
        }
    }
}

/// What a fact rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Name by which a facet refers to it.
    pub id: String,
    /// Who says it, where.
    pub title: String,
    /// State of the source itself, as far as known ("ca. 2022/23").
    pub as_of: Option<String>,
    /// Address, where it is public and complete.
    pub url: Option<String>,
}

/// A facet told in prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetText {
    /// Markdown subset: paragraphs, lists, bold, links.
    pub text: LocalizedText,
    /// What depends on a year, below the text.
    pub tables: Vec<YearTable>,
    /// What somebody should know for whom a date in the tables has passed.
    pub if_passed: Option<LocalizedText>,
    /// The source, if it is not the default one.
    pub source: Option<String>,
    /// Uncertain: the reader is asked to have it confirmed.
    pub confirm: bool,
    /// Services offered as next steps.
    pub see: Vec<Slug>,
}

/// What to bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documents {
    /// Sentence before the list.
    pub intro: Option<LocalizedText>,
    /// The list.
    pub items: Vec<DocumentItem>,
    /// Sentence after the list.
    pub outro: Option<LocalizedText>,
    /// The source, if it is not the default one.
    pub source: Option<String>,
    /// Uncertain as a whole.
    pub confirm: bool,
    /// Services offered as next steps.
    pub see: Vec<Slug>,
}

/// One thing to bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentItem {
    /// What it is.
    pub text: LocalizedText,
    /// What to look out for.
    pub note: Option<LocalizedText>,
    /// Why the office wants it.
    pub why: Option<LocalizedText>,
    /// Needed only if all of these hold; empty: always.
    pub when: Vec<Condition>,
    /// This item is uncertain.
    pub confirm: bool,
}

/// Holds if the question was answered with one of the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The situation question.
    pub question: String,
    /// Any of its answers.
    pub answers: Vec<String>,
}

/// A question about the person's situation on which the list of documents depends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SituationQuestion {
    /// Name by which conditions refer to it.
    pub id: String,
    /// The question.
    pub ask: LocalizedText,
    /// Two to four answers.
    pub answers: Vec<SituationAnswer>,
}

/// An answer to a situation question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SituationAnswer {
    /// Name by which conditions refer to it.
    pub id: String,
    /// Button text.
    pub label: LocalizedText,
    /// Heading of the group of documents needed in this case ("wenn eine Firma Halter wird").
    pub when: LocalizedText,
}

/// What a service costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// The amounts; empty if no reliable one is known.
    pub amounts: Vec<Amount>,
    /// Since when the amounts hold, or when they were read.
    pub as_of: Option<AsOf>,
    /// What else to know.
    pub note: Option<LocalizedText>,
    /// The source, if it is not the default one.
    pub source: Option<String>,
    /// Uncertain: to be confirmed with the office.
    pub confirm: bool,
    /// Services offered as next steps.
    pub see: Vec<Slug>,
}

/// One amount of a fee, in euro cent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// What it is for.
    pub label: LocalizedText,
    /// The amount, or the least.
    pub min: u32,
    /// The most, where it is a range.
    pub max: Option<u32>,
    /// The amount when done online.
    pub online: Option<u32>,
}

impl Service {
    /// Facets for which something is recorded.
    pub fn recorded_facets(&self) -> impl Iterator<Item = Facet> {
        Facet::ALL.into_iter().filter(|facet| match facet {
            Facet::Documents => self.documents.is_some(),
            Facet::Fee => self.fee.is_some(),
            other => self.texts.contains_key(other),
        })
    }

    /// Services offered as next steps after an answer about this facet.
    pub fn see_after(&self, facet: Facet) -> &[Slug] {
        match facet {
            Facet::Documents => self.documents.as_ref().map_or(&[], |documents| &documents.see),
            Facet::Fee => self.fee.as_ref().map_or(&[], |fee| &fee.see),
            other => self.texts.get(&other).map_or(&[], |text| &text.see),
        }
    }

    /// The source a facet rests on: its own, else the first.
    pub fn source_of(&self, facet: Facet) -> Option<&Source> {
        let named = match facet {
            Facet::Documents => self.documents.as_ref().and_then(|d| d.source.as_deref()),
            Facet::Fee => self.fee.as_ref().and_then(|f| f.source.as_deref()),
            other => self.texts.get(&other).and_then(|t| t.source.as_deref()),
        };
        named.and_then(|id| self.sources.iter().find(|source| source.id == id)).or_else(|| self.sources.first())
    }

    /// Whether only town halls do it, so that the citizen's town decides where to go.
    pub fn is_done_by_town_halls_only(&self) -> bool {
        self.responsible.offices.is_empty() && self.responsible.town_halls == TownHalls::All
    }
}
