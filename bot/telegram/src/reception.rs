//! Takes in the updates that Telegram brings, and lets each bringer wait until its update is answered.
//!
//! Telegram counts an update as delivered when the bringer gets its "200", and brings it again if it does not. So the
//! answer to the bringer waits for the answer to the person: whatever happens in between, Telegram still has the
//! update, and nothing a person wrote has to be kept here. The same update brought several times at once is answered
//! once, and every bringer hears of it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use teloxide::types::{Update, UpdateKind};
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::answering::Answering;
use crate::intake::{self, BotIdentity, Incoming};
use crate::queue::{Job, Queue};

/// Takes updates in.
pub(crate) struct Reception {
    answering: Arc<Answering>,
    /// Who the bot is, once Telegram said so, and the runtime that outlives the bringer's connection.
    opened: OnceLock<(BotIdentity, Handle)>,
    open: Mutex<Open>,
    /// How many updates are being dealt with.
    count: watch::Sender<usize>,
}

/// Updates that are being dealt with.
struct Open {
    queue: Queue<Incoming>,
    /// Dropping one tells everybody who waits for it.
    ends: HashMap<u32, watch::Sender<()>>,
}

/// What became of an update that was brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// The person has the answer, or there is none to give.
    Dealt,
    /// There is no room now, or it takes long: bring it again.
    Later,
}

impl Reception {
    /// Twice as many as Telegram brings at once: those whose connection broke off come again while they are answered.
    pub(crate) const MOST_OPEN: usize = 2 * Queue::<Incoming>::MOST_AT_ONCE;
    /// Telegram hangs up after a minute.
    const PATIENCE: Duration = Duration::from_secs(50);

    pub(crate) fn new(answering: Arc<Answering>) -> Self {
        let open = Mutex::new(Open { queue: Queue::new(), ends: HashMap::new() });
        Self { answering, opened: OnceLock::new(), open, count: watch::Sender::new(0) }
    }

    /// From now on updates are taken in.
    pub(crate) fn open(&self, bot: BotIdentity) {
        let _ = self.opened.set((bot, Handle::current()));
    }

    /// Takes an update as it came over the wire.
    pub(crate) async fn receive(self: &Arc<Self>, body: &[u8]) -> Received {
        let Some((bot, runtime)) = self.opened.get() else { return Received::Later };
        let Ok(update) = serde_json::from_slice::<Update>(body) else {
            // Brought again it would be no more readable, and would hold up what comes after it.
            tracing::warn!("what was brought to the webhook is no update, it was skipped");
            return Received::Dealt;
        };
        if matches!(update.kind, UpdateKind::Error(_)) {
            tracing::warn!("an update of an unknown form was skipped");
        }
        let id = update.id.0;
        let Some(incoming) = intake::read(update, bot) else { return Received::Dealt };
        let Some(mut ended) = self.admit(id, incoming, runtime) else { return Received::Later };
        // An error means that the sender is gone, which is the sign that it is done.
        match timeout(Self::PATIENCE, ended.wait_for(|()| false)).await {
            Ok(_) => Received::Dealt,
            Err(_) => Received::Later,
        }
    }

    /// Lets answers on their way arrive, but not longer than this.
    pub(crate) async fn finish(&self, longest: Duration) {
        let _ = timeout(longest, self.count.subscribe().wait_for(|open| *open == 0)).await;
    }

    /// Puts an update in its chat's line; `None` if there is no room. What comes of it ends the receiver.
    fn admit(self: &Arc<Self>, id: u32, incoming: Incoming, runtime: &Handle) -> Option<watch::Receiver<()>> {
        let mut open = self.lock();
        if let Some(end) = open.ends.get(&id) {
            return Some(end.subscribe());
        }
        if open.ends.len() >= Self::MOST_OPEN {
            tracing::warn!("too many updates are open, telegram is asked to come again");
            return None;
        }
        let (end, ended) = watch::channel(());
        open.ends.insert(id, end);
        open.queue.admit(id, incoming.chat.0, incoming);
        self.count.send_replace(open.ends.len());
        self.start_waiting(&mut open, runtime);
        Some(ended)
    }

    fn start_waiting(self: &Arc<Self>, open: &mut Open, runtime: &Handle) {
        while let Some(Job { update, chat, work }) = open.queue.start() {
            let (reception, runtime) = (self.clone(), runtime.clone());
            let answering = self.answering.clone();
            let answered = runtime.spawn(async move { answering.handle(work).await });
            runtime.clone().spawn(async move {
                if answered.await.is_err() {
                    // Tried again it would panic again, and hold up its chat for ever.
                    tracing::error!("answering an update panicked, it is left unanswered");
                }
                let mut open = reception.lock();
                open.queue.finish(update, chat);
                open.queue.forget(update);
                open.ends.remove(&update);
                reception.count.send_replace(open.ends.len());
                reception.start_waiting(&mut open, &runtime);
            });
        }
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        // Nothing in here panics between two changes that belong together.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
