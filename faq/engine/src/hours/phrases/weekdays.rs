//! Weekdays: which one is meant, and whether two letters are one at all.

use chrono::{NaiveDate, Weekday};

use super::days::{DayKind, Found, Side, months_from, on_or_after};
use super::reader::{Reader, plus};
use super::senses::Sense;

/// After these a weekday is somebody's name ("Frau Sonntag").
const SURNAME_FOLLOWS: &[&str] = &["frau", "herr", "herrn", "hr", "familie"];

impl Reader {
    /// A weekday with what stands around it: "nächsten Dienstag", "Mittwoch in einer Woche", "Freitag nach Fronleichnam".
    pub(super) fn weekday(&self, at: usize) -> Option<Found> {
        let modifier = self.sense(at);
        let has_modifier = matches!(modifier, Sense::Next | Sense::AfterNext | Sense::This | Sense::Last);
        let name = if has_modifier { at + 1 } else { at };
        let (weekday, mut end) = match self.sense(name) {
            Sense::Weekday(_) if name > 0 && SURNAME_FOLLOWS.contains(&self.text(name - 1)) => return None,
            Sense::Weekday(weekday) => (weekday, self.skip_abbreviation_stop(name)),
            Sense::Short(weekday) if has_modifier || self.short_is_a_weekday(name) => {
                (weekday, self.skip_stop(name + 1))
            }
            _ => return None,
        };
        if let Some(found) = self.weekday_beside_another_day(weekday, end) {
            return Some(found);
        }
        let upcoming = on_or_after(self.today, weekday);
        let coming = on_or_after(plus(self.today, 1), weekday);
        if let Some((days, end)) = self.step(end, true) {
            return Some(Found::day(DayKind::SettledWeekday, plus(upcoming, days), end));
        }
        let modifier = if self.sense(end) == Sense::Next && self.sense(end + 1) != Sense::WeekUnit {
            // French, Arabic and others put it behind: "lundi prochain".
            end += 1;
            Sense::Next
        } else {
            modifier
        };
        let (kind, date) = match modifier {
            Sense::Next => (DayKind::SettledWeekday, coming),
            Sense::AfterNext => (DayKind::SettledWeekday, plus(coming, 7)),
            Sense::Last => (DayKind::SettledWeekday, plus(upcoming, -7)),
            Sense::This => (DayKind::SettledWeekday, upcoming),
            _ => (DayKind::PlainWeekday, upcoming),
        };
        Some(Found::day(kind, date, end))
    }

    /// "Freitag nach Fronleichnam", "Samstag vor Ostern": the weekday next to another day.
    fn weekday_beside_another_day(&self, weekday: Weekday, relation: usize) -> Option<Found> {
        self.beside(relation, |side, anchor| {
            let date = match side {
                Side::After => on_or_after(plus(anchor.last, 1), weekday),
                Side::Before => plus(on_or_after(anchor.first, weekday), -7),
            };
            (date, date)
        })
    }

    /// "erster Samstag im Oktober", "letzter Freitag im Monat".
    pub(super) fn weekday_of_month(&self, at: usize) -> Option<Found> {
        let (n, name) = match self.sense(at) {
            Sense::Ordinal(n @ 1..=5) => (Some(n), at + 1),
            Sense::Number(n @ 1..=5) if self.sense(at + 1) == Sense::Mark('.') => (Some(n), at + 2),
            Sense::Last => (None, at + 1),
            _ => return None,
        };
        let Sense::Weekday(weekday) = self.sense(name) else { return None };
        let month = self.skip(name + 1, |sense| matches!(sense, Sense::Article | Sense::In | Sense::Of | Sense::This));
        let in_month = |year: i32, month: u32| match n {
            Some(n) => NaiveDate::from_weekday_of_month_opt(year, month, weekday, u8::try_from(n).ok()?),
            None => (1..=5).rev().find_map(|n| NaiveDate::from_weekday_of_month_opt(year, month, weekday, n)),
        };
        let mut months = months_from(self.today);
        let date = match (self.sense(month), self.sense(month + 1)) {
            (Sense::Month(wanted), _) => months
                .filter(|(_, month)| *month == wanted)
                .find_map(|(year, month)| in_month(year, month).filter(|date| *date >= self.today)),
            (Sense::Next, Sense::MonthUnit) => months.nth(1).and_then(|(year, month)| in_month(year, month)),
            (Sense::MonthUnit, _) => {
                months.find_map(|(year, month)| in_month(year, month).filter(|date| *date >= self.today))
            }
            _ => return None,
        }?;
        let end = if self.sense(month) == Sense::Next { month + 2 } else { month + 1 };
        Some(Found::day(DayKind::Fixed, date, end))
    }

    /// "Mo-Fr", "von Montag bis Mittwoch".
    pub(super) fn weekday_range(&self, at: usize) -> Option<Found> {
        let weekday = |at| match self.sense(at) {
            Sense::Weekday(weekday) | Sense::Short(weekday) => Some((weekday, self.skip_abbreviation_stop(at))),
            _ => None,
        };
        let (first, to) = weekday(at)?;
        if !matches!(self.sense(to), Sense::To | Sense::Mark('-')) {
            return None;
        }
        let (last, end) = weekday(to + 1)?;
        let first = on_or_after(self.today, first);
        Some(Found { kind: DayKind::Fixed, first, last: on_or_after(first, last), end })
    }

    /// A full stop after an abbreviated or full weekday, unless it ends the sentence.
    fn skip_abbreviation_stop(&self, name: usize) -> usize {
        if self.sense(name + 1) == Sense::Mark('.') && name + 2 < self.len() { name + 2 } else { name + 1 }
    }

    /// Whether two letters are a weekday here and not another word ("so ein", "i hob mi", "Fr. Müller").
    pub(super) fn short_is_a_weekday(&self, at: usize) -> bool {
        let is_sunday = self.sense(at) == Sense::Short(Weekday::Sun);
        let names_a_day = |sense| matches!(sense, Sense::Weekday(_) | Sense::Short(_));
        if self.before(at) == Sense::Article && matches!(self.text(at - 1), "am" | "den" | "dem" | "on") {
            return true;
        }
        let after_stop = self.skip_stop(at + 1);
        let has_stop = after_stop > at + 1;
        let in_a_row = |joint: usize, other: usize| {
            matches!(self.sense(joint), Sense::And | Sense::To | Sense::Mark('/' | '-' | ',' | '+'))
                && names_a_day(self.sense(other))
        };
        if in_a_row(after_stop, after_stop + 1) || (at >= 2 && in_a_row(at - 1, at - 2)) {
            return true;
        }
        if is_sunday {
            return has_stop && !self.ends_at(after_stop) && self.goes_on_with_a_time(after_stop);
        }
        let stands_last = if has_stop { after_stop >= self.len() } else { self.ends_at(at + 1) };
        let is_led_in = match self.before(at) {
            Sense::And | Sense::Which | Sense::MaybeOpen => true,
            // "açık mı" is a Turkish question, not a Wednesday.
            Sense::Open => self.text(at) != "mi",
            _ => at == 0,
        };
        stands_last && is_led_in || self.goes_on_with_a_time(after_stop)
    }

    /// What follows a day: a time, a part of the day, or a word about being open.
    fn goes_on_with_a_time(&self, at: usize) -> bool {
        match self.sense(at) {
            Sense::Open
            | Sense::Part(_)
            | Sense::Early
            | Sense::Morgen
            | Sense::Already
            | Sense::Half
            | Sense::Quarter => true,
            Sense::Still | Sense::From | Sense::Before | Sense::After | Sense::To | Sense::At => true,
            Sense::MaybeOpen => self.ends_at(at + 1),
            Sense::Number(_) => matches!(self.sense(at + 1), Sense::Clock | Sense::Mark(':' | '.' | '-') | Sense::To),
            Sense::None => matches!(self.text(at), "vorbeikommen"),
            _ => false,
        }
    }
}
