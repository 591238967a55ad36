//! From a question to what is looked up: each of its words with everything that may stand for it in the content.

use std::sync::Arc;

use faq_engine::language::LanguageTag;
use faq_engine::ports::{EvidenceKind, SearchQuestion};
use faq_engine::understanding::text::Word;

use crate::analysis::{Analysis, without_arabic_prefix};
use crate::synonyms::Synonyms;
use crate::vocabulary::{TermId, Vocabulary};

/// One word of a question, or one part of a compound.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct QuestionWord {
    /// The word, folded.
    pub(crate) word: Arc<str>,
    /// What may stand for it.
    pub(crate) alternatives: Vec<Alternative>,
    /// How informative the word is, in units of inverse document frequency.
    pub(crate) weight: f32,
    /// How much the word is about the matter, 0 to 1.
    pub(crate) stress: f32,
}

/// Something that may stand for a word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Alternative {
    /// The indexed term.
    pub(crate) term: TermId,
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
pub(crate) const ONE_ERROR: f32 = 0.85;
const TWO_ERRORS: f32 = 0.7;
const ABBREVIATED: f32 = 0.7;
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
    meanings: &[&Synonyms],
) -> Vec<QuestionWord> {
    let SearchQuestion { words, language, faint, topics: _ } = question;
    let reader = Expansion { language, analysis, vocabulary };
    let mut read_words: Vec<QuestionWord> = Vec::new();
    let mut index = 0;
    while index < words.len() && read_words.len() < MOST_WORDS {
        let meaning = meanings.iter().find_map(|synonyms| synonyms.at(words, index));
        let length = meaning.map_or(1, |(length, _)| length);
        let folded = &words[index].folded;
        if meaning.is_none() && analysis.is_stop_word(language, folded) {
            index += 1;
            continue;
        }
        let mut read = reader.word(folded);
        if let Some((length, terms)) = meaning {
            if length > 1 {
                // "zb ii" is one meaning; its words by themselves mean nothing.
                read = vec![reader.phrase(&words[index..index + length])];
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
        let known = self.vocabulary.word(folded);
        let term = known.map(|word| word.term).or_else(|| self.vocabulary.german(&self.analysis.stem(folded)));
        alternatives.extend(term.map(|term| Alternative { term, kind: EvidenceKind::Exact, quality: 1.0 }));
        alternatives.extend(self.foreign(folded));
        if alternatives.is_empty() {
            // Two parts make a compound; one beside a particle may as well be a typing error ("ausweiß", no "aus-weiß").
            let parts = self.parts(folded);
            if parts.len() > 1 {
                return parts;
            }
            alternatives.extend(self.corrected(folded));
            if alternatives.is_empty() && !parts.is_empty() {
                return parts;
            }
            if alternatives.is_empty() {
                alternatives.extend(self.abbreviated(folded));
            }
            if alternatives.is_empty() {
                let unknown = if self.language.is_german() { UNKNOWN } else { UNKNOWN_FOREIGN };
                let weight = self.vocabulary.most_informative() * unknown;
                return vec![QuestionWord { word: folded.into(), alternatives, weight, stress: 1.0 }];
            }
        } else {
            let parts = known.map_or(&[][..], |word| &word.parts).iter();
            alternatives.extend(parts.map(|part| Alternative {
                term: *part,
                kind: EvidenceKind::CompoundPart,
                quality: PART_OF_KNOWN,
            }));
        }
        vec![QuestionWord { word: folded.into(), weight: self.weight(&alternatives), alternatives, stress: 1.0 }]
    }

    /// A phrase of several words that is one meaning.
    fn phrase(&self, words: &[Word]) -> QuestionWord {
        let term = |word: &Word| {
            let foreign = || self.vocabulary.foreign(without_arabic_prefix(&word.folded));
            let german = self.vocabulary.german(&self.analysis.stem(&word.folded));
            if self.language.is_german() { german } else { german.or_else(foreign) }
        };
        let terms = words.iter().filter_map(term);
        let part = |term| Alternative { term, kind: EvidenceKind::CompoundPart, quality: PART_OF_KNOWN };
        let alternatives: Vec<Alternative> = terms.map(part).collect();
        let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        QuestionWord { word: folded.join(" ").into(), weight: self.weight(&alternatives), alternatives, stress: 1.0 }
    }

    /// A compound the content lacks as a whole becomes its parts, each looked up by itself.
    fn parts(&self, folded: &str) -> Vec<QuestionWord> {
        let mut read = Vec::new();
        for part in self.vocabulary.compounds.split(folded) {
            if self.analysis.is_stop_word(self.language, &part) {
                continue;
            }
            let alternatives = match self.vocabulary.german(&self.analysis.stem(&part)) {
                Some(term) => vec![Alternative { term, kind: EvidenceKind::CompoundPart, quality: PART }],
                None => self.corrected(&part),
            };
            let weight = if alternatives.is_empty() {
                self.vocabulary.most_informative() * UNKNOWN / 2.0
            } else {
                self.weight(&alternatives)
            };
            read.push(QuestionWord { word: part.into(), alternatives, weight, stress: 1.0 });
        }
        if read.iter().all(|word| word.alternatives.is_empty()) { Vec::new() } else { read }
    }

    fn corrected(&self, folded: &str) -> Vec<Alternative> {
        let corrections = self.vocabulary.typos.corrections(folded).into_iter();
        corrections
            .filter_map(|(word, errors)| {
                let term = self.vocabulary.word(word)?.term;
                let quality = if errors == 1 { ONE_ERROR } else { TWO_ERRORS };
                Some(Alternative { term, kind: EvidenceKind::Typo, quality })
            })
            .collect()
    }

    /// "Verschl." is what begins so, if not too many words do.
    fn abbreviated(&self, folded: &str) -> Vec<Alternative> {
        const SHORTEST: usize = 4;
        const MOST: usize = 3;
        if !self.language.is_german() || folded.chars().count() < SHORTEST {
            return Vec::new();
        }
        let words = self.vocabulary.typos.continuations(folded);
        let mut terms: Vec<TermId> = words.filter_map(|word| Some(self.vocabulary.word(word)?.term)).collect();
        terms.dedup();
        if terms.len() > MOST {
            return Vec::new();
        }
        let alternative = |term| Alternative { term, kind: EvidenceKind::Prefix, quality: ABBREVIATED };
        terms.into_iter().map(alternative).collect()
    }

    fn foreign(&self, folded: &str) -> Vec<Alternative> {
        let word = without_arabic_prefix(folded);
        if self.language.is_german() {
            // In a German question only the very word counts: a common beginning is a coincidence.
            let exact = |term| Alternative { term, kind: EvidenceKind::Exact, quality: FOREIGN_IN_GERMAN };
            return self.vocabulary.foreign(word).map(exact).into_iter().collect();
        }
        let alike = self.vocabulary.foreign_like(word).into_iter();
        alike
            .map(|(term, share)| Alternative {
                term,
                kind: if share >= 1.0 { EvidenceKind::Exact } else { EvidenceKind::Prefix },
                quality: share,
            })
            .collect()
    }

    fn add_synonyms(&self, read: &mut [QuestionWord], terms: &[TermId]) {
        let Some(word) = read.last_mut() else { return };
        for term in terms {
            let known =
                |alternative: &Alternative| alternative.term == *term && alternative.kind != EvidenceKind::CompoundPart;
            let is_out_of_place = self.language.is_german() && self.vocabulary.is_foreign(*term);
            if !is_out_of_place && !word.alternatives.iter().any(known) {
                word.alternatives.push(Alternative { term: *term, kind: EvidenceKind::Synonym, quality: SYNONYM });
            }
        }
        if !word.alternatives.is_empty() {
            word.weight = self.weight(&word.alternatives);
        }
    }

    /// A word is as informative as the best thing that may stand for it exactly, else as the best at all.
    fn weight(&self, alternatives: &[Alternative]) -> f32 {
        let informativeness = |alternative: &Alternative| self.vocabulary.informativeness(alternative.term);
        let exact = alternatives.iter().filter(|a| a.kind == EvidenceKind::Exact).map(informativeness).reduce(f32::min);
        exact.or_else(|| alternatives.iter().map(informativeness).reduce(f32::min)).unwrap_or(0.0)
    }
}
