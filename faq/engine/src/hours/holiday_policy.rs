//! Whose public holidays count at an office, and what they do.

use chrono::NaiveDate;

use super::holidays::{Holiday, holiday_on};

/// Whose public holidays count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayCalendar {
    /// North Rhine-Westphalia.
    Nrw,
}

impl HolidayCalendar {
    pub(super) fn holiday_on(self, date: NaiveDate) -> Option<Holiday> {
        match self {
            Self::Nrw => holiday_on(date),
        }
    }

    pub(super) fn holidays_in(self, year: i32) -> Vec<NaiveDate> {
        match self {
            Self::Nrw => Holiday::ALL.into_iter().filter_map(|holiday| holiday.date(year)).collect(),
        }
    }
}

/// What a public holiday does to the hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayPolicy {
    /// Nothing: open as on any such weekday.
    Open,
    /// The office is closed on the holidays of this calendar.
    Closed(HolidayCalendar),
}
