//! Days named in a question: counted from today, by weekday, by week, by name, or by their place before or after another.

use chrono::{Datelike, NaiveDate, Weekday};

use super::reader::{Reader, plus};
use super::senses::Sense;

/// What kind of words named a day. It decides which of several days was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayKind {
    /// "heute", "in drei Tagen".
    Relative,
    /// A weekday with nothing that says which one.
    PlainWeekday,
    /// A weekday that is settled ("nächsten Dienstag").
    SettledWeekday,
    /// All days of a week, which a weekday elsewhere in the question can narrow down.
    Week,
    /// A date, a named day, or a day placed by one.
    Fixed,
    /// "Feiertag": counts only if nothing else was named.
    Vague,
    /// A date too far away to be about hours ("geboren am 24.12.1990").
    Elsewhen,
}

impl DayKind {
    pub(super) fn is_weekday(self) -> bool {
        matches!(self, Self::PlainWeekday | Self::SettledWeekday)
    }
}

/// A day or several in a row, and where the question names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DayMention {
    pub(super) kind: DayKind,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What a rule found: the days and the first piece after them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) kind: DayKind,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    pub(super) end: usize,
}

impl Found {
    pub(super) fn day(kind: DayKind, date: NaiveDate, end: usize) -> Self {
        Self { kind, first: date, last: date, end }
    }
}

impl Reader {
    /// The day named from this piece on.
    pub(super) fn day_at(&self, at: usize) -> Option<DayMention> {
        let found = self
            .weekday_range(at)
            .or_else(|| self.weekday_of_month(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.counted_from_today(at))
            .or_else(|| self.in_some_days(at))
            .or_else(|| self.week(at))
            .or_else(|| self.placed_by_another(at))
            .or_else(|| self.bridge_day(at))
            .or_else(|| self.fixed(at, self.today))
            .or_else(|| self.day_of_month(at))
            .or_else(|| self.weekend(at))?;
        Some(DayMention { kind: found.kind, first: found.first, last: found.last, start: at, end: found.end })
    }

    /// "heute", "morgen", "gestern", and with a further step: "heut in ner Woche".
    fn counted_from_today(&self, at: usize) -> Option<Found> {
        let days = match self.sense(at) {
            Sense::Day(days) => days,
            Sense::Morgen if !self.morgen_is_a_time(at) => 1,
            _ => return None,
        };
        let (further, end) = self.step(at + 1, true).unwrap_or((0, at + 1));
        Some(Found::day(DayKind::Relative, plus(self.today, days + further), end))
    }

    /// Whether "morgen" is the time of day ("am Morgen", "Montag morgen") or a greeting, not the next day.
    pub(super) fn morgen_is_a_time(&self, at: usize) -> bool {
        let greets_everybody = at == 0 && matches!(self.text(at + 1), "zusammen" | "allerseits" | "leute");
        let follows_a_day = match self.before(at) {
            Sense::Day(_) | Sense::Weekday(_) | Sense::Named(_) => true,
            Sense::Short(_) => self.weekday(at - 1).is_some(),
            _ => false,
        };
        let of_the_day = self.before(at) == Sense::Article && matches!(self.text(at - 1), "am" | "zum");
        greets_everybody || follows_a_day || of_the_day || self.before(at) == Sense::Greeting
    }

    /// "in drei Tagen", "in 2 Wochen", and after a day "in acht Tagen", which is a week to everybody.
    pub(super) fn step(&self, at: usize, after_a_day: bool) -> Option<(i64, usize)> {
        if self.sense(at) != Sense::In {
            return None;
        }
        let (count, unit) = self.count(at + 1)?;
        let days = match self.sense(unit) {
            Sense::DayUnit if after_a_day && count == 8 => 7,
            Sense::DayUnit => count,
            Sense::WeekUnit => count * 7,
            _ => return None,
        };
        Some((days, unit + 1))
    }

    /// "in 14 Tagen", "in zwei Wochen am Mittwoch", "3 gün sonra".
    fn in_some_days(&self, at: usize) -> Option<Found> {
        if let Some((days, end)) = self.step(at, false) {
            let date = plus(self.today, days);
            let next = self.skip(end, |sense| sense == Sense::Article);
            if let (Sense::WeekUnit, Sense::Weekday(weekday)) = (self.sense(end - 1), self.sense(next)) {
                return Some(Found::day(DayKind::SettledWeekday, in_week_of(date, weekday), next + 1));
            }
            return Some(Found::day(DayKind::Relative, date, end));
        }
        let (count, unit) = self.count(at)?;
        let days = match (self.sense(unit), self.sense(unit + 1)) {
            (Sense::DayUnit, Sense::Later) => count,
            (Sense::WeekUnit, Sense::Later) => count * 7,
            _ => return None,
        };
        Some(Found::day(DayKind::Relative, plus(self.today, days), unit + 2))
    }

    /// "nächste Woche", "Ende der Woche", "Anfang übernächster Woche".
    fn week(&self, at: usize) -> Option<Found> {
        let place = self.sense(at);
        let has_place = matches!(place, Sense::Start | Sense::Middle | Sense::End);
        let modifier =
            if has_place { self.skip(at + 1, |sense| matches!(sense, Sense::Article | Sense::Of)) } else { at };
        let (weeks, end) = match (self.sense(modifier), self.sense(modifier + 1)) {
            (Sense::Next, Sense::WeekUnit) | (Sense::WeekUnit, Sense::Next) => (1, modifier + 2),
            (Sense::AfterNext, Sense::WeekUnit) => (2, modifier + 2),
            (Sense::This, Sense::WeekUnit) => (0, modifier + 2),
            (Sense::Last, Sense::WeekUnit) => (-1, modifier + 2),
            (Sense::WeekUnit, _) if has_place => (0, modifier + 1),
            _ => return None,
        };
        let monday = plus(in_week_of(self.today, Weekday::Mon), weeks * 7);
        let placed = |days| {
            let date = plus(monday, days);
            // "Ende der Woche" said on a Saturday is that of the week to come.
            let date = if weeks == 0 && date < self.today { plus(date, 7) } else { date };
            Some(Found::day(DayKind::Relative, date, end))
        };
        match place {
            Sense::Start => placed(0),
            Sense::Middle => placed(2),
            Sense::End => placed(4),
            _ if weeks < 0 => Some(Found { kind: DayKind::Week, first: monday, last: plus(monday, 6), end }),
            _ => Some(Found { kind: DayKind::Week, first: monday.max(self.today), last: plus(monday, 6), end }),
        }
    }

    /// "am Wochenende", "nächstes Wochenende".
    pub(super) fn weekend(&self, at: usize) -> Option<Found> {
        let modifier = self.sense(at);
        let has_modifier = matches!(modifier, Sense::Next | Sense::AfterNext | Sense::This | Sense::Last);
        let name = if has_modifier { at + 1 } else { at };
        if self.sense(name) != Sense::Weekend || self.before(at) == Sense::Greeting {
            return None;
        }
        let this_saturday = in_week_of(self.today, Weekday::Sat);
        let weeks = match modifier {
            Sense::Next if self.today >= this_saturday => 1,
            Sense::AfterNext => 1,
            Sense::Last => -1,
            _ => 0,
        };
        let (saturday, sunday) = (plus(this_saturday, weeks * 7), plus(this_saturday, weeks * 7 + 1));
        let first = if weeks == 0 { saturday.max(self.today) } else { saturday };
        Some(Found { kind: DayKind::Fixed, first, last: sunday, end: name + 1 })
    }

    /// "Tag nach Neujahr", "zwei Tage vor Heiligabend", "Woche nach Ostern", and plain "nach Pfingsten".
    fn placed_by_another(&self, at: usize) -> Option<Found> {
        let (count, unit) = self.count(at).unwrap_or((1, at));
        let (days, relation) = match self.sense(unit) {
            Sense::DayUnit => (Some(count), unit + 1),
            Sense::WeekUnit if unit == at => (None, unit + 1),
            Sense::WeekUnit => (Some(count * 7), unit + 1),
            Sense::Before | Sense::After if unit == at => (None, unit),
            _ => return None,
        };
        let found = self.beside(relation, |side, anchor| match (side, days) {
            (Side::After, Some(days)) => (plus(anchor.last, days), plus(anchor.last, days)),
            (Side::Before, Some(days)) => (plus(anchor.first, -days), plus(anchor.first, -days)),
            (Side::After, None) => (plus(anchor.last, 1), plus(anchor.last, 7)),
            (Side::Before, None) => (plus(anchor.first, -7), plus(anchor.first, -1)),
        })?;
        Some(Found { first: found.first.max(self.today).min(found.last), ..found })
    }

    /// A day placed before or after the day that follows. A day just past still places others: on the Friday after
    /// Fronleichnam, "Freitag nach Fronleichnam" is today and not next year.
    pub(super) fn beside(
        &self,
        relation: usize,
        place: impl Fn(Side, &Found) -> (NaiveDate, NaiveDate),
    ) -> Option<Found> {
        const STILL_NEAR: i64 = 14;
        let side = match self.sense(relation) {
            Sense::After => Side::After,
            Sense::Before => Side::Before,
            _ => return None,
        };
        let anchor = self.skip(relation + 1, |sense| matches!(sense, Sense::Article));
        let placed = |from| {
            let anchor = self.fixed(anchor, from).or_else(|| self.weekend(anchor))?;
            let (first, last) = place(side, &anchor);
            Some(Found { kind: DayKind::Fixed, first, last, end: anchor.end })
        };
        placed(plus(self.today, -STILL_NEAR)).filter(|found| found.last >= self.today).or_else(|| placed(self.today))
    }
}

/// On which side of another day.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side {
    Before,
    After,
}

/// The first such weekday from a date on.
pub(super) fn on_or_after(date: NaiveDate, weekday: Weekday) -> NaiveDate {
    plus(date, i64::from(weekday.days_since(date.weekday())))
}

/// The weekday of the week, Monday to Sunday, a date lies in.
pub(super) fn in_week_of(date: NaiveDate, weekday: Weekday) -> NaiveDate {
    let from_monday = |weekday: Weekday| i64::from(weekday.num_days_from_monday());
    plus(date, from_monday(weekday) - from_monday(date.weekday()))
}

/// The month of a date and the following ones, a bit more than a year.
pub(super) fn months_from(date: NaiveDate) -> impl Iterator<Item = (i32, u32)> {
    (date.month0()..date.month0() + 14).map(move |month| (date.year() + i32::from(month >= 12), month % 12 + 1))
}
