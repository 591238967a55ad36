//! The published content.

use std::collections::BTreeMap;
use std::sync::Arc;

use faq_engine::ports::{ContentChange, ContentKey, ContentOrigin, ContentRecord, ContentStore, StoreError};

use crate::database::DatabaseError;
use crate::ledger::{Ledger, Newest, NewestRevision};
use crate::manifest::Mark;
use crate::open::blocking;
use crate::record::{Fingerprint, Revision};
use crate::revisions::{self, History};

/// Keeps content on sled and serves it from memory.
#[derive(Debug, Clone)]
pub struct SledContentStore {
    ledger: Arc<Ledger>,
}

/// What a record once was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastRevision {
    /// Counts from 1.
    pub revision: u64,
    /// The document then; `None`: this revision withdrew the record.
    pub document: Option<String>,
    /// Who wrote it.
    pub origin: ContentOrigin,
}

impl SledContentStore {
    pub(crate) fn new(ledger: Arc<Ledger>) -> Self {
        Self { ledger }
    }

    /// Every revision of a record, first to newest, also of a withdrawn one; empty if it never was there.
    pub async fn history(&self, key: &ContentKey) -> Result<Vec<PastRevision>, StoreError> {
        let (ledger, key) = (Arc::clone(&self.ledger), key.clone());
        blocking(move || history(&ledger, &key)).await
    }
}

#[async_trait::async_trait]
impl ContentStore for SledContentStore {
    async fn all(&self) -> Result<Vec<ContentRecord>, StoreError> {
        Ok(self.ledger.newest().iter().filter_map(|(key, newest)| published(key, newest)).collect())
    }

    async fn get(&self, key: &ContentKey) -> Result<Option<ContentRecord>, StoreError> {
        Ok(self.ledger.newest().get(key).and_then(|newest| published(key, newest)))
    }

    async fn withdrawn(&self) -> Result<Vec<ContentKey>, StoreError> {
        let newest = self.ledger.newest();
        Ok(newest.iter().filter(|(_, newest)| newest.document.is_none()).map(|(key, _)| key.clone()).collect())
    }

    async fn save(&self, changes: Vec<ContentChange>) -> Result<Vec<ContentRecord>, StoreError> {
        let ledger = Arc::clone(&self.ledger);
        // Not cancelled when the caller goes away: a save is made or not made.
        blocking(move || save(&ledger, changes)).await
    }
}

fn published(key: &ContentKey, newest: &NewestRevision) -> Option<ContentRecord> {
    let document = newest.document.clone()?;
    Some(ContentRecord { key: key.clone(), revision: newest.number, document, origin: newest.origin })
}

fn save(ledger: &Ledger, changes: Vec<ContentChange>) -> Result<Vec<ContentRecord>, StoreError> {
    let mut writer = ledger.writer()?;
    let staged = Staged::of(changes, &ledger.newest())?;
    if staged.revisions.is_empty() {
        return Ok(Vec::new());
    }
    ledger.may_write(staged.bytes())?;

    let pending = staged
        .newest
        .iter()
        .map(|(key, newest)| (key.to_string(), Mark { revision: newest.number, hash: newest.fingerprint.clone() }));
    writer.manifest.pending = Some(pending.collect());
    let write_manifest = |writer: &crate::ledger::Writer| {
        writer.manifest.write(&ledger.folder().manifest()).map_err(|error| {
            ledger.unsettle();
            crate::error::write_failed("the manifest could not be written", error.into())
        })
    };
    write_manifest(&writer)?;
    ledger.write("the content could not be saved", |database| {
        let mut batch = sled::Batch::default();
        for (key, number, bytes) in &staged.revisions {
            revisions::add(&mut batch, key, *number, bytes);
        }
        Ok(database.revisions.apply_batch(batch)?)
    })?;
    writer.manifest.commit();
    write_manifest(&writer)?;

    ledger.publish(staged.newest);
    Ok(staged.saved)
}

/// Changes that were checked and fit together.
#[derive(Default)]
struct Staged {
    /// What is to be written: key, number and bytes of each revision.
    revisions: Vec<(String, u64, Vec<u8>)>,
    /// What will be served.
    newest: Newest,
    /// What the caller is told.
    saved: Vec<ContentRecord>,
}

impl Staged {
    /// Checks the changes in their order, each against what the ones before it leave.
    fn of(changes: Vec<ContentChange>, current: &Newest) -> Result<Self, StoreError> {
        let mut staged = Self::default();
        for change in changes {
            if change.key.name.contains('\0') {
                let source = "a name must not contain a zero character".into();
                return Err(StoreError::Failed { message: "the content could not be saved".to_owned(), source });
            }
            let before = staged.newest.get(&change.key).or_else(|| current.get(&change.key));
            let found = before.map_or(0, |newest| newest.number);
            let is_published = before.is_some_and(|newest| newest.document.is_some());
            // Who makes a record anew cannot know the revisions it had before it was withdrawn.
            let is_made_anew = change.expected_revision == 0 && !is_published;
            if change.expected_revision != found && !is_made_anew {
                return Err(StoreError::Stale { key: change.key, expected: change.expected_revision, found });
            }
            if change.document.is_none() && !is_published {
                continue;
            }
            let previous = before.map(|newest| newest.fingerprint.clone());
            staged.add(change, found + 1, previous);
        }
        Ok(staged)
    }

    fn add(&mut self, change: ContentChange, number: u64, previous: Option<Fingerprint>) {
        let ContentChange { key, document, origin, .. } = change;
        let revision = Revision { key, number, origin, document, previous };
        let bytes = revision.encode();
        let fingerprint = Fingerprint::of(&bytes);
        self.revisions.push((revision.key.to_string(), number, bytes));
        let Revision { key, document, .. } = revision;
        let newest = NewestRevision { number, origin, document, fingerprint };
        self.saved.extend(published(&key, &newest));
        self.newest.insert(key, newest);
    }

    fn bytes(&self) -> usize {
        self.revisions.iter().map(|(key, _, bytes)| key.len() + bytes.len()).sum()
    }
}

fn history(ledger: &Ledger, key: &ContentKey) -> Result<Vec<PastRevision>, StoreError> {
    // Taken before the scan: what a save adds meanwhile is not yet published.
    let Some((last, fingerprint)) = ledger.newest().get(key).map(|newest| (newest.number, newest.fingerprint.clone()))
    else {
        return Ok(Vec::new());
    };
    let shown_key = key.to_string();
    ledger.read("the history could not be read", |database| {
        let mut history = History::default();
        let mut past = BTreeMap::new();
        revisions::scan_record(&database.revisions, &shown_key, |_, number, bytes| {
            history.push(&shown_key, number, &bytes);
            if number <= last
                && let Ok(revision) = Revision::decode(&bytes)
            {
                let Revision { document, origin, .. } = revision;
                past.insert(number, PastRevision { revision: number, document, origin });
            }
            Ok(())
        })?;
        if history.is_whole_up_to(last, &fingerprint) {
            Ok(past.into_values().collect())
        } else {
            Err(DatabaseError::Damaged(format!("the history of {shown_key} is not as it was written")))
        }
    })
}
