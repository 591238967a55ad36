//! Taking German compounds apart: Führerscheinumtauschfrist is about Führerschein, Umtausch and Frist.
//!
//! The lexicon comes from the content itself and a list of building blocks in the language pack, so no dictionary with
//! a licence of its own is shipped. A split is the cheapest way to cover the word with known parts and linking
//! elements; where that fails, one long known part at either end still says what the word is about.

use rustc_hash::FxHashSet;

/// Splits compounds over a lexicon of folded words.
#[derive(Debug, Clone, Default)]
pub(crate) struct CompoundSplitter {
    lexicon: FxHashSet<String>,
    /// How the words of the lexicon begin: most letters of a word begin none, and asking here costs little.
    beginnings: FxHashSet<[u8; SHORTEST_PART]>,
}

/// Letters between the parts of a compound: Antrag-s-formular, Straße-n-verkehr.
const LINKS: [&str; 5] = ["", "s", "es", "n", "en"];
const SHORTEST_WORD: usize = 8;
const SHORTEST_PART: usize = 3;
/// Three-letter parts invite nonsense; each costs as much as another part.
const SHORT_PART: usize = 3;
const SHORTEST_PARTIAL: usize = 5;
const SHORTEST_REST: usize = 3;

impl CompoundSplitter {
    /// A splitter over these folded words.
    pub(crate) fn new(words: impl IntoIterator<Item = String>) -> Self {
        let lexicon: FxHashSet<String> = words.into_iter().filter(|word| is_part(word)).collect();
        let beginnings = lexicon.iter().filter_map(|word| word.as_bytes().first_chunk().copied()).collect();
        Self { lexicon, beginnings }
    }

    /// The parts of a folded word, in order; empty if it is no compound of known parts.
    pub(crate) fn split(&self, word: &str) -> Vec<String> {
        if word.len() < SHORTEST_WORD || !word.is_ascii() {
            return Vec::new();
        }
        let parts = self.cover(word);
        if parts.is_empty() { self.known_end(word) } else { parts }
    }

    /// The cheapest cover of the whole word by two or more known parts.
    fn cover(&self, word: &str) -> Vec<String> {
        // best[i]: cost of covering the first i letters, and where the last part began.
        let mut best: Vec<Option<(usize, usize, usize)>> = vec![None; word.len() + 1];
        best[0] = Some((0, 0, 0));
        let begins: Vec<bool> = word.as_bytes().windows(SHORTEST_PART).map(|three| self.begins(three)).collect();
        for end in SHORTEST_PART..=word.len() {
            for start in 0..=end - SHORTEST_PART {
                let Some((cost, _, _)) = best[start].filter(|_| begins[start]) else { continue };
                for link in LINKS {
                    // The last part carries no link, and the whole word is not its own part.
                    if (!link.is_empty() && end == word.len()) || (start == 0 && end == word.len()) {
                        continue;
                    }
                    let Some(part) = word[start..end].strip_suffix(link) else { continue };
                    if part.len() < SHORTEST_PART || !self.knows(part) {
                        continue;
                    }
                    let price = cost + 2 + usize::from(!link.is_empty()) + 2 * usize::from(part.len() <= SHORT_PART);
                    if best[end].is_none_or(|(known, _, _)| price < known) {
                        best[end] = Some((price, start, link.len()));
                    }
                }
            }
        }
        let mut parts = Vec::new();
        let mut end = word.len();
        while end > 0 {
            let Some((_, start, link)) = best[end] else { return Vec::new() };
            parts.push(word[start..end - link].to_owned());
            end = start;
        }
        parts.reverse();
        parts
    }

    /// A long known part at the end or the beginning, with the unknown rest as it is.
    fn known_end(&self, word: &str) -> Vec<String> {
        let lengths = (SHORTEST_PARTIAL..=word.len().saturating_sub(SHORTEST_REST)).rev();
        for length in lengths {
            let tail = &word[word.len() - length..];
            if self.knows(tail) {
                return vec![word[..word.len() - length].to_owned(), tail.to_owned()];
            }
            let head = &word[..length];
            if self.knows(head) {
                return vec![head.to_owned(), word[length..].to_owned()];
            }
        }
        Vec::new()
    }

    fn begins(&self, three: &[u8]) -> bool {
        three.first_chunk().is_some_and(|three| self.beginnings.contains(three))
    }

    fn knows(&self, part: &str) -> bool {
        self.lexicon.contains(part)
    }
}

fn is_part(word: &str) -> bool {
    word.len() >= SHORTEST_PART && word.bytes().all(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn splitter() -> CompoundSplitter {
        let words = [
            "fuhrerschein",
            "umtausch",
            "frist",
            "kfz",
            "zulassung",
            "stelle",
            "aufenthalt",
            "erlaubnis",
            "antrag",
            "formular",
            "fahrzeug",
            "schein",
            "kennzeichen",
        ];
        CompoundSplitter::new(words.map(str::to_owned))
    }

    #[test]
    fn compounds_come_apart_at_known_words() {
        for (word, parts) in [
            ("fuhrerscheinumtauschfrist", vec!["fuhrerschein", "umtausch", "frist"]),
            ("kfzzulassungsstelle", vec!["kfz", "zulassung", "stelle"]),
            ("aufenthaltserlaubnis", vec!["aufenthalt", "erlaubnis"]),
            ("antragsformular", vec!["antrag", "formular"]),
            ("wunschkennzeichen", vec!["wunsch", "kennzeichen"]),
        ] {
            assert_eq!(splitter().split(word), parts, "{word}");
        }
    }

    #[test]
    fn simple_and_foreign_words_stay_whole() {
        for word in ["schein", "fahrzeug", "personal", "машинадокументы"] {
            assert!(splitter().split(word).is_empty(), "{word}");
        }
    }
}
