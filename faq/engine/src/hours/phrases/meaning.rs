//! Which of the days and times that a question names it is about.
//!
//! "Gestern war zu, heute wieder normal?" names two days, "2. Weihnachtstag is ja Samstag, also 9 bis 12?" names one day
//! twice, "nächste Woche am Mittwoch" names it in two places.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};

use super::clock::{ClockTime, Surroundings, TimeKind, TimeMention, hours_of};
use super::days::{DayKind, DayMention, in_week_of, on_or_after};
use super::reader::{Reader, plus};
use super::senses::{DayPart, Sense};
use crate::hours::asked::{AskedDay, AskedTime, TimeQuestion};

/// Words that a question of the kind "jemand da?" has at most.
const SHORT_QUESTION: usize = 8;
/// Words within which "auf", "zu" and "da" are taken to be about the doors.
const NOT_TOO_LONG: usize = 14;

impl Reader {
    /// What the question is about.
    pub(super) fn meaning(&self) -> TimeQuestion {
        let (days, times) = self.mentions();
        let days = self.settled(days);
        let day = chosen(&days, self.today);
        let times = times.into_iter().filter(|time| !belongs_to_another_day(time, day, &days)).collect::<Vec<_>>();
        if let Some(moment) = times.iter().rev().find_map(moment) {
            return TimeQuestion { day: AskedDay::Date(moment.0), time: Some(AskedTime::At(moment.1)), explicit: true };
        }
        let time = self.asked_time(&times, day.is_some());
        match day {
            Some(day) => self.about_day(day, time),
            None => self.about_no_day(time, &times),
        }
    }

    /// Where the days and times stand that can be nothing else, in bytes of a text of this length.
    pub(super) fn expressions(&self, length: usize) -> Vec<Range<usize>> {
        let (days, times) = self.mentions();
        let days = days.iter().filter(|day| day.kind != DayKind::Elsewhen).map(|day| (day.start, day.end));
        let is_sure = |time: &&TimeMention| clock_of(time).is_none_or(|clock| clock.sure);
        let times = times.iter().filter(is_sure).map(|time| (time.start, time.end));
        days.chain(times).map(|(first, end)| self.start_of(first, length)..self.start_of(end, length)).collect()
    }

    /// Every day and time in the order of the text.
    fn mentions(&self) -> (Vec<DayMention>, Vec<TimeMention>) {
        let (mut days, mut times) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < self.len() {
            let end = if let Some(day) = self.day_at(at) {
                days.push(day);
                day.end
            } else if let Some(time) = self.time_at(at) {
                times.push(time);
                time.end
            } else {
                at + 1
            };
            at = end.max(at + 1);
        }
        (days, times)
    }

    /// Days that explain one another become one, and open weekdays find their week.
    fn settled(&self, mut days: Vec<DayMention>) -> Vec<DayMention> {
        days.retain(|day| day.kind != DayKind::Elsewhen);
        let week = days.iter().find(|day| day.kind == DayKind::Week).copied();
        if let Some(week) = week
            && days.iter().any(|day| day.kind == DayKind::PlainWeekday)
        {
            days.retain(|day| day.kind != DayKind::Week);
            for day in days.iter_mut().filter(|day| day.kind == DayKind::PlainWeekday) {
                let date = in_week_of(week.last, day.first.weekday());
                (day.kind, day.first, day.last) = (DayKind::SettledWeekday, date, date);
            }
        }
        let mut settled: Vec<DayMention> = Vec::new();
        let mut is_explained = false;
        for mut day in days {
            let Some(before) = settled.last_mut() else {
                settled.push(day);
                continue;
            };
            if !is_explained && self.are_one_day(before, &day) {
                let (start, kept) = (before.start, if before.kind.is_weekday() { day } else { *before });
                *before = DayMention { start, end: day.end, ..kept };
                is_explained = true;
                continue;
            }
            if day.kind == DayKind::PlainWeekday && before.last >= self.today && before.kind != DayKind::Vague {
                // "Fronleichnam ist zu, und Freitag?": the one that follows.
                let date = on_or_after(before.last, day.first.weekday());
                (day.first, day.last) = (date, date);
            }
            if self.lists(before.end, day.start) && day.first == plus(before.last, 1) {
                *before = DayMention { first: before.first, start: before.start, kind: DayKind::Fixed, ..day };
                continue;
            }
            settled.push(day);
            is_explained = false;
        }
        settled
    }

    /// Whether one of two days is a weekday that only explains the other: "Freitag, 25.12.", "Heiligabend ist Freitag".
    fn are_one_day(&self, before: &DayMention, day: &DayMention) -> bool {
        if before.kind.is_weekday() == day.kind.is_weekday() || !self.explains(before.end, day.start) {
            return false;
        }
        let is_said = (before.end..day.start).any(|at| self.sense(at) == Sense::Link);
        // Side by side, "Fronleichnam, Freitag" are two days unless the calendar says otherwise. Said to be the same they
        // are one, rightly or wrongly.
        is_said || before.kind.is_weekday() || before.first.weekday() == day.first.weekday()
    }

    /// Whether only words of the kind "ist ja ein" stand between two days.
    fn explains(&self, from: usize, to: usize) -> bool {
        let mut linked = false;
        (from..to).all(|at| match self.sense(at) {
            Sense::Link => {
                linked = true;
                true
            }
            Sense::Article | Sense::Mark(',' | '(') | Sense::This | Sense::YearUnit | Sense::One => true,
            // "fällt auf einen Samstag"
            Sense::MaybeOpen => linked && self.text(at) == "auf",
            _ => false,
        })
    }

    /// Whether the two days stand in a list: "Samstag und Sonntag", "heute oder morgen".
    fn lists(&self, from: usize, to: usize) -> bool {
        let is_joint = |sense| matches!(sense, Sense::And | Sense::Mark('/' | '+' | '&'));
        (from..to).any(|at| is_joint(self.sense(at)))
            && (from..to).all(|at| is_joint(self.sense(at)) || self.sense(at) == Sense::Article)
    }

    /// The time asked about, if one is named that can only be a time here.
    fn asked_time(&self, times: &[TimeMention], day_is_named: bool) -> Option<AskedTime> {
        let part = part_of(times);
        let around =
            Surroundings { part, already: self.says(Sense::Already), about_being_open: self.is_about_being_open() };
        let counts = |time: &TimeMention, clock: &ClockTime| {
            let in_context = day_is_named || part.is_some() || around.about_being_open;
            clock.sure || in_context || (!clock.may_be_an_age() && self.is_nearly_all(time))
        };
        let clock = times.iter().rev().find_map(|time| clock_of(time).filter(|clock| counts(time, clock)));
        clock.and_then(|clock| clock.asked(around)).or_else(|| part.and_then(hours_of))
    }

    /// "und jetzt?"
    fn says_nothing_else(&self) -> bool {
        self.senses().all(|sense| {
            matches!(
                sense,
                Sense::Mark(_)
                    | Sense::And
                    | Sense::Link
                    | Sense::Now
                    | Sense::Still
                    | Sense::Already
                    | Sense::UntilWhen
            )
        })
    }

    /// Whether the question consists of this time: "und vor 8?"
    fn is_nearly_all(&self, time: &TimeMention) -> bool {
        let adds_nothing =
            |at| matches!(self.sense(at), Sense::Mark(_) | Sense::And | Sense::Link | Sense::Still | Sense::Already);
        (0..time.start).chain(time.end..self.len()).all(adds_nothing)
    }

    fn about_day(&self, day: &DayMention, time: Option<AskedTime>) -> TimeQuestion {
        let explicit = true;
        if day.last < self.today {
            return TimeQuestion { day: AskedDay::Past(day.last), time, explicit };
        }
        if day.first != day.last {
            return TimeQuestion { day: AskedDay::Range(day.first, day.last), time, explicit };
        }
        let is_today = day.first == self.today;
        let rest_of_today = self.says(Sense::Still)
            || self.says(Sense::Now)
            || (self.says(Sense::Already) && self.is_about_being_open());
        let time = time.or((is_today && rest_of_today && day.kind == DayKind::Relative).then_some(AskedTime::Now));
        // "Mittwoch um 9", asked on Wednesday afternoon, is next Wednesday.
        let is_over = is_today
            && day.kind == DayKind::PlainWeekday
            && time.and_then(end_of).is_some_and(|end| end <= self.now.time());
        let date = if is_over { plus(day.first, 7) } else { day.first };
        TimeQuestion { day: AskedDay::Date(date), time, explicit }
    }

    fn about_no_day(&self, time: Option<AskedTime>, times: &[TimeMention]) -> TimeQuestion {
        let open = self.is_about_being_open();
        let asks_for_the_plan = self.says(Sense::Which) || self.says(Sense::Habit);
        let at_this_time = self.says(Sense::Still) || self.says(Sense::Already);
        let today = AskedDay::Date(self.today);
        if let Some(time) = time {
            let names_a_part_only = times.iter().all(|time| clock_of(time).is_none());
            let day = if asks_for_the_plan || (names_a_part_only && !at_this_time && !self.says(Sense::Now)) {
                AskedDay::Week
            } else {
                AskedDay::Date(self.next_day_with(time))
            };
            return TimeQuestion { day, time: Some(time), explicit: true };
        }
        let says_now = self.says(Sense::Now) && (open || self.says_nothing_else());
        if says_now || (open && self.says(Sense::Again)) || (at_this_time && open && !asks_for_the_plan) {
            return TimeQuestion { day: today, time: Some(AskedTime::Now), explicit: true };
        }
        if self.says(Sense::UntilWhen) && (open || self.says_nothing_else()) {
            return TimeQuestion { day: today, time: None, explicit: true };
        }
        if open && !asks_for_the_plan && !self.says(Sense::UntilWhen) && self.len() <= SHORT_QUESTION {
            return TimeQuestion { day: today, time: Some(AskedTime::Now), explicit: false };
        }
        TimeQuestion { day: AskedDay::Week, time: None, explicit: self.says(Sense::Habit) && open }
    }

    /// Today, or tomorrow for a time that is long over today: "um 8 auf?" in the evening.
    fn next_day_with(&self, time: AskedTime) -> NaiveDate {
        let long_over = |time: NaiveTime| self.now.time().signed_duration_since(time) > TimeDelta::hours(3);
        match time {
            AskedTime::At(time) if long_over(time) => plus(self.today, 1),
            _ => self.today,
        }
    }

    /// Whether the question is about doors being open or people being there.
    fn is_about_being_open(&self) -> bool {
        (0..self.len()).any(|at| match self.sense(at) {
            Sense::Open => true,
            // "da" in the middle of a clause is "there", and "auf" a preposition.
            Sense::MaybeOpen if self.len() <= NOT_TOO_LONG => {
                let next = at + 1;
                let goes_on = matches!(
                    self.sense(next),
                    Sense::To | Sense::At | Sense::Now | Sense::Part(_) | Sense::From | Sense::After
                );
                self.ends_at(next)
                    || self.sense(next) == Sense::And
                    || self.day_at(next).is_some()
                    || (goes_on && self.text(at) != "da")
            }
            _ => false,
        })
    }

    fn says(&self, wanted: Sense) -> bool {
        self.senses().any(|sense| sense == wanted)
    }
}

/// The last day that is not over, what was named clearly before what was not; else the last one.
fn chosen(days: &[DayMention], today: NaiveDate) -> Option<&DayMention> {
    let coming = || days.iter().rev().filter(|day| day.last >= today);
    coming().find(|day| day.kind != DayKind::Vague).or_else(|| coming().next()).or_else(|| days.last())
}

/// "Gestern um 9 war zu, heute normal?": the time stands with a day that was not chosen.
fn belongs_to_another_day(time: &TimeMention, day: Option<&DayMention>, days: &[DayMention]) -> bool {
    day.is_some_and(|day| {
        time.start < day.start && days.iter().any(|other| other.start < day.start && other.end <= time.start)
    })
}

fn clock_of(time: &TimeMention) -> Option<ClockTime> {
    match time.kind {
        TimeKind::Clock(clock) => Some(clock),
        TimeKind::Part(_) | TimeKind::Moment(_) => None,
    }
}

fn part_of(times: &[TimeMention]) -> Option<DayPart> {
    times.iter().rev().find_map(|time| match time.kind {
        TimeKind::Part(part) => Some(part),
        TimeKind::Clock(_) | TimeKind::Moment(_) => None,
    })
}

fn moment(time: &TimeMention) -> Option<(NaiveDate, NaiveTime)> {
    match time.kind {
        TimeKind::Moment(moment) => Some((moment.date_naive(), moment.time())),
        TimeKind::Clock(_) | TimeKind::Part(_) => None,
    }
}

/// When an asked time is over; `None` if it lasts until the end of the day.
fn end_of(time: AskedTime) -> Option<NaiveTime> {
    match time {
        AskedTime::At(end) | AskedTime::Until(end) | AskedTime::Within(_, end) => {
            Some(end).filter(|end| *end != NaiveTime::MIN)
        }
        AskedTime::Now | AskedTime::From(_) => None,
    }
}
