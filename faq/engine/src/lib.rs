//! The knowledge of the desk: domain, dialogue, opening hours and ports.
//!
//! Pure by design: no runtime, no channel, no web, no database, no JSON, no files, no environment. Whoever wants an
//! answer builds an [`InfoDesk`](desk::InfoDesk) from published [`Knowledge`](knowledge::Knowledge) and hands it
//! turns; time comes in as an argument.

pub mod as_of;
pub mod catalogue;
pub mod channel;
pub mod compose;
pub mod conversation;
pub mod desk;
pub mod dialogue;
pub mod entry;
pub mod explanation;
pub mod facet;
pub mod hours;
pub mod knowledge;
pub mod language;
pub mod notice;
pub mod office;
pub mod phrasebook;
pub mod ports;
pub mod position;
pub mod reply;
pub mod service;
pub mod slug;
pub mod turn;
pub mod understanding;
pub mod years;
