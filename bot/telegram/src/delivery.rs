//! Sends and changes messages at the pace Telegram allows, until that is done or never will be.
//!
//! About one message a second to a chat, twenty a minute to a group, thirty a second in all. The limits are not
//! guaranteed: a 429 with its `retry_after` has the last word.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;
use teloxide::payloads::{AnswerCallbackQuery, EditMessageReplyMarkup, EditMessageText, SendMessage};
use teloxide::requests::Payload;
use teloxide::types::{
    CallbackQueryId, ChatId, InlineKeyboardMarkup, LinkPreviewOptions, MessageId, ParseMode, ReplyMarkup,
    ReplyParameters,
};
use tokio::time::{Instant, sleep, sleep_until};

use crate::api::{Api, Failure};
use crate::backoff::Backoff;
use crate::render::OutgoingMessage;

/// Sends.
pub(crate) struct Delivery {
    api: Arc<Api>,
    pace: Mutex<Pace>,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The person has it.
    Sent,
    /// The person does not want messages.
    Blocked,
    /// Telegram will not take this message, or the one to be changed is no longer there.
    Dropped,
}

/// How an attempt ended for good.
enum End {
    Done,
    Blocked,
    Refused(Failure),
    GivenUp(Failure),
}

impl Delivery {
    const LIMIT: Duration = Duration::from_secs(15);
    /// With the pauses in between about ten minutes: a message at which Telegram itself fails every time must not
    /// occupy its chat for ever. A network that is down is waited for without end.
    const MOST_SERVER_FAULTS: u32 = 25;

    pub(crate) fn new(api: Arc<Api>) -> Self {
        Self { api, pace: Mutex::new(Pace::default()) }
    }

    /// Sends a message.
    pub(crate) async fn send(&self, chat: ChatId, reply_to: Option<MessageId>, message: &OutgoingMessage) -> Fate {
        let length = message.html.len();
        match self.insist(chat, &send_message(chat, reply_to, message)).await {
            End::Done => Fate::Sent,
            End::Blocked => Fate::Blocked,
            End::Refused(failure) => {
                tracing::error!(error = %failure, length, "telegram refused a message");
                Fate::Dropped
            }
            End::GivenUp(failure) => {
                tracing::error!(error = %failure, length, "a message could not be sent");
                Fate::Dropped
            }
        }
    }

    /// Puts a message in the place of an earlier one.
    pub(crate) async fn replace(&self, chat: ChatId, earlier: MessageId, message: &OutgoingMessage) -> Fate {
        let mut request = EditMessageText::new(chat, earlier, &message.html);
        request.parse_mode = Some(ParseMode::Html);
        request.link_preview_options = Some(without_preview());
        request.reply_markup = message.keyboard.clone();
        changed(self.insist(chat, &request).await)
    }

    /// Puts a keyboard under an earlier message, or takes it away.
    pub(crate) async fn replace_keyboard(
        &self,
        chat: ChatId,
        earlier: MessageId,
        keyboard: Option<InlineKeyboardMarkup>,
    ) -> Fate {
        let mut request = EditMessageReplyMarkup::new(chat, earlier);
        request.reply_markup = keyboard;
        changed(self.insist(chat, &request).await)
    }

    /// Calls a method for a chat until it is done or never will be.
    async fn insist<P: Payload + Serialize>(&self, chat: ChatId, request: &P) -> End {
        let mut backoff = Backoff::for_outage();
        let mut server_faults = 0;
        loop {
            self.wait_for_turn(chat).await;
            let failure = match self.api.tell(request, Self::LIMIT).await {
                Ok(()) => return End::Done,
                Err(failure) => failure,
            };
            match failure {
                Failure::TooFast(pause) => {
                    self.pace().hold(chat, Instant::now(), pause);
                    continue;
                }
                Failure::Blocked => {
                    tracing::debug!("a person does not accept messages any more");
                    return End::Blocked;
                }
                Failure::Refused { .. } => return End::Refused(failure),
                Failure::Server(_) | Failure::Unreadable => server_faults += 1,
                Failure::Unreachable(_) | Failure::Unauthorised | Failure::Conflict => {}
            }
            if server_faults >= Self::MOST_SERVER_FAULTS {
                return End::GivenUp(failure);
            }
            tracing::warn!(error = %failure, "a message could not be sent yet");
            sleep(backoff.pause()).await;
        }
    }

    /// Stops the button's waiting sign, with a note if there is something to say. Tried once: Telegram stops it by
    /// itself after a while, and the answer matters more.
    pub(crate) async fn acknowledge(&self, query: &CallbackQueryId, note: Option<String>) {
        let mut request = AnswerCallbackQuery::new(query.clone());
        request.text = note;
        if let Err(failure) = self.api.tell(&request, Self::LIMIT).await {
            tracing::debug!(error = %failure, "a tap could not be acknowledged");
        }
    }

    async fn wait_for_turn(&self, chat: ChatId) {
        loop {
            let turn = self.pace().turn(chat, Instant::now());
            match turn {
                Turn::Now => return,
                Turn::At(time) => sleep_until(time).await,
            }
        }
    }

    fn pace(&self) -> std::sync::MutexGuard<'_, Pace> {
        // Times of last messages: whoever panicked while holding them cannot have left them half written.
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn send_message(chat: ChatId, reply_to: Option<MessageId>, message: &OutgoingMessage) -> SendMessage {
    let mut request = SendMessage::new(chat, &message.html);
    request.parse_mode = Some(ParseMode::Html);
    request.link_preview_options = Some(without_preview());
    request.reply_parameters = reply_to.map(|id| ReplyParameters::new(id).allow_sending_without_reply());
    request.reply_markup = message.keyboard.clone().map(ReplyMarkup::InlineKeyboard);
    request
}

fn without_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

/// What became of a change. A message that is like that already needs none: a crash may have come after the first try.
fn changed(end: End) -> Fate {
    match end {
        End::Done => Fate::Sent,
        End::Blocked => Fate::Blocked,
        End::Refused(Failure::Refused { reason, .. }) if reason.contains("message is not modified") => Fate::Sent,
        End::Refused(failure) | End::GivenUp(failure) => {
            tracing::debug!(error = %failure, "a message could not be changed");
            Fate::Dropped
        }
    }
}

/// When which chat may get its next message.
#[derive(Debug, Default)]
struct Pace {
    chats: HashMap<ChatId, Instant>,
    everybody: Option<Instant>,
    /// The chat Telegram made wait last, and until when.
    held: Option<(ChatId, Instant)>,
}

#[derive(Debug, PartialEq, Eq)]
enum Turn {
    Now,
    At(Instant),
}

impl Pace {
    const BETWEEN_MESSAGES: Duration = Duration::from_millis(34);
    const IN_A_CHAT: Duration = Duration::from_secs(1);
    const IN_A_GROUP: Duration = Duration::from_secs(3);
    const MANY: usize = 1000;

    /// Whether it is this chat's turn; if so, the turn is taken.
    fn turn(&mut self, chat: ChatId, now: Instant) -> Turn {
        let next = self.chats.get(&chat).copied().max(self.everybody);
        if let Some(next) = next.filter(|next| *next > now) {
            return Turn::At(next);
        }
        if self.chats.len() >= Self::MANY {
            self.chats.retain(|_, next| *next > now);
        }
        let between = if chat.0 < 0 { Self::IN_A_GROUP } else { Self::IN_A_CHAT };
        self.chats.insert(chat, now + between);
        self.everybody = Some(now + Self::BETWEEN_MESSAGES);
        Turn::Now
    }

    /// Telegram wants a pause. Usually one chat was too fast; a second one told the same at the same time means that
    /// the bot as a whole is.
    fn hold(&mut self, chat: ChatId, now: Instant, pause: Duration) {
        let until = now + pause;
        self.chats.insert(chat, until);
        if self.held.is_some_and(|(other, held_until)| other != chat && held_until > now) {
            self.everybody = self.everybody.max(Some(until));
        }
        self.held = Some((chat, until));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: ChatId = ChatId(1);
    const BEN: ChatId = ChatId(2);

    #[tokio::test]
    async fn a_chat_gets_one_message_a_second_and_others_do_not_wait_for_it() {
        let mut pace = Pace::default();
        let start = Instant::now();
        let soon = start + Pace::BETWEEN_MESSAGES;
        assert_eq!(pace.turn(ANNA, start), Turn::Now);
        assert_eq!(pace.turn(ANNA, soon), Turn::At(start + Duration::from_secs(1)));
        assert_eq!(pace.turn(BEN, start), Turn::At(soon));
        assert_eq!(pace.turn(BEN, soon), Turn::Now);
        assert_eq!(pace.turn(ANNA, start + Duration::from_secs(1)), Turn::Now);
    }

    #[tokio::test]
    async fn a_pause_for_one_chat_is_its_own_and_for_two_it_is_everybodys() {
        let mut pace = Pace::default();
        let start = Instant::now();
        pace.hold(ANNA, start, Duration::from_secs(30));
        assert_eq!(pace.turn(BEN, start), Turn::Now);
        assert_eq!(pace.turn(ANNA, start), Turn::At(start + Duration::from_secs(30)));
        pace.hold(BEN, start, Duration::from_secs(20));
        assert_eq!(pace.turn(ChatId(3), start), Turn::At(start + Duration::from_secs(20)));
    }

    #[tokio::test]
    async fn chats_of_the_past_are_forgotten() {
        let mut pace = Pace::default();
        let start = Instant::now();
        let mut now = start;
        for chat in 0..5000 {
            now += Pace::BETWEEN_MESSAGES;
            assert_eq!(pace.turn(ChatId(chat), now), Turn::Now);
        }
        assert!(pace.chats.len() <= Pace::MANY);
    }
}
