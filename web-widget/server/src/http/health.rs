//! Whether the server lives, whether it should get questions, and what it counted. For machines of the operator.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use crate::site::Site;

/// `GET /healthz`: the process answers.
pub(crate) async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// `GET /readyz`: questions are welcome. Says no first when the server is about to stop.
pub(crate) async fn readyz(site: web::Data<Site>) -> HttpResponse {
    let (status, word) =
        if site.is_draining() { (StatusCode::SERVICE_UNAVAILABLE, "draining\n") } else { (StatusCode::OK, "ready\n") };
    HttpResponse::build(status).content_type("text/plain; charset=utf-8").body(word)
}

/// `GET /metrics`.
pub(crate) async fn metrics(site: web::Data<Site>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(site.metrics.as_text())
}
