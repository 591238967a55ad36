//! The files of the repository, for the rules of the house.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use toml::{Table, Value};

use crate::program::workspace;

/// A text file of the repository.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Where it lies, from the root: `faq/engine/src/lib.rs`.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// Every file that is in the repository or about to be: what git knows and does not ignore. Without git, everything
/// but what builds leave behind.
pub fn paths() -> Vec<String> {
    let listed = Command::new("git")
        .current_dir(workspace())
        // The run may belong to somebody else than the checkout; listing is harmless.
        .args(["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .output();
    let mut paths: Vec<String> = match listed {
        Ok(output) if output.status.success() => {
            let text = String::from_utf8(output.stdout).expect("paths are UTF-8");
            text.split('\0').filter(|path| workspace().join(path).is_file()).map(str::to_owned).collect()
        }
        _ => walk(&workspace()).iter().map(|path| from_root(path)).collect(),
    };
    paths.sort();
    assert!(paths.len() > 100, "the repository is not found");
    paths
}

/// Every file that is text.
pub fn files() -> Vec<SourceFile> {
    let read = |path: String| {
        let text = std::fs::read_to_string(workspace().join(&path)).ok()?;
        Some(SourceFile { path, text })
    };
    paths().into_iter().filter_map(read).collect()
}

/// Every Rust file.
pub fn rust_files() -> Vec<SourceFile> {
    files().into_iter().filter(|file| file.path.ends_with(".rs")).collect()
}

/// The manifest of every crate by package name, with the folder of the crate.
pub fn manifests() -> BTreeMap<String, (String, Table)> {
    let mut manifests = BTreeMap::new();
    for file in files().into_iter().filter(|file| file.path.ends_with("/Cargo.toml")) {
        let manifest = parse(&file);
        let name = manifest["package"]["name"].as_str().expect("a package has a name").to_owned();
        manifests.insert(name, (file.path.trim_end_matches("/Cargo.toml").to_owned(), manifest));
    }
    manifests
}

/// The manifest of the workspace.
pub fn root_manifest() -> Table {
    let text = std::fs::read_to_string(workspace().join("Cargo.toml")).expect("there is one");
    parse(&SourceFile { path: "Cargo.toml".to_owned(), text })
}

/// A TOML file as a table.
pub fn parse(file: &SourceFile) -> Table {
    toml::from_str(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path))
}

/// The names in tables of dependencies such as `dependencies`, also those for single systems only.
pub fn dependencies(manifest: &Table, kinds: &[&str]) -> Vec<String> {
    let mut names = Vec::new();
    let systems = manifest.get("target").and_then(Value::as_table);
    let tables =
        std::iter::once(manifest).chain(systems.into_iter().flat_map(Table::values).filter_map(Value::as_table));
    for table in tables {
        for kind in kinds {
            names.extend(table.get(*kind).and_then(Value::as_table).into_iter().flat_map(Table::keys).cloned());
        }
    }
    names
}

impl SourceFile {
    /// Whether the file is only there for tests and benchmarks.
    pub fn is_for_tests(&self) -> bool {
        let is_test_crate = self.path.starts_with("tests/") || self.path.starts_with("faq/testkit/");
        let name = self.path.rsplit('/').next().unwrap_or_default();
        let in_folder = |folder: &str| self.path.contains(folder);
        is_test_crate || in_folder("/tests/") || in_folder("/benches/") || matches!(name, "tests.rs" | "testing.rs")
    }

    /// The text without its modules for tests.
    pub fn without_tests(&self) -> &str {
        let begins = ["\n#[cfg(test)]\nmod ", "\n#[cfg(test)]\npub(crate) mod "];
        let modules = begins.iter().flat_map(|begin| self.text.match_indices(begin));
        // `mod testing;` among others is a line, not the rest of the file.
        let bodies = modules.filter(|(at, begin)| {
            let line = self.text[at + begin.len()..].lines().next().unwrap_or_default();
            line.ends_with('{')
        });
        let end = bodies.map(|(at, _)| at + 1).min().unwrap_or(self.text.len());
        &self.text[..end]
    }
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("a folder can be read").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_built = matches!(name.as_str(), ".git" | "target" | "node_modules");
        if path.is_dir() && !is_built {
            found.extend(walk(&path));
        } else if path.is_file() {
            found.push(path);
        }
    }
    found
}

fn from_root(path: &Path) -> String {
    path.strip_prefix(workspace()).expect("it lies in the workspace").to_string_lossy().replace('\\', "/")
}
