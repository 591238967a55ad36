//! Builds a store from an export, in place of one that is damaged or not there.
//!
//! The new store is complete beside the old one before anything is moved. The manifest comes last: should the process
//! die on the way, the folder counts as damaged and the restore can simply be run again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use faq_engine::ports::ContentRecord;

use crate::database::{Database, DatabaseError, catching};
use crate::durable::{sync_dir, write_whole};
use crate::error::{OpenError, RestoreError};
use crate::export::{Checked, ExportSummary, check};
use crate::folder::DataFolder;
use crate::manifest::{Manifest, ManifestError, Standing};
use crate::open::unwound;
use crate::revisions;

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What was restored.
    pub export: ExportSummary,
    /// Where the store that was there lies now.
    pub moved_aside: Option<PathBuf>,
}

/// The newest published revisions in an export, which is checked first. Needs no store and works beside a running one.
pub async fn read_export(export: impl Into<PathBuf>) -> Result<Vec<ContentRecord>, RestoreError> {
    let path = export.into();
    let dir = path.clone();
    let outcome = tokio::task::spawn_blocking(move || {
        let bytes = fs::read(&path).map_err(|source| RestoreError::Unreadable { path: path.clone(), source })?;
        let checked = check(&bytes).map_err(|problem| RestoreError::NotWhole { path: path.clone(), problem })?;
        checked.published().map_err(|problem| RestoreError::NotWhole { path, problem })
    });
    outcome.await.unwrap_or_else(|error| Err(unwound(&dir, error).into()))
}

/// Builds the store in this data folder from this export, which is checked first. A store that is there, damaged or
/// not, is moved aside, never deleted. Conversations of messengers start anew.
pub async fn restore(data: impl Into<PathBuf>, export: impl Into<PathBuf>) -> Result<Restored, RestoreError> {
    let (folder, export) = (DataFolder::new(data), export.into());
    let dir = folder.dir().to_owned();
    let outcome = tokio::task::spawn_blocking(move || restore_blocking(&folder, &export)).await;
    outcome.unwrap_or_else(|error| Err(unwound(&dir, error).into()))
}

fn restore_blocking(folder: &DataFolder, export: &Path) -> Result<Restored, RestoreError> {
    let bytes = fs::read(export).map_err(|source| RestoreError::Unreadable { path: export.to_owned(), source })?;
    let checked = check(&bytes).map_err(|problem| RestoreError::NotWhole { path: export.to_owned(), problem })?;
    refuse_newer(folder)?;
    folder.create()?;
    let _lock = folder.lock()?;
    refuse_newer(folder)?;

    let dir = folder.dir();
    let failed = |what: &'static str| move |error: io::Error| OpenError::from_io(dir, what, error);
    let building = folder.restoring();
    remove_all(&building).map_err(failed("what an earlier restore left could not be removed"))?;
    // A reserve held back would only be in the way of a restore on a full disk; it is put aside again later.
    remove_all(&folder.reserve()).map_err(failed("the reserve could not be given up"))?;
    let manifest = Manifest { records: checked.records.clone(), pending: None };
    if let Err(error) = build(&building, &checked, &manifest) {
        let _ = remove_all(&building);
        return Err(OpenError::from_database(dir, error).into());
    }

    let moved_aside = move_aside(folder).map_err(failed("the old store could not be moved aside"))?;
    fs::rename(&building, folder.store())
        .and_then(|()| sync_dir(dir))
        .map_err(failed("the new store could not be moved into place"))?;
    manifest.write(&folder.manifest()).map_err(failed("manifest.json could not be written"))?;
    Ok(Restored { export: checked.summary(export), moved_aside })
}

/// What a newer program wrote is not ours to replace. A manifest that cannot be read is a reason to restore.
fn refuse_newer(folder: &DataFolder) -> Result<(), OpenError> {
    match Manifest::read(&folder.manifest()) {
        Err(ManifestError::Newer(found)) => {
            Err(OpenError::NewerFormat { dir: folder.dir().to_owned(), found, known: crate::manifest::FORMAT })
        }
        _ => Ok(()),
    }
}

fn build(place: &Path, checked: &Checked<'_>, manifest: &Manifest) -> Result<(), DatabaseError> {
    const REVISIONS_PER_BATCH: usize = 500;
    fs::create_dir_all(place)?;
    let database = Database::open(place)?;
    catching(|| {
        for part in checked.revisions.chunks(REVISIONS_PER_BATCH) {
            let mut batch = sled::Batch::default();
            for (key, number, bytes) in part {
                revisions::add(&mut batch, key, *number, bytes);
            }
            database.revisions.apply_batch(batch)?;
        }
        Ok(())
    })?;
    database.durable()?;
    let built = catching(|| revisions::load(&database.revisions))?;
    match manifest.compare(&built) {
        Ok(Standing::Committed) => Ok(()),
        _ => Err(DatabaseError::Damaged("the new store does not hold what the export holds".to_owned())),
    }
}

/// Moves the store and a copy of its manifest to `store.damaged-<n>`.
fn move_aside(folder: &DataFolder) -> io::Result<Option<PathBuf>> {
    let store = folder.store();
    if !store.exists() {
        return Ok(None);
    }
    let place = folder.next_damaged();
    fs::rename(&store, &place)?;
    sync_dir(folder.dir())?;
    if let Ok(manifest) = fs::read(folder.manifest()) {
        write_whole(&place.join("manifest.json"), &manifest)?;
    }
    Ok(Some(place))
}

fn remove_all(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
