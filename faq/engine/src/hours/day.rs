//! What holds on one date: its periods, or why there are none.

use chrono::{NaiveDate, NaiveTime};

use super::holidays::Holiday;
use super::week::{MonthDay, Period};
use crate::language::{LanguageTag, LocalizedText};

/// Why a day has no hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClosedReason {
    /// A public holiday.
    Holiday(Holiday),
    /// A day on which this office closes every year.
    ClosedDay(MonthDay),
    /// Closed on this date only, with the editor's reason.
    Exception(Option<LocalizedText>),
    /// Never open on this weekday.
    Weekly,
}

/// The hours of one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayHours {
    /// The date.
    pub date: NaiveDate,
    /// Its periods in the order of the day; empty means closed.
    pub periods: Vec<Period>,
    /// Why it is closed; `None` on a closed day means that no hours are known for the date.
    pub reason: Option<ClosedReason>,
    /// Why the periods differ from the week plan, on an open day with special hours.
    pub note: Option<LocalizedText>,
}

impl DayHours {
    /// The first opening of the day.
    pub fn opens(&self) -> Option<NaiveTime> {
        self.periods.first().map(Period::opens)
    }

    /// The last closing of the day; midnight is the end of the day.
    pub fn closes(&self) -> Option<NaiveTime> {
        self.periods.last().map(Period::closes)
    }

    /// Why the day is closed, or open at other times than usual, in words; `None` where there is nothing to say.
    pub fn why(&self, language: &LanguageTag) -> Option<String> {
        let editors_words = |text: &LocalizedText| text.or_german(language).to_owned();
        match &self.reason {
            Some(ClosedReason::Holiday(holiday)) => Some(holiday.name().to_owned()),
            Some(ClosedReason::ClosedDay(day)) => day.name(),
            Some(ClosedReason::Exception(reason)) => reason.as_ref().map(editors_words),
            Some(ClosedReason::Weekly) => None,
            None => self.note.as_ref().map(editors_words),
        }
    }

    /// Whether nobody opens on this day at all.
    pub fn is_closed(&self) -> bool {
        self.periods.is_empty()
    }

    /// Whether nothing is recorded for this day, which is not the same as closed.
    pub fn is_unknown(&self) -> bool {
        self.is_closed() && self.reason.is_none()
    }

    pub(super) fn closed(date: NaiveDate, reason: Option<ClosedReason>) -> Self {
        Self { date, periods: Vec::new(), reason, note: None }
    }
}
