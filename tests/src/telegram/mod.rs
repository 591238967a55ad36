//! Telegram, as far as the desk can tell: a Bot API server that remembers, and people who write to the bot.
//!
//! A test speaks in the verbs of those people: [`Person::writes`], [`Person::taps`], [`Person::receives`]. The server
//! is as strict as the real one, and stricter where the real one is silent: whatever Telegram would refuse, whatever
//! nobody read and whatever was confirmed without having been seen fails the test when [`FakeTelegram::finish`] is
//! called or the fake is dropped.
//!
//! `teloxide_tests` and `telegram-test-api` were tried and rejected: the one replaces the bot instead of the server and
//! brings OpenSSL along, the other does not speak to teloxide without a shim and knows no long polling.

mod delivery;
mod markup;
mod method;
mod server;
mod state;

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::timeout;

pub use self::state::{Button, ButtonKind, Fault, Received};

use self::state::State;

/// A Bot API server.
pub struct FakeTelegram {
    shared: Arc<Shared>,
    url: String,
    server: ServerHandle,
    finished: bool,
}

/// Somebody with a chat.
#[derive(Clone)]
pub struct Person {
    shared: Arc<Shared>,
    id: i64,
    chat: i64,
    language: &'static str,
}

/// An update that was handed to the bot.
#[derive(Debug, Clone)]
pub struct Update(Value);

/// A tap on a button.
pub struct Tap {
    shared: Arc<Shared>,
    query: String,
}

/// The state and a way to wait until it is as hoped for.
struct Shared {
    state: Mutex<State>,
    changed: watch::Sender<u64>,
}

impl FakeTelegram {
    /// The token this server accepts.
    pub const TOKEN: &str = "123456789:TEST-token-that-must-never-be-logged";
    /// The name of the bot.
    pub const BOT: &str = "SoestTestBot";
    /// How long a test waits for what must happen.
    const PATIENCE: Duration = Duration::from_secs(40);

    /// Starts a server on a free port of this machine.
    pub async fn start() -> Self {
        let shared = Arc::new(Shared { state: Mutex::new(State::new()), changed: watch::Sender::new(0) });
        let (server, url) = server::start(shared.clone()).expect("a free port on the loopback interface");
        let handle = server.handle();
        tokio::spawn(server);
        tokio::spawn(delivery::bring(shared.clone()));
        Self { shared, url, server: handle, finished: false }
    }

    /// The value for `TELOXIDE_API_URL`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Somebody who speaks German and writes to the bot in private.
    pub fn person(&self, id: i64) -> Person {
        Person { shared: self.shared.clone(), id, chat: id, language: "de" }
    }

    /// The public address of a webhook leads to this address from now on, as a proxy would have it.
    pub fn reaches(&self, address: &str) {
        self.shared.change(|state| state.set_reach(Some(address.to_owned())));
    }

    /// Nobody is behind the public address.
    pub fn reaches_nobody(&self) {
        self.shared.change(|state| state.set_reach(None));
    }

    /// Waits until a webhook is set; its address.
    pub async fn has_a_webhook(&self) -> String {
        self.shared.until("a webhook", |state| state.hook().map(|hook| hook.address.clone())).await
    }

    /// A webhook was set by whoever ran before.
    pub fn was_given_a_webhook(&self) {
        let address = "https://somebody.example/hook".to_owned();
        let hook = delivery::Hook { address, secret: "theirs".to_owned(), most_at_once: 1 };
        self.shared.change(|state| state.set_hook(Some(hook)));
    }

    /// Whether a webhook is set.
    pub fn knows_a_webhook(&self) -> bool {
        self.shared.lock().hook().is_some()
    }

    /// How often the webhook answered with this status.
    pub fn posts_answered(&self, status: u16) -> u32 {
        self.shared.lock().posts_answered(status)
    }

    /// Waits until the webhook has answered with this status so often.
    pub async fn was_answered(&self, status: u16, times: u32) {
        let hope = format!("{times} answers with {status}");
        self.shared.until(&hope, |state| (state.posts_answered(status) >= times).then_some(())).await;
    }

    /// From now on this method fails like this, until [`FakeTelegram::recovers`].
    pub fn fails(&self, method: &str, fault: Fault) {
        self.shared.change(|state| state.fail(method, fault, None));
    }

    /// The next calls of this method fail like this, so many of them.
    pub fn fails_times(&self, method: &str, fault: Fault, times: u32) {
        self.shared.change(|state| state.fail(method, fault, Some(times)));
    }

    /// Nothing fails any more.
    pub fn recovers(&self) {
        self.shared.change(State::recover);
    }

    /// Waits until calls of this method have failed so many times since the start.
    pub async fn has_failed(&self, method: &str, times: u32) {
        let hope = format!("{times} failed calls of {method}");
        self.shared.until(&hope, |state| (state.failures_of(method) >= times).then_some(())).await;
    }

    /// How often a method was called.
    pub fn calls_of(&self, method: &str) -> u32 {
        self.shared.lock().calls_of(method)
    }

    /// Waits until a method was called so many times.
    pub async fn was_asked(&self, method: &str, times: u32) {
        let hope = format!("{times} calls of {method}");
        self.shared.until(&hope, |state| (state.calls_of(method) >= times).then_some(())).await;
    }

    /// The most messages that the bot sent or changed within a second.
    pub fn busiest_second(&self) -> usize {
        self.shared.lock().busiest_second()
    }

    /// From now on a poll gets its updates in the wrong order.
    pub fn delivers_backwards(&self) {
        self.shared.change(State::deliver_backwards);
    }

    /// Delivers an update a second time, as Telegram may.
    pub fn delivers_again(&self, update: &Update) {
        self.shared.change(|state| state.enqueue_again(update.0.clone()));
    }

    /// Waits until the bot has been handed this update.
    pub async fn has_delivered(&self, update: &Update) {
        let id = update.0["update_id"].as_i64().unwrap_or_default();
        self.shared.until("the delivery of an update", |state| state.has_delivered(id).then_some(())).await;
    }

    /// A week without messages goes by, after which Telegram starts again at another update id.
    pub async fn is_quiet_for_a_week(&self, next_update: u32) {
        self.is_settled().await;
        let polls = self.shared.change(State::pass_a_week);
        self.shared.until("a poll after the quiet week", |state| (state.polls() > polls).then_some(())).await;
        self.shared.change(|state| state.continue_with_update(next_update));
    }

    /// The next update has this id, lower than those before.
    pub fn is_quiet_until(&self, next_update: u32) {
        self.shared.change(|state| state.continue_with_update(next_update));
    }

    /// Waits until the bot has confirmed every update.
    pub async fn is_settled(&self) {
        self.shared.until("the confirmation of every update", |state| state.is_settled().then_some(())).await;
    }

    /// The menu of commands in a language, `None` for everybody else's: name and description.
    pub async fn menu(&self, language: Option<&str>) -> Vec<(String, String)> {
        self.shared.until("a menu of commands", |state| state.menu(language)).await
    }

    /// Ends the test: everything must be confirmed, read and valid.
    pub async fn finish(mut self) {
        self.is_settled().await;
        self.finished = true;
        let complaints = self.shared.lock().complaints();
        self.server.stop(false).await;
        assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    }
}

impl Drop for FakeTelegram {
    fn drop(&mut self) {
        if !self.finished && !std::thread::panicking() {
            let complaints = self.shared.lock().complaints();
            assert!(complaints.is_empty(), "{}", complaints.join("\n"));
        }
    }
}

impl Person {
    /// The same person with Telegram set to another language.
    pub fn speaking(self, language: &'static str) -> Self {
        Self { language, ..self }
    }

    /// The same person in a group.
    pub fn in_group(&self, chat: i64) -> Self {
        assert!(chat < 0, "Telegram gives groups negative numbers");
        Self { chat, ..self.clone() }
    }

    /// Sends a text.
    pub fn writes(&self, text: &str) -> Update {
        self.sends(json!({"text": text}))
    }

    /// A text that Telegram does not bring by itself.
    pub fn would_write(&self, text: &str) -> Update {
        self.shared.change(|state| {
            let mut message = state.new_message(self.chat, self.sender());
            message["text"] = json!(text);
            Update(state.new_update("message", message))
        })
    }

    /// Sends a text as a reply to one of the bot's messages.
    pub fn replies(&self, message: &Received, text: &str) -> Update {
        let original = self.shared.lock().message(self.chat, message.id);
        self.sends(json!({"text": text, "reply_to_message": original}))
    }

    /// Sends a picture, alone or as part of an album.
    pub fn sends_photo(&self, album: Option<&str>) -> Update {
        let photo = json!({"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9, "file_size": 9});
        let mut content = json!({"photo": [photo], "caption": "mein Ausweis"});
        if let Some(album) = album {
            content["media_group_id"] = json!(album);
        }
        self.sends(content)
    }

    /// Sends something that is no text, in the form the Bot API has for it.
    pub fn sends_medium(&self, medium: &str) -> Update {
        let file = json!({"file_id": "f", "file_unique_id": "f", "file_size": 9});
        let with = |more: Value| {
            let mut file = file.clone();
            more.as_object().into_iter().flatten().for_each(|(key, value)| file[key] = value.clone());
            file
        };
        let content = match medium {
            "voice" => with(json!({"duration": 3, "mime_type": "audio/ogg"})),
            "video_note" => with(json!({"duration": 3, "length": 240})),
            "document" => with(json!({"file_name": "geheim.pdf"})),
            "sticker" => with(json!({
                "width": 9, "height": 9, "type": "regular", "is_animated": false, "is_video": false, "emoji": "👍",
            })),
            "contact" => json!({"phone_number": "+4929210000", "first_name": "Geheim"}),
            other => panic!("nobody has shown yet how {other:?} is sent"),
        };
        self.sends(json!({ medium: content }))
    }

    /// Shares where they are.
    pub fn sends_location(&self, latitude: f64, longitude: f64) -> Update {
        self.sends(json!({"location": {"latitude": latitude, "longitude": longitude}}))
    }

    /// Taps the button with this label under the newest message that has one.
    pub fn taps(&self, label: &str) -> Tap {
        let newest = self.shared.lock().newest_with_button(self.chat, label);
        let message = newest.unwrap_or_else(|| panic!("nobody sent {} a button {label:?}", self.id));
        self.taps_under(&message, label)
    }

    /// Taps a button under this message.
    pub fn taps_under(&self, message: &Received, label: &str) -> Tap {
        let button = message.buttons.iter().find(|button| button.label == label);
        let data = match button.map(|button| &button.kind) {
            Some(ButtonKind::Sends(data)) => data.clone(),
            Some(ButtonKind::Opens(url)) => panic!("the button {label:?} opens {url}, it tells the bot nothing"),
            None => panic!("there is no button {label:?} under {:?}", message.text),
        };
        let query = self.shared.change(|state| {
            let query = state.open_query();
            let message = state.message(self.chat, message.id);
            let content = json!({
                "id": query, "from": self.sender(), "message": message, "chat_instance": "1", "data": data,
            });
            state.enqueue_new("callback_query", content);
            query
        });
        Tap { shared: self.shared.clone(), query }
    }

    /// Waits for the next message from the bot and reads it.
    pub async fn receives(&self) -> Received {
        let hope = format!("a message to {}", self.chat);
        self.shared.until_changing(&hope, |state| state.read_next(self.chat)).await
    }

    /// What a message looks like now.
    pub fn sees(&self, message: &Received) -> Received {
        self.shared.lock().received(self.chat, message.id).expect("messages stay")
    }

    /// Waits until a message has these buttons.
    pub async fn sees_buttons(&self, message: &Received, labels: &[&str]) -> Received {
        let hope = format!("the buttons {labels:?} under message {}", message.id);
        let look = |state: &State| state.received(self.chat, message.id).filter(|now| now.labels() == labels);
        self.shared.until(&hope, look).await
    }

    /// Telegram lets nobody change this message any more.
    pub fn freezes(&self, message: &Received) {
        self.shared.change(|state| state.freeze(self.chat, message.id));
    }

    /// How many messages are there to be read.
    pub fn unread(&self) -> usize {
        self.shared.lock().unread(self.chat)
    }

    /// Does not want to hear from the bot any more.
    pub fn blocks_the_bot(&self) {
        self.shared.change(|state| state.block(self.chat));
    }

    /// Waits until the bot has tried in vain to write to this person.
    pub async fn has_turned_the_bot_away(&self) {
        let hope = format!("a refused message to {}", self.chat);
        self.shared.until(&hope, |state| state.has_refused(self.chat).then_some(())).await;
    }

    fn sends(&self, content: Value) -> Update {
        self.shared.change(|state| {
            let mut message = state.new_message(self.chat, self.sender());
            for (key, value) in content.as_object().into_iter().flatten() {
                message[key] = value.clone();
            }
            Update(state.enqueue_new("message", message))
        })
    }

    /// With a name that looks like markup, because some people's do.
    fn sender(&self) -> Value {
        json!({
            "id": self.id, "is_bot": false, "first_name": "<b>Anna & Co", "username": "anna", "language_code": self.language,
        })
    }
}

impl Update {
    /// As it goes over the wire.
    pub fn to_json(&self) -> String {
        self.0.to_string()
    }
}

impl Tap {
    /// Waits until the bot has acknowledged the tap; returns the note it showed, if any.
    pub async fn is_acknowledged(self) -> Option<String> {
        self.shared.until("the acknowledgement of a tap", |state| state.acknowledgement(&self.query)).await
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("a test that panicked with the lock has failed anyway")
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.lock());
        self.changed.send_modify(|version| *version += 1);
        result
    }

    /// Waits until there is what is hoped for.
    async fn until<T>(&self, hope: &str, look: impl Fn(&State) -> Option<T>) -> T {
        self.until_changing(hope, |state| look(state)).await
    }

    async fn until_changing<T>(&self, hope: &str, mut look: impl FnMut(&mut State) -> Option<T>) -> T {
        let mut changed = self.changed.subscribe();
        let found = timeout(FakeTelegram::PATIENCE, async {
            loop {
                changed.mark_unchanged();
                if let Some(found) = look(&mut self.lock()) {
                    return found;
                }
                changed.changed().await.expect("the sender lives in self");
            }
        });
        match found.await {
            Ok(found) => found,
            Err(_) => panic!("waited in vain for {hope}; so far: {}", self.lock().summary()),
        }
    }
}
