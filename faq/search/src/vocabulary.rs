//! What the content knows: its terms with their weight, its words for correcting typing errors and splitting compounds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use faq_engine::ports::PassageRole;
use faq_engine::understanding::text::fold;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::{Analysis, SearchLanguages};
use crate::compounds::CompoundSplitter;
use crate::passages::{ReadDocument, ReadPassage};
use crate::typos::TypoDictionary;

/// A term of the content: the stem of a German word, or a folded word of another language. Terms are numbers once they
/// are learned, so that a question compares no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TermId(u32);

/// What is known about a term.
#[derive(Debug)]
struct Term {
    text: Arc<str>,
    is_foreign: bool,
    /// Inverse document frequency.
    informativeness: f32,
}

/// A German word of the content.
#[derive(Debug)]
pub(crate) struct KnownWord {
    pub(crate) term: TermId,
    /// The other terms under which it is indexed, if it is a compound: taken apart once, not with every question.
    pub(crate) parts: Vec<TermId>,
}

/// The content's words.
pub(crate) struct Vocabulary {
    terms: Vec<Term>,
    /// German terms.
    german: FxHashMap<String, TermId>,
    /// Folded German words.
    words: FxHashMap<String, KnownWord>,
    /// Folded words of the other languages.
    foreign: FxHashMap<String, TermId>,
    /// The same in order, so that words with a common beginning are neighbours.
    foreign_in_order: BTreeMap<String, TermId>,
    documents: u32,
    pub(crate) compounds: CompoundSplitter,
    pub(crate) typos: TypoDictionary,
}

impl Vocabulary {
    /// Reads the content once.
    pub(crate) fn learn(documents: &[ReadDocument], analysis: &Analysis, languages: &SearchLanguages) -> Self {
        let asked = german_words(documents, |role| !role.is_prose());
        let building_blocks = languages.0.values().flat_map(|words| &words.compound_parts);
        let building_blocks = building_blocks.map(|part| fold(part));
        // The prose of the answers stays outside the splitter: it would teach it fragments that are no parts of
        // anything.
        let compounds = CompoundSplitter::new(asked.into_iter().map(str::to_owned).chain(building_blocks));
        let words = german_words(documents, |_| true);
        let mut vocabulary = Self {
            terms: Vec::new(),
            german: FxHashMap::default(),
            words: FxHashMap::default(),
            foreign: FxHashMap::default(),
            foreign_in_order: BTreeMap::new(),
            documents: documents.iter().filter(|document| document.is_ranked()).count() as u32,
            typos: TypoDictionary::new(words.iter().map(|word| (*word).to_owned())),
            compounds,
        };
        for word in words {
            let known = vocabulary.learn_word(word, analysis);
            vocabulary.words.insert(word.to_owned(), known);
        }
        for word in words_of(documents, |passage| !passage.is_german) {
            let next = TermId(vocabulary.terms.len() as u32);
            vocabulary.terms.push(Term { text: word.into(), is_foreign: true, informativeness: 0.0 });
            vocabulary.foreign.insert(word.to_owned(), next);
            vocabulary.foreign_in_order.insert(word.to_owned(), next);
        }
        vocabulary.weigh(documents);
        vocabulary
    }

    fn learn_word(&mut self, folded: &str, analysis: &Analysis) -> KnownWord {
        let term = self.learn_german(analysis.stem(folded));
        let mut parts = Vec::new();
        for part in self.compounds.split(folded) {
            let part = self.learn_german(analysis.stem(&part));
            if part != term && !parts.contains(&part) {
                parts.push(part);
            }
        }
        KnownWord { term, parts }
    }

    fn learn_german(&mut self, text: String) -> TermId {
        let next = TermId(self.terms.len() as u32);
        let id = *self.german.entry(text.clone()).or_insert(next);
        if id == next {
            self.terms.push(Term { text: text.into(), is_foreign: false, informativeness: 0.0 });
        }
        id
    }

    /// Counts in how many documents each term occurs.
    fn weigh(&mut self, documents: &[ReadDocument]) {
        let mut frequencies = vec![Frequency::default(); self.terms.len()];
        for document in documents {
            let mut asked_for: FxHashMap<TermId, bool> = FxHashMap::default();
            for passage in document.ranked() {
                // Words of other languages are there to be asked with, in whatever role.
                let is_asked_for = !passage.is_german || !passage.role.is_prose();
                for (term, _) in self.indexed_terms(passage) {
                    *asked_for.entry(term).or_default() |= is_asked_for;
                }
            }
            for (term, is_asked_for) in asked_for {
                let frequency = &mut frequencies[term.0 as usize];
                if is_asked_for {
                    frequency.asked_for += 1;
                } else {
                    frequency.only_in_prose += 1;
                }
            }
        }
        for (index, frequency) in frequencies.into_iter().enumerate() {
            self.terms[index].informativeness = self.idf(frequency.documents());
        }
    }

    /// The terms under which a passage is indexed: those of its words, and the parts of its compounds (`true`).
    pub(crate) fn indexed_terms<'v>(&'v self, passage: &'v ReadPassage) -> impl Iterator<Item = (TermId, bool)> + 'v {
        passage.words.iter().flat_map(|word| {
            let foreign = (!passage.is_german).then(|| self.foreign.get(word.as_str())).flatten();
            let german = if passage.is_german { self.words.get(word.as_str()) } else { None };
            let own = foreign.copied().or(german.map(|known| known.term)).map(|term| (term, false));
            own.into_iter().chain(german.into_iter().flat_map(|known| known.parts.iter().map(|part| (*part, true))))
        })
    }

    /// Every term.
    pub(crate) fn terms(&self) -> impl Iterator<Item = TermId> + use<> {
        (0..self.terms.len() as u32).map(TermId)
    }

    /// A folded German word the content has.
    pub(crate) fn word(&self, folded: &str) -> Option<&KnownWord> {
        self.words.get(folded)
    }

    /// A German term the content has.
    pub(crate) fn german(&self, term: &str) -> Option<TermId> {
        self.german.get(term).copied()
    }

    /// Whether the content has this German word in any form.
    pub(crate) fn knows_form(&self, folded: &str, analysis: &Analysis) -> bool {
        self.words.contains_key(folded) || self.german.contains_key(&analysis.stem(folded))
    }

    /// A folded word of another language the content has.
    pub(crate) fn foreign(&self, folded: &str) -> Option<TermId> {
        self.foreign.get(folded).copied()
    }

    /// A term as it is indexed.
    pub(crate) fn text(&self, term: TermId) -> &Arc<str> {
        &self.terms[term.0 as usize].text
    }

    /// Whether a term is a word of another language.
    pub(crate) fn is_foreign(&self, term: TermId) -> bool {
        self.terms[term.0 as usize].is_foreign
    }

    /// How informative a term is (inverse document frequency).
    pub(crate) fn informativeness(&self, term: TermId) -> f32 {
        self.terms[term.0 as usize].informativeness
    }

    /// How informative a word is that the content lacks: nothing is rarer.
    pub(crate) fn most_informative(&self) -> f32 {
        self.idf(0.0)
    }

    fn idf(&self, frequency: f32) -> f32 {
        let (n, df) = (self.documents as f32, frequency);
        (1.0 + (n - df + 0.5) / (df + 0.5)).ln()
    }

    /// Foreign words of the content that begin like this one, with the share of letters they have in common. Languages
    /// with many endings (Turkish, Polish, Russian) meet their dictionary forms this way.
    pub(crate) fn foreign_like(&self, folded: &str) -> Vec<(TermId, f32)> {
        const SHORTEST_COMMON: usize = 4;
        const LEAST_SHARE: f32 = 0.6;
        const MOST: usize = 4;
        if let Some(term) = self.foreign(folded) {
            return vec![(term, 1.0)];
        }
        let letters: Vec<char> = folded.chars().collect();
        if letters.len() < SHORTEST_COMMON {
            return Vec::new();
        }
        let beginning: String = letters[..SHORTEST_COMMON].iter().collect();
        let mut alike: Vec<(&str, TermId, f32)> = self
            .foreign_in_order
            .range(beginning.clone()..)
            .map(|(word, term)| (word.as_str(), *term))
            .take_while(|(word, _)| word.starts_with(beginning.as_str()))
            .filter_map(|(word, term)| {
                let common = word.chars().zip(&letters).take_while(|(a, b)| a == *b).count();
                let share = common as f32 / word.chars().count().max(letters.len()) as f32;
                (share >= LEAST_SHARE).then_some((word, term, share))
            })
            .collect();
        alike.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| a.0.cmp(b.0)));
        alike.into_iter().take(MOST).map(|(_, term, share)| (term, share)).collect()
    }
}

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

/// The German words of passages in these roles, in order, so that terms have the same numbers on every run.
fn german_words(documents: &[ReadDocument], wanted: impl Fn(PassageRole) -> bool) -> BTreeSet<&str> {
    words_of(documents, |passage| passage.is_german && wanted(passage.role))
}

fn words_of(documents: &[ReadDocument], wanted: impl Fn(&ReadPassage) -> bool) -> BTreeSet<&str> {
    let passages = documents.iter().flat_map(|document| &document.0).filter(|passage| wanted(passage));
    let words: FxHashSet<&str> = passages.flat_map(|passage| passage.words.iter().map(String::as_str)).collect();
    words.into_iter().collect()
}
