//! What is learnt from the content itself whenever it is published: how people ask for each target.

use faq_engine::ports::{IndexDocument, SearchQuestion};

use crate::examples::examples;
use crate::features::{FeatureSpace, FeatureVector};
use crate::linear::{Lesson, LinearModel};
use crate::nearest::{Nearest, NearestExamples};
use crate::separable::{joined, with_whole_verbs};

/// The learnt signals.
pub(crate) struct Learnt {
    space: FeatureSpace,
    linear: Option<LinearModel>,
    german: NearestExamples,
    foreign: NearestExamples,
    targets: usize,
}

/// What the learnt signals say of one question, for every target by its number.
pub(crate) struct Judgement {
    /// On which side of each target's line the question is; missing where no model was learnt.
    pub(crate) linear: Option<Vec<f32>>,
    pub(crate) nearest: Vec<Nearest>,
}

/// With more examples than this (no county has a hundredth of it) words alone decide: learning would take minutes.
const MOST_EXAMPLES: usize = 120_000;

impl Learnt {
    /// Learns from the content, whose verbs are made whole if they are known; `None` if there is too much or nothing of it.
    pub(crate) fn learn(documents: &[IndexDocument], is_known_verb: impl Fn(&str) -> bool) -> Option<Self> {
        let mut examples = examples(documents);
        for example in examples.iter_mut().filter(|example| example.is_german) {
            let verbs = joined(&example.words, &is_known_verb);
            if !verbs.is_empty() {
                example.words = with_whole_verbs(std::mem::take(&mut example.words), &verbs);
            }
        }
        if examples.is_empty() || examples.len() > MOST_EXAMPLES {
            return None;
        }
        let space = FeatureSpace::learn(examples.iter().map(|example| example.words.as_slice()));
        let vectors: Vec<FeatureVector> = examples.iter().map(|example| space.vector(&example.words)).collect();
        let lessons: Vec<Lesson<'_>> = examples
            .iter()
            .zip(&vectors)
            .map(|(example, vector)| Lesson { vector, target: example.target, weight: example.weight })
            .collect();
        let linear = LinearModel::learn(&lessons, documents.len(), space.len());
        let remembered = |is_german: bool| {
            let examples = examples.iter().zip(&vectors).filter(move |(example, _)| example.is_german == is_german);
            examples.map(|(example, vector)| (vector, example.target, example.facet))
        };
        let german = NearestExamples::new(remembered(true), space.len());
        let foreign = NearestExamples::new(remembered(false), space.len());
        Some(Self { linear, german, foreign, space, targets: documents.len() })
    }

    /// Judges a question.
    pub(crate) fn judge(&self, question: &SearchQuestion) -> Judgement {
        let vector = self.space.vector(&question.words);
        let mut nearest = vec![Nearest::default(); self.targets];
        self.german.of(&vector, &mut nearest);
        if !question.language.is_german() {
            self.foreign.of(&vector, &mut nearest);
        }
        Judgement { linear: self.linear.as_ref().map(|model| model.scores(&vector)), nearest }
    }
}
