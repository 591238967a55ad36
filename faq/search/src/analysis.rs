//! From text to terms: folding, stop words, stems.

use std::collections::HashMap;

use faq_engine::language::LanguageTag;
use faq_engine::understanding::text::{fold, words};
use rustc_hash::FxHashSet;
use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer, TokenStream};

use crate::separable::infinitive;

/// What search knows about a language.
#[derive(Debug, Clone, Default)]
pub struct LanguageWords {
    /// Words that carry no topic.
    pub stop_words: Vec<String>,
    /// Building blocks of compounds (German).
    pub compound_parts: Vec<String>,
    /// Groups of words that mean the same.
    pub synonyms: Vec<Vec<String>>,
}

/// What search knows about every language.
#[derive(Debug, Clone, Default)]
pub struct SearchLanguages(pub HashMap<LanguageTag, LanguageWords>);

/// Turns text into terms.
#[derive(Clone)]
pub(crate) struct Analysis {
    stemmer: TextAnalyzer,
    stop_words: HashMap<LanguageTag, FxHashSet<String>>,
    german_stop_words: FxHashSet<String>,
}

impl Analysis {
    pub(crate) fn new(languages: &SearchLanguages) -> Self {
        let stop_words = languages.0.iter().map(|(tag, words)| {
            let folded = words.stop_words.iter().map(|word| fold(word)).collect();
            (tag.clone(), folded)
        });
        let stop_words: HashMap<LanguageTag, FxHashSet<String>> = stop_words.collect();
        Self {
            stemmer: TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(Language::German)).build(),
            german_stop_words: stop_words.get(&LanguageTag::german()).cloned().unwrap_or_default(),
            stop_words,
        }
    }

    /// The German stem of a folded word. Folding before stemming makes `ü`, `ue` and `u` meet whatever the stemmer does.
    pub(crate) fn stem(&self, folded: &str) -> String {
        let infinitive = infinitive(folded);
        let mut stemmer = self.stemmer.clone();
        let mut stream = stemmer.token_stream(&infinitive);
        if stream.advance() { stream.token().text.clone() } else { infinitive.to_string() }
    }

    /// The indexed form of a folded word.
    pub(crate) fn term(&self, folded: &str, language: &LanguageTag) -> String {
        if language.is_german() { self.stem(folded) } else { without_arabic_prefix(folded).to_owned() }
    }

    /// Whether a folded word carries no topic in this language. German stop words count everywhere: people mix.
    pub(crate) fn is_stop_word(&self, language: &LanguageTag, folded: &str) -> bool {
        self.german_stop_words.contains(folded)
            || self.stop_words.get(language).is_some_and(|words| words.contains(folded))
    }

    /// The folded words of a text without stop words.
    pub(crate) fn telling_words(&self, text: &str, language: &LanguageTag) -> Vec<String> {
        let folded = words(text).into_iter().map(|word| word.folded);
        folded.filter(|word| !self.is_stop_word(language, word)).collect()
    }
}

/// An Arabic word without the article and the particles written together with it ("والسيارة" is "and the car"). Words of
/// other scripts stay as they are.
pub(crate) fn without_arabic_prefix(folded: &str) -> &str {
    const PREFIXES: [&str; 9] = ["وبال", "وال", "بال", "كال", "فال", "لل", "ال", "و", "ب"];
    const SHORTEST_REST: usize = 3;
    let stripped = PREFIXES.iter().filter_map(|prefix| folded.strip_prefix(prefix));
    stripped.into_iter().find(|rest| rest.chars().count() >= SHORTEST_REST).unwrap_or(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_words_meet_with_and_without_their_article() {
        assert_eq!(without_arabic_prefix("والسياره"), without_arabic_prefix("سياره"));
        assert_eq!(without_arabic_prefix("لوحه"), "لوحه");
        assert_eq!(without_arabic_prefix("car"), "car");
    }

    #[test]
    fn inflections_and_spellings_share_a_term() {
        let analysis = Analysis::new(&SearchLanguages::default());
        let german = LanguageTag::german();
        let term = |text: &str| analysis.stem(&analysis.telling_words(text, &german)[0]);
        for (a, b) in [
            ("Gebühren", "gebuehr"),
            ("Straße", "strassen"),
            ("Unterlagen", "Unterlage"),
            ("Führerscheine", "fuhrerschein"),
            ("umgemeldet", "ummelden"),
            ("abzumelden", "abmelden"),
        ] {
            assert_eq!(term(a), term(b), "{a} and {b}");
        }
    }
}
