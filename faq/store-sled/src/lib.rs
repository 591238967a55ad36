//! All store ports on sled, the embedded default.
//!
//! sled 0.34.7 is fast, small and survives `kill -9`, but it does not fsync what it says it flushed, opens a damaged
//! file as an older or emptier store without a word, and cannot open on a full disk. This crate adds what is missing
//! and hides that it was ever needed:
//!
//! - `durable` syncs before a write is acknowledged;
//! - `manifest` remembers outside sled what must be there, so that loss is noticed and named;
//! - `export` and `restore` are the way back, in a format that needs no sled;
//! - `space` keeps a reserve, so that a full disk stops saving and nothing else;
//! - `folder` refuses a second process by name.
//!
//! All published content is held in memory and changes only after a durable write. Reading therefore never waits for
//! the disk and goes on when the disk fails.
//!
//! A data folder holds `store/` (sled), `manifest.json`, `reserve`, `auskunft.pid` and `export/`.

mod content;
mod conversations;
mod database;
mod durable;
mod error;
mod export;
mod folder;
mod ledger;
mod manifest;
mod open;
mod record;
mod restore;
mod revisions;
mod space;

pub use content::{PastRevision, SledContentStore};
pub use conversations::SledConversationStore;
pub use error::{Damage, OpenError, RestoreError};
pub use export::ExportSummary;
pub use open::{SledStore, StoreOptions, Verified, WriteState};
pub use restore::{Restored, read_export, restore};
