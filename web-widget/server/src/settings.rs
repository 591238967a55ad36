//! What the program tells the server, and what it becomes once it is known to be right.

use std::net::SocketAddr;
use std::time::Duration;

use crate::http::client_address::{InvalidNetwork, TrustedProxies};
use crate::http::cors::{AllowedOrigins, InvalidOrigin};
use crate::http::operator::OperatorKey;

/// How the server behaves, as an operator sets it. Checked by [`Application::build`](crate::Application::build).
#[derive(Debug, Clone)]
pub struct ServerSettings {
    /// Where to listen; port 0 picks a free one.
    pub listen: SocketAddr,
    /// Sites whose pages may call the chat API: `https://www.example.de`, `https://*.example.de`, or `*` for every
    /// site. Cookies are never allowed along, so `*` gives away nothing that is not public.
    pub allowed_origins: Vec<String>,
    /// Sites that may show `/chat` in a frame, written like the origins. Empty: none. Nothing else is ever framed.
    pub frame_ancestors: Vec<String>,
    /// Addresses or networks of our own proxies (`10.0.0.0/8`). Only they are believed when they name a client.
    pub trusted_proxies: Vec<String>,
    /// Questions one address may ask per minute; reading may be ten times as frequent. 0: no limit.
    pub rate_per_minute: u32,
    /// Threads that answer; `None`: one for each core.
    pub workers: Option<usize>,
    /// Where to report a weakness (`mailto:…` or `https://…`), for `/.well-known/security.txt`.
    pub security_contact: Option<String>,
    /// The key with which notices are put up; `None`: nobody can over HTTP.
    pub operator_key: Option<OperatorKey>,
    /// How long the server still accepts connections after it says that it is not ready any more, so that a load
    /// balancer can turn away first.
    pub drain_pause: Duration,
    /// How long a request in flight may take after that.
    pub stop_timeout: Duration,
}

impl ServerSettings {
    /// The settings of a desk that runs alone: every site may embed it, no proxy, 120 questions a minute.
    pub fn listening_on(listen: SocketAddr) -> Self {
        Self {
            listen,
            allowed_origins: vec!["*".to_owned()],
            frame_ancestors: Vec::new(),
            trusted_proxies: Vec::new(),
            rate_per_minute: 120,
            workers: None,
            security_contact: None,
            operator_key: None,
            drain_pause: Duration::from_secs(1),
            stop_timeout: Duration::from_secs(20),
        }
    }
}

/// A setting that cannot be meant.
#[derive(Debug, thiserror::Error)]
pub enum InvalidSetting {
    /// An origin.
    #[error("allowed_origins: {0}")]
    AllowedOrigin(#[source] InvalidOrigin),
    /// A framing site.
    #[error("frame_ancestors: {0}")]
    FrameAncestor(#[source] InvalidOrigin),
    /// A proxy.
    #[error("trusted_proxies: {0}")]
    TrustedProxy(#[from] InvalidNetwork),
    /// The contact for weaknesses.
    #[error("security_contact: `{0}` is neither `mailto:…` nor `https://…`")]
    SecurityContact(String),
}

/// Settings that were checked.
#[derive(Debug)]
pub(crate) struct CheckedSettings {
    pub(crate) allowed_origins: AllowedOrigins,
    /// The value of the `frame-ancestors` directive for `/chat`.
    pub(crate) frame_ancestors: String,
    pub(crate) trusted_proxies: TrustedProxies,
    pub(crate) rate_per_minute: u32,
    pub(crate) security_contact: Option<String>,
    pub(crate) operator_key: Option<OperatorKey>,
}

impl CheckedSettings {
    pub(crate) fn check(settings: &ServerSettings) -> Result<Self, InvalidSetting> {
        let allowed_origins =
            AllowedOrigins::parse(&settings.allowed_origins).map_err(InvalidSetting::AllowedOrigin)?;
        let framing = AllowedOrigins::parse(&settings.frame_ancestors).map_err(InvalidSetting::FrameAncestor)?;
        Ok(Self {
            allowed_origins,
            frame_ancestors: framing.as_frame_ancestors(),
            trusted_proxies: TrustedProxies::parse(&settings.trusted_proxies)?,
            rate_per_minute: settings.rate_per_minute,
            security_contact: settings.security_contact.clone().map(checked_contact).transpose()?,
            operator_key: settings.operator_key.clone(),
        })
    }
}

fn checked_contact(contact: String) -> Result<String, InvalidSetting> {
    let scheme_is_known = contact.starts_with("mailto:") || contact.starts_with("https://");
    let is_one_line = contact.chars().all(|c| !c.is_whitespace() && !c.is_control());
    if scheme_is_known && is_one_line { Ok(contact) } else { Err(InvalidSetting::SecurityContact(contact)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> ServerSettings {
        ServerSettings::listening_on(([127, 0, 0, 1], 0).into())
    }

    #[test]
    fn a_wrong_setting_is_named() {
        let named = |change: fn(&mut ServerSettings)| {
            let mut settings = settings();
            change(&mut settings);
            CheckedSettings::check(&settings).unwrap_err().to_string()
        };
        assert!(
            named(|s| s.allowed_origins = vec!["example.de".to_owned()]).starts_with("allowed_origins: `example.de`")
        );
        assert!(named(|s| s.frame_ancestors = vec!["'self'; x".to_owned()]).starts_with("frame_ancestors:"));
        assert!(named(|s| s.trusted_proxies = vec!["10.0.0.0/99".to_owned()]).starts_with("trusted_proxies:"));
        assert!(named(|s| s.security_contact = Some("info@example.de".to_owned())).starts_with("security_contact:"));
    }

    #[test]
    fn nothing_is_framed_unless_somebody_is_named() {
        assert_eq!(CheckedSettings::check(&settings()).unwrap().frame_ancestors, "'none'");
    }
}
