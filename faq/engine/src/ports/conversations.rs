//! Conversations of channels that cannot carry them.

use chrono::DateTime;
use chrono_tz::Tz;

use super::StoreError;
use crate::conversation::Conversation;

/// Keeps conversations of channels that cannot carry them themselves (messengers).
#[async_trait::async_trait]
pub trait ConversationStore: Send + Sync {
    /// The conversation of this person, `None` if there is none or it expired.
    async fn load(&self, key: &ConversationKey, now: DateTime<Tz>) -> Result<Option<Conversation>, StoreError>;
    /// Keeps it until `expires`; at that moment it is gone.
    async fn save(
        &self,
        key: &ConversationKey,
        conversation: &Conversation,
        expires: DateTime<Tz>,
    ) -> Result<(), StoreError>;
    /// Deletes it. Deleting what is not there is fine.
    async fn delete(&self, key: &ConversationKey) -> Result<(), StoreError>;
    /// Deletes conversations and deliveries that expired; says how many.
    async fn purge(&self, now: DateTime<Tz>) -> Result<usize, StoreError>;
    /// Remembers that this delivery was handled; `false` if it had been already. Kept at least until `expires` and then
    /// until the next purge.
    async fn first_delivery(&self, delivery: &str, expires: DateTime<Tz>) -> Result<bool, StoreError>;
}

/// A person on a channel, as a keyed hash that cannot be turned back into a name or number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ConversationKey(String);

impl ConversationKey {
    /// Wraps a keyed hash in hexadecimal.
    pub fn from_hash(hex: impl Into<String>) -> Self {
        Self(hex.into())
    }

    /// The hash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
