//! Putting the signals together: what words say (tantivy), what the model learnt from the content says, and how near the
//! nearest example is.

use faq_engine::facet::Facet;
use faq_engine::ports::Signals;
use rustc_hash::FxHashMap;

use crate::learnt::Judgement;
use crate::nearest::Nearest;

/// A target found by its words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LexicalHit {
    pub(crate) target: usize,
    pub(crate) score: f32,
    pub(crate) coverage: f32,
}

/// A target with what speaks for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) target: usize,
    pub(crate) score: f32,
    pub(crate) facet: Option<Facet>,
    /// All but the coverage.
    pub(crate) signals: Signals,
    /// How much of the question it explains, where its words found it; nobody has asked yet about the others.
    pub(crate) coverage: Option<f32>,
}

/// Weight of the signals beside the linear model, whose scores are about 1 apart.
const LEXICAL: f32 = 0.5;
const LIKENESS: f32 = 0.5;
/// How fast the score falls with the distance to the best target.
const STEEPNESS: f32 = 4.0;

/// Every target for which something speaks.
pub(crate) fn candidates(lexical: &[LexicalHit], judgement: Option<&Judgement>) -> Vec<Candidate> {
    let best = lexical.iter().map(|hit| hit.score).fold(f32::MIN_POSITIVE, f32::max);
    let by_words: FxHashMap<usize, &LexicalHit> = lexical.iter().map(|hit| (hit.target, hit)).collect();
    let candidate = |target: usize, nearest: Nearest, linear: Option<f32>| {
        let by_words = by_words.get(&target);
        let lexical = by_words.map_or(0.0, |hit| hit.score / best);
        let sum = LEXICAL * lexical + LIKENESS * nearest.likeness() + linear.unwrap_or(0.0);
        let known = judgement.map_or(0.0, |judgement| judgement.known);
        let signals = Signals { lexical, linear, likeness: nearest.likeness(), coverage: 0.0, known };
        let (score, coverage) = ((STEEPNESS * sum).exp(), by_words.map(|hit| hit.coverage));
        Candidate { target, score, facet: nearest.facet, signals, coverage }
    };
    let Some(Judgement { linear, nearest, .. }) = judgement else {
        return lexical.iter().map(|hit| candidate(hit.target, Nearest::default(), None)).collect();
    };
    let all = nearest.iter().enumerate();
    let all = all.map(|(target, nearest)| candidate(target, *nearest, linear.as_ref().map(|scores| scores[target])));
    all.filter(|candidate| candidate.signals.lexical > 0.0 || candidate.signals.likeness > 0.0).collect()
}

/// How likely the target is what the question means, 0 to 1.
///
/// Logistic regressions of "the first hit is the right one" on its signals, over the questions of four public sets and
/// of Kreis Soest, each set counting the same; one for each set of signals there can be. How many words the content knows
/// says much: a question half of which no text has ever seen is about something else, however sure the model is, and of
/// two with the same signals the longer one is surer, because more had to agree.
pub(crate) fn confidence(signals: &Signals, words: usize, has_learnt: bool) -> f32 {
    let Signals { linear, likeness, coverage, known, .. } = *signals;
    let known = (1.0 + known * words as f32).ln();
    let evidence = match linear {
        Some(linear) => 2.83 * linear + 3.19 * coverage + 1.67 * known - 2.78,
        None if has_learnt => 7.01 * likeness + 4.51 * coverage + 1.39 * known - 5.14,
        None => 8.7 * coverage - 4.25,
    };
    1.0 / (1.0 + (-evidence).exp())
}
