//! Offices of the county in a message.

use super::text::{Word, words};
use crate::catalogue::Catalogue;
use crate::slug::Slug;

/// Recognises offices by their names and the words citizens use for them.
#[derive(Debug, Clone)]
pub struct OfficeNames {
    /// Folded word sequences, longest first.
    names: Vec<(Vec<String>, Slug)>,
}

impl OfficeNames {
    /// Learns the names of the offices.
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut names: Vec<(Vec<String>, Slug)> = catalogue
            .offices()
            .flat_map(|office| {
                let spoken = std::iter::once(office.name.german()).chain(office.words.iter().map(String::as_str));
                spoken
                    .map(|name| (words(name).into_iter().map(|word| word.folded).collect(), office.id.clone()))
                    .collect::<Vec<_>>()
            })
            .filter(|(sequence, _): &(Vec<String>, Slug)| !sequence.is_empty())
            .collect();
        names.sort_by(|(a, id_a), (b, id_b)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)).then_with(|| id_a.cmp(id_b)));
        Self { names }
    }

    /// The office named, if exactly one is: the longest name counts.
    pub fn find(&self, message: &[Word]) -> Option<&Slug> {
        let appears = |sequence: &[String]| {
            message
                .windows(sequence.len())
                .any(|window| window.iter().zip(sequence).all(|(word, part)| word.folded == *part))
        };
        let (longest, id) = self.names.iter().find(|(sequence, _)| appears(sequence))?;
        let others = self.names.iter().filter(|(sequence, other)| sequence.len() == longest.len() && other != id);
        let ambiguous = others.into_iter().any(|(sequence, _)| sequence == longest);
        (!ambiguous).then_some(id)
    }
}
