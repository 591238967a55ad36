//! Booking systems as far as the desk can tell: a ZMS and an Easy!Appointments that remember what they were asked, and
//! that can fail in every way real ones do.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use actix_web::dev::ServerHandle;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, LOCATION};
use actix_web::web::{self, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use serde_json::{Value, json};

/// A running booking system. It ends when dropped.
pub struct FakeBooking {
    state: Arc<Mutex<State>>,
    url: String,
    server: ServerHandle,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It thinks for this long.
    Slow(Duration),
    /// It answers with this status and no body; for 429 without saying how long.
    Status(u16),
    /// It answers with a page for people.
    Html,
    /// It answers with 5 MB.
    Huge,
    /// It sends the caller elsewhere.
    Redirect(String),
    /// What should be a number is a text, and the other way round.
    WrongTypes,
    /// Half an answer.
    Truncated,
}

#[derive(Default)]
struct State {
    trouble: Option<Trouble>,
    /// Offices and days until the first free appointment.
    free: Vec<(&'static str, u64)>,
    asked: Vec<String>,
}

/// Both shapes of `combinable` that installations send.
const SERVICES: &str = r#"[{"id": 1001, "combinable": {"1": {"1001": [4711]}}}, {"id": 1002, "combinable": []}]"#;
const OFFICES: [&str; 2] = ["4711", "4712"];

impl FakeBooking {
    /// A system in which 4711 and 4712 offer service 1001, or providers 2 and 3 service 5.
    pub async fn open() -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Data::from(state.clone());
        let app = move || App::new().app_data(shared.clone()).default_service(web::to(handle));
        let server = HttpServer::new(app).workers(1).disable_signals().shutdown_timeout(0);
        let server = server.bind(("127.0.0.1", 0)).expect("a free port");
        let url = format!("http://{}", server.addrs()[0]);
        let server = server.run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { state, url, server: handle }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The first free appointment of each office is so many days away; a second one is an hour later.
    pub fn has_free(&self, free: &[(&'static str, u64)]) {
        self.state().free = free.to_vec();
    }

    /// From now on this goes wrong, or nothing.
    pub fn gets(&self, trouble: impl Into<Option<Trouble>>) {
        self.state().trouble = trouble.into();
    }

    /// Every request line and header it has seen, each in lower case.
    pub fn heard(&self) -> Vec<String> {
        self.state().asked.clone()
    }

    /// How often free appointments were asked for.
    pub fn look_ups(&self) -> usize {
        self.state()
            .asked
            .iter()
            .filter(|line| line.contains("available-calendar") || line.contains("availabilities"))
            .count()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for FakeBooking {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

async fn handle(request: HttpRequest, body: web::Bytes, state: Data<Mutex<State>>) -> HttpResponse {
    let (trouble, free) = {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        let headers =
            request.headers().iter().map(|(name, value)| format!("; {name}: {}", value.to_str().unwrap_or("?")));
        let line = format!("{} {}{}", request.method(), request.uri(), headers.collect::<String>());
        state.asked.push(format!("{line}; body of {} bytes", body.len()).to_lowercase());
        (state.trouble.clone(), state.free.clone())
    };
    let answer = || answer(&request, &free);
    match trouble {
        None => {
            answer().map_or_else(|| HttpResponse::NotFound().json(json!({})), |answer| HttpResponse::Ok().json(answer))
        }
        Some(Trouble::Slow(pause)) => {
            tokio::time::sleep(pause).await;
            HttpResponse::Ok().json(answer())
        }
        Some(Trouble::Status(status)) => HttpResponse::build(StatusCode::from_u16(status).expect("a status")).finish(),
        Some(Trouble::Html) => {
            HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/html")).body("<!doctype html><h1>Wartung</h1>")
        }
        Some(Trouble::Huge) => HttpResponse::Ok().body(vec![b' '; 5_000_000]),
        Some(Trouble::Redirect(address)) => HttpResponse::Found().insert_header((LOCATION, address)).finish(),
        Some(Trouble::WrongTypes) => HttpResponse::Ok()
            .json(json!({"availableDays": "javascript:alert(1)", "offices": 7, "services": {"id": []}})),
        Some(Trouble::Truncated) => {
            let whole = answer().unwrap_or(Value::Null).to_string();
            HttpResponse::Ok().body(whole[..whole.len() / 2].to_owned())
        }
    }
}

fn answer(request: &HttpRequest, free: &[(&'static str, u64)]) -> Option<Value> {
    let path = request.path().trim_end_matches('/');
    if path.ends_with("/offices-and-services") {
        let services: Value = serde_json::from_str(SERVICES).expect("JSON");
        let offices = OFFICES.map(|id| json!({"id": id, "scope": {"captchaActivatedRequired": false}}));
        let relations = OFFICES.map(|id| json!({"officeId": id, "serviceId": 1001, "public": true}));
        return Some(json!({"offices": offices, "services": services, "relations": relations}));
    }
    if path.ends_with("/available-calendar") {
        let days = free.iter().map(|(office, days)| {
            let times = [appointment(*days), appointment(*days) + 3600];
            json!({"date": "2026-01-01", "offices": [{"officeId": office, "appointments": times}]})
        });
        return Some(json!({"availableDays": days.collect::<Vec<_>>()}));
    }
    if path.ends_with("/api/v1/providers") {
        let provider = |id| json!({"id": id, "timezone": "Europe/Berlin", "services": [5]});
        return Some(json!([provider(2), provider(3)]));
    }
    path.ends_with("/api/v1/availabilities").then(|| json!(["23:30", "23:50"]))
}

/// Noon in Greenwich so many days from now, in Unix seconds: the same day everywhere in Europe.
#[expect(clippy::disallowed_methods, reason = "the program under test goes by the machine's clock")]
fn appointment(days: u64) -> u64 {
    const DAY: u64 = 86_400;
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970").as_secs();
    (now / DAY + days) * DAY + DAY / 2
}
