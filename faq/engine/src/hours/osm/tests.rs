use std::sync::Arc;

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use compact_calendar::CompactCalendar;
use opening_hours::{Context, ContextHolidays, OpeningHours as Oracle};
use proptest::prelude::*;

use super::*;
use crate::hours::{
    HolidayCalendar, HolidayPolicy, HoursException, HoursVersion, MonthDay, OpeningHours, Period, WeekPlan, holiday_on,
};
use crate::language::LocalizedText;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("valid")
}

fn read(text: &str) -> Result<OpeningHours, OsmFault> {
    OpeningHours::from_osm(text, HolidayCalendar::Nrw)
}

#[track_caller]
fn rewritten(text: &str) -> String {
    let hours = read(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    hours.to_osm().expect("hours that were read are known")
}

fn periods_on(hours: &OpeningHours, date: NaiveDate) -> Vec<String> {
    hours.on(date).periods.iter().map(Period::to_string).collect()
}

#[test]
fn what_is_written_is_read_and_written_alike() {
    for text in [
        "Mo-We 08:00-17:00; Th 08:00-18:00; Fr 08:00-13:00; Sa 09:00-12:00; Dec 24 off; Dec 31 off; PH off",
        "Mo,Tu,Th 08:00-12:30,13:30-17:00; 2026 Dec 28-2026 Dec 31 off \"Betriebsferien\"; 2027 Jan 02 10:00-12:00",
        "2026 Jan 01-2026 Dec 31 Mo-Fr 08:00-16:00; 2027 Jan 01-9999 Dec 31 Mo-Fr 09:00-16:00",
        "1900 Jan 01-2026 Jun 30 Mo 08:00-12:00 \"Annahme\"; 2026 Jul 01-2026 Aug 31 Mo-Su off; Dec 24 unknown; PH off",
        "Mo-Su 00:00-24:00",
    ] {
        assert_eq!(rewritten(text), text);
    }
}

#[test]
fn other_spellings_mean_the_same() {
    for (text, same) in [
        ("24/7", "Mo-Su 00:00-24:00"),
        ("Mo-Fr 8:00-12:00; Fr 08:00-10:00", "Mo-Th 08:00-12:00; Fr 08:00-10:00"),
        ("Mo-Fr 08:00-12:00, Th 14:00-17:30", "Mo-We,Fr 08:00-12:00; Th 08:00-12:00,14:00-17:30"),
        ("Mo-Fr 08:00-12:00; We off; PH off", "Mo,Tu,Th,Fr 08:00-12:00; PH off"),
        ("Sa-Mo 10:00-00:00", "Mo,Sa,Su 10:00-24:00"),
        ("Mo 08:00-12:00; Dec 24,31 closed", "Mo 08:00-12:00; Dec 24 off; Dec 31 off"),
        ("Mo 08:00-12:00; 2026 Dec 24-26 off", "Mo 08:00-12:00; 2026 Dec 24-2026 Dec 26 off"),
        ("2027 Jan 01+: Mo 08:00-12:00", "2027 Jan 01-9999 Dec 31 Mo 08:00-12:00"),
        (
            "Mo-Fr 08:00-17:00; 2026 Jul 01-2026 Aug 31 Fr 08:00-11:00",
            "1900 Jan 01-2026 Jun 30 Mo-Fr 08:00-17:00; 2026 Jul 01-2026 Aug 31 Mo-Th 08:00-17:00; \
             2026 Jul 01-2026 Aug 31 Fr 08:00-11:00; 2026 Sep 01-9999 Dec 31 Mo-Fr 08:00-17:00",
        ),
    ] {
        assert_eq!(rewritten(text), same, "{text}");
    }
}

#[test]
fn what_cannot_be_carried_is_named() {
    for (text, rule) in [
        ("Mo-Fr 08:00-12:00; Sa[1] 09:00-12:00", "Sa[1] 09:00-12:00"),
        ("Mo-Fr 08:00-12:00; PH 10:00-12:00", "PH 10:00-12:00"),
        ("Mo-Fr,PH 08:00-12:00", "Mo-Fr,PH 08:00-12:00"),
        ("Mo 22:00-02:00", "Mo 22:00-02:00"),
        ("Mo 08:00-26:00", "Mo 08:00-26:00"),
        ("Mo 08:00-12:00+", "Mo 08:00-12:00+"),
        ("Mo sunrise-sunset", "Mo sunrise-sunset"),
        ("Jul-Aug Mo 08:00-12:00", "Jul-Aug Mo 08:00-12:00"),
        ("easter -48 days off", "easter -48 days off"),
        ("Mo 08:00-12:00; SH off", "SH off"),
        ("Mo 08:00-12:00 || \"nach Absprache\"", "|| \"nach Absprache\""),
        ("Dec 24 off; Mo-Fr 08:00-12:00", "Mo-Fr 08:00-12:00"),
        ("2026 Dec 24 off; Dec 24 off", "Dec 24 off"),
        ("Mo 08:00-12:00; Dec 24 10:00-12:00", "Dec 24 10:00-12:00"),
        ("Mo 08:00-12:00; Sa 09:00-12:00 \"nur Zulassung\"", "Sa 09:00-12:00 \"nur Zulassung\""),
        ("Mo 08:00-12:00, Mo 11:00-13:00", "Mo 11:00-13:00"),
        ("2026 Dec 31-2026 Dec 24 off", "2026 Dec 31-2026 Dec 24 off"),
    ] {
        match read(text) {
            Err(OsmFault::NotCarried { rule: named, .. }) => assert_eq!(named, rule, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    for text in
        ["Mo-Fr 8-12", "Mo 08.00-12.00", "Di 08:00-12:00", "Mo 08:00–", "2026 Feb 30 off", "Mo \"", "Mo Di 08:00"]
    {
        assert!(matches!(read(text), Err(OsmFault::Form { .. })), "{text}: {:?}", read(text));
    }
    for text in ["", " ; ;", "\n"] {
        assert_eq!(read(text), Err(OsmFault::Empty));
    }
}

#[test]
fn a_quotation_mark_in_a_reason_does_not_end_it() {
    let week = WeekPlan::new([(Weekday::Mon, vec![Period::parse("08:00-12:00").expect("valid")])]).expect("valid");
    let version = HoursVersion { valid_from: None, valid_until: None, week, label: None };
    let exception = HoursException {
        date: day(2026, 12, 28),
        periods: Vec::new(),
        reason: Some(LocalizedText::german_only("\"Inventur\"; Mo off\n2")),
    };
    let hours = OpeningHours::new(vec![version], vec![exception], HolidayPolicy::Open, Vec::new()).expect("valid");
    let text = hours.to_osm().expect("known");
    assert_eq!(text, "Mo 08:00-12:00; 2026 Dec 28 off \"'Inventur'; Mo off 2\"");
    assert_eq!(rewritten(&text), text);
}

fn periods() -> impl Strategy<Value = Vec<Period>> {
    prop::collection::vec(0_u32..=24 * 12, 0..=6).prop_map(|mut cuts| {
        cuts.sort_unstable();
        cuts.dedup();
        let clock = |cut: u32| format!("{:02}:{:02}", cut * 5 / 60, cut * 5 % 60);
        let spans = cuts.chunks_exact(2).map(|cut| format!("{}-{}", clock(cut[0]), clock(cut[1])));
        spans.map(|text| Period::parse(&text).expect("cuts are in order")).collect()
    })
}

/// Hours with up to two plans, special dates, days of every year and either holiday policy.
fn hours() -> impl Strategy<Value = OpeningHours> {
    let week = || prop::collection::vec(periods(), 7);
    let yearly = || prop::collection::vec((1_u32..=12, 1_u32..=28), 0..3);
    let exceptions = prop::collection::vec((0_i64..800, periods(), prop::option::of("[a-z \";]{1,12}")), 0..8);
    let change = prop::option::of((0_i64..700, 1_i64..60, week()));
    let ends = (any::<bool>(), any::<bool>());
    (week(), change, ends, exceptions, yearly(), yearly(), any::<bool>()).prop_map(
        |(days, change, (begins, ends), exceptions, closed, unknown, holidays)| {
            let date = |offset: i64| day(2026, 1, 1) + TimeDelta::days(offset);
            let plan = |days: Vec<Vec<Period>>| {
                let weekdays = (0_u8..7).filter_map(|number| Weekday::try_from(number).ok());
                WeekPlan::new(weekdays.zip(days)).expect("periods are apart")
            };
            let version = |valid_from, valid_until, week| HoursVersion { valid_from, valid_until, week, label: None };
            let first = begins.then(|| date(-30));
            let mut versions = Vec::new();
            match change {
                Some((offset, gap, later)) => {
                    versions.push(version(first, Some(date(offset)), plan(days)));
                    versions.push(version(
                        Some(date(offset + gap)),
                        ends.then(|| date(offset + gap + 90)),
                        plan(later),
                    ));
                }
                None => versions.push(version(first, ends.then(|| date(500)), plan(days))),
            }
            let mut exceptions: Vec<HoursException> = exceptions
                .into_iter()
                .map(|(offset, periods, reason)| HoursException {
                    date: date(offset),
                    periods,
                    reason: reason.map(LocalizedText::german_only),
                })
                .collect();
            exceptions.sort_by_key(|exception| exception.date);
            exceptions.dedup_by_key(|exception| exception.date);
            let yearly = |days: Vec<(u32, u32)>| -> Vec<MonthDay> {
                days.into_iter().map(|(month, day)| MonthDay::new(month, day).expect("valid")).collect()
            };
            let policy = if holidays { HolidayPolicy::Closed(HolidayCalendar::Nrw) } else { HolidayPolicy::Open };
            OpeningHours::new(versions, exceptions, policy, yearly(closed))
                .expect("plans follow one another")
                .with_unknown_days(yearly(unknown))
        },
    )
}

/// Every day that the generated hours say something special about, and some around.
fn days() -> impl Iterator<Item = NaiveDate> {
    day(2025, 11, 1).iter_days().take_while(|date| *date < day(2028, 4, 1))
}

/// The periods of a day as the independent reader sees them.
fn oracle_periods(oracle: &Oracle, date: NaiveDate) -> Vec<String> {
    oracle
        .schedule_at(date)
        .into_iter()
        .filter(|range| range.kind == opening_hours::RuleKind::Open)
        .map(|range| format!("{}-{}", range.range.start, range.range.end))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn hours_read_back_open_and_close_at_the_same_minutes(hours in hours()) {
        let text = hours.to_osm().expect("known");
        let again = match read(&text) {
            Ok(again) => again,
            Err(fault) => return Err(TestCaseError::fail(format!("{text}: {fault}"))),
        };
        for date in days() {
            prop_assert_eq!(periods_on(&again, date), periods_on(&hours, date), "{}: {}", date, text);
        }
    }

    #[test]
    fn an_independent_reader_sees_the_same_minutes(hours in hours()) {
        let text = hours.to_osm().expect("known");
        let mut calendar = CompactCalendar::default();
        days().filter(|date| holiday_on(*date).is_some()).for_each(|date| {
            calendar.insert(date);
        });
        let holidays = ContextHolidays::new(Arc::new(calendar), Arc::default());
        let oracle: Oracle = text.parse().map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        let oracle = oracle.with_context(Context::default().with_holidays(holidays));
        for date in days().filter(|date| date.day() % 3 != 0) {
            prop_assert_eq!(oracle_periods(&oracle, date), periods_on(&hours, date), "{}: {}", date, text);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[A-Za-z0-9 :;,+|\"\\[\\]/–-]{0,60}|((Mo|Tu-Fr|PH|Dec 24|2026 Dec 24|off|08:00-12:00|unknown)[ ;,]{1,2}){0,8}") {
        if let Ok(hours) = read(&text) {
            prop_assert!(!hours.is_known() || hours.to_osm().is_some());
        }
    }
}
