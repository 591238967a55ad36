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
    /// The target and the facet of each example.
    owners: Vec<(u32, Option<Facet>)>,
}

/// The nearest example of a target.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Nearest {
    /// How alike it is, 0 to 1.
    likeness: f32,
    /// How alike the next one is.
    next: f32,
    /// Its facet.
    pub(crate) facet: Option<Facet>,
}

impl Nearest {
    /// How alike the nearest is, with a share of the next: two neighbours are a surer sign than one.
    pub(crate) fn likeness(&self) -> f32 {
        const NEXT: f32 = 0.3;
        self.likeness + NEXT * self.next
    }
}

/// A feature that a larger share of the examples has tells nothing, and would cost most of the time.
const SHARED_BY_AT_MOST: f32 = 0.015;
/// Below so many examples every feature is looked at.
const FEW: usize = 500;

impl NearestExamples {
    /// Remembers these examples.
    pub(crate) fn new<'e>(
        examples: impl Iterator<Item = (&'e FeatureVector, usize, Option<Facet>)>,
        features: usize,
    ) -> Self {
        let mut owners = Vec::new();
        let mut by_feature: Vec<(u32, u32, f32)> = Vec::new();
        for (vector, target, facet) in examples {
            let number = owners.len() as u32;
            by_feature.extend(vector.0.iter().map(|(feature, weight)| (*feature, number, *weight)));
            owners.push((target as u32, facet));
        }
        by_feature.sort_unstable_by_key(|(feature, example, _)| (*feature, *example));
        let most_shared = (owners.len().max(FEW) as f32 * SHARED_BY_AT_MOST) as usize;
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
        Self { begin, occurrences, owners }
    }

    /// The nearest example of each target, by its number; what is nearer than the nearest so far takes its place.
    pub(crate) fn of(&self, question: &FeatureVector, nearest: &mut [Nearest]) {
        let mut likeness = vec![0.0_f32; self.owners.len()];
        for (feature, weight) in &question.0 {
            let feature = *feature as usize;
            let examples = &self.occurrences[self.begin[feature] as usize..self.begin[feature + 1] as usize];
            examples.iter().for_each(|(example, of_example)| likeness[*example as usize] += weight * of_example);
        }
        let alike = likeness.into_iter().zip(&self.owners).filter(|(likeness, _)| *likeness > 0.0);
        for (likeness, (target, facet)) in alike {
            let nearest = &mut nearest[*target as usize];
            if likeness > nearest.likeness {
                *nearest = Nearest { likeness, facet: *facet, next: nearest.likeness };
            } else if likeness > nearest.next {
                nearest.next = likeness;
            }
        }
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
            (of(&[(2, 1.0)]), 1, None),
        ];
        let known = NearestExamples::new(examples.iter().map(|(vector, target, facet)| (vector, *target, *facet)), 3);
        let mut nearest = [Nearest::default(); 2];
        known.of(&of(&[(0, 0.6), (1, 0.8)]), &mut nearest);
        assert_eq!(nearest[0].facet, Some(Facet::Documents));
        assert!((nearest[0].likeness - 1.0).abs() < 1e-6 && (nearest[0].next - 0.6).abs() < 1e-6);
        assert_eq!(nearest[1], Nearest::default());
    }
}
