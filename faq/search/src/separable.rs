//! German verbs that come apart: "umgemeldet", "umzumelden" and "melde … um" are forms of "ummelden".
//!
//! A stemmer takes off endings and never looks inside a word, and a typing error away from "umgemeldet" lies
//! "angemeldet", which is another matter.

use std::borrow::Cow;

use faq_engine::understanding::text::Word;

/// Prefixes that come off, folded; the longer first where one begins another.
const PREFIXES: [&str; 19] = [
    "zuruck", "weiter", "vorbei", "nach", "fest", "auf", "aus", "bei", "ein", "her", "hin", "los", "mit", "vor", "weg",
    "ab", "an", "um", "zu",
];
/// Fewer letters behind the prefix are no verb: "Umzug" is not "um-zu-g".
const SHORTEST_VERB: usize = 4;
/// How far behind its verb a prefix may stand.
const FARTHEST: usize = 12;
/// Words that begin another clause, so that a prefix before them ends one.
const BEGINS_CLAUSE: [&str; 9] = ["und", "oder", "aber", "wenn", "weil", "was", "wie", "wo", "wann"];

/// The infinitive of a participle or of an infinitive with "zu" inside; other words as they are.
pub(crate) fn infinitive(folded: &str) -> Cow<'_, str> {
    for prefix in PREFIXES {
        let Some(rest) = folded.strip_prefix(prefix) else { continue };
        let participle = rest.strip_prefix("ge").filter(|verb| verb.len() >= SHORTEST_VERB);
        if let Some(verb) = participle {
            if verb.ends_with("en") {
                return format!("{prefix}{verb}").into();
            }
            if let Some(stem) = verb.strip_suffix("et").or_else(|| verb.strip_suffix('t')) {
                return format!("{prefix}{stem}en").into();
            }
        }
        let with_zu = rest.strip_prefix("zu").filter(|verb| verb.len() >= SHORTEST_VERB && verb.ends_with('n'));
        if let Some(verb) = with_zu {
            return format!("{prefix}{verb}").into();
        }
    }
    folded.into()
}

/// A verb and its prefix that stand apart.
pub(crate) struct Joined {
    /// The verb with its prefix, folded.
    pub(crate) verb: String,
    /// Where the verb stands.
    pub(crate) at: usize,
    /// Where the prefix stands.
    pub(crate) prefix: usize,
}

/// The verbs of a text whose prefix stands at the end of their clause: "melde" with "um" in "wie melde ich mich um". Not
/// every word and prefix are a verb, so somebody must know it.
pub(crate) fn joined(words: &[Word], is_known: impl Fn(&str) -> bool) -> Vec<Joined> {
    let ends_clause =
        |index: usize| words.get(index + 1).is_none_or(|next| BEGINS_CLAUSE.contains(&next.folded.as_str()));
    let is_prefix = |index: &usize| PREFIXES.contains(&words[*index].folded.as_str()) && ends_clause(*index);
    let verb_of = |prefix: usize| {
        (prefix.saturating_sub(FARTHEST)..prefix).rev().find_map(|at| {
            let word = &words[at].folded;
            let verb = format!("{}{word}", words[prefix].folded);
            (word.len() >= SHORTEST_VERB && is_known(&verb)).then_some(Joined { verb, at, prefix })
        })
    };
    (0..words.len()).filter(is_prefix).filter_map(verb_of).collect()
}

/// The same words with these verbs whole.
pub(crate) fn with_whole_verbs(mut words: Vec<Word>, verbs: &[Joined]) -> Vec<Word> {
    verbs.iter().for_each(|joined| words[joined.at].folded.clone_from(&joined.verb));
    let mut position = 0..;
    words.retain(|_| position.next().is_some_and(|index| verbs.iter().all(|joined| joined.prefix != index)));
    words
}

#[cfg(test)]
mod tests {
    use faq_engine::understanding::text::{fold, words};

    use super::*;

    #[test]
    fn forms_of_a_verb_become_its_infinitive() {
        for (form, verb) in [
            ("umgemeldet", "ummelden"),
            ("umzumelden", "ummelden"),
            ("abgelegt", "ablegen"),
            ("zugelassen", "zulassen"),
            ("mitzubringen", "mitbringen"),
            ("vorbeizukommen", "vorbeikommen"),
        ] {
            assert_eq!(infinitive(form), verb, "{form}");
        }
        for other in ["Umzug", "Anzug", "angel", "Auszug", "Führerschein", "gemeldet", "Umtausch", "Zulassung"] {
            assert_eq!(infinitive(&fold(other)), fold(other), "{other}");
        }
    }

    #[test]
    fn a_prefix_at_the_end_of_the_clause_belongs_to_the_verb() {
        let verbs = |text: &str| {
            let found = joined(&words(text), |verb| ["ummelde", "abmelde", "anmelde"].contains(&verb));
            found.into_iter().map(|joined| joined.verb).collect::<Vec<_>>()
        };
        assert_eq!(verbs("Wie melde ich mein Auto um?"), ["ummelde"]);
        assert_eq!(verbs("Wie melde ich mein Auto ab und was kostet das?"), ["abmelde"]);
        assert_eq!(verbs("Ich melde mich an der Schule"), Vec::<String>::new());
    }
}
