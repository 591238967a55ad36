//! The notation cut into tokens.

use super::OsmFault;

/// A word, number, time, remark or sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// Letters: a day, a month, `off`, `PH`.
    Word(&'t str),
    /// Digits alone: a year or a day of a month.
    Number(u32),
    /// `08:30`: hours and minutes, not yet checked.
    Clock(&'t str),
    /// What stands between quotation marks.
    Remark(&'t str),
    /// Any other sign.
    Sign(char),
}

/// Longer than the hours of any office; what is longer is no such text.
const LONGEST: usize = 20_000;

/// The tokens of a text with the place where each begins, in bytes.
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token<'_>)>, OsmFault> {
    if text.len() > LONGEST {
        let found = text.chars().take(30).collect();
        return Err(OsmFault::Form { found, expected: "a text of more than 20000 letters is no opening hours" });
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let taken = |belongs: fn(char) -> bool| rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        let length = match first {
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '"' => {
                let Some(end) = rest[1..].find('"') else {
                    return Err(OsmFault::Form {
                        found: rest.chars().take(30).collect(),
                        expected: "a remark ends with a quotation mark",
                    });
                };
                found.push((at, Token::Remark(&rest[1..=end])));
                end + 2
            }
            '0'..='9' => {
                let length = taken(|c| c.is_ascii_digit() || c == ':');
                // "2026 Jan 01-2026 Dec 31: Mo 08:00" has a colon that belongs to no time.
                let length = rest[..length].trim_end_matches(':').len();
                let digits = &rest[..length];
                let token = match digits.contains(':') {
                    true => Token::Clock(digits),
                    false => Token::Number(digits.parse().map_err(|_| OsmFault::Form {
                        found: digits.chars().take(30).collect(),
                        expected: "a number has at most nine digits",
                    })?),
                };
                found.push((at, token));
                length
            }
            c if c.is_alphabetic() => {
                let length = taken(char::is_alphabetic);
                found.push((at, Token::Word(&rest[..length])));
                length
            }
            sign => {
                found.push((at, Token::Sign(sign)));
                sign.len_utf8()
            }
        };
        at += length;
    }
    Ok(found)
}
