//! What can go wrong, for the operator: what happened and what to do.
//!
//! The ports have their own [`StoreError`]; vendor errors end here.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use faq_engine::ports::StoreError;

use crate::database::DatabaseError;

/// The store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process works on this folder.
    #[error(
        "{} is in use by another auskunft{}; stop that one first, or ask it through `--server URL`",
        .dir.display(), .pid.map(|pid| format!(" (process {pid})")).unwrap_or_default()
    )]
    InUse {
        /// The data folder.
        dir: PathBuf,
        /// The other process, if it wrote down its number.
        pid: Option<u32>,
    },
    /// The folder was written by a newer program. Nothing was touched.
    #[error(
        "{} has format {found}, this program knows formats up to {known}; start a newer auskunft, or give another data \
         folder; nothing was changed", .dir.display()
    )]
    NewerFormat {
        /// The data folder.
        dir: PathBuf,
        /// The format there.
        found: u64,
        /// The newest format this program knows.
        known: u64,
    },
    /// What is there is not what was saved.
    #[error("the store in {} is damaged: {damage}; {way_back}", .dir.display())]
    Damaged {
        /// The data folder.
        dir: PathBuf,
        /// What is wrong.
        damage: Box<Damage>,
        /// What to do.
        way_back: String,
    },
    /// The folder cannot be written.
    #[error(
        "{} cannot be written ({source}); give the program's user the right to write there, or mount it writable",
        .dir.display()
    )]
    NotWritable {
        /// The data folder.
        dir: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no room even to open the store.
    #[error(
        "the disk that holds {} is full ({free} bytes left, opening needs {needed}); make room and start again; \
         nothing was lost", .dir.display()
    )]
    DiskFull {
        /// The data folder.
        dir: PathBuf,
        /// What is left.
        free: u64,
        /// What is needed.
        needed: u64,
    },
    /// Anything else.
    #[error("the store in {} could not be opened: {what}", .dir.display())]
    Failed {
        /// The data folder.
        dir: PathBuf,
        /// What was tried.
        what: String,
        /// What happened.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl OpenError {
    /// Says that the store is damaged and how to get back.
    pub(crate) fn damaged(dir: &Path, damage: Damage) -> Self {
        let latest = crate::folder::DataFolder::new(dir).latest_export();
        let way_back = if latest.exists() {
            format!("run `auskunft restore` to rebuild it from {}", latest.display())
        } else {
            format!("run `auskunft restore` with an export from a backup, there is none at {}", latest.display())
        };
        Self::Damaged { dir: dir.to_owned(), damage: Box::new(damage), way_back }
    }

    /// Sorts what the system said.
    pub(crate) fn from_io(dir: &Path, what: impl Into<String>, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::NotWritable { dir: dir.to_owned(), source }
            }
            kind if is_no_room(kind) => {
                let free = fs4::available_space(dir).unwrap_or(0);
                Self::DiskFull { dir: dir.to_owned(), free, needed: crate::space::NEEDED_TO_OPEN }
            }
            _ => Self::Failed { dir: dir.to_owned(), what: what.into(), source: source.into() },
        }
    }

    /// Sorts what sled said.
    pub(crate) fn from_database(dir: &Path, error: DatabaseError) -> Self {
        match error {
            DatabaseError::Damaged(detail) => Self::damaged(dir, Damage::of_file(detail)),
            DatabaseError::Io(source) => Self::from_io(dir, "its files", source),
            DatabaseError::Failed(source) => {
                Self::Failed { dir: dir.to_owned(), what: "the database refused".to_owned(), source: source.into() }
            }
        }
    }
}

/// An export could not be turned into a store. Whatever was there is still there.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The export is not whole.
    #[error(
        "{} is not a whole export: {problem}; nothing was changed; give another one, such as the previous",
        .path.display()
    )]
    NotWhole {
        /// The export.
        path: PathBuf,
        /// What is wrong with it and where.
        problem: String,
    },
    /// The export could not be read.
    #[error("the export {} could not be read; nothing was changed", .path.display())]
    Unreadable {
        /// The export.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The data folder cannot take it.
    #[error(transparent)]
    Folder(#[from] OpenError),
}

/// What is not as it was saved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Damage {
    /// How many records should be there.
    pub expected: usize,
    /// Records that are gone.
    pub missing: Vec<String>,
    /// Records that fell back to an earlier revision or cannot be read as they were written.
    pub changed: Vec<String>,
    /// Records that nobody saved.
    pub unexpected: Vec<String>,
    /// What is wrong with a file as a whole.
    pub detail: Option<String>,
}

impl Damage {
    /// A file as a whole is wrong.
    pub(crate) fn of_file(detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..Self::default() }
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_none(&self) -> bool {
        self.detail.is_none() && self.missing.is_empty() && self.changed.is_empty() && self.unexpected.is_empty()
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lists = [("missing", &self.missing), ("changed", &self.changed), ("unexpected", &self.unexpected)];
        let mut parts: Vec<String> = self.detail.iter().cloned().collect();
        for (what, keys) in lists.into_iter().filter(|(_, keys)| !keys.is_empty()) {
            parts.push(format!("{} of {} records {what} ({})", keys.len(), self.expected, first_few(keys)));
        }
        f.write_str(&parts.join("; "))
    }
}

/// Enough names to start looking, few enough for one line of a log.
fn first_few(keys: &[String]) -> String {
    const SHOWN: usize = 10;
    let shown = keys.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if keys.len() > SHOWN { format!("{shown} and {} more", keys.len() - SHOWN) } else { shown }
}

/// Whether writing failed because there is no room, in one of the ways a system says so.
pub(crate) fn is_no_room(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge)
}

/// What a port says when writing failed.
pub(crate) fn write_failed(what: &str, error: DatabaseError) -> StoreError {
    match error {
        DatabaseError::Damaged(detail) => StoreError::Damaged(format!("{detail}; run `auskunft restore`")),
        DatabaseError::Io(source) if is_no_room(source.kind()) => {
            StoreError::ReadOnly(format!("the disk took no more ({source}); make room and save again"))
        }
        DatabaseError::Io(source) if source.kind() == io::ErrorKind::ReadOnlyFilesystem => {
            StoreError::ReadOnly(format!("the disk became read-only ({source}); mount it writable and save again"))
        }
        DatabaseError::Io(source) => StoreError::Failed { message: what.to_owned(), source: source.into() },
        DatabaseError::Failed(source) => StoreError::Failed { message: what.to_owned(), source: source.into() },
    }
}
