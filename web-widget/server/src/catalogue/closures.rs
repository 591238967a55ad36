//! `GET /api/v1/offices/{id}/closures.ics`: when an office is closed or open at other times than usual, for people's
//! calendars.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{Days, NaiveDate};
use faq_engine::hours::{DayHours, clock_text};
use faq_engine::office::Office;
use faq_engine::phrasebook::Phrasebook;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::catalogue::language_of;
use crate::http::calendar::{Calendar, CalendarEntry, Span, midnight};
use crate::http::errors::{ErrorBody, Refusal, Refused};
use crate::site::Site;

/// A year and a bit: whoever subscribes is told the next Christmas in time.
const DAYS_AHEAD: u64 = 400;

/// In which language.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ClosuresQuery {
    /// Language; without it the browser's.
    lang: Option<String>,
}

#[utoipa::path(
    get,
    path = "/api/v1/offices/{id}/closures.ics",
    tag = "catalogue",
    params(("id" = String, Path, description = "Stable name"), ClosuresQuery),
    responses(
        (status = 200, description = "Closures and special openings of the next 400 days", content_type = "text/calendar"),
        (status = 404, description = "No such office", body = ErrorBody),
    )
)]
pub(crate) async fn closures(
    request: HttpRequest,
    site: web::Data<Site>,
    id: web::Path<String>,
    query: web::Query<ClosuresQuery>,
) -> Result<HttpResponse, Refused> {
    let language = language_of(&request, &site, query.lang.as_deref());
    let knowledge = site.desk.knowledge();
    let office = knowledge.catalogue.office(&id);
    let office = office.ok_or_else(|| Refusal::UnknownOffice.in_language(Some(language.clone())))?;
    let phrasebook = site.desk.phrasebook(Some(&language));
    let today = site.desk.clock().now().date_naive();
    let calendar = Calendar {
        name: office.name.or_german(phrasebook.language()).to_owned(),
        stamp: midnight(office.state.checked_on),
        entries: days(office, today, &phrasebook),
    };
    Ok(calendar.response(&format!("{}.ics", office.id)))
}

/// Unusual days, those in a row with the same hours and the same reason together.
fn days(office: &Office, today: NaiveDate, phrasebook: &Phrasebook) -> Vec<CalendarEntry> {
    let last = today.checked_add_days(Days::new(DAYS_AHEAD)).unwrap_or(today);
    let name = office.name.or_german(phrasebook.language());
    let mut found: Vec<CalendarEntry> = Vec::new();
    for day in unusual(office, today, last) {
        let title = format!("{name}: {}", what_holds(&day, phrasebook));
        match found.last_mut() {
            Some(CalendarEntry { span: Span::Days { last, .. }, title: known, .. })
                if last.succ_opt() == Some(day.date) && *known == title =>
            {
                *last = day.date;
            }
            _ => {
                // What is switched off has no first day that could name it.
                let is_off = office.hours.outage().is_some_and(|outage| outage.covers(day.date));
                let name = if is_off { "off".to_owned() } else { day.date.to_string() };
                let uid = format!("{}-{name}@auskunft", office.id);
                let span = Span::Days { first: day.date, last: day.date };
                found.push(CalendarEntry { uid, span, title, place: None, text: None });
            }
        }
    }
    found
}

/// The days on which the week plan does not hold, and every day of an exception: a closure over a weekend is one.
fn unusual(office: &Office, first: NaiveDate, last: NaiveDate) -> Vec<DayHours> {
    // One that has begun keeps its first day, and with it its name.
    let spells = office.hours.spells().into_iter().filter(|spell| spell.last >= first && spell.first <= last);
    let mut days: Vec<DayHours> = spells
        .flat_map(|spell| spell.first.iter_days().take_while(move |date| *date <= spell.last))
        .map(|date| office.hours.on(date))
        .collect();
    days.extend(office.hours.unusual_days(first, last));
    days.sort_by_key(|day| day.date);
    days.dedup_by_key(|day| day.date);
    days
}

/// "geschlossen (Betriebsferien)", "09:00–12:00 Uhr (Personalversammlung)".
fn what_holds(day: &DayHours, phrasebook: &Phrasebook) -> String {
    if day.is_unknown() {
        return phrasebook.say("hours_not_recorded_word", &[]);
    }
    let spans: Vec<String> = day
        .periods
        .iter()
        .map(|period| format!("{}–{}", period.opens().format("%H:%M"), clock_text(period.closes())))
        .collect();
    let hours = match spans.is_empty() {
        true => phrasebook.say("closed_word", &[]),
        false => phrasebook.say("hours_span", &[("spans", &spans.join(&phrasebook.say("list_and", &[])))]),
    };
    match day.why(phrasebook.language()) {
        Some(reason) => format!("{hours} ({reason})"),
        None => hours,
    }
}

#[cfg(test)]
mod tests {
    use faq_engine::hours::{HolidayCalendar, OpeningHours, Outage};

    use super::*;
    use crate::testing::{self, TestSite};

    fn listed(office: &Office) -> Vec<String> {
        let day = |text: &str| text.parse().unwrap();
        let days = days(office, day("2026-12-28"), &testing::phrasebook("de"));
        let shown = |entry: CalendarEntry| match entry.span {
            Span::Days { first, last } => format!("{} {first} {last} {}", entry.uid, entry.title),
            Span::Time { .. } => panic!("a closure is whole days"),
        };
        days.into_iter().map(shown).collect()
    }

    #[test]
    fn a_closure_over_a_weekend_is_one_and_keeps_its_name_while_it_lasts() {
        let osm =
            "Mo-Fr 08:00-17:00; 2026 Dec 24-2027 Jan 03 off \"Ferien\"; 2027 Jan 09 10:00-12:00 \"Sonderöffnung\"";
        let hours = OpeningHours::from_osm(osm, HolidayCalendar::Nrw).unwrap();
        let office = Office { hours, ..testing::office() };
        assert_eq!(
            listed(&office),
            [
                "buergerservice-2026-12-24@auskunft 2026-12-24 2027-01-03 Bürgerservice: closed_word (Ferien)",
                "buergerservice-2027-01-09@auskunft 2027-01-09 2027-01-09 Bürgerservice: hours_span (Sonderöffnung)",
            ]
        );
        let off = Outage { until: Some("2026-12-30".parse().unwrap()), reason: None };
        let office = Office { hours: office.hours.with_outage(Some(off)), ..office };
        let names: Vec<_> = listed(&office).iter().map(|days| days.split(' ').next().unwrap().to_owned()).collect();
        let expected =
            ["buergerservice-off@auskunft", "buergerservice-2026-12-31@auskunft", "buergerservice-2027-01-09@auskunft"];
        assert_eq!(names, expected, "what is switched off has no date in its name");
    }

    #[actix_web::test]
    async fn closures_are_whole_days_with_their_reason() {
        let answer = TestSite::new().gets("/api/v1/offices/buergerservice/closures.ics?lang=en").await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/calendar; charset=utf-8"));
        insta::assert_snapshot!(answer.text().replace("\r\n", "\n"));
    }

    #[actix_web::test]
    async fn the_same_closures_are_the_same_bytes() {
        let site = TestSite::new();
        let [one, other] = [
            site.gets("/api/v1/offices/buergerservice/closures.ics").await.text(),
            site.gets("/api/v1/offices/buergerservice/closures.ics").await.text(),
        ];
        assert_eq!(one, other);
    }

    #[actix_web::test]
    async fn an_office_that_is_not_there_has_none() {
        assert_eq!(TestSite::new().gets("/api/v1/offices/nirgends/closures.ics").await.status, 404);
    }
}
