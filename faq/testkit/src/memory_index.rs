//! An answer index that matches whole words: no stems, no synonyms, no typing errors.
//!
//! The dialogue is tested against it, so that a change of the search cannot break a test about what was asked back. It
//! keeps the port's promises; whoever writes a test gives the content the words the test uses.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use faq_engine::facet::Facet;
use faq_engine::knowledge::Thresholds;
use faq_engine::phrasebook::Languages;
use faq_engine::ports::{
    AnswerIndex, Evidence, EvidenceKind, Hit, IndexBuilder, IndexDocument, IndexError, PassageRole, SearchQuestion,
    Signals, Target,
};
use faq_engine::understanding::text::words;

/// Builds [`MemoryIndex`]es.
#[derive(Debug, Clone, Default)]
pub struct MemoryIndexBuilder {
    stop_words: BTreeSet<String>,
}

impl MemoryIndexBuilder {
    /// A builder that overlooks the stop words of these languages.
    pub fn new(languages: &Languages) -> Self {
        Self { stop_words: languages.packs().flat_map(|pack| pack.stop_words.iter().cloned()).collect() }
    }
}

impl IndexBuilder for MemoryIndexBuilder {
    fn build(&self, documents: &[IndexDocument]) -> Result<Box<dyn AnswerIndex>, IndexError> {
        let mut targets: Vec<Findable> = documents.iter().map(Findable::new).collect();
        targets.sort_by(|a, b| a.target.cmp(&b.target));
        Ok(Box::new(MemoryIndex { targets, stop_words: self.stop_words.clone() }))
    }
}

/// Finds documents that share words with the question.
#[derive(Debug)]
pub struct MemoryIndex {
    targets: Vec<Findable>,
    stop_words: BTreeSet<String>,
}

#[derive(Debug)]
struct Findable {
    target: Target,
    /// How much a match of the word says.
    words: BTreeMap<String, f32>,
    /// Messages that mean it if they say nothing else.
    whole: Vec<BTreeSet<String>>,
    phrasings: Vec<(Facet, BTreeSet<String>)>,
}

/// A match in a name says more than one in a way of asking, and that more than one in the prose.
const NAME: f32 = 1.0;
const PHRASING: f32 = 0.9;
const BODY: f32 = 0.5;
/// What is left of a word that names an aspect, a place or a time. In a whole county's content such words are frequent
/// too ("kostet"); here they would be rare.
const FAINT: f32 = 0.05;
/// What is left of a word no document has.
const UNKNOWN: f32 = 0.6;
/// A word is as rare as it would be among so many documents: thresholds are made for a whole county's content.
const FEWEST_DOCUMENTS: usize = 100;
/// Keeps a single frequent word from explaining everything.
const DOUBT: f32 = 0.7;
/// What this index is sure of is a share of words, not a fitted probability, so it has thresholds of its own.
pub(crate) const THRESHOLDS: Thresholds = Thresholds { answer: 0.44, offer: 0.3, ambiguous: 0.5 };
/// From coverage to confidence: what covers three eighths of a question is sure enough to be answered.
const BELIEVED: f32 = 1.19;

impl Findable {
    fn new(document: &IndexDocument) -> Self {
        let (words_of_it, whole, phrasings) = (BTreeMap::new(), Vec::new(), Vec::new());
        let mut findable = Self { target: document.target.clone(), words: words_of_it, whole, phrasings };
        for passage in &document.passages {
            let folded = || words(&passage.text).into_iter().map(|word| word.folded);
            let says = match passage.role {
                PassageRole::Whole => {
                    findable.whole.push(folded().collect());
                    continue;
                }
                PassageRole::Name => NAME,
                PassageRole::Phrasing(_) => PHRASING,
                PassageRole::Body(_) => BODY,
            };
            for word in folded() {
                let known = findable.words.entry(word).or_insert(says);
                *known = known.max(says);
            }
            if let PassageRole::Phrasing(Some(facet)) = passage.role {
                findable.phrasings.push((facet, folded().collect()));
            }
        }
        findable
    }

    /// The facet of the phrasing that shares most words with the question.
    fn nearest_phrasing(&self, question: &[(String, f32)]) -> Option<Facet> {
        let shared = |words: &BTreeSet<String>| question.iter().filter(|(word, _)| words.contains(word)).count();
        let nearest =
            self.phrasings.iter().map(|(facet, words)| (shared(words), *facet)).filter(|(count, _)| *count > 0);
        // The first of those that share equally many, as with everything an editor puts in an order.
        nearest.min_by_key(|(count, _)| Reverse(*count)).map(|(_, facet)| facet)
    }
}

impl MemoryIndex {
    fn rarity(&self, word: &str) -> f32 {
        let documents = self.targets.len().max(FEWEST_DOCUMENTS) as f32;
        let with_word = self.targets.iter().filter(|target| target.words.contains_key(word)).count() as f32;
        let rarity = (1.0 + (documents - with_word + 0.5) / (with_word + 0.5)).ln();
        if with_word == 0.0 { rarity * UNKNOWN } else { rarity }
    }

    /// The words that are no stop words and name no aspect, place or time.
    fn telling_of_the_matter<'q>(&self, question: &'q SearchQuestion) -> BTreeSet<&'q str> {
        let words = question.words.iter().enumerate().filter(|(position, _)| !question.faint.contains(position));
        words.map(|(_, word)| word.folded.as_str()).filter(|word| !self.stop_words.contains(*word)).collect()
    }

    /// The telling words of a question and how much each tells.
    fn telling_words(&self, question: &SearchQuestion) -> Vec<(String, f32)> {
        let folded = question.words.iter().map(|word| word.folded.clone()).enumerate();
        let telling = folded.filter(|(_, word)| !self.stop_words.contains(word));
        telling
            .map(|(position, word)| {
                let stress = if question.faint.contains(&position) { FAINT } else { 1.0 };
                let weight = self.rarity(&word) * stress;
                (word, weight)
            })
            .collect()
    }
}

impl AnswerIndex for MemoryIndex {
    fn search(&self, question: &SearchQuestion, limit: usize) -> Vec<Hit> {
        let topics = &question.topics;
        let said = self.telling_of_the_matter(question);
        let question = self.telling_words(question);
        let all: f32 = question.iter().map(|(_, weight)| weight).sum();
        let mut hits = Vec::new();
        for findable in &self.targets {
            let mut evidence: Vec<Evidence> = question
                .iter()
                .filter_map(|(word, weight)| {
                    let weight = findable.words.get(word)? * weight;
                    Some(Evidence {
                        word: word.as_str().into(),
                        term: word.as_str().into(),
                        kind: EvidenceKind::Exact,
                        weight,
                    })
                })
                .collect();
            if evidence.is_empty() {
                continue;
            }
            evidence.sort_by(|a, b| b.weight.total_cmp(&a.weight));
            let explained: f32 = evidence.iter().map(|evidence| evidence.weight).sum();
            let coverage = explained / (all + DOUBT);
            let facet = findable.nearest_phrasing(&question);
            let signals = Signals { coverage, ..Signals::default() };
            let target = findable.target.clone();
            let confidence = (coverage * BELIEVED).min(1.0);
            hits.push(Hit { target, score: explained, confidence, signals, facet, section: None, evidence });
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.target.cmp(&b.target)));
        let is_said = |message: &BTreeSet<String>| {
            let message: BTreeSet<&str> = message.iter().map(String::as_str).collect();
            let telling: BTreeSet<&str> = message.into_iter().filter(|word| !self.stop_words.contains(*word)).collect();
            !telling.is_empty() && telling == said
        };
        if let Some(whole) = self.targets.iter().find(|target| target.whole.iter().any(is_said)) {
            let next = hits.first().map_or(1.0, |hit| hit.score);
            hits.insert(0, Hit::whole(whole.target.clone(), next));
        }
        let left_out = hits.split_off(limit.min(hits.len()));
        hits.extend(left_out.into_iter().filter(|hit| topics.contains(&hit.target)));
        hits
    }
}

#[cfg(test)]
mod tests {
    use faq_engine::knowledge::index_documents;
    use faq_engine::language::LanguageTag;

    use super::*;
    use crate::{county, languages};

    fn found(question: &str) -> Vec<(Target, f32)> {
        let languages = languages::languages();
        let documents = index_documents(&county::catalogue());
        let index = MemoryIndexBuilder::new(&languages).build(&documents).expect("nothing can fail");
        let hits = index.search(&SearchQuestion::plain(question, LanguageTag::german()), 8);
        hits.into_iter().map(|hit| (hit.target, hit.confidence)).collect()
    }

    #[test]
    fn the_more_of_a_question_is_explained_the_better() {
        let [clear, vague] = ["Führerschein umtauschen", "Führerschein quantenschaum umtauschen"].map(found);
        assert_eq!(clear[0].0, vague[0].0);
        assert!(clear[0].1 > vague[0].1 && vague[0].1 > 0.0, "{clear:?} {vague:?}");
    }

    #[test]
    fn nothing_is_found_that_shares_nothing() {
        assert_eq!(found("quantenschaum"), []);
        assert_eq!(found("ist das die der"), []);
        assert_eq!(found(""), []);
    }
}
