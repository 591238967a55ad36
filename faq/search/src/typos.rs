//! Typing errors, found by symmetric deletion: two words are close if they meet after leaving out a letter or two.
//!
//! Only words that the content does not know are corrected, so a correct word is never changed into another.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

/// Known words, findable by their close misspellings.
#[derive(Debug, Clone, Default)]
pub(crate) struct TypoDictionary {
    words: Vec<String>,
    /// Known words by what remains after deletions from their beginning, as a hash of it: that two remains may share
    /// one costs a comparison and changes nothing.
    by_deletion: FxHashMap<u64, Vec<u32>>,
}

/// Deletions are taken within the first letters only; longer tails are compared in full afterwards.
const PREFIX: usize = 9;
const SHORTEST_WORD: usize = 4;
const TWO_ERRORS_FROM: usize = 8;

impl TypoDictionary {
    /// Learns folded words.
    pub(crate) fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut dictionary = Self::default();
        let mut words: Vec<String> = words.into_iter().collect();
        words.sort_unstable();
        for word in words {
            if word.chars().count() < SHORTEST_WORD || word.chars().any(|c| c.is_ascii_digit()) {
                continue;
            }
            let index = dictionary.words.len() as u32;
            for deletion in deletions(&word, allowed_errors(word.chars().count())) {
                dictionary.by_deletion.entry(deletion).or_default().push(index);
            }
            dictionary.words.push(word);
        }
        dictionary
    }

    /// The known words that begin like this and go on: what an abbreviation may stand for.
    pub(crate) fn continuations<'d>(&'d self, beginning: &'d str) -> impl Iterator<Item = &'d str> {
        // They are learned in order.
        let first = self.words.partition_point(|word| word.as_str() < beginning);
        let alike = self.words[first..].iter().take_while(move |word| word.starts_with(beginning));
        alike.map(String::as_str).filter(move |word| word.len() > beginning.len())
    }

    /// The closest known words and their distance, closest first. Empty if none is close enough.
    pub(crate) fn corrections(&self, word: &str) -> Vec<(&str, usize)> {
        let length = word.chars().count();
        if length < SHORTEST_WORD || word.chars().any(|c| c.is_ascii_digit()) {
            return Vec::new();
        }
        let allowed = allowed_errors(length);
        let mut candidates: Vec<u32> = deletions(word, allowed)
            .iter()
            .filter_map(|deletion| self.by_deletion.get(deletion))
            .flatten()
            .copied()
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let mut close: Vec<(&str, usize)> = candidates
            .into_iter()
            .map(|index| self.words[index as usize].as_str())
            .filter_map(|known| Some((known, distance(word, known, allowed)?)))
            .collect();
        close.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(b.0)));
        let closest = close.first().map(|(_, distance)| *distance);
        close.retain(|(_, distance)| Some(*distance) == closest);
        close.truncate(3);
        close
    }
}

fn allowed_errors(length: usize) -> usize {
    if length >= TWO_ERRORS_FROM { 2 } else { 1 }
}

/// What remains of the first letters after leaving out up to `errors` of them, hashed.
fn deletions(word: &str, errors: usize) -> Vec<u64> {
    let mut prefix = [char::default(); PREFIX];
    let length = word.chars().zip(&mut prefix).map(|(letter, place)| *place = letter).count();
    let prefix = &prefix[..length];
    let without = |first: usize, second: usize| {
        let mut hasher = FxHasher::default();
        let left = prefix.iter().enumerate().filter(|(index, _)| *index != first && *index != second);
        left.for_each(|(_, letter)| letter.hash(&mut hasher));
        hasher.finish()
    };
    let mut all = vec![without(length, length)];
    for first in 0..length {
        all.push(without(first, first));
        let second = if errors > 1 { first + 1..length } else { 0..0 };
        all.extend(second.map(|second| without(first, second)));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Number of insertions, deletions, replacements and swaps of neighbours (optimal string alignment); `None` above
/// `most`.
fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replace = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut cost = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(before[j - 2] + 1);
            }
            row.push(cost);
        }
        if row.iter().min().is_some_and(|least| *least > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|cost| *cost <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_misspellings_are_found() {
        let known = ["fuhrerschein", "personalausweis", "kennzeichen", "wohngeld", "rente", "elterngeld"];
        let dictionary = TypoDictionary::new(known.map(str::to_owned));
        for (typed, meant) in [
            ("fuhrershcein", "fuhrerschein"),
            ("furerschein", "fuhrerschein"),
            ("personalauweis", "personalausweis"),
            ("kenzeichen", "kennzeichen"),
            ("elterngelt", "elterngeld"),
            ("retne", "rente"),
        ] {
            assert_eq!(dictionary.corrections(typed).first().map(|(word, _)| *word), Some(meant), "{typed}");
        }
        assert!(dictionary.corrections("pizza").is_empty());
        assert!(dictionary.corrections("c1e").is_empty());
    }

    #[test]
    fn swaps_count_once() {
        assert_eq!(distance("abcd", "abdc", 2), Some(1));
        assert_eq!(distance("abcd", "abcd", 0), Some(0));
        assert_eq!(distance("abcd", "xyz", 2), None);
    }
}
