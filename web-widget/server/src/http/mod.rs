//! What holds for every request, whatever it asks.
//!
//! The layers, from the outside in: [`request_span`] (log and count), [`security_headers`], [`webhook`] (a door
//! of its own), [`cors`], [`errors`] (from a refusal to words), [`rate_limit`], [`body_deadline`]; around each handler
//! [`panics`]. The order matters: what an inner layer refuses still gets the headers of the outer ones.

pub(crate) mod assets;
pub(crate) mod body_deadline;
pub(crate) mod calendar;
pub(crate) mod client_address;
pub(crate) mod cors;
pub(crate) mod errors;
pub(crate) mod health;
pub(crate) mod json;
pub(crate) mod language;
pub(crate) mod metrics;
pub(crate) mod openapi;
pub(crate) mod operator;
pub(crate) mod panics;
pub(crate) mod rate_limit;
pub(crate) mod request_span;
pub(crate) mod security_headers;
pub(crate) mod webhook;
pub(crate) mod widget;
