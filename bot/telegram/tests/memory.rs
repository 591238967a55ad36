//! How long the channel remembers, and who gets through its door.

mod support;

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use faq_testkit::county;
use support::{Call, Desk, SECRET};

const QUESTION: &str = "Welche Unterlagen für die Ummeldung";
const FOLLOW_UP: &str = "Und was kostet das?";
const SERVICE: &str = "Fahrzeug ummelden";

fn text(said: Vec<Call>) -> String {
    said.last().and_then(|(_, body)| body["text"].as_str()).expect("something was said").to_owned()
}

#[tokio::test]
async fn a_conversation_is_remembered_for_a_day_and_no_longer() {
    let mut desk = Desk::open(county::parts()).await;
    assert!(text(desk.answers(QUESTION).await).contains(SERVICE));
    desk.clock.advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
    let answer = text(desk.answers(FOLLOW_UP).await);
    assert!(answer.contains(SERVICE), "{answer}");
    // Each message begins the day anew.
    desk.clock.advance(TimeDelta::hours(23));
    assert!(text(desk.answers(FOLLOW_UP).await).contains(SERVICE));
    desk.clock.advance(TimeDelta::hours(24));
    let answer = text(desk.answers(FOLLOW_UP).await);
    assert!(!answer.contains(SERVICE), "{answer}");
}

#[tokio::test]
async fn only_the_whole_secret_opens_the_door_and_a_half_right_one_takes_no_longer() {
    let desk = Desk::open(county::parts()).await;
    assert!(desk.door.knows(Some(SECRET.as_bytes())));
    for wrong in [None, Some(""), Some("a-secre"), Some("a-secrets"), Some("b-secret"), Some("A-SECRET")] {
        assert!(!desk.door.knows(wrong.map(str::as_bytes)), "{wrong:?}");
    }
    // The fastest of many is what the computation takes, without what else the machine does.
    let took = |guess: &str| {
        let times = (0..10_000).map(|_| {
            let begun = Instant::now();
            assert!(!std::hint::black_box(desk.door.knows(Some(guess.as_bytes()))));
            begun.elapsed()
        });
        times.min().unwrap_or(Duration::MAX).as_nanos() as f64
    };
    let (all_wrong, almost_right) = (took("b-tfdsfu"), took("a-secreu"));
    assert!((0.7..1.4).contains(&(all_wrong / almost_right)), "{all_wrong} ns and {almost_right} ns");
}
