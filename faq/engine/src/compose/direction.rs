//! Telephone numbers in languages that are written from right to left.
//!
//! Between two numbers a blank belongs to the text around, so "0800 1110111" in an Arabic sentence is drawn as "1110111
//! 0800" on every screen (Unicode Bidirectional Algorithm, rule N1). A number that is kept apart from its surroundings
//! is drawn as it is dialled.

use crate::phrasebook::Languages;
use crate::reply::{Block, ChecklistItem, Passage};

/// Left-to-right isolate, and its end.
const APART: (char, char) = ('\u{2066}', '\u{2069}');

/// Keeps the numbers in all texts of these blocks apart whose language runs from right to left.
pub(super) fn keep_numbers_apart(blocks: &mut [Block], languages: &Languages) {
    let is_rtl = |passage: &Passage| languages.phrasebook(&passage.language).pack().right_to_left;
    let mend = |passage: &mut Passage| {
        if is_rtl(passage) {
            passage.text = numbers_apart(&passage.text);
        }
    };
    for block in blocks {
        match block {
            Block::Text(passage) | Block::Notice { passage, .. } => mend(passage),
            Block::Appointment(appointment) => appointment.note.iter_mut().for_each(mend),
            Block::Contact(contact) => contact.note.iter_mut().for_each(mend),
            Block::Checklist(list) => {
                if languages.phrasebook(&list.language).pack().right_to_left {
                    list.items.iter_mut().for_each(mend_item);
                }
                if let Some(places) = &mut list.places {
                    keep_numbers_apart(&mut places.blocks, languages);
                    places.text = numbers_apart(&places.text);
                }
            }
            Block::Hours(_) | Block::Choices { .. } | Block::Link { .. } => {}
        }
    }
}

fn mend_item(item: &mut ChecklistItem) {
    item.text = numbers_apart(&item.text);
    for remark in [&mut item.note, &mut item.why] {
        *remark = remark.take().map(|text| numbers_apart(&text));
    }
}

/// The text with every telephone number isolated: digits in groups, the first of which begins with 0 or +.
fn numbers_apart(text: &str) -> String {
    let mut apart = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c == '+' || c.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        let end = end_of_number(number);
        let (number, after) = number.split_at(end);
        apart.push_str(before);
        let is_telephone = number.starts_with(['0', '+']) && number.contains([' ', '-', '/']);
        if is_telephone {
            apart.extend([APART.0].into_iter().chain(number.chars()).chain([APART.1]));
        } else {
            apart.push_str(number);
        }
        rest = after;
    }
    apart.push_str(rest);
    apart
}

/// Digits and single signs between them; at least the first character.
fn end_of_number(text: &str) -> usize {
    let mut end = 1;
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        let joins = matches!(letter, ' ' | '-' | '/') && letters.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        if !letter.is_ascii_digit() && !joins {
            break;
        }
        end = at + 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn telephone_numbers_are_kept_apart_and_nothing_else() {
        let drawn = |text| numbers_apart(text).replace(APART.0, "<").replace(APART.1, ">");
        assert_eq!(drawn("- **0800 1110111** – خط"), "- **<0800 1110111>** – خط");
        assert_eq!(drawn("02921 30-2222، 115"), "<02921 30-2222>، 115");
        assert_eq!(drawn("+49 2921 30-0."), "<+49 2921 30-0>.");
        for plain in ["112", "28.11.2026", "09:00–12:00", "2026-11-28", "26,30 €", "+", "0 ", "من 16 و17"] {
            assert_eq!(drawn(plain), plain);
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[\\PC0-9 +/-]{0,80}") {
            prop_assert_eq!(numbers_apart(&text).replace([APART.0, APART.1], ""), text.replace([APART.0, APART.1], ""));
        }
    }
}
