//! The HTTP side: tokens, faults and the long poll.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes, Data, Path};
use actix_web::{App, HttpResponse, HttpServer};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::method::{self, Refusal};
use super::state::Fault;
use super::{FakeTelegram, Shared};

/// A server on a free port, and its address. It does not run yet.
pub(super) fn start(shared: Arc<Shared>) -> std::io::Result<(Server, String)> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let url = format!("http://{}", listener.local_addr()?);
    let shared = Data::from(shared);
    let app = move || App::new().app_data(shared.clone()).route("/bot{token}/{method}", web::to(handle));
    Ok((HttpServer::new(app).workers(1).disable_signals().shutdown_timeout(1).listen(listener)?.run(), url))
}

async fn handle(shared: Data<Shared>, path: Path<(String, String)>, body: Bytes) -> HttpResponse {
    let (token, method) = path.into_inner();
    if token != FakeTelegram::TOKEN {
        return refuse(Refusal::new(401, "Unauthorized"));
    }
    let method = method.to_lowercase();
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    if let Some(fault) = shared.change(|state| state.begin_call(&method)) {
        return fail(&shared, &method, &body, fault).await;
    }
    let result = match method.as_str() {
        "getupdates" => get_updates(&shared, &body).await,
        _ => shared.change(|state| method::call(state, &method, &body)),
    };
    match result {
        Ok(result) => HttpResponse::Ok().json(json!({"ok": true, "result": result})),
        Err(refusal) => refuse(refusal),
    }
}

/// Holds the line until there is something, as Telegram does.
async fn get_updates(shared: &Shared, body: &Value) -> Result<Value, Refusal> {
    let offset = body["offset"].as_i64();
    let limit = body["limit"].as_u64().unwrap_or(100).clamp(1, 100) as usize;
    let seconds = body["timeout"].as_u64().unwrap_or(0);
    let (this_poll, week) = shared.change(|state| {
        if let Some(offset) = offset {
            if offset < 0 {
                state.accuse("a negative offset forgets updates unseen".to_owned());
            }
            state.confirm(offset);
        }
        (state.begin_poll(), state.week())
    });
    if shared.lock().hook().is_some() {
        let reason = "Conflict: can't use getUpdates method while webhook is active";
        return Err(Refusal::new(409, reason));
    }
    let mut changed = shared.changed.subscribe();
    let arrival = async {
        loop {
            changed.mark_unchanged();
            {
                let mut state = shared.lock();
                if state.polls() != this_poll {
                    return Err(Refusal::new(409, "Conflict: terminated by other getUpdates request"));
                }
                let updates = state.deliver(offset, limit);
                if !updates.is_empty() || seconds == 0 || state.week() != week {
                    return Ok(Value::Array(updates));
                }
            }
            if changed.changed().await.is_err() {
                return Ok(json!([]));
            }
        }
    };
    timeout(Duration::from_secs(seconds.max(1)), arrival).await.unwrap_or_else(|_| Ok(json!([])))
}

async fn fail(shared: &Shared, method: &str, body: &Value, fault: Fault) -> HttpResponse {
    match fault {
        Fault::TooManyRequests { retry_after } => {
            if let Some(chat) = body["chat_id"].as_i64() {
                shared.change(|state| {
                    state.comes_too_early(chat);
                    state.hold(chat, retry_after);
                });
            }
            let description = format!("Too Many Requests: retry after {retry_after}");
            refuse(Refusal { retry_after: Some(retry_after), ..Refusal::new(429, description) })
        }
        Fault::ServerError => HttpResponse::InternalServerError().body("<html>Bad Gateway</html>"),
        Fault::Garbage => HttpResponse::Ok().body("{\"ok\":tru"),
        Fault::Hang => {
            let mut changed = shared.changed.subscribe();
            loop {
                changed.mark_unchanged();
                let hangs = shared.lock().is_failing(method, fault);
                if !hangs || changed.changed().await.is_err() {
                    return HttpResponse::InternalServerError().finish();
                }
            }
        }
        Fault::Unauthorised => refuse(Refusal::new(401, "Unauthorized")),
        Fault::Conflict => refuse(Refusal::new(409, "Conflict: terminated by other getUpdates request")),
    }
}

fn refuse(refusal: Refusal) -> HttpResponse {
    let mut body = json!({"ok": false, "error_code": refusal.code, "description": refusal.description});
    if let Some(seconds) = refusal.retry_after {
        body["parameters"] = json!({"retry_after": seconds});
    }
    HttpResponse::build(StatusCode::from_u16(refusal.code).unwrap_or(StatusCode::BAD_REQUEST)).json(body)
}
