//! Times of day named in a question: "um 7", "gegen halb fünf", "nach 17 Uhr", "nachmittags", "in zwei Stunden".

use chrono::{TimeDelta, Weekday};

use super::clock::{ClockTime, Lead, NamedTime, TimeKind, TimeMention};
use super::reader::Reader;
use super::senses::{DayPart, Sense};

impl Reader {
    /// The time of day named from this piece on.
    pub(super) fn time_at(&self, at: usize) -> Option<TimeMention> {
        let (kind, end) = self
            .moment(at)
            .or_else(|| self.part_of_day(at))
            .or_else(|| self.clock_time(at).map(|(clock, end)| (TimeKind::Clock(clock), end)))?;
        Some(TimeMention { kind, start: at, end })
    }

    /// "in zwei Stunden", "in einer halben Stunde", "in 10 Minuten".
    fn moment(&self, at: usize) -> Option<(TimeKind, usize)> {
        if self.sense(at) != Sense::In {
            return None;
        }
        let (count, unit) = self.count(at + 1)?;
        let (minutes, end) = match (self.sense(unit), self.sense(unit + 1)) {
            (Sense::Half, Sense::HourUnit) => (30, unit + 2),
            (Sense::HourUnit, _) => (count * 60, unit + 1),
            (Sense::MinuteUnit, _) => (count, unit + 1),
            _ => return None,
        };
        Some((TimeKind::Moment(self.now.checked_add_signed(TimeDelta::minutes(minutes))?), end))
    }

    fn part_of_day(&self, at: usize) -> Option<(TimeKind, usize)> {
        let part = match self.sense(at) {
            Sense::Part(part) if self.before(at) != Sense::Greeting => part,
            Sense::Morgen if self.before(at) == Sense::Article || self.stands_after_a_day(at) => DayPart::Morning,
            // Elsewhere the word is "so früh wie möglich".
            Sense::Early
                if self.stands_after_a_day(at)
                    || self.before(at) == Sense::WeekUnit
                    || self.sense(at + 1) == Sense::At =>
            {
                DayPart::Morning
            }
            _ => return None,
        };
        Some((TimeKind::Part(part), at + 1))
    }

    fn stands_after_a_day(&self, at: usize) -> bool {
        let day = self.before(at);
        matches!(day, Sense::Day(_) | Sense::Morgen | Sense::Weekday(_) | Sense::Short(_) | Sense::Named(_))
    }

    fn clock_time(&self, at: usize) -> Option<(ClockTime, usize)> {
        let lead = match self.sense(at) {
            Sense::At | Sense::About => Some(Lead::At),
            Sense::From => Some(Lead::From),
            Sense::Before => Some(Lead::Before),
            Sense::After => Some(Lead::After),
            Sense::To => Some(Lead::To),
            Sense::Between | Sense::Of => Some(Lead::Between),
            _ => None,
        };
        let is_filler = |sense| matches!(sense, Sense::At | Sense::About | Sense::Short(Weekday::Sun));
        let start = if lead.is_some() { self.skip(at + 1, is_filler) } else { at };
        let (time, sure, end) = self.named_time(start)?;
        let joint = matches!(self.sense(end), Sense::To | Sense::Mark('-'))
            || (lead == Some(Lead::Between) && self.sense(end) == Sense::And);
        if joint && matches!(lead, None | Some(Lead::Between | Lead::From)) {
            let last = self.skip(end + 1, is_filler);
            if let Some((until, until_sure, end)) = self.named_time(last) {
                let clock = ClockTime { lead: Lead::Between, time, until: Some(until), sure: sure || until_sure };
                return Some((clock, end));
            }
        }
        let (lead, sure) = match lead {
            None if sure => (Lead::At, true),
            // "17.30" and "5 vor 12" without "Uhr" may be a price, and directions.
            None if end >= start + 3
                && matches!(self.sense(start + 1), Sense::Mark('.') | Sense::Before | Sense::After) =>
            {
                (Lead::At, false)
            }
            None if self.stands_after_a_day(start) && self.ends_at(end) => (Lead::At, false),
            Some(Lead::At) => (Lead::At, sure || self.sense(at) == Sense::At),
            None | Some(Lead::Between) => return None,
            Some(lead) => (lead, sure),
        };
        Some((ClockTime { lead, time, until: None, sure }, end))
    }

    /// A time without what leads it in, whether it can be nothing else, and the first piece after it.
    fn named_time(&self, at: usize) -> Option<(NamedTime, bool, usize)> {
        self.time_by_quarters(at).or_else(|| self.time_by_minutes(at)).or_else(|| self.time_in_figures(at))
    }

    /// "halb acht", "viertel vor vier", "viertel vier", "dreiviertel acht", "kurz vor 8".
    fn time_by_quarters(&self, at: usize) -> Option<(NamedTime, bool, usize)> {
        let side = self.sense(at + 1);
        let (minutes, hour) = match (self.sense(at), side) {
            (Sense::Half, _) => (-30, at + 1),
            (Sense::ThreeQuarters, _) => (-15, at + 1),
            (Sense::Quarter, Sense::Before) => (-15, at + 2),
            (Sense::Quarter, Sense::After) => (15, at + 2),
            // In the west "viertel vier" is rare and 15:15, as it is in the east.
            (Sense::Quarter, _) => (-45, at + 1),
            (Sense::Shortly, Sense::Before) => (-5, at + 2),
            (Sense::Shortly, Sense::After) => (5, at + 2),
            _ => return None,
        };
        let shortly = self.sense(at) == Sense::Shortly;
        let (time, end) = if shortly {
            let (time, _, end) = self.time_by_quarters(hour).or_else(|| self.time_in_figures(hour))?;
            (time, end)
        } else {
            self.full_hour(hour)?
        };
        self.may_follow_a_time(end).then_some((NamedTime { minutes: time.minutes + minutes, ..time }, true, end))
    }

    /// "fünf vor zwölf", "10 nach 8", "fünf vor halb acht".
    fn time_by_minutes(&self, at: usize) -> Option<(NamedTime, bool, usize)> {
        let (Sense::Number(count @ 1..=29) | Sense::Spelled(count @ 1..=29)) = self.sense(at) else { return None };
        let has_unit = self.sense(at + 1) == Sense::MinuteUnit;
        let side = if has_unit { at + 2 } else { at + 1 };
        let sign = match self.sense(side) {
            Sense::Before => -1,
            Sense::After => 1,
            _ => return None,
        };
        let (time, end) = match self.sense(side + 1) {
            Sense::Half => self.time_by_quarters(side + 1).map(|(time, _, end)| (time, end))?,
            _ => self.full_hour(side + 1)?,
        };
        let minutes = time.minutes + sign * i32::try_from(count).ok()?;
        let sure = has_unit || matches!(self.sense(at), Sense::Spelled(_));
        self.may_follow_a_time(end).then_some((NamedTime { minutes, ..time }, sure, end))
    }

    /// An hour that others count from, with or without "Uhr".
    fn full_hour(&self, at: usize) -> Option<(NamedTime, usize)> {
        let (Sense::Number(hour @ 1..=24) | Sense::Spelled(hour @ 1..=24)) = self.sense(at) else { return None };
        let end = if self.sense(at + 1) == Sense::Clock { at + 2 } else { at + 1 };
        Some((NamedTime { hour, minutes: 0, literal: hour > 12 }, end))
    }

    /// "17:30", "17.30 Uhr", "17 Uhr 30", "17h30", "5 pm", "sieben Uhr", and the bare "7".
    fn time_in_figures(&self, at: usize) -> Option<(NamedTime, bool, usize)> {
        let hour = match self.sense(at) {
            Sense::Number(hour @ 0..=24) if self.text(at).len() <= 2 && !self.is_inside_a_number(at) => hour,
            Sense::Spelled(hour @ 1..=24) => hour,
            Sense::One if self.sense(at + 1) == Sense::Clock => 1,
            _ => return None,
        };
        let literal = hour > 12 || self.text(at).starts_with('0');
        let separator = self.sense(at + 1);
        if matches!(separator, Sense::Mark(':' | '.')) && self.glued(at + 1) && self.glued(at + 2) {
            return self.hour_and_minutes(at, hour, literal);
        }
        match (separator, self.sense(at + 2)) {
            // "17 Uhr 30", but not "um 8 Uhr 24.12."
            (Sense::Clock, Sense::Number(minutes @ 0..=59) | Sense::Spelled(minutes @ 5..=45))
                if !matches!(self.sense(at + 3), Sense::Mark('.' | ':') | Sense::Measure) =>
            {
                let named = NamedTime { hour, minutes: i32::try_from(minutes).ok()?, literal };
                Some((named, true, if self.sense(at + 3) == Sense::Clock { at + 4 } else { at + 3 }))
            }
            (Sense::Clock, _) => Some((NamedTime { hour, minutes: 0, literal }, true, at + 2)),
            (Sense::AfterNoon, _) => {
                let hour = if hour < 12 { hour + 12 } else { hour };
                Some((NamedTime { hour, minutes: 0, literal: true }, true, at + 2))
            }
            (Sense::Article, _) if self.text(at + 1) == "am" && self.glued(at + 1) => {
                Some((NamedTime { hour, minutes: 0, literal: true }, true, at + 2))
            }
            _ if hour >= 1 && self.may_follow_a_time(at + 1) => {
                Some((NamedTime { hour, minutes: 0, literal }, false, at + 1))
            }
            _ => None,
        }
    }

    fn hour_and_minutes(&self, at: usize, hour: u32, literal: bool) -> Option<(NamedTime, bool, usize)> {
        let Sense::Number(minutes @ 0..=59) = self.sense(at + 2) else { return None };
        let after = at + 3;
        let is_amount = matches!(self.sense(after), Sense::Measure | Sense::Mark('€' | '%'))
            || (matches!(self.sense(after), Sense::Mark('.' | ':'))
                && matches!(self.sense(after + 1), Sense::Number(_))
                && self.glued(after + 1));
        if self.text(at + 2).len() != 2 || is_amount {
            return None;
        }
        let has_clock = self.sense(after) == Sense::Clock;
        let sure = has_clock || self.sense(at + 1) == Sense::Mark(':');
        // "6:30" with its minutes written out is early more often than "um 6".
        let named =
            NamedTime { hour, minutes: i32::try_from(minutes).ok()?, literal: literal || hour == 6 || hour == 0 };
        Some((named, sure, if has_clock { after + 1 } else { after }))
    }

    /// Whether a bare number can be a time if this comes next: not in "um 2 Monate", "ab 3,5 t", "den 2. Wagen".
    pub(super) fn may_follow_a_time(&self, at: usize) -> bool {
        if self.glued(at) && matches!(self.text(at), "te" | "ta" | "de" | "da") {
            // Turkish "saat 5'te".
            return self.may_follow_a_time(at + 1);
        }
        if self.ends_at(at) {
            let is_decimal =
                matches!(self.sense(at), Sense::Mark(',' | '.' | ':')) && self.glued(at) && self.glued(at + 1);
            return !(is_decimal && matches!(self.sense(at + 1), Sense::Number(_)));
        }
        match self.sense(at) {
            Sense::Mark(mark) => mark == '(' || !self.glued(at) && mark == '-',
            Sense::None | Sense::Measure | Sense::Number(_) | Sense::Spelled(_) | Sense::Month(_) => false,
            Sense::DayUnit
            | Sense::WeekUnit
            | Sense::MonthUnit
            | Sense::YearUnit
            | Sense::HourUnit
            | Sense::MinuteUnit => false,
            _ => true,
        }
    }
}
