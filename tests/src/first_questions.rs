//! The example questions of the desk's first issue, and what every channel must reply to them.
//!
//! One table for all channels: a question that is answered on the website and not on Telegram is what it is there to
//! find. It is asked as one conversation, because the second question is a follow-up.

use serde_json::Value;

/// A question and what its reply must be like.
#[derive(Debug)]
pub struct Expected {
    /// What is asked.
    pub question: &'static str,
    /// The kind of the reply, as programs read it.
    pub kind: &'static str,
    /// Its service and facet, as programs read them; empty: none.
    pub about: (&'static str, &'static str),
    /// What a person must read, on every channel. `#` stands for any digit.
    pub says: &'static [&'static str],
    /// What a person must read once and no more.
    pub says_once: &'static [&'static str],
    /// The fewest things on its checklist.
    pub things_to_bring: usize,
    /// The fewest telephone numbers of people who help.
    pub ways_to_a_person: usize,
}

/// The questions, in the order of the conversation.
pub const FIRST_QUESTIONS: [Expected; 6] = [
    Expected {
        question: "was brauche ich um mein auto umzumelden",
        kind: "answer",
        about: ("kfz-umschreibung", "documents"),
        says: &["Zulassungsbescheinigung Teil II", "eVB-Nummer"],
        says_once: &["Fahrzeug umschreiben (neuer Halter oder zugezogen)"],
        things_to_bring: 6,
        ways_to_a_person: 0,
    },
    Expected {
        question: "und was kostet das",
        kind: "answer",
        about: ("kfz-umschreibung", "fee"),
        says: &["Halterwechsel", "##,## Euro", "Stand: ##.##.####"],
        says_once: &[],
        things_to_bring: 0,
        ways_to_a_person: 0,
    },
    Expected {
        question: "habt ihr samstag offen",
        kind: "answer",
        about: ("oeffnungszeiten", "hours"),
        // Open or, on a holiday, closed: the test runs in every week of the year.
        says: &["Am Samstag, ", " #### ist ge", "Bürgerservice"],
        says_once: &[],
        things_to_bring: 0,
        ways_to_a_person: 0,
    },
    Expected {
        question: "fuehrerscheinumtausch frist jahrgang 1968",
        kind: "answer",
        about: ("fuehrerschein-umtausch", "deadline"),
        says: &["Jahrgang 1965 bis 1970: ", "Diese Frist ist am 19.01.2025 abgelaufen."],
        // The row and not the table.
        says_once: &["1965 bis 1970"],
        things_to_bring: 0,
        ways_to_a_person: 0,
    },
    Expected {
        question: "ich möchte meinen perso verlängern",
        kind: "answer",
        about: ("personalausweis", "overview"),
        says: &["nicht beim Kreis", "In welcher Stadt oder Gemeinde wohnen Sie?", "Rathaus"],
        says_once: &[],
        things_to_bring: 0,
        ways_to_a_person: 0,
    },
    Expected {
        question: "wo gibt es die beste pizza",
        kind: "unknown",
        about: ("", ""),
        says: &["Das weiß ich leider nicht"],
        says_once: &[],
        things_to_bring: 0,
        ways_to_a_person: 2,
    },
];

impl Expected {
    /// Checks a reply in the form programs read, which HTTP and the command line share.
    pub fn is_met_by(&self, reply: &Value) {
        let word = |key: &str| reply[key].as_str().unwrap_or_default();
        assert_eq!((word("kind"), (word("service"), word("facet"))), (self.kind, self.about), "{self:?}: {reply}");
        self.is_said_in(word("text"));
        self.counts(listed(reply, "checklist", "items"), listed(reply, "contact", "phones"), word("text"));
    }

    /// Checks the words a person reads.
    pub fn is_said_in(&self, text: &str) {
        for words in self.says {
            assert!(says(text, words), "{:?} is answered without {words:?}: {text}", self.question);
        }
        for words in self.says_once {
            assert_eq!(text.matches(words).count(), 1, "{:?} says {words:?} so often: {text}", self.question);
        }
    }

    /// Checks how many things to bring and telephone numbers a channel shows.
    pub fn counts(&self, things_to_bring: usize, ways_to_a_person: usize, text: &str) {
        assert!(things_to_bring >= self.things_to_bring, "{:?}: {things_to_bring} things in {text}", self.question);
        assert!(ways_to_a_person >= self.ways_to_a_person, "{:?}: {ways_to_a_person} ways in {text}", self.question);
    }
}

/// How many entries the lists under this key have, in all blocks of this kind.
fn listed(reply: &Value, kind: &str, key: &str) -> usize {
    let blocks = reply["blocks"].as_array().into_iter().flatten().filter(|block| block["type"] == kind);
    blocks.map(|block| block[key].as_array().map_or(0, Vec::len)).sum()
}

/// Whether the words are in the text, `#` standing for any digit.
fn says(text: &str, words: &str) -> bool {
    let fits = |wanted: char, found: char| if wanted == '#' { found.is_ascii_digit() } else { wanted == found };
    text.char_indices().any(|(begin, _)| {
        let mut letters = text[begin..].chars();
        words.chars().all(|wanted| letters.next().is_some_and(|found| fits(wanted, found)))
    })
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn a_hash_stands_for_a_digit_and_nothing_else() {
        assert!(says("Stand: 01.09.2023.", "Stand: ##.##.####"));
        assert!(says("zu 5,00 Euro", "#,## Euro"));
        assert!(!says("Stand: September 2023", "Stand: ##"));
        assert!(!says("Stand: 0", "Stand: ##"));
    }
}
