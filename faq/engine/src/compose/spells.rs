//! Spells of time in words: weekdays in a row, parts of the day, the days around a few others.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};

use super::Composer;
use super::hours::span;
use crate::hours::{AskedTime, Period, WeekPlan};
use crate::office::Office;
use crate::reply::Block;

/// Whoever asks about the days between the years wants to know about those before and after.
const DAYS_BEFORE: u64 = 3;
const DAYS_AFTER: u64 = 2;

impl Composer<'_> {
    /// "Montag bis Mittwoch": weekdays from the first to the last, counted from Monday as 0.
    pub(super) fn weekdays(&self, first: usize, last: usize) -> String {
        let name = |weekday| self.phrasebook.weekday(weekday);
        match last - first {
            0 => name(first).to_owned(),
            1 => format!("{}{}{}", name(first), self.phrasebook.say("list_and", &[]), name(last)),
            _ => self.phrasebook.say("days_from_to", &[("first", name(first)), ("last", name(last))]),
        }
    }

    /// The asked time as it was understood, "15:15 Uhr": a phrase such as "viertel vier" has more than one reading.
    /// Nothing for "now", which is no other time in any reading.
    pub(super) fn asked_time(&self, time: AskedTime) -> Option<String> {
        let point = |time: NaiveTime| time.format("%H:%M").to_string();
        let between = |from, until| Period::new(from, until).ok().map(|period| span(&period));
        let text = match time {
            AskedTime::Now => return None,
            AskedTime::At(time) => point(time),
            // "Bis 17 Uhr" asks about the last minute before.
            AskedTime::Within(from, until) if until - from == TimeDelta::minutes(1) => point(until),
            AskedTime::Within(from, until) => between(from, until)?,
            AskedTime::From(from) => between(from, NaiveTime::MIN)?,
            AskedTime::Until(until) => between(NaiveTime::MIN, until)?,
        };
        Some(self.phrasebook.say("hours_span", &[("spans", &text)]))
    }

    /// On which weekdays it is open at a time asked about in general: "nachmittags", "vor 8".
    pub(super) fn weekdays_open_then(&self, office: &Office, week: &WeekPlan, asked: AskedTime) -> Block {
        let time = self.asked_time(asked).unwrap_or_default();
        let open: Vec<bool> = week.days().map(|(_, periods)| asked.falls_in(periods)).collect();
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for weekday in (0..open.len()).filter(|weekday| open[*weekday]) {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == weekday => *last = weekday,
                _ => runs.push((weekday, weekday)),
            }
        }
        let office = self.words(&office.name);
        if runs.is_empty() {
            return self.say("hours_no_weekday_open_then", &[("time", &time), ("office", office)]);
        }
        let days: Vec<String> = runs.into_iter().map(|(first, last)| self.weekdays(first, last)).collect();
        self.say("hours_weekdays_open_then", &[("time", &time), ("days", &days.join(", ")), ("office", office)])
    }

    /// The days just before and after others on which the week plan does not hold.
    pub(super) fn days_around(&self, office: &Office, first: NaiveDate, last: NaiveDate) -> Option<Block> {
        let from = first.checked_sub_days(Days::new(DAYS_BEFORE))?.max(self.now.date_naive());
        let until = last.checked_add_days(Days::new(DAYS_AFTER))?;
        let days = office.hours.unusual_days(from, until).into_iter().filter(|day| day.date < first || day.date > last);
        let lines: Vec<String> = days.map(|day| format!("- {}", self.day_in_a_list(&day))).collect();
        (!lines.is_empty()).then(|| self.say("hours_around", &[("days", &lines.join("\n"))]))
    }
}
