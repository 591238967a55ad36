//! Names of things: services, entries, offices, towns, notices.

use std::borrow::Borrow;
use std::fmt;

/// A stable name in lower-case letters, digits and hyphens, such as `kfz-umschreibung`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slug(String);

/// The text is not a slug.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a slug: use 1 to 60 lower-case letters a-z, digits and single hyphens")]
pub struct InvalidSlug(String);

impl Slug {
    /// Sixty characters, so that a slug and a facet fit Telegram's 64 bytes of a deep link.
    const LONGEST: usize = 60;

    /// Reads a slug.
    pub fn parse(text: &str) -> Result<Self, InvalidSlug> {
        let letters_are_valid = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let hyphens_are_valid = !text.starts_with('-') && !text.ends_with('-') && !text.contains("--");
        if (1..=Self::LONGEST).contains(&text.len()) && letters_are_valid && hyphens_are_valid {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidSlug(text.chars().take(80).collect()))
        }
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Slug {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_slugs() {
        assert_eq!(Slug::parse("i-kfz").expect("valid").as_str(), "i-kfz");
        for wrong in ["", "Kfz", "a--b", "-a", "a-", "a b", "ü", "../etc", &"a".repeat(61)] {
            assert!(Slug::parse(wrong).is_err(), "{wrong} must be refused");
        }
    }
}
