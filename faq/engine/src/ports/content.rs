//! The published content and its history.

use super::StoreError;

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
