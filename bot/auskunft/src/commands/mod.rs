//! The commands, one file each.

pub mod ask;
pub mod check;
pub mod eval;
mod explain;
pub mod notice;
pub mod serve;
pub mod static_pages;
pub mod store;
