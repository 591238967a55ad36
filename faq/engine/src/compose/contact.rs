//! Ways to reach people.

use super::Composer;
use crate::office::{Office, Town};
use crate::reply::{Block, ContactBlock};

impl Composer<'_> {
    /// At least two ways to reach a person, as the operator set them.
    pub(crate) fn people_to_ask(&self) -> Vec<Block> {
        let settings = &self.knowledge.settings;
        let offices = settings.person_offices.iter().filter_map(|id| self.knowledge.catalogue.office(id.as_str()));
        offices.map(|office| self.contact(office)).collect()
    }

    /// How to reach an office.
    pub(crate) fn contact(&self, office: &Office) -> Block {
        let phones =
            office.phones.iter().map(|phone| (phone.label.as_ref().map(|label| self.passage(label)), phone.clone()));
        Block::Contact(ContactBlock {
            office: Some(office.id.clone()),
            name: self.words(&office.name).to_owned(),
            address: office.address.as_ref().map(|address| address.on_one_line()),
            map: office.address.as_ref().and_then(|address| self.knowledge.settings.map_of(address)),
            phones: phones.collect(),
            email: office.email.clone(),
            website: office.website.clone(),
            note: office.address.as_ref().and_then(|address| address.note.as_ref()).map(|note| self.passage(note)),
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
