//! Offices of the county in a message.

use rustc_hash::FxHashMap;

use super::text::{Word, words};
use crate::catalogue::Catalogue;
use crate::slug::Slug;

/// Recognises offices by their names and the words citizens use for them.
#[derive(Debug, Clone)]
pub struct OfficeNames {
    /// Folded word sequences by their first word.
    names: FxHashMap<String, Vec<(Vec<String>, Slug)>>,
}

impl OfficeNames {
    /// Learns the names of the offices.
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut names: FxHashMap<String, Vec<(Vec<String>, Slug)>> = FxHashMap::default();
        for office in catalogue.offices() {
            let spoken = std::iter::once(office.name.german()).chain(office.words.iter().map(String::as_str));
            for name in spoken {
                let sequence: Vec<String> = words(name).into_iter().map(|word| word.folded).collect();
                if let Some(first) = sequence.first().cloned() {
                    names.entry(first).or_default().push((sequence, office.id.clone()));
                }
            }
        }
        Self { names }
    }

    /// The office named, if exactly one is: the longest name counts.
    pub fn find(&self, message: &[Word]) -> Option<&Slug> {
        let beginning_at = |start: usize| {
            let rest = &message[start..];
            let begins = move |(sequence, _): &&(Vec<String>, Slug)| {
                sequence.len() <= rest.len() && rest.iter().zip(sequence).all(|(word, part)| word.folded == *part)
            };
            self.names.get(&rest[0].folded).into_iter().flatten().filter(begins)
        };
        let mut named: Vec<&(Vec<String>, Slug)> = (0..message.len()).flat_map(beginning_at).collect();
        named.sort_by(|(a, id_a), (b, id_b)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)).then_with(|| id_a.cmp(id_b)));
        let (longest, id) = named.first()?;
        let is_ambiguous = named.iter().any(|(sequence, other)| sequence == longest && other != id);
        (!is_ambiguous).then_some(id)
    }
}
