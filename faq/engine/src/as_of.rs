//! How old a fact is, no more precisely than it is known.
//!
//! A page of "spring 2024" holds for no particular day. Written as 01.03.2024 it would look like the date of a notice,
//! so the precision is part of the value and ends up in what people read.

use chrono::{Datelike, NaiveDate};

/// The day, month or year to which a fact is known to be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AsOf(Precision);

/// To what a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Precision {
    Year(i32),
    /// The month counts from 0, as the lists of names do.
    Month(i32, u32),
    Day(NaiveDate),
}

/// The text is neither a year nor a month nor a day.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is no date: write a year such as 2024, a month such as 2024-03 or a day such as 2024-03-15")]
pub struct InvalidAsOf(String);

impl AsOf {
    /// Reads "2024", "2024-03" or "2024-03-15".
    pub fn parse(text: &str) -> Result<Self, InvalidAsOf> {
        // The lengths are checked because chrono also takes "24", "+2024" and "2024-3".
        let day = |day: &str| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok();
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let precision = match text.len() {
            4 => day(&format!("{text}-01-01")).map(|date| Precision::Year(date.year())),
            7 => day(&format!("{text}-01")).map(|date| Precision::Month(date.year(), date.month0())),
            10 => day(text).map(Precision::Day),
            _ => None,
        };
        precision.filter(|_| plain).map(Self).ok_or_else(|| InvalidAsOf(text.chars().take(80).collect()))
    }

    /// As people read it: "2024", "März 2024", "15.03.2024"; `month` names a month, January being 0.
    pub(crate) fn written(self, month: impl FnOnce(u32) -> String) -> String {
        match self.0 {
            Precision::Year(year) => year.to_string(),
            Precision::Month(year, index) => format!("{} {year}", month(index)),
            Precision::Day(day) => day.format("%d.%m.%Y").to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        AsOf::parse(text).expect("a date").written(|month| format!("month {month}"))
    }

    #[test]
    fn a_date_is_written_as_precisely_as_it_is_known() {
        assert_eq!(written("2024"), "2024");
        assert_eq!(written("2024-03"), "month 2 2024");
        assert_eq!(written("2024-03-15"), "15.03.2024");
        assert_eq!(written("2024-02-29"), "29.02.2024");
        assert_ne!(AsOf::parse("2024-03"), AsOf::parse("2024-03-01"));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let wrong = ["", "24", "02024", "+024", " 024", "2024-3", "2024-13", "2024-00", "2024-2-29", "2023-02-29"];
        let more =
            ["2024-03-", "15.03.2024", "03/2024", "2024/03", "März 2024", "Frühjahr", "٢٠٢٤", "2024-03-15T08:00"];
        for text in wrong.iter().chain(&more) {
            assert_eq!(AsOf::parse(text), Err(InvalidAsOf((*text).to_owned())), "{text}");
        }
    }
}
