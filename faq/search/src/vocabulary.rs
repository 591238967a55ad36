//! What the content knows: its terms with their weight, its words for correcting typing errors and splitting compounds.

use std::collections::{BTreeMap, BTreeSet};

use faq_engine::language::LanguageTag;
use faq_engine::ports::{IndexDocument, PassageRole};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::{Analysis, SearchLanguages, Token};
use crate::compounds::CompoundSplitter;
use crate::typos::TypoDictionary;

/// In how many documents a term occurs.
#[derive(Debug, Clone, Copy, Default)]
struct Frequency {
    /// Documents that are asked for with it: it is in a name or a phrasing.
    asked_for: u32,
    /// Documents that have it only in the prose of the answer.
    only_in_prose: u32,
}

impl Frequency {
    /// That many answers ask for an identity card does not make "Personalausweis" a word without meaning: where people
    /// ask with a term, its occurrences in prose count little.
    fn documents(&self) -> f32 {
        const BESIDE_NAMES: f32 = 0.25;
        match self.asked_for {
            0 => self.only_in_prose as f32,
            asked_for => asked_for as f32 + BESIDE_NAMES * self.only_in_prose as f32,
        }
    }
}

/// The content's words.
pub(crate) struct Vocabulary {
    /// In how many documents a German term occurs.
    document_frequency: FxHashMap<String, Frequency>,
    /// Folded German words and their terms.
    words: FxHashMap<String, String>,
    /// The terms of the parts of those of them that are compounds: taken apart once, not with every question.
    parts: FxHashMap<String, Vec<String>>,
    /// Folded words of the other languages, ordered so that words with a common beginning are neighbours.
    foreign: BTreeMap<String, u32>,
    documents: u32,
    pub(crate) compounds: CompoundSplitter,
    pub(crate) typos: TypoDictionary,
}

impl Vocabulary {
    /// Reads the content once.
    pub(crate) fn learn(documents: &[IndexDocument], analysis: &Analysis, languages: &SearchLanguages) -> Self {
        let mut words: FxHashMap<String, String> = FxHashMap::default();
        for (language, text) in passages(documents, |role| role != PassageRole::Body) {
            if language.is_german() {
                words.extend(analysis.tokens(text, language).into_iter().map(|Token { folded, term }| (folded, term)));
            }
        }
        let parts = languages.0.values().flat_map(|words| &words.compound_parts);
        let parts = parts.map(|part| faq_engine::understanding::text::fold(part));
        let compounds = CompoundSplitter::new(words.keys().cloned().chain(parts));
        // The body's words come after the splitter: long prose would teach it fragments that are no parts of anything.
        for (language, text) in passages(documents, |role| role == PassageRole::Body) {
            if language.is_german() {
                for Token { folded, term } in analysis.tokens(text, language) {
                    words.entry(folded).or_insert(term);
                }
            }
        }
        let mut vocabulary = Self {
            document_frequency: FxHashMap::default(),
            foreign: BTreeMap::new(),
            documents: documents.len() as u32,
            typos: TypoDictionary::new(words.keys().cloned().collect::<BTreeSet<_>>()),
            parts: parts_of_words(&words, &compounds, analysis),
            words,
            compounds,
        };
        vocabulary.count(documents, analysis);
        vocabulary
    }

    fn count(&mut self, documents: &[IndexDocument], analysis: &Analysis) {
        for document in documents {
            let mut german: FxHashMap<String, bool> = FxHashMap::default();
            let mut foreign: FxHashSet<String> = FxHashSet::default();
            for passage in &document.passages {
                for token in analysis.tokens(&passage.text, &passage.language) {
                    if passage.language.is_german() {
                        let is_asked_for = passage.role != PassageRole::Body;
                        for (term, _) in self.indexed_terms(&token, analysis) {
                            *german.entry(term).or_default() |= is_asked_for;
                        }
                    } else {
                        foreign.insert(token.term);
                    }
                }
            }
            for (term, is_asked_for) in german {
                let frequency = self.document_frequency.entry(term).or_default();
                if is_asked_for {
                    frequency.asked_for += 1;
                } else {
                    frequency.only_in_prose += 1;
                }
            }
            foreign.into_iter().for_each(|word| *self.foreign.entry(word).or_default() += 1);
        }
    }

    /// The terms under which a word of the content is indexed: its own, and its parts if it is a compound (`true`).
    pub(crate) fn indexed_terms(&self, token: &Token, analysis: &Analysis) -> Vec<(String, bool)> {
        let mut terms = vec![(token.term.clone(), false)];
        for part in self.compounds.split(&token.folded) {
            let term = analysis.stem(&part);
            if !terms.iter().any(|(known, _)| *known == term) {
                terms.push((term, true));
            }
        }
        terms
    }

    /// The terms of the parts of a folded German word the content has; empty if it is no compound.
    pub(crate) fn parts_of(&self, folded: &str) -> &[String] {
        self.parts.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Whether the content has this German term.
    pub(crate) fn has_term(&self, term: &str) -> bool {
        self.document_frequency.contains_key(term)
    }

    /// Whether the content has this folded word of another language.
    pub(crate) fn has_foreign(&self, folded: &str) -> bool {
        self.foreign.contains_key(folded)
    }

    /// The term of a folded German word the content has.
    pub(crate) fn term_of(&self, folded: &str) -> Option<&str> {
        self.words.get(folded).map(String::as_str)
    }

    /// How informative a German term is (inverse document frequency); a term the content lacks is the most informative.
    pub(crate) fn informativeness(&self, term: &str) -> f32 {
        self.idf(self.document_frequency.get(term).map_or(0.0, Frequency::documents))
    }

    /// The same for a foreign word.
    pub(crate) fn foreign_informativeness(&self, folded: &str) -> f32 {
        self.idf(self.foreign.get(folded).copied().unwrap_or(0) as f32)
    }

    fn idf(&self, frequency: f32) -> f32 {
        let (n, df) = (self.documents as f32, frequency);
        (1.0 + (n - df + 0.5) / (df + 0.5)).ln()
    }

    /// Foreign words of the content that begin like this one, with the share of letters they have in common. Languages
    /// with many endings (Turkish, Polish, Russian) meet their dictionary forms this way.
    pub(crate) fn foreign_like(&self, folded: &str) -> Vec<(&str, f32)> {
        const SHORTEST_COMMON: usize = 4;
        const LEAST_SHARE: f32 = 0.6;
        if self.foreign.contains_key(folded) {
            return self.foreign.get_key_value(folded).map(|(word, _)| (word.as_str(), 1.0)).into_iter().collect();
        }
        let letters: Vec<char> = folded.chars().collect();
        if letters.len() < SHORTEST_COMMON {
            return Vec::new();
        }
        let beginning: String = letters[..SHORTEST_COMMON].iter().collect();
        let mut alike: Vec<(&str, f32)> = self
            .foreign
            .range(beginning.clone()..)
            .map(|(word, _)| word.as_str())
            .take_while(|word| word.starts_with(beginning.as_str()))
            .filter_map(|word| {
                let common = word.chars().zip(&letters).take_while(|(a, b)| a == *b).count();
                let share = common as f32 / word.chars().count().max(letters.len()) as f32;
                (share >= LEAST_SHARE).then_some((word, share))
            })
            .collect();
        alike.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        alike.truncate(4);
        alike
    }
}

fn parts_of_words(
    words: &FxHashMap<String, String>,
    compounds: &CompoundSplitter,
    analysis: &Analysis,
) -> FxHashMap<String, Vec<String>> {
    let parts = words.keys().map(|word| {
        let parts: Vec<String> = compounds.split(word).iter().map(|part| analysis.stem(part)).collect();
        (word.clone(), parts)
    });
    parts.filter(|(_, parts)| !parts.is_empty()).collect()
}

fn passages<'d>(
    documents: &'d [IndexDocument],
    wanted: impl Fn(PassageRole) -> bool + 'd,
) -> impl Iterator<Item = (&'d LanguageTag, &'d str)> {
    let all = documents.iter().flat_map(|document| &document.passages);
    all.filter(move |passage| wanted(passage.role)).map(|passage| (&passage.language, passage.text.as_str()))
}
