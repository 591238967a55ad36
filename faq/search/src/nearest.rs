//! The nearest example of each target: how alike the question is to something that is known to be asked (cosine of the
//! feature vectors).

use faq_engine::facet::Facet;

use crate::features::FeatureVector;

/// Examples, findable by their features.
pub(crate) struct NearestExamples {
    /// For each feature where its occurrences begin; they end where those of the next begin.
    begin: Vec<u32>,
    /// Feature by feature the examples that have it, and its weight there.
    occurrences: Vec<(u32, f32)>,
    /// The facet of each example.
    facets: Vec<Option<Facet>>,
    /// The targets in order, each with the end of its examples; they begin where those of the one before end.
    owners: Vec<(u32, u32)>,
}

/// How alike a question is to each example, 0 to 1.
pub(crate) struct Likenesses(Vec<f32>);

/// How alike a question is to the two nearest examples of a target.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Nearest {
    first: f32,
    second: f32,
}

impl Nearest {
    /// How alike the nearest is, with a share of the next: two neighbours are a surer sign than one.
    pub(crate) fn likeness(&self) -> f32 {
        const SECOND: f32 = 0.3;
        self.first + SECOND * self.second
    }

    /// The two nearest of both.
    fn and(self, other: Self) -> Self {
        let second = smaller(self.first, other.first);
        Self { first: larger(self.first, other.first), second: larger(second, larger(self.second, other.second)) }
    }

    /// The two nearest of these, several at a time: nobody can foresee which one is nearer than those before it, so a
    /// branch for each would be mistaken for half of them.
    fn among(likenesses: &[f32]) -> Self {
        const LANES: usize = 4;
        let (mut first, mut second) = ([0.0; LANES], [0.0; LANES]);
        let (rows, rest) = likenesses.as_chunks::<LANES>();
        for row in rows {
            let next: [f32; LANES] = std::array::from_fn(|lane| smaller(first[lane], row[lane]));
            second = std::array::from_fn(|lane| larger(second[lane], next[lane]));
            first = std::array::from_fn(|lane| larger(first[lane], row[lane]));
        }
        let lanes = first.into_iter().zip(second).map(|(first, second)| Self { first, second });
        let rest = rest.iter().map(|likeness| Self { first: *likeness, second: 0.0 });
        lanes.chain(rest).fold(Self::default(), Self::and)
    }
}

// As one instruction each; `f32::max` also says what becomes of a number that is none.
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

fn smaller(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// A feature that a larger share of the examples has tells nothing, and would cost most of the time.
const SHARED_BY_AT_MOST: f32 = 0.015;
/// Below so many examples every feature is looked at.
const FEW: usize = 500;

impl NearestExamples {
    /// Remembers these examples, which come target by target.
    pub(crate) fn new<'e>(
        examples: impl Iterator<Item = (&'e FeatureVector, usize, Option<Facet>)>,
        features: usize,
    ) -> Self {
        let mut facets = Vec::new();
        let mut owners: Vec<(u32, u32)> = Vec::new();
        let mut by_feature: Vec<(u32, u32, f32)> = Vec::new();
        for (vector, target, facet) in examples {
            let number = facets.len() as u32;
            by_feature.extend(vector.0.iter().map(|(feature, weight)| (*feature, number, *weight)));
            facets.push(facet);
            match owners.last_mut() {
                Some((last, end)) if *last as usize == target => *end = number + 1,
                _ => owners.push((target as u32, number + 1)),
            }
        }
        by_feature.sort_unstable_by_key(|(feature, example, _)| (*feature, *example));
        let most_shared = (facets.len().max(FEW) as f32 * SHARED_BY_AT_MOST) as usize;
        let mut begin = vec![0; features + 1];
        let mut occurrences = Vec::new();
        for shared in by_feature.chunk_by(|a, b| a.0 == b.0) {
            if shared.len() <= most_shared {
                occurrences.extend(shared.iter().map(|(_, example, weight)| (*example, *weight)));
                begin[shared[0].0 as usize + 1] = shared.len() as u32;
            }
        }
        for feature in 0..features {
            begin[feature + 1] += begin[feature];
        }
        Self { begin, occurrences, facets, owners }
    }

    /// How alike a question is to each example.
    pub(crate) fn likenesses(&self, question: &FeatureVector) -> Likenesses {
        let mut likenesses = vec![0.0_f32; self.facets.len()];
        for (feature, weight) in &question.0 {
            let feature = *feature as usize;
            let examples = &self.occurrences[self.begin[feature] as usize..self.begin[feature + 1] as usize];
            examples.iter().for_each(|(example, of_example)| likenesses[*example as usize] += weight * of_example);
        }
        Likenesses(likenesses)
    }

    /// Adds the nearest examples of each target, by its number.
    pub(crate) fn add_nearest(&self, likenesses: &Likenesses, nearest: &mut [Nearest]) {
        let mut begin = 0;
        for (target, end) in &self.owners {
            let nearest = &mut nearest[*target as usize];
            *nearest = nearest.and(Nearest::among(&likenesses.0[begin..*end as usize]));
            begin = *end as usize;
        }
    }

    /// How alike the nearest example of a target is, and its facet.
    pub(crate) fn nearest_of(&self, target: usize, likenesses: &Likenesses) -> Option<(f32, Option<Facet>)> {
        let place = self.owners.binary_search_by_key(&(target as u32), |(owner, _)| *owner).ok()?;
        let begin = place.checked_sub(1).map_or(0, |before| self.owners[before].1);
        let examples = begin as usize..self.owners[place].1 as usize;
        let nearest = examples.max_by(|a, b| likenesses.0[*a].total_cmp(&likenesses.0[*b]))?;
        Some((likenesses.0[nearest], self.facets[nearest]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_example_of_each_target_names_its_facet() {
        let of = |features: &[(u32, f32)]| FeatureVector(features.to_vec());
        let examples = [
            (of(&[(0, 1.0)]), 0, Some(Facet::Fee)),
            (of(&[(0, 0.6), (1, 0.8)]), 0, Some(Facet::Documents)),
            (of(&[(2, 1.0)]), 2, None),
        ];
        let known = NearestExamples::new(examples.iter().map(|(vector, target, facet)| (vector, *target, *facet)), 3);
        let likenesses = known.likenesses(&of(&[(0, 0.6), (1, 0.8)]));
        let mut nearest = [Nearest::default(); 3];
        known.add_nearest(&likenesses, &mut nearest);
        assert!((nearest[0].first - 1.0).abs() < 1e-6 && (nearest[0].second - 0.6).abs() < 1e-6);
        assert_eq!(nearest[1..], [Nearest::default(); 2]);
        let facet = |target| known.nearest_of(target, &likenesses).map(|(_, facet)| facet);
        assert_eq!([facet(0), facet(1), facet(2)], [Some(Some(Facet::Documents)), None, Some(None)]);
    }

    proptest::proptest! {
        #[test]
        fn the_two_nearest_are_the_two_largest(likenesses in proptest::collection::vec(0.0_f32..1.0, 0..30)) {
            let mut sorted = likenesses.clone();
            sorted.extend([0.0; 2]);
            sorted.sort_by(|a, b| b.total_cmp(a));
            proptest::prop_assert_eq!(Nearest::among(&likenesses), Nearest { first: sorted[0], second: sorted[1] });
        }
    }
}
