//! Finding what a question is about.

use std::sync::Arc;

use crate::facet::Facet;
use crate::language::LanguageTag;
use crate::slug::Slug;
use crate::understanding::text::{Word, words};

/// Finds what a question is about.
///
/// Promises: the same question on the same index gives the same hits in the same order; text is never interpreted as
/// a query language; no hit is returned that shares nothing with the question. The index is derived from published
/// content only and never changes once built: new content makes a new index.
pub trait AnswerIndex: Send + Sync {
    /// The best matches, best first, at most `limit`, and the topics talked about.
    fn search(&self, question: &SearchQuestion, limit: usize) -> Vec<Hit>;
}

/// Builds an index from published content.
pub trait IndexBuilder: Send + Sync {
    /// Builds an index over these documents.
    fn build(&self, documents: &[IndexDocument]) -> Result<Box<dyn AnswerIndex>, IndexError>;
}

/// The index could not be built.
#[derive(Debug, thiserror::Error)]
#[error("the answer index could not be built")]
pub struct IndexError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// What is asked of the index.
#[derive(Debug, Clone)]
pub struct SearchQuestion {
    /// The words of the question, cleaned and bounded.
    pub words: Vec<Word>,
    /// Its language.
    pub language: LanguageTag,
    /// Positions of words that name an aspect, a place or a time rather
    /// than the matter. They weigh little: every service has a fee.
    pub faint: Vec<usize>,
    /// What is being talked about, and what was offered. These are among the hits, at the end if they belong nowhere
    /// else, whenever they share anything with the question.
    pub topics: Vec<Target>,
}

impl SearchQuestion {
    /// A question all of whose words are about the matter.
    pub fn plain(text: &str, language: LanguageTag) -> Self {
        Self { words: words(text), language, faint: Vec::new(), topics: Vec::new() }
    }

    /// The question with only the words at these positions.
    pub fn keeping(self, is_kept: impl Fn(usize) -> bool) -> Self {
        let kept: Vec<usize> = (0..self.words.len()).filter(|index| is_kept(*index)).collect();
        let is_faint = |(_, index): &(usize, &usize)| self.faint.contains(index);
        let faint = kept.iter().enumerate().filter(is_faint).map(|(place, _)| place).collect();
        let Self { words, language, topics, .. } = self;
        let words = words.into_iter().enumerate().filter(|(index, _)| is_kept(*index)).map(|(_, word)| word);
        Self { words: words.collect(), language, faint, topics }
    }
}

/// One thing that can be found, with everything it can be found by.
#[derive(Debug, Clone)]
pub struct IndexDocument {
    /// What is found.
    pub target: Target,
    /// What it is found by.
    pub passages: Vec<IndexPassage>,
}

/// A text by which something is found.
#[derive(Debug, Clone)]
pub struct IndexPassage {
    /// What role the text plays.
    pub role: PassageRole,
    /// The text.
    pub text: String,
    /// Its language.
    pub language: LanguageTag,
}

/// What role a text plays for finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PassageRole {
    /// A name or a citizens' word.
    Name,
    /// A way people ask, about this facet.
    Phrasing(Option<Facet>),
    /// All of what somebody says: whoever says more means something else. "Neue Papiere" may be any, "neue Papiere fürs
    /// Auto" are not.
    Whole,
    /// The answer itself, or the section of it about this facet.
    Body(Option<Facet>),
}

impl PassageRole {
    /// Whether this is said by who answers, not by who asks.
    pub fn is_prose(self) -> bool {
        matches!(self, Self::Body(_))
    }
}

/// What a hit points to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A service.
    Service(Slug),
    /// A free question.
    Entry(Slug),
}

/// A match.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What was found.
    pub target: Target,
    /// Ranking score; only ratios within one search mean something.
    pub score: f32,
    /// How sure it is that the question means this, 0 to 1; comparable across searches.
    pub confidence: f32,
    /// What the score and the confidence are made of.
    pub signals: Signals,
    /// The facet of the most similar phrasing, if one is similar.
    pub facet: Option<Facet>,
    /// The one facet whose section of the answer speaks of what the question names beside the matter, if one does:
    /// "geht das ohne Erbschein?" is about documents where the list of documents alone names the Erbschein.
    pub section: Option<Facet>,
    /// Why it matched, strongest first.
    pub evidence: Vec<Evidence>,
}

impl Hit {
    /// The message is what was foreseen, no more and no less; nothing else fits better than `next`.
    pub fn whole(target: Target, next: f32) -> Self {
        const AHEAD: f32 = 2.0;
        let signals = Signals { lexical: 1.0, coverage: 1.0, linear: None, likeness: 1.0, known: 1.0 };
        let (facet, section, evidence) = (None, None, Vec::new());
        Self { target, score: AHEAD * next, confidence: 1.0, signals, facet, section, evidence }
    }
}

/// What speaks for a match.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Signals {
    /// Score by words, as a share of the best one's.
    pub lexical: f32,
    /// Share of the question's informative weight (idf) that the match explains, 0 to 1.
    pub coverage: f32,
    /// What a model learnt from the content says: about 1 for, -1 against. Missing where no model was learnt.
    pub linear: Option<f32>,
    /// How alike the question is to the nearest text of the match, from 0.
    pub likeness: f32,
    /// Share of the question's words and letters that the content knows at all, 0 to 1.
    pub known: f32,
}

/// One reason of a match, to explain a ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The word of the question.
    pub word: Arc<str>,
    /// The indexed term it met.
    pub term: Arc<str>,
    /// How it met it.
    pub kind: EvidenceKind,
    /// What it contributed to the coverage.
    pub weight: f32,
}

/// How a word of a question met an indexed term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceKind {
    /// The same stem.
    Exact,
    /// A part of a compound.
    CompoundPart,
    /// A synonym.
    Synonym,
    /// A likely typing error.
    Typo,
    /// The same beginning, for languages with many endings.
    Prefix,
}
