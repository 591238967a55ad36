//! A booking desk that was told its answers.

use std::collections::BTreeMap;

use faq_engine::language::LanguageTag;
use faq_engine::ports::{Availability, Booking, BookingDesk};
use faq_engine::slug::Slug;

/// Answers what it was told; nothing is recorded for any other service.
#[derive(Debug, Clone, Default)]
pub struct MemoryBookingDesk {
    bookings: BTreeMap<String, Booking>,
    availability: BTreeMap<String, Vec<Availability>>,
}

impl MemoryBookingDesk {
    /// A desk that knows these services.
    pub fn new<'a>(bookings: impl IntoIterator<Item = (&'a str, Booking)>) -> Self {
        let bookings = bookings.into_iter().map(|(service, booking)| (service.to_owned(), booking)).collect();
        Self { bookings, availability: BTreeMap::new() }
    }

    /// The same desk, which also knows this about the offices of a service.
    pub fn knowing(mut self, service: &str, availability: Vec<Availability>) -> Self {
        self.availability.insert(service.to_owned(), availability);
        self
    }
}

#[async_trait::async_trait]
impl BookingDesk for MemoryBookingDesk {
    async fn booking(&self, service: &Slug, _office: Option<&Slug>, _language: &LanguageTag) -> Booking {
        self.bookings.get(service.as_str()).cloned().unwrap_or(Booking::NotRecorded)
    }

    async fn availability(&self, service: &Slug, office: Option<&Slug>) -> Vec<Availability> {
        let known = self.availability.get(service.as_str()).into_iter().flatten();
        known.filter(|at| office.is_none_or(|id| at.office == *id)).cloned().collect()
    }
}
