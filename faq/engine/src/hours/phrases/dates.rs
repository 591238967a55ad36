//! Days that stand in the calendar: dates in figures and words, named days, seasons, holidays.

use chrono::{Datelike, NaiveDate, Weekday};

use super::days::{DayKind, Found, months_from};
use super::reader::{Reader, plus};
use super::senses::{Season, Sense};
use crate::hours::{Holiday, NamedDay, SchoolHolidays, holiday_on};

/// A leap day can be eight years away; every other day comes within one.
const YEARS_TO_LEAP_DAY: i32 = 8;

impl Reader {
    /// A day or season in the calendar; without a year its next time from `from` on.
    pub(super) fn fixed(&self, at: usize, from: NaiveDate) -> Option<Found> {
        self.date_range(at, from)
            .or_else(|| self.date(at, from))
            .or_else(|| self.named(at, from))
            .or_else(|| self.season(at, from))
            .or_else(|| self.holidays(at, from))
    }

    /// "24. bis 26.12.", "24.12.-1.1."
    fn date_range(&self, at: usize, from: NaiveDate) -> Option<Found> {
        let Sense::Number(day @ 1..=31) = self.sense(at) else { return None };
        let complete = self.date(at, from);
        let joint = complete.map_or_else(|| self.skip_stop(at + 1), |found| found.end);
        if complete.is_none() && joint == at + 1 {
            return None;
        }
        if !matches!(self.sense(joint), Sense::To | Sense::Mark('-')) {
            return None;
        }
        let after = self.skip(joint + 1, |sense| sense == Sense::Article);
        let last = self.date(after, complete.map_or(from, |found| found.first))?;
        let first = match complete {
            Some(found) => found.first,
            None => last.first.with_day(day)?,
        };
        (first <= last.first).then_some(Found { kind: last.kind, first, last: last.first, end: last.end })
    }

    /// A date with day and month: "24.12.", "24.12.26", "24. Dezember 2026", "3ten Oktober", "2026-12-24".
    fn date(&self, at: usize, from: NaiveDate) -> Option<Found> {
        if self.is_inside_a_number(at) {
            return None;
        }
        let (year, month, day, end) =
            self.iso_date(at).or_else(|| self.date_in_figures(at)).or_else(|| self.date_in_words(at))?;
        match year {
            Some(year) => {
                let date = NaiveDate::from_ymd_opt(year, month, day)?;
                let kind = if self.is_near(date) { DayKind::Fixed } else { DayKind::Elsewhen };
                Some(Found::day(kind, date, end))
            }
            None => {
                let date = (from.year()..=from.year() + YEARS_TO_LEAP_DAY)
                    .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
                    .find(|date| *date >= from)?;
                Some(Found::day(DayKind::Fixed, date, end))
            }
        }
    }

    /// Whether the digits here belong to a longer number or code: "02921/30", "12,50".
    pub(super) fn is_inside_a_number(&self, at: usize) -> bool {
        at >= 2
            && self.glued(at)
            && matches!(self.before(at), Sense::Mark(',' | '/' | '.'))
            && self.glued(at - 1)
            && matches!(self.sense(at - 2), Sense::Number(_))
    }

    fn iso_date(&self, at: usize) -> Option<(Option<i32>, u32, u32, usize)> {
        let [
            Sense::Number(year @ 2000..=2100),
            Sense::Mark('-'),
            Sense::Number(month),
            Sense::Mark('-'),
            Sense::Number(day),
        ] = [0, 1, 2, 3, 4].map(|further| self.sense(at + further))
        else {
            return None;
        };
        Some((Some(i32::try_from(year).ok()?), month, day, at + 5))
    }

    fn date_in_figures(&self, at: usize) -> Option<(Option<i32>, u32, u32, usize)> {
        let Sense::Number(day @ 1..=31) = self.sense(at) else { return None };
        let separator = match self.sense(at + 1) {
            Sense::Mark(mark @ ('.' | '/')) => mark,
            _ => return None,
        };
        let Sense::Number(month @ 1..=12) = self.sense(at + 2) else { return None };
        let after = at + 3;
        if let (Sense::Mark(mark), Some(year)) = (self.sense(after), self.year(after + 1))
            && mark == separator
            && (self.glued(after + 1) || self.text(after + 1).len() == 4)
            && self.sense(after + 2) != Sense::Clock
        {
            return Some((Some(year), month, day, after + 2));
        }
        if separator == '/' {
            return (self.before(at) == Sense::Article).then_some((None, month, day, after));
        }
        // "24.12." is a date; "8.10" may be a time or a price, and only what stands around it tells.
        let closed = self.sense(after) == Sense::Mark('.') && (self.before(at) != Sense::At || after + 1 < self.len());
        let end = self.skip_stop(after);
        let as_time = matches!(self.sense(after), Sense::Clock | Sense::Measure | Sense::Mark('€' | '%'))
            || matches!(self.before(at), Sense::At | Sense::About | Sense::Clock);
        let from_to =
            matches!(self.before(at), Sense::From | Sense::Before | Sense::After | Sense::To | Sense::Between);
        // Two digits after the point, as in 8.10, are how times are written; months are more often "8.1.".
        let looks_like_time = day <= 24 && self.text(at + 2).len() == 2 && from_to;
        // "Zimmer 1.12" is a place. After the twelfth nothing else is written like that.
        let names_a_place = self.before(at) == Sense::None && at > 0 && day <= 12;
        (closed || !(as_time || looks_like_time || names_a_place)).then_some((None, month, day, end))
    }

    fn date_in_words(&self, at: usize) -> Option<(Option<i32>, u32, u32, usize)> {
        let (day, after_day) = match self.sense(at) {
            Sense::Number(day @ 1..=31) => {
                let after = self.skip_stop(at + 1);
                (day, if self.is_ordinal_ending(after) { after + 1 } else { after })
            }
            Sense::Ordinal(day) => (day, at + 1),
            _ => return None,
        };
        let Sense::Month(month) = self.sense(after_day) else { return None };
        let after = self.skip_stop(after_day + 1);
        match self.year(after) {
            Some(year) if self.text(after).len() == 4 => Some((Some(year), month, day, after + 1)),
            _ => Some((None, month, day, after)),
        }
    }

    /// "3ten", "24ter".
    fn is_ordinal_ending(&self, at: usize) -> bool {
        self.glued(at)
            && matches!(self.text(at), "ten" | "sten" | "ter" | "te" | "tn" | "tes" | "st" | "nd" | "rd" | "th")
    }

    /// A year of four digits, or of two, which the caller must know to be one.
    fn year(&self, at: usize) -> Option<i32> {
        match (self.sense(at), self.text(at).len()) {
            (Sense::Number(year @ 1900..=2100), 4) => i32::try_from(year).ok(),
            // "24.12.89" is a birthday of the last century.
            (Sense::Number(year), 2) => i32::try_from(if year < 70 { 2000 + year } else { 1900 + year }).ok(),
            _ => None,
        }
    }

    /// "den 3ten", "am 15.", "Freitag der 13.": the next such day of a month.
    pub(super) fn day_of_month(&self, at: usize) -> Option<Found> {
        let leads_in = self.before(at) == Sense::Article
            && matches!(self.text(at - 1), "am" | "den" | "dem" | "der" | "dn" | "vom" | "zum");
        let (day, end) = match self.sense(at) {
            Sense::Number(day @ 1..=31) if self.is_ordinal_ending(at + 1) => (day, at + 2),
            Sense::Number(day @ 1..=31) if self.sense(at + 1) == Sense::Mark('.') && self.glued(at + 1) => {
                (day, at + 2)
            }
            Sense::Ordinal(day) if self.text(at - usize::from(at > 0)) == "am" => (day, at + 1),
            _ => return None,
        };
        // "den 2. Wagen", "am 8. Geburtstag": it must be the day that is counted.
        if !leads_in || !self.may_follow_a_time(end) || matches!(self.sense(end), Sense::Number(_)) {
            return None;
        }
        let in_month = |(year, month)| NaiveDate::from_ymd_opt(year, month, day).filter(|date| *date >= self.today);
        let days = || months_from(self.today).filter_map(in_month);
        let date = self
            .weekday_just_before(at - 1)
            .and_then(|weekday| days().find(|date| date.weekday() == weekday))
            .or_else(|| days().next())?;
        Some(Found::day(DayKind::Fixed, date, end))
    }

    fn weekday_just_before(&self, article: usize) -> Option<Weekday> {
        let name = match self.before(article) {
            Sense::Mark(',' | '.') => article.checked_sub(2)?,
            _ => article.checked_sub(1)?,
        };
        match self.sense(name) {
            Sense::Weekday(weekday) | Sense::Short(weekday) => Some(weekday),
            _ => None,
        }
    }

    /// "Heiligabend", "2. Weihnachtstag", "erster Advent", also with a year.
    fn named(&self, at: usize, from: NaiveDate) -> Option<Found> {
        let (number, name) = match self.sense(at) {
            Sense::Number(number) => (Some(number), self.skip_stop(at + 1)),
            Sense::Ordinal(number) => (Some(number), at + 1),
            _ => (None, at),
        };
        let day = match (number, self.sense(name)) {
            (None, Sense::Named(day)) => day,
            (Some(2), Sense::ChristmasDay) => NamedDay::Holiday(Holiday::SecondChristmasDay),
            (None | Some(1), Sense::ChristmasDay) => NamedDay::Holiday(Holiday::ChristmasDay),
            (Some(number @ 1..=4), Sense::Advent) => NamedDay::Advent(u8::try_from(number).ok()?),
            _ => return None,
        };
        let (date, end) = match (self.sense(name + 1), self.sense(name + 2)) {
            (Sense::Number(year @ 2000..=2100), _) => (day.date(i32::try_from(year).ok()?), name + 2),
            (Sense::Next, Sense::YearUnit) => (day.date(self.today.year() + 1), name + 3),
            (Sense::This, Sense::YearUnit) => (day.date(self.today.year()), name + 3),
            _ => (day.next_from(from), name + 1),
        };
        Some(Found::day(DayKind::Fixed, date?, end))
    }

    fn season(&self, at: usize, from: NaiveDate) -> Option<Found> {
        let Sense::Season(season) = self.sense(at) else { return None };
        let (first, last) = [from.year() - 1, from.year(), from.year() + 1]
            .into_iter()
            .filter_map(|year| days_of(season, year))
            .find(|(_, last)| *last >= from)?;
        Some(Found { kind: DayKind::Fixed, first, last, end: at + 1 })
    }

    /// "Ferien", "Herbstferien", "Feiertag".
    fn holidays(&self, at: usize, from: NaiveDate) -> Option<Found> {
        match self.sense(at) {
            Sense::School(season) => {
                let (first, last) = match season {
                    Some(season) => season.next_from(from)?,
                    None => SchoolHolidays::any_from(from)?,
                };
                Some(Found { kind: DayKind::Fixed, first: first.max(from), last, end: at + 1 })
            }
            Sense::PublicHoliday => {
                let date = Holiday::ALL.into_iter().filter_map(|day| NamedDay::Holiday(day).next_from(from)).min()?;
                Some(Found::day(DayKind::Vague, date, at + 1))
            }
            _ => None,
        }
    }

    /// "Brückentag", "Brückentag nach Himmelfahrt", "Brückentag im Mai".
    pub(super) fn bridge_day(&self, at: usize) -> Option<Found> {
        let name = if self.sense(at) == Sense::Next { at + 1 } else { at };
        if self.sense(name) != Sense::BridgeDay {
            return None;
        }
        let other = self.skip(name + 1, |sense| {
            matches!(sense, Sense::After | Sense::Before | Sense::Article | Sense::Of | Sense::At)
        });
        if let Sense::Month(month) = self.sense(other) {
            let (year, month) = months_from(self.today).find(|(_, each)| *each == month)?;
            let date = next_bridge_day(NaiveDate::from_ymd_opt(year, month, 1)?.max(self.today))?;
            return Some(Found::day(DayKind::Fixed, date, other + 1));
        }
        // A holiday just past still has its bridge ahead of it, or today.
        let anchor = self.fixed(other, plus(self.today, -2)).filter(|found| found.kind == DayKind::Fixed);
        let Some(anchor) = anchor else {
            return Some(Found::day(DayKind::Fixed, next_bridge_day(self.today)?, name + 1));
        };
        let (before, after) = (plus(anchor.first, -1), plus(anchor.last, 1));
        let date = match (after.weekday(), before.weekday(), self.sense(name + 1)) {
            (Weekday::Fri, ..) => after,
            (_, Weekday::Mon, _) | (_, _, Sense::Before) => before,
            _ => after,
        };
        Some(Found::day(DayKind::Fixed, date, anchor.end))
    }
}

/// First and last day of a season in a year; the turn of the year belongs to the year that ends.
fn days_of(season: Season, year: i32) -> Option<(NaiveDate, NaiveDate)> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    match season {
        Season::Carnival => Some((NamedDay::WeiberfastnachtThursday.date(year)?, NamedDay::ShroveTuesday.date(year)?)),
        Season::Easter => Some((NamedDay::EasterSunday.date(year)?, Holiday::EasterMonday.date(year)?)),
        Season::EasterWeekend => Some((Holiday::GoodFriday.date(year)?, Holiday::EasterMonday.date(year)?)),
        Season::Whitsun => Some((NamedDay::WhitSunday.date(year)?, Holiday::WhitMonday.date(year)?)),
        Season::Christmas => Some((day(12, 25)?, day(12, 26)?)),
        Season::BetweenTheYears => Some((day(12, 27)?, day(12, 30)?)),
        Season::TurnOfTheYear => Some((day(12, 31)?, plus(day(12, 31)?, 1))),
    }
}

/// The next working day between a holiday and a weekend.
fn next_bridge_day(from: NaiveDate) -> Option<NaiveDate> {
    let holidays = (from.year() - 1..=from.year() + 2)
        .flat_map(|year| Holiday::ALL.into_iter().filter_map(move |holiday| holiday.date(year)));
    let bridges = holidays.filter_map(|holiday| match holiday.weekday() {
        Weekday::Thu => Some(plus(holiday, 1)),
        Weekday::Tue => Some(plus(holiday, -1)),
        _ => None,
    });
    bridges.filter(|date| *date >= from && holiday_on(*date).is_none()).min()
}
