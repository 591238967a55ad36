//! Content between files and store.
//!
//! The first start fills the store from the shipped files. Later starts bring in what changed in the files, but never
//! touch what an editor changed; what differs is told. The store is the truth, the files are a delivery.

use std::collections::BTreeMap;

use auskunft_config::ContentDocument;
use faq_engine::ports::{ContentChange, ContentKey, ContentOrigin, ContentRecord, ContentStore, StoreError};

use crate::assembly::AssemblyError;

/// What a start found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Records that are new or whose file changed and which no editor had touched.
    pub brought_in: Vec<ContentKey>,
    /// Records an editor changed that differ from their file; the editor's text stays.
    pub kept: Vec<ContentKey>,
    /// Records the store has and the files lack; they stay.
    pub not_shipped: Vec<ContentKey>,
    /// Files whose record an editor withdrew; they stay withdrawn.
    pub withdrawn: Vec<ContentKey>,
}

/// A delivery failed.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What would be in force has mistakes; nothing was saved.
    #[error(transparent)]
    Mistakes(AssemblyError),
}

/// Brings the shipped documents into the store, after `check` found that what will then be in force is right.
pub async fn deliver(
    store: &dyn ContentStore,
    shipped: &[ContentDocument],
    check: impl FnOnce(&[ContentDocument]) -> Result<(), AssemblyError>,
) -> Result<Delivery, DeliveryError> {
    let stored: BTreeMap<ContentKey, ContentRecord> =
        store.all().await?.into_iter().map(|record| (record.key.clone(), record)).collect();
    let withdrawn = store.withdrawn().await?;
    let mut delivery = Delivery::default();
    let mut changes = Vec::new();
    for document in shipped {
        match stored.get(&document.key) {
            None if withdrawn.contains(&document.key) => delivery.withdrawn.push(document.key.clone()),
            None => changes.push(change(document, 0, ContentOrigin::Seed)),
            Some(record) if record.document == document.text => {}
            Some(record) if record.origin == ContentOrigin::Seed => {
                changes.push(change(document, record.revision, ContentOrigin::Seed));
            }
            Some(record) => delivery.kept.push(record.key.clone()),
        }
    }
    let is_shipped = |key: &&ContentKey| shipped.iter().any(|document| document.key == **key);
    delivery.not_shipped = stored.keys().filter(|key| !is_shipped(key)).cloned().collect();
    check(&in_force(stored.into_values().collect(), shipped, &changes)).map_err(DeliveryError::Mistakes)?;
    // One batch: after a crash a delivery is there as a whole or not at all.
    delivery.brought_in = changes.iter().map(|change| change.key.clone()).collect();
    if !changes.is_empty() {
        store.save(changes).await?;
    }
    Ok(delivery)
}

/// The content after these changes of shipped documents.
fn in_force(
    stored: Vec<ContentRecord>,
    shipped: &[ContentDocument],
    changes: &[ContentChange],
) -> Vec<ContentDocument> {
    let is_changed = |key: &ContentKey| changes.iter().any(|change| change.key == *key);
    let mut documents = documents(stored);
    documents.retain(|document| !is_changed(&document.key));
    documents.extend(shipped.iter().filter(|document| is_changed(&document.key)).cloned());
    documents
}

/// Saves documents as an editor's work, as far as they differ from what is there. Returns how many did.
pub async fn import(store: &dyn ContentStore, documents: &[ContentDocument]) -> Result<usize, StoreError> {
    let mut changes = Vec::new();
    for document in documents {
        let stored = store.get(&document.key).await?;
        if stored.as_ref().is_some_and(|record| record.document == document.text) {
            continue;
        }
        changes.push(change(document, stored.map_or(0, |record| record.revision), ContentOrigin::Editor));
    }
    let changed = changes.len();
    if changed > 0 {
        store.save(changes).await?;
    }
    Ok(changed)
}

/// The store's records as documents.
pub fn documents(records: Vec<ContentRecord>) -> Vec<ContentDocument> {
    let document = |record: ContentRecord| ContentDocument {
        label: format!("store: {}", record.key),
        key: record.key,
        revision: record.revision,
        text: record.document,
    };
    records.into_iter().map(document).collect()
}

fn change(document: &ContentDocument, expected_revision: u64, origin: ContentOrigin) -> ContentChange {
    ContentChange { key: document.key.clone(), expected_revision, document: Some(document.text.clone()), origin }
}

#[cfg(test)]
mod tests {
    use super::*;
    use faq_engine::ports::ContentKind;
    use faq_testkit::MemoryContentStore;

    fn document(name: &str, text: &str) -> ContentDocument {
        let key = ContentKey { kind: ContentKind::Service, name: name.to_owned() };
        ContentDocument { label: name.to_owned(), key, revision: 1, text: text.to_owned() }
    }

    fn fits(_: &[ContentDocument]) -> Result<(), AssemblyError> {
        Ok(())
    }

    async fn text_of(store: &MemoryContentStore, name: &str) -> Option<String> {
        let key = ContentKey { kind: ContentKind::Service, name: name.to_owned() };
        store.get(&key).await.expect("readable").map(|record| record.document)
    }

    #[tokio::test]
    async fn a_first_start_fills_the_store_and_a_second_changes_nothing() {
        let store = MemoryContentStore::default();
        let shipped = [document("a", "1"), document("b", "1")];
        assert_eq!(deliver(&store, &shipped, fits).await.expect("saved").brought_in.len(), 2);
        assert_eq!(deliver(&store, &shipped, fits).await.expect("saved"), Delivery::default());
    }

    #[tokio::test]
    async fn an_editors_text_is_never_overwritten() {
        let store = MemoryContentStore::default();
        deliver(&store, &[document("a", "1"), document("b", "1")], fits).await.expect("saved");
        import(&store, &[document("a", "edited")]).await.expect("saved");
        let delivery = deliver(&store, &[document("a", "2"), document("b", "2")], fits).await.expect("saved");
        assert_eq!(delivery.kept.len(), 1);
        assert_eq!(delivery.brought_in.len(), 1);
        assert_eq!(text_of(&store, "a").await.as_deref(), Some("edited"));
        assert_eq!(text_of(&store, "b").await.as_deref(), Some("2"));
    }

    #[tokio::test]
    async fn what_an_editor_withdrew_stays_withdrawn() {
        let store = MemoryContentStore::default();
        deliver(&store, &[document("a", "1"), document("b", "1")], fits).await.expect("saved");
        let withdrawal = ContentChange {
            key: document("a", "").key,
            expected_revision: 1,
            document: None,
            origin: ContentOrigin::Editor,
        };
        store.save(vec![withdrawal]).await.expect("saved");
        let delivery = deliver(&store, &[document("a", "2"), document("b", "1")], fits).await.expect("saved");
        assert_eq!(delivery.withdrawn.len(), 1);
        assert_eq!(text_of(&store, "a").await, None);
    }

    #[tokio::test]
    async fn what_has_mistakes_never_enters_the_store() {
        let store = MemoryContentStore::default();
        let refuse = |_: &[ContentDocument]| Err(AssemblyError::Faults(Vec::new()));
        assert!(matches!(deliver(&store, &[document("a", "1")], refuse).await, Err(DeliveryError::Mistakes(_))));
        assert_eq!(store.all().await.expect("readable"), []);
    }
}
