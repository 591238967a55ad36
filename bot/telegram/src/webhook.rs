//! Hears from Telegram at an address of our own.
//!
//! [`Webhook`] is the door; the web server it hangs in is nobody we know. [`Registration`] tells Telegram where the door
//! is and looks now and then whether it still stands in Telegram's books.

use std::sync::Arc;
use std::time::Duration;

use hmac::{Hmac, Mac};
use sha2::Sha256;
use teloxide::payloads::{GetWebhookInfo, SetWebhook};
use tokio::time::{Instant, sleep};
use url::Url;

use crate::Secret;
use crate::answering::Answering;
use crate::health::TelegramHealth;
use crate::intake;
use crate::presence::Presence;
use crate::queue::Queue;
use crate::reception::{Received, Reception};

/// Where Telegram brings updates.
#[derive(Debug, Clone)]
pub struct WebhookSettings {
    /// The address as the internet sees it: `https://auskunft.example.org/telegram/hook`.
    pub address: Url,
    /// What Telegram says to prove that it is Telegram: 1 to 256 of `A–Z a–z 0–9 _ -`.
    pub secret: Secret,
}

/// The door for updates.
#[derive(Clone)]
pub struct Webhook {
    path: String,
    /// The secret as a keyed hash: comparing hashes takes equally long wherever and however much the texts differ.
    seal: [u8; 32],
    key: [u8; 32],
    reception: Arc<Reception>,
}

impl Webhook {
    /// The header in which Telegram says the secret.
    pub const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";

    pub(crate) fn new(settings: &WebhookSettings, key: [u8; 32], reception: Arc<Reception>) -> Self {
        let seal = sealed(&key, settings.secret.reveal().as_bytes()).finalize().into_bytes().into();
        Self { path: settings.address.path().to_owned(), seal, key, reception }
    }

    /// The path of its address.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether this is the secret. Takes equally long for every wrong one of the same length.
    pub fn knows(&self, secret: Option<&[u8]>) -> bool {
        secret.is_some_and(|secret| sealed(&self.key, secret).verify_slice(&self.seal).is_ok())
    }

    /// Takes an update. Returns when the person has the answer.
    pub async fn receive(&self, body: &[u8]) -> Received {
        self.reception.receive(body).await
    }
}

fn sealed(key: &[u8; 32], secret: &[u8]) -> Hmac<Sha256> {
    let mut hash = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    hash.update(b"telegram:webhook:");
    hash.update(secret);
    hash
}

/// Keeps the door in Telegram's books.
pub(crate) struct Registration {
    settings: WebhookSettings,
    presence: Presence,
    answering: Arc<Answering>,
    reception: Arc<Reception>,
}

impl Registration {
    /// Between two looks at what Telegram says about the door.
    const BETWEEN_LOOKS: Duration = Duration::from_secs(60);
    const BETWEEN_PURGES: Duration = Duration::from_secs(3600);
    /// How long a stop waits for answers on their way; what is not done by then is brought again after the start.
    const LAST_ANSWERS: Duration = Duration::from_secs(5);

    pub(crate) fn new(
        settings: WebhookSettings,
        presence: Presence,
        answering: Arc<Answering>,
        reception: Arc<Reception>,
    ) -> Self {
        Self { settings, presence, answering, reception }
    }

    /// Never returns; every await in it may be the last.
    pub(crate) async fn serve(&mut self) {
        let bot = self.presence.introduce().await;
        // Telegram brings what waits as soon as it knows the address.
        self.reception.open(bot);
        self.register().await;
        tracing::info!("telegram channel is ready");
        self.presence.publish_menu(&self.answering).await;
        let mut last_purge: Option<Instant> = None;
        let mut last_complaint = None;
        loop {
            if last_purge.is_none_or(|last| last.elapsed() >= Self::BETWEEN_PURGES) {
                self.answering.purge().await;
                last_purge = Some(Instant::now());
            }
            sleep(Self::BETWEEN_LOOKS).await;
            let info = self.presence.insist(&GetWebhookInfo::new()).await;
            if info.url.as_ref() != Some(&self.settings.address) {
                tracing::error!(
                    "somebody took the webhook away, perhaps a second program with this token; it is set again"
                );
                self.presence.report(TelegramHealth::Conflict);
                self.register().await;
            }
            self.presence.report(TelegramHealth::Ok);
            if info.last_error_date != last_complaint {
                let (reason, waiting) = (info.last_error_message.unwrap_or_default(), info.pending_update_count);
                let reason: String = reason.chars().take(80).collect();
                tracing::warn!(reason, waiting, "telegram had difficulties at the webhook");
                last_complaint = info.last_error_date;
            }
        }
    }

    /// Lets answers on their way arrive. The webhook stays: Telegram keeps what comes until the next start.
    pub(crate) async fn say_goodbye(&self) {
        self.reception.finish(Self::LAST_ANSWERS).await;
        tracing::info!("telegram channel stopped");
    }

    async fn register(&mut self) {
        let mut request = SetWebhook::new(self.settings.address.clone());
        request.secret_token = Some(self.settings.secret.reveal().to_owned());
        request.allowed_updates = Some(intake::WANTED.to_vec());
        request.max_connections = u8::try_from(Queue::<()>::MOST_AT_ONCE).ok();
        self.presence.insist(&request).await;
        self.presence.report(TelegramHealth::Ok);
    }
}
