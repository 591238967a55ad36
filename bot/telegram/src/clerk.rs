//! What is answered to whom: from what a person wants to messages, without sending or keeping anything.

use std::sync::Arc;

use faq_engine::conversation::Conversation;
use faq_engine::desk::InfoDesk;
use faq_engine::language::LanguageTag;
use faq_engine::phrasebook::Phrasebook;
use faq_engine::position::Position;
use faq_engine::reply::{Block, Passage, Reply, ReplyKind};
use faq_engine::slug::Slug;
use faq_engine::turn::Turn;
use teloxide::types::{BotCommand, InlineKeyboardMarkup, MessageId};

use crate::commands;
use crate::intake::{Incoming, Medium};
use crate::keyboard;
use crate::rating::{self, Thumb};
use crate::render::{self, ChannelTouch, OutgoingMessage};

/// Knows what to say.
pub(crate) struct Clerk {
    pub(crate) desk: Arc<InfoDesk>,
    pub(crate) website: Option<String>,
    pub(crate) conversation_hours: i64,
}

/// What to send, and what to remember once it is sent.
pub(crate) struct Answer {
    pub(crate) messages: Vec<OutgoingMessage>,
    pub(crate) place: Place,
    pub(crate) memory: Memory,
}

/// Where an answer goes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Place {
    /// Below everything else.
    New,
    /// Only these buttons, under the message that asked.
    Under(MessageId, InlineKeyboardMarkup),
    /// In the place of the message that asked, if it is one message; else below, and that message loses its buttons.
    InsteadOf(MessageId),
}

/// What becomes of the conversation.
pub(crate) enum Memory {
    Unchanged,
    Keep(Conversation),
    /// The person is gone.
    Forget,
}

impl Answer {
    fn new(messages: Vec<OutgoingMessage>, memory: Memory) -> Self {
        Self { messages, place: Place::New, memory }
    }

    pub(crate) fn instead_of(self, message: MessageId) -> Self {
        Self { place: Place::InsteadOf(message), ..self }
    }
}

impl Clerk {
    /// The menu of commands in a language.
    pub(crate) fn menu(&self, language: &LanguageTag) -> Vec<BotCommand> {
        commands::menu(&self.desk.phrasebook(Some(language)))
    }

    /// The languages spoken, German first.
    pub(crate) fn languages(&self) -> Vec<LanguageTag> {
        let mut tags: Vec<LanguageTag> = self.desk.knowledge().languages.packs().map(|pack| pack.tag.clone()).collect();
        tags.sort_by_key(|tag| tag.primary() != LanguageTag::german().as_str());
        tags
    }

    /// Answers a question.
    pub(crate) async fn ask(&self, incoming: &Incoming, text: &str, conversation: Conversation) -> Answer {
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
        self.dress(reply, incoming)
    }

    /// Says which office is near. Where the person is goes no further than this.
    pub(crate) async fn nearest_office(&self, incoming: &Incoming, here: Position, before: Conversation) -> Answer {
        let reply = self.desk.nearest_office(here, incoming.language.as_ref(), before).await;
        self.dress(reply, incoming)
    }

    /// Says that something cannot be read, and what to do instead.
    pub(crate) fn decline(&self, incoming: &Incoming, medium: Medium) -> Answer {
        let key = match medium {
            Medium::Photo => "telegram_photo",
            Medium::Voice => "telegram_voice",
            Medium::Video => "telegram_video",
            Medium::Document => "telegram_document",
            Medium::Sticker => "telegram_sticker",
            Medium::Contact => "telegram_contact",
            Medium::Other => "telegram_text_only",
        };
        self.say(incoming, key, &[])
    }

    /// Opens a conversation, about a service if there is one of that name. Of the one before only the chosen language
    /// is left.
    pub(crate) async fn start(&self, incoming: &Incoming, service: Option<&Slug>, before: Conversation) -> Answer {
        let chosen_language = before.chosen_language;
        if let Some(name) = service.and_then(|service| self.name_of(service, incoming.language.as_ref())) {
            return self.ask(incoming, &name, Conversation { chosen_language, ..Conversation::default() }).await;
        }
        let mut greeting = self.desk.greeting(incoming.language.as_ref());
        greeting.conversation.chosen_language = chosen_language;
        self.say_what_is_kept(&mut greeting);
        self.dress(greeting, incoming)
    }

    /// Asks in which language to speak.
    pub(crate) fn languages_to_choose(&self, incoming: &Incoming) -> Answer {
        let mut answer = self.say(incoming, "telegram_language_question", &[]);
        let knowledge = self.desk.knowledge();
        let names = self.languages().into_iter().map(|tag| {
            let name = knowledge.languages.phrasebook(&tag).pack().name.clone();
            (tag, name)
        });
        if let Some(message) = answer.messages.last_mut() {
            message.keyboard = Some(InlineKeyboardMarkup::new(keyboard::languages(names)));
        }
        answer
    }

    /// Speaks another language from now on; `None` if it is none of ours.
    pub(crate) fn speak(&self, language: LanguageTag, conversation: Conversation) -> Option<Answer> {
        let words = self.desk.phrasebook(Some(&language));
        if *words.language() != language {
            return None;
        }
        let conversation =
            Conversation { language: Some(language.clone()), chosen_language: Some(language), ..conversation };
        let messages = render::plain(&words.say("telegram_language_chosen", &[]), &words);
        Some(Answer::new(messages, Memory::Keep(conversation)))
    }

    /// Thanks for a verdict where it was given; also a short word to show at once.
    pub(crate) fn thank(
        &self,
        thumb: &Thumb,
        keyboard: &InlineKeyboardMarkup,
        language: Option<&LanguageTag>,
        message: MessageId,
    ) -> (Answer, String) {
        let words = self.desk.phrasebook(language);
        let place = Place::Under(message, rating::in_place(thumb, keyboard, &words));
        let note = if thumb.verdict.is_some() { "web_rating_thanks" } else { "web_rating_taken_back" };
        (Answer { messages: Vec::new(), place, memory: Memory::Unchanged }, words.say(note, &[]))
    }

    pub(crate) fn privacy(&self, incoming: &Incoming) -> Answer {
        let hours = self.conversation_hours.to_string();
        let words = self.words(incoming);
        let mut sentences = vec![words.say("telegram_privacy", &[("hours", &hours)])];
        if let Some(website) = &self.website {
            sentences.push(words.say("telegram_website", &[("website", website)]));
        }
        Answer::new(render::plain(&sentences.join("\n\n"), &words), Memory::Unchanged)
    }

    /// One sentence of the channel itself.
    pub(crate) fn say(&self, incoming: &Incoming, key: &str, values: &[(&str, &str)]) -> Answer {
        let words = self.words(incoming);
        Answer::new(render::plain(&words.say(key, values), &words), Memory::Unchanged)
    }

    pub(crate) fn words(&self, incoming: &Incoming) -> Phrasebook {
        self.desk.phrasebook(incoming.language.as_ref())
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

    fn dress(&self, reply: Reply, incoming: &Incoming) -> Answer {
        let words = self.desk.phrasebook(Some(&reply.language));
        // In a group one person's verdict would stand under everybody's answer.
        let channel = ChannelTouch { website: self.website.as_deref(), may_be_rated: incoming.is_private() };
        Answer::new(render::render(&reply, &words, channel), Memory::Keep(reply.conversation))
    }
}
