//! From hours to the notation: week plans first, then what is closed every year, then single dates, so that what wins
//! stands last.

use chrono::{Datelike, NaiveDate};

use super::words::{month_name, weekday_name};
use crate::hours::holiday_policy::HolidayPolicy;
use crate::hours::schedule::{HoursVersion, OpeningHours};
use crate::hours::spells::Spell;
use crate::hours::week::{MonthDay, Period, WeekPlan};
use crate::language::LocalizedText;

/// The ends of time in the notation, for plans without a first or last day.
pub(super) const FIRST_YEAR: i32 = 1900;
pub(super) const LAST_YEAR: i32 = 9999;

impl OpeningHours {
    /// The hours in the notation of OpenStreetMap; nothing where no hours are known. Reasons are in German.
    pub fn to_osm(&self) -> Option<String> {
        if !self.is_known() {
            return None;
        }
        let mut rules: Vec<String> = self.versions().iter().flat_map(week_rules).collect();
        let yearly = |days: &[MonthDay], state: &str| -> Vec<String> {
            days.iter().map(|day| format!("{} {:02} {state}", month_name(day.month()), day.day())).collect()
        };
        rules.extend(yearly(self.unknown_days(), "unknown"));
        rules.extend(yearly(self.closed_days(), "off"));
        if matches!(self.holidays(), HolidayPolicy::Closed(_)) {
            rules.push("PH off".to_owned());
        }
        rules.extend(self.spells().iter().map(exception_rule));
        Some(rules.join("; "))
    }
}

/// One rule for each group of weekdays with equal periods.
fn week_rules(version: &HoursVersion) -> Vec<String> {
    let (first, last) = (version.valid_from, version.valid_until);
    let range = match (first, last) {
        (None, None) => String::new(),
        _ => {
            let first = first.or_else(|| NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1)).unwrap_or_default();
            let last = last.or_else(|| NaiveDate::from_ymd_opt(LAST_YEAR, 12, 31)).unwrap_or_default();
            format!("{} ", dates(first, last))
        }
    };
    let label = version.label.as_ref().map(remark).unwrap_or_default();
    let mut groups: Vec<(Vec<usize>, &[Period])> = Vec::new();
    for (weekday, (_, periods)) in version.week.days().enumerate().filter(|(_, (_, periods))| !periods.is_empty()) {
        match groups.iter_mut().find(|(_, same)| *same == periods) {
            Some((weekdays, _)) => weekdays.push(weekday),
            None => groups.push((vec![weekday], periods)),
        }
    }
    if version.week == WeekPlan::default() {
        return vec![format!("{range}Mo-Su off{label}")];
    }
    let rule = |(weekdays, periods): (Vec<usize>, &[Period])| {
        format!("{range}{} {}{label}", weekday_list(&weekdays), times(periods))
    };
    groups.into_iter().map(rule).collect()
}

/// "Mo-We,Fr".
fn weekday_list(weekdays: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for weekday in weekdays {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *weekday => *last = *weekday,
            _ => runs.push((*weekday, *weekday)),
        }
    }
    let names = runs.into_iter().map(|(first, last)| match last - first {
        0 => weekday_name(first).to_owned(),
        1 => format!("{},{}", weekday_name(first), weekday_name(last)),
        _ => format!("{}-{}", weekday_name(first), weekday_name(last)),
    });
    names.collect::<Vec<_>>().join(",")
}

fn exception_rule(spell: &Spell<'_>) -> String {
    let state = if spell.periods.is_empty() { "off".to_owned() } else { times(spell.periods) };
    format!("{} {state}{}", dates(spell.first, spell.last), spell.reason.map(remark).unwrap_or_default())
}

fn dates(first: NaiveDate, last: NaiveDate) -> String {
    let date = |date: NaiveDate| format!("{} {} {:02}", date.year(), month_name(date.month()), date.day());
    if first == last { date(first) } else { format!("{}-{}", date(first), date(last)) }
}

fn times(periods: &[Period]) -> String {
    periods.iter().map(Period::to_string).collect::<Vec<_>>().join(",")
}

/// A remark behind a rule. The notation has no way to write a quotation mark within one.
fn remark(text: &LocalizedText) -> String {
    let text = text.german().replace('"', "'");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // The grammar has no empty remark.
    if text.is_empty() { text } else { format!(" \"{text}\"") }
}
