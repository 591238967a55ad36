//! The configuration folder as files.

use std::path::{Path, PathBuf};

use faq_engine::ports::{ContentKey, ContentKind};

use crate::fault::Fault;

/// The folder an operator may change.
#[derive(Debug, Clone)]
pub struct ConfigFolder {
    root: PathBuf,
}

/// A content document with its name and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentDocument {
    /// Kind and name.
    pub key: ContentKey,
    /// Where it came from, for messages: a path, or `store: service/kfz/kfz-abmeldung`.
    pub label: String,
    /// The revision, 1 for files.
    pub revision: u64,
    /// The text.
    pub text: String,
}

/// Larger files are not content; reading one would only slow the start.
const LARGEST_FILE: u64 = 1024 * 1024;

impl ConfigFolder {
    /// A folder; whether it is there shows when it is read.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The text of a file in the folder; `None` if it is not there.
    pub fn read(&self, name: &str) -> Result<Option<String>, Fault> {
        let path = self.root.join(name);
        if path.exists() { read_file(&path).map(Some) } else { Ok(None) }
    }

    /// The language packs, by file name.
    pub fn languages(&self) -> Result<Vec<(String, String)>, Vec<Fault>> {
        let folder = self.root.join("languages");
        read_all(&toml_files(&folder).map_err(|fault| vec![fault])?)
    }

    /// Every content document: services and entries by topic, offices, towns, notices.
    pub fn content(&self) -> Result<Vec<ContentDocument>, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut documents = Vec::new();
        let mut collect = |found: Result<Vec<ContentDocument>, Vec<Fault>>| match found {
            Ok(found) => documents.extend(found),
            Err(more) => faults.extend(more),
        };
        let content = self.root.join("content");
        match subfolders(&content) {
            Ok(topics) => {
                for topic in topics {
                    let name = topic.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    collect(self.documents_in(&topic, |stem, text| {
                        let kind = if is_entry(text) { ContentKind::Entry } else { ContentKind::Service };
                        ContentKey { kind, name: format!("{name}/{stem}") }
                    }));
                }
            }
            Err(fault) => collect(Err(vec![fault])),
        }
        let offices = self.root.join("offices");
        collect(self.documents_in(&offices, |stem, _| ContentKey { kind: ContentKind::Office, name: stem.to_owned() }));
        let notices = self.root.join("notices");
        if notices.exists() {
            collect(
                self.documents_in(&notices, |stem, _| ContentKey { kind: ContentKind::Notice, name: stem.to_owned() }),
            );
        }
        let towns = self.root.join("towns.toml");
        if towns.exists() {
            collect(read_file(&towns).map_err(|fault| vec![fault]).map(|text| {
                let key = ContentKey { kind: ContentKind::Towns, name: "all".to_owned() };
                vec![ContentDocument { key, label: label(&towns), revision: 1, text }]
            }));
        }
        if faults.is_empty() { Ok(documents) } else { Err(faults) }
    }

    fn documents_in(
        &self,
        folder: &Path,
        key: impl Fn(&str, &str) -> ContentKey,
    ) -> Result<Vec<ContentDocument>, Vec<Fault>> {
        let files = toml_files(folder).map_err(|fault| vec![fault])?;
        let texts = read_all(&files)?;
        let documents = files.iter().zip(texts).map(|(path, (label, text))| {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            ContentDocument { key: key(&stem, &text), label, revision: 1, text }
        });
        Ok(documents.collect())
    }
}

/// Free questions are told from services by their `kind`.
fn is_entry(text: &str) -> bool {
    text.lines()
        .take_while(|line| !line.trim_start().starts_with('['))
        .any(|line| line.trim_start().starts_with("kind"))
}

fn label(path: &Path) -> String {
    path.display().to_string()
}

fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let mut files: Vec<PathBuf> = entries(folder)?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    Ok(files)
}

fn subfolders(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let mut folders: Vec<PathBuf> = entries(folder)?.into_iter().filter(|path| path.is_dir()).collect();
    folders.sort();
    Ok(folders)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let fault = |error: std::io::Error| {
        Fault::of_file(
            label(folder),
            format!("the folder cannot be read: {error}; create it or correct AUSKUNFT_CONFIG"),
        )
    };
    std::fs::read_dir(folder)
        .map_err(fault)?
        .map(|entry| entry.map(|entry| entry.path()).map_err(fault))
        .collect::<Result<Vec<_>, _>>()
}

fn read_file(path: &Path) -> Result<String, Fault> {
    let fault = |message: String| Fault::of_file(label(path), message);
    let size = std::fs::metadata(path).map_err(|error| fault(format!("the file cannot be read: {error}")))?.len();
    if size > LARGEST_FILE {
        return Err(fault(format!("the file has {size} bytes; at most {LARGEST_FILE} are read")));
    }
    let bytes = std::fs::read(path).map_err(|error| fault(format!("the file cannot be read: {error}")))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| fault("the file is not UTF-8; save it as UTF-8 in your editor".to_owned()))?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

fn read_all(files: &[PathBuf]) -> Result<Vec<(String, String)>, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut texts = Vec::new();
    for path in files {
        match read_file(path) {
            Ok(text) => texts.push((label(path), text)),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(texts) } else { Err(faults) }
}
