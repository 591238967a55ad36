//! The desk on Telegram, opened, crashed and closed by tests.

use std::path::Path;

use tempfile::TempDir;

use crate::own_config::OwnConfig;
use crate::program::{Program, Running};
use crate::telegram::{FakeTelegram, Received};

/// A question with a short answer.
pub const FEE_QUESTION: &str = "Was kostet die Abmeldung eines Autos?";

/// Whether this is the answer to it.
pub fn is_about_the_fee(message: &Received) -> bool {
    message.text.contains('€') || message.text.contains("Euro")
}

/// The program and its Telegram.
pub struct Desk {
    /// Telegram.
    pub telegram: FakeTelegram,
    /// The program.
    pub program: Running,
    data: TempDir,
    way: Way,
}

/// How the program hears of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It asks for them.
    Polling,
    /// Telegram brings them.
    Webhook,
}

impl Way {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Polling, Self::Webhook];
}

/// What Telegram proves itself with.
pub const WEBHOOK_SECRET: &str = "Secret-of_the-webhook-that-must-never-be-logged-0123";
/// The path of the webhook.
pub const WEBHOOK_PATH: &str = "/telegram/hook";

impl Desk {
    /// A desk that Telegram already hears from.
    pub async fn open() -> Self {
        Self::open_by(Way::Polling).await
    }

    /// The same, hearing of messages in this way.
    pub async fn open_by(way: Way) -> Self {
        let desk = Self::open_at(FakeTelegram::start().await, way).await;
        match way {
            Way::Polling => desk.telegram.was_asked("getUpdates", 1).await,
            Way::Webhook => drop(desk.telegram.has_a_webhook().await),
        }
        desk
    }

    /// A desk at a Telegram that need not answer yet.
    pub async fn open_at(telegram: FakeTelegram, way: Way) -> Self {
        let data = tempfile::tempdir().expect("a folder for the data");
        let program = start(&telegram, data.path(), way).await;
        Self { telegram, program, data, way }
    }

    /// `kill -9`, and a new start over the same data.
    pub async fn crashes_and_starts_again(self) -> Self {
        self.crashes_and_starts_again_after(|_| {}).await
    }

    /// The same, with something that happens in between.
    pub async fn crashes_and_starts_again_after(self, meanwhile: impl FnOnce(&FakeTelegram)) -> Self {
        let Self { telegram, program, data, way } = self;
        program.kill().await;
        telegram.reaches_nobody();
        meanwhile(&telegram);
        let program = start(&telegram, data.path(), way).await;
        Self { telegram, program, data, way }
    }

    /// Stops in order and starts again over the same data.
    pub async fn restarts(self) -> Self {
        let Self { telegram, program, data, way } = self;
        assert!(program.stop().await.success());
        telegram.reaches_nobody();
        let program = start(&telegram, data.path(), way).await;
        Self { telegram, program, data, way }
    }

    /// Everything read, nothing invalid, no secret in the log.
    pub async fn closes(self) {
        self.telegram.finish().await;
        for secret in [FakeTelegram::TOKEN, WEBHOOK_SECRET] {
            assert!(!self.program.log().contains(secret), "a secret is in the log");
        }
        self.program.stop().await;
    }
}

async fn start(telegram: &FakeTelegram, data: &Path, way: Way) -> Running {
    let mut program = Program::start_over(data)
        .env("TELOXIDE_TOKEN", FakeTelegram::TOKEN)
        .env("TELOXIDE_API_URL", telegram.url())
        .env("RUST_LOG", "info,bot_telegram=debug");
    if way == Way::Webhook {
        let config = OwnConfig::new();
        let line = format!("webhook = \"https://auskunft.kreis.example{WEBHOOK_PATH}\"");
        config.insert_after("auskunft.toml", "[telegram]", &line);
        program = program.with_config(config).env("AUSKUNFT_TELEGRAM_SECRET", WEBHOOK_SECRET);
    }
    let running = program.ready().await;
    telegram.reaches(&running.address);
    running
}
