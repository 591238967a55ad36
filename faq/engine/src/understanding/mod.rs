//! Reading a message: cleaning it, recognising its language, cue words, towns and amounts of sense in it.
//!
//! Everything here is pure and works on words; what a message is about is the business of the answer index.

pub mod contrast;
pub mod cues;
pub mod hours_wishes;
pub mod intents;
pub mod language;
pub mod offices;
pub mod picks;
pub mod places;
pub mod text;
