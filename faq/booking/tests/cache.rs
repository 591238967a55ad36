//! The memory in front of a booking system: who waits, what is shown, when nobody calls.

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use faq_booking::{KeyProblem, SlotCache, SlotError, SlotSource, Slots, Window};
use faq_engine::ports::Clock;
use faq_testkit::FixedClock;
use support::clock;
use tokio::sync::Semaphore;
use url::Url;

/// A source that answers when it is let, with what it was told.
struct Told {
    clock: Arc<FixedClock>,
    calls: AtomicUsize,
    ended: AtomicUsize,
    let_go: Semaphore,
    failure: Mutex<Option<SlotError>>,
}

#[async_trait::async_trait]
impl SlotSource for Told {
    async fn next_slots(
        &self,
        service: &str,
        _office: &str,
        from: NaiveDate,
        until: NaiveDate,
        at_most: usize,
    ) -> Result<Slots, SlotError> {
        assert_eq!((until - from, at_most), (TimeDelta::days(27), 5));
        self.calls.fetch_add(1, Ordering::SeqCst);
        self.let_go.acquire().await.expect("never closed").forget();
        self.ended.fetch_add(1, Ordering::SeqCst);
        assert_ne!(service, "panic", "as a broken source would");
        if let Some(error) = self.failure.lock().expect("no panic before").clone() {
            return Err(error);
        }
        let now = self.clock.now();
        Ok(Slots { as_of: now, times: vec![now + TimeDelta::minutes(10), now + TimeDelta::hours(9)], complete: true })
    }

    async fn check_keys(&self, _service: &str, _office: &str) -> Result<Option<KeyProblem>, SlotError> {
        Ok(None)
    }

    fn link(&self, _service: &str, _office: &str) -> Url {
        Url::parse("https://www.example.org/").expect("an address")
    }
}

struct Trial {
    clock: Arc<FixedClock>,
    source: Arc<Told>,
    desk: SlotCache,
}

impl Trial {
    fn begins() -> Self {
        let clock = clock("2026-09-01T08:00:00+02:00");
        let source = Arc::new(Told {
            clock: Arc::clone(&clock),
            calls: AtomicUsize::new(0),
            ended: AtomicUsize::new(0),
            let_go: Semaphore::new(0),
            failure: Mutex::new(None),
        });
        let window = Window { days: 28, at_most: 5 };
        let desk = SlotCache::new(Arc::<Told>::clone(&source), Arc::<FixedClock>::clone(&clock), window);
        Self { clock, source, desk }
    }

    fn fails_with(&self, error: Option<SlotError>) {
        *self.source.failure.lock().expect("no panic before") = error;
    }

    fn calls(&self) -> usize {
        self.source.calls.load(Ordering::SeqCst)
    }

    fn minutes_pass(&self, minutes: i64) {
        self.clock.advance(TimeDelta::minutes(minutes));
    }

    /// Lets one call go on and waits until its end is noted.
    async fn one_call_ends(&self) {
        let before = self.source.ended.load(Ordering::SeqCst);
        self.source.let_go.add_permits(1);
        while self.source.ended.load(Ordering::SeqCst) == before {
            tokio::task::yield_now().await;
        }
        // On one thread the call notes its end before it gives way again.
        tokio::task::yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_first_question_waits_a_moment_and_the_call_goes_on() {
    let trial = Trial::begins();
    let begun = tokio::time::Instant::now();
    assert_eq!(trial.desk.free("a", "b").await, None);
    assert_eq!(begun.elapsed().as_millis(), 300);
    trial.one_call_ends().await;
    let free = trial.desk.free("a", "b").await.expect("known now");
    assert!(!free.stale);
    assert_eq!((free.slots.times.len(), trial.calls()), (2, 1));
}

#[tokio::test(start_paused = true)]
async fn many_first_questions_make_one_call_and_all_get_its_answer() {
    let trial = Trial::begins();
    let asking: Vec<_> = (0..50)
        .map(|_| {
            let desk = trial.desk.clone();
            tokio::spawn(async move { desk.free("a", "b").await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(100)).await;
    trial.one_call_ends().await;
    for answer in asking {
        assert!(answer.await.expect("no panic").is_some());
    }
    assert_eq!(trial.calls(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_older_answer_is_shown_at_once_while_one_call_renews_it() {
    let trial = Trial::begins();
    trial.desk.free("a", "b").await;
    trial.one_call_ends().await;
    trial.minutes_pass(5);
    let begun = tokio::time::Instant::now();
    for _ in 0..9 {
        assert!(trial.desk.free("a", "b").await.expect("still shown").stale);
    }
    assert!(begun.elapsed().is_zero());
    tokio::task::yield_now().await;
    assert_eq!(trial.calls(), 2);
    trial.one_call_ends().await;
    let free = trial.desk.free("a", "b").await.expect("renewed");
    assert!(!free.stale);
    assert_eq!(free.slots.as_of, trial.clock.now());
}

#[tokio::test(start_paused = true)]
async fn past_appointments_and_answers_older_than_half_an_hour_are_not_shown() {
    let trial = Trial::begins();
    trial.desk.free("a", "b").await;
    trial.one_call_ends().await;
    trial.minutes_pass(11);
    assert_eq!(trial.desk.free("a", "b").await.expect("still shown").slots.times.len(), 1);
    trial.minutes_pass(20);
    assert_eq!(trial.desk.free("a", "b").await, None);
}

#[tokio::test(start_paused = true)]
async fn after_five_failures_nobody_calls_for_a_minute_and_then_one_probe() {
    let trial = Trial::begins();
    trial.source.let_go.add_permits(100);
    trial.fails_with(Some(SlotError::Unavailable));
    for _ in 0..9 {
        assert_eq!(trial.desk.free("a", "b").await, None);
    }
    assert_eq!(trial.calls(), 5);
    trial.minutes_pass(1);
    for _ in 0..9 {
        assert_eq!(trial.desk.free("c", "d").await, None);
    }
    assert_eq!(trial.calls(), 6);
    trial.fails_with(None);
    trial.minutes_pass(1);
    assert!(trial.desk.free("a", "b").await.is_some());
}

#[tokio::test(start_paused = true)]
async fn patience_asked_for_and_refusals_are_respected() {
    let trial = Trial::begins();
    trial.source.let_go.add_permits(100);
    trial.fails_with(Some(SlotError::RateLimited { until: trial.clock.now() + TimeDelta::minutes(3) }));
    trial.desk.free("a", "b").await;
    trial.minutes_pass(2);
    trial.desk.free("c", "d").await;
    assert_eq!(trial.calls(), 1);
    trial.fails_with(Some(SlotError::CaptchaRequired));
    trial.minutes_pass(1);
    for _ in 0..9 {
        assert_eq!(trial.desk.free("a", "b").await, None);
    }
    assert_eq!(trial.calls(), 2, "a captcha is not asked for again at once");
    trial.minutes_pass(10);
    trial.desk.free("a", "b").await;
    assert_eq!(trial.calls(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_source_that_hangs_or_panics_blocks_nothing_for_ever() {
    let trial = Trial::begins();
    trial.desk.free("a", "b").await;
    tokio::time::sleep(Duration::from_secs(11)).await;
    trial.desk.free("a", "b").await;
    assert_eq!(trial.calls(), 2);
    trial.source.let_go.add_permits(100);
    trial.desk.free("panic", "b").await;
    trial.desk.free("panic", "b").await;
    assert_eq!(trial.calls(), 4);
}

#[tokio::test(start_paused = true)]
async fn the_memory_is_bounded_and_forgets_what_was_asked_for_longest_ago() {
    let trial = Trial::begins();
    trial.source.let_go.add_permits(1000);
    for number in 0..257 {
        trial.clock.advance(TimeDelta::milliseconds(1));
        assert!(trial.desk.free(&number.to_string(), "b").await.is_some());
    }
    assert!(trial.desk.free("1", "b").await.is_some());
    assert_eq!(trial.calls(), 257);
    assert!(trial.desk.free("0", "b").await.is_some());
    assert_eq!(trial.calls(), 258, "the oldest was forgotten");
}
