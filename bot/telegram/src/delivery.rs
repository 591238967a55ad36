//! Sends and changes messages at the pace Telegram allows, until that is done or never will be.

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
use crate::pace::{Pace, Ticket, Turn};
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
            let ticket = self.wait_for_turn(chat).await;
            let told = self.api.tell(request, Self::LIMIT).await;
            self.pace().ended(ticket, Instant::now());
            let failure = match told {
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

    async fn wait_for_turn(&self, chat: ChatId) -> Ticket {
        loop {
            let turn = self.pace().turn(chat, Instant::now());
            match turn {
                Turn::Now(ticket) => return ticket,
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
