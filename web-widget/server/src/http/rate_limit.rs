//! Nobody keeps the desk from others by asking faster than people can.
//!
//! Addresses are personal data, so none is kept: a client is a hash under a random key that is thrown away every hour
//! together with all it counted. An IPv6 client owns a whole /64 and counts as one.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use sha2::{Digest, Sha256};

use crate::http::errors::{Refusal, Refused};
use crate::site::{Site, random};

/// Counts what each client did in the last minute.
pub(crate) struct RateLimit {
    per_minute: u32,
    counted: Mutex<Counted>,
}

struct Counted {
    key: [u8; 32],
    since: Instant,
    buckets: HashMap<(Toll, u64), Bucket>,
}

/// Refills steadily; each request takes one token out.
struct Bucket {
    tokens: f64,
    at: Instant,
}

/// What a request costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Toll {
    /// It makes the desk think or calls another server.
    Asking,
    /// It only reads.
    Reading,
}

impl Toll {
    /// What this request costs; `None`: nothing.
    fn of(method: &Method, path: &str) -> Option<Self> {
        let is_ours = path.starts_with("/api/") || path == "/chat" || path.starts_with("/chat/");
        match (is_ours, method) {
            (false, _) => None,
            (true, method) if method == Method::OPTIONS => None,
            (true, method) if method == Method::POST || path == "/api/v1/appointments" => Some(Self::Asking),
            (true, _) => Some(Self::Reading),
        }
    }

    /// Suggestions come with every key that is pressed.
    fn share(self) -> f64 {
        match self {
            Self::Asking => 1.0,
            Self::Reading => 10.0,
        }
    }
}

impl RateLimit {
    const KEY_LIVES: Duration = Duration::from_secs(60 * 60);
    /// About 5 MB.
    const MOST_CLIENTS: usize = 50_000;

    /// `per_minute` 0: no limit.
    pub(crate) fn new(per_minute: u32, now: Instant) -> Self {
        Self { per_minute, counted: Mutex::new(Counted { key: random(), since: now, buckets: HashMap::new() }) }
    }

    /// Counts a request. Refused with the seconds until the next one will do.
    pub(crate) fn pass(&self, client: IpAddr, toll: Toll, now: Instant) -> Result<(), u64> {
        if self.per_minute == 0 {
            return Ok(());
        }
        let capacity = f64::from(self.per_minute) * toll.share();
        let per_second = capacity / 60.0;
        // A panic while counting leaves a count that is off by one, which is no reason to stop.
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.forget_old(now);
        let client = counted.hash(client);
        let bucket = counted.buckets.entry((toll, client)).or_insert(Bucket { tokens: capacity, at: now });
        let refilled = bucket.tokens + now.saturating_duration_since(bucket.at).as_secs_f64() * per_second;
        bucket.tokens = refilled.min(capacity);
        bucket.at = now;
        if bucket.tokens < 1.0 {
            // The value is between 1 and 60 seconds.
            return Err(((1.0 - bucket.tokens) / per_second).ceil().max(1.0) as u64);
        }
        bucket.tokens -= 1.0;
        Ok(())
    }
}

impl Counted {
    fn forget_old(&mut self, now: Instant) {
        if now.saturating_duration_since(self.since) > RateLimit::KEY_LIVES {
            *self = Self { key: random(), since: now, buckets: HashMap::new() };
        }
        if self.buckets.len() < RateLimit::MOST_CLIENTS {
            return;
        }
        // After a minute every bucket is full again and says nothing.
        self.buckets.retain(|_, bucket| now.saturating_duration_since(bucket.at) < Duration::from_secs(60));
        if self.buckets.len() >= RateLimit::MOST_CLIENTS {
            // So many clients at once are an attack or a catastrophe; either way memory is worth more than counts.
            self.buckets.clear();
        }
    }

    fn hash(&self, client: IpAddr) -> u64 {
        let mut hash = Sha256::new_with_prefix(self.key);
        match client {
            IpAddr::V4(address) => hash.update(address.octets()),
            IpAddr::V6(address) => hash.update(&address.octets()[..8]),
        }
        let hash = hash.finalize();
        u64::from_le_bytes(*hash.first_chunk().expect("SHA-256 has 32 bytes"))
    }
}

/// Turns away who asks too fast.
pub(crate) async fn count(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    let site = Site::of(request.request()).clone();
    let toll = Toll::of(request.method(), request.path());
    // A connection without an address is one of our own tests or a Unix socket.
    let client = site.settings.trusted_proxies.client_of(request.request());
    if let (Some(toll), Some(client)) = (toll, client)
        && let Err(retry_after) = site.rate_limit.pass(client, toll, Instant::now())
    {
        let refused = Refused::from(Refusal::TooManyRequests { retry_after });
        return Ok(request.error_response(refused).map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIENT: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 9));

    #[test]
    fn who_asks_too_fast_waits_and_may_ask_again() {
        let start = Instant::now();
        let limit = RateLimit::new(6, start);
        for _ in 0..6 {
            assert_eq!(limit.pass(CLIENT, Toll::Asking, start), Ok(()));
        }
        assert_eq!(limit.pass(CLIENT, Toll::Asking, start), Err(10));
        assert_eq!(limit.pass(CLIENT, Toll::Reading, start), Ok(()), "reading is counted apart");
        assert_eq!(limit.pass("203.0.113.10".parse().unwrap(), Toll::Asking, start), Ok(()), "so is everybody else");
        assert_eq!(limit.pass(CLIENT, Toll::Asking, start + Duration::from_secs(10)), Ok(()));
    }

    #[test]
    fn one_ipv6_network_is_one_client() {
        let start = Instant::now();
        let limit = RateLimit::new(1, start);
        assert!(limit.pass("2001:db8::1".parse().unwrap(), Toll::Asking, start).is_ok());
        assert!(limit.pass("2001:db8::2".parse().unwrap(), Toll::Asking, start).is_err());
        assert!(limit.pass("2001:db8:0:1::1".parse().unwrap(), Toll::Asking, start).is_ok());
    }

    #[test]
    fn the_key_is_thrown_away_every_hour() {
        let start = Instant::now();
        let limit = RateLimit::new(1, start);
        let key = || limit.counted.lock().unwrap().key;
        let first = key();
        limit.pass(CLIENT, Toll::Asking, start).unwrap();
        assert_eq!(first, key());
        limit.pass(CLIENT, Toll::Asking, start + Duration::from_secs(3601)).unwrap();
        assert_ne!(first, key());
    }

    #[test]
    fn memory_is_bounded() {
        let start = Instant::now();
        let limit = RateLimit::new(1, start);
        for number in 0..60_000_u32 {
            let _ = limit.pass(IpAddr::V4(number.into()), Toll::Asking, start);
        }
        assert!(limit.counted.lock().unwrap().buckets.len() <= RateLimit::MOST_CLIENTS);
    }

    #[test]
    fn zero_is_no_limit() {
        let start = Instant::now();
        let limit = RateLimit::new(0, start);
        assert!((0..1000).all(|_| limit.pass(CLIENT, Toll::Asking, start).is_ok()));
    }
}
