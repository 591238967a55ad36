//! Black box tests over the built program, golden questions and house rules.
//!
//! The harness has the user's verbs and starts the real binary; the outside world is a stateful fake of our own.

pub mod program;
