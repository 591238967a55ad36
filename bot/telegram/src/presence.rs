//! How the bot stands with Telegram: who it is, what its menu says, and what is wrong.
//!
//! Both ways of hearing from people, `polling` and `webhook`, begin with it and tell it how their calls went.

use std::sync::Arc;
use std::time::Duration;

use faq_engine::language::LanguageTag;
use serde::Serialize;
use serde::de::DeserializeOwned;
use teloxide::payloads::{GetMe, SetMyCommands};
use teloxide::requests::Payload;
use tokio::sync::watch;
use tokio::time::sleep;

use crate::answering::Answering;
use crate::api::{Api, Failure};
use crate::backoff::Backoff;
use crate::health::TelegramHealth;
use crate::intake::BotIdentity;

/// The bot at Telegram.
pub(crate) struct Presence {
    pub(crate) api: Arc<Api>,
    health: watch::Sender<TelegramHealth>,
    outage: Backoff,
    operator: Backoff,
}

impl Presence {
    pub(crate) const CALL_LIMIT: Duration = Duration::from_secs(15);

    pub(crate) fn new(api: Arc<Api>, health: watch::Sender<TelegramHealth>) -> Self {
        Self { api, health, outage: Backoff::for_outage(), operator: Backoff::for_operator() }
    }

    /// Learns who the bot is. Waits as long as it takes: a Telegram that cannot be reached must not keep the website
    /// from starting.
    pub(crate) async fn introduce(&mut self) -> BotIdentity {
        let me = self.insist(&GetMe::new()).await;
        BotIdentity { id: me.id, name: me.user.username.unwrap_or_default() }
    }

    /// Calls a method until it succeeds.
    pub(crate) async fn insist<P>(&mut self, payload: &P) -> P::Output
    where
        P: Payload + Serialize,
        P::Output: DeserializeOwned,
    {
        loop {
            match self.api.ask(payload, Self::CALL_LIMIT).await {
                Ok(output) => return output,
                Err(failure) => sleep(self.setback(&failure)).await,
            }
        }
    }

    /// Publishes the menu of commands, in German for everybody and in each language that Telegram can tell: those with
    /// two letters.
    pub(crate) async fn publish_menu(&self, answering: &Answering) {
        let german = SetMyCommands::new(answering.menu(&LanguageTag::german()));
        let others = answering.languages().into_iter().filter(|tag| tag.as_str().len() == 2).map(|tag| {
            let mut request = SetMyCommands::new(answering.menu(&tag));
            request.language_code = Some(tag.as_str().to_owned());
            request
        });
        for request in std::iter::once(german).chain(others) {
            if let Err(failure) = self.api.tell(&request, Self::CALL_LIMIT).await {
                let language = request.language_code.as_deref().unwrap_or_default();
                tracing::warn!(error = %failure, language, "the menu of commands could not be published");
            }
        }
    }

    /// Says what is wrong, and how long to wait before the next try.
    pub(crate) fn setback(&mut self, failure: &Failure) -> Duration {
        let health = match failure {
            Failure::Unauthorised | Failure::Blocked => TelegramHealth::Unauthorised,
            Failure::Conflict => TelegramHealth::Conflict,
            Failure::Refused { .. } => TelegramHealth::Refused,
            _ => TelegramHealth::Unreachable,
        };
        self.report(health);
        if health.needs_operator() {
            tracing::error!(error = %failure, "telegram channel is down until somebody mends it");
        } else {
            tracing::warn!(error = %failure, "telegram channel is interrupted");
        }
        match failure {
            Failure::TooFast(pause) => *pause,
            _ if health.needs_operator() => self.operator.pause(),
            _ => self.outage.pause(),
        }
    }

    pub(crate) fn report(&mut self, health: TelegramHealth) {
        if health == TelegramHealth::Ok {
            self.outage.reset();
            self.operator.reset();
        }
        let changed = self.health.send_if_modified(|known| std::mem::replace(known, health) != health);
        if changed {
            tracing::info!(health = health.as_str(), "telegram channel changed state");
        }
    }
}
