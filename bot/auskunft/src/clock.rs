//! The clocks of the program: the real one, and one that stands still for `--at` and evaluation.

use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use chrono_tz::{Europe::Berlin, Tz};
use faq_engine::ports::Clock;

/// The time of the machine, in the county's zone.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the program looks at the machine's clock")]
    fn now(&self) -> DateTime<Tz> {
        DateTime::<Utc>::from(SystemTime::now()).with_timezone(&Berlin)
    }
}

/// A time that only moves when it is set.
#[derive(Debug)]
pub struct SetClock(Mutex<DateTime<Tz>>);

impl SetClock {
    /// A clock that shows this time.
    pub fn at(time: DateTime<Tz>) -> Self {
        Self(Mutex::new(time))
    }

    /// Sets the time.
    pub fn set(&self, time: DateTime<Tz>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = time;
    }
}

impl Clock for SetClock {
    fn now(&self) -> DateTime<Tz> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads an RFC 3339 time and shows it in the county's zone.
pub fn parse_time(text: &str) -> Result<DateTime<Tz>, String> {
    DateTime::parse_from_rfc3339(text)
        .map(|time| time.with_timezone(&Berlin))
        .map_err(|_| format!("\"{text}\" is not a time such as 2026-12-24T10:00:00+01:00"))
}
