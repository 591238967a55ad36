//! From `booking.toml` to a booking desk.

use std::str::FromStr;
use std::sync::Arc;

use auskunft_config::Fault;
use auskunft_config::booking::{BookingRule, BookingSystem, BookingWay, Bookings, SystemKind};
use faq_booking::{
    ApiToken, EasyAppointments, GuardedHttp, LinkBooking, LinkRule, LinkTemplate, LinkWay, LiveBooking, LookUp,
    SlotCache, SlotSource, Window, ZmsCitizen,
};
use faq_engine::ports::{BookingDesk, Clock};

const FILE: &str = "booking.toml";

/// The booking desk of these rules and systems. Asks nobody yet.
pub fn booking_desk(bookings: &Bookings, clock: &Arc<dyn Clock>) -> Result<Arc<dyn BookingDesk>, Fault> {
    let links = LinkBooking::new(bookings.rules.iter().map(link_rule).collect::<Result<_, _>>()?);
    if bookings.systems.is_empty() {
        return Ok(Arc::new(links));
    }
    Ok(Arc::new(LiveBooking::new(links, look_ups(bookings, clock)?)))
}

/// Everything that is looked up.
pub fn look_ups(bookings: &Bookings, clock: &Arc<dyn Clock>) -> Result<Vec<LookUp>, Fault> {
    let http = GuardedHttp::new(bookings.inner_hosts.iter().cloned()).map_err(fault)?;
    let mut look_ups = Vec::new();
    for system in &bookings.systems {
        let window = Window { days: system.days, at_most: system.times };
        let cache = SlotCache::new(source(system, http.clone(), clock)?, clock.clone(), window);
        look_ups.extend(system.mappings.iter().cloned().map(|mapping| LookUp {
            service: mapping.service,
            office: mapping.office,
            system: cache.clone(),
            service_key: mapping.service_key,
            office_key: mapping.office_key,
        }));
    }
    Ok(look_ups)
}

fn source(system: &BookingSystem, http: GuardedHttp, clock: &Arc<dyn Clock>) -> Result<Arc<dyn SlotSource>, Fault> {
    Ok(match &system.kind {
        SystemKind::Zms { api, page } => {
            Arc::new(ZmsCitizen::new(http, address(api)?, address(page)?, clock.clone()).map_err(fault)?)
        }
        SystemKind::EasyAppointments { root, token } => {
            let token = ApiToken::new(token.reveal().to_owned());
            Arc::new(EasyAppointments::new(http, address(root)?, token, clock.clone()).map_err(fault)?)
        }
    })
}

fn address<Address: FromStr>(text: &str) -> Result<Address, Fault> {
    text.parse().map_err(|_| Fault::of_file(FILE, format!("`{text}` must be a complete https:// address")))
}

fn link_rule(rule: &BookingRule) -> Result<LinkRule, Fault> {
    let way = match &rule.way {
        BookingWay::Link { template, label, note } => LinkWay::Link {
            template: LinkTemplate::parse(template).map_err(fault)?,
            label: label.clone(),
            note: note.clone(),
        },
        BookingWay::Otherwise(how) => LinkWay::Otherwise(how.clone()),
    };
    Ok(LinkRule { services: rule.services.clone(), offices: rule.offices.clone(), way })
}

fn fault(error: impl std::error::Error) -> Fault {
    Fault::of_file(FILE, error.to_string())
}
