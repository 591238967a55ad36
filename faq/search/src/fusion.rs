//! Putting the signals together: what words say (tantivy), what the model learnt from the content says, and how near the
//! nearest example is.

use faq_engine::ports::Signals;

use crate::learnt::Judgement;

/// A target found by its words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LexicalHit {
    pub(crate) target: usize,
    pub(crate) score: f32,
    pub(crate) coverage: f32,
}

/// A target for which something speaks, and how much all of it says together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) target: usize,
    pub(crate) sum: f32,
}

/// Weight of the signals beside the linear model, whose scores are about 1 apart.
const LEXICAL: f32 = 0.5;
const LIKENESS: f32 = 0.25;
/// How fast the score falls with the distance to the best target.
const STEEPNESS: f32 = 4.0;

/// The signals of one question.
pub(crate) struct Fusion<'q> {
    lexical: &'q [LexicalHit],
    /// The best score by words.
    best: f32,
    judgement: Option<&'q Judgement>,
}

impl<'q> Fusion<'q> {
    pub(crate) fn new(lexical: &'q [LexicalHit], judgement: Option<&'q Judgement>) -> Self {
        let best = lexical.iter().map(|hit| hit.score).fold(f32::MIN_POSITIVE, f32::max);
        Self { lexical, best, judgement }
    }

    /// Every target for which something speaks.
    pub(crate) fn candidates(&self) -> Vec<Candidate> {
        let by_words = self.lexical.iter().map(|hit| (hit.target, hit.score / self.best));
        let Some(Judgement { linear, nearest, .. }) = self.judgement else {
            return by_words.map(|(target, share)| Candidate { target, sum: LEXICAL * share }).collect();
        };
        let mut sums: Vec<f32> = nearest.iter().map(|nearest| LIKENESS * nearest.likeness()).collect();
        by_words.for_each(|(target, share)| sums[target] += LEXICAL * share);
        let of_model = |target: usize| linear.as_ref().map_or(0.0, |scores| scores[target]);
        let spoken_for = sums.into_iter().enumerate().filter(|(_, sum)| *sum > 0.0);
        spoken_for.map(|(target, sum)| Candidate { target, sum: sum + of_model(target) }).collect()
    }

    /// What speaks for a target; `coverage` is asked where its words did not find it.
    pub(crate) fn signals(&self, target: usize, coverage: impl FnOnce() -> f32) -> Signals {
        let by_words = self.lexical.iter().find(|hit| hit.target == target);
        Signals {
            lexical: by_words.map_or(0.0, |hit| hit.score / self.best),
            linear: self.judgement.and_then(|judgement| Some(judgement.linear.as_ref()?[target])),
            likeness: self.judgement.map_or(0.0, |judgement| judgement.nearest[target].likeness()),
            coverage: by_words.map_or_else(coverage, |hit| hit.coverage),
            known: self.judgement.map_or(0.0, |judgement| judgement.known),
        }
    }
}

impl Candidate {
    /// Only ratios mean something.
    pub(crate) fn score(&self) -> f32 {
        (STEEPNESS * self.sum).exp()
    }
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
        Some(linear) => 2.83 * linear + 3.19 * coverage + 1.67 * known - 2.62,
        None if has_learnt => 7.01 * likeness + 4.51 * coverage + 1.39 * known - 5.14,
        None => 8.7 * coverage - 4.25,
    };
    1.0 / (1.0 + (-evidence).exp())
}
