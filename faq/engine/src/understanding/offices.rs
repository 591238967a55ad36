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
            let names = self.names.get(&rest[0].folded).into_iter().flatten();
            names.filter(move |(sequence, _)| begin_with(rest, sequence))
        };
        let mut named: Vec<&(Vec<String>, Slug)> = (0..message.len()).flat_map(beginning_at).collect();
        named.sort_by(|(a, id_a), (b, id_b)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)).then_with(|| id_a.cmp(id_b)));
        let (longest, id) = named.first()?;
        let is_ambiguous = named.iter().any(|(sequence, other)| sequence == longest && other != id);
        (!is_ambiguous).then_some(id)
    }
}

/// Whether these words begin with a name. A short word may stand between its parts: "Zulassungsstelle in Lippstadt".
fn begin_with(words: &[Word], name: &[String]) -> bool {
    const SHORT: usize = 3;
    let mut rest = words.iter();
    name.iter().enumerate().all(|(index, part)| match rest.next() {
        Some(word) if word.folded == *part => true,
        Some(word) if index > 0 && word.folded.len() <= SHORT => rest.next().is_some_and(|word| word.folded == *part),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_word_may_stand_within_a_name() {
        let name = ["zulassungsstelle", "lippstadt"].map(str::to_owned);
        let is_named = |text: &str| begin_with(&words(text), &name);
        assert!(is_named("Zulassungsstelle Lippstadt") && is_named("Zulassungsstelle in Lippstadt"));
        for other in
            ["Zulassungsstelle", "Zulassungsstelle in Soest", "Zulassungsstelle oder Lippstadt", "in Lippstadt"]
        {
            assert!(!is_named(other), "{other}");
        }
    }
}
