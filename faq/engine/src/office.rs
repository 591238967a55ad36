//! Offices of the county and the towns of its citizens.

use crate::hours::{OpeningHours, Outage};
use crate::language::LocalizedText;
use crate::position::Position;
use crate::service::{Publication, Source};
use crate::slug::Slug;

/// An office people can visit, call or write to.
#[derive(Debug, Clone)]
pub struct Office {
    /// Stable name.
    pub id: Slug,
    /// Its name.
    pub name: LocalizedText,
    /// Citizens' words for it, in German.
    pub words: Vec<String>,
    /// Where it is, if known.
    pub address: Option<Address>,
    /// Telephone numbers, the most useful first.
    pub phones: Vec<Phone>,
    /// Mail address.
    pub email: Option<String>,
    /// Web page.
    pub website: Option<String>,
    /// The mail address is switched off.
    pub email_off: Option<Outage>,
    /// The web page is switched off.
    pub website_off: Option<Outage>,
    /// When its doors are open.
    pub hours: OpeningHours,
    /// When somebody answers the telephone, where that differs.
    pub phone_hours: OpeningHours,
    /// How many minutes before closing nobody is let in any more.
    pub last_admission: Option<u32>,
    /// The hours are uncertain.
    pub confirm: bool,
    /// Visits need an appointment.
    pub appointment_required: bool,
    /// How to get there and where to park.
    pub arrival: Option<LocalizedText>,
    /// How to pay.
    pub payment: Option<LocalizedText>,
    /// What the facts rest on.
    pub sources: Vec<Source>,
    /// When and in which state it was published.
    pub state: Publication,
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// Five digits, if certain.
    pub postal_code: Option<String>,
    /// Town.
    pub city: String,
    /// How to find the door.
    pub note: Option<LocalizedText>,
}

impl Address {
    /// On one line: "Hoher Weg 1–3, 59494 Soest".
    pub fn on_one_line(&self) -> String {
        match &self.postal_code {
            Some(code) => format!("{}, {code} {}", self.street, self.city),
            None => format!("{}, {}", self.street, self.city),
        }
    }
}

/// A telephone number as people write it in Germany.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    number: String,
    /// Whose number it is.
    pub label: Option<LocalizedText>,
    /// The line is switched off.
    pub off: Option<Outage>,
}

/// The text is not a German telephone number.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a telephone number in national form such as 02921 30-2222")]
pub struct InvalidPhone(String);

impl Phone {
    /// Reads a number in national form, with the area code: "02921 30-2222".
    pub fn parse(number: &str, label: Option<LocalizedText>) -> Result<Self, InvalidPhone> {
        let digits = number.chars().filter(char::is_ascii_digit).count();
        let letters_are_valid = number.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '/'));
        let short_code = matches!(number, "112" | "110" | "115" | "116117");
        if letters_are_valid && (short_code || (number.starts_with('0') && (5..=15).contains(&digits))) {
            Ok(Self { number: number.to_owned(), label, off: None })
        } else {
            Err(InvalidPhone(number.chars().take(40).collect()))
        }
    }

    /// The same number, switched off.
    pub fn switched_off(self, off: Option<Outage>) -> Self {
        Self { off, ..self }
    }

    /// The number as written.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The number as a `tel:` address in international form.
    pub fn uri(&self) -> String {
        let digits: String = self.number.chars().filter(char::is_ascii_digit).collect();
        match digits.strip_prefix('0') {
            Some(national) => format!("tel:+49{national}"),
            None => format!("tel:{digits}"),
        }
    }
}

/// A town or municipality of the county.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Town {
    /// Stable name.
    pub id: Slug,
    /// Where its middle is, roughly, if known.
    pub centre: Option<Position>,
    /// "Stadt" or "Gemeinde".
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Other spellings.
    pub names: Vec<String>,
    /// What its citizens' office is called.
    pub office_name: String,
    /// Its web page, if known.
    pub website: Option<String>,
    /// The citizens' office's number, if known.
    pub phone: Option<Phone>,
    /// The county's offices that are nearest, for services that several offices do.
    pub nearest_offices: Vec<Slug>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn national_number_becomes_international_uri() {
        let phone = Phone::parse("02921 30-2222", None).expect("valid");
        assert_eq!(phone.uri(), "tel:+492921302222");
        assert!(Phone::parse("Zimmer 12", None).is_err());
        assert_eq!(Phone::parse("112", None).expect("valid").uri(), "tel:112");
    }
}
