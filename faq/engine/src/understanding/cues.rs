//! Cue words: patterns of words by which an intent or a facet is recognised.
//!
//! A pattern is a few folded words in order. `*` at the end of a word stands for any ending (`unterlage*`), at the
//! start for any beginning (`*gebuhr*`); `_` stands for up to three words in between (`wie lange _ dauer*`). `^` as
//! the first word means that the message starts here, `$` as the last that it ends here. `!` before everything else
//! marks a cue that names its meaning outright where others only hint at it (`! voraussetzung*` beside `kann ich`).

use rustc_hash::FxHashMap;

use super::text::{Word, words};

/// A pattern of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    parts: Vec<Part>,
    at_start: bool,
    at_end: bool,
    outright: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Exact(String),
    Prefix(String),
    Suffix(String),
    Infix(String),
    Gap,
}

/// A pattern that says nothing.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a cue: write one or more words, `*` for any ending, `_` for up to three words between")]
pub struct InvalidPattern(String);

impl Pattern {
    /// Words a gap may span.
    const WIDEST_GAP: usize = 3;

    /// Reads a pattern as written in a language pack.
    pub fn parse(text: &str) -> Result<Self, InvalidPattern> {
        let invalid = || InvalidPattern(text.to_owned());
        let mut pieces: Vec<&str> = text.split_whitespace().collect();
        let outright = pieces.first() == Some(&"!");
        if outright {
            pieces.remove(0);
        }
        let at_start = pieces.first() == Some(&"^");
        if at_start {
            pieces.remove(0);
        }
        let at_end = pieces.last() == Some(&"$");
        if at_end {
            pieces.pop();
        }
        let mut parts = Vec::new();
        for piece in pieces {
            if piece == "_" {
                parts.push(Part::Gap);
                continue;
            }
            let (open_start, open_end) = (piece.starts_with('*'), piece.ends_with('*'));
            for (index, word) in words(piece.trim_matches('*')).into_iter().enumerate() {
                let folded = word.folded;
                parts.push(match (open_start && index == 0, open_end) {
                    (true, true) => Part::Infix(folded),
                    (true, false) => Part::Suffix(folded),
                    (false, true) => Part::Prefix(folded),
                    (false, false) => Part::Exact(folded),
                });
            }
        }
        let says_something = parts.iter().any(|part| *part != Part::Gap);
        let gaps_are_inside = parts.first() != Some(&Part::Gap) && parts.last() != Some(&Part::Gap);
        if says_something && gaps_are_inside { Ok(Self { parts, at_start, at_end, outright }) } else { Err(invalid()) }
    }

    /// The range of words matched when the match begins at `start`.
    fn match_at(&self, words: &[Word], start: usize) -> Option<std::ops::Range<usize>> {
        if self.at_start && start != 0 {
            return None;
        }
        let end = match_parts(&self.parts, words, start)?;
        (!self.at_end || end == words.len()).then_some(start..end)
    }

    /// Whether the matched words are the cue and at most an ending.
    fn covers(&self, matched: &[Word]) -> bool {
        const LONGEST_ENDING: usize = 5;
        self.parts.iter().all(|part| match part {
            Part::Exact(_) | Part::Gap => true,
            Part::Prefix(text) | Part::Suffix(text) | Part::Infix(text) => matched
                .iter()
                .any(|word| word.folded.starts_with(text.as_str()) && word.folded.len() <= text.len() + LONGEST_ENDING),
        })
    }

    /// How specific the pattern is: the number of words it demands.
    fn weight(&self) -> usize {
        self.parts.iter().filter(|part| **part != Part::Gap).count()
    }
}

fn match_parts(parts: &[Part], words: &[Word], at: usize) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(at) };
    if *part == Part::Gap {
        return (0..=Pattern::WIDEST_GAP).find_map(|skipped| match_parts(rest, words, at + skipped));
    }
    let word = &words.get(at)?.folded;
    let fits = match part {
        Part::Exact(text) => word == text,
        Part::Prefix(text) => word.starts_with(text.as_str()),
        Part::Suffix(text) => word.ends_with(text.as_str()),
        Part::Infix(text) => word.contains(text.as_str()),
        Part::Gap => false,
    };
    if fits { match_parts(rest, words, at + 1) } else { None }
}

const PLAIN_LETTERS: usize = 0;
const OTHER_LETTERS: usize = 1;

/// So many first letters find the patterns whose first word has an open ending.
const LOOKED_UP: usize = 3;

/// Patterns, each standing for something.
#[derive(Debug, Clone)]
pub struct CueSet<T> {
    patterns: Vec<(T, Pattern)>,
    /// Patterns by their first exact word.
    by_first_word: FxHashMap<String, Vec<usize>>,
    /// Patterns by the first letters of their first word, whose ending is open.
    by_beginning: FxHashMap<String, Vec<usize>>,
    /// Patterns that words of any beginning can begin: words in plain letters, and others.
    open: [Vec<usize>; 2],
}

/// A cue found in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue<T> {
    /// What it stands for.
    pub meaning: T,
    /// Which words of the message.
    pub words: std::ops::Range<usize>,
    /// Number of words the pattern demanded; the more, the surer.
    pub weight: usize,
    /// Whether the words are nothing but the cue. A cue inside a longer word (`*gebuhr*`) leaves a matter beside it.
    pub whole_words: bool,
    /// Whether the cue names its meaning outright.
    pub outright: bool,
}

impl<T: Copy + PartialEq> CueSet<T> {
    /// Collects patterns.
    pub fn new(patterns: impl IntoIterator<Item = (T, Pattern)>) -> Self {
        let patterns: Vec<_> = patterns.into_iter().collect();
        let mut by_first_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut by_beginning: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut open = [Vec::new(), Vec::new()];
        for (index, (_, pattern)) in patterns.iter().enumerate() {
            match pattern.parts.first() {
                Some(Part::Exact(word)) => by_first_word.entry(word.clone()).or_default().push(index),
                Some(Part::Prefix(beginning)) => {
                    let letters = beginning.chars().take(LOOKED_UP).collect();
                    by_beginning.entry(letters).or_default().push(index);
                }
                Some(Part::Suffix(text) | Part::Infix(text)) if !text.is_ascii() => open[OTHER_LETTERS].push(index),
                _ => open.iter_mut().for_each(|open| open.push(index)),
            }
        }
        Self { patterns, by_first_word, by_beginning, open }
    }

    /// The patterns of several sets that stand for something wanted.
    pub fn merged<'s>(sets: impl IntoIterator<Item = &'s Self>, is_wanted: impl Fn(T) -> bool) -> Self
    where
        T: 's,
    {
        let patterns = sets.into_iter().flat_map(|set| &set.patterns);
        Self::new(patterns.filter(|(meaning, _)| is_wanted(*meaning)).cloned())
    }

    /// Every cue in the message, in order of appearance; where several begin at the same word, the longest first.
    pub fn find(&self, words: &[Word]) -> Vec<Cue<T>> {
        let mut found = Vec::new();
        for (start, word) in words.iter().enumerate() {
            let exact = self.by_first_word.get(&word.folded).into_iter().flatten();
            let begin = found.len();
            let beginnings =
                word.folded.char_indices().take(LOOKED_UP).map(|(at, c)| &word.folded[..at + c.len_utf8()]);
            let begun = beginnings.filter_map(|letters| self.by_beginning.get(letters)).flatten();
            for &index in
                exact.chain(begun).chain(&self.open[if word.folded.is_ascii() { PLAIN_LETTERS } else { OTHER_LETTERS }])
            {
                let (meaning, pattern) = &self.patterns[index];
                if let Some(range) = pattern.match_at(words, start) {
                    let whole_words = pattern.covers(&words[range.clone()]);
                    found.push(Cue {
                        meaning: *meaning,
                        words: range,
                        weight: pattern.weight(),
                        whole_words,
                        outright: pattern.outright,
                    });
                }
            }
            found[begin..].sort_by_key(|cue| std::cmp::Reverse(cue.weight));
        }
        found
    }

    /// Whether a cue of this meaning is in the message.
    pub fn contains(&self, words: &[Word], meaning: T) -> bool {
        self.find(words).iter().any(|cue| cue.meaning == meaning)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, message: &str) -> bool {
        let set = CueSet::new([((), Pattern::parse(pattern).expect("valid pattern"))]);
        !set.find(&words(message)).is_empty()
    }

    #[test]
    fn patterns_match_words_not_letters() {
        assert!(found("kost*", "Was kostet das?"));
        assert!(found("*gebühr*", "Zulassungsgebuehren"));
        assert!(found("wie lange _ dauer*", "wie lange wird das wohl dauern"));
        assert!(!found("wie lange _ dauer*", "wie lange muss ich denn jetzt hier noch warten bis es dauert"));
        assert!(!found("bot", "Angebot"));
        assert!(found("^ hallo", "Hallo, wie geht es?"));
        assert!(!found("^ hallo", "sag hallo"));
        assert!(found("bis wann $", "und bis wann?"));
        assert!(!found("bis wann $", "bis wann habt ihr offen"));
    }

    #[test]
    fn empty_patterns_are_refused() {
        for wrong in ["", "  ", "_", "*", "^ $", "a _", "_ a"] {
            assert!(Pattern::parse(wrong).is_err(), "{wrong:?} must be refused");
        }
    }
}
