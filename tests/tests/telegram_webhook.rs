//! The desk on Telegram where Telegram brings messages to a webhook, from the outside.

use std::time::{Duration, Instant};

use auskunft_tests::messenger::{Desk, FEE_QUESTION, WEBHOOK_PATH, WEBHOOK_SECRET, Way, is_about_the_fee};
use auskunft_tests::telegram::{FakeTelegram, Fault, Update};
use auskunft_tests::visitor::Visitor;
use reqwest::{Client, Method, StatusCode};

const SECRET_HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";

/// Brings an update by hand.
async fn brings(desk: &Desk, path: &str, secret: Option<&str>, body: String) -> StatusCode {
    let mut request = Client::new().post(format!("{}{path}", desk.program.address)).body(body);
    if let Some(secret) = secret {
        request = request.header(SECRET_HEADER, secret);
    }
    request.send().await.expect("the webhook answers").status()
}

async fn brings_in_order(desk: &Desk, update: &Update) -> StatusCode {
    brings(desk, WEBHOOK_PATH, Some(WEBHOOK_SECRET), update.to_json()).await
}

#[tokio::test]
async fn what_is_brought_is_answered_and_only_then_taken() {
    let desk = Desk::open_by(Way::Webhook).await;
    assert_eq!(desk.telegram.has_a_webhook().await, format!("https://auskunft.kreis.example{WEBHOOK_PATH}"));
    let anna = desk.telegram.person(1);
    anna.writes("/start");
    let greeting = anna.receives().await;
    let example = greeting.labels()[0].to_owned();
    assert_eq!(anna.taps(&example).is_acknowledged().await, None);
    anna.receives().await;

    desk.telegram.is_settled().await;
    desk.telegram.fails("sendMessage", Fault::Hang);
    anna.writes(FEE_QUESTION);
    desk.telegram.has_failed("sendMessage", 1).await;
    let taken = desk.telegram.posts_answered(200);
    desk.telegram.recovers();
    assert!(is_about_the_fee(&anna.receives().await));
    desk.telegram.was_answered(200, taken + 1).await;
    assert_eq!(desk.telegram.calls_of("getUpdates"), 0);
    desk.closes().await;
}

#[tokio::test]
async fn whoever_does_not_know_the_secret_is_turned_away_unread() {
    let desk = Desk::open_by(Way::Webhook).await;
    let anna = desk.telegram.person(1);
    let almost = format!("{}4", &WEBHOOK_SECRET[..WEBHOOK_SECRET.len() - 1]);
    let longer = format!("{WEBHOOK_SECRET}0");
    for secret in [None, Some(""), Some("x"), Some(almost.as_str()), Some(longer.as_str())] {
        let forged = anna.would_write(FEE_QUESTION).to_json();
        assert_eq!(brings(&desk, WEBHOOK_PATH, secret, forged).await, 401, "{secret:?}");
        assert_eq!(brings(&desk, WEBHOOK_PATH, secret, "no json".to_owned()).await, 401, "{secret:?}");
    }
    let lost = anna.would_write(FEE_QUESTION).to_json();
    for path in ["/telegram/hooked", "/telegram/", "/telegram"] {
        assert_eq!(brings(&desk, path, Some(WEBHOOK_SECRET), lost.clone()).await, 404, "{path}");
    }
    let metrics = Visitor::of(&desk.program).gets("/metrics").await.text();
    assert!(metrics.contains(r#"auskunft_requests_total{route="webhook",status="401"} 10"#), "{metrics}");
    assert_eq!(anna.unread(), 0);
    desk.closes().await;
}

#[tokio::test]
async fn an_update_brought_fifty_times_at_once_is_answered_once() {
    let desk = Desk::open_by(Way::Webhook).await;
    let anna = desk.telegram.person(1);
    desk.telegram.fails("sendMessage", Fault::Hang);
    let update = anna.would_write(FEE_QUESTION);
    let desk = std::sync::Arc::new(desk);
    let bringers: Vec<_> = (0..50)
        .map(|_| {
            let (desk, update) = (desk.clone(), update.clone());
            tokio::spawn(async move { brings_in_order(&desk, &update).await })
        })
        .collect();
    desk.telegram.has_failed("sendMessage", 1).await;
    desk.telegram.recovers();
    for bringer in bringers {
        assert_eq!(bringer.await.expect("a bringer"), 200);
    }
    assert_eq!(brings_in_order(&desk, &update).await, 200);
    assert!(is_about_the_fee(&anna.receives().await));
    assert_eq!(anna.unread(), 0);
    std::sync::Arc::into_inner(desk).expect("all bringers are gone").closes().await;
}

#[tokio::test]
async fn a_chat_is_answered_in_order_and_updates_out_of_order_are_all_answered() {
    let desk = Desk::open_by(Way::Webhook).await;
    let (anna, ben) = (desk.telegram.person(1), desk.telegram.person(2));
    let asked = [FEE_QUESTION, "/loeschen", FEE_QUESTION];
    for person in [&anna, &ben] {
        asked.iter().for_each(|text| drop(person.writes(text)));
    }
    for person in [&anna, &ben] {
        assert!(is_about_the_fee(&person.receives().await));
        assert!(person.receives().await.text.contains("gelöscht"));
        assert!(is_about_the_fee(&person.receives().await));
    }
    let mut late: Vec<Update> = (0..3).map(|_| anna.would_write("/loeschen")).collect();
    late.reverse();
    for update in &late {
        assert_eq!(brings_in_order(&desk, update).await, 200);
        assert!(anna.receives().await.text.contains("gelöscht"));
    }
    desk.telegram.is_quiet_until(5);
    anna.writes(FEE_QUESTION);
    assert!(is_about_the_fee(&anna.receives().await));
    desk.closes().await;
}

#[tokio::test]
async fn what_is_no_update_is_taken_once_and_never_quoted() {
    let desk = Desk::open_by(Way::Webhook).await;
    for body in [
        "",
        "{",
        "[]",
        "null",
        r#"{"update_id":"Geheimnis"}"#,
        r#"{"update_id":7,"something_new":{"text":"Geheimnis"}}"#,
    ] {
        assert_eq!(brings(&desk, WEBHOOK_PATH, Some(WEBHOOK_SECRET), body.to_owned()).await, 200, "{body}");
    }
    let large = "x".repeat(2 * 1024 * 1024);
    assert_eq!(brings(&desk, WEBHOOK_PATH, Some(WEBHOOK_SECRET), large).await, 400);
    let log = desk.program.log();
    assert!(log.contains("no update") && !log.contains("Geheimnis"), "{log}");
    desk.closes().await;
}

#[tokio::test]
async fn more_than_there_is_room_for_come_again_and_the_website_answers_meanwhile() {
    let desk = Desk::open_by(Way::Webhook).await;
    desk.telegram.fails("sendMessage", Fault::Hang);
    // By hand, because Telegram itself brings a hundred at most.
    let crowd: Vec<_> = (1..=230).map(|id| desk.telegram.person(id)).collect();
    let (client, address) = (Client::new(), format!("{}{WEBHOOK_PATH}", desk.program.address));
    let bringers: Vec<_> = crowd
        .iter()
        .map(|person| {
            let body = person.would_write("/loeschen").to_json();
            let request = client.post(&address).header(SECRET_HEADER, WEBHOOK_SECRET).body(body);
            tokio::spawn(async move {
                loop {
                    let answer = request.try_clone().expect("it can be repeated").send().await.expect("an answer");
                    if answer.status() == 200 {
                        return answer;
                    }
                    assert_eq!(answer.status(), 503);
                    let seconds =
                        answer.headers()["retry-after"].to_str().expect("a number").parse().expect("a number");
                    tokio::time::sleep(Duration::from_secs(seconds)).await;
                }
            })
        })
        .collect();
    desk.telegram.has_failed("sendMessage", 100).await;
    let mut visitor = Visitor::of(&desk.program);
    let begun = Instant::now();
    visitor.asks(FEE_QUESTION).await;
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    let metrics = visitor.gets("/metrics").await.text();
    assert!(metrics.contains(r#"route="webhook",status="503"#), "{metrics}");
    desk.telegram.recovers();
    for bringer in bringers {
        bringer.await.expect("brought in the end");
    }
    for person in &crowd {
        assert!(person.receives().await.text.contains("gelöscht"));
        assert_eq!(person.unread(), 0);
    }
    desk.closes().await;
}

#[tokio::test]
async fn a_crash_between_receipt_and_reply_loses_no_question() {
    let desk = Desk::open_by(Way::Webhook).await;
    let people: Vec<_> = (1..=5).map(|id| desk.telegram.person(id)).collect();
    desk.telegram.fails("sendMessage", Fault::Hang);
    for person in &people {
        person.writes(FEE_QUESTION);
    }
    desk.telegram.has_failed("sendMessage", 5).await;
    let desk = desk.crashes_and_starts_again().await;
    desk.telegram.has_failed("sendMessage", 10).await;
    let desk = desk.crashes_and_starts_again_after(FakeTelegram::recovers).await;
    for person in &people {
        assert!(is_about_the_fee(&person.receives().await));
    }
    desk.telegram.is_settled().await;
    assert_eq!(people.iter().map(|person| person.unread()).sum::<usize>(), 0, "nobody is answered twice");
    desk.closes().await;
}

#[tokio::test]
async fn a_stop_in_order_waits_for_answers_and_leaves_the_webhook() {
    let desk = Desk::open_by(Way::Webhook).await;
    let anna = desk.telegram.person(1);
    desk.telegram.fails_times("sendMessage", Fault::TooManyRequests { retry_after: 1 }, 1);
    anna.writes(FEE_QUESTION);
    desk.telegram.has_failed("sendMessage", 1).await;
    let desk = desk.restarts().await;
    assert!(desk.telegram.knows_a_webhook());
    assert!(is_about_the_fee(&anna.receives().await));
    desk.telegram.is_settled().await;
    assert_eq!(anna.unread(), 0);
    desk.closes().await;
}

#[tokio::test]
async fn a_refused_webhook_ends_nothing() {
    let telegram = FakeTelegram::start().await;
    telegram.fails_times("setWebhook", Fault::ServerError, 2);
    let desk = Desk::open_at(telegram, Way::Webhook).await;
    let anna = desk.telegram.person(1);
    anna.writes(FEE_QUESTION);
    assert!(is_about_the_fee(&anna.receives().await));
    desk.closes().await;
}

#[tokio::test]
async fn the_log_names_no_person_no_text_and_no_secret() {
    let desk = Desk::open_by(Way::Webhook).await;
    let anna = desk.telegram.person(987_654_321);
    desk.telegram.fails_times("sendMessage", Fault::ServerError, 1);
    anna.writes("Mein Kennzeichen ist SO-XY 4711, was kostet die Abmeldung?");
    anna.receives().await;
    desk.telegram.is_settled().await;
    let visitor = Visitor::of(&desk.program);
    visitor.sends(visitor.request(Method::GET, WEBHOOK_PATH)).await;
    let log = desk.program.log();
    for secret in [FakeTelegram::TOKEN, WEBHOOK_SECRET, "987654321", "4711", "Anna"] {
        assert!(!log.contains(secret), "{secret} is in the log: {log}");
    }
    desk.closes().await;
}
