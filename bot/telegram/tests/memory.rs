//! How long the channel remembers, and who gets through its door: with a clock that can be moved.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bot_telegram::{
    Channel, Received, Secret, Surroundings, TelegramHealth, TelegramSettings, Webhook, WebhookSettings,
};
use chrono::TimeDelta;
use faq_engine::ports::{RatedAnswer, Verdict, Verdicts};
use faq_testkit::{FixedClock, MemoryConversationStore, county};
use serde_json::{Value, json};
use tokio::sync::watch;

const NOW: &str = "2026-09-09T10:15:00+02:00";
const SECRET: &str = "a-secret";

/// A Bot API that takes everything and keeps what was said.
#[derive(Clone, Default)]
struct Telegram(Arc<Mutex<Vec<String>>>);

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

    fn last(&self) -> String {
        self.0.lock().expect("not poisoned").last().cloned().expect("something was said")
    }
}

fn serve(stream: TcpStream, said: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream);
    while answer(&mut reader, said).is_some() {}
}

fn answer(connection: &mut BufReader<TcpStream>, said: &Mutex<Vec<String>>) -> Option<()> {
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
    if method == "sendmessage" {
        let body: Value = serde_json::from_slice(&body).ok()?;
        said.lock().ok()?.push(body["text"].as_str()?.to_owned());
    }
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
struct Desk {
    telegram: Telegram,
    clock: Arc<FixedClock>,
    door: Webhook,
    updates: u32,
    _stop: watch::Sender<bool>,
}

impl Desk {
    async fn open() -> Self {
        let telegram = Telegram::default();
        let mut settings = TelegramSettings::new(Secret::new("1:token"));
        settings.api_url = telegram.serve().parse().ok();
        let address = "https://desk.example/telegram/hook".parse().expect("an address");
        settings.webhook = Some(WebhookSettings { address, secret: Secret::new(SECRET) });
        let clock = Arc::new(FixedClock::at_rfc3339(NOW));
        let surroundings = Surroundings {
            desk: Arc::new(county::desk(county::parts(), NOW)),
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

    /// What is answered to this.
    async fn answers(&mut self, text: &str) -> String {
        self.updates += 1;
        let update = json!({"update_id": self.updates, "message": {
            "message_id": self.updates, "date": 1_795_000_000 + self.updates, "text": text,
            "chat": {"id": 5, "type": "private", "first_name": "Anna"},
            "from": {"id": 5, "is_bot": false, "first_name": "Anna", "language_code": "de"},
        }});
        let received = self.door.receive(update.to_string().as_bytes()).await;
        assert_eq!(received, Received::Dealt);
        self.telegram.last()
    }
}

const QUESTION: &str = "Welche Unterlagen für die Ummeldung";
const FOLLOW_UP: &str = "Und was kostet das?";
const SERVICE: &str = "Fahrzeug ummelden";

#[tokio::test]
async fn a_conversation_is_remembered_for_a_day_and_no_longer() {
    let mut desk = Desk::open().await;
    assert!(desk.answers(QUESTION).await.contains(SERVICE));
    desk.clock.advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
    let answer = desk.answers(FOLLOW_UP).await;
    assert!(answer.contains(SERVICE), "{answer}");
    // Each message begins the day anew.
    desk.clock.advance(TimeDelta::hours(23));
    assert!(desk.answers(FOLLOW_UP).await.contains(SERVICE));
    desk.clock.advance(TimeDelta::hours(24));
    let answer = desk.answers(FOLLOW_UP).await;
    assert!(!answer.contains(SERVICE), "{answer}");
}

#[tokio::test]
async fn only_the_whole_secret_opens_the_door_and_a_half_right_one_takes_no_longer() {
    let desk = Desk::open().await;
    assert!(desk.door.knows(Some(SECRET.as_bytes())));
    for wrong in [None, Some(""), Some("a-secre"), Some("a-secrets"), Some("b-secret"), Some("A-SECRET")] {
        assert!(!desk.door.knows(wrong.map(str::as_bytes)), "{wrong:?}");
    }
    // The fastest of many is what the computation takes, without what else the machine does.
    let took = |guess: &str| {
        let times = (0..10_000).map(|_| {
            let begun = Instant::now();
            assert!(!std::hint::black_box(desk.door.knows(Some(guess.as_bytes()))));
            begun.elapsed()
        });
        times.min().unwrap_or(Duration::MAX).as_nanos() as f64
    };
    let (all_wrong, almost_right) = (took("b-tfdsfu"), took("a-secreu"));
    assert!((0.7..1.4).contains(&(all_wrong / almost_right)), "{all_wrong} ns and {almost_right} ns");
}
