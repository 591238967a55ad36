use chrono::{TimeZone, Weekday};
use chrono_tz::Europe::Berlin;
use proptest::prelude::*;

use super::*;
use crate::hours::{Holiday, HolidayCalendar};
use chrono::NaiveTime;

fn period(text: &str) -> Period {
    Period::parse(text).expect("valid")
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("valid")
}

fn week(days: &[(Weekday, &str)]) -> WeekPlan {
    WeekPlan::new(days.iter().map(|(weekday, text)| (*weekday, text.split(", ").map(period).collect()))).expect("valid")
}

fn version(from: Option<NaiveDate>, until: Option<NaiveDate>, week: WeekPlan) -> HoursVersion {
    HoursVersion { valid_from: from, valid_until: until, week, label: None }
}

fn weekdays() -> WeekPlan {
    week(&[
        (Weekday::Mon, "08:00-17:00"),
        (Weekday::Tue, "08:00-17:00"),
        (Weekday::Wed, "08:00-17:00"),
        (Weekday::Thu, "08:00-18:00"),
        (Weekday::Fri, "08:00-13:00"),
    ])
}

fn office(exceptions: Vec<HoursException>) -> OpeningHours {
    let closed_days = vec![MonthDay::parse("12-24").expect("valid"), MonthDay::parse("12-31").expect("valid")];
    let holidays = HolidayPolicy::Closed(HolidayCalendar::Nrw);
    OpeningHours::new(vec![version(None, None, weekdays())], exceptions, holidays, closed_days).expect("valid")
}

#[test]
fn reasons_follow_their_order() {
    let training = LocalizedText::german_only("Personalversammlung");
    let hours = office(vec![
        HoursException { date: day(2026, 9, 9), periods: vec![], reason: Some(training.clone()) },
        HoursException { date: day(2026, 10, 3), periods: vec![period("09:00-12:00")], reason: Some(training.clone()) },
    ]);
    assert_eq!(hours.on(day(2026, 9, 9)).reason, Some(ClosedReason::Exception(Some(training.clone()))));
    assert_eq!(hours.on(day(2026, 12, 25)).reason, Some(ClosedReason::Holiday(Holiday::ChristmasDay)));
    assert_eq!(
        hours.on(day(2026, 12, 24)).reason,
        Some(ClosedReason::ClosedDay(MonthDay::parse("12-24").expect("valid")))
    );
    assert_eq!(hours.on(day(2026, 9, 13)).reason, Some(ClosedReason::Weekly));
    let open_on_holiday = hours.on(day(2026, 10, 3));
    assert!(!open_on_holiday.is_closed(), "an exception with hours beats the holiday");
    assert_eq!(open_on_holiday.note, Some(training));
    let friday = hours.on(day(2026, 9, 11));
    assert_eq!(
        (friday.opens(), friday.closes()),
        (Some(period("08:00-13:00").opens()), Some(period("08:00-13:00").closes()))
    );
}

#[test]
fn holidays_may_be_open_by_policy() {
    let hours =
        OpeningHours::new(vec![version(None, None, weekdays())], vec![], HolidayPolicy::Open, vec![]).expect("valid");
    assert!(!hours.on(day(2026, 12, 25)).is_closed());
}

#[test]
fn versions_take_turns_and_must_not_overlap() {
    let old = version(None, Some(day(2026, 12, 31)), weekdays());
    let new = version(Some(day(2027, 1, 1)), None, week(&[(Weekday::Mon, "10:00-12:00")]));
    let both = |first: &HoursVersion, second: &HoursVersion| {
        OpeningHours::new(vec![first.clone(), second.clone()], vec![], HolidayPolicy::Open, vec![])
    };
    let hours = both(&new, &old).expect("valid");
    assert_eq!(hours.on(day(2026, 12, 28)).periods, [period("08:00-17:00")]);
    assert_eq!(hours.on(day(2027, 1, 4)).periods, [period("10:00-12:00")]);
    let early = version(Some(day(2026, 12, 31)), None, weekdays());
    assert_eq!(both(&old, &early), Err(InvalidHours::OverlappingVersions(day(2026, 12, 31))));
    assert!(both(&early, &early).is_err());
    let backwards = version(Some(day(2027, 1, 1)), Some(day(2026, 1, 1)), weekdays());
    assert!(matches!(both(&backwards, &new), Err(InvalidHours::EmptyValidity { .. })));
}

#[test]
fn an_unknown_day_is_neither_open_nor_closed_unless_something_else_decides() {
    let unknown = ["12-25", "12-30", "12-31"].map(|day| MonthDay::parse(day).expect("valid"));
    let exception = HoursException { date: day(2025, 12, 30), periods: vec![period("09:00-12:00")], reason: None };
    let hours = office(vec![exception]).with_unknown_days(unknown.to_vec());
    assert!(hours.on(day(2026, 12, 30)).is_unknown());
    assert!(!hours.on(day(2025, 12, 30)).is_closed(), "an exception decides");
    assert!(!hours.on(day(2026, 12, 25)).is_unknown(), "a holiday decides");
    assert!(!hours.on(day(2026, 12, 31)).is_unknown(), "a closed day decides");
    assert_eq!(hours.on(day(2028, 12, 30)).reason, Some(ClosedReason::Weekly), "Saturdays are closed anyway");
    let at = |year, month, day, hour| Berlin.with_ymd_and_hms(year, month, day, hour, 0, 0).single().expect("valid");
    assert_eq!(hours.next_opening(&at(2026, 12, 29, 18)), Some(at(2027, 1, 4, 8)));
}

#[test]
fn days_without_a_version_are_unknown_not_closed_by_plan() {
    let hours =
        OpeningHours::new(vec![version(Some(day(2027, 1, 1)), None, weekdays())], vec![], HolidayPolicy::Open, vec![])
            .expect("valid");
    let before = hours.on(day(2026, 6, 1));
    assert_eq!((before.is_closed(), before.reason), (true, None));
    assert!(hours.is_known());
    assert!(!OpeningHours::new(vec![], vec![], HolidayPolicy::Open, vec![]).expect("valid").is_known());
}

#[test]
fn contradicting_exceptions_are_refused() {
    let exception = |periods: &[&str]| HoursException {
        date: day(2026, 9, 9),
        periods: periods.iter().map(|text| period(text)).collect(),
        reason: None,
    };
    let build = |exceptions| OpeningHours::new(vec![], exceptions, HolidayPolicy::Open, vec![]);
    let date = day(2026, 9, 9);
    assert_eq!(build(vec![exception(&[]), exception(&[])]), Err(InvalidHours::DuplicateException(date)));
    assert_eq!(build(vec![exception(&["08:00-12:00", "11:00-13:00"])]), Err(InvalidHours::OverlappingException(date)));
}

#[test]
fn next_opening_skips_weekend_holidays_and_closed_days() {
    let hours = office(vec![]);
    let next = |year, month, day, hour| {
        hours
            .next_opening(&Berlin.with_ymd_and_hms(year, month, day, hour, 0, 0).single().expect("valid"))
            .expect("valid")
            .to_rfc3339()
    };
    assert_eq!(next(2026, 9, 9, 7), "2026-09-09T08:00:00+02:00");
    assert_eq!(next(2026, 9, 9, 8), "2026-09-10T08:00:00+02:00");
    assert_eq!(next(2026, 9, 11, 13), "2026-09-14T08:00:00+02:00");
    assert_eq!(next(2026, 12, 23, 17), "2026-12-28T08:00:00+01:00");
    let closed =
        OpeningHours::new(vec![version(None, None, week(&[]))], vec![], HolidayPolicy::Open, vec![]).expect("valid");
    assert_eq!(closed.next_opening(&Berlin.with_ymd_and_hms(2026, 9, 9, 7, 0, 0).single().expect("valid")), None);
}

#[test]
fn closing_time_is_the_end_of_the_running_period() {
    let hours = office(vec![]);
    let at = |hour, minute| Berlin.with_ymd_and_hms(2026, 9, 11, hour, minute, 0).single().expect("valid");
    assert_eq!(hours.closes_at(&at(12, 59)), Some(at(13, 0)));
    assert_eq!(hours.closes_at(&at(13, 0)), None);
    assert_eq!(hours.closes_at(&at(7, 59)), None);
}

#[test]
fn hours_around_the_change_of_clocks() {
    let nights = week(&[(Weekday::Sun, "01:30-02:15, 02:30-04:00, 22:00-24:00")]);
    let hours =
        OpeningHours::new(vec![version(None, None, nights)], vec![], HolidayPolicy::Open, vec![]).expect("valid");
    let spring = |hour, minute| Berlin.with_ymd_and_hms(2026, 3, 29, hour, minute, 0).single().expect("valid");
    // The clock jumps from 02:00 to 03:00: the first period ends there, the second begins there.
    assert_eq!(hours.closes_at(&spring(1, 45)), Some(spring(3, 0)));
    assert_eq!(hours.next_opening(&spring(1, 45)), Some(spring(3, 0)));
    assert_eq!(
        hours.closes_at(&spring(23, 0)),
        Some(Berlin.with_ymd_and_hms(2026, 3, 30, 0, 0, 0).single().expect("valid"))
    );
    // 02:00 to 03:00 comes twice: what opened the first time does not open again.
    let first = DateTime::parse_from_rfc3339("2026-10-25T02:20:00+02:00").expect("valid").with_timezone(&Berlin);
    let second = DateTime::parse_from_rfc3339("2026-10-25T02:20:00+01:00").expect("valid").with_timezone(&Berlin);
    assert!(!hours.is_open_at(&first) && hours.is_open_at(&second));
    assert_eq!(hours.next_opening(&second).expect("valid").to_rfc3339(), "2026-10-25T22:00:00+01:00");
}

fn periods() -> impl Strategy<Value = Vec<Period>> {
    let pair = (0u32..1440, 1u32..=1440).prop_map(|(opens, length)| {
        let time = |minute: u32| NaiveTime::from_hms_opt(minute / 60 % 24, minute % 60, 0).expect("valid");
        Period::new(time(opens), time((opens + length).min(1440))).expect("valid")
    });
    // Those that overlap an earlier one are left out, so that most draws are plans.
    prop::collection::vec(pair, 0..4).prop_map(|drawn| {
        drawn.into_iter().fold(Vec::new(), |mut kept, one| {
            let mut with_it = kept.clone();
            with_it.push(one);
            if sorted_without_overlap(with_it.clone()).is_some() {
                kept = with_it;
            }
            kept
        })
    })
}

fn hours() -> impl Strategy<Value = OpeningHours> {
    let yearly = || prop::collection::vec((1u32..=12, 1u32..=28), 0..3);
    let until = prop::option::of(0i64..800);
    let exceptions = prop::collection::vec((0i64..800, periods()), 0..5);
    (prop::collection::vec(periods(), 7), exceptions, yearly(), yearly(), until).prop_map(
        |(days, exceptions, closed, unknown, until)| {
            let yearly = |days: Vec<(u32, u32)>| -> Vec<MonthDay> {
                days.into_iter().map(|(month, day)| MonthDay::new(month, day).expect("valid")).collect()
            };
            let until = until.map(|offset| day(2026, 1, 1) + chrono::TimeDelta::days(offset));
            let weekdays = (0u8..7).filter_map(|number| Weekday::try_from(number).ok());
            let week = WeekPlan::new(weekdays.zip(days)).expect("valid");
            let mut exceptions = exceptions
                .into_iter()
                .map(|(offset, periods)| HoursException {
                    date: day(2026, 1, 1) + chrono::TimeDelta::days(offset),
                    periods,
                    reason: None,
                })
                .collect::<Vec<_>>();
            exceptions.sort_by_key(|exception| exception.date);
            exceptions.dedup_by_key(|exception| exception.date);
            let holidays = HolidayPolicy::Closed(HolidayCalendar::Nrw);
            OpeningHours::new(vec![version(None, until, week)], exceptions, holidays, yearly(closed))
                .expect("valid")
                .with_unknown_days(yearly(unknown))
        },
    )
}

/// Any second of two years, and as often one of the days on which clocks change.
fn moment() -> impl Strategy<Value = DateTime<Tz>> {
    let start = Berlin.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).single().expect("valid");
    let change_days = [day(2026, 3, 29), day(2026, 10, 25), day(2027, 3, 28), day(2027, 10, 31)];
    prop_oneof![
        (0i64..2 * 365 * 86_400).prop_map(move |seconds| start + chrono::TimeDelta::seconds(seconds)),
        (prop::sample::select(change_days.to_vec()), -7200i64..90_000).prop_map(|(date, seconds)| {
            resolve(Berlin, date.and_time(NaiveTime::MIN)) + chrono::TimeDelta::seconds(seconds)
        }),
    ]
}

proptest! {
    #[test]
    fn periods_of_a_day_never_overlap(hours in hours(), at in moment()) {
        let day = hours.on(at.date_naive());
        for pair in day.periods.windows(2) {
            prop_assert!(!pair[0].overlaps(&pair[1]) && pair[0].opens() < pair[1].opens());
        }
        prop_assert_eq!(day.is_closed(), day.opens().is_none());
    }

    #[test]
    fn unusual_days_are_all_those_that_differ_from_the_plan(hours in hours(), at in moment()) {
        let first = at.date_naive();
        let last = first + Days::new(40);
        let differs = |day: &DayHours| {
            let usual = hours.week_of(day.date).map(|plan| plan.on(day.date.weekday()).to_vec()).unwrap_or_default();
            day.periods != usual || day.is_unknown()
        };
        let tried: Vec<DayHours> = first.iter_days().take(41).map(|date| hours.on(date)).filter(differs).collect();
        prop_assert_eq!(hours.unusual_days(first, last), tried);
    }

    #[test]
    fn next_opening_is_in_the_future_and_really_open(hours in hours(), at in moment()) {
        if let Some(next) = hours.next_opening(&at) {
            prop_assert!(next > at);
            prop_assert!(hours.is_open_at(&next));
            // Nothing opens in between: while closed, it stays closed until then.
            if !hours.is_open_at(&at) {
                let halfway = at + (next - at) / 2;
                prop_assert!(!hours.is_open_at(&halfway));
            }
        }
    }

    #[test]
    fn an_open_office_closes_later(hours in hours(), at in moment()) {
        let closes = hours.closes_at(&at);
        prop_assert_eq!(closes.is_some(), hours.is_open_at(&at));
        if let Some(closes) = closes {
            prop_assert!(closes > at);
            prop_assert!(hours.is_open_at(&(closes - chrono::TimeDelta::seconds(1))));
        }
    }
}
