//! What only an operator may do: whoever shows the key may, nobody else.

use std::fmt;
use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;
use faq_engine::ports::NoticeBoard;
use sha2::{Digest, Sha256};

use crate::http::errors::Refusal;
use crate::site::Site;

/// The operator's key. Never shown; compared by its hash, so that the time of a comparison tells nothing about it.
#[derive(Clone, PartialEq, Eq)]
pub struct OperatorKey([u8; 32]);

impl OperatorKey {
    /// Remembers the hash of a key.
    pub fn new(key: &str) -> Self {
        Self(Sha256::digest(key.as_bytes()).into())
    }
}

impl fmt::Debug for OperatorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OperatorKey")
    }
}

/// The notice board, for whoever shows the key.
pub(crate) fn notice_board<'a>(site: &'a Site, request: &HttpRequest) -> Result<&'a Arc<dyn NoticeBoard>, Refusal> {
    let shown = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let shown = shown.and_then(|value| value.strip_prefix("Bearer ")).map(OperatorKey::new);
    let is_operator = shown.is_some() && shown == site.settings.operator_key;
    site.notices.as_ref().filter(|_| is_operator).ok_or(Refusal::NotTheOperator)
}
