//! A conversation store that forgets everything when the test ends.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::DateTime;
use chrono_tz::Tz;
use faq_engine::conversation::Conversation;
use faq_engine::ports::{ConversationKey, ConversationStore, StoreError};

/// Keeps conversations in memory.
#[derive(Debug, Default)]
pub struct MemoryConversationStore {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    conversations: HashMap<ConversationKey, (Conversation, DateTime<Tz>)>,
    deliveries: HashMap<String, DateTime<Tz>>,
}

impl MemoryConversationStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait::async_trait]
impl ConversationStore for MemoryConversationStore {
    async fn load(&self, key: &ConversationKey, now: DateTime<Tz>) -> Result<Option<Conversation>, StoreError> {
        let kept = self.kept();
        let valid = kept.conversations.get(key).filter(|(_, expires)| now < *expires);
        Ok(valid.map(|(conversation, _)| conversation.clone()))
    }

    async fn save(
        &self,
        key: &ConversationKey,
        conversation: &Conversation,
        expires: DateTime<Tz>,
    ) -> Result<(), StoreError> {
        self.kept().conversations.insert(key.clone(), (conversation.clone(), expires));
        Ok(())
    }

    async fn delete(&self, key: &ConversationKey) -> Result<(), StoreError> {
        self.kept().conversations.remove(key);
        Ok(())
    }

    async fn purge(&self, now: DateTime<Tz>) -> Result<usize, StoreError> {
        let mut kept = self.kept();
        let before = kept.conversations.len() + kept.deliveries.len();
        kept.conversations.retain(|_, (_, expires)| now < *expires);
        kept.deliveries.retain(|_, expires| now < *expires);
        Ok(before - kept.conversations.len() - kept.deliveries.len())
    }

    async fn first_delivery(&self, delivery: &str, expires: DateTime<Tz>) -> Result<bool, StoreError> {
        let mut kept = self.kept();
        if kept.deliveries.contains_key(delivery) {
            return Ok(false);
        }
        kept.deliveries.insert(delivery.to_owned(), expires);
        Ok(true)
    }
}
