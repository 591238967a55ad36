//! How Telegram brings updates to a webhook: one chat after the other's turn, chats side by side, and again until the
//! other end says that it has them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Client;
use reqwest::header::RETRY_AFTER;
use serde_json::Value;
use tokio::time::timeout;

use super::Shared;

/// What a bot asked for with `setWebhook`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hook {
    /// The address as it was given.
    pub(super) address: String,
    pub(super) secret: String,
    pub(super) most_at_once: usize,
}

/// An update on its way.
pub(super) struct Post {
    pub(super) serial: u64,
    pub(super) address: String,
    pub(super) secret: String,
    pub(super) update: Value,
}

/// What became of it.
pub(super) enum Outcome {
    Taken,
    /// Not taken, or nobody there: again at this time.
    Again(Instant),
}

/// The header Telegram says the secret in.
pub(super) const SECRET_HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";
/// Telegram hangs up after this.
const PATIENCE: Duration = Duration::from_secs(60);
/// Telegram waits longer; a test should not.
const PAUSE: Duration = Duration::from_millis(200);

/// Brings updates for as long as the server lives.
pub(super) async fn bring(shared: Arc<Shared>) {
    let client = Client::builder().timeout(PATIENCE).build().expect("a client");
    let mut changed = shared.changed.subscribe();
    loop {
        changed.mark_unchanged();
        let posts = shared.lock().begin_posts();
        for post in posts {
            tokio::spawn(deliver(shared.clone(), client.clone(), post));
        }
        if let Ok(Err(_)) = timeout(Duration::from_millis(50), changed.changed()).await {
            return;
        }
    }
}

async fn deliver(shared: Arc<Shared>, client: Client, post: Post) {
    let body = post.update.to_string();
    let request = client.post(&post.address).header(SECRET_HEADER, &post.secret).body(body);
    let request = request.header("content-type", "application/json");
    let answer = request.send().await;
    let again = |pause| Outcome::Again(Instant::now() + pause);
    let (status, outcome) = match &answer {
        Ok(response) if response.status().is_success() => (Some(response.status().as_u16()), Outcome::Taken),
        Ok(response) => {
            let seconds = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
            (Some(response.status().as_u16()), again(seconds.map_or(PAUSE, Duration::from_secs)))
        }
        Err(_) => (None, again(PAUSE)),
    };
    shared.change(|state| state.end_post(post.serial, status, outcome));
}
