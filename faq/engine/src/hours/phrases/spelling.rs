//! How far a misspelt word is from the one in the table.

/// Whether two words differ by at most `most` slips: a letter missing, added, wrong, or two swapped.
///
/// The first letter must be right. People rarely mistake it, and it keeps "sorgen" away from "morgen" and the search short.
pub(super) fn within(word: &str, known: &str, most: usize) -> bool {
    if word.chars().next() != known.chars().next() || word.chars().count().abs_diff(known.chars().count()) > most {
        return false;
    }
    let (word, known) = without_common_ends(word, known);
    // One slip leaves two letters at most, and most words that begin alike differ in more.
    if most == 1 && [word, known].iter().any(|left| left.chars().nth(2).is_some()) {
        return false;
    }
    let word = word.chars().collect::<Vec<_>>();
    let known = known.chars().collect::<Vec<_>>();
    // Optimal string alignment, three rows of the table at a time.
    let mut before_last = vec![0; known.len() + 1];
    let mut last = (0..=known.len()).collect::<Vec<_>>();
    for row in 1..=word.len() {
        let mut current = vec![row; known.len() + 1];
        for column in 1..=known.len() {
            let wrong = usize::from(word[row - 1] != known[column - 1]);
            let mut slips = (last[column] + 1).min(current[column - 1] + 1).min(last[column - 1] + wrong);
            let swapped =
                row > 1 && column > 1 && word[row - 1] == known[column - 2] && word[row - 2] == known[column - 1];
            if swapped {
                slips = slips.min(before_last[column - 2] + 1);
            }
            current[column] = slips;
        }
        if current.iter().all(|slips| *slips > most) {
            return false;
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last[known.len()] <= most
}

/// Both without the letters that they share at the beginning and at the end.
fn without_common_ends<'t>(a: &'t str, b: &'t str) -> (&'t str, &'t str) {
    let same = |pairs: &(char, char)| pairs.0 == pairs.1;
    let beginning: usize = a.chars().zip(b.chars()).take_while(same).map(|(letter, _)| letter.len_utf8()).sum();
    let (a, b) = (&a[beginning..], &b[beginning..]);
    let end: usize = a.chars().rev().zip(b.chars().rev()).take_while(same).map(|(letter, _)| letter.len_utf8()).sum();
    (&a[..a.len() - end], &b[..b.len() - end])
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn slips_are_counted() {
        for (word, known, slips) in [
            ("frietag", "freitag", 1),
            ("mitwoch", "mittwoch", 1),
            ("sammstag", "samstag", 1),
            ("donerstach", "donnerstag", 3),
            ("fronleichnahm", "fronleichnam", 1),
        ] {
            assert!(within(word, known, slips), "{word}");
            assert!(!within(word, known, slips - 1), "{word}");
        }
    }

    #[test]
    fn first_letter_must_be_right() {
        assert!(!within("sorgen", "morgen", 2));
        assert!(!within("", "morgen", 9));
    }
}
