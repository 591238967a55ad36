//! Builders, in-memory ports, a fixed clock and the contract suites (for tests only).
//!
//! Every adapter of a store port runs the same suite, so that a promise in `faq_engine::ports` is written once, as
//! a function with its name, and no adapter keeps a weaker version of it. The in-memory stores run it too: a fake that
//! is kinder than the real thing would hide mistakes of whoever is tested with it.
//!
//! The dialogue is tested in a sample [`county`] that is small enough to be known by heart, by a [`Citizen`].

pub mod build;
pub mod catalogue;
mod citizen;
mod clock;
mod content_contract;
mod conversation_contract;
pub mod county;
pub mod languages;
mod memory_booking;
mod memory_content;
mod memory_conversations;
mod memory_index;
pub mod replies;

pub use citizen::Citizen;
pub use clock::FixedClock;
pub use content_contract::content_store_contract;
pub use conversation_contract::conversation_store_contract;
pub use memory_booking::MemoryBookingDesk;
pub use memory_content::MemoryContentStore;
pub use memory_conversations::MemoryConversationStore;
pub use memory_index::{MemoryIndex, MemoryIndexBuilder};
