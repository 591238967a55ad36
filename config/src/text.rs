//! Shapes that several files share.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use faq_engine::as_of::AsOf;
use faq_engine::facet::Facet;
use faq_engine::language::{LanguageTag, LocalizedText};
use faq_engine::service::{Publication, Source};
use faq_engine::slug::Slug;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;

/// A text by language tag.
pub(crate) type TextShape = BTreeMap<String, String>;

/// Lists of words by language tag.
pub(crate) type WordsShape = BTreeMap<String, Vec<String>>;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceShape {
    id: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// A document while it is turned into the engine's types: collects mistakes instead of stopping at the first.
pub(crate) struct Reader<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
    pub(crate) faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, faults: Vec::new() }
    }

    /// Names a mistake at the line that holds `value`.
    pub(crate) fn fault(&mut self, value: &str, message: impl Into<String>) {
        self.faults.push(Fault::at_value(self.file, self.text, value, message));
    }

    /// The result if there was no mistake.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, Vec<Fault>> {
        match value {
            Some(value) if self.faults.is_empty() => Ok(value),
            _ => Err(self.faults),
        }
    }

    pub(crate) fn language(&mut self, tag: &str) -> Option<LanguageTag> {
        LanguageTag::parse(tag).map_err(|error| self.fault(tag, error.to_string())).ok()
    }

    pub(crate) fn slug(&mut self, name: &str) -> Option<Slug> {
        Slug::parse(name).map_err(|error| self.fault(name, error.to_string())).ok()
    }

    pub(crate) fn facet(&mut self, name: &str) -> Option<Facet> {
        let facet = Facet::parse(name);
        if facet.is_none() {
            self.fault(name, format!("`{name}` is no facet"));
        }
        facet
    }

    /// Facets by name, or every one of them for `["all"]`.
    pub(crate) fn facets_or_all(&mut self, names: &[String]) -> Vec<Facet> {
        if names == ["all"] { Facet::ALL.to_vec() } else { names.iter().filter_map(|name| self.facet(name)).collect() }
    }

    pub(crate) fn slugs(&mut self, names: &[String]) -> Vec<Slug> {
        names.iter().filter_map(|name| self.slug(name)).collect()
    }

    /// A text; `what` names it in the message if its German is missing.
    pub(crate) fn localized(&mut self, texts: &TextShape, what: &str) -> Option<LocalizedText> {
        let tagged: Vec<_> = texts.iter().filter_map(|(tag, text)| Some((self.language(tag)?, text.clone()))).collect();
        match LocalizedText::new(tagged) {
            Ok(text) => {
                for url in links(text.german()).filter(|url| !is_https(url)) {
                    self.fault(url, format!("the link `{url}` in {what} must be a complete https:// address"));
                }
                Some(text)
            }
            Err(error) => {
                self.fault(&format!("[{what}]"), format!("{what}: {error}; add `{what}.de`"));
                None
            }
        }
    }

    pub(crate) fn optional(&mut self, texts: Option<&TextShape>, what: &str) -> Option<LocalizedText> {
        texts.and_then(|texts| self.localized(texts, what))
    }

    pub(crate) fn words(&mut self, words: WordsShape) -> BTreeMap<LanguageTag, Vec<String>> {
        words.into_iter().filter_map(|(tag, list)| Some((self.language(&tag)?, list))).collect()
    }

    pub(crate) fn date(&mut self, key: &str, text: &str) -> Option<NaiveDate> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .map_err(|_| self.fault(text, format!("`{key}` must be a date such as \"2026-11-22\", not \"{text}\"")))
            .ok()
    }

    /// A date no more precise than it is known.
    pub(crate) fn as_of(&mut self, key: &str, text: &str) -> Option<AsOf> {
        AsOf::parse(text).map_err(|error| self.fault(text, format!("`{key}`: {error}"))).ok()
    }

    pub(crate) fn publication(&mut self, revision: u64, checked_on: &str, review_by: &str) -> Option<Publication> {
        let checked_on = self.date("checked_on", checked_on);
        let review_by = self.date("review_by", review_by);
        Some(Publication { revision, checked_on: checked_on?, review_by: review_by? })
    }

    pub(crate) fn sources(&mut self, shapes: Vec<SourceShape>) -> Vec<Source> {
        let mut sources = Vec::new();
        for shape in shapes {
            if let Some(url) = shape.url.as_deref().filter(|url| !is_https(url)) {
                self.fault(url, format!("the source address `{url}` must be a complete https:// address"));
            }
            sources.push(Source { id: shape.id, title: shape.title, as_of: shape.as_of, url: shape.url });
        }
        sources
    }
}

/// Whether this is a complete `https` address.
pub(crate) fn is_https(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| url.scheme() == "https" && url.host().is_some())
}

/// The addresses of the `[label](address)` links in a markdown text.
fn links(markdown: &str) -> impl Iterator<Item = &str> {
    markdown.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(url, _)| url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_date_is_named_with_its_line() {
        let text = "slug = \"a\"\n[fee]\nas_of = \"Frühjahr 2024\"\n";
        let mut reader = Reader::new("a.toml", text);
        assert_eq!(reader.as_of("fee.as_of", "Frühjahr 2024"), None);
        let fault = reader.faults.first().expect("a fault").to_string();
        assert!(fault.starts_with("a.toml:3: `fee.as_of`: `Frühjahr 2024` is no date"), "{fault}");
    }
}
