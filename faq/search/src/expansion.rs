//! From a question to what is looked up: each of its words with everything that may stand for it in the content.

use std::collections::HashMap;

use faq_engine::language::LanguageTag;
use faq_engine::ports::{EvidenceKind, SearchQuestion};

use crate::analysis::{Analysis, without_arabic_prefix};
use crate::synonyms::Synonyms;
use crate::vocabulary::Vocabulary;

/// One word of a question, or one part of a compound.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct QuestionWord {
    /// The word, folded.
    pub(crate) word: String,
    /// What may stand for it.
    pub(crate) alternatives: Vec<Alternative>,
    /// How informative the word is, in units of inverse document frequency.
    pub(crate) weight: f32,
    /// How much the word is about the matter, 0 to 1.
    pub(crate) stress: f32,
}

/// Something that may stand for a word.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Alternative {
    /// The indexed term.
    pub(crate) term: String,
    /// Whether it is a word of another language.
    pub(crate) foreign: bool,
    /// How it stands for the word.
    pub(crate) kind: EvidenceKind,
    /// How well, 0 to 1.
    pub(crate) quality: f32,
}

/// A question has at most this many words that are looked up.
pub(crate) const MOST_WORDS: usize = 64;

const SYNONYM: f32 = 0.8;
const PART_OF_KNOWN: f32 = 0.5;
const PART: f32 = 0.9;
const ONE_ERROR: f32 = 0.85;
const TWO_ERRORS: f32 = 0.7;
/// A foreign word in a German question may be a coincidence.
const FOREIGN_IN_GERMAN: f32 = 0.6;
/// A word that names an aspect ("kostet") or a place weighs little beside one that names the matter.
const FAINT: f32 = 0.15;
/// A foreign dictionary of search words knows few of a language's words, so an unknown one says little.
const UNKNOWN_FOREIGN: f32 = 0.1;
/// An unknown word weighs less than the rarest known one: most are names and colour, not the matter.
const UNKNOWN: f32 = 0.6;

/// Reads a question.
pub(crate) fn expand(
    question: &SearchQuestion,
    analysis: &Analysis,
    vocabulary: &Vocabulary,
    synonyms: &HashMap<LanguageTag, Synonyms>,
) -> Vec<QuestionWord> {
    let SearchQuestion { text, language, faint } = question;
    let words = faq_engine::understanding::text::words(text);
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    // German words are understood in every language: people mix.
    let meanings: Vec<&Synonyms> =
        [language, &LanguageTag::german()].into_iter().filter_map(|tag| synonyms.get(tag)).collect();
    let reader = Expansion { language, analysis, vocabulary };
    let mut read_words: Vec<QuestionWord> = Vec::new();
    let mut index = 0;
    while index < folded.len() && read_words.len() < MOST_WORDS {
        let meaning = meanings.iter().find_map(|synonyms| synonyms.at(&folded, index));
        let length = meaning.map_or(1, |(length, _)| length);
        if length == 1 && analysis.is_stop_word(language, folded[index]) && meaning.is_none() {
            index += 1;
            continue;
        }
        let mut read = reader.word(folded[index]);
        if let Some((length, terms)) = meaning {
            if length > 1 {
                // "zb ii" is one meaning; its words by themselves mean nothing.
                read = vec![reader.phrase(&folded[index..index + length])];
            }
            reader.add_synonyms(&mut read, terms);
        }
        if (index..index + length).all(|position| faint.contains(&position)) {
            for word in &mut read {
                word.stress = FAINT;
                word.weight *= FAINT;
            }
        }
        read_words.extend(read);
        index += length;
    }
    read_words.truncate(MOST_WORDS);
    read_words
}

struct Expansion<'a> {
    language: &'a LanguageTag,
    analysis: &'a Analysis,
    vocabulary: &'a Vocabulary,
}

impl Expansion<'_> {
    fn word(&self, folded: &str) -> Vec<QuestionWord> {
        let mut alternatives = Vec::new();
        let term = self.vocabulary.term_of(folded).map_or_else(|| self.analysis.stem(folded), str::to_owned);
        if self.vocabulary.has_term(&term) {
            alternatives.push(german(term.clone(), EvidenceKind::Exact, 1.0));
        }
        alternatives.extend(self.foreign(folded));
        if alternatives.is_empty() {
            let parts = self.parts(folded);
            if !parts.is_empty() {
                return parts;
            }
            alternatives.extend(self.corrected(folded));
            if alternatives.is_empty() {
                let unknown = if self.language.is_german() { UNKNOWN } else { UNKNOWN_FOREIGN };
                let weight = self.vocabulary.informativeness(&term) * unknown;
                return vec![QuestionWord { word: folded.to_owned(), alternatives, weight, stress: 1.0 }];
            }
        } else {
            let parts = self.vocabulary.parts_of(folded).iter();
            let parts = parts.filter(|part| self.vocabulary.has_term(part) && **part != term);
            alternatives.extend(parts.map(|part| german(part.clone(), EvidenceKind::CompoundPart, PART_OF_KNOWN)));
        }
        vec![QuestionWord { word: folded.to_owned(), weight: self.weight(&alternatives), alternatives, stress: 1.0 }]
    }

    /// A phrase of several words that is one meaning.
    fn phrase(&self, folded: &[&str]) -> QuestionWord {
        let alternatives: Vec<Alternative> = folded
            .iter()
            .map(|word| self.analysis.stem(word))
            .filter(|term| self.vocabulary.has_term(term))
            .map(|term| german(term, EvidenceKind::CompoundPart, PART_OF_KNOWN))
            .collect();
        QuestionWord { word: folded.join(" "), weight: self.weight(&alternatives), alternatives, stress: 1.0 }
    }

    /// A compound the content lacks as a whole becomes its parts, each looked up by itself.
    fn parts(&self, folded: &str) -> Vec<QuestionWord> {
        let parts = self.vocabulary.compounds.split(folded);
        let mut read = Vec::new();
        for part in parts {
            let term = self.analysis.stem(&part);
            if self.analysis.is_stop_word(self.language, &part) {
                continue;
            }
            let mut alternatives = Vec::new();
            if self.vocabulary.has_term(&term) {
                alternatives.push(german(term.clone(), EvidenceKind::CompoundPart, PART));
            } else {
                alternatives.extend(self.corrected(&part));
            }
            let weight = if alternatives.is_empty() {
                self.vocabulary.informativeness(&term) * UNKNOWN / 2.0
            } else {
                self.weight(&alternatives)
            };
            read.push(QuestionWord { word: part, alternatives, weight, stress: 1.0 });
        }
        if read.iter().all(|word| word.alternatives.is_empty()) { Vec::new() } else { read }
    }

    fn corrected(&self, folded: &str) -> Vec<Alternative> {
        let corrections = self.vocabulary.typos.corrections(folded).into_iter();
        corrections
            .filter_map(|(word, errors)| {
                let term = self.vocabulary.term_of(word)?.to_owned();
                Some(german(term, EvidenceKind::Typo, if errors == 1 { ONE_ERROR } else { TWO_ERRORS }))
            })
            .collect()
    }

    fn foreign(&self, folded: &str) -> Vec<Alternative> {
        let word = without_arabic_prefix(folded);
        if self.language.is_german() {
            // In a German question only the very word counts: a common beginning is a coincidence.
            let exact = |term: &str| Alternative {
                term: term.to_owned(),
                foreign: true,
                kind: EvidenceKind::Exact,
                quality: FOREIGN_IN_GERMAN,
            };
            return self.vocabulary.has_foreign(word).then(|| exact(word)).into_iter().collect();
        }
        let alike = self.vocabulary.foreign_like(word).into_iter();
        alike
            .map(|(word, share)| Alternative {
                term: word.to_owned(),
                foreign: true,
                kind: if share >= 1.0 { EvidenceKind::Exact } else { EvidenceKind::Prefix },
                quality: share,
            })
            .collect()
    }

    fn add_synonyms(&self, read: &mut [QuestionWord], terms: &[String]) {
        let Some(word) = read.last_mut() else { return };
        for term in terms {
            let known =
                |alternative: &Alternative| alternative.term == *term && alternative.kind != EvidenceKind::CompoundPart;
            if word.alternatives.iter().any(known) {
                continue;
            }
            if self.vocabulary.has_term(term) {
                word.alternatives.push(german(term.clone(), EvidenceKind::Synonym, SYNONYM));
            }
            if self.vocabulary.has_foreign(term) && !self.language.is_german() {
                let (term, kind) = (term.clone(), EvidenceKind::Synonym);
                word.alternatives.push(Alternative { term, foreign: true, kind, quality: SYNONYM });
            }
        }
        if !word.alternatives.is_empty() {
            word.weight = self.weight(&word.alternatives);
        }
    }

    /// A word is as informative as the best thing that may stand for it exactly, else as the best at all.
    fn weight(&self, alternatives: &[Alternative]) -> f32 {
        let informativeness = |alternative: &Alternative| {
            if alternative.foreign {
                self.vocabulary.foreign_informativeness(&alternative.term)
            } else {
                self.vocabulary.informativeness(&alternative.term)
            }
        };
        let exact = alternatives.iter().filter(|a| a.kind == EvidenceKind::Exact).map(informativeness).reduce(f32::min);
        exact.or_else(|| alternatives.iter().map(informativeness).reduce(f32::min)).unwrap_or(0.0)
    }
}

fn german(term: String, kind: EvidenceKind, quality: f32) -> Alternative {
    Alternative { term, foreign: false, kind, quality }
}
