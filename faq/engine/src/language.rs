//! Languages and texts that exist in several of them.
//!
//! German (`de`) is binding: every text has it, every other language may be missing and then falls back visibly.
//! A tag is data, not an enum, because an operator adds a language by adding a file.

use std::collections::BTreeMap;
use std::fmt;

/// A language as content and settings name it: a BCP 47 tag in lower case such as `de`, `en` or `de-simple`
/// (Leichte Sprache, its own variant of German).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LanguageTag(String);

/// The text is not a language tag.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a language tag: two or three letters, optionally followed by `-` and letters")]
pub struct InvalidLanguageTag(String);

impl LanguageTag {
    /// Reads a tag; upper case and `_` are accepted (`de_DE` becomes `de-de`).
    pub fn parse(text: &str) -> Result<Self, InvalidLanguageTag> {
        let tag = text.trim().to_ascii_lowercase().replace('_', "-");
        let mut parts = tag.split('-');
        let primary_is_valid = parts
            .next()
            .is_some_and(|part| matches!(part.len(), 2 | 3) && part.bytes().all(|b| b.is_ascii_lowercase()));
        let rest_is_valid =
            parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        if primary_is_valid && rest_is_valid && tag.len() <= 20 {
            Ok(Self(tag))
        } else {
            Err(InvalidLanguageTag(text.chars().take(30).collect()))
        }
    }

    /// The binding language.
    pub fn german() -> Self {
        Self("de".to_owned())
    }

    /// The tag as written in content and JSON.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is German in any variant.
    pub fn is_german(&self) -> bool {
        self.primary() == "de"
    }

    /// The part before the first hyphen: `de` for `de-simple`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text in German and, where somebody wrote it, in other languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalizedText {
    german: String,
    others: BTreeMap<LanguageTag, String>,
}

/// A text without its German, which is the binding version.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the German text (`de`) is missing")]
pub struct MissingGerman;

impl LocalizedText {
    /// Builds a text; German must be there and not blank.
    pub fn new(texts: impl IntoIterator<Item = (LanguageTag, String)>) -> Result<Self, MissingGerman> {
        let mut others: BTreeMap<_, _> = texts
            .into_iter()
            .map(|(tag, text)| (tag, text.trim().to_owned()))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let german = others.remove(&LanguageTag::german()).ok_or(MissingGerman)?;
        Ok(Self { german, others })
    }

    /// A text that exists in German only.
    pub fn german_only(text: impl Into<String>) -> Self {
        Self { german: text.into(), others: BTreeMap::new() }
    }

    /// The binding German text.
    pub fn german(&self) -> &str {
        &self.german
    }

    /// The text in exactly this language, if somebody wrote it.
    pub fn get(&self, language: &LanguageTag) -> Option<&str> {
        if language.as_str() == "de" { Some(&self.german) } else { self.others.get(language).map(String::as_str) }
    }

    /// The text in this language, else in German.
    pub fn or_german(&self, language: &LanguageTag) -> &str {
        self.get(language).unwrap_or(&self.german)
    }

    /// Every version with its language, German first.
    pub fn versions(&self) -> impl Iterator<Item = (LanguageTag, &str)> {
        std::iter::once((LanguageTag::german(), self.german.as_str()))
            .chain(self.others.iter().map(|(tag, text)| (tag.clone(), text.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_normalised_and_checked() {
        assert_eq!(LanguageTag::parse(" DE_Simple ").expect("valid").as_str(), "de-simple");
        for wrong in ["", "d", "german", "de-", "../de", "de-simple-and-much-too-long"] {
            assert!(LanguageTag::parse(wrong).is_err(), "{wrong} must be refused");
        }
    }

    #[test]
    fn missing_language_falls_back_to_german() {
        let text = LocalizedText::new([
            (LanguageTag::german(), "Gebühr".to_owned()),
            (LanguageTag::parse("en").expect("valid"), "Fee".to_owned()),
        ])
        .expect("has German");
        assert_eq!(text.or_german(&LanguageTag::parse("en").expect("valid")), "Fee");
        assert_eq!(text.or_german(&LanguageTag::parse("tr").expect("valid")), "Gebühr");
        assert_eq!(text.get(&LanguageTag::parse("tr").expect("valid")), None);
    }

    #[test]
    fn blank_german_is_missing_german() {
        assert_eq!(LocalizedText::new([(LanguageTag::german(), "  ".to_owned())]), Err(MissingGerman));
    }
}
