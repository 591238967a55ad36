//! Conversations of messengers, and which deliveries were handled.
//!
//! They stand beside the manifest: each is small, expires soon, and losing one costs a citizen one repeated question.
//! Writing them is durable all the same, because a delivery that is forgotten would be answered twice.

use std::sync::Arc;

use chrono::DateTime;
use chrono_tz::Tz;
use faq_engine::conversation::Conversation;
use faq_engine::ports::{ConversationKey, ConversationStore, StoreError};

use crate::database::DatabaseError;
use crate::ledger::Ledger;
use crate::open::blocking;
use crate::record::{KeptConversation, KeptDelivery};

/// Keeps conversations on sled.
#[derive(Debug, Clone)]
pub struct SledConversationStore {
    ledger: Arc<Ledger>,
}

impl SledConversationStore {
    pub(crate) fn new(ledger: Arc<Ledger>) -> Self {
        Self { ledger }
    }
}

#[async_trait::async_trait]
impl ConversationStore for SledConversationStore {
    async fn load(&self, key: &ConversationKey, now: DateTime<Tz>) -> Result<Option<Conversation>, StoreError> {
        let (ledger, key) = (Arc::clone(&self.ledger), key.clone());
        let kept = blocking(move || {
            ledger
                .read("the conversation could not be read", |database| Ok(database.conversations.get(key.as_str())?))
        });
        let Some(bytes) = kept.await? else { return Ok(None) };
        Ok(conversation(&bytes, now))
    }

    async fn save(
        &self,
        key: &ConversationKey,
        conversation: &Conversation,
        expires: DateTime<Tz>,
    ) -> Result<(), StoreError> {
        let (ledger, key) = (Arc::clone(&self.ledger), key.clone());
        let record = KeptConversation::new(conversation.to_token(), expires).encode();
        blocking(move || {
            ledger.write_beside("the conversation could not be saved", |database| {
                database.conversations.insert(key.as_str(), record)?;
                Ok(())
            })
        })
        .await
    }

    async fn delete(&self, key: &ConversationKey) -> Result<(), StoreError> {
        let (ledger, key) = (Arc::clone(&self.ledger), key.clone());
        blocking(move || {
            ledger.write_beside("the conversation could not be deleted", |database| {
                database.conversations.remove(key.as_str())?;
                Ok(())
            })
        })
        .await
    }

    async fn purge(&self, now: DateTime<Tz>) -> Result<usize, StoreError> {
        let ledger = Arc::clone(&self.ledger);
        let now = now.to_utc();
        blocking(move || {
            ledger.write_beside("expired conversations could not be deleted", |database| {
                // What cannot be read helps nobody and goes with what expired.
                let conversations = purge(&database.conversations, |bytes| {
                    KeptConversation::decode(bytes).is_ok_and(|kept| now < kept.expires)
                })?;
                let deliveries = purge(&database.deliveries, |bytes| {
                    KeptDelivery::decode(bytes).is_ok_and(|kept| now < kept.expires)
                })?;
                Ok(conversations + deliveries)
            })
        })
        .await
    }

    async fn first_delivery(&self, delivery: &str, expires: DateTime<Tz>) -> Result<bool, StoreError> {
        let (ledger, delivery) = (Arc::clone(&self.ledger), delivery.to_owned());
        let record = KeptDelivery::new(expires).encode();
        blocking(move || {
            // Durable also when it was there: the one who put it there may not have got that far yet.
            ledger.write_beside("the delivery could not be noted", |database| {
                let noted = database.deliveries.compare_and_swap(delivery, None::<&[u8]>, Some(record))?;
                Ok(noted.is_ok())
            })
        })
        .await
    }
}

/// Reads a kept conversation. One that cannot be read starts anew, like any other text that is none.
fn conversation(bytes: &[u8], now: DateTime<Tz>) -> Option<Conversation> {
    let kept = match KeptConversation::decode(bytes) {
        Ok(kept) => kept,
        Err(error) => {
            tracing::warn!(%error, "a kept conversation cannot be read and starts anew");
            return None;
        }
    };
    let is_valid = now.to_utc() < kept.expires;
    if is_valid { Conversation::from_token(&kept.token).ok() } else { None }
}

/// Deletes what is not valid any more, unless it was prolonged meanwhile.
fn purge(tree: &sled::Tree, is_valid: impl Fn(&[u8]) -> bool) -> Result<usize, DatabaseError> {
    let mut purged = 0;
    for entry in tree {
        let (key, bytes) = entry?;
        if !is_valid(&bytes) && tree.compare_and_swap(key, Some(bytes), None::<&[u8]>)?.is_ok() {
            purged += 1;
        }
    }
    Ok(purged)
}
