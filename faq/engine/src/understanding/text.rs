//! Cleaning and folding text.
//!
//! Folding makes spellings equal that people do not tell apart on a keyboard: case, umlauts (ü, ue, u), ß and ss,
//! accents, the Turkish dotless i. It is used for cue words and names; the search index has its own analysis.

use std::borrow::Cow;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Makes a message safe to handle: composed Unicode (NFC), no control characters, no invisible or direction-changing
/// characters, runs of white space as one space, at most `limit` characters.
pub fn clean(text: &str, limit: usize) -> String {
    // Nearly everything comes composed, and seeing so costs less than composing.
    let composed: Cow<'_, str> = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text.into(),
        IsNormalized::No | IsNormalized::Maybe => text.nfc().collect::<String>().into(),
    };
    let mut cleaned = String::with_capacity(text.len().min(limit * 4));
    let mut characters = 0;
    let mut marks_in_a_row = 0;
    let mut space_pending = false;
    for c in composed.chars() {
        if is_invisible(c) {
            continue;
        }
        if c.is_whitespace() || c.is_control() {
            space_pending = !cleaned.is_empty();
            continue;
        }
        // A stack of combining marks ("Zalgo") says nothing; two are enough for any language we speak.
        marks_in_a_row = if is_mark(c) { marks_in_a_row + 1 } else { 0 };
        if marks_in_a_row > 2 {
            continue;
        }
        if characters + usize::from(space_pending) >= limit {
            break;
        }
        if space_pending {
            cleaned.push(' ');
            characters += 1;
            space_pending = false;
        }
        cleaned.push(c);
        characters += 1;
    }
    cleaned
}

/// Zero-width, direction-changing and unassigned-on-purpose characters.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}' | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// A word of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As written.
    pub surface: String,
    /// Folded.
    pub folded: String,
}

/// The words of a text in order.
pub fn words(text: &str) -> Vec<Word> {
    surfaces(text).map(|surface| Word { surface: surface.to_owned(), folded: fold(surface) }).collect()
}

/// Where the words of a text begin, in bytes.
pub(crate) fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    surfaces(text).map(|surface| surface.as_ptr() as usize - text.as_ptr() as usize)
}

/// How many words a text has.
pub fn count_words(text: &str) -> usize {
    surfaces(text).count()
}

/// The words as written; what would be nothing when folded is none.
fn surfaces(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split(|c: char| !c.is_alphanumeric() && !is_mark(c));
    pieces.filter(|surface| surface.chars().any(|c| c != TATWEEL && !is_mark(c)))
}

/// Stretches Arabic words and says nothing.
const TATWEEL: char = 'ـ';

/// Whether this is an accent of the letter before it. Most letters are ASCII, and the tables need not be asked about
/// them.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && is_combining_mark(c)
}

/// Folds one word or a whole text: lower case, without accents, `ß` as `ss`, and `ae oe ue` as `a o u`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        // Most words are, and nothing of them has to be taken apart.
        text.chars().for_each(|c| push_folded(&mut folded, c.to_ascii_lowercase()));
        return folded;
    }
    for c in text.chars() {
        if c.is_ascii() {
            push_folded(&mut folded, c.to_ascii_lowercase());
            continue;
        }
        decompose_compatible(c, |part| {
            if !is_mark(part) {
                part.to_lowercase().for_each(|c| push_folded(&mut folded, c));
            }
        });
    }
    folded
}

fn push_folded(folded: &mut String, c: char) {
    match c {
        'ß' => folded.push_str("ss"),
        'ı' => folded.push('i'),
        'ł' => folded.push('l'),
        'ø' => folded.push('o'),
        'æ' => folded.push('a'),
        'œ' => folded.push('o'),
        TATWEEL => {}
        // The forms of alef are written interchangeably.
        'أ' | 'إ' | 'آ' => folded.push('ا'),
        'ى' => folded.push('ي'),
        'ة' => folded.push('ه'),
        // "ae", "oe", "ue" stand for umlauts; the e is dropped, so ü, ue and u meet.
        'e' if matches!(folded.chars().next_back(), Some('a' | 'o' | 'u')) => {}
        c if is_mark(c) => {}
        c => folded.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_meet() {
        for spelling in ["Führerschein", "Fuehrerschein", "Fuhrerschein", "FÜHRERSCHEIN", "Fu\u{308}hrerschein"] {
            assert_eq!(fold(spelling), "fuhrerschein", "{spelling}");
        }
        assert_eq!(fold("Straße"), fold("STRASSE"));
        assert_eq!(fold("taşındım"), "tasindim");
    }

    #[test]
    fn cleaning_keeps_the_words_and_drops_the_tricks() {
        assert_eq!(clean("  a\u{0}b\t\u{202E}c\u{200B}d \n", 100), "a b cd");
        assert_eq!(clean("fu\u{308}r", 100), "für");
        assert_eq!(clean(&format!("e{}x", "\u{301}".repeat(500)), 100).chars().count(), 4);
        assert_eq!(clean("abcdef", 3), "abc");
        assert_eq!(clean("ab cd", 3), "ab");
    }

    proptest::proptest! {
        #[test]
        fn every_word_is_something_and_is_counted(text in ".{0,60}|[a\u{640}\u{301} ]{0,12}") {
            let words = words(&text);
            proptest::prop_assert!(words.iter().all(|word| !word.folded.is_empty()));
            proptest::prop_assert_eq!(count_words(&text), words.len());
        }
    }

    #[test]
    fn words_are_split_at_everything_that_is_no_letter_or_digit() {
        let folded: Vec<_> = words("ZB I + II, Kfz-Schein?").into_iter().map(|w| w.folded).collect();
        assert_eq!(folded, ["zb", "i", "ii", "kfz", "schein"]);
    }
}
