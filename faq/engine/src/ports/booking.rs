//! Getting an appointment.

use crate::language::{LanguageTag, LocalizedText};
use crate::slug::Slug;

/// Looks up how to get an appointment. Never reserves anything, never sends anything about a person.
#[async_trait::async_trait]
pub trait BookingDesk: Send + Sync {
    /// How to get an appointment for this service at this office. Always has an answer; a booking system that cannot
    /// be asked degrades to its link.
    async fn booking(&self, service: &Slug, office: Option<&Slug>, language: &LanguageTag) -> Booking;
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
