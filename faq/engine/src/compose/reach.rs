//! How a person is reached soonest: of all ways that are not switched off, the two that work next.

use chrono_tz::Tz;

use super::Composer;
use crate::channel::{Channel, Reachability};
use crate::office::Office;
use crate::reply::Block;

/// One may be engaged.
const WAYS: usize = 2;

/// A way to an office.
struct Way<'k> {
    office: &'k Office,
    channel: Channel<'k>,
    available: Reachability,
}

impl Composer<'_> {
    /// The two ways that work next, and how to reach the offices they lead to. These offices come first; where they have
    /// fewer than two ways left, others help out.
    pub(super) fn reach(&self, offices: &[&Office]) -> Vec<Block> {
        let mut ways = self.ways(offices.iter().copied());
        let mut named: Vec<&Office> = offices.to_vec();
        if ways.len() < WAYS {
            let is_other = |office: &&Office| !offices.iter().any(|first| first.id == office.id);
            ways.extend(self.ways(self.knowledge.catalogue.offices().filter(is_other)));
        }
        ways.truncate(WAYS);
        for way in &ways {
            if !named.iter().any(|office| office.id == way.office.id) {
                named.push(way.office);
            }
        }
        let lines: Vec<String> = ways.iter().map(|way| format!("- {}", self.way(way))).collect();
        let list = (!lines.is_empty()).then(|| self.say("reach_ways", &[("ways", &lines.join("\n"))]));
        let is_reached = |office: &&Office| !office.channels(self.now).is_empty();
        let contacts = named.into_iter().filter(is_reached).map(|office| self.contact(office));
        list.into_iter().chain(contacts).collect()
    }

    /// Every way, what works soonest first. Speaking comes before writing where both work, in the order of the offices.
    fn ways<'k>(&self, offices: impl Iterator<Item = &'k Office>) -> Vec<Way<'k>> {
        let of_office = |office: &'k Office| {
            let channels = office.channels(self.now).into_iter();
            channels.map(move |(channel, available)| Way { office, channel, available })
        };
        let mut ways: Vec<Way<'k>> = offices.flat_map(of_office).collect();
        ways.sort_by_key(|way| match way.available {
            Reachability::Now(_) => (0, None),
            Reachability::From(opens) => (1, Some(opens)),
            Reachability::Always => (2, None),
            Reachability::NotRecorded => (3, None),
        });
        ways
    }

    /// "Telefon 02921 30-2222 (Bürgerservice): ab Montag, 30. November 2026, 08:00 Uhr".
    fn way(&self, way: &Way<'_>) -> String {
        let office = self.words(&way.office.name);
        let name = match &way.channel {
            Channel::Phone(phone) => {
                let name = phone.label.as_ref().map_or(office, |label| self.words(label));
                self.phrasebook.say("channel_phone", &[("number", phone.number()), ("name", name)])
            }
            Channel::Counter(address) => {
                let place = address.on_one_line();
                self.phrasebook.say("channel_counter", &[("name", office), ("address", &place)])
            }
            Channel::Mail(mail) => self.phrasebook.say("channel_mail", &[("mail", mail), ("name", office)]),
            Channel::Website(page) => self.phrasebook.say("channel_website", &[("page", page), ("name", office)]),
        };
        let at = |time: &chrono::DateTime<Tz>| self.phrasebook.date_and_time(time);
        let when = match &way.available {
            Reachability::Now(until) => {
                let spans = until.format("%H:%M").to_string();
                let until = self.phrasebook.say("hours_span", &[("spans", &spans)]);
                self.phrasebook.say("reach_now", &[("until", &until)])
            }
            Reachability::From(opens) => self.phrasebook.say("reach_from", &[("time", &at(opens))]),
            Reachability::Always => self.phrasebook.say("reach_always", &[]),
            Reachability::NotRecorded => self.phrasebook.say("reach_not_recorded", &[]),
        };
        format!("{name}: {when}")
    }
}
