//! Getting an appointment.

use chrono::DateTime;
use chrono_tz::Tz;

use crate::language::{LanguageTag, LocalizedText};
use crate::slug::Slug;

/// Looks up how to get an appointment. Never reserves anything, never sends anything about a person.
#[async_trait::async_trait]
pub trait BookingDesk: Send + Sync {
    /// How to get an appointment for this service at this office. Always has an answer and asks nobody for it.
    async fn booking(&self, service: &Slug, office: Option<&Slug>, language: &LanguageTag) -> Booking;

    /// What is free at the offices whose booking system can be asked about this service, or at this one of them.
    /// Empty: none can. Waits for no booking system longer than a person would notice.
    async fn availability(&self, service: &Slug, office: Option<&Slug>) -> Vec<Availability>;
}

/// How to get an appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Booking {
    /// Online, here.
    Online {
        /// Text of the button.
        label: LocalizedText,
        /// `https` only.
        url: String,
        /// What else to know.
        note: Option<LocalizedText>,
    },
    /// Not online; this is how.
    Otherwise(LocalizedText),
    /// Nothing is recorded for this service.
    NotRecorded,
}

/// What is free at one office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Availability {
    /// The office.
    pub office: Slug,
    /// The page on which this office's appointments for the service are booked.
    pub url: String,
    /// `None`: its booking system cannot say right now.
    pub free: Option<FreeTimes>,
}

/// Free appointments as they were at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeTimes {
    /// The first ones, in order, in the office's time zone; empty: none in the time looked at.
    pub times: Vec<DateTime<Tz>>,
    /// When the booking system said so.
    pub as_of: DateTime<Tz>,
    /// Older than they should be: a newer answer could not be had in time.
    pub is_stale: bool,
}
