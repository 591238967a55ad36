//! The `BookingDesk` port: where and how an appointment is booked.
//!
//! The default adapter fills in link templates; it asks nobody and always has an answer. Adapters that look up free
//! slots stand beside it and degrade to it. Nothing is ever reserved and no word about a person leaves the house.

mod link;

pub use link::{InvalidTemplate, LinkBooking, LinkRule, LinkTemplate, LinkWay};
