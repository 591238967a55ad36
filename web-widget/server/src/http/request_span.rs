//! One span and one count per request, without anything about the person.
//!
//! Our own instead of tracing-actix-web's default, which logs address, user agent and query string; a query string may
//! be the beginning of a question.

use std::time::Instant;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use tracing::Instrument;
use tracing::field::Empty;

use crate::http::errors::ErrorCode;
use crate::site::Site;

/// The route of a request that has none; never its path, which anybody may have written.
const NO_ROUTE: &str = "none";

/// The name under which a layer that answers by itself wants its answers to be counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RouteName(pub(crate) &'static str);

/// Follows a request from the first byte of its answer back to its head.
pub(crate) async fn follow(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    let site = Site::of(request.request()).clone();
    let span = tracing::info_span!("request", http.method = known(request.method()), http.route = Empty);
    let answered = next.call(request).instrument(span.clone()).await;

    let _entered = span.enter();
    let (route, status, code) = match &answered {
        Ok(response) => {
            let extensions = response.response().extensions();
            let code = extensions.get::<ErrorCode>().map_or("", |code| code.0);
            let named = extensions.get::<RouteName>().map(|name| name.0.to_owned());
            (named.or_else(|| response.request().match_pattern()), response.status(), code)
        }
        Err(error) => (None, error.as_response_error().status_code(), "unanswered"),
    };
    let route = route.as_deref().unwrap_or(NO_ROUTE);
    span.record("http.route", route);
    let duration_ms = started.elapsed().as_secs_f64() * 1000.0;
    site.metrics.count_request(route, status.as_u16());
    tracing::debug!(http.status = status.as_u16(), error.code = code, duration_ms, "request answered");
    answered
}

/// The method, where it is one; people send anything.
fn known(method: &Method) -> &str {
    let usual = [Method::GET, Method::HEAD, Method::POST, Method::OPTIONS, Method::PUT, Method::PATCH, Method::DELETE];
    if usual.contains(method) { method.as_str() } else { "other" }
}
