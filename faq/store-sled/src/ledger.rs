//! Keeps the database, the manifest and what is served in agreement.
//!
//! One writer at a time. Whenever it is not certain what the database holds (it failed, or panicked, or the manifest
//! could not be written behind it), the ledger is *unsettled*: the next write first opens the database anew and
//! compares, exactly as a start would. Until then everything published goes on being served from memory.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use faq_engine::ports::{ContentKey, ContentOrigin, StoreError};

use crate::database::{Database, DatabaseError, catching};
use crate::error::{Damage, OpenError, write_failed};
use crate::folder::{DataFolder, FolderLock};
use crate::manifest::{FORMAT, Manifest, ManifestError, Standing};
use crate::record::Fingerprint;
use crate::revisions;
use crate::space::Space;

/// The newest revision of every record, also of withdrawn ones, because their revisions keep counting.
pub(crate) type Newest = BTreeMap<ContentKey, NewestRevision>;

/// The newest revision of a record.
#[derive(Debug, Clone)]
pub(crate) struct NewestRevision {
    pub(crate) number: u64,
    pub(crate) origin: ContentOrigin,
    /// `None`: the record was withdrawn.
    pub(crate) document: Option<String>,
    pub(crate) fingerprint: Fingerprint,
}

/// Database, manifest and memory.
#[derive(Debug)]
pub(crate) struct Ledger {
    folder: DataFolder,
    space: Space,
    newest: RwLock<Newest>,
    writer: Mutex<Writer>,
    /// `None` after opening anew failed.
    database: RwLock<Option<Database>>,
    is_unsettled: AtomicBool,
    /// Set once damage was found while running; only a restore helps.
    damage: Mutex<Option<String>>,
    // Declared last, so that the folder is let go after the database.
    _lock: FolderLock,
}

/// What only the one writer may touch.
#[derive(Debug)]
pub(crate) struct Writer {
    pub(crate) manifest: Manifest,
}

/// Why database and manifest could not be brought into agreement.
enum Disagreement {
    Database(DatabaseError),
    Damage(Damage),
}

impl Ledger {
    /// Opens a data folder, or begins one.
    pub(crate) fn open(folder: DataFolder, wanted_reserve: u64) -> Result<Self, OpenError> {
        let dir = folder.dir().to_owned();
        // Before anything is touched; a newer program may lock in another way.
        read_manifest(&folder)?;
        folder.create()?;
        let lock = folder.lock()?;
        let manifest = read_manifest(&folder)?;
        refuse_what_is_not_whole(&folder, manifest.as_ref())?;

        let space = Space::new(folder.clone(), wanted_reserve)?;
        space.make_room_to_open()?;
        let database = Database::open(&folder.store()).map_err(|error| OpenError::from_database(&dir, error))?;
        let is_begun = manifest.is_none();
        let mut manifest = match manifest {
            Some(manifest) => manifest,
            None if catching(|| Ok(database.is_empty())).is_ok_and(|is_empty| is_empty) => Manifest::default(),
            None => {
                let detail = "manifest.json is missing, so it is not known what must be there";
                return Err(OpenError::damaged(&dir, Damage::of_file(detail)));
            }
        };
        let was_writing = manifest.pending.is_some();
        let newest = agree(&database, &mut manifest).map_err(|error| match error {
            Disagreement::Database(error) => OpenError::from_database(&dir, error),
            Disagreement::Damage(damage) => OpenError::damaged(&dir, damage),
        })?;
        if is_begun {
            manifest
                .write(&folder.manifest())
                .map_err(|error| OpenError::from_io(&dir, "manifest.json could not be written", error))?;
        } else if was_writing && let Err(error) = manifest.write(&folder.manifest()) {
            // The one on the disk still describes what is there; the next save writes it anew.
            tracing::warn!(%error, "the manifest could not be brought up to date");
        }
        let ledger = Self {
            folder,
            space,
            newest: RwLock::new(newest),
            writer: Mutex::new(Writer { manifest }),
            database: RwLock::new(Some(database)),
            is_unsettled: AtomicBool::new(false),
            damage: Mutex::new(None),
            _lock: lock,
        };
        if let Err(reason) = ledger.may_write(0) {
            tracing::warn!(%reason, "opened for reading only");
        }
        Ok(ledger)
    }

    /// Where everything lies.
    pub(crate) fn folder(&self) -> &DataFolder {
        &self.folder
    }

    /// What is served.
    pub(crate) fn newest(&self) -> RwLockReadGuard<'_, Newest> {
        self.newest.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Serves these from now on, all at once.
    pub(crate) fn publish(&self, changed: Newest) {
        self.newest.write().unwrap_or_else(PoisonError::into_inner).extend(changed);
    }

    /// Whether this many bytes can be saved now. Changes nothing and hardly waits.
    pub(crate) fn can_write(&self, bytes: usize) -> Result<(), StoreError> {
        if let Some(damage) = self.damage.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            return Err(StoreError::Damaged(damage));
        }
        self.space.check(bytes)
    }

    /// Asks the same before a write, and keeps the reserve where there is room for it.
    pub(crate) fn may_write(&self, bytes: usize) -> Result<(), StoreError> {
        self.can_write(bytes)?;
        self.space.keep_reserve();
        Ok(())
    }

    /// Becomes the one writer, with the database certain.
    pub(crate) fn writer(&self) -> Result<MutexGuard<'_, Writer>, StoreError> {
        let mut writer = self.writer.lock().unwrap_or_else(|poisoned| {
            self.unsettle();
            poisoned.into_inner()
        });
        if self.is_unsettled.load(Ordering::Acquire) {
            self.settle(&mut writer)?;
        }
        Ok(writer)
    }

    /// Says that it is not certain what the database holds.
    pub(crate) fn unsettle(&self) {
        self.is_unsettled.store(true, Ordering::Release);
    }

    /// Reads from the database.
    pub(crate) fn read<T>(
        &self,
        what: &str,
        call: impl FnOnce(&Database) -> Result<T, DatabaseError>,
    ) -> Result<T, StoreError> {
        let database = self.database.read().unwrap_or_else(PoisonError::into_inner);
        let Some(database) = &*database else {
            return Err(StoreError::ReadOnly("the database failed and is opened anew by the next save".to_owned()));
        };
        catching(|| call(database)).map_err(|error| {
            self.unsettle();
            write_failed(what, error)
        })
    }

    /// Writes to the database and waits until it is on the disk.
    pub(crate) fn write<T>(
        &self,
        what: &str,
        call: impl FnOnce(&Database) -> Result<T, DatabaseError>,
    ) -> Result<T, StoreError> {
        self.read(what, |database| {
            let written = call(database)?;
            database.durable()?;
            Ok(written)
        })
    }

    /// Writes what needs no manifest: conversations.
    pub(crate) fn write_beside<T>(
        &self,
        what: &str,
        call: impl FnOnce(&Database) -> Result<T, DatabaseError>,
    ) -> Result<T, StoreError> {
        self.may_write(0)?;
        if self.is_unsettled.load(Ordering::Acquire) {
            drop(self.writer()?);
        }
        self.write(what, call)
    }

    /// Reads everything again from the disk and compares it.
    pub(crate) fn verify(&self) -> Result<MutexGuard<'_, Writer>, StoreError> {
        self.may_write(0)?;
        let mut writer = self.writer()?;
        let on_disk = Manifest::read(&self.folder.manifest());
        if !matches!(&on_disk, Ok(Some(on_disk)) if *on_disk == writer.manifest) {
            return Err(StoreError::Damaged(format!(
                "{} is not as it was written; the next save writes it anew",
                self.folder.manifest().display()
            )));
        }
        self.unsettle();
        self.settle(&mut writer)?;
        Ok(writer)
    }

    /// Opens the database anew and compares, as a start would.
    fn settle(&self, writer: &mut Writer) -> Result<(), StoreError> {
        const WHAT: &str = "the database could not be opened anew";
        self.may_write(0)?;
        let mut database = self.database.write().unwrap_or_else(PoisonError::into_inner);
        // Dropped first: sled locks its file.
        *database = None;
        let opened = match Database::open(&self.folder.store()) {
            Ok(opened) => opened,
            Err(DatabaseError::Damaged(detail)) => return Err(self.damaged(&Damage::of_file(detail))),
            Err(error) => return Err(write_failed(WHAT, error)),
        };
        match agree(&opened, &mut writer.manifest) {
            Ok(newest) => *self.newest.write().unwrap_or_else(PoisonError::into_inner) = newest,
            Err(Disagreement::Damage(damage)) => return Err(self.damaged(&damage)),
            Err(Disagreement::Database(error)) => return Err(write_failed(WHAT, error)),
        }
        *database = Some(opened);
        writer
            .manifest
            .write(&self.folder.manifest())
            .map_err(|error| write_failed("the manifest could not be written", error.into()))?;
        self.is_unsettled.store(false, Ordering::Release);
        Ok(())
    }

    fn damaged(&self, damage: &Damage) -> StoreError {
        let error = OpenError::damaged(self.folder.dir(), damage.clone()).to_string();
        tracing::error!(damage = %damage, "the store is damaged, nothing more is saved");
        *self.damage.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.clone());
        StoreError::Damaged(error)
    }
}

/// Reads the manifest, `None` if there is none yet.
pub(crate) fn read_manifest(folder: &DataFolder) -> Result<Option<Manifest>, OpenError> {
    let dir = folder.dir();
    Manifest::read(&folder.manifest()).map_err(|error| match error {
        ManifestError::Newer(found) => OpenError::NewerFormat { dir: dir.to_owned(), found, known: FORMAT },
        ManifestError::Damaged(detail) => OpenError::damaged(dir, Damage::of_file(detail)),
        ManifestError::Io(error) => OpenError::from_io(dir, "manifest.json could not be read", error),
    })
}

/// A folder in which something was must not pass for a new one, which sled would happily make of it.
fn refuse_what_is_not_whole(folder: &DataFolder, manifest: Option<&Manifest>) -> Result<(), OpenError> {
    let refuse = |damage| Err(OpenError::damaged(folder.dir(), damage));
    if let Some(manifest) = manifest
        && !folder.store().join("db").exists()
    {
        let missing: Vec<String> = manifest.records.keys().cloned().collect();
        let detail = Some("the file store/db is missing".to_owned());
        return refuse(Damage { expected: missing.len(), missing, detail, ..Damage::default() });
    }
    let was_used = folder.latest_export().exists() || folder.previous_export().exists() || folder.restoring().exists();
    if manifest.is_none() && was_used {
        return refuse(Damage::of_file("manifest.json is missing, but this folder holds an export or half a restore"));
    }
    Ok(())
}

/// Reads everything and compares it with the manifest; takes back what was half written.
fn agree(database: &Database, manifest: &mut Manifest) -> Result<Newest, Disagreement> {
    let load = || catching(|| revisions::load(&database.revisions)).map_err(Disagreement::Database);
    let mut found = load()?;
    match manifest.compare(&found).map_err(Disagreement::Damage)? {
        Standing::Committed => manifest.pending = None,
        Standing::Arrived => manifest.commit(),
        Standing::Torn(torn) => {
            tracing::warn!(revisions = torn.len(), "a save that was interrupted is taken back");
            catching(|| revisions::remove(&database.revisions, &torn)).map_err(Disagreement::Database)?;
            database.durable().map_err(Disagreement::Database)?;
            manifest.pending = None;
            found = load()?;
            if let Err(damage) = manifest.compare(&found) {
                return Err(Disagreement::Damage(damage));
            }
        }
    }
    let newest = found.into_values().filter_map(|history| {
        let (revision, fingerprint) = history.into_newest()?;
        let newest = NewestRevision {
            number: revision.number,
            origin: revision.origin,
            document: revision.document,
            fingerprint,
        };
        Some((revision.key, newest))
    });
    Ok(newest.collect())
}
