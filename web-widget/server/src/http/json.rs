//! Reading a JSON body.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, web};
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::http::errors::Refusal;

/// Reads a body. Our own instead of actix's extractor, so that every mistake has its code.
pub(crate) fn read_json<T: DeserializeOwned>(request: &HttpRequest, body: &web::Bytes) -> Result<T, Refusal> {
    if !is_json(request) {
        return Err(Refusal::UnsupportedMediaType);
    }
    // serde would read a list as the fields in their order; that is nobody's contract.
    let is_object = body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    match serde_json::from_slice(body) {
        Ok(read) if is_object => Ok(read),
        Ok(_) => Err(Refusal::InvalidRequest),
        // serde stops at the first wrong field, so what follows it may still be no JSON.
        Err(error) if error.is_data() && serde_json::from_slice::<IgnoredAny>(body).is_ok() => {
            Err(Refusal::InvalidRequest)
        }
        Err(_) => Err(Refusal::InvalidJson),
    }
}

fn is_json(request: &HttpRequest) -> bool {
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}
