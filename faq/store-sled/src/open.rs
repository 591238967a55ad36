//! The store as the program holds it: opened once, handed out as ports.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use faq_engine::ports::StoreError;
use tokio::task::JoinError;

use crate::content::SledContentStore;
use crate::conversations::SledConversationStore;
use crate::error::OpenError;
use crate::export::{self, ExportSummary};
use crate::folder::DataFolder;
use crate::ledger::Ledger;

/// A data folder, held by this process until the last handle is dropped.
#[derive(Debug, Clone)]
pub struct SledStore {
    ledger: Arc<Ledger>,
}

/// What an operator or a test may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreOptions {
    /// Saving stops when less than this is free, and as much is kept in a reserve file to open on a full disk. At most
    /// an eighth of the disk is used.
    pub reserve_bytes: u64,
}

impl Default for StoreOptions {
    fn default() -> Self {
        Self { reserve_bytes: 8 << 20 }
    }
}

/// Whether something can be saved now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteState {
    /// Yes.
    Writable,
    /// No, for this reason; it will be possible again when the reason is gone.
    ReadOnly(String),
    /// No, the store was found damaged; published content is served on from memory.
    Damaged(String),
}

/// What was found whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Records, also withdrawn ones.
    pub records: usize,
    /// Revisions of all records.
    pub revisions: u64,
}

impl SledStore {
    /// Opens the store in this data folder, or begins one if the folder is new.
    pub async fn open(data: impl Into<PathBuf>) -> Result<Self, OpenError> {
        Self::open_with(data, StoreOptions::default()).await
    }

    /// Opens the store with these options.
    pub async fn open_with(data: impl Into<PathBuf>, options: StoreOptions) -> Result<Self, OpenError> {
        let folder = DataFolder::new(data);
        let dir = folder.dir().to_owned();
        let opened = tokio::task::spawn_blocking(move || Ledger::open(folder, options.reserve_bytes)).await;
        let ledger = opened.unwrap_or_else(|error| Err(unwound(&dir, error)))?;
        Ok(Self { ledger: Arc::new(ledger) })
    }

    /// The published content.
    pub fn content(&self) -> SledContentStore {
        SledContentStore::new(Arc::clone(&self.ledger))
    }

    /// The conversations of messengers.
    pub fn conversations(&self) -> SledConversationStore {
        SledConversationStore::new(Arc::clone(&self.ledger))
    }

    /// Whether something can be saved now. Cheap enough to ask with every health check.
    pub fn write_state(&self) -> WriteState {
        match self.ledger.can_write(0) {
            Ok(()) => WriteState::Writable,
            Err(StoreError::Damaged(reason)) => WriteState::Damaged(reason),
            Err(StoreError::ReadOnly(reason)) => WriteState::ReadOnly(reason),
            Err(other) => WriteState::ReadOnly(other.to_string()),
        }
    }

    /// Reads everything again from the disk, with its whole history, and compares it with what must be there. Saving
    /// waits meanwhile, reading does not.
    pub async fn verify(&self) -> Result<Verified, StoreError> {
        let ledger = Arc::clone(&self.ledger);
        blocking(move || {
            let writer = ledger.verify()?;
            let records = &writer.manifest.records;
            Ok(Verified { records: records.len(), revisions: records.values().map(|mark| mark.revision).sum() })
        })
        .await
    }

    /// Writes everything, with its whole history, as of one moment to this file.
    pub async fn export(&self, path: impl Into<PathBuf>) -> Result<ExportSummary, StoreError> {
        let (ledger, path) = (Arc::clone(&self.ledger), path.into());
        blocking(move || export::export(&ledger, &path)).await
    }

    /// Writes everything to `export/latest.jsonl` in the data folder and keeps the export before as `previous.jsonl`.
    pub async fn export_latest(&self) -> Result<ExportSummary, StoreError> {
        let ledger = Arc::clone(&self.ledger);
        blocking(move || export::export_latest(&ledger)).await
    }
}

/// Runs what waits for the disk beside the runtime.
pub(crate) async fn blocking<T: Send + 'static>(
    call: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(call).await.unwrap_or_else(|error| {
        Err(StoreError::Failed { message: "the store's work was broken off".to_owned(), source: error.into() })
    })
}

/// Opening or restoring was broken off.
pub(crate) fn unwound(dir: &Path, error: JoinError) -> OpenError {
    OpenError::Failed { dir: dir.to_owned(), what: "the work was broken off".to_owned(), source: error.into() }
}
