//! The commands, one file each.

pub mod ask;
pub mod check;
pub mod eval;
pub mod serve;
pub mod store;
