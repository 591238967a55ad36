//! What was free a moment ago, so that nobody waits for a booking system and no booking system is flooded.

mod breaker;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use chrono_tz::Tz;
use faq_engine::ports::Clock;
use tokio::sync::watch;
use url::Url;

use crate::slots::{KeyProblem, SlotError, SlotSource, Slots};
use breaker::Breaker;

const FRESH_MINUTES: i64 = 4;
const SHOWN_MINUTES: i64 = 30;
/// A captcha or a wrong key does not go away by asking again.
const REFUSAL_MINUTES: i64 = 10;
const FIRST_WAIT: Duration = Duration::from_millis(300);
/// A look-up may take several calls of 3 s each.
const LOOK_UP_WITHIN: Duration = Duration::from_secs(10);
const KEYS: usize = 256;

/// Which part of the calendar is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Days ahead, today included; at least 1.
    pub days: u16,
    /// How many appointments are kept.
    pub at_most: usize,
}

/// Free appointments to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeSlots {
    /// The appointments that are not past yet.
    pub slots: Slots,
    /// Older than four minutes; newer ones are being fetched if the booking system may be called.
    pub stale: bool,
}

/// A booking system behind a memory. Cheap to clone; clones share the memory.
///
/// Fresh for 4 minutes, shown for 30, one call in flight per key, none for a minute after five failures in a row.
#[derive(Clone)]
pub struct SlotCache {
    inner: Arc<Inner>,
}

struct Inner {
    source: Arc<dyn SlotSource>,
    clock: Arc<dyn Clock>,
    window: Window,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    entries: HashMap<Key, Entry>,
    breaker: Breaker,
}

/// Service and office.
type Key = (String, String);

#[derive(Default)]
struct Entry {
    slots: Option<Slots>,
    /// Ends when the call ends.
    in_flight: Option<watch::Receiver<()>>,
    refused_until: Option<DateTime<Tz>>,
    used: Option<DateTime<Tz>>,
}

impl SlotCache {
    /// A memory in front of `source`.
    pub fn new(source: Arc<dyn SlotSource>, clock: Arc<dyn Clock>, window: Window) -> Self {
        Self { inner: Arc::new(Inner { source, clock, window, state: Mutex::default() }) }
    }

    /// What is free, if it is known within 300 ms; otherwise nothing, and the call goes on for the next question.
    /// Must be called on a tokio runtime.
    pub async fn free(&self, service: &str, office: &str) -> Option<FreeSlots> {
        let key = (service.to_owned(), office.to_owned());
        let (known, call) = self.known_or_called(&key);
        if known.is_some() {
            return known;
        }
        // Nothing is ever sent: the channel closes when the call has ended, however it ended.
        let _ = tokio::time::timeout(FIRST_WAIT, call?.changed()).await;
        let now = self.inner.clock.now();
        self.inner.state().entries.get(&key).and_then(|entry| entry.shown(now))
    }

    /// The booking page for these keys.
    pub fn link(&self, service: &str, office: &str) -> Url {
        self.inner.source.link(service, office)
    }

    /// Whether these keys are right, asked anew and waited for; for an operator's check.
    pub async fn check_keys(&self, service: &str, office: &str) -> Result<Option<KeyProblem>, SlotError> {
        self.inner.source.check_keys(service, office).await
    }

    fn known_or_called(&self, key: &Key) -> (Option<FreeSlots>, Option<watch::Receiver<()>>) {
        let now = self.inner.clock.now();
        let mut guard = self.inner.state();
        let state = &mut *guard;
        if !state.entries.contains_key(key) && !make_room(&mut state.entries) {
            return (None, None);
        }
        let entry = state.entries.entry(key.clone()).or_default();
        entry.used = Some(now);
        let known = entry.shown(now);
        let fresh = known.as_ref().is_some_and(|free| !free.stale);
        let refused = entry.refused_until.is_some_and(|until| now < until);
        if !fresh && !refused && entry.in_flight.is_none() && state.breaker.lets_through(now) {
            let (done, waiting) = watch::channel(());
            entry.in_flight = Some(waiting);
            tokio::spawn(look_up(Call {
                inner: Arc::clone(&self.inner),
                key: key.clone(),
                outcome: None,
                _done: done,
            }));
        }
        (known, entry.in_flight.clone())
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while holding it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    fn shown(&self, now: DateTime<Tz>) -> Option<FreeSlots> {
        let slots = self.slots.as_ref()?;
        let age = now.signed_duration_since(slots.as_of);
        if age > TimeDelta::minutes(SHOWN_MINUTES) {
            return None;
        }
        let mut slots = slots.clone();
        slots.times.retain(|time| *time > now);
        Some(FreeSlots { slots, stale: age >= TimeDelta::minutes(FRESH_MINUTES) })
    }
}

/// Whether a new key fits. The key that was asked for longest ago makes room, unless its call is under way.
fn make_room(entries: &mut HashMap<Key, Entry>) -> bool {
    if entries.len() < KEYS {
        return true;
    }
    let idle = entries.iter().filter(|(_, entry)| entry.in_flight.is_none());
    let Some(oldest) = idle.min_by_key(|(_, entry)| entry.used).map(|(key, _)| key.clone()) else { return false };
    entries.remove(&oldest).is_some()
}

/// A call under way. Noting its end happens in `drop`, so that a panic in a source cannot block its key for ever.
struct Call {
    inner: Arc<Inner>,
    key: Key,
    outcome: Option<Result<Slots, SlotError>>,
    _done: watch::Sender<()>,
}

async fn look_up(mut call: Call) {
    let window = call.inner.window;
    let from = call.inner.clock.now().date_naive();
    let ahead = TimeDelta::days(i64::from(window.days.max(1)) - 1);
    let until = from.checked_add_signed(ahead).unwrap_or(from);
    let source = Arc::clone(&call.inner.source);
    let question = source.next_slots(&call.key.0, &call.key.1, from, until, window.at_most);
    let outcome = tokio::time::timeout(LOOK_UP_WITHIN, question).await.unwrap_or(Err(SlotError::Unavailable));
    call.outcome = Some(outcome);
}

impl Drop for Call {
    fn drop(&mut self) {
        let outcome = self.outcome.take().unwrap_or(Err(SlotError::Unavailable));
        let now = self.inner.clock.now();
        if let Err(error) = &outcome {
            let (service, office) = (self.key.0.as_str(), self.key.1.as_str());
            tracing::warn!(service, office, "free appointments not known: {error}");
        }
        let mut guard = self.inner.state();
        let state = &mut *guard;
        state.breaker.note(outcome.as_ref().map(|_| ()), now);
        let Some(entry) = state.entries.get_mut(&self.key) else { return };
        entry.in_flight = None;
        match outcome {
            Ok(slots) => entry.slots = Some(slots),
            Err(SlotError::Unavailable | SlotError::BadData | SlotError::RateLimited { .. }) => {}
            Err(_) => {
                entry.slots = None;
                entry.refused_until = Some(now + TimeDelta::minutes(REFUSAL_MINUTES));
            }
        }
    }
}
