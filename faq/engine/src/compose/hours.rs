//! Opening hours as blocks and as a sentence that names the day.

use chrono::{Days, NaiveDate, NaiveTime, Weekday};

use super::Composer;
use crate::hours::{AskedDay, AskedTime, DayHours, Period, TimeQuestion, clock_text, resolve};
use crate::office::Office;
use crate::reply::{Block, HoursBlock, HoursOfDay, Passage, WeekRow};
use crate::slug::Slug;

/// Days of a range that are shown one by one.
const LONGEST_RANGE: usize = 14;

impl Composer<'_> {
    /// The hours an office has on the asked day, days or in general.
    pub(super) fn hours(&self, id: &Slug, question: &TimeQuestion) -> Vec<Block> {
        let Some(office) = self.knowledge.catalogue.office(id.as_str()) else { return Vec::new() };
        if !office.hours.is_known() {
            return vec![self.say("hours_not_recorded", &[("office", self.words(&office.name))]), self.contact(office)];
        }
        match question.day {
            AskedDay::Week => self.week(office),
            AskedDay::Date(date) => self.day(office, date, question),
            AskedDay::Past(date) => {
                let mut blocks = vec![self.say("hours_past", &[("date", &self.phrasebook.date(date))])];
                blocks.extend(self.day(office, date, question));
                blocks
            }
            AskedDay::Range(from, until) => {
                let days: Vec<NaiveDate> =
                    from.iter_days().take_while(|date| *date <= until).take(LONGEST_RANGE).collect();
                days.into_iter().flat_map(|date| self.day(office, date, question)).collect()
            }
        }
    }

    fn day(&self, office: &Office, date: NaiveDate, question: &TimeQuestion) -> Vec<Block> {
        let day = office.hours.on(date);
        if day.is_unknown() {
            let text = self.day_sentence(office, &day, question, false);
            let language = self.phrasebook.language().clone();
            return vec![Block::Text(Passage { text, language }), self.contact(office)];
        }
        let open = office.hours.open_at_asked_time(&day, question, self.now);
        let next = self.next_opening(office, &day, question, open);
        let sentence = self.day_sentence(office, &day, question, open);
        let block = HoursBlock {
            office: office.id.clone(),
            office_name: self.words(&office.name).to_owned(),
            day: Some(self.hours_of_day(&day, open)),
            week: Vec::new(),
            exceptions: Vec::new(),
            time_zone: self.now.timezone(),
            next_opening_label: next.as_ref().map(|at| self.phrasebook.date_and_time(at)),
            next_opening: next,
        };
        vec![Block::Text(Passage { text: sentence, language: self.phrasebook.language().clone() }), Block::Hours(block)]
    }

    /// For a closed time the next opening after it, never one in the past.
    fn next_opening(
        &self,
        office: &Office,
        day: &DayHours,
        question: &TimeQuestion,
        open: bool,
    ) -> Option<chrono::DateTime<chrono_tz::Tz>> {
        if open {
            return None;
        }
        let time = match question.time {
            Some(AskedTime::At(time) | AskedTime::From(time) | AskedTime::Within(_, time)) => time,
            Some(AskedTime::Now | AskedTime::Until(_)) | None => NaiveTime::MIN,
        };
        let asked = resolve(self.now.timezone(), day.date.and_time(time));
        office.hours.next_opening(if asked < *self.now { self.now } else { &asked })
    }

    fn day_sentence(&self, office: &Office, day: &DayHours, question: &TimeQuestion, open: bool) -> String {
        let date = self.phrasebook.date(day.date);
        let name = self.words(&office.name).to_owned();
        let periods = self.periods(&day.periods);
        let values = [("date", date.as_str()), ("office", name.as_str()), ("periods", periods.as_str())];
        let with = |key: &str, more: (&str, &str)| {
            let [date, office, periods] = values;
            self.phrasebook.say(key, &[date, office, periods, more])
        };
        let asked_now = matches!(question.time, Some(AskedTime::Now));
        if day.is_unknown() {
            return self.phrasebook.say("hours_not_recorded_on", &values);
        }
        if day.is_closed() {
            return match day.why(self.phrasebook.language()) {
                Some(reason) => with("hours_closed_because", ("reason", &reason)),
                None => self.phrasebook.say("hours_closed", &values),
            };
        }
        match (open, asked_now, question.time.is_some()) {
            (true, true, _) => {
                let closes =
                    office.hours.closes_at(self.now).map(|at| at.format("%H:%M").to_string()).unwrap_or_default();
                with("hours_open_now", ("closes", &closes))
            }
            (false, true, _) => self.phrasebook.say("hours_closed_now", &values),
            (true, false, true) => self.phrasebook.say("hours_open_then", &values),
            (false, false, true) => self.phrasebook.say("hours_closed_then", &values),
            (_, false, false) => self.phrasebook.say("hours_open", &values),
        }
    }

    /// "8:00–12:00 und 13:00–16:00 Uhr".
    fn periods(&self, periods: &[Period]) -> String {
        let spans: Vec<String> = periods.iter().map(span).collect();
        self.phrasebook.say("hours_span", &[("spans", &spans.join(&self.phrasebook.say("list_and", &[])))])
    }

    fn week(&self, office: &Office) -> Vec<Block> {
        let Some((plan, not_known)) = self.week_plan(office, self.words(&office.name)) else {
            return vec![self.say("hours_not_recorded", &[("office", self.words(&office.name))]), self.contact(office)];
        };
        if self.is_read_later {
            return [Block::Hours(plan)].into_iter().chain(not_known).collect();
        }
        let today = self.now.date_naive();
        let today_question = TimeQuestion { day: AskedDay::Date(today), time: Some(AskedTime::Now), explicit: true };
        let open_now = office.hours.is_open_at(self.now);
        let sentence = self.day_sentence(office, &office.hours.on(today), &today_question, open_now);
        let language = self.phrasebook.language().clone();
        let mut blocks = vec![Block::Hours(plan), Block::Text(Passage { text: sentence, language })];
        blocks.extend(not_known);
        blocks
    }

    /// The week plan in force, under this heading, with the days on which it does not hold, and those ahead of which
    /// nobody knows whether it does; nothing where no plan is recorded.
    pub(super) fn week_plan(&self, office: &Office, heading: &str) -> Option<(HoursBlock, Option<Block>)> {
        let today = self.now.date_naive();
        let plan = office.hours.week_of(today)?;
        let mut rows: Vec<(usize, usize, Vec<Period>)> = Vec::new();
        let mut weekday = Weekday::Mon;
        for index in 0..7 {
            let periods = plan.on(weekday).to_vec();
            match rows.last_mut() {
                Some((_, last, same)) if *same == periods => *last = index,
                _ => rows.push((index, index, periods)),
            }
            weekday = weekday.succ();
        }
        let upcoming = Self::unusual_days(office, today);
        let tells_today = !office.hours.on(today).is_unknown();
        let weekdays = |first: usize, last: usize| (first..=last).map(|index| index as u32 + 1);
        let exceptions = upcoming.iter().filter(|day| !day.is_unknown());
        let exceptions = exceptions.map(|day| self.hours_of_day(day, !day.is_closed())).collect();
        let week = rows
            .into_iter()
            .map(|(first, last, periods)| WeekRow {
                weekdays: weekdays(first, last).filter(|_| tells_today).collect(),
                days: match last - first {
                    0 => self.phrasebook.weekday(first).to_owned(),
                    1 => {
                        let and = self.phrasebook.say("list_and", &[]);
                        format!("{}{and}{}", self.phrasebook.weekday(first), self.phrasebook.weekday(last))
                    }
                    _ => self.phrasebook.say(
                        "days_from_to",
                        &[("first", self.phrasebook.weekday(first)), ("last", self.phrasebook.weekday(last))],
                    ),
                },
                periods,
            })
            .collect();
        let opens_later = !self.is_read_later && !office.hours.is_open_at(self.now);
        let next = if opens_later { office.hours.next_opening(self.now) } else { None };
        let block = HoursBlock {
            office: office.id.clone(),
            office_name: match office.hours.version_on(today).and_then(|version| version.label.as_ref()) {
                Some(label) => format!("{heading} · {}", self.words(label)),
                None => heading.to_owned(),
            },
            day: None,
            week,
            exceptions,
            time_zone: self.now.timezone(),
            next_opening_label: next.as_ref().map(|at| self.phrasebook.date_and_time(at)),
            next_opening: next,
        };
        Some((block, self.days_not_known(&upcoming, today)))
    }

    /// The days ahead of which nobody knows whether it is open.
    fn days_not_known(&self, unusual: &[DayHours], today: NaiveDate) -> Option<Block> {
        let unknown = unusual.iter().filter(|day| day.is_unknown() && day.date > today);
        let lines: Vec<String> = unknown
            .map(|day| {
                let label = self.phrasebook.date(day.date);
                format!("- {label}: {}", self.phrasebook.say("hours_not_recorded_word", &[]))
            })
            .collect();
        (!lines.is_empty()).then(|| self.say("hours_upcoming", &[("days", &lines.join("\n"))]))
    }

    /// The days from today on on which the week plan does not hold.
    fn unusual_days(office: &Office, today: NaiveDate) -> Vec<DayHours> {
        let last = today.checked_add_days(Days::new(UPCOMING_DAYS)).unwrap_or(today);
        office.hours.unusual_days(today, last)
    }

    fn hours_of_day(&self, day: &DayHours, open: bool) -> HoursOfDay {
        HoursOfDay {
            date: day.date,
            label: self.phrasebook.date(day.date),
            open,
            reason: day.why(self.phrasebook.language()),
            periods: day.periods.clone(),
        }
    }
}

/// "08:00–12:00".
pub(super) fn span(period: &Period) -> String {
    format!("{}–{}", period.opens().format("%H:%M"), clock_text(period.closes()))
}

/// How far ahead closures are announced under a week plan.
const UPCOMING_DAYS: u64 = 21;
