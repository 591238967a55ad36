//! From tokens to pieces with a sense: the word tables applied.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::german::{self, Words};
use super::other_languages as other;
use super::senses::{DayPart, Piece, Sense};
use super::spelling;
use super::tokens::{Token, TokenKind, tokens};

/// Names from this length on are recognised with one slip, from the second length on with two.
const ONE_SLIP: usize = 6;
const TWO_SLIPS: usize = 10;

/// Longest case ending on a Cyrillic stem.
const LONGEST_ENDING: usize = 4;

/// Reads a text into pieces.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let tokens = tokens(text);
    let mut found = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let (glued, start) = (token.glued, token.start);
        match &token.kind {
            TokenKind::Mark(mark) => {
                found.push(Piece { sense: Sense::Mark(*mark), text: mark.to_string(), glued, start })
            }
            TokenKind::Number(digits) => {
                let sense = digits.parse().map_or(Sense::None, Sense::Number);
                found.push(Piece { sense, text: digits.clone(), glued, start });
            }
            TokenKind::Word(word) => {
                if let Some((sense, length)) = phrase(word, &tokens[at..]) {
                    found.push(Piece { sense, text: word.clone(), glued, start });
                    at += length;
                    continue;
                }
                let after_day = found.last().is_some_and(|piece: &Piece| piece.text == other::ARABIC_DAY);
                push_word(&mut found, word, token, after_day);
            }
        }
        at += 1;
    }
    found
}

/// The tables, indexed once: every question looks up every word, and most words are in no table.
struct Index {
    words: FxHashMap<&'static str, Sense>,
    names: FxHashMap<&'static str, Sense>,
    /// Names of days by their first letter, for finding what a misspelt word may be.
    names_by_letter: ByLetter,
    /// Turkish stems by their first letter.
    turkish_by_letter: ByLetter,
    /// By the first word.
    phrases: FxHashMap<&'static str, Vec<(Sense, &'static [&'static str])>>,
}

/// Words in plain letters by the first of them.
#[derive(Default)]
struct ByLetter([Vec<(Sense, &'static str)>; 26]);

impl ByLetter {
    fn new(table: &'static [Words]) -> Self {
        let mut found = Self::default();
        for (sense, words) in table {
            for word in words.iter() {
                let letter = Self::letter(word).expect("the tables are written in plain letters");
                found.0[letter].push((*sense, *word));
            }
        }
        found
    }

    /// The words that begin with the letter this one begins with.
    fn beginning_like(&self, word: &str) -> &[(Sense, &'static str)] {
        Self::letter(word).map_or(&[], |letter| &self.0[letter])
    }

    fn letter(word: &str) -> Option<usize> {
        let first = word.bytes().next().filter(u8::is_ascii_lowercase)?;
        Some(usize::from(first - b'a'))
    }
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let words_of = |tables: &[&'static [Words]]| {
        let mut found = FxHashMap::default();
        // The earlier table wins: German over the other languages.
        for (sense, words) in tables.iter().copied().flatten() {
            words.iter().for_each(|word| {
                found.entry(*word).or_insert(*sense);
            });
        }
        found
    };
    let mut phrases: FxHashMap<_, Vec<_>> = FxHashMap::default();
    for (sense, of_sense) in [german::PHRASES, other::PHRASES].into_iter().flatten() {
        for phrase in of_sense.iter() {
            phrases.entry(phrase[0]).or_default().push((*sense, *phrase));
        }
    }
    Index {
        words: words_of(&[german::WORDS, german::NAMES, other::WORDS]),
        names: words_of(&[german::NAMES]),
        names_by_letter: ByLetter::new(german::NAMES),
        turkish_by_letter: ByLetter::new(other::TURKISH_STEMS),
        phrases,
    }
});

/// The longest phrase that begins here and the number of its tokens.
fn phrase(first: &str, tokens: &[Token]) -> Option<(Sense, usize)> {
    let phrases = INDEX.phrases.get(first)?;
    phrases
        .iter()
        .filter_map(|(sense, words)| Some((*sense, length_of(words, tokens)?)))
        .max_by_key(|(_, length)| *length)
}

/// How many tokens the words of a phrase take, if they begin here.
fn length_of(words: &[&str], tokens: &[Token]) -> Option<usize> {
    let mut at = 0;
    for (number, word) in words.iter().enumerate() {
        while number > 0 && matches!(tokens.get(at)?.kind, TokenKind::Mark('-' | '.')) {
            at += 1;
        }
        match &tokens.get(at)?.kind {
            TokenKind::Word(found) if found == word => at += 1,
            _ => return None,
        }
    }
    Some(at)
}

/// A word is one piece, or two where a part of the day is attached to a day.
fn push_word(found: &mut Vec<Piece>, word: &str, token: &Token, after_day: bool) {
    let (glued, start) = (token.glued, token.start);
    let mut push = |sense, text: &str, glued| found.push(Piece { sense, text: text.to_owned(), glued, start });
    if let Some(sense) = sense_of(word, after_day) {
        return push(sense, word, glued);
    }
    if let Some((day, name, part)) = with_attached_part(word) {
        push(day, name, glued);
        return push(part, &word[name.len()..], true);
    }
    push(misspelt(word).unwrap_or(Sense::None), word, glued);
}

fn look_up(table: &[Words], word: &str) -> Option<Sense> {
    table.iter().find(|(_, words)| words.contains(&word)).map(|(sense, _)| *sense)
}

fn sense_of(word: &str, after_day: bool) -> Option<Sense> {
    let in_tables = INDEX.words.get(word).or_else(|| INDEX.names.get(standard_ending(word).as_ref())).copied();
    let other_scripts = || {
        // Most words are written in plain letters, and no such word is one of another script.
        if word.is_ascii() { None } else { cyrillic(word).or_else(|| arabic_weekday(word, after_day)) }
    };
    in_tables.or_else(|| turkish(word)).or_else(other_scripts)
}

fn turkish(word: &str) -> Option<Sense> {
    let stems = INDEX.turkish_by_letter.beginning_like(word);
    let with_ending =
        |stem: &str| word.strip_prefix(stem).is_some_and(|ending| other::TURKISH_ENDINGS.contains(&ending));
    stems.iter().find(|(_, stem)| with_ending(stem)).map(|(sense, _)| *sense)
}

fn cyrillic(word: &str) -> Option<Sense> {
    let with_ending =
        |stem: &&str| word.strip_prefix(stem).is_some_and(|ending| ending.chars().count() <= LONGEST_ENDING);
    other::CYRILLIC_STEMS.iter().find(|(_, stems)| stems.iter().any(with_ending)).map(|(sense, _)| *sense)
}

/// "samstags" and "Donnerstach" as "samstag" and "donnerstag".
fn standard_ending(word: &str) -> Cow<'_, str> {
    let word = word.strip_suffix('s').unwrap_or(word);
    match word.strip_suffix("tach").or_else(|| word.strip_suffix("dach")) {
        Some(day) => format!("{day}tag").into(),
        None => word.into(),
    }
}

/// With "and", "in" or "for" attached in front; the article, or the word for "day" before it, is what makes it a weekday.
fn arabic_weekday(word: &str, after_day: bool) -> Option<Sense> {
    let bare = word.trim_start_matches(['و', 'ف', 'ب']);
    let with_article = bare.strip_prefix("ال").or_else(|| bare.strip_prefix("لل"));
    match with_article {
        Some(day) => look_up(other::ARABIC_WEEKDAYS, day),
        None if after_day => look_up(other::ARABIC_WEEKDAYS, word),
        None => None,
    }
}

/// "freitagnachmittag", "heuteabend", "samstagsöffnung": the day, its name as written, and what follows.
fn with_attached_part(word: &str) -> Option<(Sense, &str, Sense)> {
    const DAYS_ALSO: [(Sense, &str); 2] = [(Sense::Day(0), "heute"), (Sense::Day(0), "heut")];
    let names = INDEX.names_by_letter.beginning_like(word);
    for (sense, name) in names.iter().chain(&DAYS_ALSO) {
        let Some(rest) = word.strip_prefix(name).filter(|rest| !rest.is_empty()) else { continue };
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        let part = match rest {
            "morgen" => Some(Sense::Part(DayPart::Morning)),
            "fruh" => Some(Sense::Early),
            _ if rest.starts_with("offnung") || rest.starts_with("termin") => Some(Sense::None),
            _ => INDEX.words.get(rest).copied().filter(|sense| matches!(sense, Sense::Part(_))),
        };
        if let Some(part) = part {
            return Some((*sense, &word[..name.len()], part));
        }
    }
    None
}

/// The name this word most likely is, if it is a slip or two away from one.
fn misspelt(word: &str) -> Option<Sense> {
    let standard = standard_ending(word);
    let letters = standard.chars().count();
    if word.chars().count() < ONE_SLIP || german::NO_SLIPS.contains(&word) {
        return None;
    }
    // The first letter is never taken for a slip, so only names with the same one come into question.
    let names = INDEX.names_by_letter.beginning_like(&standard);
    (1..=2).find_map(|slips| {
        names
            .iter()
            .filter(|(_, name)| name.len() >= if slips == 1 { ONE_SLIP } else { TWO_SLIPS })
            .filter(|(_, name)| name.len().abs_diff(letters) <= slips)
            .find(|(_, name)| spelling::within(&standard, name, slips))
            .map(|(sense, _)| *sense)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tokens::fold;
    use super::*;
    use crate::hours::{Holiday, NamedDay};
    use chrono::Weekday;

    fn senses(text: &str) -> Vec<Sense> {
        pieces(text).into_iter().map(|piece| piece.sense).collect()
    }

    #[test]
    fn tables_are_written_in_the_folded_spelling() {
        let tables = [
            german::NAMES,
            german::WORDS,
            other::WORDS,
            other::TURKISH_STEMS,
            other::CYRILLIC_STEMS,
            other::ARABIC_WEEKDAYS,
        ];
        for word in tables.into_iter().flatten().flat_map(|(_, words)| words.iter()) {
            assert_eq!(fold(word), *word);
        }
        for phrase in [german::PHRASES, other::PHRASES].into_iter().flatten().flat_map(|(_, phrases)| phrases.iter()) {
            assert_eq!(fold(&phrase.join(" ")), phrase.join(" "));
        }
    }

    #[test]
    fn slips_dialect_and_compounds_are_understood() {
        let corpus_christi = Sense::Named(NamedDay::Holiday(Holiday::CorpusChristi));
        for (word, sense) in [
            ("Donnerstach", Sense::Weekday(Weekday::Thu)),
            ("donerstag", Sense::Weekday(Weekday::Thu)),
            ("frietags", Sense::Weekday(Weekday::Fri)),
            ("Sonnabend", Sense::Weekday(Weekday::Sat)),
            ("fronleichnahm", corpus_christi),
            ("Fronleichname", corpus_christi),
            ("uebermorgn", Sense::Day(2)),
            ("Sylwester", Sense::Named(NamedDay::NewYearsEve)),
            ("salıya", Sense::Weekday(Weekday::Tue)),
            ("субботам", Sense::Weekday(Weekday::Sat)),
            ("والأحد", Sense::Weekday(Weekday::Sun)),
        ] {
            assert_eq!(senses(word), [sense], "{word}");
        }
        let friday_afternoon = [Sense::Weekday(Weekday::Fri), Sense::Part(DayPart::Afternoon)];
        assert_eq!(senses("Freitagnachmittag"), friday_afternoon);
        assert_eq!(senses("Freitagsnachmittags"), friday_afternoon);
        assert_eq!(senses("Buß- und Bettag"), [Sense::Named(NamedDay::RepentanceDay)]);
    }

    #[test]
    fn words_of_their_own_are_no_slips() {
        for word in ["Montage", "Sorgen", "mögen", "Osten", "Dienste", "Nachtrag", "Semester", "أحد"] {
            assert_eq!(senses(word), [Sense::None], "{word}");
        }
    }
}
