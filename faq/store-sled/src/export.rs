//! The store as a text file that needs no sled to read: one line per revision, first line the sums.
//!
//! The first line says how many lines follow and what they hash to, so that a file that lost its end, or a bit, is
//! refused. The other lines are the stored records themselves, byte for byte, in the order of keys and revisions.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use faq_engine::ports::{ContentRecord, StoreError};
use serde::{Deserialize, Serialize};

use crate::database::DatabaseError;
use crate::durable::write_whole;
use crate::error::write_failed;
use crate::ledger::Ledger;
use crate::manifest::{Mark, Marks};
use crate::record::{Fingerprint, Revision};
use crate::revisions;

/// Counts up when an older program could not read it.
const FORMAT: u64 = 1;

/// What an export holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportSummary {
    /// Where it lies.
    pub path: PathBuf,
    /// Records, also withdrawn ones.
    pub records: usize,
    /// Revisions of all records.
    pub revisions: usize,
    /// SHA-256 of all lines after the first.
    pub hash: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    auskunft_export: u64,
    records: usize,
    revisions: usize,
    hash: Fingerprint,
}

/// An export that was found whole.
#[derive(Debug)]
pub(crate) struct Checked<'a> {
    /// Key, number and bytes of each revision.
    pub(crate) revisions: Vec<(String, u64, &'a [u8])>,
    /// The newest revision of each record.
    pub(crate) records: Marks,
    hash: Fingerprint,
}

/// Writes everything as of one moment to this file.
pub(crate) fn export(ledger: &Ledger, path: &Path) -> Result<ExportSummary, StoreError> {
    let (bytes, summary) = assemble(ledger, path)?;
    write(path, &bytes)?;
    Ok(summary)
}

/// Writes everything as of one moment to the data folder and keeps the export before.
pub(crate) fn export_latest(ledger: &Ledger) -> Result<ExportSummary, StoreError> {
    let folder = ledger.folder();
    let latest = folder.latest_export();
    let (bytes, summary) = assemble(ledger, &latest)?;
    ledger.may_write(bytes.len())?;
    // Copied rather than renamed, so that there is a latest export at every moment.
    if let Ok(before) = fs::read(&latest)
        && before != bytes
    {
        write(&folder.previous_export(), &before)?;
    }
    write(&latest, &bytes)?;
    Ok(summary)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| write_whole(path, bytes))
        .map_err(|error| write_failed(&format!("the export {} could not be written", path.display()), error.into()))
}

fn assemble(ledger: &Ledger, path: &Path) -> Result<(Vec<u8>, ExportSummary), StoreError> {
    let writer = ledger.writer()?;
    let mut lines = Vec::new();
    let mut count = 0;
    ledger.read("the content could not be read for the export", |database| {
        revisions::scan(&database.revisions, |_, _, bytes| {
            lines.extend_from_slice(&bytes);
            lines.push(b'\n');
            count += 1;
            Ok::<_, DatabaseError>(())
        })
    })?;
    let hash = Fingerprint::of(&lines);
    let records = writer.manifest.records.len();
    let header = Header { auskunft_export: FORMAT, records, revisions: count, hash: hash.clone() };
    let mut bytes = serde_json::to_vec(&header).expect("a header holds only text and numbers");
    bytes.push(b'\n');
    bytes.append(&mut lines);
    // The same check as before a restore: an export that could not be restored is worth nothing.
    let is_whole = check(&bytes).is_ok_and(|checked| checked.records == writer.manifest.records);
    if !is_whole {
        ledger.unsettle();
        let message = "what was read is not what was saved; nothing was exported; run `auskunft restore`";
        return Err(StoreError::Damaged(message.to_owned()));
    }
    let hash = hash.as_str().to_owned();
    Ok((bytes, ExportSummary { path: path.to_owned(), records, revisions: count, hash }))
}

/// Checks an export as a whole; says what is wrong with it and where.
pub(crate) fn check(bytes: &[u8]) -> Result<Checked<'_>, String> {
    let end = bytes.iter().position(|byte| *byte == b'\n').ok_or("its first line does not end")?;
    let (first, rest) = (&bytes[..end], &bytes[end + 1..]);
    let header: Header =
        serde_json::from_slice(first).map_err(|error| format!("its first line is not that of an export: {error}"))?;
    if header.auskunft_export != FORMAT {
        return Err(format!("it has format {}, this program knows {FORMAT}", header.auskunft_export));
    }
    let lines: Vec<&[u8]> =
        rest.strip_suffix(b"\n").map_or(Vec::new(), |text| text.split(|byte| *byte == b'\n').collect());
    if lines.len() != header.revisions {
        return Err(format!("it should have {} revisions and has {}", header.revisions, lines.len()));
    }
    if Fingerprint::of(rest) != header.hash {
        return Err("its lines do not have the hash that its first line names".to_owned());
    }
    let mut checked = Checked { revisions: Vec::new(), records: BTreeMap::new(), hash: header.hash };
    for (number, line) in (2..).zip(lines) {
        checked.add(line).map_err(|problem| format!("line {number}: {problem}"))?;
    }
    if checked.records.len() != header.records {
        return Err(format!("it should have {} records and has {}", header.records, checked.records.len()));
    }
    Ok(checked)
}

impl<'a> Checked<'a> {
    fn add(&mut self, line: &'a [u8]) -> Result<(), String> {
        let revision = Revision::decode(line).map_err(|error| error.to_string())?;
        let key = revision.key.to_string();
        let before = self.records.get(&key);
        if revision.number != before.map_or(0, |mark| mark.revision) + 1
            || revision.previous.as_ref() != before.map(|mark| &mark.hash)
        {
            return Err(format!("revision {} of {key} does not follow the one before it", revision.number));
        }
        self.records.insert(key.clone(), Mark { revision: revision.number, hash: Fingerprint::of(line) });
        self.revisions.push((key, revision.number, line));
        Ok(())
    }

    /// The newest revision of every record that is not withdrawn.
    pub(crate) fn published(&self) -> Result<Vec<ContentRecord>, String> {
        let newest = |(key, number, _): &&(String, u64, &[u8])| {
            self.records.get(key).is_some_and(|mark| mark.revision == *number)
        };
        let lines = self.revisions.iter().filter(newest);
        let revisions = lines.map(|(_, _, line)| Revision::decode(line).map_err(|error| error.to_string()));
        let records = revisions.map(|revision| revision.map(Revision::into_record)).collect::<Result<Vec<_>, _>>()?;
        Ok(records.into_iter().flatten().collect())
    }

    /// What it holds.
    pub(crate) fn summary(&self, path: &Path) -> ExportSummary {
        ExportSummary {
            path: path.to_owned(),
            records: self.records.len(),
            revisions: self.revisions.len(),
            hash: self.hash.as_str().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &[u8] = include_bytes!("../tests/data/export-v1.jsonl");

    #[test]
    fn exports_of_format_1_are_read() {
        let checked = check(SAMPLE).expect("the sample is whole");
        assert_eq!((checked.records.len(), checked.revisions.len()), (2, 3));
        assert_eq!(checked.records["office/soest"].revision, 2);
    }

    #[test]
    fn every_truncated_export_is_refused() {
        for length in 0..SAMPLE.len() {
            assert!(check(&SAMPLE[..length]).is_err(), "{length} bytes");
        }
    }

    #[test]
    fn every_flipped_bit_of_an_export_is_noticed() {
        for at in 0..SAMPLE.len() {
            for bit in 0..8 {
                let mut flipped = SAMPLE.to_vec();
                flipped[at] ^= 1 << bit;
                assert!(check(&flipped).is_err(), "bit {bit} of byte {at}");
            }
        }
    }
}
