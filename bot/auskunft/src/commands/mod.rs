//! The commands, one file each.

pub mod ask;
pub mod check;
pub mod eval;
mod explain;
pub mod hours;
pub mod serve;
pub mod store;
