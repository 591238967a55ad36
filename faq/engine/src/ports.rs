//! What the desk needs from outside, by role. Adapters implement these; the engine never learns who they are.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;

use crate::conversation::Conversation;
use crate::facet::Facet;
use crate::language::{LanguageTag, LocalizedText};
use crate::slug::Slug;

/// Tells the time. The only source of "now" in the program.
pub trait Clock: Send + Sync {
    /// The time in the county's zone.
    fn now(&self) -> DateTime<Tz>;
}

/// Finds what a question is about.
///
/// Promises: the same question on the same index gives the same hits in the same order; text is never interpreted as
/// a query language; no hit is returned that shares nothing with the question. The index is derived from published
/// content only and never changes once built: new content makes a new index.
pub trait AnswerIndex: Send + Sync {
    /// The best matches, best first, at most `limit`.
    fn search(&self, question: &SearchQuestion, limit: usize) -> Vec<Hit>;
}

/// Builds an index from published content.
pub trait IndexBuilder: Send + Sync {
    /// Builds an index over these documents.
    fn build(&self, documents: &[IndexDocument]) -> Result<Box<dyn AnswerIndex>, IndexError>;
}

/// The index could not be built.
#[derive(Debug, thiserror::Error)]
#[error("the answer index could not be built")]
pub struct IndexError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// What is asked of the index.
#[derive(Debug, Clone)]
pub struct SearchQuestion {
    /// The question, cleaned and bounded.
    pub text: String,
    /// Its language.
    pub language: LanguageTag,
    /// Positions of words (as `understanding::text::words` counts them) that name an aspect, a place or a time rather
    /// than the matter. They weigh little: every service has a fee.
    pub faint: Vec<usize>,
}

impl SearchQuestion {
    /// A question all of whose words are about the matter.
    pub fn plain(text: impl Into<String>, language: LanguageTag) -> Self {
        Self { text: text.into(), language, faint: Vec::new() }
    }
}

/// One thing that can be found, with everything it can be found by.
#[derive(Debug, Clone)]
pub struct IndexDocument {
    /// What is found.
    pub target: Target,
    /// What it is found by.
    pub passages: Vec<IndexPassage>,
}

/// A text by which something is found.
#[derive(Debug, Clone)]
pub struct IndexPassage {
    /// What role the text plays.
    pub role: PassageRole,
    /// The text.
    pub text: String,
    /// Its language.
    pub language: LanguageTag,
}

/// What role a text plays for finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PassageRole {
    /// A name or a citizens' word.
    Name,
    /// A way people ask, about this facet.
    Phrasing(Option<Facet>),
    /// The answer itself.
    Body,
}

/// What a hit points to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A service.
    Service(Slug),
    /// A free question.
    Entry(Slug),
}

/// A match.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What was found.
    pub target: Target,
    /// Ranking score; comparable within one search only.
    pub score: f32,
    /// Share of the question's informative weight (idf) that the match explains, 0 to 1; comparable across searches.
    pub coverage: f32,
    /// The facet of the most similar phrasing, if one is similar.
    pub facet: Option<Facet>,
    /// Why it matched, strongest first.
    pub evidence: Vec<Evidence>,
}

/// One reason of a match, to explain a ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The word of the question.
    pub word: String,
    /// The indexed term it met.
    pub term: String,
    /// How it met it.
    pub kind: EvidenceKind,
    /// What it contributed to the coverage.
    pub weight: f32,
}

/// How a word of a question met an indexed term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceKind {
    /// The same stem.
    Exact,
    /// A part of a compound.
    CompoundPart,
    /// A synonym.
    Synonym,
    /// A likely typing error.
    Typo,
    /// The same beginning, for languages with many endings.
    Prefix,
}

/// Looks up how to get an appointment. Never reserves anything, never sends anything about a person.
#[async_trait::async_trait]
pub trait BookingDesk: Send + Sync {
    /// How to get an appointment for this service at this office. Always has an answer; a booking system that cannot
    /// be asked degrades to its link.
    async fn booking(&self, service: &Slug, office: Option<&Slug>, language: &LanguageTag) -> Booking;
}

/// How to get an appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Booking {
    /// Online, here.
    Online {
        /// Text of the button.
        label: LocalizedText,
        /// `https` only.
        url: String,
        /// What else to know.
        note: Option<LocalizedText>,
    },
    /// Not online; this is how.
    Otherwise(LocalizedText),
    /// Nothing is recorded for this service.
    NotRecorded,
}

/// Keeps conversations of channels that cannot carry them themselves (messengers).
#[async_trait::async_trait]
pub trait ConversationStore: Send + Sync {
    /// The conversation of this person, `None` if there is none or it expired.
    async fn load(&self, key: &ConversationKey, now: DateTime<Tz>) -> Result<Option<Conversation>, StoreError>;
    /// Keeps it until `expires`; at that moment it is gone.
    async fn save(
        &self,
        key: &ConversationKey,
        conversation: &Conversation,
        expires: DateTime<Tz>,
    ) -> Result<(), StoreError>;
    /// Deletes it. Deleting what is not there is fine.
    async fn delete(&self, key: &ConversationKey) -> Result<(), StoreError>;
    /// Deletes conversations and deliveries that expired; says how many.
    async fn purge(&self, now: DateTime<Tz>) -> Result<usize, StoreError>;
    /// Remembers that this delivery was handled; `false` if it had been already. Kept at least until `expires` and then
    /// until the next purge.
    async fn first_delivery(&self, delivery: &str, expires: DateTime<Tz>) -> Result<bool, StoreError>;
}

/// A person on a channel, as a keyed hash that cannot be turned back into a name or number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ConversationKey(String);

impl ConversationKey {
    /// Wraps a keyed hash in hexadecimal.
    pub fn from_hash(hex: impl Into<String>) -> Self {
        Self(hex.into())
    }

    /// The hash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Keeps the published content and its history of revisions.
///
/// Promises: a save that returned survives a crash and a power cut; a stale revision never overwrites; a batch is kept
/// whole or not at all; what was damaged is reported, never silently missing.
#[async_trait::async_trait]
pub trait ContentStore: Send + Sync {
    /// Everything, by key.
    async fn all(&self) -> Result<Vec<ContentRecord>, StoreError>;
    /// One record, `None` if it is not there.
    async fn get(&self, key: &ContentKey) -> Result<Option<ContentRecord>, StoreError>;
    /// Keys of records that were withdrawn and not made anew.
    async fn withdrawn(&self) -> Result<Vec<ContentKey>, StoreError>;
    /// Saves all of these or none and returns what was saved, in the order of the changes and without withdrawals. A
    /// withdrawal takes a revision too. Fails with [`StoreError::Stale`] if a record was changed in between; a withdrawn
    /// record may be made anew from `expected_revision` 0.
    async fn save(&self, changes: Vec<ContentChange>) -> Result<Vec<ContentRecord>, StoreError>;
}

/// The kind and name of a record: `service/kfz-abmeldung`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentKey {
    /// What it is.
    pub kind: ContentKind,
    /// Its name; empty for kinds of which there is one.
    pub name: String,
}

impl std::fmt::Display for ContentKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.kind.as_str(), self.name)
    }
}

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ContentKind {
    /// A service, `name` is `topic/slug`.
    Service,
    /// A free question, `name` is `topic/id`.
    Entry,
    /// An office.
    Office,
    /// The list of towns.
    Towns,
    /// A notice.
    Notice,
}

impl ContentKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Service, Self::Entry, Self::Office, Self::Towns, Self::Notice];

    /// The name in keys and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Entry => "entry",
            Self::Office => "office",
            Self::Towns => "towns",
            Self::Notice => "notice",
        }
    }

    /// Reads the name used in keys and files.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A published record: the item as a document in its interchange form (the one files in `config/content` have), so
/// that export is the record itself and nothing is lost between form and store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentRecord {
    /// Kind and name.
    pub key: ContentKey,
    /// Counts up with each change, starting at 1.
    pub revision: u64,
    /// The document.
    pub document: String,
    /// Who wrote this revision.
    pub origin: ContentOrigin,
}

/// Who wrote a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentOrigin {
    /// Shipped with the program's configuration.
    Seed,
    /// Written by an editor or an import.
    Editor,
}

/// A change of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentChange {
    /// Kind and name.
    pub key: ContentKey,
    /// The revision this change was made from; `0`: the record is new.
    pub expected_revision: u64,
    /// The new document; `None` withdraws the record.
    pub document: Option<String>,
    /// Who writes it.
    pub origin: ContentOrigin,
}

/// A store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed the record in between.
    #[error("{key} was changed in between: it is at revision {found}, the change was made from {expected}")]
    Stale {
        /// The record.
        key: ContentKey,
        /// What the change was made from.
        expected: u64,
        /// What is there.
        found: u64,
    },
    /// Nothing can be written now, for example because the disk is full. Reading goes on.
    #[error("nothing can be saved now: {0}")]
    ReadOnly(String),
    /// The store is damaged; the message says where and how to get back.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// The store failed otherwise.
    #[error("the store failed: {message}")]
    Failed {
        /// What was tried.
        message: String,
        /// What happened.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// Keeps questions that were not answered, for the editors.
pub trait QuestionLog: Send + Sync {
    /// Counts a question of this outcome. `redacted` is the question without personal data.
    fn record(&self, redacted: &str, language: &LanguageTag, on: NaiveDate);
}
