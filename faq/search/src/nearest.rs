//! The nearest example of each target: how alike the question is to something that is known to be asked (cosine of the
//! feature vectors).

use faq_engine::facet::Facet;

use crate::features::FeatureVector;

/// Examples, findable by their features.
pub(crate) struct NearestExamples {
    /// For each feature: the examples that have it, and its weight there.
    by_feature: Vec<Vec<(u32, f32)>>,
    /// The target and the facet of each example.
    owners: Vec<(u32, Option<Facet>)>,
    /// A feature that more examples share than this tells nothing, and would cost most of the time.
    most_shared: usize,
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

const SHARED_BY_AT_MOST: f32 = 0.015;
/// Below so many examples every feature is looked at.
const FEW: usize = 500;

impl NearestExamples {
    /// Remembers these examples.
    pub(crate) fn new<'e>(
        examples: impl Iterator<Item = (&'e FeatureVector, usize, Option<Facet>)>,
        features: usize,
    ) -> Self {
        let mut by_feature = vec![Vec::new(); features];
        let mut owners = Vec::new();
        for (vector, target, facet) in examples {
            for (feature, weight) in &vector.0 {
                by_feature[*feature as usize].push((owners.len() as u32, *weight));
            }
            owners.push((target as u32, facet));
        }
        let most_shared = (owners.len().max(FEW) as f32 * SHARED_BY_AT_MOST) as usize;
        Self { by_feature, owners, most_shared }
    }

    /// The nearest example of each target, by its number; what is nearer than the nearest so far takes its place.
    pub(crate) fn of(&self, question: &FeatureVector, nearest: &mut [Nearest]) {
        let mut likeness = vec![0.0_f32; self.owners.len()];
        for (feature, weight) in &question.0 {
            let examples = &self.by_feature[*feature as usize];
            if examples.len() <= self.most_shared {
                examples.iter().for_each(|(example, of_example)| likeness[*example as usize] += weight * of_example);
            }
        }
        for (likeness, (target, facet)) in likeness.into_iter().zip(&self.owners) {
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
