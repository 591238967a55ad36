//! The only way out of this crate: GET, guarded, short and small.

use std::error::Error;
use std::io::Read;
use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use chrono_tz::Tz;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, HeaderMap, RETRY_AFTER};
use reqwest::{Client, redirect};
use url::Url;

use crate::guard::{AllowedHosts, Refused};
use crate::slots::SlotError;

const CONNECT_WITHIN: Duration = Duration::from_secs(1);
const ANSWER_WITHIN: Duration = Duration::from_secs(3);
const REDIRECTS: usize = 3;
const BODY_BYTES: usize = 256 * 1024;
/// A 429 without a time: the longest window either system counts in.
const PATIENCE_SECONDS: i64 = 120;
const LONGEST_PATIENCE_SECONDS: i64 = 3600;

/// An HTTP client that only reads, only from allowed hosts, for at most 3 seconds and 256 KiB.
///
/// Redirects stay on the same scheme, host and port; proxies of the environment are not used, because behind one the
/// check of the resolved address would be void. Bodies are never logged.
#[derive(Debug, Clone)]
pub struct GuardedHttp {
    client: Client,
    allowed: AllowedHosts,
}

/// The client could not be built, for example because the system's certificates cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the client for booking systems cannot be built")]
pub struct NoClient(#[from] reqwest::Error);

/// What came back: any status, and a body within the limits.
pub(crate) struct Fetched {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    retry_after: Option<i64>,
}

impl Fetched {
    /// When to call again after a 429.
    pub(crate) fn rate_limited(&self, now: DateTime<Tz>) -> SlotError {
        let seconds = self.retry_after.unwrap_or(PATIENCE_SECONDS).clamp(1, LONGEST_PATIENCE_SECONDS);
        SlotError::RateLimited { until: now + TimeDelta::seconds(seconds) }
    }
}

impl GuardedHttp {
    /// A client. `allowed` are host names or addresses, without port, that may lie in the own network and may speak
    /// plain http; usually none.
    pub fn new(allowed: impl IntoIterator<Item = String>) -> Result<Self, NoClient> {
        let allowed = AllowedHosts::new(allowed);
        let client = Client::builder()
            .user_agent(concat!("Auskunft/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN)
            .redirect(redirect::Policy::custom(stay_at_home))
            .dns_resolver(std::sync::Arc::new(allowed.clone()))
            .referer(false)
            .no_proxy()
            .no_gzip()
            .build()?;
        Ok(Self { client, allowed })
    }

    /// Whether this address may be called at all. Asks nobody: what a name resolves to is checked at each call.
    pub fn check(&self, url: &Url) -> Result<(), Refused> {
        self.allowed.check(url)
    }

    pub(crate) async fn get(&self, url: Url, bearer: Option<&str>) -> Result<Fetched, SlotError> {
        self.check(&url).map_err(misconfigured)?;
        let mut request = self.client.get(url).header(ACCEPT, "application/json").header(ACCEPT_ENCODING, "gzip");
        if let Some(token) = bearer {
            request = request.bearer_auth(token);
        }
        let mut answer = request.send().await.map_err(|error| failure(&error))?;
        let status = answer.status().as_u16();
        let retry_after = whole_seconds(answer.headers());
        let encoding = answer.headers().get(CONTENT_ENCODING).map(|value| value.as_bytes().to_ascii_lowercase());
        let mut wire = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| failure(&error))? {
            if wire.len() + chunk.len() > BODY_BYTES {
                tracing::warn!(status, "booking system's answer is too large");
                return Err(SlotError::BadData);
            }
            wire.extend_from_slice(&chunk);
        }
        let body = match encoding.as_deref() {
            None | Some(b"identity") => wire,
            Some(b"gzip" | b"x-gzip") => unpacked(&wire)?,
            Some(_) => return Err(SlotError::BadData),
        };
        Ok(Fetched { status, body, retry_after })
    }
}

/// Stops one byte after the limit, so that a bomb costs no more than an honest answer.
fn unpacked(wire: &[u8]) -> Result<Vec<u8>, SlotError> {
    let mut body = Vec::new();
    let limit = BODY_BYTES as u64 + 1;
    flate2::read::GzDecoder::new(wire).take(limit).read_to_end(&mut body).map_err(|_| SlotError::BadData)?;
    if body.len() > BODY_BYTES { Err(SlotError::BadData) } else { Ok(body) }
}

fn stay_at_home(attempt: redirect::Attempt<'_>) -> redirect::Action {
    let same_origin = attempt.previous().first().is_some_and(|first| first.origin() == attempt.url().origin());
    if !same_origin || attempt.previous().len() > REDIRECTS {
        tracing::warn!(same_origin, "booking system's redirect refused");
        return attempt.error("redirect refused");
    }
    attempt.follow()
}

/// Only the number form; the other form, a date, is not worth a parser.
fn whole_seconds(headers: &HeaderMap) -> Option<i64> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

/// reqwest's text holds the whole address, which is nothing a log needs; the kind says enough.
fn failure(error: &reqwest::Error) -> SlotError {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(current) = cause {
        if let Some(refused) = current.downcast_ref::<Refused>() {
            tracing::warn!("booking system's address refused: {refused}");
            return misconfigured(*refused);
        }
        cause = current.source();
    }
    let (timeout, connect, redirect) = (error.is_timeout(), error.is_connect(), error.is_redirect());
    tracing::debug!(timeout, connect, redirect, "call to the booking system failed");
    SlotError::Unavailable
}

fn misconfigured(refused: Refused) -> SlotError {
    SlotError::Misconfigured(format!("the address of the booking system may not be called: {refused}"))
}
