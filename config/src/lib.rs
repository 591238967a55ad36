//! What an operator may change, and the crate that reads it.
//!
//! Files become the engine's types here and nowhere else. Every mistake is named with its file, its line where it has
//! one, and what to do; unknown keys are mistakes. Nothing is half read: a folder is valid or it is not.

pub mod booking;
pub mod content;
pub mod crisis;
mod cues;
pub mod fault;
pub mod folder;
pub mod languages;
pub mod settings;

mod text;

pub use fault::Fault;
pub use folder::{ConfigFolder, ContentDocument};
pub use settings::Settings;
