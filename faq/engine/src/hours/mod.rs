//! Opening hours and what people say about days and times.
//!
//! Hours are data that an editor keeps; this room computes from them for one day or one moment, so that no answer about
//! hours is ever prose that has gone stale. The other half reads a citizen's question ("freitag nach fronleichnam, so
//! gegen halb fünf?") into a [`TimeQuestion`]. The clock is always an argument.
//!
//! - `week`, `day`, `schedule`, `spells`, `asked`: periods, week plans, single days, versions, exceptions, and the
//!   questions asked of them
//! - `holidays`, `school_holidays`, `holiday_policy`: the calendar of North Rhine-Westphalia
//! - `local`: local time to an instant, on the two days of the year when that is not obvious
//! - `osm`: hours in the notation of OpenStreetMap, written and read
//! - `outage`: what is switched off for a while
//! - `phrases`: from a question to a day and a time

mod asked;
mod day;
mod holiday_policy;
mod holidays;
mod local;
mod osm;
mod outage;
mod phrases;
mod schedule;
mod school_holidays;
mod spells;
mod week;

pub use asked::{AskedDay, AskedTime, TimeQuestion};
pub use day::{ClosedReason, DayHours};
pub use holiday_policy::{HolidayCalendar, HolidayPolicy};
pub use holidays::{Holiday, NamedDay, easter, holiday_on, named_day};
pub use local::resolve;
pub use osm::OsmFault;
pub use outage::Outage;
pub use phrases::{has_time_expression, is_time_word, time_expressions, time_question};
pub use schedule::{HoursException, HoursVersion, InvalidHours, OpeningHours};
pub use school_holidays::SchoolHolidays;
pub use spells::Spell;
pub use week::{InvalidMonthDay, InvalidPeriod, InvalidWeekPlan, MonthDay, Period, WeekPlan, clock_text};

#[cfg(test)]
mod tests;
