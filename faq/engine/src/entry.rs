//! Free questions: everything that is asked but is not a service.

use std::collections::BTreeMap;

use crate::facet::Facet;
use crate::language::{LanguageTag, LocalizedText};
use crate::service::{Publication, Source};
use crate::slug::Slug;

/// A free question with its answer.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Stable name.
    pub id: Slug,
    /// The folder it belongs to.
    pub topic: String,
    /// Whether we answer it, ask back or say whose matter it is.
    pub kind: EntryKind,
    /// The service it belongs to, if any.
    pub service: Option<Slug>,
    /// The aspect it is about, if the editor named one.
    pub facet: Option<Facet>,
    /// The question as a headline.
    pub question: LocalizedText,
    /// Other ways to ask it.
    pub alternatives: BTreeMap<LanguageTag, Vec<String>>,
    /// Markdown subset.
    pub answer: LocalizedText,
    /// What the answer rests on.
    pub sources: Vec<Source>,
    /// When and in which state it was published.
    pub state: Publication,
}

/// What an entry is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKind {
    /// We answer it.
    Answer,
    /// It is not our matter; the answer says whose. Replies count as "not known here".
    Referral,
    /// Whoever asks this may mean any of these services ("neue Papiere"). The answer is the question back.
    Choice(Vec<Slug>),
}
