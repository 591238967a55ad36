//! From what a person wants to messages in their chat, once each, and what is remembered of it.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use chrono_tz::Tz;
use faq_engine::conversation::Conversation;
use faq_engine::language::LanguageTag;
use faq_engine::ports::{Clock, ConversationKey, ConversationStore, RatedAnswer, Verdicts};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use teloxide::types::{BotCommand, CallbackQueryId, MessageId};

use crate::api::Api;
use crate::clerk::{Answer, Clerk, Memory, Place};
use crate::commands::Command;
use crate::delivery::{Delivery, Fate};
use crate::intake::{Incoming, Request};
use crate::keyboard::Tapped;
use crate::once::Attempt;
use crate::rating::Thumb;
use crate::{Surroundings, TelegramSettings};

/// Answers what comes in.
pub(crate) struct Answering {
    clerk: Clerk,
    conversations: Arc<dyn ConversationStore>,
    clock: Arc<dyn Clock>,
    verdicts: Arc<dyn Verdicts>,
    delivery: Delivery,
    key: [u8; 32],
}

impl Answering {
    /// Telegram keeps an unconfirmed update this long.
    const DELIVERIES_REMEMBERED: TimeDelta = TimeDelta::hours(24);

    pub(crate) fn new(settings: &TelegramSettings, surroundings: Surroundings, key: [u8; 32], api: Arc<Api>) -> Self {
        let Surroundings { desk, conversations, clock, verdicts } = surroundings;
        let (website, conversation_hours) = (settings.website.clone(), settings.conversation_hours);
        let clerk = Clerk { desk, website, conversation_hours };
        Self { clerk, conversations, clock, verdicts, delivery: Delivery::new(api), key }
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
            Request::Position(here) => Some(clerk.nearest_office(incoming, *here, current).await),
            Request::Unreadable { medium, album: None } => Some(clerk.decline(incoming, *medium)),
            Request::Unreadable { medium, album: Some(album) } => {
                // Ten pictures at once are ten updates, and one remark about them is enough.
                let expires = self.clock.now() + Self::DELIVERIES_REMEMBERED;
                let first = self.conversations.first_delivery(&format!("tg:album:{album}"), expires).await;
                first.unwrap_or(true).then(|| clerk.decline(incoming, *medium))
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
                    let answer = self.clerk.ask(incoming, &pressed.text, conversation).await;
                    return Some(if pressed.is_choice() { answer.instead_of(message) } else { answer });
                }
                None => None,
            },
            Some(Tapped::Language(language)) => {
                self.clerk.speak(language.clone(), current).map(|answer| answer.instead_of(message))
            }
            Some(Tapped::Thumb { thumb, keyboard }) => {
                let language = current.language.as_ref().or(incoming.language.as_ref());
                self.verdicts.count(&self.rated(incoming, message, thumb), thumb.verdict);
                let (answer, note) = self.clerk.thank(thumb, keyboard, language, message);
                self.delivery.acknowledge(query, Some(note)).await;
                return Some(answer);
            }
            None => None,
        };
        let note = answer.is_none().then(|| self.clerk.words(incoming).say("telegram_old_button", &[]));
        self.delivery.acknowledge(query, note).await;
        answer
    }

    /// The answer under which a thumb stands. Its number says nothing about chat or message, and is the same whenever
    /// the same person rates the same answer there.
    fn rated(&self, incoming: &Incoming, message: MessageId, thumb: &Thumb) -> RatedAnswer {
        let Thumb { subject, facet, .. } = thumb;
        let name = format!("{}:{}:{}:{}", incoming.chat, incoming.person, message, thumb.subject());
        let hash = self.hash("rating", &name);
        let nonce = hash.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        RatedAnswer { subject: subject.clone(), facet: *facet, nonce }
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
        let chat = incoming.chat;
        match (&answer.place, answer.messages.as_slice()) {
            (Place::New, _) => {}
            (Place::Under(earlier, keyboard), _) => {
                return self.delivery.replace_keyboard(chat, *earlier, Some(keyboard.clone())).await;
            }
            (Place::InsteadOf(earlier), [message]) => match self.delivery.replace(chat, *earlier, message).await {
                Fate::Dropped => {}
                fate => return fate,
            },
            (Place::InsteadOf(earlier), _) => {
                // Buttons that were answered must not stand above the answer.
                self.delivery.replace_keyboard(chat, *earlier, None).await;
            }
        }
        for message in &answer.messages {
            if self.delivery.send(chat, incoming.reply_to, message).await == Fate::Blocked {
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
        ConversationKey::from_hash(hex::encode(
            self.hash("telegram", &format!("{}:{}", incoming.chat, incoming.person)),
        ))
    }

    fn hash(&self, purpose: &str, name: &str) -> [u8; 32] {
        let mut hash = Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes a key of any length");
        hash.update(format!("{purpose}:{name}").as_bytes());
        hash.finalize().into_bytes().into()
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
