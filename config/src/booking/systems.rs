//! Booking systems whose free appointments are looked up: `[[system]]` in `booking.toml`.

use std::collections::BTreeMap;

use faq_engine::catalogue::Catalogue;
use faq_engine::slug::Slug;
use serde::Deserialize;

use super::{BookingRule, BookingWay, known};
use crate::settings::Secret;
use crate::text::Reader;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SystemShape {
    kind: KindShape,
    /// ZMS: address of the citizen API. Easy!Appointments: where its `index.php` lies.
    api: String,
    /// ZMS: the page people book on.
    page: Option<String>,
    /// Easy!Appointments: the API token.
    token: Option<String>,
    #[serde(default = "usual_days")]
    days: u16,
    #[serde(default = "usual_times")]
    times: usize,
    /// The system's keys by our names.
    services: BTreeMap<String, String>,
    offices: BTreeMap<String, String>,
}

#[derive(Deserialize, PartialEq, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum KindShape {
    Zms,
    EasyAppointments,
}

/// A booking system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingSystem {
    /// Which, and where.
    pub kind: SystemKind,
    /// Days that are looked at, today included.
    pub days: u16,
    /// Times shown for each office.
    pub times: usize,
    /// What is looked up.
    pub mappings: Vec<Mapping>,
}

/// Which booking system, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SystemKind {
    /// The citizen API of ZMS.
    Zms {
        /// Its address.
        api: String,
        /// The page people book on.
        page: String,
    },
    /// Easy!Appointments.
    EasyAppointments {
        /// Where its `index.php` lies.
        root: String,
        /// The API token.
        token: Secret,
    },
}

/// A service at an office, and what the booking system calls both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The service.
    pub service: Slug,
    /// The office.
    pub office: Slug,
    /// The system's key of the service.
    pub service_key: String,
    /// The system's key of the office.
    pub office_key: String,
}

fn usual_days() -> u16 {
    28
}

fn usual_times() -> usize {
    3
}

impl SystemShape {
    /// Most days a look-up may span, and most times an answer may list.
    const MOST_DAYS: u16 = 180;
    const MOST_TIMES: usize = 10;

    pub(super) fn read(
        &self,
        reader: &mut Reader<'_>,
        catalogue: &Catalogue,
        rules: &[BookingRule],
        token: Option<&Secret>,
    ) -> Option<BookingSystem> {
        if !(1..=Self::MOST_DAYS).contains(&self.days) {
            reader.fault(&self.days.to_string(), format!("`days` must be between 1 and {}", Self::MOST_DAYS));
        }
        if !(1..=Self::MOST_TIMES).contains(&self.times) {
            reader.fault(&self.times.to_string(), format!("`times` must be between 1 and {}", Self::MOST_TIMES));
        }
        let names: Vec<String> = self.services.keys().cloned().collect();
        let services = known(reader, &names, "service", |slug| catalogue.service(slug).is_some());
        let names: Vec<String> = self.offices.keys().cloned().collect();
        let offices = known(reader, &names, "office", |id| catalogue.office(id).is_some());
        let mut mappings = Vec::new();
        for service in &services {
            let Some(rule) = rules.iter().find(|rule| rule.services.contains(service)) else { continue };
            if matches!(rule.way, BookingWay::Otherwise(_)) {
                reader.fault(
                    service.as_str(),
                    format!("`{service}` is mapped to a booking system, but its rule says `bookable = \"no\"`"),
                );
            }
            let there = offices.iter().filter(|office| rule.offices.is_empty() || rule.offices.contains(office));
            mappings.extend(there.map(|office| Mapping {
                service: service.clone(),
                office: office.clone(),
                service_key: self.services[service.as_str()].clone(),
                office_key: self.offices[office.as_str()].clone(),
            }));
        }
        let kind = self.kind(reader, token)?;
        Some(BookingSystem { kind, days: self.days, times: self.times, mappings })
    }

    fn kind(&self, reader: &mut Reader<'_>, token: Option<&Secret>) -> Option<SystemKind> {
        match (self.kind, &self.page) {
            (KindShape::Zms, Some(page)) => Some(SystemKind::Zms { api: self.api.clone(), page: page.clone() }),
            (KindShape::Zms, None) => {
                reader.fault(&self.api, "a system of kind \"zms\" needs `page`, the address people book on");
                None
            }
            (KindShape::EasyAppointments, _) => {
                let token = self.token.as_deref().map(Secret::new).or_else(|| token.cloned());
                if token.is_none() {
                    reader.fault(
                        &self.api,
                        "a system of kind \"easyappointments\" needs a token: set AUSKUNFT_BOOKING_TOKEN",
                    );
                }
                Some(SystemKind::EasyAppointments { root: self.api.clone(), token: token? })
            }
        }
    }
}
