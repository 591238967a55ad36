//! ZMS over real HTTP: both generations, and everything that can go wrong.

mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use faq_booking::{KeyProblem, SlotCache, SlotError, SlotSource, Slots, Window, ZmsCitizen};
use faq_testkit::FixedClock;
use support::{Answer, Fake, client, clock, day, says, sends_to, zipped};
use url::Url;

const NOT_FOUND: &str = r#"{"errors":[{"errorCode":"notFound","errorMessage":"x","statusCode":404}]}"#;
const CALENDAR: &str = r#"{"startDate":"2026-09-01","availableDays":[{"date":"2026-09-02","providerIDs":"4711,4712",
    "offices":[{"officeId":"4711","appointments":[1788333000,1788332400]},{"officeId":"4712","appointments":[1]}]}]}"#;

fn catalogue(captcha: bool) -> String {
    format!(
        r#"{{"offices":[{{"id":4711,"name":"Z","address":null,"scope":{{"id":12,"captchaActivatedRequired":{captcha},
        "emailFrom":"x@example.org"}}}},{{"id":4712}}],"services":[{{"id":1001,"combinable":{{"1":{{"1001":[4711]}}}}}},
        {{"id":1002,"combinable":[]}}],"relations":[{{"officeId":4711,"serviceId":1001,"slots":2,"public":true}},
        {{"officeId":4711,"serviceId":1002,"public":false}}]}}"#
    )
}

/// Generation 2 with this calendar.
fn second(url: &Url, calendar: Answer) -> Answer {
    match url.path() {
        "/api/citizen/offices-and-services/" => says(200, &catalogue(false)),
        "/api/citizen/available-calendar/" => calendar,
        _ => says(404, NOT_FOUND),
    }
}

fn desk(fake: &Fake, clock: &Arc<FixedClock>) -> ZmsCitizen {
    let api = fake.url.join("api/citizen").expect("an address");
    let page = Url::parse("https://www.example.org/termin?a=b").expect("an address");
    ZmsCitizen::new(client(), api, page, Arc::<FixedClock>::clone(clock)).expect("allowed")
}

async fn ask(desk: &ZmsCitizen) -> Result<Slots, SlotError> {
    desk.next_slots("1001", "4711", day("2026-09-01"), day("2026-09-30"), 5).await
}

async fn outcome_of(calendar: Answer) -> Result<Slots, SlotError> {
    let fake = Fake::answering(move |url| second(url, calendar.clone())).await;
    ask(&desk(&fake, &clock("2026-09-01T08:00:00+02:00"))).await
}

#[tokio::test]
async fn the_calendar_of_generation_two_is_read_in_berlin_time() {
    let slots = outcome_of(says(200, CALENDAR)).await.expect("slots");
    let times: Vec<_> = slots.times.iter().map(chrono::DateTime::to_rfc3339).collect();
    assert_eq!(times, ["2026-09-02T09:00:00+02:00", "2026-09-02T09:10:00+02:00"]);
    assert!(slots.complete);
    assert!(outcome_of(zipped(CALENDAR.as_bytes())).await.is_ok());
    let none = outcome_of(says(200, r#"{"availableDays":[]}"#)).await.expect("a success");
    assert!(none.times.is_empty() && none.complete);
}

#[tokio::test]
async fn both_daylight_saving_days_are_right() {
    for (from, stamps, expected) in [
        ("2026-10-25", "[1792886400,1792890000]", ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"]),
        ("2027-03-28", "[1806192000,1806195600]", ["2027-03-28T01:00:00+01:00", "2027-03-28T03:00:00+02:00"]),
    ] {
        let body = format!(
            r#"{{"availableDays":[{{"date":"{from}","offices":[{{"officeId":"4711","appointments":{stamps}}}]}}]}}"#
        );
        let fake = Fake::answering(move |url| second(url, says(200, &body))).await;
        let desk = desk(&fake, &clock("2026-10-24T08:00:00+02:00"));
        let slots = desk.next_slots("1001", "4711", day(from), day(from), 5).await.expect("slots");
        let times: Vec<_> = slots.times.iter().map(chrono::DateTime::to_rfc3339).collect();
        assert_eq!(times, expected);
    }
}

/// Generation 1: `suffix` tells the newer routes from the older.
fn first(url: &Url, suffix: &str, days: &str, times: &str) -> Answer {
    let path = url.path();
    if path == format!("/api/citizen/available-days{suffix}/") {
        says(200, days)
    } else if path == format!("/api/citizen/available-appointments{suffix}/") {
        says(200, times)
    } else if path.ends_with("/offices-and-services/") {
        says(200, &catalogue(false))
    } else {
        says(404, NOT_FOUND)
    }
}

#[tokio::test]
async fn generation_one_is_found_by_probing_and_remembered_for_a_day() {
    for (suffix, days, times) in [
        (
            "-by-office",
            r#"{"availableDays":[{"time":"2026-09-02","providerIDs":"4711"}]}"#,
            r#"{"offices":[{"officeId":4711,"appointments":[1788332400]}]}"#,
        ),
        ("", r#"{"availableDays":["2026-09-02"]}"#, r#"{"appointmentTimestamps":[1788332400]}"#),
    ] {
        let fake = Fake::answering(move |url| first(url, suffix, days, times)).await;
        let clock = clock("2026-09-01T08:00:00+02:00");
        let desk = desk(&fake, &clock);
        let probes = || fake.asked().iter().filter(|path| path.contains("available-calendar")).count();
        for _ in 0..2 {
            assert_eq!(ask(&desk).await.expect("slots").times.len(), 1);
        }
        assert_eq!(probes(), 1);
        clock.advance(TimeDelta::hours(25));
        assert!(ask(&desk).await.is_ok());
        assert_eq!(probes(), 2);
    }
}

#[tokio::test]
async fn an_update_to_generation_two_is_noticed_at_once() {
    let days = r#"{"availableDays":["2026-09-02"]}"#;
    let fake = Fake::answering(|url| first(url, "", days, r#"{"appointmentTimestamps":[1788332400]}"#)).await;
    let desk = desk(&fake, &clock("2026-09-01T08:00:00+02:00"));
    assert_eq!(ask(&desk).await.expect("slots").times.len(), 1);
    fake.now_answers(|url| second(url, says(200, CALENDAR)));
    assert_eq!(ask(&desk).await.expect("slots").times.len(), 2);
}

#[tokio::test]
async fn nothing_free_in_generation_one_is_a_success() {
    let none = r#"{"errors":[{"errorCode":"noAppointmentForThisScope","statusCode":404}]}"#;
    let fake = Fake::answering(move |url| match url.path() {
        "/api/citizen/available-days-by-office/" => says(404, none),
        _ => says(404, NOT_FOUND),
    })
    .await;
    let slots = ask(&desk(&fake, &clock("2026-09-01T08:00:00+02:00"))).await.expect("a success");
    assert!(slots.times.is_empty());
}

#[tokio::test]
async fn an_office_with_a_captcha_is_never_asked() {
    let fake = Fake::answering(|_| says(200, &catalogue(true))).await;
    let desk = desk(&fake, &clock("2026-09-01T08:00:00+02:00"));
    assert_eq!(ask(&desk).await, Err(SlotError::CaptchaRequired));
    assert_eq!(fake.asked(), ["/api/citizen/offices-and-services/"]);
    assert_eq!(desk.check_keys("1001", "4711").await, Ok(Some(KeyProblem::Captcha)));
}

#[tokio::test]
async fn keys_are_checked_against_the_catalogue() {
    let fake = Fake::answering(|url| second(url, says(200, CALENDAR))).await;
    let desk = desk(&fake, &clock("2026-09-01T08:00:00+02:00"));
    for (service, office, problem) in [
        ("1001", "4711", None),
        ("1", "4711", Some(KeyProblem::UnknownService)),
        ("1001", "1", Some(KeyProblem::UnknownOffice)),
        ("1001", "4712", Some(KeyProblem::NotTogether)),
        ("1002", "4711", Some(KeyProblem::NotTogether)),
    ] {
        assert_eq!(desk.check_keys(service, office).await, Ok(problem));
    }
}

#[tokio::test]
async fn every_refusal_has_its_meaning() {
    let error = |code: &str| format!(r#"{{"errors":[{{"errorCode":"{code}","errorMessage":"x"}}]}}"#);
    for (status, body, expected) in [
        (400, error("captchaMissing"), SlotError::CaptchaRequired),
        (403, error("IP_BLACKLISTED"), SlotError::Unavailable),
        (404, "<html>".to_owned(), SlotError::Unavailable),
        (500, r#"{"error":{"message":"x","code":1}}"#.to_owned(), SlotError::Unavailable),
        (503, error("serviceUnavailable"), SlotError::Unavailable),
        (520, error("unknownError"), SlotError::Unavailable),
        (200, "<html><body>Wartung</body></html>".to_owned(), SlotError::BadData),
        (200, r#"{"availableDays":"viele"}"#.to_owned(), SlotError::BadData),
        (200, r#"{"availableDays":[{"date":"2026-0"#.to_owned(), SlotError::BadData),
    ] {
        assert_eq!(outcome_of(says(status, &body)).await, Err(expected), "{status} {body}");
    }
    let wrong = outcome_of(says(400, &error("invalidServiceId"))).await;
    assert!(matches!(wrong, Err(SlotError::Misconfigured(what)) if what.contains("invalidServiceId")));
}

#[tokio::test]
async fn too_many_requests_without_a_time_means_two_minutes() {
    let limited = |seconds| {
        let until = clock("2026-09-01T08:00:00+02:00");
        until.advance(TimeDelta::seconds(seconds));
        Err(SlotError::RateLimited { until: faq_engine::ports::Clock::now(&*until) })
    };
    assert_eq!(outcome_of(says(429, "")).await, limited(120));
    let with_time = Answer::Whole(429, "Retry-After: 7\r\n".to_owned(), Vec::new());
    assert_eq!(outcome_of(with_time).await, limited(7));
}

#[tokio::test]
async fn slow_and_broken_connections_end_within_three_seconds() {
    let begun = Instant::now();
    let (slow, hang, drip, close, cut) = tokio::join!(
        outcome_of(Answer::Slow(Duration::from_secs(5), 200, CALENDAR.as_bytes().to_vec())),
        outcome_of(Answer::Hang),
        outcome_of(Answer::Drip),
        outcome_of(Answer::Close),
        outcome_of(Answer::Truncated(CALENDAR.as_bytes().to_vec())),
    );
    for outcome in [slow, hang, drip, close, cut] {
        assert_eq!(outcome, Err(SlotError::Unavailable));
    }
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_host_that_is_down_is_unavailable() {
    let fake = Fake::answering(|_| Answer::Close).await;
    let mut api = fake.url.clone();
    api.set_port(Some(9)).expect("an address with a port");
    let page = Url::parse("https://www.example.org/").expect("an address");
    let desk = ZmsCitizen::new(client(), api, page, clock("2026-09-01T08:00:00+02:00")).expect("allowed");
    assert_eq!(ask(&desk).await, Err(SlotError::Unavailable));
}

#[tokio::test]
async fn large_answers_are_cut_before_and_after_unpacking() {
    // Blanks before it leave the calendar readable: only the limit makes these bad.
    let padded = |blanks: usize| [vec![b' '; blanks], CALENDAR.as_bytes().to_vec()].concat();
    let plain = |blanks| Answer::Whole(200, String::new(), padded(blanks));
    assert!(outcome_of(plain(200 << 10)).await.is_ok());
    assert_eq!(outcome_of(plain(5 << 20)).await, Err(SlotError::BadData));
    assert!(outcome_of(zipped(&padded(200 << 10))).await.is_ok());
    assert_eq!(outcome_of(zipped(&padded(64 << 20))).await, Err(SlotError::BadData));
    let lie = Answer::Whole(200, "Content-Encoding: gzip\r\n".to_owned(), b"no gzip".to_vec());
    assert_eq!(outcome_of(lie).await, Err(SlotError::BadData));
}

#[tokio::test]
async fn redirects_stay_on_the_same_host() {
    let at_home = Fake::answering(|url| match url.path() {
        "/moved" => says(200, CALENDAR),
        _ => second(url, sends_to("/moved")),
    })
    .await;
    assert!(ask(&desk(&at_home, &clock("2026-09-01T08:00:00+02:00"))).await.is_ok());

    let stranger = Fake::answering(|_| says(200, CALENDAR)).await;
    for target in [stranger.url.as_str(), "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "file:///etc"] {
        assert_eq!(outcome_of(sends_to(target)).await, Err(SlotError::Unavailable), "{target}");
    }
    assert!(stranger.asked().is_empty());

    let circle = Fake::answering(|url| second(url, sends_to("/api/citizen/available-calendar/"))).await;
    assert_eq!(ask(&desk(&circle, &clock("2026-09-01T08:00:00+02:00"))).await, Err(SlotError::Unavailable));
    assert_eq!(circle.asked().len(), 1 + 4, "the catalogue, the question and three redirects");
}

#[tokio::test]
async fn a_name_that_leads_into_the_own_network_is_refused_when_connecting() {
    let strict = faq_booking::GuardedHttp::new([]).expect("a client");
    let [api, page] =
        ["https://localhost:9/api/citizen", "https://www.example.org/"].map(|a| Url::parse(a).expect("url"));
    let desk =
        ZmsCitizen::new(strict.clone(), api, page, clock("2026-09-01T08:00:00+02:00")).expect("a name may be set");
    assert!(matches!(ask(&desk).await, Err(SlotError::Misconfigured(_))));
    assert!(strict.check(&Url::parse("http://127.0.0.1/").expect("url")).is_err());
}

#[tokio::test]
async fn only_configured_keys_and_dates_leave_the_house() {
    let days = r#"{"availableDays":["2026-09-02"]}"#;
    let fake = Fake::answering(|url| first(url, "", days, r#"{"appointmentTimestamps":[]}"#)).await;
    let clock = clock("2026-09-01T08:00:00+02:00");
    ask(&desk(&fake, &clock)).await.expect("a success");
    let known = ["1", "1001", "4711", "2026-09-01", "2026-09-02", "2026-09-30"];
    let headers = ["user-agent", "accept", "accept-encoding", "host"];
    assert_eq!(fake.heads().len(), 5);
    for head in fake.heads() {
        assert!(head.starts_with("GET /"), "{head}");
        assert!(head.contains(concat!("user-agent: Auskunft/", env!("CARGO_PKG_VERSION"))), "{head}");
        assert!(head.ends_with("\r\n\r\n"), "a body was sent: {head}");
        for line in head.lines().skip(1).filter(|line| !line.is_empty()) {
            let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
            assert!(headers.contains(&name.as_str()), "{line}");
        }
        let url = fake.url.join(head.split(' ').nth(1).expect("a path")).expect("a path");
        assert!(url.query_pairs().all(|(_, value)| known.contains(&&*value)), "{url}");
    }
    let slip = desk(&fake, &clock).next_slots("1001&x=y", "4711", day("2026-09-01"), day("2026-09-01"), 5).await;
    assert!(matches!(slip, Err(SlotError::Misconfigured(_))));
    assert_eq!(fake.heads().len(), 5);
}

#[tokio::test]
async fn the_link_names_service_and_office_after_the_query() {
    let fake = Fake::answering(|_| Answer::Close).await;
    let link = desk(&fake, &clock("2026-09-01T08:00:00+02:00")).link("1001", "4711");
    assert_eq!(link.as_str(), "https://www.example.org/termin?a=b&exclusiveLocation=1#/services/1001/locations/4711");
}

#[tokio::test]
async fn a_question_never_waits_for_a_system_that_hangs() {
    let fake = Fake::answering(|_| Answer::Hang).await;
    let clock = clock("2026-09-01T08:00:00+02:00");
    let desk = SlotCache::new(Arc::new(desk(&fake, &clock)), clock, Window { days: 28, at_most: 5 });
    let begun = Instant::now();
    assert_eq!(desk.free("1001", "4711").await, None);
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn what_is_found_behind_the_memory_is_shown() {
    let fake = Fake::answering(|url| second(url, says(200, CALENDAR))).await;
    let clock = clock("2026-09-01T08:00:00+02:00");
    let desk = SlotCache::new(Arc::new(desk(&fake, &clock)), clock, Window { days: 28, at_most: 5 });
    let deadline = Instant::now() + Duration::from_secs(10);
    let free = loop {
        if let Some(free) = desk.free("1001", "4711").await {
            break free;
        }
        assert!(Instant::now() < deadline, "the call goes on and fills the memory");
    };
    assert_eq!(free.slots.times.len(), 2);
    assert_eq!(fake.asked().len(), 2, "the catalogue and the calendar");
}
