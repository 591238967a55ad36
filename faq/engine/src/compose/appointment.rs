//! How to get an appointment, and what is free where.
//!
//! A booking system is a guest here: what it says is told with the moment it said so, and when it says nothing there is
//! still the page to book on and somebody to call.

use chrono::NaiveDate;

use super::Composer;
use crate::facet::Facet;
use crate::ports::{Availability, Booking, FreeTimes};
use crate::reply::{AppointmentBlock, Block, Passage, Reply};
use crate::service::Service;

impl Composer<'_> {
    /// How to get an appointment for a service: with free times if that is what was asked, otherwise the way alone.
    pub(super) async fn add_booking(&self, reply: &mut Reply, service: &Service) {
        let town = reply.conversation.town.as_ref();
        if town.is_some_and(|town| service.responsible.town_halls.includes(town)) {
            return;
        }
        let asked = reply.facet == Some(Facet::Appointment);
        match self.booking.booking(&service.slug, None, self.phrasebook.language()).await {
            Booking::Online { label, url, note } => {
                let way = AppointmentBlock {
                    service: Some(service.slug.clone()),
                    label: self.words(&label).to_owned(),
                    url: Some(url),
                    note: note.as_ref().map(|note| self.passage(note)),
                    ..AppointmentBlock::default()
                };
                let found = if asked && !self.is_read_later {
                    self.booking.availability(&service.slug, None).await
                } else {
                    Vec::new()
                };
                self.add_online(reply, way, found);
            }
            Booking::Otherwise(how) if asked => reply.blocks.push(Block::Appointment(AppointmentBlock {
                service: Some(service.slug.clone()),
                label: self.phrasebook.facet_label(Facet::Appointment).to_owned(),
                note: Some(self.passage(&how)),
                ..AppointmentBlock::default()
            })),
            Booking::NotRecorded if asked && !service.texts.contains_key(&Facet::Appointment) => {
                self.not_recorded(reply, service, Facet::Appointment);
            }
            Booking::Otherwise(_) | Booking::NotRecorded => {}
        }
    }

    /// The way to book, once or once for each office whose free times are known.
    fn add_online(&self, reply: &mut Reply, way: AppointmentBlock, mut found: Vec<Availability>) {
        if found.iter().all(|at| at.free.is_none()) {
            let was_asked = !found.is_empty();
            reply.blocks.extend(was_asked.then(|| self.sentence("booking_not_known")));
            reply.blocks.push(Block::Appointment(way));
            if was_asked {
                self.add_contacts(reply, self.people_to_ask());
            }
            return;
        }
        // The earliest first, then where nothing is free, then where nothing is known.
        found.sort_by_key(|at| match &at.free {
            Some(free) => (free.times.is_empty(), free.times.first().copied()),
            None => (true, Some(*self.now)),
        });
        reply.blocks.extend(self.head_start(&found));
        let blocks = found.into_iter().map(|at| Block::Appointment(self.at_office(&way, at)));
        reply.blocks.extend(blocks);
    }

    /// "Zulassungsstelle Lippstadt hat 2 Tage früher einen freien Termin als …", if a day or more lies in between.
    fn head_start(&self, found: &[Availability]) -> Option<Block> {
        let first_day = |at: &Availability| Some((self.office_name(at), at.free.as_ref()?.times.first()?.date_naive()));
        let mut days = found.iter().filter_map(first_day);
        let (office, first): (String, NaiveDate) = days.next()?;
        let (other, second) = days.next()?;
        let apart = second.signed_duration_since(first).num_days();
        let values = [("office", office.as_str()), ("other", &other), ("days", &apart.to_string())];
        match apart {
            ..1 => None,
            1 => Some(self.say("booking_earlier_day", &values)),
            _ => Some(self.say("booking_earlier_days", &values)),
        }
    }

    fn at_office(&self, way: &AppointmentBlock, at: Availability) -> AppointmentBlock {
        let office = self.office_name(&at);
        let remark = match &at.free {
            None => Some("booking_not_known_here"),
            Some(free) if free.times.is_empty() => Some("booking_none_free"),
            Some(free) if free.is_stale => Some("booking_stale"),
            Some(_) => None,
        };
        let (free, as_of) = match at.free {
            Some(FreeTimes { times, as_of, .. }) => (times, Some(as_of)),
            None => (Vec::new(), None),
        };
        AppointmentBlock {
            service: way.service.clone(),
            label: self.phrasebook.say("booking_at_office", &[("label", &way.label), ("office", &office)]),
            office: Some(at.office),
            office_name: Some(office),
            url: Some(at.url),
            as_of: as_of.filter(|_| !free.is_empty()),
            free,
            note: match remark {
                Some(remark) => {
                    let text = self.phrasebook.say(remark, &[]);
                    Some(Passage { text, language: self.phrasebook.language().clone() })
                }
                None => way.note.clone(),
            },
        }
    }

    fn office_name(&self, at: &Availability) -> String {
        let office = self.knowledge.catalogue.office(at.office.as_str());
        office.map_or_else(|| at.office.to_string(), |office| self.words(&office.name).to_owned())
    }
}
