//! A booking desk that was told its answers.

use std::collections::BTreeMap;

use faq_engine::language::LanguageTag;
use faq_engine::ports::{Booking, BookingDesk};
use faq_engine::slug::Slug;

/// Answers what it was told; nothing is recorded for any other service.
#[derive(Debug, Clone, Default)]
pub struct MemoryBookingDesk {
    bookings: BTreeMap<String, Booking>,
}

impl MemoryBookingDesk {
    /// A desk that knows these services.
    pub fn new<'a>(bookings: impl IntoIterator<Item = (&'a str, Booking)>) -> Self {
        Self { bookings: bookings.into_iter().map(|(service, booking)| (service.to_owned(), booking)).collect() }
    }
}

#[async_trait::async_trait]
impl BookingDesk for MemoryBookingDesk {
    async fn booking(&self, service: &Slug, _office: Option<&Slug>, _language: &LanguageTag) -> Booking {
        self.bookings.get(service.as_str()).cloned().unwrap_or(Booking::NotRecorded)
    }
}
