//! Answers about a service: its facets, what is not recorded, who is responsible, what to ask next.

use super::Composer;
use super::source::source_note;
use crate::conversation::{Conversation, Pending};
use crate::facet::Facet;
use crate::hours::{AskedDay, TimeQuestion};
use crate::language::LocalizedText;
use crate::office::Office;
use crate::reply::{Block, Choice, Passage, Reply};
use crate::service::{Service, TownHalls};
use crate::slug::Slug;

/// Follow-up questions offered under an answer.
const MOST_SUGGESTIONS: usize = 3;

impl Composer<'_> {
    /// The asked facets of a service, one after the other.
    pub(super) async fn answer(&self, reply: &mut Reply, slug: &Slug, facets: &[Facet]) {
        let Some(service) = self.knowledge.catalogue.service(slug.as_str()) else {
            return self.unknown(reply, crate::dialogue::UnknownReason::NothingFits);
        };
        let facet = facets.first().copied().unwrap_or(Facet::Overview);
        reply.service = Some(slug.clone());
        reply.facet = Some(facet);
        reply.conversation.service = Some(slug.clone());
        reply.conversation.facet = Some(facet);
        reply.blocks.push(self.headline(service, facets));
        if self.is_german_to_a_foreign_reader(service, facets) {
            reply.blocks.push(self.sentence("german_only"));
        }
        let mut answered = Vec::new();
        for facet in facets {
            if !self.told_instead(reply, service, *facet) {
                self.facet(reply, service, *facet).await;
                answered.push(*facet);
            }
        }
        if answered.iter().any(|facet| matches!(facet, Facet::Overview | Facet::Documents))
            && !self.told_instead(reply, service, Facet::Appointment)
        {
            self.add_booking(reply, service).await;
        }
        self.add_town_hall(reply, service);
        let source = answered.first().and_then(|facet| service.source_of(*facet));
        reply.source = source.map(|source| source_note(source, &service.state));
        reply.suggestions = self.next_questions(service, facets, &reply.conversation);
    }

    /// "**Fahrzeug abmelden** · Gebühr": so that a wrong guess is seen at once.
    fn headline(&self, service: &Service, facets: &[Facet]) -> Block {
        let name = self.words(&service.name);
        let labels: Vec<&str> = facets
            .iter()
            .filter(|facet| **facet != Facet::Overview)
            .map(|facet| self.phrasebook.facet_label(*facet))
            .collect();
        let text =
            if labels.is_empty() { format!("**{name}**") } else { format!("**{name}** · {}", labels.join(" · ")) };
        let language = self.passage(&service.name).language;
        Block::Text(Passage { text, language })
    }

    fn is_german_to_a_foreign_reader(&self, service: &Service, facets: &[Facet]) -> bool {
        facets.iter().any(|facet| match facet {
            Facet::Documents => {
                service.documents.as_ref().is_some_and(|d| d.items.iter().any(|item| self.is_foreign(&item.text)))
            }
            Facet::Fee => service.fee.as_ref().is_some_and(|fee| {
                fee.note.as_ref().is_some_and(|note| self.is_foreign(note))
                    || fee.amounts.iter().any(|amount| self.is_foreign(&amount.label))
            }),
            other => service.texts.get(other).is_some_and(|text| self.is_foreign(&text.text)),
        })
    }

    async fn facet(&self, reply: &mut Reply, service: &Service, facet: Facet) {
        match facet {
            Facet::Documents => match &service.documents {
                Some(documents) => {
                    let situation = &reply.conversation.situation;
                    let told = self.situation_summary(service, situation);
                    let list = self.documents(service, documents, situation, reply.conversation.town.as_ref());
                    reply.blocks.extend(told);
                    reply.blocks.extend(list);
                    self.add_confirm(reply, documents.confirm);
                }
                None => self.not_recorded(reply, service, facet),
            },
            Facet::Fee => match &service.fee {
                Some(fee) => {
                    reply.blocks.extend(self.fee(fee));
                    self.add_confirm(reply, fee.confirm);
                    let offices = self.responsible_offices(service, reply.conversation.town.as_ref());
                    if let Some(payment) = offices.iter().find_map(|office| office.payment.as_ref()) {
                        reply.blocks.push(Block::Text(self.passage(payment)));
                    }
                }
                None => self.not_recorded(reply, service, facet),
            },
            Facet::Appointment => {
                self.add_text(reply, service, facet);
                self.add_booking(reply, service).await;
            }
            Facet::Location | Facet::Contact => {
                self.add_text(reply, service, facet);
                let offices = self.responsible_offices(service, reply.conversation.town.as_ref());
                self.add_contacts(reply, offices.iter().map(|office| self.contact(office)));
                if let Some(note) = &service.responsible.note {
                    reply.blocks.push(Block::Text(self.passage(note)));
                }
                for arrival in offices.iter().filter_map(|o| o.arrival.as_ref()).filter(|_| facet == Facet::Location) {
                    reply.blocks.push(Block::Text(self.passage(arrival)));
                }
            }
            Facet::Hours => {
                self.add_text(reply, service, facet);
                self.add_hours(reply, service);
            }
            other => {
                if !self.add_text(reply, service, other) {
                    self.not_recorded(reply, service, other);
                }
            }
        }
    }

    /// An editor's text for this facet; `false` if there is none.
    fn add_text(&self, reply: &mut Reply, service: &Service, facet: Facet) -> bool {
        let Some(text) = service.texts.get(&facet) else { return false };
        reply.blocks.extend(self.told(text));
        self.add_confirm(reply, text.confirm);
        true
    }

    fn add_confirm(&self, reply: &mut Reply, confirm: bool) {
        let sentence = self.sentence("confirm");
        if confirm && !reply.blocks.contains(&sentence) {
            reply.blocks.push(sentence);
        }
    }

    fn add_hours(&self, reply: &mut Reply, service: &Service) {
        let question = TimeQuestion { day: AskedDay::Week, time: None, explicit: false };
        let offices = self.responsible_offices(service, reply.conversation.town.as_ref());
        let known: Vec<&&Office> = offices.iter().filter(|office| office.hours.is_known()).collect();
        for office in &known {
            reply.blocks.extend(self.hours(&office.id, &question));
        }
        self.add_confirm(reply, known.iter().any(|office| office.confirm));
        if known.is_empty() {
            self.not_recorded(reply, service, Facet::Hours);
        }
    }

    /// An honest word that this is not recorded, what comes nearest, and whom to ask.
    pub(super) fn not_recorded(&self, reply: &mut Reply, service: &Service, facet: Facet) {
        let label = self.phrasebook.facet_label(facet).to_owned();
        reply.blocks.push(self.say("facet_not_recorded", &[("facet", &label)]));
        let nearest: &[Facet] = match facet {
            Facet::Online => &[Facet::Appointment, Facet::Overview],
            Facet::Deadline | Facet::Duration => &[Facet::Duration, Facet::Deadline, Facet::Overview],
            Facet::Requirements => &[Facet::Overview],
            Facet::Documents => &[Facet::Requirements, Facet::Overview],
            _ => &[Facet::Overview],
        };
        let already_said = |text: &LocalizedText| reply.blocks.contains(&Block::Text(self.passage(text)));
        let text = nearest.iter().filter(|near| **near != facet).find_map(|near| service.texts.get(near));
        if let Some(text) = text.filter(|text| !already_said(&text.text)) {
            reply.blocks.extend(self.told(text));
            self.add_confirm(reply, text.confirm);
        }
        let offices = self.responsible_offices(service, reply.conversation.town.as_ref());
        let contacts: Vec<Block> = match offices.first() {
            Some(office) => vec![self.contact(office)],
            None if service.is_done_by_town_halls_only() => Vec::new(),
            None => self.people_to_ask(),
        };
        self.add_contacts(reply, contacts);
    }

    /// Names offices that are not named yet: with two aspects the first one may have done it.
    pub(super) fn add_contacts(&self, reply: &mut Reply, contacts: impl IntoIterator<Item = Block>) {
        for contact in contacts {
            if !reply.blocks.contains(&contact) {
                reply.blocks.push(contact);
            }
        }
    }

    /// The county's offices for this service, that of the person's page first, unless the citizen's own town does it.
    pub(super) fn responsible_offices(&self, service: &Service, town: Option<&Slug>) -> Vec<&Office> {
        if town.is_some_and(|town| service.responsible.town_halls.includes(town)) {
            return Vec::new();
        }
        let mut ids: Vec<&Slug> = service.responsible.offices.iter().collect();
        ids.sort_by_key(|id| Some(*id) != self.office.as_ref());
        ids.into_iter().filter_map(|id| self.knowledge.catalogue.office(id.as_str())).collect()
    }

    /// Names the citizen's town hall, or asks for the town where that decides who is responsible.
    fn add_town_hall(&self, reply: &mut Reply, service: &Service) {
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
                let key = if *town_halls == TownHalls::All { "ask_town" } else { "ask_town_some" };
                let names: Vec<&str> = match town_halls {
                    TownHalls::Some(towns) => towns
                        .iter()
                        .filter_map(|id| self.knowledge.catalogue.town(id.as_str()))
                        .map(|town| town.name.as_str())
                        .collect(),
                    _ => Vec::new(),
                };
                reply.blocks.push(self.say(key, &[("towns", &names.join(", "))]));
                reply.conversation.pending = Some(Pending::Town);
            }
        }
    }

    /// What people ask next about this service: an own list first, then facets not yet answered, then related services.
    fn next_questions(&self, service: &Service, answered: &[Facet], conversation: &Conversation) -> Vec<Choice> {
        const ORDER: [Facet; 8] = [
            Facet::Documents,
            Facet::Fee,
            Facet::Appointment,
            Facet::Duration,
            Facet::Online,
            Facet::Location,
            Facet::Deadline,
            Facet::Requirements,
        ];
        let mut next: Vec<Choice> = self.whole_table(service, answered).into_iter().collect();
        if answered.contains(&Facet::Documents) {
            next.extend(self.list_buttons(service, &conversation.situation));
        }
        let related = answered
            .iter()
            .flat_map(|facet| service.see_after(*facet))
            .filter_map(|slug| self.knowledge.catalogue.service(slug.as_str()))
            .map(|other| Choice::plain(self.words(&other.name)))
            .take(1);
        let is_recorded = |facet: &Facet| {
            matches!(facet, Facet::Appointment | Facet::Location) || service.recorded_facets().any(|f| f == *facet)
        };
        let open = ORDER.into_iter().filter(|facet| is_recorded(facet) && !answered.contains(facet));
        let related: Vec<Choice> = related.collect();
        let room = MOST_SUGGESTIONS.saturating_sub(next.len() + related.len());
        next.extend(open.take(room).map(|facet| Choice::plain(self.phrasebook.facet_question(facet))));
        next.extend(related);
        next
    }
}
