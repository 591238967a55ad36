//! Which office is near, for somebody who says where they are.

use super::Composer;
use crate::facet::Facet;
use crate::hours::{AskedDay, TimeQuestion};
use crate::office::{Office, Town};
use crate::position::Position;
use crate::reply::Reply;
use crate::slug::Slug;

/// Farther away than this nobody is on their way to an office; the county measures some sixty kilometres.
const FAR: f64 = 100.0;

impl Composer<'_> {
    /// The nearest office with its address and hours, and the next one; from far away how to reach people instead. Names
    /// the nearest, for what is announced about it.
    ///
    /// Distances are those to the middle of an office's town, which is all that is known: where offices are in the same
    /// town they are equally near.
    pub(super) fn nearest_to(&self, reply: &mut Reply, here: Position) -> Option<Slug> {
        let places = self.visited_offices();
        let mut near = here.by_distance(places).into_iter();
        let Some((kilometres, (office, town))) = near.next() else {
            reply.blocks = self.people_to_ask();
            return None;
        };
        if kilometres > FAR {
            reply.blocks.push(self.say("location_far_away", &[("km", &whole(kilometres))]));
            reply.blocks.extend(self.people_to_ask());
            return None;
        }
        let said = |key: &str, kilometres: f64, office: &Office, town: &Town| {
            let values = [("office", self.words(&office.name)), ("town", &town.name), ("km", &whole(kilometres))];
            self.say(key, &values)
        };
        reply.blocks.push(said("location_nearest_office", kilometres, office, town));
        reply.blocks.push(self.contact(office));
        let nearest = office.id.clone();
        if !self.told_instead_at(reply, &nearest, Facet::Hours) && office.hours.is_known() {
            let week = TimeQuestion { day: AskedDay::Week, time: None, explicit: false };
            reply.blocks.extend(self.hours(office, &week));
        }
        if let Some((kilometres, (office, town))) = near.next() {
            reply.blocks.push(said("location_next_office", kilometres, office, town));
            self.add_contacts(reply, vec![self.contact(office)]);
        }
        Some(nearest)
    }

    /// In each town whose place is known the office to go to first: the one meant where no other is named, then one for
    /// people who want a person, then any.
    fn visited_offices(&self) -> Vec<(Position, (&Office, &Town))> {
        let catalogue = &self.knowledge.catalogue;
        let settings = &self.knowledge.settings;
        let preferred = std::iter::once(&settings.main_office).chain(&settings.person_offices);
        let preferred = preferred.filter_map(|id| catalogue.office(id.as_str()));
        let offices: Vec<&Office> = preferred.chain(catalogue.offices()).collect();
        let place = |town| {
            let town: &Town = town;
            let is_here = |office: &&&Office| office.address.as_ref().is_some_and(|address| address.city == town.name);
            Some((town.centre?, (*offices.iter().find(is_here)?, town)))
        };
        catalogue.towns().filter_map(place).collect()
    }
}

/// Whole kilometres; nobody is "0 km away".
fn whole(kilometres: f64) -> String {
    format!("{:.0}", kilometres.max(1.0))
}
