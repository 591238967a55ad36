//! Rules applied one after the other: from the notation to hours.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use super::OsmFault;
use super::rules::{Days, Rule, State, rules};
use super::write::{FIRST_YEAR, LAST_YEAR};
use crate::hours::holiday_policy::{HolidayCalendar, HolidayPolicy};
use crate::hours::schedule::{HoursException, HoursVersion, OpeningHours};
use crate::hours::week::{MonthDay, Period, WeekPlan};
use crate::language::LocalizedText;

/// Dates closed or opened one by one by a single rule: a longer spell is a plan of its own.
const MOST_DATES: i64 = 366;

impl OpeningHours {
    /// Reads hours in the notation of OpenStreetMap, as far as they can be held here. Public holidays are those of this
    /// calendar; remarks become German reasons.
    pub fn from_osm(text: &str, calendar: HolidayCalendar) -> Result<Self, OsmFault> {
        let mut draft = Draft::new(calendar);
        for rule in rules(text)? {
            draft.apply(&rule)?;
        }
        draft.finish()
    }
}

/// A week plan of some days in a row, and the remarks of the rules it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Plan {
    first: NaiveDate,
    last: NaiveDate,
    days: BTreeMap<u32, Vec<Period>>,
    remarks: Vec<(Option<String>, String)>,
}

struct Draft {
    calendar: HolidayCalendar,
    plans: Vec<Plan>,
    holidays: HolidayPolicy,
    closed: Vec<MonthDay>,
    unknown: Vec<MonthDay>,
    exceptions: BTreeMap<NaiveDate, (Vec<Period>, Option<String>)>,
    /// Whether a rule was read that a week plan behind it would override.
    special: bool,
}

impl Draft {
    fn new(calendar: HolidayCalendar) -> Self {
        Self {
            calendar,
            plans: Vec::new(),
            holidays: HolidayPolicy::Open,
            closed: Vec::new(),
            unknown: Vec::new(),
            exceptions: BTreeMap::new(),
            special: false,
        }
    }

    fn apply(&mut self, rule: &Rule) -> Result<(), OsmFault> {
        let not_carried = |why| Err(OsmFault::NotCarried { rule: rule.text.clone(), why });
        match (&rule.days, &rule.weekdays) {
            (Days::Holidays, _) => match rule.state {
                State::Closed => {
                    self.holidays = HolidayPolicy::Closed(self.calendar);
                    self.special = true;
                    Ok(())
                }
                _ => not_carried("holidays with hours of their own are not recorded; write `PH off`, or single dates"),
            },
            (Days::Yearly(_), Some(_)) => not_carried("days of every year cannot depend on the weekday; write dates"),
            (Days::Yearly(days), None) => match &rule.state {
                State::Open(_) => not_carried("hours of their own on a day of every year have to be written as dates"),
                _ if !self.exceptions.is_empty() => {
                    not_carried("it would override single dates before it; put it first")
                }
                state => {
                    self.special = true;
                    let (to, from) = match state {
                        State::Closed => (&mut self.closed, &mut self.unknown),
                        _ => (&mut self.unknown, &mut self.closed),
                    };
                    from.retain(|day| !days.contains(day));
                    to.extend(days.iter().filter(|day| !to.contains(day)).copied().collect::<Vec<_>>());
                    Ok(())
                }
            },
            _ if rule.state == State::Unknown => {
                not_carried("only days of every year, such as `Dec 24 unknown`, can be unknown")
            }
            (Days::Dates(ranges), None)
                if ranges.iter().all(|(first, last)| (*last - *first).num_days() < MOST_DATES) =>
            {
                self.special = true;
                for (first, last) in ranges {
                    first.iter_days().take_while(|date| date <= last).for_each(|date| self.except(date, rule));
                }
                Ok(())
            }
            _ if self.special => not_carried("a week plan overrides the special days before it; put it first"),
            (Days::Dates(ranges), _) => {
                ranges.iter().for_each(|(first, last)| self.plan(*first, *last, rule));
                Ok(())
            }
            (Days::All, _) => {
                self.plan(NaiveDate::MIN, NaiveDate::MAX, rule);
                Ok(())
            }
        }
    }

    fn except(&mut self, date: NaiveDate, rule: &Rule) {
        let (periods, reason) = self.exceptions.entry(date).or_default();
        if !rule.adds {
            periods.clear();
        }
        if let State::Open(more) = &rule.state {
            periods.extend(more);
        }
        if rule.remark.is_some() || !rule.adds {
            reason.clone_from(&rule.remark);
        }
    }

    /// Puts a rule over the plans of these days. Days without a plan get one.
    fn plan(&mut self, first: NaiveDate, last: NaiveDate, rule: &Rule) {
        let (first, last) = (from_the_beginning(first), to_the_end(last));
        self.split_before(first);
        if let Some(after) = last.succ_opt() {
            self.split_before(after);
        }
        self.fill(first, last);
        let all: Vec<Weekday> = (0..7).filter_map(|number| Weekday::try_from(number).ok()).collect();
        for plan in self.plans.iter_mut().filter(|plan| first <= plan.first && plan.last <= last) {
            for weekday in rule.weekdays.as_ref().unwrap_or(&all) {
                let periods = plan.days.entry(weekday.num_days_from_monday()).or_default();
                if !rule.adds {
                    periods.clear();
                }
                if let State::Open(more) = &rule.state {
                    periods.extend(more);
                }
            }
            plan.remarks.push((rule.remark.clone(), rule.text.clone()));
        }
    }

    fn split_before(&mut self, date: NaiveDate) {
        let Some(place) = self.plans.iter().position(|plan| plan.first < date && date <= plan.last) else { return };
        let mut later = self.plans[place].clone();
        later.first = date;
        self.plans[place].last = date - TimeDelta::days(1);
        self.plans.insert(place + 1, later);
    }

    /// Gives the days in between that have none an empty plan, in the order of time.
    fn fill(&mut self, first: NaiveDate, last: NaiveDate) {
        let mut gaps = Vec::new();
        let mut next = Some(first);
        for plan in &self.plans {
            let Some(from) = next.filter(|from| *from <= last) else { break };
            if plan.last < from {
                continue;
            }
            if from < plan.first {
                gaps.push((from, last.min(plan.first - TimeDelta::days(1))));
            }
            next = plan.last.succ_opt();
        }
        gaps.extend(next.filter(|from| *from <= last).map(|from| (from, last)));
        let plan = |(first, last)| Plan { first, last, days: BTreeMap::new(), remarks: Vec::new() };
        self.plans.extend(gaps.into_iter().map(plan));
        self.plans.sort_by_key(|plan| plan.first);
    }

    fn finish(self) -> Result<OpeningHours, OsmFault> {
        let mut plans: Vec<Plan> = Vec::new();
        for plan in self.plans {
            match plans.last_mut() {
                // Cut in two by a rule that left both as they were.
                Some(before) if (&before.days, &before.remarks) == (&plan.days, &plan.remarks) => {
                    before.last = plan.last
                }
                _ => plans.push(plan),
            }
        }
        let versions = plans.into_iter().map(version).collect::<Result<Vec<_>, _>>()?;
        let exceptions = self.exceptions.into_iter().map(|(date, (periods, reason))| HoursException {
            date,
            periods,
            reason: reason.map(LocalizedText::german_only),
        });
        let hours = OpeningHours::new(versions, exceptions.collect(), self.holidays, self.closed)?;
        Ok(hours.with_unknown_days(self.unknown))
    }
}

fn version(plan: Plan) -> Result<HoursVersion, OsmFault> {
    let remark = plan.remarks.first().and_then(|(remark, _)| remark.clone());
    if let Some((_, rule)) = plan.remarks.iter().find(|(other, _)| *other != remark) {
        let why = "a remark has to hold for the whole week plan; write it behind each of its rules, or leave it out";
        return Err(OsmFault::NotCarried { rule: rule.clone(), why });
    }
    let weekday = |number: u32| u8::try_from(number).ok().and_then(|number| Weekday::try_from(number).ok());
    let days = plan.days.into_iter().filter_map(|(number, periods)| Some((weekday(number)?, periods)));
    let week = WeekPlan::new(days).map_err(|_| OsmFault::NotCarried {
        rule: plan.remarks.last().map(|(_, rule)| rule.clone()).unwrap_or_default(),
        why: "its periods overlap or touch others of the same day; write them as one",
    })?;
    Ok(HoursVersion {
        valid_from: Some(plan.first).filter(|date| *date > NaiveDate::MIN),
        valid_until: Some(plan.last).filter(|date| *date < NaiveDate::MAX),
        week,
        label: remark.map(LocalizedText::german_only),
    })
}

/// The notation writes "since ever" as a date of its first year.
fn from_the_beginning(date: NaiveDate) -> NaiveDate {
    if date.year() <= FIRST_YEAR { NaiveDate::MIN } else { date }
}

fn to_the_end(date: NaiveDate) -> NaiveDate {
    if date.year() >= LAST_YEAR { NaiveDate::MAX } else { date }
}
