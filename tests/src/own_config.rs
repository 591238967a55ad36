//! A copy of the shipped configuration that a test may change or break.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::program::workspace;

/// What an operator changes; the crate beside it stays where it is.
const SHIPPED: [&str; 8] =
    ["auskunft.toml", "booking.toml", "crisis.toml", "towns.toml", "content", "languages", "offices", "notices"];

/// A configuration folder of its own.
pub struct OwnConfig {
    folder: TempDir,
}

impl Default for OwnConfig {
    fn default() -> Self {
        Self::new()
    }
}

impl OwnConfig {
    /// The shipped configuration.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for name in SHIPPED {
            copy(&workspace().join("config").join(name), &folder.path().join(name));
        }
        Self { folder }
    }

    /// The shipped configuration for a program that is asked more often than people ask.
    pub fn without_rate_limit() -> Self {
        let own = Self::new();
        own.insert_after("auskunft.toml", "[server]", "rate_per_minute = 0");
        own
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A file in the folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The text of a file.
    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap_or_else(|error| panic!("{name} cannot be read: {error}"))
    }

    /// Writes a file.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.file(name), text).expect("the copy can be written");
    }

    /// Puts `to` in place of the first `from`, which must be there. Returns the line of the change.
    pub fn replace(&self, name: &str, from: &str, to: &str) -> usize {
        let text = self.text(name);
        let at = text.find(from).unwrap_or_else(|| panic!("{name} holds no {from:?} any more"));
        self.write(name, text.replacen(from, to, 1));
        text[..at].matches('\n').count() + 1
    }

    /// Writes a line below the first line that is `after`. Returns its number.
    pub fn insert_after(&self, name: &str, after: &str, line: &str) -> usize {
        let text = self.text(name);
        let mut lines: Vec<&str> = text.lines().collect();
        let found = lines.iter().position(|have| *have == after);
        let at = found.unwrap_or_else(|| panic!("{name} has no line {after:?} any more")) + 1;
        lines.insert(at, line);
        self.write(name, lines.join("\n") + "\n");
        at + 1
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder can be read") {
            let entry = entry.expect("a folder can be read");
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::copy(from, to).unwrap_or_else(|error| panic!("{} cannot be copied: {error}", from.display()));
    }
}
