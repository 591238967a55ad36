//! Files that are part of the program, packed once and named after their content.

use std::io::Write;
use std::sync::LazyLock;

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

/// A browser asks again after five minutes, and mostly hears that nothing changed.
pub(crate) const FRESH_FOR_MINUTES: &str = "public, max-age=300";
/// The address holds the content's hash, so the content behind it never changes.
pub(crate) const FRESH_FOR_EVER: &str = "public, max-age=31536000, immutable";

/// A file in the program.
pub(crate) struct Asset {
    content_type: &'static str,
    plain: Bytes,
    packed: Bytes,
    /// Sixteen hexadecimal digits of the content's hash.
    pub(crate) hash: String,
    entity_tag: String,
}

impl Asset {
    pub(crate) fn new(content_type: &'static str, content: &'static [u8]) -> Self {
        let hash = hex::encode(&Sha256::digest(content)[..8]);
        Self {
            content_type,
            plain: Bytes::from_static(content),
            packed: packed(content).into(),
            // Weak, because the packed form has other bytes.
            entity_tag: format!("W/\"{hash}\""),
            hash,
        }
    }

    /// The file, packed if the browser can unpack, or word that the browser has it already.
    pub(crate) fn serve(&self, request: &HttpRequest, freshness: &'static str) -> HttpResponse {
        let is_known = request.headers().get(IF_NONE_MATCH).is_some_and(|tags| self.is_among(tags.as_bytes()));
        let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        response
            .insert_header((ETAG, self.entity_tag.as_str()))
            .insert_header((CACHE_CONTROL, freshness))
            .insert_header((VARY, "Accept-Encoding"));
        if is_known {
            return response.finish();
        }
        response.insert_header((CONTENT_TYPE, self.content_type));
        if unpacks_gzip(request) {
            response.insert_header((CONTENT_ENCODING, "gzip")).body(self.packed.clone())
        } else {
            response.body(self.plain.clone())
        }
    }

    fn is_among(&self, tags: &[u8]) -> bool {
        let Ok(tags) = std::str::from_utf8(tags) else { return false };
        tags.split(',')
            .map(str::trim)
            .any(|tag| tag == "*" || tag.trim_start_matches("W/") == self.entity_tag.trim_start_matches("W/"))
    }
}

fn packed(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).and_then(|()| encoder.finish()).expect("a vector takes everything")
}

fn unpacks_gzip(request: &HttpRequest) -> bool {
    let accepted = request.headers().get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| {
        let (name, weight) = coding.split_once(";q=").unwrap_or((coding, "1"));
        name.trim().eq_ignore_ascii_case("gzip") && weight.trim().parse::<f32>().is_ok_and(|weight| weight > 0.0)
    })
}

/// The look of our own pages.
pub(crate) const STYLE_SHEET: &[u8] = include_bytes!("../../assets/site.css");

static STYLE: LazyLock<Asset> = LazyLock::new(|| Asset::new("text/css; charset=utf-8", STYLE_SHEET));

/// `GET /assets/site.css`: the look of our own pages.
pub(crate) async fn style(request: HttpRequest) -> HttpResponse {
    STYLE.serve(&request, FRESH_FOR_MINUTES)
}
