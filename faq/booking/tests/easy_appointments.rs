//! Easy!Appointments over real HTTP.

mod support;

use std::sync::Arc;

use faq_booking::{ApiToken, EasyAppointments, KeyProblem, SlotError, SlotSource, Slots};
use faq_testkit::FixedClock;
use support::{Answer, Fake, client, clock, day, says};
use url::Url;

const PROVIDERS: &str = r#"[{"id":2,"timezone":"Europe/Berlin","services":[5]},{"id":3,"timezone":"UTC","services":[5]},
    {"id":4,"timezone":"Europe/Berlin","services":[6]},{"id":5,"timezone":"Europe/Berlin","services":[5]},
    {"id":6,"timezone":"Europe/Berlin","services":[5]},{"id":7,"timezone":"Soest","services":[5]}]"#;

fn system(url: &Url, availabilities: Answer) -> Answer {
    match url.path() {
        "/index.php/api/v1/providers" => says(200, PROVIDERS),
        "/index.php/api/v1/availabilities" => availabilities,
        _ => Answer::Whole(404, String::new(), Vec::new()),
    }
}

async fn running(availabilities: Answer) -> (Fake, EasyAppointments) {
    let fake = Fake::answering(move |url| system(url, availabilities.clone())).await;
    let clock: Arc<FixedClock> = clock("2026-09-01T08:00:00+02:00");
    let token = ApiToken::new("geheim".to_owned());
    let desk = EasyAppointments::new(client(), fake.url.clone(), token, clock).expect("allowed");
    (fake, desk)
}

async fn ask(desk: &EasyAppointments, office: &str, at_most: usize) -> Result<Slots, SlotError> {
    desk.next_slots("5", office, day("2026-09-02"), day("2026-09-30"), at_most).await
}

#[tokio::test]
async fn times_are_those_of_the_provider_shown_in_berlin() {
    let (fake, desk) = running(says(200, r#"["13:00","09:30"]"#)).await;
    let slots = ask(&desk, "2,3", 3).await.expect("slots");
    let times: Vec<_> = slots.times.iter().map(|time| time.format("%d. %H:%M").to_string()).collect();
    assert_eq!(times, ["02. 09:30", "02. 11:30", "02. 13:00"]);
    assert!(!slots.complete);
    assert_eq!(
        fake.asked(),
        [
            "/index.php/api/v1/providers?fields=id%2Ctimezone%2Cservices&length=200",
            "/index.php/api/v1/availabilities?providerId=2&serviceId=5&date=2026-09-02",
            "/index.php/api/v1/availabilities?providerId=3&serviceId=5&date=2026-09-02",
        ]
    );
    for head in fake.heads() {
        assert!(head.starts_with("GET /") && head.ends_with("\r\n\r\n"), "{head}");
        assert!(head.contains("authorization: Bearer geheim"));
    }
}

#[tokio::test]
async fn a_look_up_is_bounded_to_five_working_days_and_three_providers() {
    let (fake, desk) = running(says(200, "[]")).await;
    let slots = ask(&desk, "2,3,5,6", 5).await.expect("a success");
    assert!(slots.times.is_empty() && !slots.complete);
    let asked = fake.asked();
    assert_eq!(asked.len(), 1 + 5 * 3);
    assert!(!asked.iter().any(|path| path.contains("2026-09-05") || path.contains("providerId=6")));
}

#[tokio::test]
async fn every_refusal_has_its_meaning() {
    let failure = r#"{"success":false,"message":"x"}"#;
    for (answer, expected) in [
        (says(500, failure), SlotError::Unavailable),
        (says(200, "<html>"), SlotError::BadData),
        (says(200, r#"["25:00"]"#), SlotError::BadData),
        (Answer::Close, SlotError::Unavailable),
    ] {
        let (_fake, desk) = running(answer).await;
        assert_eq!(ask(&desk, "2", 5).await, Err(expected));
    }
    for status in [401, 404] {
        let (_fake, desk) = running(says(status, "")).await;
        assert!(matches!(ask(&desk, "2", 5).await, Err(SlotError::Misconfigured(_))));
    }
    let (_fake, desk) = running(says(429, "")).await;
    assert!(matches!(ask(&desk, "2", 5).await, Err(SlotError::RateLimited { .. })));
}

#[tokio::test]
async fn unknown_providers_and_services_are_a_mistake_in_the_settings() {
    let (fake, desk) = running(says(200, "[]")).await;
    for office in ["9", "4", "7", "", "2;3", "zwei"] {
        assert!(matches!(ask(&desk, office, 5).await, Err(SlotError::Misconfigured(_))), "{office}");
    }
    assert_eq!(fake.asked().len(), 1, "nothing but the list of providers");
}

#[tokio::test]
async fn the_link_preselects_service_and_a_single_provider() {
    let (fake, desk) = running(says(200, "[]")).await;
    let root = fake.url.as_str();
    assert_eq!(desk.link("5", "2").as_str(), format!("{root}index.php?service=5&provider=2"));
    assert_eq!(desk.link("5", "2,3").as_str(), format!("{root}index.php?service=5"));
}

#[tokio::test]
async fn keys_are_checked_against_the_installation() {
    let (_fake, desk) = running(says(200, "[]")).await;
    for (service, office, problem) in [
        ("5", "2,3", None),
        ("99", "2", Some(KeyProblem::UnknownService)),
        ("5", "2,99", Some(KeyProblem::UnknownOffice)),
        ("5", "4", Some(KeyProblem::NotTogether)),
    ] {
        assert_eq!(desk.check_keys(service, office).await, Ok(problem), "{service} {office}");
    }
    assert!(matches!(desk.check_keys("5", "zwei").await, Err(SlotError::Misconfigured(_))));
}
