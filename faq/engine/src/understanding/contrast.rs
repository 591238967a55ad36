//! What is named only to be ruled out: "nicht verloren, nur umgezogen" is about moving.

use std::collections::HashSet;

use super::text::{Word, count_words};

/// The words of a language by which something is ruled out, folded.
#[derive(Debug, Clone, Default)]
pub struct Contrast {
    /// Words that rule out what follows them ("nicht", "kein").
    pub negations: HashSet<String>,
    /// Words that say what is meant instead ("sondern", "nur").
    pub corrections: HashSet<String>,
    /// Words that say nothing before a negation ("nein", "nee").
    pub interjections: HashSet<String>,
    /// Words before the name of a thing ("den", "die").
    pub articles: HashSet<String>,
}

impl Contrast {
    /// The positions of words that are only named to be ruled out: a negation with what stands between it and the word
    /// that says what is meant instead, if that begins a clause; or with a thing and nothing else in its clause, if
    /// another clause follows: "nicht den Reisepass, den Perso brauche ich".
    pub fn ruled_out(&self, text: &str, read: &[Word]) -> Vec<usize> {
        const LONGEST: usize = 4;
        if !read.iter().any(|word| self.negations.contains(&word.folded)) {
            return Vec::new();
        }
        let mut position = 0;
        let mut begins: Vec<usize> = Vec::new();
        for clause in text.split([',', ';', '.', '!', '?', '–', '-', '،', '؛', '؟']) {
            begins.push(position);
            position += count_words(clause);
        }
        let mut ruled_out = Vec::new();
        for at in (0..read.len()).filter(|at| self.negations.contains(&read[*at].folded)) {
            let rest = at + 1..read.len().min(at + 2 + LONGEST);
            let meant =
                rest.clone().find(|index| self.corrections.contains(&read[*index].folded) && begins.contains(index));
            let clause = begins.iter().rfind(|begin| **begin <= at).map_or(0, |begin| *begin);
            // "Nee nicht Elterngeld, …": nothing but the negation and what it rules out.
            let is_said_alone = read[clause..at].iter().all(|word| self.interjections.contains(&word.folded));
            let names_thing =
                is_said_alone || read.get(at + 1).is_some_and(|word| self.articles.contains(&word.folded));
            let next_clause = || rest.clone().find(|index| begins.contains(index)).filter(|_| names_thing);
            ruled_out
                .extend(meant.or_else(next_clause).into_iter().filter(|end| *end > rest.start).flat_map(|end| at..end));
        }
        ruled_out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::text::words;

    fn left(text: &str) -> String {
        let contrast = Contrast {
            interjections: ["nein", "nee"].map(str::to_owned).into(),
            negations: ["nicht", "kein"].map(str::to_owned).into(),
            corrections: ["sondern", "nur"].map(str::to_owned).into(),
            articles: ["den", "die"].map(str::to_owned).into(),
        };
        let read = words(text);
        let out = contrast.ruled_out(text, &read);
        let kept = read.iter().enumerate().filter(|(index, _)| !out.contains(index));
        kept.map(|(_, word)| word.folded.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_ruled_out_is_what_something_else_is_said_instead_of() {
        for (text, kept) in [
            ("nicht verloren, nur umgezogen", "nur umgezogen"),
            ("Ich habe den Pass nicht verloren, sondern verlegt", "ich habe den pass sondern verlegt"),
            ("kein Auto, sondern ein Motorrad", "sondern ein motorrad"),
            ("ich kann nicht kommen", "ich kann nicht kommen"),
            ("nicht nur das Auto", "nicht nur das auto"),
            ("nein NICHT den Reisepass, den Perso", "nein den perso"),
            ("nee Perso, kein Pass", "nee perso kein pass"),
            ("nein nicht Elterngeld jetzt, die Geburtsurkunde", "nein die geburtsurkunde"),
            ("klappt nicht mit dem Termin, was nun", "klappt nicht mit dem termin was nun"),
            ("kein Auto abmelden, ich will ummelden", "ich will ummelden"),
            ("nicht umgezogen", "nicht umgezogen"),
            ("ich kann das nicht bezahlen, was nun", "ich kann das nicht bezahlen was nun"),
            ("warum nicht den Reisepass?", "warum nicht den reisepass"),
            ("ich kann nicht am Montag kommen und brauche nur eine Auskunft", ""),
        ] {
            let kept = if kept.is_empty() {
                words(text).iter().map(|w| w.folded.clone()).collect::<Vec<_>>().join(" ")
            } else {
                kept.to_owned()
            };
            assert_eq!(left(text), kept, "{text}");
        }
    }
}
