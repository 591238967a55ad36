//! Which other sites may call us from their visitors' browsers.
//!
//! The widget runs in the host page, so its requests carry the site's own origin and an allow-list works. Cookies are
//! never allowed along: there are none, and so `*` stays harmless. Only the public API takes part; an editor's page has
//! no business here.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse};

use crate::site::Site;

/// The sites that are allowed, as an operator wrote them.
#[derive(Debug, Clone, Default)]
pub(crate) struct AllowedOrigins {
    everybody: bool,
    origins: Vec<AllowedOrigin>,
}

#[derive(Debug, Clone)]
struct AllowedOrigin {
    scheme: &'static str,
    /// Any name below the host, but not the host itself.
    below: bool,
    /// Host and, if written, port.
    host: String,
}

/// The text is not a site.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a site such as `https://www.example.de` or `https://*.example.de` (no path, lower case)")]
pub struct InvalidOrigin(String);

impl AllowedOrigins {
    pub(crate) fn parse(texts: &[String]) -> Result<Self, InvalidOrigin> {
        let mut allowed = Self::default();
        for text in texts {
            if text == "*" {
                allowed.everybody = true;
            } else {
                allowed.origins.push(AllowedOrigin::parse(text)?);
            }
        }
        Ok(allowed)
    }

    fn allows(&self, origin: &str) -> bool {
        self.origins.iter().any(|allowed| allowed.is(origin))
    }

    /// The same list as a content security policy writes it.
    pub(crate) fn as_frame_ancestors(&self) -> String {
        if self.everybody {
            return "*".to_owned();
        }
        if self.origins.is_empty() {
            return "'none'".to_owned();
        }
        let written = self
            .origins
            .iter()
            .map(|origin| format!("{}://{}{}", origin.scheme, if origin.below { "*." } else { "" }, origin.host));
        format!("'self' {}", written.collect::<Vec<_>>().join(" "))
    }
}

impl AllowedOrigin {
    fn parse(text: &str) -> Result<Self, InvalidOrigin> {
        let invalid = || InvalidOrigin(text.chars().take(80).collect());
        let (scheme, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => ("https", rest),
            (_, Some(rest)) => ("http", rest),
            _ => return Err(invalid()),
        };
        let (below, host) = rest.strip_prefix("*.").map_or((false, rest), |host| (true, host));
        let letters_are_valid =
            host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b':'));
        let is_host = letters_are_valid && host.starts_with(|c: char| c.is_ascii_alphanumeric());
        if is_host { Ok(Self { scheme, below, host: host.to_owned() }) } else { Err(invalid()) }
    }

    fn is(&self, origin: &str) -> bool {
        let Some(host) = origin.strip_prefix(self.scheme).and_then(|rest| rest.strip_prefix("://")) else {
            return false;
        };
        if self.below {
            // The dot belongs to the comparison: `evil-example.de` is not below `example.de`.
            host.strip_suffix(&self.host).is_some_and(|name| name.len() > 1 && name.ends_with('.'))
        } else {
            host == self.host
        }
    }
}

/// Answers preflights of the public API and says in every answer who may read it.
pub(crate) async fn share(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    if !is_public(request.path()) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let allowed = allowed_origin(&request);
    let is_preflight =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if is_preflight {
        request.into_response(preflight()).map_into_right_body()
    } else {
        next.call(request).await?.map_into_left_body()
    };
    say_who_may_read(response.headers_mut(), allowed);
    Ok(response)
}

fn is_public(path: &str) -> bool {
    path.starts_with("/api/v1/")
}

/// The value of `Access-Control-Allow-Origin`; `None`: the site is not allowed or asked from no site.
fn allowed_origin(request: &ServiceRequest) -> Option<HeaderValue> {
    let site = Site::of(request.request());
    let origins = &site.settings.allowed_origins;
    if origins.everybody {
        return Some(HeaderValue::from_static("*"));
    }
    let origin = request.headers().get(header::ORIGIN)?;
    origins.allows(origin.to_str().ok()?).then(|| origin.clone())
}

fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "7200"))
        .finish()
}

fn say_who_may_read(headers: &mut HeaderMap, allowed: Option<HeaderValue>) {
    let depends_on_origin = allowed.as_ref().is_none_or(|origin| origin != "*");
    if depends_on_origin {
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
    }
    if let Some(origin) = allowed {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        // The widget shows how long to wait.
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(list: &[&str], origin: &str) -> bool {
        let list: Vec<String> = list.iter().map(ToString::to_string).collect();
        AllowedOrigins::parse(&list).unwrap().allows(origin)
    }

    #[test]
    fn only_the_named_sites_are_allowed() {
        let list = ["https://www.example.de", "https://*.stadt.de", "http://localhost:3000"];
        for friend in ["https://www.example.de", "https://a.stadt.de", "https://a.b.stadt.de", "http://localhost:3000"]
        {
            assert!(allows(&list, friend), "{friend} is on the list");
        }
        for stranger in [
            "null",
            "",
            "https://evil.de",
            "http://www.example.de",
            "https://www.example.de.evil.de",
            "https://evil-stadt.de",
            "https://stadt.de",
            "https://.stadt.de",
            "http://localhost:3001",
        ] {
            assert!(!allows(&list, stranger), "{stranger} is not on the list");
        }
    }

    #[test]
    fn what_is_no_site_is_refused() {
        for wrong in [
            "example.de",
            "https://",
            "https://Example.de",
            "https://example.de/x",
            "https://a b",
            "'self'",
            "https://*",
        ] {
            assert!(AllowedOrigin::parse(wrong).is_err(), "{wrong} must be refused");
        }
    }
}
