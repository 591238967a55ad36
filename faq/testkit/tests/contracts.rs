//! The in-memory stores keep the same promises as the real ones.

use faq_testkit::{MemoryContentStore, MemoryConversationStore, content_store_contract, conversation_store_contract};

#[tokio::test(flavor = "multi_thread")]
async fn memory_content_store_keeps_the_contract() {
    content_store_contract(async || MemoryContentStore::new()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_conversation_store_keeps_the_contract() {
    conversation_store_contract(async || MemoryConversationStore::new()).await;
}
