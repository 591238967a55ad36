//! A linear model over the features: for each target a line between its examples and those of all others (support
//! vector machine, one against the rest, squared hinge loss), learnt by stochastic gradient descent.
//!
//! Our own because the crates that offer it (linfa, smartcore) want dense matrices or a double copy of the data, and the
//! whole of it is a page. It knows no chance: the order of the examples is shuffled by a fixed rule.

use crate::features::FeatureVector;

/// Targets are learnt in blocks, each by itself: a row of a block fits into a few cache lines, and blocks are learnt on
/// several cores with the same result.
const BLOCK: usize = 16;
/// Rounds over all examples. More would learn the examples by heart: on content with few phrasings every further round
/// finds fewer questions.
const ROUNDS: usize = 8;
/// Length of the first step; the last is nothing.
const FIRST_STEP: f32 = 0.2;
/// Weights of the whole model; four bytes each while it is learnt, two afterwards.
const MOST_WEIGHTS: usize = 48_000_000;

/// One line for each target.
pub(crate) struct LinearModel {
    /// Feature by feature its weight for each target: what a question reads lies together.
    weights: Vec<Rounded>,
    bias: Vec<f32>,
}

/// The upper half of a number: its sign, its exponent and seven bits. A score is the sum of a hundred and more weights,
/// whose errors cancel out, and half the memory is half the time.
#[derive(Debug, Clone, Copy, Default)]
struct Rounded(u16);

impl From<f32> for Rounded {
    fn from(number: f32) -> Self {
        const HALF: u32 = 1 << 15;
        Self((number.to_bits().wrapping_add(HALF) >> 16) as u16)
    }
}

impl From<Rounded> for f32 {
    fn from(Rounded(upper): Rounded) -> Self {
        Self::from_bits(u32::from(upper) << 16)
    }
}

/// The lines of up to [`BLOCK`] targets while they are learnt.
struct Block {
    /// For each feature its weight for each target of the block.
    weights: Vec<[f32; BLOCK]>,
    bias: [f32; BLOCK],
}

/// The weights of a block by feature, and its bias.
type LearntBlock = (Vec<[Rounded; BLOCK]>, [f32; BLOCK]);

/// What the model learns from.
pub(crate) struct Lesson<'e> {
    pub(crate) vector: &'e FeatureVector,
    pub(crate) target: usize,
    pub(crate) weight: f32,
}

impl LinearModel {
    /// Learns from these examples; `None` if there are more targets and features than memory should hold.
    pub(crate) fn learn(lessons: &[Lesson<'_>], targets: usize, features: usize) -> Option<Self> {
        let blocks = targets.div_ceil(BLOCK);
        if targets == 0 || blocks * BLOCK * features > MOST_WEIGHTS {
            return None;
        }
        let order = Shuffle::new(lessons.len());
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let numbers: Vec<usize> = (0..blocks).collect();
        let shares = numbers.chunks(blocks.div_ceil(cores));
        let learn = |share: &[usize]| -> Vec<LearntBlock> {
            share.iter().map(|block| Block::learn(lessons, block * BLOCK, features, order.clone()).rounded()).collect()
        };
        let learnt: Vec<LearntBlock> = std::thread::scope(|scope| {
            let threads: Vec<_> = shares.map(|share| scope.spawn(move || learn(share))).collect();
            let learnt = threads.into_iter().map(|thread| thread.join().expect("learning only computes"));
            learnt.flatten().collect()
        });
        let mut weights = vec![Rounded::default(); targets * features];
        let mut bias = vec![0.0; targets];
        for (number, (of_features, of_bias)) in learnt.into_iter().enumerate() {
            let of_block = number * BLOCK..targets.min((number + 1) * BLOCK);
            bias[of_block.clone()].copy_from_slice(&of_bias[..of_block.len()]);
            for (row, learnt) in weights.chunks_exact_mut(targets).zip(of_features) {
                row[of_block.clone()].copy_from_slice(&learnt[..of_block.len()]);
            }
        }
        Some(Self { weights, bias })
    }

    /// How far the text is on each target's side of its line: about 1 on it, -1 on the other.
    pub(crate) fn scores(&self, text: &FeatureVector) -> Vec<f32> {
        let mut scores = self.bias.clone();
        for (feature, value) in &text.0 {
            let weights = &self.weights[*feature as usize * scores.len()..][..scores.len()];
            scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += f32::from(*weight) * value);
        }
        scores
    }
}

impl Block {
    fn learn(lessons: &[Lesson<'_>], first: usize, features: usize, mut order: Shuffle) -> Self {
        let mut block = Self { weights: vec![[0.0; BLOCK]; features], bias: [0.0; BLOCK] };
        let steps = (ROUNDS * lessons.len()) as f32;
        let mut done = 0.0;
        for _ in 0..ROUNDS {
            for lesson in order.next_round() {
                let lesson = &lessons[*lesson];
                let step = FIRST_STEP * (1.0 - done / steps);
                done += 1.0;
                block.take_in(lesson, lesson.target.checked_sub(first), step);
            }
        }
        block
    }

    /// The same in half the memory.
    fn rounded(self) -> LearntBlock {
        (self.weights.iter().map(|weights| weights.map(Rounded::from)).collect(), self.bias)
    }

    /// One step towards the lesson: every line that does not keep its distance moves.
    fn take_in(&mut self, lesson: &Lesson<'_>, own: Option<usize>, step: f32) {
        const BIAS_STEP: f32 = 0.1;
        /// Lines that all but keep their distance stay where they are: their steps would change nothing, and are many.
        const MISSES_LITTLE: f32 = 0.05;
        let mut moves = self.scores(lesson.vector);
        let mut any = false;
        for (target, value) in moves.iter_mut().enumerate() {
            let side = if own == Some(target) { 1.0 } else { -1.0 };
            let missing = (1.0 - side * *value).max(0.0);
            any |= missing > MISSES_LITTLE;
            *value = 2.0 * missing * side * lesson.weight * step;
        }
        if !any {
            return;
        }
        for (feature, value) in &lesson.vector.0 {
            let weights = &mut self.weights[*feature as usize];
            weights.iter_mut().zip(&moves).for_each(|(weight, moved)| *weight += moved * value);
        }
        self.bias.iter_mut().zip(&moves).for_each(|(bias, moved)| *bias += BIAS_STEP * moved);
    }

    fn scores(&self, text: &FeatureVector) -> [f32; BLOCK] {
        let mut scores = self.bias;
        for (feature, value) in &text.0 {
            let weights = &self.weights[*feature as usize];
            scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += weight * value);
        }
        scores
    }
}

/// The examples in another order each round, the same on every run.
#[derive(Clone)]
struct Shuffle {
    order: Vec<usize>,
    state: u64,
}

impl Shuffle {
    fn new(length: usize) -> Self {
        Self { order: (0..length).collect(), state: 42 }
    }

    fn next_round(&mut self) -> &[usize] {
        for last in (1..self.order.len()).rev() {
            // A linear congruential generator (Knuth's MMIX); its upper half is good enough to shuffle.
            self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            self.order.swap(last, (self.state >> 33) as usize % (last + 1));
        }
        &self.order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(features: &[u32]) -> FeatureVector {
        let weight = (features.len() as f32).sqrt().recip();
        FeatureVector(features.iter().map(|feature| (*feature, weight)).collect())
    }

    fn model(targets: usize) -> LinearModel {
        let vectors: Vec<_> = (0..targets as u32).map(|target| vector(&[target, target + 1])).collect();
        let lessons: Vec<_> = vectors
            .iter()
            .enumerate()
            .flat_map(|(target, vector)| std::iter::repeat_n((vector, target), 10))
            .map(|(vector, target)| Lesson { vector, target, weight: 1.0 })
            .collect();
        LinearModel::learn(&lessons, targets, targets + 1).expect("small enough")
    }

    #[test]
    fn every_target_finds_its_examples_also_in_later_blocks() {
        let model = model(BLOCK + 10);
        for target in 0..BLOCK + 10 {
            let scores = model.scores(&vector(&[target as u32, target as u32 + 1]));
            assert_eq!(scores.len(), BLOCK + 10);
            let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]));
            assert_eq!(best, Some(target));
        }
    }

    #[test]
    fn learning_twice_gives_the_same_model() {
        let (a, b) = (model(5), model(5));
        assert_eq!(a.scores(&vector(&[2, 3])), b.scores(&vector(&[2, 3])));
    }

    #[test]
    fn what_would_not_fit_into_memory_is_not_learnt() {
        assert!(LinearModel::learn(&[], 100_000, 100_000).is_none());
        assert!(LinearModel::learn(&[], 0, 0).is_none());
    }
}
