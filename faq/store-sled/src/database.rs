//! sled as this crate uses it: opened carefully, never allowed to panic into the program.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::durable::{durable, durable_folder};

/// sled failed, sorted by what can be done about it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DatabaseError {
    /// What is on the disk makes no sense.
    #[error("{0}")]
    Damaged(String),
    /// The system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Anything else.
    #[error(transparent)]
    Failed(sled::Error),
}

impl From<sled::Error> for DatabaseError {
    fn from(error: sled::Error) -> Self {
        use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
        match error {
            // Not the system's refusal but what sled met in a file that was cut or overwritten.
            sled::Error::Io(error) if matches!(error.kind(), UnexpectedEof | InvalidData | InvalidInput) => {
                Self::Damaged(format!("a file of the database ends early or makes no sense ({error})"))
            }
            sled::Error::Io(error) => Self::Io(error),
            sled::Error::Corruption { at, .. } => Self::Damaged(format!("the database is corrupt at {at:?}")),
            sled::Error::Unsupported(what) => Self::Damaged(format!("the database's settings are damaged: {what}")),
            other => Self::Failed(other),
        }
    }
}

/// An open database. Everything is one tree per kind.
#[derive(Debug)]
pub(crate) struct Database {
    /// Every revision of every record, in pieces; see `revisions`.
    pub(crate) revisions: sled::Tree,
    /// Conversations by person.
    pub(crate) conversations: sled::Tree,
    /// Deliveries that were handled.
    pub(crate) deliveries: sled::Tree,
    db: sled::Db,
    store: PathBuf,
}

impl Database {
    /// Opens or creates the database in this folder.
    pub(crate) fn open(store: &Path) -> Result<Self, DatabaseError> {
        let database = catching(|| {
            let db = open_patiently(store)?;
            Ok(Self {
                revisions: db.open_tree("revisions")?,
                conversations: db.open_tree("conversations")?,
                deliveries: db.open_tree("deliveries")?,
                db,
                store: store.to_owned(),
            })
        })?;
        database.durable()?;
        durable_folder(store)?;
        Ok(database)
    }

    /// Waits until everything written so far is on the disk.
    pub(crate) fn durable(&self) -> Result<(), DatabaseError> {
        catching(|| durable(&self.db, &self.store))
    }

    /// Whether nothing was ever kept here.
    pub(crate) fn is_empty(&self) -> bool {
        self.revisions.is_empty() && self.conversations.is_empty() && self.deliveries.is_empty()
    }
}

/// sled lets go of its file a moment after its handle was dropped, so opening again may need a second try. Other
/// processes are kept out by the folder's own lock before it comes to this.
fn open_patiently(store: &Path) -> Result<sled::Db, DatabaseError> {
    const CACHE: u64 = 64 << 20;
    const PATIENCE: Duration = Duration::from_secs(3);
    let asked = Instant::now();
    loop {
        match sled::Config::new().path(store).cache_capacity(CACHE).open() {
            Err(sled::Error::Io(error)) if error.to_string().contains("acquire lock") && asked.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(5));
            }
            opened => return Ok(opened?),
        }
    }
}

/// Runs what calls sled. On damaged files it may panic instead of failing.
pub(crate) fn catching<T>(call: impl FnOnce() -> Result<T, DatabaseError>) -> Result<T, DatabaseError> {
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a word");
        let first_line = text.lines().next().unwrap_or_default();
        Err(DatabaseError::Damaged(format!("the database gave up: {first_line}")))
    })
}
