//! Free appointments: what a booking system is asked and what it may answer.
//!
//! Only reading exists here. There is deliberately no type for a person, a reservation or a confirmation.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use url::Url;

/// The zone in which appointments are shown. The county is the only one served.
pub(crate) const BERLIN: Tz = chrono_tz::Europe::Berlin;

/// Free appointments as they were at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slots {
    /// When the booking system said so.
    pub as_of: DateTime<Tz>,
    /// The beginnings, in Europe/Berlin, sorted, each once. Empty: nothing is free in the window.
    pub times: Vec<DateTime<Tz>>,
    /// Whether these are all of the window. `false`: there may be more.
    pub complete: bool,
}

impl Slots {
    /// Sorts, drops what is past and what is doubled, and keeps the first `at_most`.
    pub(crate) fn of(as_of: DateTime<Tz>, mut times: Vec<DateTime<Tz>>, complete: bool, at_most: usize) -> Self {
        times.retain(|time| *time >= as_of);
        times.sort_unstable();
        times.dedup();
        let complete = complete && times.len() <= at_most;
        times.truncate(at_most);
        Self { as_of, times, complete }
    }
}

/// Why there is no answer about free appointments. The link stays valid in every case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SlotError {
    /// The installation does not offer this look-up.
    #[error("the booking system does not offer this look-up")]
    Unsupported,
    /// It does not answer, or not in time.
    #[error("the booking system is unavailable")]
    Unavailable,
    /// It asks for patience.
    #[error("the booking system asks not to be called before {until}")]
    RateLimited {
        /// No call before this time.
        until: DateTime<Tz>,
    },
    /// Free appointments are only shown to people who solve a captcha; we never do.
    #[error("the booking system demands a captcha")]
    CaptchaRequired,
    /// An operator has to mend something.
    #[error("the booking settings are wrong: {0}")]
    Misconfigured(String),
    /// The answer cannot be understood.
    #[error("the booking system's answer cannot be understood")]
    BadData,
}

/// What is wrong with a configured pair of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyProblem {
    /// The installation has no such service.
    #[error("the booking system does not know the service")]
    UnknownService,
    /// The installation has no such office.
    #[error("the booking system does not know the office")]
    UnknownOffice,
    /// Both exist, but this office does not offer this service to the public.
    #[error("the office does not offer the service to the public")]
    NotTogether,
    /// Free appointments of this office can only be seen after a captcha: it is linked, not asked.
    #[error("the office demands a captcha, so that only the link can be offered")]
    Captcha,
}

/// A booking system whose free appointments can be read.
#[async_trait::async_trait]
pub trait SlotSource: Send + Sync {
    /// The first `at_most` free appointments from `from` to `until`, both days included. `service` and `office` are
    /// the booking system's own keys. Nothing free is a success without times.
    async fn next_slots(
        &self,
        service: &str,
        office: &str,
        from: NaiveDate,
        until: NaiveDate,
        at_most: usize,
    ) -> Result<Slots, SlotError>;

    /// Whether the installation offers this service at this office to the public. `Ok(None)`: nothing is wrong. For an
    /// operator's check.
    async fn check_keys(&self, service: &str, office: &str) -> Result<Option<KeyProblem>, SlotError>;

    /// The booking page for these keys. Asks nobody.
    fn link(&self, service: &str, office: &str) -> Url;
}

/// Keys come from settings, but a slip there must not change the address that is called.
pub(crate) fn checked_key(key: &str) -> Result<&str, SlotError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if (1..=64).contains(&key.len()) && key.chars().all(plain) {
        Ok(key)
    } else {
        Err(SlotError::Misconfigured("a service or office key is not made of letters and digits".to_owned()))
    }
}

/// `base` with these path segments and query parameters appended, percent-encoded.
pub(crate) fn address(base: &Url, segments: &[&str], query: &[(&str, &str)]) -> Url {
    let mut url = base.clone();
    url.set_query(None);
    url.set_fragment(None);
    // Only `https` and `http` addresses pass the guard; those always have path segments.
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    url
}
