//! What a named time means at an office: which half of the day "um 4" is, and what "bis 17 Uhr" asks.

use chrono::{DateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use super::senses::DayPart;
use crate::hours::AskedTime;

/// A time of day and where the question names it.
#[derive(Debug, Clone, Copy)]
pub(super) struct TimeMention {
    pub(super) kind: TimeKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum TimeKind {
    Clock(ClockTime),
    Part(DayPart),
    /// "in zwei Stunden".
    Moment(DateTime<Tz>),
}

/// A clock time with the word that leads it in.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClockTime {
    pub(super) lead: Lead,
    pub(super) time: NamedTime,
    pub(super) until: Option<NamedTime>,
    /// A bare number after "ab" or "bis" may also be an age or an amount; it counts only in a question about hours.
    pub(super) sure: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    At,
    From,
    Before,
    After,
    To,
    Between,
}

/// A time as people name it: an hour and minutes before or after it ("halb fünf" is 5 and -30).
#[derive(Debug, Clone, Copy)]
pub(super) struct NamedTime {
    pub(super) hour: u32,
    pub(super) minutes: i32,
    /// Written so that it can only be this hour of the day ("17 Uhr", "08:00").
    pub(super) literal: bool,
}

/// What the rest of the question says about a time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Surroundings {
    pub(super) part: Option<DayPart>,
    /// "schon um 6": early, whatever the office's habits.
    pub(super) already: bool,
    pub(super) about_being_open: bool,
}

impl NamedTime {
    fn time(self, around: Surroundings) -> Option<NaiveTime> {
        let afternoon = !self.literal && self.hour < 12 && self.means_afternoon(around);
        let midnight = self.hour == 12 && around.part == Some(DayPart::Night);
        let hour = if afternoon {
            self.hour + 12
        } else if midnight {
            0
        } else {
            self.hour
        };
        let minute = (i32::try_from(hour).ok()? * 60 + self.minutes).rem_euclid(24 * 60);
        NaiveTime::from_num_seconds_from_midnight_opt(u32::try_from(minute).ok()? * 60, 0)
    }

    /// An office is asked about its day: "um 4" is in the afternoon, unless the question says otherwise.
    fn means_afternoon(self, around: Surroundings) -> bool {
        match around.part {
            Some(DayPart::Morning | DayPart::Forenoon | DayPart::BeforeWork) => false,
            Some(DayPart::Noon) => self.hour <= 3,
            Some(DayPart::Night) => self.hour >= 6,
            Some(DayPart::Afternoon | DayPart::LateAfternoon | DayPart::AfterWork | DayPart::Evening) => true,
            None => (1..=6).contains(&self.hour) && !(around.already && self.hour >= 5),
        }
    }
}

impl ClockTime {
    /// Whether "ab 17" could be an age as well: people drive, marry and vote from then on.
    pub(super) fn may_be_an_age(self) -> bool {
        matches!(self.lead, Lead::From | Lead::To) && (14..=24).contains(&self.time.hour)
    }

    /// The asked time. "bis 17 Uhr" asks whether the doors are still open just before, "ab 7" in the morning whether they
    /// are open by then; "nach 17 Uhr" and "vor 8" ask for any time on that side.
    pub(super) fn asked(self, around: Surroundings) -> Option<AskedTime> {
        let time = self.time.time(around)?;
        let noon = NaiveTime::from_hms_opt(12, 0, 0)?;
        Some(match self.lead {
            Lead::At => AskedTime::At(time),
            Lead::From if around.about_being_open && time < noon => AskedTime::At(time),
            Lead::From | Lead::After => AskedTime::From(time),
            Lead::Before => AskedTime::Until(time),
            Lead::To => AskedTime::Within(time.overflowing_sub_signed(TimeDelta::minutes(1)).0, time),
            Lead::Between => {
                let until = self.until?.time(around)?;
                let half_a_day_later = until.overflowing_add_signed(TimeDelta::hours(12));
                match (time < until, half_a_day_later) {
                    (true, _) => AskedTime::Within(time, until),
                    // "von 10 bis 7"
                    (false, (later, 0)) if time < later => AskedTime::Within(time, later),
                    _ => return None,
                }
            }
        })
    }
}

/// The hours people mean by a part of the day.
pub(super) fn hours_of(part: DayPart) -> Option<AskedTime> {
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0);
    Some(match part {
        DayPart::BeforeWork => AskedTime::Until(time(8)?),
        DayPart::Morning => AskedTime::Within(time(6)?, time(11)?),
        DayPart::Forenoon => AskedTime::Within(time(8)?, time(12)?),
        DayPart::Noon => AskedTime::Within(time(12)?, time(14)?),
        DayPart::Afternoon => AskedTime::Within(time(14)?, time(18)?),
        DayPart::LateAfternoon => AskedTime::Within(time(16)?, time(18)?),
        DayPart::AfterWork => AskedTime::From(time(17)?),
        DayPart::Evening => AskedTime::Within(time(18)?, time(22)?),
        DayPart::Night => AskedTime::Within(time(22)?, NaiveTime::MIN),
    })
}
