//! The tree that holds every revision of every record. The newest one is the record.
//!
//! One tree for both, so that a record and its history cannot disagree: a save only ever adds keys. A key is the
//! record's key, a zero byte, the revision and the number of the piece, so that a scan goes record by record and
//! revision by revision.
//!
//! A revision is cut into pieces because sled moves pages above 128 KB into blob files, which it never syncs and
//! rewrites in the background. A page holds up to some twenty pieces.

use std::collections::BTreeMap;

use sled::Batch;

use crate::database::DatabaseError;
use crate::record::{Fingerprint, Revision};

const PIECE: usize = 3 * 1024;
const AFTER_NAME: usize = 1 + 8 + 4;

/// Adds a revision to a batch.
pub(crate) fn add(batch: &mut Batch, shown_key: &str, number: u64, bytes: &[u8]) {
    for (piece, part) in (0_u32..).zip(bytes.chunks(PIECE)) {
        batch.insert(piece_key(shown_key, number, piece), part);
    }
}

/// Removes revisions that were never acknowledged.
pub(crate) fn remove(tree: &sled::Tree, revisions: &[(String, u64)]) -> Result<(), DatabaseError> {
    let mut batch = Batch::default();
    for (shown_key, number) in revisions {
        let all_pieces = piece_key(shown_key, *number, 0)..=piece_key(shown_key, *number, u32::MAX);
        for key in tree.range(all_pieces).keys() {
            batch.remove(key?);
        }
    }
    Ok(tree.apply_batch(batch)?)
}

/// Visits every revision in the order of keys and numbers.
pub(crate) fn scan(
    tree: &sled::Tree,
    visit: impl FnMut(&str, u64, Vec<u8>) -> Result<(), DatabaseError>,
) -> Result<(), DatabaseError> {
    assemble(tree.iter(), visit)
}

/// Visits every revision of one record.
pub(crate) fn scan_record(
    tree: &sled::Tree,
    shown_key: &str,
    visit: impl FnMut(&str, u64, Vec<u8>) -> Result<(), DatabaseError>,
) -> Result<(), DatabaseError> {
    assemble(tree.range(piece_key(shown_key, 0, 0)..=piece_key(shown_key, u64::MAX, u32::MAX)), visit)
}

fn assemble(
    pieces: sled::Iter,
    mut visit: impl FnMut(&str, u64, Vec<u8>) -> Result<(), DatabaseError>,
) -> Result<(), DatabaseError> {
    let mut current: Option<(String, u64, Vec<u8>)> = None;
    for entry in pieces {
        let (key, part) = entry?;
        let (shown_key, number) =
            split_key(&key).ok_or_else(|| DatabaseError::Damaged("a key in the database is not one".to_owned()))?;
        match &mut current {
            Some((name, at, bytes)) if name == shown_key && *at == number => bytes.extend_from_slice(&part),
            _ => {
                if let Some((name, at, bytes)) = current.replace((shown_key.to_owned(), number, part.to_vec())) {
                    visit(&name, at, bytes)?;
                }
            }
        }
    }
    current.map_or(Ok(()), |(name, at, bytes)| visit(&name, at, bytes))
}

fn piece_key(shown_key: &str, number: u64, piece: u32) -> Vec<u8> {
    let mut key = Vec::with_capacity(shown_key.len() + AFTER_NAME);
    key.extend_from_slice(shown_key.as_bytes());
    key.push(0);
    key.extend_from_slice(&number.to_be_bytes());
    key.extend_from_slice(&piece.to_be_bytes());
    key
}

fn split_key(key: &[u8]) -> Option<(&str, u64)> {
    let (name, rest) = key.split_at_checked(key.len().checked_sub(AFTER_NAME)?)?;
    let number = u64::from_be_bytes(rest.get(1..9)?.try_into().ok()?);
    (rest[0] == 0).then_some((std::str::from_utf8(name).ok()?, number))
}

/// What was found of one record.
#[derive(Debug, Default)]
pub(crate) struct History {
    found: Vec<Found>,
    /// The last revision if it is sound; earlier ones are not kept in memory.
    newest: Option<Revision>,
}

/// What was found of one revision.
#[derive(Debug)]
struct Found {
    number: u64,
    fingerprint: Fingerprint,
    /// It can be read, belongs here and follows the one before it.
    is_sound: bool,
}

impl History {
    /// Adds the next revision.
    pub(crate) fn push(&mut self, shown_key: &str, number: u64, bytes: &[u8]) {
        let before = self.found.last();
        let follows = number == before.map_or(0, |found| found.number) + 1;
        let revision = Revision::decode(bytes).ok().filter(|revision| {
            revision.key.to_string() == shown_key
                && revision.number == number
                && revision.previous.as_ref() == before.map(|found| &found.fingerprint)
        });
        let fingerprint = Fingerprint::of(bytes);
        self.found.push(Found { number, fingerprint, is_sound: follows && revision.is_some() });
        self.newest = revision;
    }

    /// Whether there is anything up to this revision.
    pub(crate) fn reaches_back_before(&self, last: u64) -> bool {
        self.found.iter().any(|found| found.number <= last)
    }

    /// Whether everything up to this revision is sound and it has this fingerprint.
    pub(crate) fn is_whole_up_to(&self, last: u64, fingerprint: &Fingerprint) -> bool {
        let visible = || self.found.iter().take_while(|found| found.number <= last);
        visible().all(|found| found.is_sound)
            && visible().last().is_some_and(|found| found.number == last && found.fingerprint == *fingerprint)
    }

    /// The revisions after this one.
    pub(crate) fn after(&self, last: u64) -> impl Iterator<Item = u64> {
        self.found.iter().map(|found| found.number).filter(move |number| *number > last)
    }

    /// The newest revision with its fingerprint.
    pub(crate) fn into_newest(mut self) -> Option<(Revision, Fingerprint)> {
        Some((self.newest?, self.found.pop()?.fingerprint))
    }
}

/// Reads the whole tree.
pub(crate) fn load(tree: &sled::Tree) -> Result<BTreeMap<String, History>, DatabaseError> {
    let mut histories: BTreeMap<String, History> = BTreeMap::new();
    scan(tree, |shown_key, number, bytes| {
        histories.entry(shown_key.to_owned()).or_default().push(shown_key, number, &bytes);
        Ok(())
    })?;
    Ok(histories)
}
