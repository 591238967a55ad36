//! The key under which conversations are hashed: random, made once, readable by the program's user only.

use std::io::Write;
use std::path::{Path, PathBuf};

/// The key cannot be read or made.
#[derive(Debug, thiserror::Error)]
#[error("{}: the key for hashing chat ids cannot be used; delete the file to begin with a new one", file.display())]
pub struct KeyError {
    file: PathBuf,
    #[source]
    source: std::io::Error,
}

const LENGTH: usize = 32;

/// Reads the key, or makes one on the first start. A new key forgets all running conversations, nothing else.
pub fn read_or_create(file: &Path) -> Result<[u8; LENGTH], KeyError> {
    let fail = |source| KeyError { file: file.to_owned(), source };
    match std::fs::read(file) {
        Ok(bytes) => bytes.try_into().map_err(|_| fail(std::io::Error::other("the file does not hold 32 bytes"))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => create(file).map_err(fail),
        Err(error) => Err(fail(error)),
    }
}

fn create(file: &Path) -> std::io::Result<[u8; LENGTH]> {
    let mut key = [0; LENGTH];
    getrandom::fill(&mut key).map_err(std::io::Error::other)?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut written = options.open(file)?;
    written.write_all(&key)?;
    written.sync_all()?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("key");
        let first = read_or_create(&file).expect("made");
        assert_eq!(read_or_create(&file).expect("read"), first);
        std::fs::write(&file, b"short").expect("written");
        assert!(read_or_create(&file).is_err());
    }
}
