//! When an office is open: on a date, at a moment, next.
//!
//! Several versions of the week may stand side by side (winter hours, a new plan from January), so that an editor enters a
//! change before it takes effect. What decides about a day, in this order: doors that are shut for a while, an exception
//! for the date, a public holiday, a day closed every year, the week plan in force.

use chrono::{DateTime, Datelike, Days, NaiveDate};
use chrono_tz::Tz;

use super::day::{ClosedReason, DayHours};
use super::holiday_policy::HolidayPolicy;
use super::local::resolve;
use super::outage::Outage;
use super::week::{MonthDay, Period, WeekPlan, sorted_without_overlap};
use crate::language::LocalizedText;

/// Longer than any closure an office would not announce in its own words, and longer than a year.
const SEARCH_DAYS: u64 = 400;

/// A week plan and the days on which it is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursVersion {
    /// First day; `None` is "since ever".
    pub valid_from: Option<NaiveDate>,
    /// Last day, inclusive; `None` is "until further notice".
    pub valid_until: Option<NaiveDate>,
    /// The plan.
    pub week: WeekPlan,
    /// What to call it, where it needs a name ("Sommerzeiten").
    pub label: Option<LocalizedText>,
}

impl HoursVersion {
    fn covers(&self, date: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= date) && self.valid_until.is_none_or(|until| date <= until)
    }

    fn overlaps(&self, other: &Self) -> bool {
        let starts_before_end = |one: &Self, two: &Self| match (one.valid_from, two.valid_until) {
            (Some(from), Some(until)) => from <= until,
            _ => true,
        };
        starts_before_end(self, other) && starts_before_end(other, self)
    }
}

/// One date on which the week plan does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursException {
    /// The date.
    pub date: NaiveDate,
    /// What holds instead; empty means closed.
    pub periods: Vec<Period>,
    /// Why ("Personalversammlung").
    pub reason: Option<LocalizedText>,
}

/// The hours of an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningHours {
    versions: Vec<HoursVersion>,
    exceptions: Vec<HoursException>,
    holidays: HolidayPolicy,
    closed_days: Vec<MonthDay>,
    unknown_days: Vec<MonthDay>,
    outage: Option<Outage>,
}

/// Hours that contradict themselves.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum InvalidHours {
    /// A version ends before it begins.
    #[error("a version of the hours is valid from {from} until {until}, which is no day at all")]
    EmptyValidity {
        /// Its first day.
        from: NaiveDate,
        /// Its last day.
        until: NaiveDate,
    },
    /// Two plans claim the same days.
    #[error("two versions of the hours are both valid on {0}")]
    OverlappingVersions(NaiveDate),
    /// Two exceptions claim the same date.
    #[error("{0} has two exceptions")]
    DuplicateException(NaiveDate),
    /// Periods of an exception overlap or touch.
    #[error("the periods of the exception on {0} overlap or touch; write them as one")]
    OverlappingException(NaiveDate),
}

impl OpeningHours {
    /// Builds the hours; versions must not overlap, each date has one exception at most.
    pub fn new(
        mut versions: Vec<HoursVersion>,
        mut exceptions: Vec<HoursException>,
        holidays: HolidayPolicy,
        closed_days: Vec<MonthDay>,
    ) -> Result<Self, InvalidHours> {
        for version in &versions {
            if let (Some(from), Some(until)) = (version.valid_from, version.valid_until)
                && until < from
            {
                return Err(InvalidHours::EmptyValidity { from, until });
            }
        }
        versions.sort_by_key(|version| version.valid_from);
        for pair in versions.windows(2) {
            if pair[0].overlaps(&pair[1]) {
                let shared = pair[1].valid_from.or(pair[0].valid_until).or(pair[1].valid_until);
                return Err(InvalidHours::OverlappingVersions(shared.unwrap_or(NaiveDate::MIN)));
            }
        }
        exceptions.sort_by_key(|exception| exception.date);
        if let Some(pair) = exceptions.windows(2).find(|pair| pair[0].date == pair[1].date) {
            return Err(InvalidHours::DuplicateException(pair[0].date));
        }
        for exception in &mut exceptions {
            exception.periods = sorted_without_overlap(std::mem::take(&mut exception.periods))
                .ok_or(InvalidHours::OverlappingException(exception.date))?;
        }
        Ok(Self { versions, exceptions, holidays, closed_days, unknown_days: Vec::new(), outage: None })
    }

    /// Days of every year of which nobody knows whether the week plan holds, such as 12-24: neither "open" nor
    /// "closed" would be honest. An exception, a holiday or a day that is closed anyway decides all the same.
    pub fn with_unknown_days(self, unknown_days: Vec<MonthDay>) -> Self {
        Self { unknown_days, ..self }
    }

    /// The doors stay shut for as long as this lasts, whatever else is recorded.
    pub fn with_outage(self, outage: Option<Outage>) -> Self {
        Self { outage, ..self }
    }

    /// What keeps the doors shut for a while.
    pub fn outage(&self) -> Option<&Outage> {
        self.outage.as_ref()
    }

    /// Whether any hours are known at all.
    pub fn is_known(&self) -> bool {
        !self.versions.is_empty()
    }

    /// Every version in the order of time.
    pub fn versions(&self) -> &[HoursVersion] {
        &self.versions
    }

    /// Every exception in the order of time.
    pub fn exceptions(&self) -> &[HoursException] {
        &self.exceptions
    }

    /// What a public holiday does.
    pub fn holidays(&self) -> HolidayPolicy {
        self.holidays
    }

    /// The days closed every year.
    pub fn closed_days(&self) -> &[MonthDay] {
        &self.closed_days
    }

    /// The days of every year of which nobody knows.
    pub fn unknown_days(&self) -> &[MonthDay] {
        &self.unknown_days
    }

    /// The version in force on a date.
    pub fn version_on(&self, date: NaiveDate) -> Option<&HoursVersion> {
        self.versions.iter().find(|version| version.covers(date))
    }

    /// The week plan in force on a date.
    pub fn week_of(&self, date: NaiveDate) -> Option<&WeekPlan> {
        self.version_on(date).map(|version| &version.week)
    }

    /// The hours of a date.
    pub fn on(&self, date: NaiveDate) -> DayHours {
        if let Some(outage) = self.outage.as_ref().filter(|outage| outage.covers(date)) {
            return DayHours::closed(date, Some(ClosedReason::Exception(outage.reason.clone())));
        }
        if let Some(exception) = self.exceptions.iter().find(|exception| exception.date == date) {
            return if exception.periods.is_empty() {
                DayHours::closed(date, Some(ClosedReason::Exception(exception.reason.clone())))
            } else {
                DayHours { date, periods: exception.periods.clone(), reason: None, note: exception.reason.clone() }
            };
        }
        let Some(week) = self.week_of(date) else {
            return DayHours::closed(date, None);
        };
        if let HolidayPolicy::Closed(calendar) = self.holidays
            && let Some(holiday) = calendar.holiday_on(date)
        {
            return DayHours::closed(date, Some(ClosedReason::Holiday(holiday)));
        }
        if let Some(day) = self.closed_days.iter().find(|day| day.is_on(date)) {
            return DayHours::closed(date, Some(ClosedReason::ClosedDay(*day)));
        }
        match week.on(date.weekday()) {
            [] => DayHours::closed(date, Some(ClosedReason::Weekly)),
            _ if self.unknown_days.iter().any(|day| day.is_on(date)) => DayHours::closed(date, None),
            periods => DayHours { date, periods: periods.to_vec(), reason: None, note: None },
        }
    }

    /// The days from `first` to `last` on which the week plan does not hold, or nobody knows whether it does, in order.
    pub fn unusual_days(&self, first: NaiveDate, last: NaiveDate) -> Vec<DayHours> {
        let is_unusual = |day: &DayHours| {
            let usual = self.week_of(day.date).map(|plan| plan.on(day.date.weekday()));
            day.periods != usual.unwrap_or_default() || day.is_unknown()
        };
        let mut dates: Vec<NaiveDate> = self.deciding_dates(first, last);
        dates.sort_unstable();
        dates.dedup();
        dates.into_iter().map(|date| self.on(date)).filter(is_unusual).collect()
    }

    /// The only dates on which something else than the week plan can decide: few, so that nobody has to try all.
    fn deciding_dates(&self, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
        let years = first.year()..=last.year();
        let yearly = self.closed_days.iter().chain(&self.unknown_days);
        let yearly = yearly.flat_map(|day| years.clone().filter_map(|year| day.in_year(year)));
        let holidays = match self.holidays {
            HolidayPolicy::Open => Vec::new(),
            HolidayPolicy::Closed(calendar) => years.clone().flat_map(|year| calendar.holidays_in(year)).collect(),
        };
        let exceptions = self.exceptions.iter().map(|exception| exception.date);
        let without_plan =
            first.iter_days().take_while(|date| *date <= last).filter(|date| self.version_on(*date).is_none());
        let shut = self.outage.iter().flat_map(|outage| first.iter_days().take_while(|date| outage.covers(*date)));
        let shut = shut.take_while(|date| *date <= last);
        let named = yearly.chain(holidays).chain(exceptions).filter(|date| (first..=last).contains(date));
        named.chain(without_plan).chain(shut).collect()
    }

    /// Whether the office is open at this moment.
    pub fn is_open_at(&self, at: &DateTime<Tz>) -> bool {
        self.closes_at(at).is_some()
    }

    /// When the period that is running at this moment ends; `None` while closed.
    pub fn closes_at(&self, at: &DateTime<Tz>) -> Option<DateTime<Tz>> {
        self.spans_on(at.date_naive(), at.timezone())
            .into_iter()
            .find(|(opens, closes)| opens <= at && at < closes)
            .map(|(_, closes)| closes)
    }

    /// The first opening later than this moment, within the next 400 days.
    pub fn next_opening(&self, after: &DateTime<Tz>) -> Option<DateTime<Tz>> {
        (0..=SEARCH_DAYS)
            .filter_map(|days| after.date_naive().checked_add_days(Days::new(days)))
            .flat_map(|date| self.spans_on(date, after.timezone()))
            .map(|(opens, _)| opens)
            .find(|opens| opens > after)
    }

    /// The periods of a date as instants. One that lies wholly in the hour skipped in spring does not take place.
    fn spans_on(&self, date: NaiveDate, zone: Tz) -> Vec<(DateTime<Tz>, DateTime<Tz>)> {
        let span = |period: &Period| {
            let last_day = if period.closes_at_midnight() { date.checked_add_days(Days::new(1))? } else { date };
            let opens = resolve(zone, date.and_time(period.opens()));
            let closes = resolve(zone, last_day.and_time(period.closes()));
            (opens < closes).then_some((opens, closes))
        };
        self.on(date).periods.iter().filter_map(span).collect()
    }
}

#[cfg(test)]
mod tests;
