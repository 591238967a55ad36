//! The description of the API for other programs, written from the types that are sent.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use utoipa::OpenApi;

use crate::catalogue::{appointments, notices, offices, services};
use crate::chat::{feedback, greeting, post_message, suggest};
use crate::http::assets::FRESH_FOR_MINUTES;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Auskunft",
        version = "1",
        description = "Asks the citizens' information desk and reads what it knows. Errors have a stable code and a \
                       sentence for the person, in their language. Every text is to be shown as text, never as HTML.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        post_message::post_message,
        greeting::greeting,
        suggest::suggest,
        feedback::feedback,
        services::list,
        services::show,
        offices::hours,
        notices::list,
        notices::put_up,
        notices::end,
        appointments::appointments,
    ),
    tags(
        (name = "chat", description = "What a visitor does"),
        (name = "catalogue", description = "What is known"),
        (name = "operator", description = "What only an operator may do, with the operator's key"),
    )
)]
struct Api;

static DESCRIPTION: LazyLock<String> =
    LazyLock::new(|| Api::openapi().to_pretty_json().expect("a description of fixed types is valid JSON"));

/// `GET /api/v1/openapi.json`.
pub(crate) async fn description() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((CACHE_CONTROL, FRESH_FOR_MINUTES))
        .body(DESCRIPTION.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `AUSKUNFT_WRITE=1 cargo test -p web-widget-server` writes the file anew; the difference shows in the commit.
    #[test]
    fn the_committed_description_is_the_one_served() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
        let described = format!("{}\n", *DESCRIPTION);
        if std::env::var_os("AUSKUNFT_WRITE").is_some() {
            std::fs::write(path, &described).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(committed == described, "openapi.json is stale: run this test with AUSKUNFT_WRITE=1");
    }
}
