//! Makes sure that what was written is on the disk.
//!
//! sled's own `flush` ends in `sync_file_range`, which survives a killed process but not a power cut, and its `conf`
//! file and directory entries are never synced at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use crate::database::DatabaseError;

/// Waits until everything written to this database so far is on the disk.
pub(crate) fn durable(db: &sled::Db, store: &Path) -> Result<(), DatabaseError> {
    db.flush()?;
    // Our own handle on the path, not sled's: if somebody moved the file away under us, this is where it shows.
    File::open(store.join("db"))?.sync_all()?;
    Ok(())
}

/// After a store was created or opened, which may write any of its files: syncs them and the names that lead to them.
pub(crate) fn durable_folder(store: &Path) -> io::Result<()> {
    for entry in fs::read_dir(store)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            File::open(entry.path())?.sync_all()?;
        }
    }
    sync_dir(&store.join("blobs"))?;
    sync_dir(store)?;
    store.parent().map_or(Ok(()), sync_dir)
}

/// Replaces a file as a whole: a reader, and a start after a power cut, sees the old or the new one, nothing between.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".tmp");
    let unfinished = Path::new(&unfinished);
    let written = File::create(unfinished).and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(unfinished, path)
    });
    if written.is_err() {
        // It holds room that a full disk needs; that it may not exist is no further problem.
        let _ = fs::remove_file(unfinished);
    }
    written?;
    path.parent().map_or(Ok(()), sync_dir)
}

/// Syncs the names in a directory.
pub(crate) fn sync_dir(dir: &Path) -> io::Result<()> {
    // The parent of a relative path of one part is empty and means the current directory.
    let dir = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
    File::open(dir)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("manifest.json");
        write_whole(&path, b"first").expect("writes");
        write_whole(&path, b"second").expect("writes");
        assert_eq!(fs::read(&path).expect("reads"), b"second");
        assert_eq!(fs::read_dir(dir.path()).expect("lists").count(), 1, "nothing unfinished is left");
    }
}
