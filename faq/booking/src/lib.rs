//! The `BookingDesk` port: where and how an appointment is booked.
//!
//! The default adapter fills in link templates; it asks nobody and always has an answer. Beside it stand booking
//! systems whose free appointments can be read. Nothing is ever reserved and no word about a person leaves the house.
//!
//! ```no_run
//! # use std::sync::Arc;
//! # use faq_booking::{GuardedHttp, SlotCache, Window, ZmsCitizen};
//! # use faq_engine::ports::Clock;
//! # async fn assembled(clock: Arc<dyn Clock>) -> Result<(), Box<dyn std::error::Error>> {
//! let http = GuardedHttp::new([])?;
//! let api = "https://termine.example.org/buergeransicht/api/citizen".parse()?;
//! let page = "https://www.example.org/termin".parse()?;
//! let zms = ZmsCitizen::new(http, api, page, Arc::clone(&clock))?;
//! let desk = SlotCache::new(Arc::new(zms), clock, Window { days: 28, at_most: 5 });
//! let free = desk.free("1001", "4711").await;
//! let page = desk.link("1001", "4711");
//! # Ok(())
//! # }
//! ```

mod cache;
mod easy_appointments;
mod guard;
mod http;
mod link;
mod live;
mod slots;
mod zms;

pub use cache::{FreeSlots, SlotCache, Window};
pub use easy_appointments::{ApiToken, EasyAppointments};
pub use guard::Refused;
pub use http::{GuardedHttp, NoClient};
pub use link::{InvalidTemplate, LinkBooking, LinkRule, LinkTemplate, LinkWay};
pub use live::{LiveBooking, LookUp};
pub use slots::{KeyProblem, SlotError, SlotSource, Slots};
pub use zms::ZmsCitizen;
