//! The years a message names: "Jahrgang 1968", "2003 ausgestellt", "geboren am 12.03.68".

use std::ops::Range;

use crate::understanding::cues::Cue;
use crate::understanding::text::Word;
use crate::years::{NamedYear, YearKind};

/// The first year anybody is asked about who is alive, or any paper that is still in use.
const EARLIEST: i32 = 1900;
/// Words between a year and the word that says which year it is.
const FARTHEST_CUE: usize = 4;

/// The years named up to this one, each with the kind that the nearest word tells. A word tells the kind of one year
/// only, and of two years beside it the one before it: "1950 geboren, 2003 ausgestellt". Nobody is asked for these words
/// where there is no number.
pub(super) fn named_years(
    words: &[Word],
    find_cues: impl FnOnce() -> Vec<Cue<YearKind>>,
    this_year: i32,
) -> Vec<NamedYear> {
    let years = years(words, this_year);
    if years.is_empty() {
        return Vec::new();
    }
    let mut free = find_cues();
    let mut named = Vec::new();
    for found in years {
        let nearest = free
            .iter()
            .enumerate()
            .map(|(index, cue)| (distance(&cue.words, &found.words), index))
            .filter(|(distance, _)| *distance <= FARTHEST_CUE)
            .min();
        // Two digits are a year only right beside "Jahrgang"; elsewhere they are anything.
        if found.is_short && nearest.is_none_or(|(distance, _)| distance > 0) {
            continue;
        }
        let kind = nearest.map(|(_, index)| free.remove(index).meaning);
        named.push(NamedYear { year: found.year, kind });
    }
    named
}

/// A number that may be a year.
struct FoundYear {
    year: i32,
    words: Range<usize>,
    /// Two digits outside a date.
    is_short: bool,
}

fn years(words: &[Word], this_year: i32) -> Vec<FoundYear> {
    let number = |index: usize| words.get(index).and_then(|word| digits(&word.folded));
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let date = [number(at), number(at + 1), number(at + 2)];
        let (length, year, is_short) = match date {
            [Some((1..=31, 1 | 2)), Some((1..=12, 1 | 2)), Some((year, 2 | 4))] => (3, Some(year), false),
            // "12.3." is a date without a year.
            [Some((_, 1 | 2)), Some((_, 1 | 2)), _] => (2, None, false),
            [Some((year, 4)), _, _] => (1, Some(year), false),
            [Some((year, 2)), _, _] => (1, Some(year), true),
            _ => (1, None, false),
        };
        let year = year.map(|year| in_full(year, this_year)).filter(|year| (EARLIEST..=this_year).contains(year));
        found.extend(year.map(|year| FoundYear { year, words: at..at + length, is_short }));
        at += length;
    }
    found
}

/// A number and how many digits it has; "1968er" is one too.
fn digits(folded: &str) -> Option<(i32, usize)> {
    let digits = folded.strip_suffix("er").unwrap_or(folded);
    let is_number = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.parse().ok().filter(|_| is_number)?;
    Some((number, digits.len()))
}

/// "68" is 1968, "03" is 2003: the last such year that has begun.
fn in_full(year: i32, this_year: i32) -> i32 {
    let century = this_year / 100 * 100;
    match year {
        0..=99 if century + year <= this_year => century + year,
        0..=99 => century - 100 + year,
        _ => year,
    }
}

/// Words between two ranges that do not overlap; 0 if they touch.
fn distance(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.start.saturating_sub(b.end).max(b.start.saturating_sub(a.end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::understanding::cues::{CueSet, Pattern};
    use crate::understanding::text::words;

    const THIS_YEAR: i32 = 2026;
    use YearKind::{Birth, Issue};

    fn read(message: &str) -> Vec<(i32, Option<YearKind>)> {
        let pattern = |text| Pattern::parse(text).expect("valid");
        let cues = [(Birth, "jahrgang"), (Birth, "geboren"), (Issue, "ausgestellt*"), (Issue, "von")];
        let cues = CueSet::new(cues.map(|(kind, text)| (kind, pattern(text))));
        let words = words(message);
        let named = named_years(&words, || cues.find(&words), THIS_YEAR);
        named.into_iter().map(|named| (named.year, named.kind)).collect()
    }

    #[test]
    fn the_nearest_word_tells_which_year_it_is() {
        for (message, expected) in [
            ("frist jahrgang 1968", vec![(1968, Some(Birth))]),
            ("1968er Jahrgang", vec![(1968, Some(Birth))]),
            ("Jahrgang 68", vec![(1968, Some(Birth))]),
            ("Ich bin am 12.03.68 geboren", vec![(1968, Some(Birth))]),
            ("geboren am 12. 3. 1968", vec![(1968, Some(Birth))]),
            ("führerschein 2003 ausgestellt", vec![(2003, Some(Issue))]),
            ("ausgestellt 03", vec![(2003, Some(Issue))]),
            ("1950 geboren, Führerschein 2003 ausgestellt", vec![(1950, Some(Birth)), (2003, Some(Issue))]),
            ("1950 geboren 2003 ausgestellt", vec![(1950, Some(Birth)), (2003, Some(Issue))]),
            ("Jahrgang 1968 ausgestellt 1987", vec![(1968, Some(Birth)), (1987, Some(Issue))]),
            ("ausgestellt 1987, Jahrgang 1968", vec![(1987, Some(Issue)), (1968, Some(Birth))]),
            ("Führerschein 1987, was nun", vec![(1987, None)]),
        ] {
            assert_eq!(read(message), expected, "{message}");
        }
    }

    #[test]
    fn other_numbers_are_no_years() {
        for message in
            ["68 Euro", "geboren am 12.03.", "in 30 Jahren ausgestellt", "Jahrgang 2033", "Hausnummer 1512", "12345"]
        {
            assert_eq!(read(message), [], "{message}");
        }
    }

    proptest! {
        #[test]
        fn every_year_is_read_in_every_spelling(year in EARLIEST..=THIS_YEAR, day in 1..=31, month in 1..=12) {
            prop_assert_eq!(read(&format!("Frist Jahrgang {year}?")), [(year, Some(Birth))]);
            prop_assert_eq!(read(&format!("Schein von {year}")), [(year, Some(Issue))]);
            prop_assert_eq!(read(&format!("geboren am {day:02}.{month}.{year}")), [(year, Some(Birth))]);
            prop_assert_eq!(read(&format!("Umtausch {year}")), [(year, None)]);
            if year > THIS_YEAR - 100 {
                prop_assert_eq!(read(&format!("Jahrgang {:02}", year % 100)), [(year, Some(Birth))]);
            }
        }

        #[test]
        fn whatever_is_written_no_year_is_made_up(text in "\\PC{0,80}", numbers in "([0-9]{1,5}[ ./-]{0,2}|jahrgang |geboren |er ){0,12}") {
            for message in [&text, &numbers] {
                for (year, _) in read(message) {
                    prop_assert!((EARLIEST..=THIS_YEAR).contains(&year), "{}", message);
                    let short = format!("{:02}", year % 100);
                    prop_assert!(message.contains(&short), "{} in {}", year, message);
                }
            }
        }
    }
}
