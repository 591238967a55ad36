//! What must be in the store, remembered outside it.
//!
//! sled opens a truncated or damaged file as an earlier state and says nothing. The manifest names every record with
//! its newest revision and fingerprint; each revision vouches for the one before it. What is found must match what is
//! written here, else the store does not open.
//!
//! A save writes the manifest twice: before sled with the changes as pending, after sled with the changes made. A
//! crash in between leaves a store that matches one of the two; a half-written batch, should sled ever leave one, is
//! taken back.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::durable::write_whole;
use crate::error::Damage;
use crate::record::Fingerprint;
use crate::revisions::History;

/// The format of the data folder as a whole. Counts up when an older program could not read it.
pub(crate) const FORMAT: u64 = 1;

/// The newest revision of each record.
pub(crate) type Marks = BTreeMap<String, Mark>;

/// The newest revision of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mark {
    pub(crate) revision: u64,
    pub(crate) hash: Fingerprint,
}

/// What must be in the store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// Every record, also the withdrawn ones.
    pub(crate) records: Marks,
    /// What was being written when this was written.
    pub(crate) pending: Option<Marks>,
}

/// How the store stands to the manifest.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing was being written, or nothing of it arrived.
    Committed,
    /// What was being written has arrived.
    Arrived,
    /// Part of what was being written has arrived: these revisions must go.
    Torn(Vec<(String, u64)>),
}

// Unknown keys are refused so that a damaged `pending` cannot pass for none.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredManifest {
    format: u64,
    committed: Sum,
    records: Marks,
    pending: Option<StoredPending>,
}

#[derive(Serialize, Deserialize)]
struct StoredPending {
    #[serde(flatten)]
    sum: Sum,
    changes: Marks,
}

/// Count and combined hash; a manifest whose sums are wrong is itself damaged.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct Sum {
    count: usize,
    hash: String,
}

/// The manifest could not be used.
#[derive(Debug)]
pub(crate) enum ManifestError {
    /// Written by a newer program.
    Newer(u64),
    /// Not what was written.
    Damaged(String),
    /// The system refused.
    Io(io::Error),
}

impl Manifest {
    /// Reads the manifest, `None` if there is none.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>, ManifestError> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(ManifestError::Io(error)),
        };
        Self::parse(&bytes).map(Some)
    }

    fn parse(bytes: &[u8]) -> Result<Self, ManifestError> {
        #[derive(Deserialize)]
        struct FormatOnly {
            format: u64,
        }
        let damaged = |error: &dyn std::fmt::Display| ManifestError::Damaged(format!("manifest.json: {error}"));
        // The format first: what a newer one looks like otherwise is unknown.
        let FormatOnly { format } = serde_json::from_slice(bytes).map_err(|error| damaged(&error))?;
        if format > FORMAT {
            return Err(ManifestError::Newer(format));
        }
        let stored: StoredManifest = serde_json::from_slice(bytes).map_err(|error| damaged(&error))?;
        let pending = stored.pending.map(|pending| (pending.sum, pending.changes));
        let (pending_sum, changes) = pending.unzip();
        let manifest = Self { records: stored.records, pending: changes };
        let sums_match = stored.committed == Sum::of(&manifest.records)
            && pending_sum == manifest.pending.is_some().then(|| Sum::of(&manifest.after_pending()));
        if sums_match { Ok(manifest) } else { Err(damaged(&"its sums do not match its records")) }
    }

    /// Replaces the manifest on the disk.
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        write_whole(path, &self.to_bytes())
    }

    fn to_bytes(&self) -> Vec<u8> {
        let stored = StoredManifest {
            format: FORMAT,
            committed: Sum::of(&self.records),
            records: self.records.clone(),
            pending: self.pending.clone().map(|changes| StoredPending { sum: Sum::of(&self.after_pending()), changes }),
        };
        let mut bytes = serde_json::to_vec(&stored).expect("a manifest holds only text and numbers");
        bytes.push(b'\n');
        bytes
    }

    /// The records once the pending changes are made.
    fn after_pending(&self) -> Marks {
        let mut records = self.records.clone();
        records.extend(self.pending.clone().unwrap_or_default());
        records
    }

    /// Makes the pending changes.
    pub(crate) fn commit(&mut self) {
        self.records.extend(self.pending.take().unwrap_or_default());
    }

    /// Compares with what was found.
    pub(crate) fn compare(&self, found: &BTreeMap<String, History>) -> Result<Standing, Damage> {
        let damage = compare(&self.records, found);
        if damage.is_none() {
            return Ok(Standing::Committed);
        }
        let Some(pending) = &self.pending else { return Err(damage) };
        if compare(&self.after_pending(), found).is_none() {
            return Ok(Standing::Arrived);
        }
        self.without_pending(pending, found, damage)
    }

    /// Whether all is well but for part of what was being written.
    fn without_pending(
        &self,
        pending: &Marks,
        found: &BTreeMap<String, History>,
        mut damage: Damage,
    ) -> Result<Standing, Damage> {
        let mut torn = Vec::new();
        for key in pending.keys() {
            let committed = self.records.get(key);
            let last = committed.map_or(0, |mark| mark.revision);
            let history = found.get(key);
            let is_whole = match (committed, history) {
                (Some(mark), Some(history)) => history.is_whole_up_to(last, &mark.hash),
                (None, Some(history)) => !history.reaches_back_before(0),
                (None, None) => true,
                (Some(_), None) => false,
            };
            if is_whole {
                damage.changed.retain(|name| name != key);
                damage.unexpected.retain(|name| name != key);
                torn.extend(history.into_iter().flat_map(|history| history.after(last)).map(|n| (key.clone(), n)));
            }
        }
        if damage.is_none() { Ok(Standing::Torn(torn)) } else { Err(damage) }
    }
}

fn compare(records: &Marks, found: &BTreeMap<String, History>) -> Damage {
    let mut damage = Damage { expected: records.len(), ..Damage::default() };
    for (key, mark) in records {
        match found.get(key) {
            None => damage.missing.push(key.clone()),
            Some(history) => {
                let is_newest = history.after(mark.revision).next().is_none();
                if !is_newest || !history.is_whole_up_to(mark.revision, &mark.hash) {
                    damage.changed.push(key.clone());
                }
            }
        }
    }
    damage.unexpected.extend(found.keys().filter(|key| !records.contains_key(*key)).cloned());
    damage
}

impl Sum {
    fn of(records: &Marks) -> Self {
        let mut hash = Sha256::new();
        for (key, mark) in records {
            hash.update(format!("{key}\0{}\0{}\n", mark.revision, mark.hash.as_str()));
        }
        Self { count: records.len(), hash: hex::encode(hash.finalize()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Revision;
    use faq_engine::ports::{ContentKey, ContentKind, ContentOrigin};

    /// A history of this many revisions, and the mark of its newest.
    fn history(name: &str, revisions: u64) -> (String, History, Mark) {
        let key = ContentKey { kind: ContentKind::Office, name: name.to_owned() };
        let shown = key.to_string();
        let mut history = History::default();
        let mut previous = None;
        for number in 1..=revisions {
            let document = Some(format!("{name} {number}"));
            let origin = ContentOrigin::Seed;
            let bytes = Revision { key: key.clone(), number, origin, document, previous }.encode();
            history.push(&shown, number, &bytes);
            previous = Some(Fingerprint::of(&bytes));
        }
        (shown, history, Mark { revision: revisions, hash: previous.expect("at least one revision") })
    }

    fn found(parts: &[(&str, u64)]) -> BTreeMap<String, History> {
        parts.iter().map(|(name, revisions)| history(name, *revisions)).map(|(key, found, _)| (key, found)).collect()
    }

    fn marks(parts: &[(&str, u64)]) -> Marks {
        parts.iter().map(|(name, revisions)| history(name, *revisions)).map(|(key, _, mark)| (key, mark)).collect()
    }

    fn manifest() -> Manifest {
        let pending = Some(marks(&[("a", 3), ("c", 1)]));
        Manifest { records: marks(&[("a", 2), ("b", 1)]), pending }
    }

    #[test]
    fn before_and_after_a_save_are_both_fine() {
        assert_eq!(manifest().compare(&found(&[("a", 2), ("b", 1)])), Ok(Standing::Committed));
        assert_eq!(manifest().compare(&found(&[("a", 3), ("b", 1), ("c", 1)])), Ok(Standing::Arrived));
    }

    #[test]
    fn half_a_save_is_taken_back() {
        let torn = |key: &str, number| Ok(Standing::Torn(vec![(format!("office/{key}"), number)]));
        assert_eq!(manifest().compare(&found(&[("a", 3), ("b", 1)])), torn("a", 3));
        assert_eq!(manifest().compare(&found(&[("a", 2), ("b", 1), ("c", 1)])), torn("c", 1));
    }

    #[test]
    fn what_is_missing_older_or_unknown_is_named() {
        let damage = |parts| manifest().compare(&found(parts)).expect_err("this is damage");
        assert_eq!(damage(&[("a", 2)]).missing, ["office/b"]);
        assert_eq!(damage(&[("a", 3), ("c", 1)]).missing, ["office/b"]);
        assert_eq!(damage(&[("a", 1), ("b", 1)]).changed, ["office/a"]);
        assert_eq!(damage(&[("a", 2), ("b", 2)]).changed, ["office/b"]);
        assert_eq!(damage(&[("a", 2), ("b", 1), ("d", 1)]).unexpected, ["office/d"]);
        assert_eq!(damage(&[]).missing.len(), 2);
        assert_eq!(damage(&[("a", 2)]).to_string(), "1 of 2 records missing (office/b)");
    }

    #[test]
    fn a_broken_history_is_damage_even_below_the_newest() {
        let (key, mut history, mark) = history("a", 3);
        history.push(&key, 2, b"{}");
        let manifest = Manifest { records: Marks::from([(key.clone(), mark)]), pending: None };
        let damage = manifest.compare(&BTreeMap::from([(key.clone(), history)])).expect_err("this is damage");
        assert_eq!(damage.changed, [key]);
    }

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        assert_eq!(Manifest::parse(&manifest().to_bytes()).ok(), Some(manifest()));
        assert_eq!(Manifest::parse(&Manifest::default().to_bytes()).ok(), Some(Manifest::default()));
    }

    #[test]
    fn manifests_of_format_1_are_read() {
        let sample = include_bytes!("../tests/data/manifest-v1.json");
        assert_eq!(Manifest::parse(sample).ok(), Some(manifest()));
    }

    #[test]
    fn every_flipped_bit_of_a_manifest_is_noticed() {
        let bytes = manifest().to_bytes();
        for at in 0..bytes.len() - 1 {
            for bit in 0..8 {
                let mut flipped = bytes.clone();
                flipped[at] ^= 1 << bit;
                let read = Manifest::parse(&flipped);
                assert!(read.is_err() || read.is_ok_and(|read| read == manifest()), "bit {bit} of byte {at}");
            }
        }
    }
}
