//! Ways to reach people.

use super::Composer;
use crate::office::{Address, Office, Town};
use crate::reply::{Block, ContactBlock};

impl Composer<'_> {
    /// At least two ways to reach a person, those that work next, at the offices the operator set.
    pub(crate) fn people_to_ask(&self) -> Vec<Block> {
        self.people_to_ask_after(&[])
    }

    /// The same, with offices that are asked before those.
    pub(super) fn people_to_ask_after<'k>(&'k self, first: &[&'k Office]) -> Vec<Block> {
        let settings = &self.knowledge.settings;
        let usual = settings.person_offices.iter().filter_map(|id| self.knowledge.catalogue.office(id.as_str()));
        let mut offices = first.to_vec();
        offices.extend(usual.filter(|office| !first.iter().any(|other| other.id == office.id)));
        self.reach(&offices)
    }

    /// How to reach an office, as far as nothing is switched off.
    pub(crate) fn contact(&self, office: &Office) -> Block {
        let today = self.now.date_naive();
        let phones = office.phones_on(today);
        let phones = phones.map(|phone| (phone.label.as_ref().map(|label| self.passage(label)), phone.clone()));
        let address = office.counter_on(today);
        Block::Contact(ContactBlock {
            office: Some(office.id.clone()),
            name: self.words(&office.name).to_owned(),
            address: address.map(Address::on_one_line),
            map: address.and_then(|address| self.knowledge.settings.map_of(address)),
            phones: phones.collect(),
            email: office.email_on(today).map(str::to_owned),
            website: office.website_on(today).map(str::to_owned),
            note: address.and_then(|address| address.note.as_ref()).map(|note| self.passage(note)),
        })
    }

    /// How to reach a town hall.
    pub(crate) fn town_hall(&self, town: &Town) -> Block {
        Block::Contact(ContactBlock {
            office: None,
            name: town.office_name.clone(),
            address: None,
            map: None,
            phones: town.phone.iter().map(|phone| (None, phone.clone())).collect(),
            email: None,
            website: town.website.clone(),
            note: None,
        })
    }
}
