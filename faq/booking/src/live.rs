//! Link templates with what is free beside them.

use faq_engine::language::LanguageTag;
use faq_engine::ports::{Availability, Booking, BookingDesk, FreeTimes};
use faq_engine::slug::Slug;
use futures_util::future::join_all;

use crate::cache::SlotCache;
use crate::link::LinkBooking;

/// A service at an office, and what a booking system calls both.
#[derive(Clone)]
pub struct LookUp {
    /// The service.
    pub service: Slug,
    /// The office.
    pub office: Slug,
    /// Where it is looked up.
    pub system: SlotCache,
    /// The booking system's key of the service.
    pub service_key: String,
    /// The booking system's key of the office.
    pub office_key: String,
}

/// Books by link and knows what is free where a booking system can be asked.
pub struct LiveBooking {
    links: LinkBooking,
    look_ups: Vec<LookUp>,
}

impl LiveBooking {
    /// A desk over these links that looks up these.
    pub fn new(links: LinkBooking, look_ups: Vec<LookUp>) -> Self {
        Self { links, look_ups }
    }
}

#[async_trait::async_trait]
impl BookingDesk for LiveBooking {
    async fn booking(&self, service: &Slug, office: Option<&Slug>, language: &LanguageTag) -> Booking {
        self.links.booking(service, office, language).await
    }

    async fn availability(&self, service: &Slug, office: Option<&Slug>) -> Vec<Availability> {
        let meant = |look_up: &&LookUp| look_up.service == *service && office.is_none_or(|id| look_up.office == *id);
        // All at once: together they take no longer than the slowest of them may.
        join_all(self.look_ups.iter().filter(meant).map(LookUp::availability)).await
    }
}

impl LookUp {
    async fn availability(&self) -> Availability {
        let free = self.system.free(&self.service_key, &self.office_key).await;
        Availability {
            office: self.office.clone(),
            url: self.system.link(&self.service_key, &self.office_key).to_string(),
            free: free.map(|known| FreeTimes {
                times: known.slots.times,
                as_of: known.slots.as_of,
                is_stale: known.stale,
            }),
        }
    }
}
