//! Free appointments from Easy!Appointments 1.5 and 1.6 over its REST interface.
//!
//! It answers for one provider and one day per call, so that a look-up is bounded: 5 working days, 3 providers.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Weekday};
use chrono_tz::Tz;
use faq_engine::ports::Clock;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::guard::Refused;
use crate::http::GuardedHttp;
use crate::slots::{BERLIN, KeyProblem, SlotError, SlotSource, Slots, address, checked_key};

const WORKING_DAYS: usize = 5;
const PROVIDERS: usize = 3;
const PROVIDERS_KEPT_HOURS: i64 = 1;

/// The installation's API token. It grants writing as well, so it is never shown.
#[derive(Clone)]
pub struct ApiToken(String);

impl ApiToken {
    /// Wraps a token.
    pub fn new(token: String) -> Self {
        Self(token)
    }
}

impl fmt::Debug for ApiToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiToken")
    }
}

/// An Easy!Appointments installation. An office key is the number of a provider, or up to three with commas between.
pub struct EasyAppointments {
    http: GuardedHttp,
    root: Url,
    token: ApiToken,
    clock: Arc<dyn Clock>,
    zones: Mutex<Option<(Arc<Providers>, DateTime<Tz>)>>,
}

/// Time zone and services of each provider.
type Providers = HashMap<i64, (Tz, Vec<i64>)>;

impl EasyAppointments {
    /// An installation. `root` is the address under which its `index.php` lies.
    pub fn new(http: GuardedHttp, root: Url, token: ApiToken, clock: Arc<dyn Clock>) -> Result<Self, Refused> {
        http.check(&root)?;
        Ok(Self { http, root, token, clock, zones: Mutex::default() })
    }

    async fn get(&self, route: &str, query: &[(&str, &str)]) -> Result<Vec<u8>, SlotError> {
        let url = address(&self.root, &["index.php", "api", "v1", route], query);
        let answer = self.http.get(url, Some(&self.token.0)).await?;
        match answer.status {
            200 => Ok(answer.body),
            401 | 403 => Err(SlotError::Misconfigured("the booking system refuses the token".to_owned())),
            404 => Err(SlotError::Misconfigured("the booking system does not know this address or key".to_owned())),
            429 => Err(answer.rate_limited(self.clock.now())),
            // It says 500 for a wrong key as well; which of both it is only a person can tell.
            _ => Err(SlotError::Unavailable),
        }
    }

    async fn providers(&self) -> Result<Arc<Providers>, SlotError> {
        let now = self.clock.now();
        let kept = self.zones.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((providers, at)) = kept
            && now.signed_duration_since(at) < TimeDelta::hours(PROVIDERS_KEPT_HOURS)
        {
            return Ok(providers);
        }
        // Without `fields` it would send names and telephone numbers of staff.
        let body = self.get("providers", &[("fields", "id,timezone,services"), ("length", "200")]).await?;
        let providers = Arc::new(parse_providers(&body)?);
        *self.zones.lock().unwrap_or_else(PoisonError::into_inner) = Some((Arc::clone(&providers), now));
        Ok(providers)
    }
}

#[async_trait::async_trait]
impl SlotSource for EasyAppointments {
    async fn next_slots(
        &self,
        service: &str,
        office: &str,
        from: NaiveDate,
        until: NaiveDate,
        at_most: usize,
    ) -> Result<Slots, SlotError> {
        let service_id: i64 = checked_key(service)?.parse().map_err(|_| no_number())?;
        let asked: Vec<&str> = office.split(',').map(str::trim).collect();
        let known = self.providers().await?;
        let mut providers = Vec::new();
        for key in asked.iter().take(PROVIDERS) {
            let id: i64 = checked_key(key)?.parse().map_err(|_| no_number())?;
            let (zone, services) = known.get(&id).ok_or_else(|| unknown("the provider is not known"))?;
            if !services.contains(&service_id) {
                return Err(unknown("the provider does not offer the service"));
            }
            providers.push((id.to_string(), *zone));
        }
        let open = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let mut days = from.iter_days().take_while(|day| *day <= until).take(366).filter(open);
        let mut times = Vec::new();
        let mut complete = asked.len() <= PROVIDERS;
        let service = service_id.to_string();
        for day in days.by_ref().take(WORKING_DAYS) {
            if times.len() >= at_most {
                complete = false;
                break;
            }
            let date = day.to_string();
            for (id, zone) in &providers {
                let query = [("providerId", id.as_str()), ("serviceId", service.as_str()), ("date", date.as_str())];
                times.extend(parse_times(&self.get("availabilities", &query).await?, day, *zone)?);
            }
        }
        complete &= days.next().is_none();
        Ok(Slots::of(self.clock.now(), times, complete, at_most))
    }

    async fn check_keys(&self, service: &str, office: &str) -> Result<Option<KeyProblem>, SlotError> {
        let service_id: i64 = checked_key(service)?.parse().map_err(|_| no_number())?;
        let known = self.providers().await?;
        if !known.values().any(|(_, services)| services.contains(&service_id)) {
            return Ok(Some(KeyProblem::UnknownService));
        }
        for key in office.split(',').map(str::trim) {
            let id: i64 = checked_key(key)?.parse().map_err(|_| no_number())?;
            match known.get(&id) {
                None => return Ok(Some(KeyProblem::UnknownOffice)),
                Some((_, services)) if !services.contains(&service_id) => return Ok(Some(KeyProblem::NotTogether)),
                Some(_) => {}
            }
        }
        Ok(None)
    }

    fn link(&self, service: &str, office: &str) -> Url {
        let mut query = Vec::new();
        if checked_key(service).is_ok() {
            query.push(("service", service));
        }
        // Several providers: the page lets people choose.
        if checked_key(office).is_ok() {
            query.push(("provider", office));
        }
        address(&self.root, &["index.php"], &query)
    }
}

fn no_number() -> SlotError {
    unknown("a service or office key is not a number")
}

fn unknown(what: &str) -> SlotError {
    SlotError::Misconfigured(what.to_owned())
}

fn parse_providers(body: &[u8]) -> Result<Providers, SlotError> {
    #[derive(Deserialize)]
    struct Provider {
        id: i64,
        timezone: String,
        services: Vec<i64>,
    }
    let providers: Vec<Provider> = read(body)?;
    // One provider with an odd zone must not silence the others; asked for, it counts as not known.
    let zoned = |provider: Provider| Some((provider.id, (provider.timezone.parse().ok()?, provider.services)));
    Ok(providers.into_iter().filter_map(zoned).collect())
}

/// `["09:30","13:00"]` in the provider's zone. A time in the hour that is skipped in March does not exist and is left
/// out; in the hour that comes twice in October the first is meant.
fn parse_times(body: &[u8], day: NaiveDate, zone: Tz) -> Result<Vec<DateTime<Tz>>, SlotError> {
    let texts: Vec<String> = read(body)?;
    let mut times = Vec::with_capacity(texts.len());
    for text in texts {
        let time = NaiveTime::parse_from_str(&text, "%H:%M").map_err(|_| SlotError::BadData)?;
        times.extend(zone.from_local_datetime(&day.and_time(time)).earliest().map(|at| at.with_timezone(&BERLIN)));
    }
    Ok(times)
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, SlotError> {
    serde_json::from_slice(body).map_err(|_| SlotError::BadData)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_skipped_hour_is_left_out_and_the_doubled_hour_is_its_first() {
        let texts = br#"["01:30","02:30","03:30"]"#;
        let utc = |date| {
            let times = parse_times(texts, day(date), BERLIN).expect("readable");
            times.iter().map(|time| time.naive_utc().format("%H:%M").to_string()).collect::<Vec<_>>()
        };
        assert_eq!(utc("2027-03-28"), ["00:30", "01:30"]);
        assert_eq!(utc("2026-10-25"), ["23:30", "00:30", "02:30"]);
    }

    #[test]
    fn a_token_is_never_shown() {
        assert_eq!(format!("{:?}", ApiToken::new("geheim".to_owned())), "ApiToken");
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_parsers_panic(body in proptest::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,12}") {
            let _ = (parse_providers(&body), parse_times(&body, day("2026-10-25"), BERLIN));
            let list = serde_json::to_vec(&[text]).expect("a text is JSON");
            let _ = parse_times(&list, day("2027-03-28"), BERLIN);
        }
    }
}
