//! Opening hours as they are written in files: week plans with their validity, special dates, holidays.

use chrono::{NaiveDate, Weekday};
use faq_engine::hours::{
    HolidayCalendar, HolidayPolicy, HoursException, HoursVersion, MonthDay, OpeningHours, Period, WeekPlan,
};
use serde::Deserialize;

use crate::text::{Reader, TextShape};

/// A closure longer than this is a plan of its own, with `valid_from` and `valid_until`.
const LONGEST_SPELL: i64 = 366;

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum HolidaysShape {
    Nrw,
    #[default]
    Open,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HoursShape {
    valid_from: Option<String>,
    valid_until: Option<String>,
    label: Option<TextShape>,
    #[serde(default)]
    monday: Vec<String>,
    #[serde(default)]
    tuesday: Vec<String>,
    #[serde(default)]
    wednesday: Vec<String>,
    #[serde(default)]
    thursday: Vec<String>,
    #[serde(default)]
    friday: Vec<String>,
    #[serde(default)]
    saturday: Vec<String>,
    #[serde(default)]
    sunday: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExceptionShape {
    date: Option<String>,
    from: Option<String>,
    until: Option<String>,
    periods: Vec<String>,
    reason: Option<TextShape>,
}

/// The days of every year and the holidays of an office, which count for doors and telephones alike.
pub(super) struct Year {
    holidays: HolidayPolicy,
    closed_days: Vec<MonthDay>,
    unknown_days: Vec<MonthDay>,
}

impl Year {
    pub(super) fn read(
        reader: &mut Reader<'_>,
        holidays: HolidaysShape,
        closed: &[String],
        unknown: &[String],
    ) -> Self {
        Self {
            holidays: match holidays {
                HolidaysShape::Nrw => HolidayPolicy::Closed(HolidayCalendar::Nrw),
                HolidaysShape::Open => HolidayPolicy::Open,
            },
            closed_days: closed.iter().filter_map(|day| read_month_day(reader, day)).collect(),
            unknown_days: unknown.iter().filter_map(|day| read_month_day(reader, day)).collect(),
        }
    }

    /// The hours of these plans and exceptions.
    pub(super) fn hours(
        &self,
        reader: &mut Reader<'_>,
        table: &str,
        plans: &[HoursShape],
        exceptions: Vec<HoursException>,
    ) -> Option<OpeningHours> {
        let versions: Vec<_> = plans.iter().filter_map(|version| read_version(reader, table, version)).collect();
        OpeningHours::new(versions, exceptions, self.holidays, self.closed_days.clone())
            .map(|hours| hours.with_unknown_days(self.unknown_days.clone()))
            .map_err(|error| reader.fault(table, error.to_string()))
            .ok()
    }
}

/// The special dates, each by itself; a spell from one date until another becomes its days.
pub(super) fn read_exceptions(reader: &mut Reader<'_>, shapes: &[ExceptionShape]) -> Vec<HoursException> {
    let mut exceptions = Vec::new();
    for shape in shapes {
        let periods = read_periods(reader, &shape.periods);
        let reason = reader.optional(shape.reason.as_ref(), "exceptions.reason");
        let dates = read_dates(reader, shape).unwrap_or_default();
        exceptions.extend(dates.into_iter().map(|date| HoursException {
            date,
            periods: periods.clone(),
            reason: reason.clone(),
        }));
    }
    exceptions
}

fn read_dates(reader: &mut Reader<'_>, shape: &ExceptionShape) -> Option<Vec<NaiveDate>> {
    match (&shape.date, &shape.from, &shape.until) {
        (Some(date), None, None) => Some(vec![reader.date("exceptions.date", date)?]),
        (None, Some(from), Some(until)) => {
            let first = reader.date("exceptions.from", from)?;
            let last = reader.date("exceptions.until", until)?;
            if !(0..LONGEST_SPELL).contains(&(last - first).num_days()) {
                reader.fault(from, "an exception ends on or after the day it begins, within a year".to_owned());
                return None;
            }
            Some(first.iter_days().take_while(|date| *date <= last).collect())
        }
        _ => {
            let written = [&shape.date, &shape.from, &shape.until].into_iter().flatten().next();
            let place = written.map_or("[[exceptions]]", String::as_str);
            reader.fault(place, "an exception has either a `date`, or `from` and `until`".to_owned());
            None
        }
    }
}

fn read_version(reader: &mut Reader<'_>, table: &str, shape: &HoursShape) -> Option<HoursVersion> {
    let days = [
        (Weekday::Mon, &shape.monday),
        (Weekday::Tue, &shape.tuesday),
        (Weekday::Wed, &shape.wednesday),
        (Weekday::Thu, &shape.thursday),
        (Weekday::Fri, &shape.friday),
        (Weekday::Sat, &shape.saturday),
        (Weekday::Sun, &shape.sunday),
    ];
    let days: Vec<_> = days.into_iter().map(|(weekday, texts)| (weekday, read_periods(reader, texts))).collect();
    let week = WeekPlan::new(days).map_err(|error| reader.fault(table, error.to_string())).ok()?;
    Some(HoursVersion {
        valid_from: shape.valid_from.as_deref().and_then(|day| reader.date("hours.valid_from", day)),
        valid_until: shape.valid_until.as_deref().and_then(|day| reader.date("hours.valid_until", day)),
        week,
        label: reader.optional(shape.label.as_ref(), "hours.label"),
    })
}

fn read_periods(reader: &mut Reader<'_>, texts: &[String]) -> Vec<Period> {
    let mut periods = Vec::new();
    for text in texts {
        match Period::parse(text) {
            Ok(period) => periods.push(period),
            Err(error) => reader.fault(text, error.to_string()),
        }
    }
    periods
}

fn read_month_day(reader: &mut Reader<'_>, text: &str) -> Option<MonthDay> {
    MonthDay::parse(text).map_err(|error| reader.fault(text, error.to_string())).ok()
}
