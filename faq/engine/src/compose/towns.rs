//! Who is responsible by where somebody lives: the town hall, the county, or neither.

use super::Composer;
use crate::conversation::Pending;
use crate::knowledge::natural_facet;
use crate::office::Town;
use crate::reply::{Block, Choice, Reply, ReplyKind};
use crate::service::{Service, TownHalls};
use crate::slug::Slug;

impl Composer<'_> {
    /// Names the citizen's town hall, or asks for the town where that decides who is responsible.
    pub(super) fn add_town_hall(&self, reply: &mut Reply, service: &Service) {
        if self.elsewhere.is_some() && natural_facet(service.slug.as_str()).is_none() {
            // Nothing to ask: whoever lives elsewhere lives in none of our towns.
            reply.blocks.extend(self.elsewhere.as_ref().map(|place| self.not_here(place)));
            return;
        }
        let town_halls = &service.responsible.town_halls;
        if *town_halls == TownHalls::None {
            return;
        }
        let town = reply.conversation.town.as_ref().and_then(|id| self.knowledge.catalogue.town(id.as_str()));
        match town {
            Some(town) if town_halls.includes(&town.id) => {
                reply.blocks.push(self.say("town_hall_responsible", &[("town", &town.name)]));
                reply.blocks.push(self.town_hall(town));
            }
            Some(town) => reply.blocks.push(self.say("county_responsible", &[("town", &town.name)])),
            None => {
                reply.blocks.push(self.ask_town(town_halls));
                reply.conversation.pending = Some(Pending::Town);
            }
        }
    }

    /// "In which town do you live?", with every town to tap.
    fn ask_town(&self, town_halls: &TownHalls) -> Block {
        let prompt = match town_halls {
            TownHalls::Some(towns) => {
                let towns = towns.iter().filter_map(|id| self.knowledge.catalogue.town(id.as_str()));
                let names: Vec<&str> = towns.map(|town| town.name.as_str()).collect();
                self.phrasebook.say("ask_town_some", &[("towns", &names.join(", "))])
            }
            TownHalls::All | TownHalls::None => self.phrasebook.say("ask_town", &[]),
        };
        let choices = self.knowledge.catalogue.towns().map(|town| Choice::plain(&town.name)).collect();
        Block::Choices { prompt, choices }
    }

    /// Where somebody lives is remembered, and said so.
    pub(super) fn town_noted(&self, reply: &mut Reply, town: &Slug) {
        reply.kind = ReplyKind::Chitchat;
        let name = self.knowledge.catalogue.town(town.as_str()).map_or(town.as_str(), |town: &Town| &town.name);
        reply.blocks.push(self.say("town_noted", &[("town", name)]));
        reply.suggestions.extend(self.examples());
    }

    /// The question where somebody lives was answered with a place that is none of ours.
    pub(super) fn lives_elsewhere(&self, reply: &mut Reply, place: &str) {
        reply.service = reply.conversation.service.clone();
        reply.facet = Some(crate::facet::Facet::Location);
        reply.blocks.push(self.not_here(place));
        // A misspelt town of ours is corrected by naming it again.
        reply.conversation.pending = Some(Pending::Town);
    }

    fn not_here(&self, place: &str) -> Block {
        let towns: Vec<&str> = self.knowledge.catalogue.towns().map(|town| town.name.as_str()).collect();
        self.say("lives_elsewhere", &[("place", place), ("towns", &towns.join(", "))])
    }
}
