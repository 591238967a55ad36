//! When a booking system is left in peace.

use chrono::{DateTime, TimeDelta};
use chrono_tz::Tz;

use crate::slots::SlotError;

const FAILURES: u32 = 5;
const OPEN_SECONDS: i64 = 60;

/// Counts failures in a row. After five no call for a minute, then one as a probe.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    failures: u32,
    closed_to_calls_until: Option<DateTime<Tz>>,
    probing: bool,
}

impl Breaker {
    /// Whether a call may be made now. A `true` must be followed by `note`.
    pub(crate) fn lets_through(&mut self, now: DateTime<Tz>) -> bool {
        let Some(until) = self.closed_to_calls_until else { return true };
        if now < until || self.probing {
            return false;
        }
        self.probing = true;
        true
    }

    /// Notes how a call ended. A captcha or a wrong key is an answer: the system is alive.
    pub(crate) fn note(&mut self, outcome: Result<(), &SlotError>, now: DateTime<Tz>) {
        let was_probe = std::mem::take(&mut self.probing);
        match outcome {
            Err(SlotError::RateLimited { until }) => {
                self.closed_to_calls_until = self.closed_to_calls_until.max(Some(*until));
            }
            Err(SlotError::Unavailable | SlotError::BadData) => {
                self.failures = self.failures.saturating_add(1);
                if was_probe || self.failures >= FAILURES {
                    let until = now + TimeDelta::seconds(OPEN_SECONDS);
                    self.closed_to_calls_until = self.closed_to_calls_until.max(Some(until));
                }
            }
            _ => {
                self.failures = 0;
                // An older call that ends well does not lift the patience asked for meanwhile.
                if self.closed_to_calls_until.is_some_and(|until| until <= now) {
                    self.closed_to_calls_until = None;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;
    use crate::slots::BERLIN;

    fn second(second: i64) -> DateTime<Tz> {
        BERLIN.timestamp_opt(1_788_332_400 + second, 0).single().expect("a time")
    }

    #[test]
    fn five_failures_open_for_a_minute_and_one_probe_follows() {
        let mut breaker = Breaker::default();
        for call in 0..5 {
            assert!(breaker.lets_through(second(call)));
            breaker.note(Err(&SlotError::Unavailable), second(call));
        }
        assert!(!breaker.lets_through(second(63)));
        assert!(breaker.lets_through(second(64)), "the probe");
        assert!(!breaker.lets_through(second(64)), "only one");
        breaker.note(Err(&SlotError::BadData), second(65));
        assert!(!breaker.lets_through(second(124)));
        assert!(breaker.lets_through(second(125)));
        breaker.note(Ok(()), second(125));
        assert!(breaker.lets_through(second(125)) && breaker.lets_through(second(125)));
    }

    #[test]
    fn patience_asked_for_is_kept() {
        let mut breaker = Breaker::default();
        breaker.note(Err(&SlotError::RateLimited { until: second(90) }), second(0));
        breaker.note(Ok(()), second(1));
        assert!(!breaker.lets_through(second(89)));
        assert!(breaker.lets_through(second(90)));
    }

    #[test]
    fn a_captcha_is_no_failure() {
        let mut breaker = Breaker::default();
        for _ in 0..9 {
            breaker.note(Err(&SlotError::CaptchaRequired), second(0));
        }
        assert!(breaker.lets_through(second(0)));
    }
}
