//! Cutting a question into words, numbers and marks, in one spelling.
//!
//! Citizens write `nächsten`, `naechsten`, `nachsten` and `NÄCHSTEN`; all become `nachsten`. Accents, Turkish dots, Arabic
//! vowel signs and apostrophes go the same way. Only the tables see this spelling, no person does.

/// As in the rest of the desk: nobody needs more to name a day.
const LONGEST_TEXT: usize = 1_000;

/// A word, a number or a single mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// Whether no space stands before it.
    pub(super) glued: bool,
    /// Where in the text it begins, in bytes.
    pub(super) start: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Folded, never empty.
    Word(String),
    /// The digits as written, in 0 to 9.
    Number(String),
    Mark(char),
}

/// Cuts a text; letters and digits part even without a space (`17uhr`, `3ten`).
pub(super) fn tokens(text: &str) -> Vec<Token> {
    /// In bytes, of a word.
    const USUAL_LENGTH: usize = 16;
    let mut found: Vec<Token> = Vec::new();
    let mut glued = false;
    // Whether the next letter or digit goes on with the last token.
    let mut open = false;
    for (start, character) in text.char_indices().take(LONGEST_TEXT) {
        if is_ignored(character) {
            continue;
        }
        if character.is_whitespace() {
            (glued, open) = (false, false);
            continue;
        }
        if let Some(digit) = digit(character) {
            match found.last_mut() {
                Some(Token { kind: TokenKind::Number(digits), .. }) if open => digits.push(digit),
                _ => found.push(Token { kind: TokenKind::Number(digit.to_string()), glued, start }),
            }
        } else if character.is_alphabetic() {
            let word = match found.last_mut() {
                Some(Token { kind: TokenKind::Word(word), .. }) if open => word,
                _ => {
                    found.push(Token { kind: TokenKind::Word(String::with_capacity(USUAL_LENGTH)), glued, start });
                    let Some(Token { kind: TokenKind::Word(word), .. }) = found.last_mut() else { continue };
                    word
                }
            };
            if character.is_ascii() {
                word.push(character.to_ascii_lowercase());
            } else {
                character.to_lowercase().for_each(|letter| push_folded(word, letter));
            }
        } else {
            found.push(Token { kind: TokenKind::Mark(mark(character)), glued, start });
            (glued, open) = (true, false);
            continue;
        }
        (glued, open) = (true, true);
    }
    for token in &mut found {
        if let TokenKind::Word(word) = &mut token.kind
            && word.contains('e')
        {
            *word = without_written_umlauts(word);
        }
    }
    found
}

/// One word in the spelling of the tables.
#[cfg(test)]
pub(super) fn fold(word: &str) -> String {
    let texts = tokens(word).into_iter().map(|token| match token.kind {
        TokenKind::Word(text) | TokenKind::Number(text) => text,
        TokenKind::Mark(mark) => mark.to_string(),
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// Apostrophes, combining accents, Arabic vowel signs, and what is invisible.
fn is_ignored(character: char) -> bool {
    if character.is_ascii_alphanumeric() {
        return false;
    }
    matches!(
        character,
        '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '\u{ad}'
            | '\u{300}'..='\u{36f}'
            | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

fn digit(character: char) -> Option<char> {
    let value = match character {
        '0'..='9' => return Some(character),
        '\u{660}'..='\u{669}' => u32::from(character) - 0x660,
        '\u{6f0}'..='\u{6f9}' => u32::from(character) - 0x6f0,
        _ => return None,
    };
    char::from_digit(value, 10)
}

fn mark(character: char) -> char {
    match character {
        '‐'..='―' | '−' => '-',
        '؟' | '？' => '?',
        '،' => ',',
        other => other,
    }
}

/// Appends a lower-case letter in its plain form.
fn push_folded(word: &mut String, letter: char) {
    if is_ignored(letter) {
        return;
    }
    let plain = match letter {
        'ß' => {
            word.push_str("ss");
            return;
        }
        'ä' | 'à' | 'â' | 'á' | 'ą' | 'ă' => 'a',
        'ö' | 'ô' | 'ó' => 'o',
        'ü' | 'û' | 'ù' | 'ú' => 'u',
        'é' | 'è' | 'ê' | 'ë' | 'ę' => 'e',
        'î' | 'ï' | 'í' | 'ı' => 'i',
        'ç' | 'ć' => 'c',
        'ğ' => 'g',
        'ł' => 'l',
        'ñ' | 'ń' => 'n',
        'ş' | 'ś' | 'ș' => 's',
        'ţ' | 'ț' => 't',
        'ź' | 'ż' => 'z',
        'ё' => 'е',
        'й' => 'и',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        'ی' => 'ي',
        other => other,
    };
    word.push(plain);
}

/// `ae`, `oe` and `ue` for umlauts; words that have them anyway ("neue") change alike in text and tables.
fn without_written_umlauts(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        plain.push(letter);
        if matches!(letter, 'a' | 'o' | 'u') && letters.peek() == Some(&'e') {
            letters.next();
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_become_one() {
        for spelling in ["nächsten", "naechsten", "NÄCHSTEN", "na\u{308}chsten", "nachsten"] {
            assert_eq!(fold(spelling), "nachsten", "{spelling}");
        }
        assert_eq!(fold("YARIN yarın Salı İstanbul"), "yarin yarin sali istanbul");
        assert_eq!(fold("aujourd’hui п'ятниця"), "aujourdhui пятниця");
        assert_eq!(fold("غداً الأحد"), "غدا الاحد");
        assert_eq!(fold("Buß"), "buss");
    }

    #[test]
    fn numbers_part_from_letters_and_marks() {
        assert_eq!(fold("17.30uhr 3ten ٩"), "17 . 30 uhr 3 ten 9");
        let glued = tokens("am 3.10.").into_iter().map(|token| token.glued).collect::<Vec<_>>();
        assert_eq!(glued, [false, false, true, true, true]);
    }
}
