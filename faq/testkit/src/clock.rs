//! A clock that stands still until a test moves it.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration};
use chrono_tz::{Europe::Berlin, Tz};
use faq_engine::ports::Clock;

/// A clock that says what it was told.
#[derive(Debug)]
pub struct FixedClock(Mutex<DateTime<Tz>>);

impl FixedClock {
    /// A clock that stands at this moment.
    pub fn at(moment: DateTime<Tz>) -> Self {
        Self(Mutex::new(moment))
    }

    /// A clock that stands at this moment, written as in `2026-12-24T10:00:00+01:00`; shown in the county's zone.
    pub fn at_rfc3339(moment: &str) -> Self {
        Self::at(DateTime::parse_from_rfc3339(moment).expect("a test gives a valid moment").with_timezone(&Berlin))
    }

    /// Puts the clock to another moment, earlier or later.
    pub fn set(&self, moment: DateTime<Tz>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = moment;
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Tz> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_passes_only_when_told() {
        let clock = FixedClock::at_rfc3339("2026-10-25T02:59:00+02:00");
        assert_eq!(clock.now(), clock.now());
        clock.advance(Duration::minutes(1));
        assert_eq!(clock.now().to_rfc3339(), "2026-10-25T02:00:00+01:00", "the hour that comes twice");
    }
}
