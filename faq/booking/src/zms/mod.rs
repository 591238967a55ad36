//! Free appointments from ZMS (it-at-m/eappointment), the citizen API of both generations.
//!
//! Since 2.25.00-muc46 one calendar call replaces the older routes. Which generation answers is found out by asking
//! and remembered for a day, because installations are updated without telling us.

mod wire;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, NaiveDate, TimeDelta};
use chrono_tz::Tz;
use faq_engine::ports::Clock;
use url::Url;

use crate::guard::Refused;
use crate::http::GuardedHttp;
use crate::slots::{BERLIN, KeyProblem, SlotError, SlotSource, Slots, address, checked_key};
use wire::Catalogue;

const GENERATION_HOURS: i64 = 24;
const CATALOGUE_HOURS: i64 = 1;
const CATALOGUE_LAST_RESORT_HOURS: i64 = 24;
const CATALOGUE_RETRY_MINUTES: i64 = 10;
const LONGEST_WINDOW_DAYS: i64 = 365;
/// Generation 1 needs a call per day.
const DAYS_ASKED: usize = 3;

/// A ZMS installation.
pub struct ZmsCitizen {
    http: GuardedHttp,
    api: Url,
    page: Url,
    clock: Arc<dyn Clock>,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    generation: Option<(Generation, DateTime<Tz>)>,
    catalogue: Option<(Arc<Catalogue>, DateTime<Tz>)>,
    catalogue_tried: Option<DateTime<Tz>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Generation {
    Two,
    /// `…-by-office/` routes.
    OneByOffice,
    /// The routes before those.
    One,
}

/// What a call means.
enum Meaning {
    Answer(Vec<u8>),
    NothingFree,
    NoSuchRoute,
}

impl ZmsCitizen {
    /// An installation. `api` ends in `/api/citizen`; `page` is the page that holds the booking form.
    pub fn new(http: GuardedHttp, api: Url, page: Url, clock: Arc<dyn Clock>) -> Result<Self, Refused> {
        http.check(&api)?;
        http.check(&page)?;
        Ok(Self { http, api, page, clock, memory: Mutex::default() })
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        // Nothing panics while holding it, and each field is whole by itself.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn fetch_catalogue(&self) -> Result<Arc<Catalogue>, SlotError> {
        let now = self.clock.now();
        self.memory().catalogue_tried = Some(now);
        let body = match self.call("offices-and-services", &[]).await? {
            Meaning::Answer(body) => body,
            Meaning::NothingFree | Meaning::NoSuchRoute => return Err(SlotError::Unsupported),
        };
        let catalogue = Arc::new(wire::catalogue(&body)?);
        self.memory().catalogue = Some((Arc::clone(&catalogue), now));
        Ok(catalogue)
    }

    /// The catalogue if there is one. Without it the look-up goes on: an office that demands a captcha then says so.
    async fn catalogue(&self) -> Result<Option<Arc<Catalogue>>, SlotError> {
        let now = self.clock.now();
        let (kept, tried) = {
            let memory = self.memory();
            (memory.catalogue.clone(), memory.catalogue_tried)
        };
        let younger = |since: DateTime<Tz>, limit: TimeDelta| now.signed_duration_since(since) < limit;
        let fallback = kept
            .as_ref()
            .filter(|(_, at)| younger(*at, TimeDelta::hours(CATALOGUE_LAST_RESORT_HOURS)))
            .map(|(catalogue, _)| Arc::clone(catalogue));
        let fresh = kept.is_some_and(|(_, at)| younger(at, TimeDelta::hours(CATALOGUE_HOURS)));
        if fresh || tried.is_some_and(|at| younger(at, TimeDelta::minutes(CATALOGUE_RETRY_MINUTES))) {
            return Ok(fallback);
        }
        match self.fetch_catalogue().await {
            Ok(catalogue) => Ok(Some(catalogue)),
            Err(limited @ SlotError::RateLimited { .. }) => Err(limited),
            Err(_) => Ok(fallback),
        }
    }

    /// The generations to try, the likeliest first.
    fn generations(&self) -> Vec<Generation> {
        let all = [Generation::Two, Generation::OneByOffice, Generation::One];
        let now = self.clock.now();
        let known = self
            .memory()
            .generation
            .filter(|(_, at)| now.signed_duration_since(*at) < TimeDelta::hours(GENERATION_HOURS))
            .map(|(generation, _)| generation);
        known.into_iter().chain(all.into_iter().filter(|other| Some(*other) != known)).collect()
    }

    fn remember(&self, generation: Generation) {
        let mut memory = self.memory();
        if memory.generation.is_none_or(|(known, at)| {
            known != generation || self.clock.now().signed_duration_since(at) >= TimeDelta::hours(GENERATION_HOURS)
        }) {
            memory.generation = Some((generation, self.clock.now()));
        }
    }

    async fn call(&self, route: &str, query: &[(&str, &str)]) -> Result<Meaning, SlotError> {
        // The empty segment is the final slash, without which generation 2 does not know its routes.
        let answer = self.http.get(address(&self.api, &[route, ""], query), None).await?;
        if answer.status == 200 {
            return Ok(Meaning::Answer(answer.body));
        }
        if answer.status == 429 {
            return Err(answer.rate_limited(self.clock.now()));
        }
        let code = wire::error_code(&answer.body);
        match (answer.status, code.as_deref()) {
            (404, Some("notFound")) => Ok(Meaning::NoSuchRoute),
            (404, Some(code)) if code.starts_with("noAppointmentFor") || code == "appointmentNotAvailable" => {
                Ok(Meaning::NothingFree)
            }
            (400, Some(code)) if code.starts_with("captcha") => Err(SlotError::CaptchaRequired),
            (400, Some(code)) if code.starts_with("invalid") => Err(SlotError::Misconfigured(complaint(code))),
            _ => Err(SlotError::Unavailable),
        }
    }

    /// Times in Unix seconds and whether they are all; nothing if the installation lacks the route.
    async fn ask(
        &self,
        generation: Generation,
        question: &Question<'_>,
    ) -> Result<Option<(Vec<i64>, bool)>, SlotError> {
        let suffix = match generation {
            Generation::Two => return self.ask_calendar(question).await,
            Generation::OneByOffice => "-by-office",
            Generation::One => "",
        };
        let (from, until) = (question.from.to_string(), question.until.to_string());
        let keys = [("officeId", question.office), ("serviceId", question.service), ("serviceCount", "1")];
        let mut query = keys.to_vec();
        query.extend([("startDate", from.as_str()), ("endDate", until.as_str())]);
        let mut days = match self.call(&format!("available-days{suffix}"), &query).await? {
            Meaning::Answer(body) => wire::days(&body)?,
            Meaning::NothingFree => return Ok(Some((Vec::new(), true))),
            Meaning::NoSuchRoute => return Ok(None),
        };
        days.retain(|day| (question.from..=question.until).contains(day));
        let mut times = Vec::new();
        let mut asked = 0;
        for day in days.iter().take(DAYS_ASKED) {
            if times.len() >= question.at_most {
                break;
            }
            let date = day.to_string();
            let mut query = keys.to_vec();
            query.push(("date", date.as_str()));
            match self.call(&format!("available-appointments{suffix}"), &query).await? {
                Meaning::Answer(body) => times.extend(wire::appointments(&body, question.office)?),
                Meaning::NothingFree => {}
                Meaning::NoSuchRoute => return Ok(None),
            }
            asked += 1;
        }
        Ok(Some((times, asked == days.len())))
    }

    async fn ask_calendar(&self, question: &Question<'_>) -> Result<Option<(Vec<i64>, bool)>, SlotError> {
        let (from, until) = (question.from.to_string(), question.until.to_string());
        let query = [
            ("startDate", from.as_str()),
            ("endDate", until.as_str()),
            ("officeIds", question.office),
            ("serviceIds", question.service),
            ("serviceCounts", "1"),
            ("slotsStartDate", from.as_str()),
            ("slotsEndDate", until.as_str()),
        ];
        Ok(match self.call("available-calendar", &query).await? {
            Meaning::Answer(body) => {
                let calendar = wire::calendar(&body, question.office)?;
                Some((calendar.times, calendar.complete))
            }
            Meaning::NothingFree => Some((Vec::new(), true)),
            Meaning::NoSuchRoute => None,
        })
    }
}

struct Question<'a> {
    service: &'a str,
    office: &'a str,
    from: NaiveDate,
    until: NaiveDate,
    at_most: usize,
}

/// The code comes from outside: letters only, and not many.
fn complaint(code: &str) -> String {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).take(60).collect();
    format!("the booking system says {letters}")
}

#[async_trait::async_trait]
impl SlotSource for ZmsCitizen {
    async fn next_slots(
        &self,
        service: &str,
        office: &str,
        from: NaiveDate,
        until: NaiveDate,
        at_most: usize,
    ) -> Result<Slots, SlotError> {
        let longest = from.checked_add_signed(TimeDelta::days(LONGEST_WINDOW_DAYS)).unwrap_or(from);
        let until = until.min(longest).max(from);
        let question = Question { service: checked_key(service)?, office: checked_key(office)?, from, until, at_most };
        if self.catalogue().await?.is_some_and(|catalogue| catalogue.captcha.contains(office)) {
            return Err(SlotError::CaptchaRequired);
        }
        for generation in self.generations() {
            let Some((seconds, complete)) = self.ask(generation, &question).await? else { continue };
            self.remember(generation);
            let mut times = Vec::with_capacity(seconds.len());
            for second in seconds {
                let time = DateTime::from_timestamp(second, 0).ok_or(SlotError::BadData)?.with_timezone(&BERLIN);
                if (from..=until).contains(&time.date_naive()) {
                    times.push(time);
                }
            }
            return Ok(Slots::of(self.clock.now(), times, complete, at_most));
        }
        Err(SlotError::Unsupported)
    }

    async fn check_keys(&self, service: &str, office: &str) -> Result<Option<KeyProblem>, SlotError> {
        let catalogue = self.fetch_catalogue().await?;
        let (service, office) = (service.to_owned(), office.to_owned());
        Ok(if !catalogue.services.contains(&service) {
            Some(KeyProblem::UnknownService)
        } else if !catalogue.offices.contains(&office) {
            Some(KeyProblem::UnknownOffice)
        } else if catalogue.captcha.contains(&office) {
            Some(KeyProblem::Captcha)
        } else if !catalogue.relations.contains(&(service, office)) {
            Some(KeyProblem::NotTogether)
        } else {
            None
        })
    }

    fn link(&self, service: &str, office: &str) -> Url {
        let mut url = self.page.clone();
        let (Ok(service), Ok(office)) = (checked_key(service), checked_key(office)) else { return url };
        url.query_pairs_mut().append_pair("exclusiveLocation", "1");
        url.set_fragment(Some(&format!("/services/{service}/locations/{office}")));
        url
    }
}
