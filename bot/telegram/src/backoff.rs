//! How long to wait before trying again.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// Pauses that double up to a limit, each shortened by up to half at random, so that many programs that lost the same
/// server do not come back in step.
#[derive(Debug)]
pub(crate) struct Backoff {
    first: Duration,
    longest: Duration,
    next: Duration,
}

impl Backoff {
    /// For a server or a network that will probably be back soon.
    pub(crate) fn for_outage() -> Self {
        Self::between(Duration::from_millis(500), Duration::from_secs(30))
    }

    /// For what only a person can mend.
    pub(crate) fn for_operator() -> Self {
        Self::between(Duration::from_secs(5), Duration::from_secs(60))
    }

    fn between(first: Duration, longest: Duration) -> Self {
        Self { first, longest, next: first }
    }

    /// The next pause.
    pub(crate) fn pause(&mut self) -> Duration {
        let pause = self.next;
        self.next = (pause * 2).min(self.longest);
        pause.mul_f64(1.0 - chance() / 2.0)
    }

    /// It worked: start again with short pauses.
    pub(crate) fn reset(&mut self) {
        self.next = self.first;
    }
}

/// A number from 0 to 1. The standard library's randomly keyed hasher is chance enough for a pause; it spares a crate.
fn chance() -> f64 {
    f64::from(RandomState::new().hash_one(()) as u32) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_the_limit_and_start_again_after_success() {
        let mut backoff = Backoff::for_outage();
        let pauses: Vec<Duration> = (0..12).map(|_| backoff.pause()).collect();
        assert!(pauses[0] >= Duration::from_millis(250) && pauses[0] <= Duration::from_millis(500));
        assert!(pauses[11] >= Duration::from_secs(15) && pauses[11] <= Duration::from_secs(30));
        backoff.reset();
        assert!(backoff.pause() <= Duration::from_millis(500));
    }
}
