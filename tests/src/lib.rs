//! Black box tests over the built program, golden questions and house rules.
//!
//! The harness has the user's verbs and starts the real binary; the outside world is a stateful fake of our own.

pub mod booking_system;
pub mod command_line;
pub mod first_questions;
pub mod messenger;
pub mod own_config;
pub mod program;
pub mod repository;
pub mod telegram;
pub mod visitor;
pub mod wire;
