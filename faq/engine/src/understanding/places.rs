//! Towns of the county in a message.

use rustc_hash::FxHashMap;

use super::text::{Word, words};
use crate::catalogue::Catalogue;
use crate::slug::Slug;

/// Recognises towns by their names and the words derived from them ("Geseker", "Lippstädter").
#[derive(Debug, Clone)]
pub struct Towns {
    /// Folded names as word sequences, by their first word.
    names: FxHashMap<String, Vec<(Vec<String>, Slug)>>,
    /// Places outside as folded word sequences, with their names.
    elsewhere: Vec<(Vec<String>, String)>,
}

/// A town named in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedTown {
    /// Which.
    pub town: Slug,
    /// Which words of the message.
    pub words: std::ops::Range<usize>,
    /// Whether the person says to live there ("ich wohne in Geseke", "bei uns in Werl", "als Soester").
    pub is_home: bool,
}

impl Towns {
    /// Learns the names of the towns.
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut names: FxHashMap<String, Vec<(Vec<String>, Slug)>> = FxHashMap::default();
        for town in catalogue.towns() {
            for name in std::iter::once(&town.name).chain(&town.names) {
                // "Wickede (Ruhr)" is called Wickede.
                let short = name.split('(').next().unwrap_or(name);
                let folded: Vec<String> = words(short).into_iter().map(|word| word.folded).collect();
                let Some(first) = folded.first().cloned() else { continue };
                let known = names.entry(first).or_default();
                if !known.iter().any(|(sequence, _)| *sequence == folded) {
                    known.push((folded, town.id.clone()));
                }
            }
        }
        let folded = |name: &str| words(name).into_iter().map(|word| word.folded).collect::<Vec<_>>();
        let elsewhere = catalogue.elsewhere().iter().map(|name| (folded(name), name.clone()));
        Self { names, elsewhere: elsewhere.filter(|(sequence, _)| !sequence.is_empty()).collect() }
    }

    /// The place outside where the person says to live. Named in passing it says nothing, and may be another word: "Essen".
    pub fn home_elsewhere(&self, message: &[Word]) -> Option<String> {
        (0..message.len()).filter(|start| says_home(message, *start)).find_map(|start| {
            let begins = |sequence: &[String]| {
                let rest = message[start..].iter().map(|word| word.folded.as_str());
                rest.take(sequence.len()).eq(sequence.iter().map(String::as_str))
            };
            self.elsewhere.iter().find(|(sequence, _)| begins(sequence)).map(|(_, name)| name.clone())
        })
    }

    /// The towns named, in order.
    pub fn find(&self, message: &[Word]) -> Vec<NamedTown> {
        let mut found = Vec::new();
        for start in 0..message.len() {
            let Some((town, length, inhabitant)) = self.at(message, start) else { continue };
            let before = |back: usize| start.checked_sub(back).map(|index| message[index].folded.as_str());
            let says_home = says_home(message, start);
            let alone = message.len() == length || (message.len() == length + 1 && before(1) == Some("in"));
            found.push(NamedTown { town, words: start..start + length, is_home: says_home || inhabitant || alone });
        }
        found
    }

    fn at(&self, message: &[Word], start: usize) -> Option<(Slug, usize, bool)> {
        let word = &message[start].folded;
        if let Some(candidates) = self.names.get(word) {
            let fits = |sequence: &[String]| {
                sequence
                    .iter()
                    .enumerate()
                    .all(|(offset, part)| message.get(start + offset).is_some_and(|w| w.folded == *part))
            };
            let longest =
                candidates.iter().filter(|(sequence, _)| fits(sequence)).max_by_key(|(sequence, _)| sequence.len());
            if let Some((sequence, town)) = longest {
                return Some((town.clone(), sequence.len(), false));
            }
        }
        // "Soester", "Geseker", "Lippstädterin": the name or the name without its last letter, then an ending.
        ["erinnen", "erin", "ern", "er"].iter().find_map(|ending| {
            let stem = word.strip_suffix(ending)?;
            let known = |name: &str| self.names.get(name)?.iter().find(|(sequence, _)| sequence.len() == 1);
            let (_, town) = known(stem).or_else(|| known(&format!("{stem}e")))?;
            Some((town.clone(), 1, true))
        })
    }
}

/// Whether what begins here is where the person says to live: "ich wohne in …", "bei uns in …", "ich komme aus …".
fn says_home(message: &[Word], start: usize) -> bool {
    let before = |back: usize| start.checked_sub(back).map(|index| message[index].folded.as_str());
    let is_verb = |back: usize| {
        matches!(before(back), Some("wohne" | "wohnen" | "uns" | "komme" | "kommen" | "lebe" | "gezogen" | "live"))
    };
    matches!(before(1), Some("in" | "aus" | "nach")) && (1..=4).any(is_verb)
}
