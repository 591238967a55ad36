//! Every update answered once, none lost.
//!
//! The store can only tell whether it sees a delivery for the first time, and asking marks it. Marked before the reply,
//! a crash in between would lose the question; marked after it, a crash would repeat every reply that was not confirmed
//! to Telegram yet. So an attempt takes two marks that carry its number: `received` when it begins and, when the reply
//! is out, `answered` with the number *after* its own. An update that comes again gets the next number and finds out,
//! by a mark nobody else asks about, whether the attempt before it came to its end.
//!
//! What remains: a crash in the moment between a sent reply and its mark repeats that reply. Sending first is the right
//! side to err on: a doubled answer is a nuisance, a missing one a person waiting.

use chrono::DateTime;
use chrono_tz::Tz;
use faq_engine::ports::{ConversationStore, StoreError};

/// One try at answering an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attempt {
    number: u32,
}

impl Attempt {
    /// A hundred crashes over one update: whatever it is, the desk has to live on without it.
    const MOST: u32 = 100;

    /// Begins an attempt; `None` if the update was answered before.
    pub(crate) async fn begin(
        store: &dyn ConversationStore,
        delivery: &str,
        expires: DateTime<Tz>,
    ) -> Result<Option<Self>, StoreError> {
        for number in 1..=Self::MOST {
            if !store.first_delivery(&received(delivery, number), expires).await? {
                continue;
            }
            let attempt = Self { number };
            if number == 1 || store.first_delivery(&answered(delivery, number), expires).await? {
                return Ok(Some(attempt));
            }
            // Pass it on: asking has used up this number's mark.
            attempt.complete(store, delivery, expires).await?;
            return Ok(None);
        }
        Ok(None)
    }

    /// Used when the store cannot be asked: answering twice is better than not at all.
    pub(crate) fn unmarked() -> Self {
        Self { number: 1 }
    }

    /// The reply is out.
    pub(crate) async fn complete(
        self,
        store: &dyn ConversationStore,
        delivery: &str,
        expires: DateTime<Tz>,
    ) -> Result<(), StoreError> {
        store.first_delivery(&answered(delivery, self.number + 1), expires).await.map(|_| ())
    }
}

fn received(delivery: &str, number: u32) -> String {
    format!("{delivery}:received{number}")
}

fn answered(delivery: &str, number: u32) -> String {
    format!("{delivery}:answered{number}")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Mutex;

    use chrono::TimeZone;
    use chrono_tz::Europe::Berlin;
    use faq_engine::conversation::Conversation;
    use faq_engine::ports::ConversationKey;

    use super::*;

    #[derive(Default)]
    struct Marks(Mutex<HashSet<String>>);

    #[async_trait::async_trait]
    impl ConversationStore for Marks {
        async fn load(&self, _: &ConversationKey, _: DateTime<Tz>) -> Result<Option<Conversation>, StoreError> {
            Ok(None)
        }
        async fn save(&self, _: &ConversationKey, _: &Conversation, _: DateTime<Tz>) -> Result<(), StoreError> {
            Ok(())
        }
        async fn delete(&self, _: &ConversationKey) -> Result<(), StoreError> {
            Ok(())
        }
        async fn purge(&self, _: DateTime<Tz>) -> Result<usize, StoreError> {
            Ok(0)
        }
        async fn first_delivery(&self, delivery: &str, _: DateTime<Tz>) -> Result<bool, StoreError> {
            Ok(self.0.lock().expect("not poisoned").insert(delivery.to_owned()))
        }
    }

    async fn begins(store: &Marks) -> Option<Attempt> {
        Attempt::begin(store, "tg:7:1", later()).await.expect("the store works")
    }

    async fn completes(store: &Marks, attempt: Option<Attempt>) {
        attempt.expect("begun").complete(store, "tg:7:1", later()).await.expect("the store works");
    }

    fn later() -> DateTime<Tz> {
        Berlin.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).single().expect("valid")
    }

    #[tokio::test]
    async fn an_answered_update_is_never_answered_again() {
        let store = Marks::default();
        let first = begins(&store).await;
        completes(&store, first).await;
        for _ in 0..20 {
            assert_eq!(begins(&store).await, None);
        }
    }

    #[tokio::test]
    async fn an_update_interrupted_many_times_is_answered_in_the_end() {
        let store = Marks::default();
        for _ in 0..10 {
            assert!(begins(&store).await.is_some(), "a crash before the reply must not lose the question");
        }
        let last = begins(&store).await;
        completes(&store, last).await;
        assert_eq!(begins(&store).await, None);
    }
}
