//! What somebody asked about, and whether the office is open then.
//!
//! The question is a value of its own between the phrase parser, which knows no office, and the hours, which know no
//! German. "Open" is answered for the asked time where there is one, else for the day as a whole.

use chrono::{DateTime, Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;

use super::day::DayHours;
use super::schedule::OpeningHours;
use super::week::Period;

/// The day and time a question is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeQuestion {
    /// The day.
    pub day: AskedDay,
    /// The time of day, if one was asked about.
    pub time: Option<AskedTime>,
    /// Whether a day or time expression was really there; `false` means that the day is what one would assume.
    pub explicit: bool,
}

/// Which day is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedDay {
    /// One day, today or later.
    Date(NaiveDate),
    /// Several days, first and last inclusive ("am Wochenende", "zwischen den Jahren").
    Range(NaiveDate, NaiveDate),
    /// No day: the plan of the week.
    Week,
    /// A day that is over ("gestern").
    Past(NaiveDate),
}

/// Which time of day is asked about. Midnight as an end is the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedTime {
    /// This moment ("jetzt", "noch auf?").
    Now,
    /// A time ("um 7", "gegen halb fünf").
    At(NaiveTime),
    /// Any time from then on ("nach 17 Uhr").
    From(NaiveTime),
    /// Any time before ("vor 8").
    Until(NaiveTime),
    /// Any time between the two ("nachmittags").
    Within(NaiveTime, NaiveTime),
}

impl AskedTime {
    /// Whether any of these periods of a day is running at this time. "Now" is a moment, which no day has by itself.
    pub fn falls_in(self, periods: &[Period]) -> bool {
        let during = |from, to| Period::new(from, to).is_ok_and(|asked| periods.iter().any(|one| one.overlaps(&asked)));
        match self {
            Self::Now => !periods.is_empty(),
            Self::At(time) => periods.iter().any(|period| period.contains(time)),
            Self::From(time) => during(time, NaiveTime::MIN),
            // Before midnight is not before anything of this day.
            Self::Until(time) => time != NaiveTime::MIN && during(NaiveTime::MIN, time),
            Self::Within(from, to) => during(from, to),
        }
    }
}

impl OpeningHours {
    /// The hours of the day a question is about: of several days the first open one, else the first. `None` for a week.
    pub fn asked_day(&self, question: &TimeQuestion) -> Option<DayHours> {
        match question.day {
            AskedDay::Week => None,
            AskedDay::Date(date) | AskedDay::Past(date) => Some(self.on(date)),
            AskedDay::Range(first, last) => {
                let days = days_from(first).take_while(|date| *date <= last).map(|date| self.on(date));
                Some(days.into_iter().find(|day| !day.is_closed()).unwrap_or_else(|| self.on(first)))
            }
        }
    }

    /// Whether the office is open on `day` at the asked time; without one, whether it opens on that day at all.
    pub fn open_at_asked_time(&self, day: &DayHours, question: &TimeQuestion, now: &DateTime<Tz>) -> bool {
        match question.time {
            None => !day.is_closed(),
            // "Now" is a moment of today; on any other day the word can only have meant the day.
            Some(AskedTime::Now) if day.date == now.date_naive() => self.is_open_at(now),
            Some(time) => time.falls_in(&day.periods),
        }
    }
}

/// The days from `first` on, for at most a year and a bit: nobody asks about more.
fn days_from(first: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    (0..400).map_while(move |days| first.checked_add_days(Days::new(days)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hours::{HolidayCalendar, HolidayPolicy, HoursVersion, WeekPlan};
    use chrono::{TimeZone, Weekday};
    use chrono_tz::Europe::Berlin;

    fn mornings_and_afternoons() -> OpeningHours {
        let periods = ["08:00-12:00", "14:00-17:00"].map(|text| Period::parse(text).expect("valid")).to_vec();
        let week = WeekPlan::new([(Weekday::Thu, periods)]).expect("valid");
        let version = HoursVersion { valid_from: None, valid_until: None, week, label: None };
        OpeningHours::new(vec![version], Vec::new(), HolidayPolicy::Closed(HolidayCalendar::Nrw), Vec::new())
            .expect("valid")
    }

    fn time(text: &str) -> NaiveTime {
        NaiveTime::parse_from_str(text, "%H:%M").expect("valid")
    }

    #[test]
    fn open_is_asked_for_the_time_not_for_the_day() {
        let hours = mornings_and_afternoons();
        let thursday = NaiveDate::from_ymd_opt(2026, 9, 10).expect("valid");
        let now = Berlin.with_ymd_and_hms(2026, 9, 10, 13, 0, 0).single().expect("valid");
        let open = |asked| {
            let question = TimeQuestion { day: AskedDay::Date(thursday), time: asked, explicit: true };
            hours.open_at_asked_time(&hours.on(thursday), &question, &now)
        };
        for (asked, expected) in [
            (None, true),
            (Some(AskedTime::Now), false),
            (Some(AskedTime::At(time("11:59"))), true),
            (Some(AskedTime::At(time("12:00"))), false),
            (Some(AskedTime::From(time("12:00"))), true),
            (Some(AskedTime::From(time("17:00"))), false),
            (Some(AskedTime::Until(time("08:00"))), false),
            (Some(AskedTime::Until(time("08:01"))), true),
            (Some(AskedTime::Until(NaiveTime::MIN)), false),
            (Some(AskedTime::Within(time("12:00"), time("14:00"))), false),
            (Some(AskedTime::Within(time("12:00"), time("14:01"))), true),
            (Some(AskedTime::Within(time("16:00"), NaiveTime::MIN)), true),
        ] {
            assert_eq!(open(asked), expected, "{asked:?}");
        }
    }

    #[test]
    fn of_several_days_the_first_open_one_is_meant() {
        let hours = mornings_and_afternoons();
        let day = |number| NaiveDate::from_ymd_opt(2026, 9, number).expect("valid");
        let asked = |day| hours.asked_day(&TimeQuestion { day, time: None, explicit: true });
        assert_eq!(asked(AskedDay::Range(day(7), day(13))).expect("valid").date, day(10));
        assert_eq!(asked(AskedDay::Range(day(12), day(13))).expect("valid").date, day(12));
        assert_eq!(asked(AskedDay::Range(NaiveDate::MAX, NaiveDate::MIN)).expect("valid").date, NaiveDate::MAX);
        assert!(asked(AskedDay::Week).is_none());
    }
}
