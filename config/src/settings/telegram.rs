//! `[telegram]`: the messenger.

use serde::Deserialize;

use super::{Environment, Secret};
use crate::text::{Reader, is_https};

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TelegramShape {
    token: Option<String>,
    api_url: Option<String>,
    website: Option<String>,
    webhook: Option<String>,
    webhook_secret: Option<String>,
}

/// The messenger.
#[derive(Debug, Clone)]
pub struct TelegramSection {
    /// The bot's token.
    pub token: Secret,
    /// Another address of the Bot API, for tests and local servers.
    pub api_url: Option<String>,
    /// The website the bot points to.
    pub website: Option<String>,
    /// Where Telegram brings messages; `None`: they are fetched.
    pub webhook: Option<WebhookSection>,
}

/// Where Telegram brings messages.
#[derive(Debug, Clone)]
pub struct WebhookSection {
    /// The address as the internet sees it.
    pub address: String,
    /// What Telegram says to prove that it is Telegram.
    pub secret: Secret,
}

impl TelegramShape {
    /// Checks it together with the environment; `None` without a token.
    pub(super) fn section(self, environment: &Environment, reader: &mut Reader<'_>) -> Option<TelegramSection> {
        if let Some(website) = self.website.as_deref().filter(|url| !is_https(url)) {
            reader.fault(website, format!("telegram.website must be a complete https:// address, not \"{website}\""));
        }
        let secret = given(environment.telegram_secret.clone().or(self.webhook_secret));
        let webhook = given(self.webhook).and_then(|address| webhook(address, secret, reader));
        let token = given(environment.token.clone().or(self.token))?;
        Some(TelegramSection {
            token: Secret::new(token.trim()),
            api_url: environment.api_url.clone().or(self.api_url),
            website: self.website,
            webhook,
        })
    }
}

fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

fn webhook(address: String, secret: Option<String>, reader: &mut Reader<'_>) -> Option<WebhookSection> {
    if !is_webhook(&address) {
        reader.fault(
            &address,
            format!(
                "telegram.webhook must be https://<host>/telegram/<name> on port 443, 80, 88 or 8443, the name of letters, digits, - and _, not \"{address}\""
            ),
        );
        return None;
    }
    match secret {
        Some(secret) if is_secret(secret.trim()) => {
            Some(WebhookSection { address, secret: Secret::new(secret.trim()) })
        }
        Some(_) => {
            // Without showing it.
            reader.fault(
                "webhook_secret",
                "AUSKUNFT_TELEGRAM_SECRET or telegram.webhook_secret must be 1 to 256 letters a-z and A-Z, digits, - and _; for example from: openssl rand -hex 32",
            );
            None
        }
        None => {
            reader.fault(
                "webhook",
                "telegram.webhook needs AUSKUNFT_TELEGRAM_SECRET or telegram.webhook_secret, by which Telegram proves who it is; for example from: openssl rand -hex 32",
            );
            None
        }
    }
}

/// A path that no page of ours has, and a port Telegram brings messages to.
fn is_webhook(address: &str) -> bool {
    let Ok(url) = url::Url::parse(address) else { return false };
    let name = url.path().strip_prefix("/telegram/").unwrap_or_default();
    is_https(address)
        && url.as_str() == address
        && url.host_str().is_some_and(|host| host.contains('.'))
        && matches!(url.port(), None | Some(80 | 88 | 8443))
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none()
        && is_secret(name)
}

/// 1 to 256 of the letters Telegram allows.
fn is_secret(text: &str) -> bool {
    (1..=256).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_telegram_takes_and_no_page_has_are_webhooks() {
        for right in ["https://auskunft.kreis.example/telegram/hook", "https://a.example:8443/telegram/x_1-Y"] {
            assert!(is_webhook(right), "{right}");
        }
        for wrong in [
            "http://auskunft.kreis.example/telegram/hook",
            "https://auskunft.kreis.example/telegram/",
            "https://auskunft.kreis.example/telegram/a/b",
            "https://auskunft.kreis.example/telegram/../chat",
            "https://auskunft.kreis.example/chat",
            "https://auskunft.kreis.example:8080/telegram/hook",
            "https://user@auskunft.kreis.example/telegram/hook",
            "https://auskunft.kreis.example/telegram/hook?x=1",
            "https://localhost/telegram/hook",
            "auskunft.kreis.example",
            "",
        ] {
            assert!(!is_webhook(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_secret_is_of_the_letters_telegram_allows() {
        assert!(is_secret("A-z_09") && is_secret(&"x".repeat(256)));
        for wrong in ["", "mit leer", "schlüssel", "a:b", &"x".repeat(257)] {
            assert!(!is_secret(wrong), "{wrong}");
        }
    }
}
