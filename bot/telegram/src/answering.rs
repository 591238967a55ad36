//! From what a person wants to messages in their chat, once each, and what is remembered of it.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use chrono_tz::Tz;
use faq_engine::conversation::Conversation;
use faq_engine::desk::InfoDesk;
use faq_engine::language::LanguageTag;
use faq_engine::ports::{Clock, ConversationKey, ConversationStore};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use teloxide::types::{BotCommand, CallbackQueryId, MessageId};

use crate::TelegramSettings;
use crate::api::Api;
use crate::clerk::{Answer, Clerk, Memory, Place};
use crate::commands::Command;
use crate::delivery::{Delivery, Fate};
use crate::intake::{Incoming, Request};
use crate::keyboard::Tapped;
use crate::once::Attempt;

/// Answers what comes in.
pub(crate) struct Answering {
    clerk: Clerk,
    conversations: Arc<dyn ConversationStore>,
    clock: Arc<dyn Clock>,
    delivery: Delivery,
    key: [u8; 32],
}

impl Answering {
    /// Telegram keeps an unconfirmed update this long.
    const DELIVERIES_REMEMBERED: TimeDelta = TimeDelta::hours(24);

    pub(crate) fn new(
        settings: &TelegramSettings,
        desk: Arc<InfoDesk>,
        conversations: Arc<dyn ConversationStore>,
        clock: Arc<dyn Clock>,
        key: [u8; 32],
        api: Arc<Api>,
    ) -> Self {
        let (website, conversation_hours) = (settings.website.clone(), settings.conversation_hours);
        let clerk = Clerk { desk, website, conversation_hours };
        Self { clerk, conversations, clock, delivery: Delivery::new(api), key }
    }

    /// The menu of commands in a language.
    pub(crate) fn menu(&self, language: &LanguageTag) -> Vec<BotCommand> {
        self.clerk.menu(language)
    }

    /// The languages spoken.
    pub(crate) fn languages(&self) -> Vec<LanguageTag> {
        self.clerk.languages()
    }

    /// Answers, unless this delivery was answered before. Returns when the person has the answer.
    pub(crate) async fn handle(&self, mut incoming: Incoming) {
        let expires = self.clock.now() + Self::DELIVERIES_REMEMBERED;
        let begun = Attempt::begin(self.conversations.as_ref(), &incoming.delivery, expires).await;
        let attempt = match begun {
            Ok(Some(attempt)) => attempt,
            Ok(None) => {
                tracing::debug!("an update came again and was answered already");
                return;
            }
            Err(error) => {
                tracing::error!(error = %chain(&error), "a delivery could not be marked, it is answered all the same");
                Attempt::unmarked()
            }
        };
        let key = self.conversation_key(&incoming);
        let conversation = self.conversation(&key).await;
        // What somebody chose here weighs more than what their Telegram is set to.
        if let Some(chosen) = &conversation.chosen_language {
            incoming.language = Some(chosen.clone());
        }
        if let Some(answer) = self.answer(&incoming, &key, conversation).await {
            self.deliver(&incoming, &key, answer).await;
        }
        if let Err(error) = attempt.complete(self.conversations.as_ref(), &incoming.delivery, expires).await {
            tracing::error!(error = %chain(&error), "an answered delivery could not be marked");
        }
    }

    /// Deletes conversations that expired.
    pub(crate) async fn purge(&self) {
        match self.conversations.purge(self.clock.now()).await {
            Ok(deleted) => tracing::debug!(deleted, "expired conversations deleted"),
            Err(error) => tracing::error!(error = %chain(&error), "expired conversations could not be deleted"),
        }
    }

    async fn answer(&self, incoming: &Incoming, key: &ConversationKey, current: Conversation) -> Option<Answer> {
        let clerk = &self.clerk;
        match &incoming.request {
            Request::Question(text) => Some(clerk.ask(incoming, text, current).await),
            Request::Command(Command::Ask(question)) => Some(clerk.ask(incoming, question, current).await),
            Request::Command(Command::Start { service }) => {
                Some(clerk.start(incoming, service.as_ref(), current).await)
            }
            Request::Command(Command::Help) => Some(clerk.say(incoming, "telegram_help", &[])),
            Request::Command(Command::Language) => Some(clerk.languages_to_choose(incoming)),
            Request::Command(Command::Privacy) => Some(clerk.privacy(incoming)),
            Request::Command(Command::Delete) => Some(self.delete(incoming, key).await),
            Request::Tap { query, message, tapped } => self.tap(incoming, query, *message, tapped, current).await,
            Request::Unreadable { album: None } => Some(clerk.say(incoming, "telegram_text_only", &[])),
            Request::Unreadable { album: Some(album) } => {
                // Ten pictures at once are ten updates, and one remark about them is enough.
                let expires = self.clock.now() + Self::DELIVERIES_REMEMBERED;
                let first = self.conversations.first_delivery(&format!("tg:album:{album}"), expires).await;
                first.unwrap_or(true).then(|| clerk.say(incoming, "telegram_text_only", &[]))
            }
        }
    }

    async fn tap(
        &self,
        incoming: &Incoming,
        query: &CallbackQueryId,
        message: MessageId,
        tapped: &Option<Tapped>,
        current: Conversation,
    ) -> Option<Answer> {
        let answer = match tapped {
            Some(Tapped::Words(pressed)) => match pressed.conversation(current) {
                Some(conversation) => {
                    // The waiting sign goes before the desk thinks.
                    self.delivery.acknowledge(query, None).await;
                    return Some(self.clerk.ask(incoming, &pressed.text, conversation).await);
                }
                None => None,
            },
            Some(Tapped::Language(language)) => {
                self.clerk.speak(language.clone(), current).map(|answer| answer.instead_of(message))
            }
            None => None,
        };
        let note = answer.is_none().then(|| self.clerk.words(incoming).say("telegram_old_button", &[]));
        self.delivery.acknowledge(query, note).await;
        answer
    }

    /// Deletes before it says so.
    async fn delete(&self, incoming: &Incoming, key: &ConversationKey) -> Answer {
        match self.conversations.delete(key).await {
            Ok(()) => self.clerk.say(incoming, "telegram_deleted", &[]),
            Err(error) => {
                tracing::error!(error = %chain(&error), "a conversation could not be deleted");
                self.clerk.say(incoming, "telegram_not_deleted", &[])
            }
        }
    }

    /// Sends, then remembers: were it the other way round, a crash in between would have the question asked again in
    /// the conversation that it had already changed.
    async fn deliver(&self, incoming: &Incoming, key: &ConversationKey, answer: Answer) {
        let memory = match self.put(incoming, &answer).await {
            Fate::Blocked => Memory::Forget,
            Fate::Sent | Fate::Dropped => answer.memory,
        };
        self.remember(key, memory).await;
    }

    async fn put(&self, incoming: &Incoming, answer: &Answer) -> Fate {
        if let Place::InsteadOf(earlier) = answer.place {
            let fate = match answer.messages.as_slice() {
                [message] => self.delivery.replace(incoming.chat, earlier, message).await,
                _ => {
                    // Buttons that were answered must not stand above the answer.
                    self.delivery.replace_keyboard(incoming.chat, earlier, None).await;
                    Fate::Dropped
                }
            };
            if fate != Fate::Dropped {
                return fate;
            }
        }
        for message in &answer.messages {
            if self.delivery.send(incoming.chat, incoming.reply_to, message).await == Fate::Blocked {
                return Fate::Blocked;
            }
        }
        Fate::Sent
    }

    async fn conversation(&self, key: &ConversationKey) -> Conversation {
        match self.conversations.load(key, self.clock.now()).await {
            Ok(conversation) => conversation.unwrap_or_default(),
            Err(error) => {
                tracing::error!(error = %chain(&error), "a conversation could not be read, it starts anew");
                Conversation::default()
            }
        }
    }

    async fn remember(&self, key: &ConversationKey, memory: Memory) {
        let result = match memory {
            Memory::Unchanged => Ok(()),
            Memory::Forget => self.conversations.delete(key).await,
            Memory::Keep(conversation) => self.conversations.save(key, &conversation, self.expiry()).await,
        };
        if let Err(error) = result {
            tracing::error!(error = %chain(&error), "a conversation could not be saved or deleted");
        }
    }

    fn expiry(&self) -> DateTime<Tz> {
        self.clock.now() + TimeDelta::hours(self.clerk.conversation_hours.clamp(1, 24 * 365))
    }

    /// Everybody in a group has a conversation of their own; in a private chat both numbers are the same.
    fn conversation_key(&self, incoming: &Incoming) -> ConversationKey {
        let mut hash = Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes a key of any length");
        hash.update(format!("telegram:{}:{}", incoming.chat, incoming.person).as_bytes());
        ConversationKey::from_hash(hex::encode(hash.finalize().into_bytes()))
    }
}

/// An error with everything that led to it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
