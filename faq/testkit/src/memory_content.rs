//! A content store that forgets everything when the test ends.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use faq_engine::ports::{ContentChange, ContentKey, ContentOrigin, ContentRecord, ContentStore, StoreError};

/// Keeps content in memory, with the promises of the real stores except that it does not outlive the process.
#[derive(Debug, Default)]
pub struct MemoryContentStore {
    records: Mutex<BTreeMap<ContentKey, Kept>>,
}

/// The last revision of a record; withdrawn ones stay, because their revisions keep counting.
#[derive(Debug, Clone)]
struct Kept {
    revision: u64,
    document: Option<String>,
    origin: ContentOrigin,
}

impl MemoryContentStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }
}

#[async_trait::async_trait]
impl ContentStore for MemoryContentStore {
    async fn all(&self) -> Result<Vec<ContentRecord>, StoreError> {
        let records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(records.iter().filter_map(|(key, kept)| published(key, kept)).collect())
    }

    async fn get(&self, key: &ContentKey) -> Result<Option<ContentRecord>, StoreError> {
        let records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(records.get(key).and_then(|kept| published(key, kept)))
    }

    async fn withdrawn(&self) -> Result<Vec<ContentKey>, StoreError> {
        let records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(records.iter().filter(|(_, kept)| kept.document.is_none()).map(|(key, _)| key.clone()).collect())
    }

    async fn save(&self, changes: Vec<ContentChange>) -> Result<Vec<ContentRecord>, StoreError> {
        let mut records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changed = records.clone();
        let mut saved = Vec::new();
        for change in changes {
            let before = changed.get(&change.key);
            let found = before.map_or(0, |kept| kept.revision);
            let is_published = before.is_some_and(|kept| kept.document.is_some());
            let made_from_nothing = change.expected_revision == 0 && !is_published;
            if change.expected_revision != found && !made_from_nothing {
                return Err(StoreError::Stale { key: change.key, expected: change.expected_revision, found });
            }
            if change.document.is_none() && !is_published {
                continue;
            }
            let kept = Kept { revision: found + 1, document: change.document, origin: change.origin };
            saved.extend(published(&change.key, &kept));
            changed.insert(change.key, kept);
        }
        *records = changed;
        Ok(saved)
    }
}

fn published(key: &ContentKey, kept: &Kept) -> Option<ContentRecord> {
    let document = kept.document.clone()?;
    Some(ContentRecord { key: key.clone(), revision: kept.revision, document, origin: kept.origin })
}
