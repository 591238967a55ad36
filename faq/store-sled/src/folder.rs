//! The data folder: what lies where, and that only one process works on it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::durable::sync_dir;
use crate::error::OpenError;

/// The places in a data folder.
#[derive(Debug, Clone)]
pub(crate) struct DataFolder(PathBuf);

impl DataFolder {
    /// The folder at this place, which may not exist yet.
    pub(crate) fn new(dir: impl Into<PathBuf>) -> Self {
        Self(dir.into())
    }

    /// The folder itself.
    pub(crate) fn dir(&self) -> &Path {
        &self.0
    }

    /// Where sled keeps its files.
    pub(crate) fn store(&self) -> PathBuf {
        self.0.join("store")
    }

    /// What must be in the store.
    pub(crate) fn manifest(&self) -> PathBuf {
        self.0.join("manifest.json")
    }

    /// Room kept free for opening on a full disk.
    pub(crate) fn reserve(&self) -> PathBuf {
        self.0.join("reserve")
    }

    /// The last export.
    pub(crate) fn latest_export(&self) -> PathBuf {
        self.0.join("export").join("latest.jsonl")
    }

    /// The export before.
    pub(crate) fn previous_export(&self) -> PathBuf {
        self.0.join("export").join("previous.jsonl")
    }

    /// Where a restore builds.
    pub(crate) fn restoring(&self) -> PathBuf {
        self.0.join("store.restoring")
    }

    /// The next free place to move a damaged store to.
    pub(crate) fn next_damaged(&self) -> PathBuf {
        let mut number = 1_u32;
        loop {
            let place = self.0.join(format!("store.damaged-{number}"));
            if !place.exists() {
                return place;
            }
            number += 1;
        }
    }

    /// Makes the folder if it is not there.
    pub(crate) fn create(&self) -> Result<(), OpenError> {
        if self.0.is_dir() {
            return Ok(());
        }
        fs::create_dir_all(&self.0)
            .and_then(|()| self.0.parent().map_or(Ok(()), sync_dir))
            .map_err(|error| OpenError::from_io(&self.0, "the folder could not be made", error))
    }

    /// Takes the folder for this process. The lock is the system's and ends with the process, however it ends; the
    /// number in the file only tells the next one whom to look for.
    pub(crate) fn lock(&self) -> Result<FolderLock, OpenError> {
        let failed = |error| OpenError::from_io(&self.0, "its lock file could not be opened", error);
        let path = self.0.join("auskunft.pid");
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                let pid = file.read_to_string(&mut text).ok().and_then(|_| text.trim().parse().ok());
                return Err(OpenError::InUse { dir: self.0.clone(), pid });
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let pid = format!("{}\n", std::process::id());
        // Overwritten before it is cut, so that a full disk finds the block already there.
        let noted =
            file.rewind().and_then(|()| file.write_all(pid.as_bytes())).and_then(|()| file.set_len(pid.len() as u64));
        if let Err(error) = noted {
            tracing::warn!(%error, "the process number could not be noted in the data folder");
        }
        Ok(FolderLock(file))
    }
}

/// Holds the data folder for this process until dropped.
#[derive(Debug)]
pub(crate) struct FolderLock(File);

impl Drop for FolderLock {
    /// Gives the folder back at once. Closing the file would not do while a process being started still holds a copy of
    /// it, as every new process does for a moment.
    fn drop(&mut self) {
        if let Err(error) = self.0.unlock() {
            tracing::warn!(%error, "the data folder could not be given back");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holder_is_refused_and_learns_who_the_first_is() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = DataFolder::new(dir.path());
        let first = folder.lock().expect("the folder is free");
        let refused = folder.lock().expect_err("the folder is taken");
        assert!(matches!(refused, OpenError::InUse { pid: Some(pid), .. } if pid == std::process::id()), "{refused}");
        drop(first);
        folder.lock().expect("the folder is free again");
    }

    #[test]
    fn a_copy_of_the_open_file_in_a_new_process_keeps_nobody_out() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = DataFolder::new(dir.path());
        let first = folder.lock().expect("the folder is free");
        let copy = first.0.try_clone().expect("a file can be held twice");
        drop(first);
        folder.lock().expect("the folder is free again");
        drop(copy);
    }
}
