//! A channel in front of a Bot API that takes everything, with a clock that can be moved.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use bot_telegram::{
    Channel, Received, Secret, Surroundings, TelegramHealth, TelegramSettings, Webhook, WebhookSettings,
};
use faq_engine::catalogue::CatalogueParts;
use faq_engine::ports::{RatedAnswer, Verdict, Verdicts};
use faq_testkit::{FixedClock, MemoryConversationStore, county};
use serde_json::{Value, json};
use tokio::sync::watch;

pub(crate) const NOW: &str = "2026-09-09T10:15:00+02:00";
pub(crate) const SECRET: &str = "a-secret";

/// A Bot API that takes everything and keeps what was said.
#[derive(Clone, Default)]
pub(crate) struct Telegram(Arc<Mutex<Vec<Call>>>);

/// What was said: a method in lower case, and its body.
pub(crate) type Call = (String, Value);

impl Telegram {
    /// Serves on threads of its own; its address.
    fn serve(&self) -> String {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let said = self.0.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let said = said.clone();
                std::thread::spawn(move || serve(stream, &said));
            }
        });
        address
    }

    /// Everything that was said about messages since this was asked last.
    pub(crate) fn said(&self) -> Vec<Call> {
        let mut calls = std::mem::take(&mut *self.0.lock().expect("not poisoned"));
        calls.retain(|(method, _)| method.contains("message"));
        calls
    }
}

fn serve(stream: TcpStream, said: &Mutex<Vec<Call>>) {
    let mut reader = BufReader::new(stream);
    while answer(&mut reader, said).is_some() {}
}

fn answer(connection: &mut BufReader<TcpStream>, said: &Mutex<Vec<Call>>) -> Option<()> {
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if connection.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => head.push(line.to_lowercase()),
        }
    }
    let length = head.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    connection.read_exact(&mut body).ok()?;
    let method = head.first()?.split(' ').nth(1)?.rsplit('/').next()?.to_owned();
    said.lock().ok()?.push((method.clone(), serde_json::from_slice(&body).ok()?));
    let result = match method.as_str() {
        "getme" => json!({
            "id": 99, "is_bot": true, "first_name": "Auskunft", "username": "AuskunftBot", "can_join_groups": false,
            "can_read_all_group_messages": false, "supports_inline_queries": false, "has_main_web_app": false,
            "can_connect_to_business": false,
        }),
        _ => json!(true),
    };
    let body = json!({"ok": true, "result": result}).to_string();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
    connection.get_mut().write_all((head + &body).as_bytes()).ok()
}

struct Nobody;

impl Verdicts for Nobody {
    fn count(&self, _: &RatedAnswer, _: Option<Verdict>) {}
}

/// A channel with its door, over a clock that can be moved.
pub(crate) struct Desk {
    pub(crate) telegram: Telegram,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) door: Webhook,
    updates: u32,
    _stop: watch::Sender<bool>,
}

impl Desk {
    pub(crate) async fn open(parts: CatalogueParts) -> Self {
        let telegram = Telegram::default();
        let mut settings = TelegramSettings::new(Secret::new("1:token"));
        settings.api_url = telegram.serve().parse().ok();
        let address = "https://desk.example/telegram/hook".parse().expect("an address");
        settings.webhook = Some(WebhookSettings { address, secret: Secret::new(SECRET) });
        let clock = Arc::new(FixedClock::at_rfc3339(NOW));
        let surroundings = Surroundings {
            desk: Arc::new(county::desk(parts, NOW)),
            conversations: Arc::new(MemoryConversationStore::new()),
            clock: clock.clone(),
            verdicts: Arc::new(Nobody),
        };
        let channel = Channel::new(&settings, surroundings, [7; 32]).expect("a channel");
        let door = channel.webhook().expect("a door");
        let (health, mut healthy) = watch::channel(TelegramHealth::default());
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(channel.run(health, stopped));
        healthy.wait_for(|health| *health == TelegramHealth::Ok).await.expect("the channel runs");
        Self { telegram, clock, door, updates: 0, _stop: stop }
    }

    /// What is said to this text.
    pub(crate) async fn answers(&mut self, text: &str) -> Vec<Call> {
        let mut message = self.message();
        message["text"] = json!(text);
        self.receives("message", message).await
    }

    /// What is said to a tap on the first button of this message.
    pub(crate) async fn answers_tap(&mut self, message: &Value) -> Vec<Call> {
        let mut under = self.message();
        under["message_id"] = json!(77);
        under["text"] = message["text"].clone();
        under["reply_markup"] = message["reply_markup"].clone();
        let data = &message["reply_markup"]["inline_keyboard"][0][0]["callback_data"];
        let query = json!({
            "id": "q", "from": under["from"], "message": under, "chat_instance": "1", "data": data,
        });
        self.receives("callback_query", query).await
    }

    fn message(&mut self) -> Value {
        self.updates += 1;
        json!({
            "message_id": self.updates, "date": 1_795_000_000 + self.updates,
            "chat": {"id": 5, "type": "private", "first_name": "Anna"},
            "from": {"id": 5, "is_bot": false, "first_name": "Anna", "language_code": "de"},
        })
    }

    async fn receives(&mut self, kind: &str, content: Value) -> Vec<Call> {
        let update = json!({"update_id": self.updates, kind: content});
        assert_eq!(self.door.receive(update.to_string().as_bytes()).await, Received::Dealt);
        self.telegram.said()
    }
}
