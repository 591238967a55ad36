//! From an update to what a person wants.
//!
//! Private chats are what the desk is for. In a group it stays silent unless a command names it, it is mentioned or
//! somebody replies to it; channels, other bots and service messages are ignored. So are edited messages: answering
//! every corrected typing error would flood the chat.
//!
//! Of the sender only the number (for the keyed hash) and the language are looked at.

use faq_engine::language::LanguageTag;
use faq_engine::position::Position;
use teloxide::types::{
    AllowedUpdate, CallbackQuery, CallbackQueryId, ChatId, MediaKind, Message, MessageId, MessageKind, Update,
    UpdateKind, User, UserId,
};

use crate::commands::Command;
use crate::keyboard::{self, Tapped};

/// What Telegram is asked to deliver.
pub(crate) const WANTED: [AllowedUpdate; 2] = [AllowedUpdate::Message, AllowedUpdate::CallbackQuery];

/// Who this bot is, to know when it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BotIdentity {
    pub(crate) id: UserId,
    pub(crate) name: String,
}

/// What a person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Incoming {
    /// Names this delivery. The update id alone would not do: Telegram starts again at a random one after a quiet week.
    pub(crate) delivery: String,
    pub(crate) chat: ChatId,
    pub(crate) person: UserId,
    pub(crate) language: Option<LanguageTag>,
    /// The message to reply to where others write in between.
    pub(crate) reply_to: Option<MessageId>,
    pub(crate) request: Request,
}

impl Incoming {
    /// Whether nobody else reads along.
    pub(crate) fn is_private(&self) -> bool {
        self.chat.is_user()
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Request {
    /// A command.
    Command(Command),
    /// A question in own words.
    Question(String),
    /// A tap on a button under this message; `tapped` is `None` if the button can no longer be read.
    Tap { query: CallbackQueryId, message: MessageId, tapped: Option<Tapped> },
    /// Where the person is.
    Position(Position),
    /// Something the desk cannot read. `album` if it is one of several sent together.
    Unreadable { medium: Medium, album: Option<String> },
}

/// What the desk cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Medium {
    Photo,
    Voice,
    Video,
    Document,
    Sticker,
    Contact,
    /// A poll, a game, whatever comes next.
    Other,
}

/// Reads an update; `None` if there is nothing to answer.
pub(crate) fn read(update: Update, bot: &BotIdentity) -> Option<Incoming> {
    let id = update.id.0;
    match update.kind {
        UpdateKind::Message(message) => read_message(id, &message, bot),
        UpdateKind::CallbackQuery(query) => read_tap(id, query),
        _ => None,
    }
}

fn read_message(update: u32, message: &Message, bot: &BotIdentity) -> Option<Incoming> {
    let sender = message.from.as_ref().filter(|sender| !sender.is_bot)?;
    if !matches!(message.kind, MessageKind::Common(_) | MessageKind::Dice(_)) || is_migration(message) {
        return None;
    }
    let in_group = !message.chat.is_private();
    let request = if in_group { read_in_group(message, bot)? } else { read_in_private(message, bot)? };
    Some(Incoming {
        delivery: format!("tg:{update}:{}", message.date.timestamp()),
        chat: message.chat.id,
        person: sender.id,
        language: language(sender),
        reply_to: in_group.then_some(message.id),
        request,
    })
}

fn read_in_private(message: &Message, bot: &BotIdentity) -> Option<Request> {
    match message.text() {
        Some(text) if text.starts_with('/') => Command::read(text, &bot.name).map(Request::Command),
        Some(text) => Some(Request::Question(text.to_owned())),
        None => match position(message) {
            Some(position) => Some(Request::Position(position)),
            None => {
                let album = message.media_group_id().map(|album| album.0.clone());
                Some(Request::Unreadable { medium: medium(message), album })
            }
        },
    }
}

fn position(message: &Message) -> Option<Position> {
    let MessageKind::Common(common) = &message.kind else { return None };
    let location = match &common.media_kind {
        MediaKind::Location(media) => &media.location,
        MediaKind::Venue(media) => &media.venue.location,
        _ => return None,
    };
    Position::new(location.latitude, location.longitude)
}

fn medium(message: &Message) -> Medium {
    let MessageKind::Common(common) = &message.kind else { return Medium::Other };
    match &common.media_kind {
        MediaKind::Photo(_) => Medium::Photo,
        MediaKind::Voice(_) | MediaKind::Audio(_) => Medium::Voice,
        MediaKind::Video(_) | MediaKind::VideoNote(_) | MediaKind::Animation(_) => Medium::Video,
        MediaKind::Document(_) => Medium::Document,
        MediaKind::Sticker(_) => Medium::Sticker,
        MediaKind::Contact(_) => Medium::Contact,
        _ => Medium::Other,
    }
}

fn read_in_group(message: &Message, bot: &BotIdentity) -> Option<Request> {
    if !message.chat.is_group() && !message.chat.is_supergroup() {
        return None;
    }
    let text = message.text()?;
    let mention = format!("@{}", bot.name);
    if text.starts_with('/') {
        // Without a name it may be meant for any bot in the group.
        let word = text.split_whitespace().next().unwrap_or_default();
        return if word.contains('@') { Command::read(text, &bot.name).map(Request::Command) } else { None };
    }
    let replies_to_us =
        message.reply_to_message().and_then(|earlier| earlier.from.as_ref()).is_some_and(|sender| sender.id == bot.id);
    (replies_to_us || text.contains(&mention)).then(|| Request::Question(text.replace(&mention, " ").trim().to_owned()))
}

fn read_tap(update: u32, query: CallbackQuery) -> Option<Incoming> {
    // Without a message the button belongs to an inline result, and the desk sends none.
    let message = query.message?;
    let keyboard = message.regular_message().and_then(Message::reply_markup);
    let tapped = query.data.as_deref().zip(keyboard).and_then(|(data, keyboard)| keyboard::tapped(data, keyboard));
    Some(Incoming {
        delivery: format!("tg:{update}:{}", message.id().0),
        chat: message.chat().id,
        person: query.from.id,
        language: language(&query.from),
        reply_to: None,
        request: Request::Tap { query: query.id, message: message.id(), tapped },
    })
}

fn language(sender: &User) -> Option<LanguageTag> {
    sender.language_code.as_deref().and_then(|code| LanguageTag::parse(code).ok())
}

fn is_migration(message: &Message) -> bool {
    matches!(&message.kind, MessageKind::Common(common) if matches!(common.media_kind, MediaKind::Migration(_)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn incoming(kind: &str, content: Value) -> Option<Incoming> {
        // By way of text, as from the wire: teloxide's updates cannot be read from a `Value`.
        let update = json!({"update_id": 7, kind: content}).to_string();
        let bot = BotIdentity { id: UserId(99), name: "SoestBot".to_owned() };
        read(serde_json::from_str(&update).expect("an update"), &bot)
    }

    fn message(changes: Value) -> Value {
        let mut message = json!({
            "message_id": 3, "date": 1_795_000_000,
            "chat": {"id": 5, "type": "private", "first_name": "Anna"},
            "from": {"id": 5, "is_bot": false, "first_name": "Anna", "language_code": "pt-br"},
        });
        for (key, value) in changes.as_object().expect("an object") {
            message[key] = value.clone();
        }
        message
    }

    fn group() -> Value {
        json!({"id": -100, "type": "supergroup", "title": "Nachbarn"})
    }

    #[test]
    fn a_question_keeps_text_language_and_nothing_else_of_the_person() {
        let question = incoming("message", message(json!({"text": "Was kostet das?"}))).expect("to be answered");
        assert_eq!(question.request, Request::Question("Was kostet das?".to_owned()));
        assert_eq!(question.language.map(|tag| tag.to_string()).as_deref(), Some("pt-br"));
        assert_eq!(question.delivery, "tg:7:1795000000");
        assert_eq!(question.reply_to, None);
    }

    #[test]
    fn a_tap_carries_the_words_of_its_button() {
        let keyboard = json!({"inline_keyboard": [[{"text": "Was kostet das?", "callback_data": "s:0:elterngeld"}]]});
        let under = message(json!({"text": "Antwort", "reply_markup": keyboard}));
        let query =
            json!({"id": "q", "from": under["from"], "chat_instance": "1", "data": "s:0:elterngeld", "message": under});
        let Some(Incoming { request: Request::Tap { tapped: Some(Tapped::Words(pressed)), .. }, .. }) =
            incoming("callback_query", query)
        else {
            panic!("a tap");
        };
        assert_eq!(pressed.text, "Was kostet das?");
    }

    #[test]
    fn what_the_desk_cannot_read_is_recognised() {
        let photo = json!({"photo": [], "media_group_id": "12"});
        let expected = Request::Unreadable { medium: Medium::Photo, album: Some("12".to_owned()) };
        assert_eq!(incoming("message", message(photo)).map(|incoming| incoming.request), Some(expected));
        let dice = json!({"dice": {"emoji": "🎲", "value": 3}});
        let expected = Request::Unreadable { medium: Medium::Other, album: None };
        assert_eq!(incoming("message", message(dice)).map(|incoming| incoming.request), Some(expected));
        let place = json!({"longitude": 8.1, "latitude": 51.5});
        let expected = Position::new(51.5, 8.1).map(Request::Position);
        for shared in [
            json!({"location": place}),
            json!({"location": place, "venue": {"location": place, "title": "Markt", "address": "Markt 1"}}),
        ] {
            assert_eq!(incoming("message", message(shared)).map(|incoming| incoming.request), expected);
        }
    }

    #[test]
    fn service_messages_bots_edits_and_channels_are_ignored() {
        let bot = json!({"id": 6, "is_bot": true, "first_name": "B"});
        let channel = json!({"id": -200, "type": "channel", "title": "K"});
        assert_eq!(incoming("message", message(json!({"text": "hallo", "from": bot}))), None);
        assert_eq!(incoming("edited_message", message(json!({"text": "hallo"}))), None);
        assert_eq!(incoming("channel_post", message(json!({"text": "hallo", "chat": channel}))), None);
        assert_eq!(incoming("message", message(json!({"group_chat_created": true, "chat": group()}))), None);
        assert_eq!(incoming("something_new", json!({"x": 1})), None);
    }

    #[test]
    fn in_a_group_only_what_is_addressed_to_the_desk_counts() {
        let says = |text: &str| incoming("message", message(json!({"text": text, "chat": group()})));
        assert_eq!(says("Was kostet das?"), None);
        assert_eq!(says("/hilfe"), None);
        assert_eq!(says("/hilfe@AndererBot"), None);
        assert_eq!(says("/hilfe@SoestBot").map(|incoming| incoming.request), Some(Request::Command(Command::Help)));
        let mentioned = says("@SoestBot Was kostet das?").expect("addressed");
        assert_eq!(mentioned.request, Request::Question("Was kostet das?".to_owned()));
        assert_eq!(mentioned.reply_to, Some(MessageId(3)));

        let ours = message(json!({"text": "Antwort", "from": {"id": 99, "is_bot": true, "first_name": "S"}}));
        let reply = json!({"text": "Und was kostet das?", "chat": group(), "reply_to_message": ours});
        assert!(incoming("message", message(reply)).is_some());
    }
}
