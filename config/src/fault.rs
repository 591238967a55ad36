//! Mistakes in files, told to whoever can mend them.

use std::fmt;

/// A mistake in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, as the operator would name it.
    pub file: String,
    /// The line, counted from 1, if the mistake has one.
    pub line: Option<usize>,
    /// What is wrong and what to do.
    pub message: String,
}

impl Fault {
    /// A mistake of a file as a whole.
    pub fn of_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, message: message.into() }
    }

    /// A mistake at the first line of `text` that contains `value`.
    pub fn at_value(file: impl Into<String>, text: &str, value: &str, message: impl Into<String>) -> Self {
        let quoted = format!("\"{value}\"");
        let line_of = |needle: &str| text.lines().position(|line| line.contains(needle)).map(|index| index + 1);
        Self { file: file.into(), line: line_of(&quoted).or_else(|| line_of(value)), message: message.into() }
    }

    /// A mistake the TOML reader found.
    pub fn of_toml(file: impl Into<String>, text: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        Self { file: file.into(), line, message: error.message().replace('\n', " ") }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

/// Reads a TOML document; the mistake carries its line.
pub(crate) fn read_toml<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, Fault> {
    toml::from_str(text).map_err(|error| Fault::of_toml(file, text, &error))
}
