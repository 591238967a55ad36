//! The desk on Telegram when very many people write at once, and when Telegram has had enough.

use std::time::{Duration, Instant};

use auskunft_tests::messenger::{Desk, FEE_QUESTION, Way, is_about_the_fee};
use auskunft_tests::telegram::{Fault, Person};
use auskunft_tests::visitor::Visitor;

/// What Telegram lets a bot send to all chats together in a second.
const MOST_PER_SECOND: usize = 30;
/// What a thousand chats may cost in memory; that of their conversations is a few hundred bytes each.
const MOST_MEGABYTES: u64 = 60;

/// A thousand chats write at once, every tenth of them twice.
async fn burst(way: Way) {
    let desk = Desk::open_by(way).await;
    let before = desk.program.megabytes();
    let crowd: Vec<Person> = (1..=1000).map(|id| desk.telegram.person(id)).collect();
    for (number, person) in crowd.iter().enumerate() {
        person.writes(FEE_QUESTION);
        if number % 10 == 0 {
            person.writes("/loeschen");
        }
    }
    for (number, person) in crowd.iter().enumerate() {
        assert!(is_about_the_fee(&person.receives().await));
        if number % 10 == 0 {
            assert!(person.receives().await.text.contains("gelöscht"));
        }
    }
    desk.telegram.is_settled().await;
    assert_eq!(crowd.iter().map(Person::unread).sum::<usize>(), 0, "{way:?}: nobody is answered twice");
    let busiest = desk.telegram.busiest_second();
    assert!((15..=MOST_PER_SECOND).contains(&busiest), "{way:?}: {busiest} messages in a second");
    let grown = desk.program.megabytes().saturating_sub(before);
    assert!(grown <= MOST_MEGABYTES, "{way:?}: {grown} MB more");
    desk.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_chats_at_once_are_answered_once_each_within_telegrams_limits() {
    tokio::join!(burst(Way::Polling), burst(Way::Webhook));
}

/// Telegram refuses everything for a while; 200 questions wait, and the website goes on.
async fn storm(way: Way) {
    let desk = Desk::open_by(way).await;
    desk.telegram.fails("sendMessage", Fault::TooManyRequests { retry_after: 3 });
    let crowd: Vec<Person> = (1..=50).map(|id| desk.telegram.person(id)).collect();
    for _ in 0..2 {
        for person in &crowd {
            person.writes(FEE_QUESTION);
            person.writes("/loeschen");
        }
    }
    desk.telegram.has_failed("sendMessage", 4).await;
    let mut visitor = Visitor::of(&desk.program);
    for _ in 0..10 {
        let begun = Instant::now();
        visitor.asks(FEE_QUESTION).await;
        assert!(begun.elapsed() < Duration::from_secs(2), "{way:?}: the website waits for Telegram");
    }
    desk.telegram.recovers();
    for person in &crowd {
        for _ in 0..2 {
            assert!(is_about_the_fee(&person.receives().await));
            assert!(person.receives().await.text.contains("gelöscht"));
        }
    }
    desk.telegram.is_settled().await;
    assert_eq!(crowd.iter().map(Person::unread).sum::<usize>(), 0, "{way:?}: nobody is answered twice");
    desk.closes().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_storm_of_refusals_is_waited_out_in_order_while_the_website_answers() {
    tokio::join!(storm(Way::Polling), storm(Way::Webhook));
}
