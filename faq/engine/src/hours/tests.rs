//! Whole questions: the words, the day they mean, and whether the office is open then.

use chrono::{DateTime, Weekday};
use chrono_tz::Europe::Berlin;

use super::*;

/// The hours of a Bürgerservice.
fn office() -> OpeningHours {
    let day = |weekday, text| (weekday, vec![Period::parse(text).expect("valid")]);
    let week = WeekPlan::new([
        day(Weekday::Mon, "08:00-17:00"),
        day(Weekday::Tue, "08:00-17:00"),
        day(Weekday::Wed, "08:00-17:00"),
        day(Weekday::Thu, "08:00-18:00"),
        day(Weekday::Fri, "08:00-13:00"),
        day(Weekday::Sat, "09:00-12:00"),
    ]);
    let version = HoursVersion { valid_from: None, valid_until: None, week: week.expect("valid"), label: None };
    let closed = ["12-24", "12-31"].map(|text| MonthDay::parse(text).expect("valid"));
    let holidays = HolidayPolicy::Closed(HolidayCalendar::Nrw);
    OpeningHours::new(vec![version], Vec::new(), holidays, closed.to_vec()).expect("valid")
}

/// Date, whether open, opening and closing of the day.
fn answer(question: &str, at: &str) -> (String, bool, String) {
    let now = DateTime::parse_from_rfc3339(at).expect("valid").with_timezone(&Berlin);
    let asked = time_question(question, &now);
    let hours = office();
    let Some(day) = hours.asked_day(&asked) else { return ("week".to_owned(), false, String::new()) };
    let frame = match (day.opens(), day.closes()) {
        (Some(opens), Some(closes)) => format!("{}-{}", opens.format("%H:%M"), clock_text(closes)),
        _ => String::new(),
    };
    (day.date.to_string(), hours.open_at_asked_time(&day, &asked, &now), frame)
}

#[test]
fn questions_about_hours_are_answered() {
    for (question, at, date, open, frame) in [
        ("habt ihr samstag offen", "2026-09-09T10:15:00+02:00", "2026-09-12", true, "09:00-12:00"),
        ("übermorgen um 7", "2026-09-07T18:30:00+02:00", "2026-09-09", false, "08:00-17:00"),
        ("am 3.10.", "2026-09-20T19:45:00+02:00", "2026-10-03", false, ""),
        ("jetzt noch jemand da?", "2026-09-11T13:05:00+02:00", "2026-09-11", false, "08:00-13:00"),
        ("freitag nach fronleichnam zu?", "2026-06-01T14:00:00+02:00", "2026-06-05", true, "08:00-13:00"),
        ("weiberfastnacht nachmittags noch wer da?", "2027-01-28T09:30:00+01:00", "2027-02-04", true, "08:00-18:00"),
        ("Ostersamstag geöffnet?", "2026-03-28T17:00:00+01:00", "2026-04-04", true, "09:00-12:00"),
        ("dienstag nach pfingsten", "2026-05-18T08:01:00+02:00", "2026-05-26", true, "08:00-17:00"),
        ("2. weihnachtstag is ja samstag, also 9 bis 12?", "2026-12-15T18:00:00+01:00", "2026-12-26", false, ""),
        ("sylvester vormittag", "2026-12-28T09:10:00+01:00", "2026-12-31", false, ""),
        ("am 5.1. um 9?", "2026-12-20T12:00:00+01:00", "2027-01-05", true, "08:00-17:00"),
        ("übermorgen um 8 uhr", "2026-03-28T23:30:00+01:00", "2026-03-30", true, "08:00-17:00"),
        ("noch auf?", "2026-09-09T17:01:00+02:00", "2026-09-09", false, "08:00-17:00"),
        ("heut in ner woche", "2026-09-09T12:12:00+02:00", "2026-09-16", true, "08:00-17:00"),
        ("morgen nachmittag gegen halb fünf", "2026-09-08T13:00:00+02:00", "2026-09-09", true, "08:00-17:00"),
        ("gestern war zu, heute wieder normal?", "2026-05-15T09:00:00+02:00", "2026-05-15", true, "08:00-13:00"),
        ("heiligabend is freitag, dann bis 13 uhr oder?", "2027-12-13T10:00:00+01:00", "2027-12-24", false, ""),
        ("yarın açık mısınız?", "2026-09-11T15:00:00+02:00", "2026-09-12", true, "09:00-12:00"),
        ("فاتحين يوم الأحد؟", "2026-09-10T10:00:00+02:00", "2026-09-13", false, ""),
        ("naechsten dienstag um viertel vor acht", "2026-09-11T12:00:00+02:00", "2026-09-15", false, "08:00-17:00"),
    ] {
        assert_eq!(answer(question, at), (date.to_owned(), open, frame.to_owned()), "{question}");
    }
}
