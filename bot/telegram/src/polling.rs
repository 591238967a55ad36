//! Asks Telegram for updates and has them answered.
//!
//! One loop: fetch, hand to the queue, fetch again. While answers are on their way it looks in a few times a second for
//! updates of other chats; when everything is answered it confirms that and waits at Telegram for the next one. Nothing
//! of the house needs to be reachable from the internet, which is why this way is the default.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use teloxide::payloads::{DeleteWebhook, GetUpdates};
use teloxide::types::{Update, UpdateKind};
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::{Instant, sleep, timeout};

use crate::answering::Answering;
use crate::api::Failure;
use crate::health::TelegramHealth;
use crate::intake::{self, BotIdentity, Incoming};
use crate::presence::Presence;
use crate::queue::{Job, Queue};

/// Fetches updates and has them answered.
pub(crate) struct Polling {
    presence: Presence,
    answering: Arc<Answering>,
    queue: Queue<Incoming>,
    tasks: JoinSet<()>,
    /// Which update a task answers, to know it even if the task panicked.
    jobs: HashMap<Id, (u32, i64)>,
}

impl Polling {
    /// How long Telegram holds a poll open when there is nothing.
    const HELD_OPEN: Duration = Duration::from_secs(20);
    const POLL_LIMIT: Duration = Duration::from_secs(30);
    /// Between two looks for other chats' updates while answers are on their way.
    const LOOK_IN: Duration = Duration::from_millis(250);
    const LOOK_IN_LONGEST: Duration = Duration::from_secs(1);
    const BETWEEN_PURGES: Duration = Duration::from_secs(3600);
    /// How long a stop waits for answers on their way; what is not done by then is delivered again after the start.
    const LAST_ANSWERS: Duration = Duration::from_secs(5);
    const GOODBYE_LIMIT: Duration = Duration::from_secs(2);

    pub(crate) fn new(presence: Presence, answering: Arc<Answering>) -> Self {
        Self { presence, answering, queue: Queue::new(), tasks: JoinSet::new(), jobs: HashMap::new() }
    }

    /// Never returns; every await in it may be the last.
    pub(crate) async fn serve(&mut self) {
        let bot = self.introduce().await;
        tracing::info!("telegram channel is ready");
        let mut look_in = Self::LOOK_IN;
        let mut last_purge: Option<Instant> = None;
        loop {
            if last_purge.is_none_or(|last| last.elapsed() >= Self::BETWEEN_PURGES) {
                self.answering.purge().await;
                last_purge = Some(Instant::now());
            }
            self.answers_for(look_in).await;
            let offset = self.queue.offset();
            match self.fetch(offset).await {
                Ok(updates) => {
                    if let Some(offset) = offset {
                        self.queue.confirmed(offset);
                    }
                    self.presence.report(TelegramHealth::Ok);
                    let something_new = self.take_in(updates, &bot);
                    look_in = if something_new { Self::LOOK_IN } else { (look_in * 2).min(Self::LOOK_IN_LONGEST) };
                }
                Err(failure) => self.recover(&failure).await,
            }
        }
    }

    /// Learns who the bot is and puts things in order at Telegram.
    async fn introduce(&mut self) -> BotIdentity {
        let bot = self.presence.introduce().await;
        // A webhook left over from the other way of running would make every poll a conflict.
        self.presence.insist(&DeleteWebhook::new()).await;
        self.presence.publish_menu(&self.answering).await;
        bot
    }

    async fn fetch(&self, offset: Option<u32>) -> Result<Vec<Update>, Failure> {
        let mut request = GetUpdates::new();
        // Telegram counts in 31 bits.
        request.offset = offset.map(|offset| i32::try_from(offset).unwrap_or(i32::MAX));
        request.limit = Some(100);
        request.timeout = Some(if self.queue.is_idle() { Self::HELD_OPEN.as_secs() as u32 } else { 0 });
        request.allowed_updates = Some(intake::WANTED.to_vec());
        self.presence.api.ask(&request, Self::POLL_LIMIT).await
    }

    /// Whether there was anything that is not being answered already.
    fn take_in(&mut self, updates: Vec<Update>, bot: &BotIdentity) -> bool {
        let mut something_new = false;
        for update in updates {
            let id = update.id.0;
            if self.queue.knows(id) {
                continue;
            }
            something_new = true;
            if matches!(update.kind, UpdateKind::Error(_)) {
                tracing::warn!("an update of an unknown form was skipped");
            }
            match intake::read(update, bot) {
                Some(incoming) => self.queue.admit(id, incoming.chat.0, incoming),
                None => self.queue.dismiss(id),
            }
        }
        self.start_waiting();
        something_new
    }

    fn start_waiting(&mut self) {
        while let Some(Job { update, chat, work }) = self.queue.start() {
            let answering = self.answering.clone();
            let task = self.tasks.spawn(async move { answering.handle(work).await });
            self.jobs.insert(task.id(), (update, chat));
        }
    }

    /// Lets answers get on their way until all are, but not longer than this.
    async fn answers_for(&mut self, longest: Duration) {
        let deadline = sleep(longest);
        tokio::pin!(deadline);
        while !self.queue.is_idle() {
            tokio::select! {
                Some(ended) = self.tasks.join_next_with_id() => self.settle(ended),
                () = &mut deadline => return,
            }
        }
    }

    fn settle(&mut self, ended: Result<(Id, ()), JoinError>) {
        let id = match &ended {
            Ok((id, ())) => *id,
            Err(error) => {
                // Tried again it would panic again, and hold up its chat for ever.
                tracing::error!("answering an update panicked, it is left unanswered");
                error.id()
            }
        };
        if let Some((update, chat)) = self.jobs.remove(&id) {
            self.queue.finish(update, chat);
        }
        self.start_waiting();
    }

    /// Waits before the next try. Answers on their way go on meanwhile.
    async fn recover(&mut self, failure: &Failure) {
        let pause = self.presence.setback(failure);
        let over = Instant::now() + pause;
        self.answers_for(pause).await;
        tokio::time::sleep_until(over).await;
    }

    /// Waits for the last answers and confirms them, so that a restart has nothing to sort out.
    pub(crate) async fn say_goodbye(&mut self) {
        self.answers_for(Self::LAST_ANSWERS).await;
        if let Some(offset) = self.queue.offset() {
            let mut request = GetUpdates::new();
            request.offset = Some(i32::try_from(offset).unwrap_or(i32::MAX));
            request.limit = Some(1);
            request.timeout = Some(0);
            let _ = timeout(Self::GOODBYE_LIMIT, self.presence.api.tell(&request, Self::GOODBYE_LIMIT)).await;
        }
        tracing::info!("telegram channel stopped");
    }
}
