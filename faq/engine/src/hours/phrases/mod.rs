//! From a citizen's words to the day and the time they ask about.
//!
//! Four steps, each in its own files: `tokens` cuts the text and folds the spelling; `lexicon` gives every word its sense
//! from the tables (`german`, `other_languages`); `days`, `weekdays`, `dates` and `times` find every day and time that is
//! named; `meaning`, with `clock`, decides which of them the question is about. Rules are about phrases, never about one
//! sentence. Where a phrase has two readings the more harmless one wins, because every reply names the date it was
//! understood as.
//!
//! No regular expressions and no backtracking over the text: the work grows with its length, which is bounded anyway.

mod clock;
mod dates;
mod days;
mod german;
mod lexicon;
mod meaning;
mod other_languages;
mod reader;
mod senses;
mod spelling;
mod times;
mod tokens;
mod weekdays;

use std::ops::Range;

use chrono::DateTime;
use chrono_tz::Tz;

use self::reader::Reader;
use super::asked::TimeQuestion;

/// Reads the day and time a question is about, as of `now`.
pub fn time_question(text: &str, now: &DateTime<Tz>) -> TimeQuestion {
    Reader::new(text, now).meaning()
}

/// Whether the text really names a day or a time. Conservative: an age, a fee or a class of licence is none.
pub fn has_time_expression(text: &str) -> bool {
    let reader = Reader::at_any_time(text);
    // Most questions have no such word at all.
    reader.senses().any(senses::Sense::is_of_time) && reader.meaning().explicit
}

/// Where a text names days and times, in bytes: "Tag der Deutschen Einheit" as a whole, of which no single word but the
/// first tells. Only for texts that name one at all.
pub fn time_expressions(text: &str) -> Vec<Range<usize>> {
    Reader::at_any_time(text).expressions(text.len())
}

/// Whether a single word can be part of a day or time expression ("Samstag", "nächste", "Uhr", "14").
pub fn is_time_word(word: &str) -> bool {
    let pieces = lexicon::pieces(word);
    !pieces.is_empty() && pieces.iter().all(|piece| piece.sense.is_of_time())
}

#[cfg(test)]
mod tests;
