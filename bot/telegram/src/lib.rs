//! The desk on Telegram: an update becomes a turn, a reply becomes a message.
//!
//! A [`Channel`] hears from Telegram in one of two ways and answers until it is told to stop. The way of a question
//! through this crate:
//!
//! - `polling` fetches updates and confirms one only after it was dealt with; nothing of the county's needs to be
//!   reachable from outside. Or Telegram brings them to a `webhook`, and `reception` lets it wait until they are dealt
//!   with. `queue` keeps the order within a chat, `presence` is what both do at Telegram besides
//! - `intake` reads an update, `commands` and `keyboard` read what is special about commands and taps
//! - `clerk` asks the desk and finds the words; `answering` keeps the conversation; `once` makes sure that no update is answered twice
//! - `render` dresses the reply in `html` and a `keyboard`, `rating` puts thumbs under it, `delivery` sends it at Telegram's pace
//! - `api` is the only file that speaks HTTP
//!
//! Absent on purpose: names, texts and chat ids in logs, errors or the store. A conversation is kept under a keyed hash
//! of the chat id and expires.

mod answering;
mod api;
mod backoff;
mod clerk;
mod commands;
mod delivery;
mod health;
mod html;
mod intake;
mod keyboard;
mod once;
mod pace;
mod polling;
mod presence;
mod queue;
mod rating;
mod reception;
mod render;
mod webhook;

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use faq_engine::desk::InfoDesk;
use faq_engine::ports::{Clock, ConversationStore, Verdicts};
use tokio::sync::watch;
use url::Url;

pub use crate::health::TelegramHealth;
pub use crate::reception::Received;
pub use crate::webhook::{Webhook, WebhookSettings};

use crate::answering::Answering;
use crate::api::Api;
use crate::polling::Polling;
use crate::presence::Presence;
use crate::reception::Reception;
use crate::webhook::Registration;

/// What an operator sets.
#[derive(Debug, Clone)]
pub struct TelegramSettings {
    /// The bot's token, as BotFather gave it.
    pub token: Secret,
    /// A Bot API server other than Telegram's own.
    pub api_url: Option<Url>,
    /// The website with the same desk, named at the start and with the privacy note.
    pub website: Option<String>,
    /// How long a conversation is remembered after its last message.
    pub conversation_hours: i64,
    /// Where Telegram brings updates; `None`: they are fetched.
    pub webhook: Option<WebhookSettings>,
}

impl TelegramSettings {
    /// A day: people come back to a question in the evening, hardly ever a week later.
    pub const DEFAULT_CONVERSATION_HOURS: i64 = 24;

    /// Settings with this token and otherwise the defaults.
    pub fn new(token: Secret) -> Self {
        Self {
            token,
            api_url: None,
            website: None,
            conversation_hours: Self::DEFAULT_CONVERSATION_HOURS,
            webhook: None,
        }
    }
}

/// A text that is never shown, not even in a debug print.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Wraps it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// The channel could not be started.
#[derive(Debug, thiserror::Error)]
pub enum TelegramError {
    /// The HTTP client could not be built, for example because the system's root certificates are unreadable.
    #[error("the HTTP client for Telegram could not be built")]
    Client(#[source] reqwest::Error),
}

/// What the channel works with.
pub struct Surroundings {
    /// Who answers.
    pub desk: Arc<InfoDesk>,
    /// Where conversations are kept.
    pub conversations: Arc<dyn ConversationStore>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where verdicts on answers are counted.
    pub verdicts: Arc<dyn Verdicts>,
}

/// The desk on Telegram, before it is opened.
pub struct Channel {
    api: Arc<Api>,
    answering: Arc<Answering>,
    /// The ear at our own address, with what Telegram is told about it.
    door: Option<(Webhook, WebhookSettings, Arc<Reception>)>,
}

impl Channel {
    /// Puts it together. `key` is the secret of the keyed hash under which conversations are kept; a new key forgets all
    /// of them.
    pub fn new(settings: &TelegramSettings, surroundings: Surroundings, key: [u8; 32]) -> Result<Self, TelegramError> {
        let api = Arc::new(Api::new(&settings.token, settings.api_url.as_ref()).map_err(TelegramError::Client)?);
        let answering = Arc::new(Answering::new(settings, surroundings, key, api.clone()));
        let door = settings.webhook.clone().map(|webhook| {
            let reception = Arc::new(Reception::new(answering.clone()));
            (Webhook::new(&webhook, key, reception.clone()), webhook, reception)
        });
        Ok(Self { api, answering, door })
    }

    /// The door for updates, to be hung up in a web server; `None` where they are fetched.
    pub fn webhook(&self) -> Option<Webhook> {
        self.door.as_ref().map(|(webhook, ..)| webhook.clone())
    }

    /// Serves the desk until `shutdown` turns true or its sender is gone.
    ///
    /// An unreachable Telegram, a refused token or a second program with the same token end nothing: they show in
    /// `health` and in the log, and the channel keeps trying.
    pub async fn run(self, health: watch::Sender<TelegramHealth>, mut shutdown: watch::Receiver<bool>) {
        let presence = Presence::new(self.api, health);
        match self.door {
            Some((_, settings, reception)) => {
                let mut registration = Registration::new(settings, presence, self.answering, reception);
                unless_stopped(&mut shutdown, registration.serve()).await;
                registration.say_goodbye().await;
            }
            None => {
                let mut polling = Polling::new(presence, self.answering);
                unless_stopped(&mut shutdown, polling.serve()).await;
                polling.say_goodbye().await;
            }
        }
    }
}

/// Runs until it is done or until told to stop, whichever comes first.
async fn unless_stopped(shutdown: &mut watch::Receiver<bool>, work: impl Future<Output = ()>) {
    tokio::select! {
        () = work => {}
        // An error means that nobody is left to tell us.
        _ = shutdown.wait_for(|stop| *stop) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_debug_print_of_the_settings_hides_the_token() {
        let settings = TelegramSettings::new(Secret::new("123456:geheim"));
        assert!(!format!("{settings:?}").contains("geheim"));
    }
}
