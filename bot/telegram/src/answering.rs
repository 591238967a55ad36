//! From what a person wants to messages in their chat.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use chrono_tz::Tz;
use faq_engine::conversation::Conversation;
use faq_engine::desk::InfoDesk;
use faq_engine::language::LanguageTag;
use faq_engine::phrasebook::Phrasebook;
use faq_engine::ports::{Clock, ConversationKey, ConversationStore};
use faq_engine::reply::{Block, Passage, Reply, ReplyKind};
use faq_engine::slug::Slug;
use faq_engine::turn::Turn;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use teloxide::types::BotCommand;

use crate::TelegramSettings;
use crate::api::Api;
use crate::commands::{self, Command};
use crate::delivery::{Delivery, Fate};
use crate::intake::{Incoming, Request};
use crate::once::Attempt;
use crate::render::{self, OutgoingMessage};

/// Answers what comes in.
pub(crate) struct Answering {
    desk: Arc<InfoDesk>,
    conversations: Arc<dyn ConversationStore>,
    clock: Arc<dyn Clock>,
    delivery: Delivery,
    key: [u8; 32],
    website: Option<String>,
    conversation_hours: i64,
}

/// What to send, and what to remember once it is sent.
struct Answer {
    messages: Vec<OutgoingMessage>,
    memory: Memory,
}

enum Memory {
    Unchanged,
    Keep(Conversation),
    /// The person is gone.
    Forget,
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
        Self {
            desk,
            conversations,
            clock,
            delivery: Delivery::new(api),
            key,
            website: settings.website.clone(),
            conversation_hours: settings.conversation_hours,
        }
    }

    /// The menu of commands in a language.
    pub(crate) fn menu(&self, language: &LanguageTag) -> Vec<BotCommand> {
        commands::menu(&self.desk.phrasebook(Some(language)))
    }

    /// Answers, unless this delivery was answered before. Returns when the person has the answer.
    pub(crate) async fn handle(&self, incoming: Incoming) {
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
        if let Some(answer) = self.answer(&incoming, &key).await {
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

    async fn answer(&self, incoming: &Incoming, key: &ConversationKey) -> Option<Answer> {
        match &incoming.request {
            Request::Question(text) => Some(self.ask(incoming, text, self.conversation(key).await).await),
            Request::Command(Command::Ask(question)) => {
                Some(self.ask(incoming, question, self.conversation(key).await).await)
            }
            Request::Command(Command::Start { service }) => {
                match service.as_ref().and_then(|service| self.name_of(service, incoming.language.as_ref())) {
                    Some(name) => Some(self.ask(incoming, &name, Conversation::default()).await),
                    None => Some(self.start(incoming.language.as_ref())),
                }
            }
            Request::Command(Command::Help) => Some(self.say(incoming, "telegram_help", &[])),
            Request::Command(Command::Privacy) => Some(self.privacy(incoming)),
            Request::Command(Command::Delete) => Some(self.delete(incoming, key).await),
            Request::Tap { query, pressed } => {
                let current = self.conversation(key).await;
                let asked = pressed.as_ref().and_then(|pressed| Some((pressed, pressed.conversation(current)?)));
                let note = asked.is_none().then(|| self.words(incoming).say("telegram_old_button", &[]));
                self.delivery.acknowledge(query, note).await;
                let (pressed, conversation) = asked?;
                Some(self.ask(incoming, &pressed.text, conversation).await)
            }
            Request::Unreadable { album: None } => Some(self.say(incoming, "telegram_text_only", &[])),
            Request::Unreadable { album: Some(album) } => {
                // Ten pictures at once are ten updates, and one remark about them is enough.
                let expires = self.clock.now() + Self::DELIVERIES_REMEMBERED;
                let first = self.conversations.first_delivery(&format!("tg:album:{album}"), expires).await;
                first.unwrap_or(true).then(|| self.say(incoming, "telegram_text_only", &[]))
            }
        }
    }

    async fn ask(&self, incoming: &Incoming, text: &str, conversation: Conversation) -> Answer {
        let is_first_contact = !conversation.introduced;
        let turn = Turn { text: text.to_owned(), language: incoming.language.clone(), conversation, office: None };
        let started = std::time::Instant::now();
        let mut reply = self.desk.answer(turn).await;
        let duration_ms = started.elapsed().as_millis() as u64;
        tracing::info!(reply.kind = reply.kind.as_str(), duration_ms, "telegram question answered");
        // In a group, and after a day, a conversation opens with "Hallo" rather than with /start.
        if is_first_contact && reply.kind == ReplyKind::Chitchat {
            self.say_what_is_kept(&mut reply);
        }
        self.dress(reply)
    }

    fn start(&self, language: Option<&LanguageTag>) -> Answer {
        let mut greeting = self.desk.greeting(language);
        self.say_what_is_kept(&mut greeting);
        self.dress(greeting)
    }

    /// Where to read what Telegram and the desk keep, and where the same is answered without Telegram.
    fn say_what_is_kept(&self, greeting: &mut Reply) {
        let words = self.desk.phrasebook(Some(&greeting.language));
        let mut sentences = vec![words.say("telegram_start", &[])];
        if let Some(website) = &self.website {
            sentences.push(words.say("telegram_website", &[("website", website)]));
        }
        let passage = Passage { text: sentences.join("\n\n"), language: greeting.language.clone() };
        greeting.blocks.push(Block::Text(passage));
    }

    fn name_of(&self, service: &Slug, language: Option<&LanguageTag>) -> Option<String> {
        let german = LanguageTag::german();
        let knowledge = self.desk.knowledge();
        let service = knowledge.catalogue.service(service.as_str())?;
        Some(service.name.or_german(language.unwrap_or(&german)).to_owned())
    }

    fn privacy(&self, incoming: &Incoming) -> Answer {
        let hours = self.conversation_hours.to_string();
        let words = self.words(incoming);
        let mut sentences = vec![words.say("telegram_privacy", &[("hours", &hours)])];
        if let Some(website) = &self.website {
            sentences.push(words.say("telegram_website", &[("website", website)]));
        }
        Answer { messages: render::plain(&sentences.join("\n\n"), &words), memory: Memory::Unchanged }
    }

    /// Deletes before it says so.
    async fn delete(&self, incoming: &Incoming, key: &ConversationKey) -> Answer {
        match self.conversations.delete(key).await {
            Ok(()) => self.say(incoming, "telegram_deleted", &[]),
            Err(error) => {
                tracing::error!(error = %chain(&error), "a conversation could not be deleted");
                self.say(incoming, "telegram_not_deleted", &[])
            }
        }
    }

    fn say(&self, incoming: &Incoming, key: &str, values: &[(&str, &str)]) -> Answer {
        let words = self.words(incoming);
        Answer { messages: render::plain(&words.say(key, values), &words), memory: Memory::Unchanged }
    }

    fn dress(&self, reply: Reply) -> Answer {
        let words = self.desk.phrasebook(Some(&reply.language));
        Answer { messages: render::render(&reply, &words), memory: Memory::Keep(reply.conversation) }
    }

    fn words(&self, incoming: &Incoming) -> Phrasebook {
        self.desk.phrasebook(incoming.language.as_ref())
    }

    /// Sends, then remembers: were it the other way round, a crash in between would have the question asked again in
    /// the conversation that it had already changed.
    async fn deliver(&self, incoming: &Incoming, key: &ConversationKey, answer: Answer) {
        let mut memory = answer.memory;
        for message in &answer.messages {
            match self.delivery.send(incoming.chat, incoming.reply_to, message).await {
                Fate::Sent | Fate::Dropped => {}
                Fate::Blocked => {
                    memory = Memory::Forget;
                    break;
                }
            }
        }
        self.remember(key, memory).await;
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
        self.clock.now() + TimeDelta::hours(self.conversation_hours.clamp(1, 24 * 365))
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
