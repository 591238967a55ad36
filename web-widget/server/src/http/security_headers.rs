//! What browsers may do with an answer.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;

use crate::site::Site;

const PAGE: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors ";
const DATA: &str = "default-src 'none'; frame-ancestors 'none'";

/// Kinds of answers that browsers are told different things about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Data for programs, also for those in other sites' pages.
    Api,
    /// The script that other sites load.
    Widget,
    /// The pages that other sites may frame.
    Chat,
    /// Every other page and file.
    House,
}

impl Place {
    fn of(path: &str) -> Self {
        match path {
            "/chat" | "/chat/druckansicht" | "/chat/rueckmeldung" => Self::Chat,
            path if path.starts_with("/api/") => Self::Api,
            path if path.starts_with("/widget.") => Self::Widget,
            _ => Self::House,
        }
    }
}

/// Adds the headers to every answer, errors included.
pub(crate) async fn protect(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let site = Site::of(request.request()).clone();
    let place = Place::of(request.path());
    let is_tls = site.settings.trusted_proxies.saw_tls(request.request());
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::REFERRER_POLICY, "no-referrer");
    set(
        headers,
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    );
    set(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    let framed_by = if place == Place::Chat { site.settings.frame_ancestors.as_str() } else { "'none'" };
    if framed_by == "'none'" {
        set(headers, header::X_FRAME_OPTIONS, "DENY");
    }
    let policy = if place == Place::Api { DATA.to_owned() } else { format!("{PAGE}{framed_by}") };
    set(headers, header::CONTENT_SECURITY_POLICY, &policy);
    let readers = if place == Place::House { "same-origin" } else { "cross-origin" };
    set(headers, HeaderName::from_static("cross-origin-resource-policy"), readers);
    if !headers.contains_key(header::CACHE_CONTROL) {
        set(headers, header::CACHE_CONTROL, "no-store");
    }
    if is_tls {
        set(headers, header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    Ok(response)
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    let value = HeaderValue::from_str(value).expect("checked settings hold no control characters");
    headers.insert(name, value);
}
