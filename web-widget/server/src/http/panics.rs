//! A fault in a handler costs one answer, not the worker.

use std::panic::AssertUnwindSafe;

use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use futures_util::FutureExt;

use crate::http::errors::Mishap;
use crate::site::random_id;

/// Turns a panic into a mishap with an id that is in the answer and in the log.
///
/// It wraps the resources and not the application: before routing nobody but actix may hold the request.
pub(crate) async fn catch(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    let kept = request.request().clone();
    match AssertUnwindSafe(next.call(request)).catch_unwind().await {
        Ok(answered) => Ok(answered?.map_into_left_body()),
        Err(_) => {
            // What the panic says may hold a question's text, so only its place in the program is told.
            let mishap = Mishap { id: random_id() };
            let route = kept.match_pattern().unwrap_or_default();
            tracing::error!(error.id = %mishap.id, http.route = %route, "handler panicked");
            Ok(ServiceResponse::from_err(mishap, kept).map_into_right_body())
        }
    }
}
