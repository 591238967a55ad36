//! Room on the disk.
//!
//! On a full disk sled fails cleanly when writing but cannot even be opened again. So saving stops while there is
//! still some room, and a reserve file stands by that can be given up to open.

use std::fs::{self, File};
use std::io::{self, Write};

use faq_engine::ports::StoreError;

use crate::error::OpenError;
use crate::folder::DataFolder;

/// What sled needs to open: a segment (512 KB) and its snapshot.
pub(crate) const NEEDED_TO_OPEN: u64 = 1 << 20;

/// Watches the room on the disk of a data folder.
#[derive(Debug)]
pub(crate) struct Space {
    folder: DataFolder,
    /// Saving stops below this; also the size of the reserve file.
    reserve: u64,
}

impl Space {
    /// Watches the disk of this folder. On a small disk the reserve is at most an eighth of it.
    pub(crate) fn new(folder: DataFolder, wanted_reserve: u64) -> Result<Self, OpenError> {
        let total = fs4::total_space(folder.dir())
            .map_err(|error| OpenError::from_io(folder.dir(), "the size of its disk could not be read", error))?;
        let reserve = wanted_reserve.min(total / 8);
        Ok(Self { folder, reserve })
    }

    /// Before sled opens: gives up the reserve if there is no room otherwise.
    pub(crate) fn make_room_to_open(&self) -> Result<(), OpenError> {
        let dir = self.folder.dir();
        let free = || {
            fs4::available_space(dir)
                .map_err(|error| OpenError::from_io(dir, "the room on its disk could not be read", error))
        };
        if free()? < NEEDED_TO_OPEN && self.folder.reserve().exists() {
            tracing::warn!(data = %dir.display(), "the disk is full, giving up the reserve to open the store");
            fs::remove_file(self.folder.reserve())
                .map_err(|error| OpenError::from_io(dir, "the reserve could not be given up", error))?;
        }
        let free = free()?;
        if free < NEEDED_TO_OPEN / 2 {
            return Err(OpenError::DiskFull { dir: dir.to_owned(), free, needed: NEEDED_TO_OPEN });
        }
        Ok(())
    }

    /// Whether there is room to save this many bytes.
    pub(crate) fn check(&self, bytes: usize) -> Result<(), StoreError> {
        // sled takes up to twice the size, and the manifest stands on the disk twice while it is replaced. A reserve
        // that was given up comes first.
        let given_up = if self.reserve_stands_by() { 0 } else { self.reserve };
        let needed = given_up.saturating_add(self.reserve).saturating_add(4 * bytes as u64);
        let free = fs4::available_space(self.folder.dir()).map_err(|source| StoreError::Failed {
            message: "the room on the disk could not be read".to_owned(),
            source: source.into(),
        })?;
        if free < needed {
            return Err(StoreError::ReadOnly(format!(
                "the disk that holds {} has {} KB left and saving needs {} KB; make room there, then saving works again \
                 by itself",
                self.folder.dir().display(),
                free / 1024,
                needed.div_ceil(1024),
            )));
        }
        Ok(())
    }

    /// Puts the reserve aside if it was given up and `check` found room for it.
    pub(crate) fn keep_reserve(&self) {
        let path = self.folder.reserve();
        if !self.reserve_stands_by()
            && let Err(error) = write_zeros(&path, self.reserve)
        {
            tracing::warn!(%error, "the reserve could not be put aside");
            let _ = fs::remove_file(&path);
        }
    }

    fn reserve_stands_by(&self) -> bool {
        fs::metadata(self.folder.reserve()).is_ok_and(|file| file.len() >= self.reserve)
    }
}

/// Written out rather than only lengthened, because a hole in a file reserves nothing.
fn write_zeros(path: &std::path::Path, length: u64) -> io::Result<()> {
    let mut file = File::create(path)?;
    let zeros = vec![0_u8; 64 * 1024];
    let mut left = length;
    while left > 0 {
        let piece = left.min(zeros.len() as u64);
        file.write_all(&zeros[..usize::try_from(piece).expect("a piece is at most 64 KB")])?;
        left -= piece;
    }
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saving_stops_before_the_disk_is_full() {
        let dir = tempfile::tempdir().expect("a folder");
        let space = Space { folder: DataFolder::new(dir.path()), reserve: 4096 };
        space.check(10).expect("there is room");
        space.keep_reserve();
        assert_eq!(fs::metadata(dir.path().join("reserve")).expect("stands by").len(), 4096);

        let crowded = Space { folder: DataFolder::new(dir.path()), reserve: u64::MAX / 8 };
        let refused = crowded.check(10).expect_err("no disk is that large");
        assert!(matches!(refused, StoreError::ReadOnly(_)), "{refused}");
    }
}
