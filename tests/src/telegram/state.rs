//! What the server knows: updates not confirmed yet, messages sent, and everything that went wrong.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::FakeTelegram;
use super::delivery::{Hook, Outcome, Post};

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Too many messages. Whoever does not wait that long fails the test.
    TooManyRequests {
        /// Seconds.
        retry_after: u64,
    },
    /// 500 with an error page instead of JSON.
    ServerError,
    /// 200 with something that is not JSON.
    Garbage,
    /// No answer until the server recovers.
    Hang,
    /// The token is refused.
    Unauthorised,
    /// Somebody else polls.
    Conflict,
}

/// A message from the bot, as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its number in the chat.
    pub id: i64,
    /// The text without markup.
    pub text: String,
    /// The text with markup.
    pub html: String,
    /// Buttons, from top to bottom.
    pub buttons: Vec<Button>,
    /// Whether Telegram was told not to show a preview of links.
    pub preview_disabled: bool,
    /// The message it is a reply to.
    pub reply_to: Option<i64>,
}

/// A button under a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What it says.
    pub label: String,
    /// What it does.
    pub kind: ButtonKind,
}

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ButtonKind {
    /// Tells the bot this.
    Sends(String),
    /// Opens this page.
    Opens(String),
}

impl Received {
    /// What the buttons say.
    pub fn labels(&self) -> Vec<&str> {
        self.buttons.iter().map(|button| button.label.as_str()).collect()
    }

    /// The page that the button with this label opens.
    pub fn link(&self, label: &str) -> Option<&str> {
        self.buttons.iter().find(|button| button.label == label).and_then(|button| match &button.kind {
            ButtonKind::Opens(url) => Some(url.as_str()),
            ButtonKind::Sends(_) => None,
        })
    }
}

/// A message of the bot and what became of it.
struct Sent {
    chat: i64,
    message: Received,
    keyboard: Option<Value>,
    read: bool,
}

struct Pending {
    serial: u64,
    id: i64,
    update: Value,
    delivered: bool,
    again: bool,
    /// On its way to a webhook.
    travels: bool,
    /// Not to be brought to a webhook before this.
    not_before: Option<Instant>,
}

struct FaultRule {
    method: String,
    fault: Fault,
    times: Option<u32>,
}

/// What the server knows.
pub(super) struct State {
    updates: Vec<Pending>,
    next_update: u32,
    next_message: i64,
    next_query: u64,
    polls: u64,
    week: u64,
    sent: Vec<Sent>,
    /// Chats in which a person has written: no bot may write first.
    open_chats: HashSet<i64>,
    /// Taps, and the note with which each was acknowledged.
    queries: HashMap<String, Option<Option<String>>>,
    blocked: HashSet<i64>,
    refused: HashSet<i64>,
    /// Chats told to wait, and until when.
    held: HashMap<i64, Instant>,
    rules: Vec<FaultRule>,
    calls: HashMap<String, u32>,
    failures: HashMap<String, u32>,
    menus: BTreeMap<Option<String>, Vec<(String, String)>>,
    violations: Vec<String>,
    hook: Option<Hook>,
    /// Where the addresses of webhooks really lead.
    reach: Option<String>,
    next_serial: u64,
    posts: HashMap<u16, u32>,
    frozen: HashSet<(i64, i64)>,
    /// When messages were sent or changed.
    messages_at: Vec<Instant>,
    backwards: bool,
}

impl State {
    const FIRST_UPDATE: u32 = 700_000_001;
    /// Seconds since 1970; a message a second from there.
    const FIRST_DATE: i64 = 1_795_000_000;
    /// Clocks of two programs and the start of a timer differ by this much.
    const TOLERANCE: Duration = Duration::from_millis(50);

    pub(super) fn new() -> Self {
        Self {
            updates: Vec::new(),
            next_update: Self::FIRST_UPDATE,
            next_message: 1,
            next_query: 1,
            polls: 0,
            week: 0,
            sent: Vec::new(),
            open_chats: HashSet::new(),
            queries: HashMap::new(),
            blocked: HashSet::new(),
            refused: HashSet::new(),
            held: HashMap::new(),
            rules: Vec::new(),
            calls: HashMap::new(),
            failures: HashMap::new(),
            menus: BTreeMap::new(),
            violations: Vec::new(),
            hook: None,
            reach: None,
            next_serial: 0,
            posts: HashMap::new(),
            frozen: HashSet::new(),
            messages_at: Vec::new(),
            backwards: false,
        }
    }

    // --- faults -----------------------------------------------------------------------------------------------------

    pub(super) fn fail(&mut self, method: &str, fault: Fault, times: Option<u32>) {
        self.rules.push(FaultRule { method: method.to_lowercase(), fault, times });
    }

    pub(super) fn recover(&mut self) {
        self.rules.clear();
    }

    /// The most messages that were sent or changed within a second.
    pub(super) fn busiest_second(&self) -> usize {
        let within = |(first, from): (usize, &Instant)| {
            self.messages_at[first..].partition_point(|at| at.duration_since(*from) < Duration::from_secs(1))
        };
        self.messages_at.iter().enumerate().map(within).max().unwrap_or_default()
    }

    /// From now on a poll gets its updates in the wrong order.
    pub(super) fn deliver_backwards(&mut self) {
        self.backwards = true;
    }

    /// Notes a call and says whether it has to fail.
    pub(super) fn begin_call(&mut self, method: &str) -> Option<Fault> {
        if matches!(method, "sendmessage" | "editmessagetext" | "editmessagereplymarkup") {
            self.messages_at.push(Instant::now());
        }
        *self.calls.entry(method.to_owned()).or_default() += 1;
        let rule = self.rules.iter_mut().find(|rule| rule.method == method && rule.times != Some(0))?;
        if let Some(times) = &mut rule.times {
            *times -= 1;
        }
        *self.failures.entry(method.to_owned()).or_default() += 1;
        Some(rule.fault)
    }

    pub(super) fn is_failing(&self, method: &str, fault: Fault) -> bool {
        self.rules.iter().any(|rule| rule.method == method && rule.fault == fault && rule.times != Some(0))
    }

    pub(super) fn failures_of(&self, method: &str) -> u32 {
        self.failures.get(&method.to_lowercase()).copied().unwrap_or_default()
    }

    pub(super) fn calls_of(&self, method: &str) -> u32 {
        self.calls.get(&method.to_lowercase()).copied().unwrap_or_default()
    }

    pub(super) fn accuse(&mut self, violation: String) {
        self.violations.push(violation);
    }

    // --- updates ----------------------------------------------------------------------------------------------------

    pub(super) fn new_message(&mut self, chat: i64, sender: Value) -> Value {
        self.open_chats.insert(chat);
        let id = self.next_message_id();
        json!({"message_id": id, "date": Self::FIRST_DATE + id, "chat": chat_object(chat), "from": sender})
    }

    pub(super) fn enqueue_new(&mut self, kind: &str, content: Value) -> Value {
        let update = self.new_update(kind, content);
        self.enqueue(update.clone(), false);
        update
    }

    /// An update that Telegram does not bring by itself.
    pub(super) fn new_update(&mut self, kind: &str, content: Value) -> Value {
        let update = json!({"update_id": self.next_update, kind: content});
        self.next_update += 1;
        update
    }

    /// Queues an update that was confirmed before: a fault of Telegram's, which is why the offset does not hold it back.
    pub(super) fn enqueue_again(&mut self, update: Value) {
        self.enqueue(update, true);
    }

    fn enqueue(&mut self, update: Value, again: bool) {
        let id = update["update_id"].as_i64().expect("an update has an id");
        let serial = self.next_serial;
        self.next_serial += 1;
        let (delivered, travels, not_before) = (false, false, None);
        self.updates.push(Pending { serial, id, update, delivered, again, travels, not_before });
        self.updates.sort_by_key(|pending| pending.id);
    }

    pub(super) fn continue_with_update(&mut self, id: u32) {
        self.next_update = id;
    }

    /// Takes the confirmation of everything before `offset`. What was never delivered is lost by that.
    pub(super) fn confirm(&mut self, offset: i64) {
        let (confirmed, kept): (Vec<_>, Vec<_>) = self.updates.drain(..).partition(|pending| pending.id < offset);
        self.updates = kept;
        for lost in confirmed.iter().filter(|pending| !pending.delivered) {
            self.violations.push(format!("update {} was confirmed without having been seen", lost.id));
        }
    }

    /// What a poll gets. An update with an id below the offset it came with stays unseen.
    pub(super) fn deliver(&mut self, offset: Option<i64>, limit: usize) -> Vec<Value> {
        let asked_for = |pending: &&mut Pending| pending.again || offset.is_none_or(|offset| pending.id >= offset);
        let delivered = self.updates.iter_mut().filter(asked_for).take(limit);
        let mut updates: Vec<Value> = delivered
            .map(|pending| {
                pending.delivered = true;
                pending.update.clone()
            })
            .collect();
        if self.backwards {
            updates.reverse();
        }
        updates
    }

    /// Whether this update was handed out, confirmed or not.
    pub(super) fn has_delivered(&self, id: i64) -> bool {
        self.updates.iter().all(|pending| pending.id != id || pending.delivered)
    }

    pub(super) fn is_settled(&self) -> bool {
        self.updates.is_empty()
    }

    /// A new poll. It ends every earlier one. Returns its number.
    pub(super) fn begin_poll(&mut self) -> u64 {
        self.polls += 1;
        self.polls
    }

    /// Lets a week go by: whoever polls gets an empty answer.
    pub(super) fn pass_a_week(&mut self) -> u64 {
        self.week += 1;
        self.polls
    }

    pub(super) fn week(&self) -> u64 {
        self.week
    }

    pub(super) fn polls(&self) -> u64 {
        self.polls
    }

    // --- webhooks ---------------------------------------------------------------------------------------------------

    pub(super) fn set_hook(&mut self, hook: Option<Hook>) {
        self.hook = hook;
    }

    pub(super) fn hook(&self) -> Option<&Hook> {
        self.hook.as_ref()
    }

    /// Addresses of webhooks lead here from now on; `None`: nowhere.
    pub(super) fn set_reach(&mut self, reach: Option<String>) {
        self.reach = reach;
    }

    pub(super) fn pending(&self) -> usize {
        self.updates.len()
    }

    /// Updates to be brought now: of each chat the oldest, unless it is on its way or has to wait.
    pub(super) fn begin_posts(&mut self) -> Vec<Post> {
        let (Some(hook), Some(reach)) = (self.hook.clone(), self.reach.clone()) else { return Vec::new() };
        let path = hook.address.splitn(4, '/').nth(3).unwrap_or_default();
        let address = format!("{reach}/{path}");
        let mut on_the_way = self.updates.iter().filter(|pending| pending.travels).count();
        let mut busy: HashSet<i64> =
            self.updates.iter().filter(|pending| pending.travels).map(|pending| chat_of(&pending.update)).collect();
        let mut posts = Vec::new();
        for pending in self.updates.iter_mut().filter(|pending| !pending.travels) {
            if on_the_way >= hook.most_at_once {
                break;
            }
            if !busy.insert(chat_of(&pending.update)) || pending.not_before.is_some_and(|time| time > Instant::now()) {
                continue;
            }
            pending.travels = true;
            pending.delivered = true;
            on_the_way += 1;
            let (address, secret) = (address.clone(), hook.secret.clone());
            posts.push(Post { serial: pending.serial, address, secret, update: pending.update.clone() });
        }
        posts
    }

    pub(super) fn end_post(&mut self, serial: u64, status: Option<u16>, outcome: Outcome) {
        if let Some(status) = status {
            *self.posts.entry(status).or_default() += 1;
        }
        match outcome {
            Outcome::Taken => self.updates.retain(|pending| pending.serial != serial),
            Outcome::Again(time) => {
                for pending in self.updates.iter_mut().filter(|pending| pending.serial == serial) {
                    pending.travels = false;
                    pending.not_before = Some(time);
                }
            }
        }
    }

    /// How often a webhook answered with this status.
    pub(super) fn posts_answered(&self, status: u16) -> u32 {
        self.posts.get(&status).copied().unwrap_or_default()
    }

    // --- messages ---------------------------------------------------------------------------------------------------

    pub(super) fn keep_message(&mut self, chat: i64, mut message: Received, keyboard: Option<Value>) -> i64 {
        message.id = self.next_message_id();
        let id = message.id;
        self.sent.push(Sent { chat, message, keyboard, read: false });
        id
    }

    /// Changes a message; `None` if there is none, `Some(false)` if it was like that before. A changed text has to be
    /// read again, changed buttons are only seen by who looks.
    pub(super) fn edit_message(&mut self, chat: i64, changed: Received, keyboard: Option<Value>) -> Option<bool> {
        let sent = self.sent.iter_mut().find(|sent| sent.chat == chat && sent.message.id == changed.id)?;
        let differs = sent.message.html != changed.html || sent.keyboard != keyboard;
        sent.read &= sent.message.html == changed.html;
        sent.message = changed;
        sent.keyboard = keyboard;
        Some(differs)
    }

    /// From now on this message cannot be changed any more, as is so with old ones.
    pub(super) fn freeze(&mut self, chat: i64, id: i64) {
        self.frozen.insert((chat, id));
    }

    pub(super) fn is_frozen(&self, chat: i64, id: i64) -> bool {
        self.frozen.contains(&(chat, id))
    }

    pub(super) fn received(&self, chat: i64, id: i64) -> Option<Received> {
        self.sent.iter().find(|sent| sent.chat == chat && sent.message.id == id).map(|sent| sent.message.clone())
    }

    /// A message of the bot as Telegram describes it.
    pub(super) fn message(&self, chat: i64, id: i64) -> Value {
        let sent = self.sent.iter().find(|sent| sent.chat == chat && sent.message.id == id);
        let sent = sent.unwrap_or_else(|| panic!("there is no message {id} in chat {chat}"));
        let mut message = json!({
            "message_id": id, "date": Self::FIRST_DATE + id, "chat": chat_object(chat), "from": bot(), "text": sent.message.text,
        });
        if let Some(keyboard) = &sent.keyboard {
            message["reply_markup"] = keyboard.clone();
        }
        message
    }

    pub(super) fn read_next(&mut self, chat: i64) -> Option<Received> {
        let sent = self.sent.iter_mut().find(|sent| sent.chat == chat && !sent.read)?;
        sent.read = true;
        Some(sent.message.clone())
    }

    pub(super) fn unread(&self, chat: i64) -> usize {
        self.sent.iter().filter(|sent| sent.chat == chat && !sent.read).count()
    }

    pub(super) fn newest_with_button(&self, chat: i64, label: &str) -> Option<Received> {
        let mut newest_first = self.sent.iter().rev().filter(|sent| sent.chat == chat).map(|sent| &sent.message);
        newest_first.find(|message| message.labels().contains(&label)).cloned()
    }

    pub(super) fn is_open(&self, chat: i64) -> bool {
        self.open_chats.contains(&chat)
    }

    pub(super) fn block(&mut self, chat: i64) {
        self.blocked.insert(chat);
    }

    /// Whether a message to this chat is refused; notes that it was tried.
    pub(super) fn refuses(&mut self, chat: i64) -> bool {
        let refuses = self.blocked.contains(&chat);
        if refuses && !self.refused.insert(chat) {
            self.violations.push(format!("chat {chat} blocked the bot and was written to again"));
        }
        refuses
    }

    pub(super) fn has_refused(&self, chat: i64) -> bool {
        self.refused.contains(&chat)
    }

    pub(super) fn hold(&mut self, chat: i64, seconds: u64) {
        self.held.insert(chat, Instant::now() + Duration::from_secs(seconds));
    }

    /// Whether a call for this chat comes before the time it was told to wait for.
    pub(super) fn comes_too_early(&mut self, chat: i64) -> bool {
        let early = self.held.get(&chat).is_some_and(|until| Instant::now() + Self::TOLERANCE < *until);
        if early {
            self.violations.push(format!("chat {chat} was written to before retry_after was over"));
        }
        early
    }

    // --- taps and menus ---------------------------------------------------------------------------------------------

    pub(super) fn open_query(&mut self) -> String {
        let query = format!("query-{}", self.next_query);
        self.next_query += 1;
        self.queries.insert(query.clone(), None);
        query
    }

    /// Whether this tap waits for an acknowledgement; if so, it has it now.
    pub(super) fn acknowledge(&mut self, query: &str, note: Option<String>) -> bool {
        match self.queries.get_mut(query) {
            Some(open @ None) => {
                *open = Some(note);
                true
            }
            _ => false,
        }
    }

    pub(super) fn acknowledgement(&self, query: &str) -> Option<Option<String>> {
        self.queries.get(query).cloned().flatten()
    }

    pub(super) fn set_menu(&mut self, language: Option<String>, menu: Vec<(String, String)>) {
        self.menus.insert(language, menu);
    }

    pub(super) fn menu(&self, language: Option<&str>) -> Option<Vec<(String, String)>> {
        self.menus.get(&language.map(str::to_owned)).cloned()
    }

    // --- the end ----------------------------------------------------------------------------------------------------

    /// Everything a test must not end with.
    pub(super) fn complaints(&self) -> Vec<String> {
        let unread = self.sent.iter().filter(|sent| !sent.read);
        let unread = unread.map(|sent| format!("nobody read in chat {}: {:?}", sent.chat, sent.message.text));
        let open = self.queries.iter().filter(|(_, note)| note.is_none());
        let open = open.map(|(query, _)| format!("{query} was never acknowledged"));
        self.violations.iter().cloned().chain(unread).chain(open).collect()
    }

    pub(super) fn summary(&self) -> String {
        let (sent, waiting) = (self.sent.len(), self.updates.len());
        format!("{sent} messages sent, {waiting} updates unconfirmed, calls {:?}, {:?}", self.calls, self.complaints())
    }

    fn next_message_id(&mut self) -> i64 {
        let id = self.next_message;
        self.next_message += 1;
        id
    }
}

/// The bot as Telegram describes it.
pub(super) fn bot() -> Value {
    json!({"id": 99, "is_bot": true, "first_name": "Auskunft", "username": FakeTelegram::BOT})
}

/// The chat an update is about.
fn chat_of(update: &Value) -> i64 {
    let message = update.get("message").unwrap_or(&update["callback_query"]["message"]);
    message["chat"]["id"].as_i64().unwrap_or_default()
}

fn chat_object(chat: i64) -> Value {
    if chat < 0 {
        json!({"id": chat, "type": "supergroup", "title": "Nachbarn"})
    } else {
        json!({"id": chat, "type": "private", "first_name": "<b>Anna & Co", "username": "anna"})
    }
}
