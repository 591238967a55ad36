//! What is learnt from the content itself whenever it is published: how people ask for each target.

use std::collections::HashMap;

use faq_engine::facet::Facet;
use faq_engine::ports::{IndexDocument, SearchQuestion};

use crate::examples::examples;
use crate::features::{FeatureSpace, FeatureVector, ReadWord};
use crate::linear::{Lesson, LinearModel};
use crate::nearest::{Likenesses, Nearest, NearestExamples};
use crate::separable::{joined, with_whole_verbs};

/// The learnt signals.
pub(crate) struct Learnt {
    space: FeatureSpace,
    linear: Option<LinearModel>,
    german: NearestExamples,
    foreign: NearestExamples,
    /// How well the content speaks each language, 0 to 1: fully, if half of it is in this language.
    spoken: HashMap<String, f32>,
    targets: usize,
}

/// What the learnt signals say of one question, for every target by its number.
pub(crate) struct Judgement {
    /// On which side of each target's line the question is; missing where no model was learnt.
    pub(crate) linear: Option<Vec<f32>>,
    pub(crate) nearest: Vec<Nearest>,
    german: Likenesses,
    /// Asked where the question is in another language.
    foreign: Option<Likenesses>,
    /// Share of the question that the content knows at all.
    pub(crate) known: f32,
}

/// With more examples than this (no county has a hundredth of it) words alone decide: learning would take minutes.
const MOST_EXAMPLES: usize = 120_000;

/// How well the content speaks its languages. In one in which it says little, what it does not know says little.
fn spoken(documents: &[IndexDocument]) -> HashMap<String, f32> {
    let mut passages: HashMap<String, f32> = HashMap::new();
    let asked = documents.iter().flat_map(|document| &document.passages).filter(|passage| !passage.role.is_prose());
    asked.for_each(|passage| *passages.entry(passage.language.primary().to_owned()).or_default() += 1.0);
    let all: f32 = passages.values().sum();
    passages.into_iter().map(|(language, count)| (language, (2.0 * count / all).min(1.0))).collect()
}

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
        Some(Self { spoken: spoken(documents), linear, german, foreign, space, targets: documents.len() })
    }

    /// Judges a question. A word nobody has ever used is read as the `usual` one of its meaning, if there is one.
    pub(crate) fn judge<'q>(
        &self,
        question: &'q SearchQuestion,
        usual: impl Fn(usize) -> Option<&'q str>,
    ) -> Judgement {
        let spoken = self.spoken.get(question.language.primary()).copied().unwrap_or(0.0);
        let read = question.words.iter().enumerate().map(|(index, word)| ReadWord {
            folded: if self.space.knows(&word.folded) { &word.folded } else { usual(index).unwrap_or(&word.folded) },
            // A day or a town nobody has asked about yet is no other matter.
            strangeness: if question.faint.contains(&index) { 0.0 } else { spoken },
        });
        let (vector, known) = self.space.read(&read.collect::<Vec<_>>());
        let mut nearest = vec![Nearest::default(); self.targets];
        let german = self.german.likenesses(&vector);
        self.german.add_nearest(&german, &mut nearest);
        let foreign = (!question.language.is_german()).then(|| self.foreign.likenesses(&vector));
        if let Some(foreign) = &foreign {
            self.foreign.add_nearest(foreign, &mut nearest);
        }
        let linear = self.linear.as_ref().map(|model| model.scores(&vector));
        Judgement { linear, nearest, german, foreign, known }
    }

    /// The facet that the nearest example of a target asks about.
    pub(crate) fn facet(&self, target: usize, judgement: &Judgement) -> Option<Facet> {
        let german = self.german.nearest_of(target, &judgement.german);
        let foreign = judgement.foreign.as_ref().and_then(|alike| self.foreign.nearest_of(target, alike));
        let (_, facet) = german.into_iter().chain(foreign).max_by(|a, b| a.0.total_cmp(&b.0))?;
        facet
    }
}
