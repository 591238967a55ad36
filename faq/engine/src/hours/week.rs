//! Periods of a day, the plan of a week, and days that return every year.
//!
//! These are the values an editor writes down. Each has one constructor that refuses what cannot be meant, so that the
//! computations in `schedule` never meet half-valid data.

use std::fmt;

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

use super::holidays::named_day;

const MINUTES_PER_DAY: u32 = 24 * 60;

/// A time of day without a break, from `opens` up to but not including `closes`.
///
/// Midnight as the closing time is the end of the day: chrono has no 24:00, and a period that ended at the start of its
/// own day could not be meant. Write such a time with [`clock_text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    opens: NaiveTime,
    closes: NaiveTime,
}

/// The text or the two times are not a period.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum InvalidPeriod {
    /// Closing comes before or with opening.
    #[error("a period must open before it closes, {opens} to {closes} does not")]
    ClosesBeforeOpening {
        /// The opening time given.
        opens: NaiveTime,
        /// The closing time given.
        closes: NaiveTime,
    },
    /// Not of the form `08:00-17:00`.
    #[error("`{0}` is not a period such as `08:00-17:00`")]
    Form(String),
}

impl Period {
    /// Builds a period; `closes` at midnight is the end of the day.
    pub fn new(opens: NaiveTime, closes: NaiveTime) -> Result<Self, InvalidPeriod> {
        if opens < closes || closes == NaiveTime::MIN {
            Ok(Self { opens, closes })
        } else {
            Err(InvalidPeriod::ClosesBeforeOpening { opens, closes })
        }
    }

    /// Reads `08:00-17:00`; a closing time of `24:00` is allowed, and so is an en dash.
    pub fn parse(text: &str) -> Result<Self, InvalidPeriod> {
        let malformed = || InvalidPeriod::Form(text.chars().take(30).collect());
        let (opens, closes) = text.split_once(['-', '–']).ok_or_else(malformed)?;
        let opens = parse_clock(opens.trim()).ok_or_else(malformed)?;
        let closes = match closes.trim() {
            "24:00" => NaiveTime::MIN,
            // Midnight is the end of the day only where somebody wrote 24:00.
            closes => parse_clock(closes).filter(|time| *time != NaiveTime::MIN).ok_or_else(malformed)?,
        };
        Self::new(opens, closes)
    }

    /// When the doors open.
    pub fn opens(&self) -> NaiveTime {
        self.opens
    }

    /// When the doors close; midnight is the end of the day.
    pub fn closes(&self) -> NaiveTime {
        self.closes
    }

    /// Whether the end of the day is also the end of the period.
    pub fn closes_at_midnight(&self) -> bool {
        self.closes == NaiveTime::MIN
    }

    /// Whether the doors are open at this time of day.
    pub fn contains(&self, time: NaiveTime) -> bool {
        self.opens <= time && (time < self.closes || self.closes_at_midnight())
    }

    /// Whether the two share any time; `other` follows the same rule about midnight.
    pub fn overlaps(&self, other: &Period) -> bool {
        minute(self.opens) < end_minute(other.closes) && minute(other.opens) < end_minute(self.closes)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.opens.format("%H:%M"), clock_text(self.closes))
    }
}

/// A closing time as people write it: `17:00`, and `24:00` for the end of the day.
pub fn clock_text(closes: NaiveTime) -> String {
    if closes == NaiveTime::MIN { "24:00".to_owned() } else { closes.format("%H:%M").to_string() }
}

fn minute(time: NaiveTime) -> u32 {
    time.num_seconds_from_midnight() / 60
}

fn end_minute(time: NaiveTime) -> u32 {
    if time == NaiveTime::MIN { MINUTES_PER_DAY } else { minute(time) }
}

fn parse_clock(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hour) || minute.len() != 2 || !digits(minute) {
        return None;
    }
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

/// Sorts periods and refuses those that overlap or touch: 08:00-12:00 and 12:00-16:00 are one period to a visitor.
pub(super) fn sorted_without_overlap(mut periods: Vec<Period>) -> Option<Vec<Period>> {
    periods.sort_by_key(Period::opens);
    let apart = periods.windows(2).all(|pair| end_minute(pair[0].closes) < minute(pair[1].opens));
    apart.then_some(periods)
}

/// The periods of each weekday; a day that is not mentioned is closed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WeekPlan {
    days: [Vec<Period>; 7],
}

/// Two periods of one weekday cannot both be meant.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum InvalidWeekPlan {
    /// Periods of this day overlap or touch.
    #[error("the periods on {0} overlap or touch; write them as one")]
    Overlap(Weekday),
    /// The day was given twice.
    #[error("{0} is given twice")]
    Twice(Weekday),
}

impl WeekPlan {
    /// Builds a plan from the days that have hours.
    pub fn new(days: impl IntoIterator<Item = (Weekday, Vec<Period>)>) -> Result<Self, InvalidWeekPlan> {
        let mut plan = Self::default();
        let mut given = [false; 7];
        for (weekday, periods) in days {
            let index = weekday.num_days_from_monday() as usize;
            if std::mem::replace(&mut given[index], true) {
                return Err(InvalidWeekPlan::Twice(weekday));
            }
            plan.days[index] = sorted_without_overlap(periods).ok_or(InvalidWeekPlan::Overlap(weekday))?;
        }
        Ok(plan)
    }

    /// The periods of a weekday in the order of the day; empty means closed.
    pub fn on(&self, weekday: Weekday) -> &[Period] {
        &self.days[weekday.num_days_from_monday() as usize]
    }

    /// Every weekday with its periods, from Monday.
    pub fn days(&self) -> impl Iterator<Item = (Weekday, &[Period])> {
        let mut weekday = Weekday::Mon;
        self.days.iter().map(move |periods| {
            let today = weekday;
            weekday = weekday.succ();
            (today, periods.as_slice())
        })
    }
}

/// A day that returns every year, such as 24 December.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    month: u32,
    day: u32,
}

/// No year has this day.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a day of the year such as `12-24` (month-day)")]
pub struct InvalidMonthDay(String);

impl MonthDay {
    /// Builds a day; 29 February is one, it just does not come every year.
    pub fn new(month: u32, day: u32) -> Result<Self, InvalidMonthDay> {
        const LEAP_YEAR: i32 = 2000;
        match NaiveDate::from_ymd_opt(LEAP_YEAR, month, day) {
            Some(_) => Ok(Self { month, day }),
            None => Err(InvalidMonthDay(format!("{month:02}-{day:02}"))),
        }
    }

    /// Reads `12-24`.
    pub fn parse(text: &str) -> Result<Self, InvalidMonthDay> {
        let malformed = || InvalidMonthDay(text.chars().take(30).collect());
        let (month, day) = text.trim().split_once('-').ok_or_else(malformed)?;
        Self::new(month.parse().map_err(|_| malformed())?, day.parse().map_err(|_| malformed())?)
    }

    /// The month, from 1.
    pub fn month(&self) -> u32 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(&self) -> u32 {
        self.day
    }

    /// Its date in a year; 29 February has none in most.
    pub fn in_year(&self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }

    /// Whether a date is this day.
    pub fn is_on(&self, date: NaiveDate) -> bool {
        (date.month(), date.day()) == (self.month, self.day)
    }

    /// The German name where the day has one: `Heiligabend` for 12-24.
    pub fn name(&self) -> Option<String> {
        // Any year will do: only days with a fixed date keep their name in every year.
        let in_year = |year| NaiveDate::from_ymd_opt(year, self.month, self.day).and_then(named_day);
        let (one, other) = (in_year(2024)?, in_year(2028)?);
        (one == other).then(|| one.name())
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_and_written() {
        for text in ["08:00-17:00", "00:00-24:00", "23:59-24:00"] {
            assert_eq!(Period::parse(text).expect("valid").to_string(), text);
        }
        assert_eq!(Period::parse(" 8:00 – 12:30 ").expect("valid").to_string(), "08:00-12:30");
        for wrong in ["", "08:00", "17:00-08:00", "08:00-08:00", "8-12", "08:00-25:00", "08.00-12.00", "08:00-00:00"] {
            assert!(Period::parse(wrong).is_err(), "{wrong} must be refused");
        }
    }

    #[test]
    fn closing_time_is_already_closed() {
        let period = Period::parse("08:00-17:00").expect("valid");
        let at = |hour, minute| period.contains(NaiveTime::from_hms_opt(hour, minute, 0).expect("valid"));
        assert!(at(8, 0) && at(16, 59) && !at(17, 0) && !at(7, 59));
        assert!(
            Period::parse("18:00-24:00").expect("valid").contains(NaiveTime::from_hms_opt(23, 59, 59).expect("valid"))
        );
    }

    #[test]
    fn week_plan_sorts_and_names_the_day_that_overlaps() {
        let [early, late, long] =
            ["08:00-12:00", "14:00-17:30", "11:00-15:00"].map(|text| Period::parse(text).expect("valid"));
        let plan = WeekPlan::new([(Weekday::Thu, vec![late, early])]).expect("valid");
        assert_eq!(plan.on(Weekday::Thu), [early, late]);
        assert!(plan.on(Weekday::Fri).is_empty());
        assert_eq!(WeekPlan::new([(Weekday::Tue, vec![early, long])]), Err(InvalidWeekPlan::Overlap(Weekday::Tue)));
        assert_eq!(
            WeekPlan::new([(Weekday::Tue, vec![early]), (Weekday::Tue, vec![])]),
            Err(InvalidWeekPlan::Twice(Weekday::Tue))
        );
        assert_eq!(plan.days().map(|(weekday, _)| weekday).last(), Some(Weekday::Sun));
    }

    #[test]
    fn yearly_days_know_their_name() {
        assert_eq!(MonthDay::parse("12-24").expect("valid").name().as_deref(), Some("Heiligabend"));
        assert_eq!(MonthDay::parse("12-31").expect("valid").name().as_deref(), Some("Silvester"));
        assert_eq!(MonthDay::parse("08-03").expect("valid").name(), None);
        assert!(MonthDay::parse("02-29").is_ok());
        assert!(
            MonthDay::parse("13-24").is_err() && MonthDay::parse("02-30").is_err() && MonthDay::parse("x").is_err()
        );
    }
}
