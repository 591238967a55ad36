//! What the desk asked itself: which alternative. `towns` and `situation` answer the rest.

use super::{Decision, Reading, UnknownReason};
use crate::conversation::Pending;
use crate::facet::Facet;
use crate::ports::{Hit, Target};
use crate::slug::Slug;
use crate::understanding::intents::Intent;
use crate::understanding::picks::picked_position;
use crate::understanding::text::fold;

/// Answers to a question of the desk have few words; longer messages are questions of their own.
pub(super) const SHORT_ANSWER: usize = 4;
/// Being offered is evidence in itself: a foreign match must be clearly better to change the topic.
const OFFERED: f32 = 2.2;

impl Reading<'_> {
    /// The decision if the message answers what was asked; `None` if it is about something else.
    pub(super) fn answer_to_pending(&mut self, pending: Pending) -> Option<(Decision, f32)> {
        match pending {
            Pending::Choice { services, facet } => self.pick(&services, facet),
            Pending::Situation { question } => self.situation_answer(&question),
            Pending::Revision => self.revision_answer(),
            Pending::Town => self.town_answer(),
        }
    }

    /// A tap, a number, a position, or own words that only one of the alternatives shares.
    fn pick(&mut self, offered: &[Slug], facet: Option<Facet>) -> Option<(Decision, f32)> {
        if self.intends(Intent::NoneOfThese) && self.hits.first().is_none_or(|hit| hit.confidence < 0.6) {
            return Some((Decision::Unknown(UnknownReason::NoneOffered), 1.0));
        }
        let message = fold(&self.text);
        let by_name = offered.iter().find(|slug| {
            self.knowledge
                .catalogue
                .service(slug.as_str())
                .is_some_and(|service| service.name.versions().any(|(_, name)| fold(name) == message))
        });
        let by_position = || picked_position(&self.words, offered.len()).map(|index| &offered[index]);
        // A tapped name asks about nothing: "Adresse ändern" is not about where to go.
        let mut facets = if by_name.is_some() { Vec::new() } else { self.asked_facets() };
        let picked = by_name.or_else(by_position).or_else(|| self.picked_by_words(offered))?.clone();
        facets.extend(facet);
        if facets.is_empty() {
            facets.push(Facet::Overview);
        }
        facets.truncate(1);
        self.begin_service(&picked);
        Some((Decision::Answer { service: picked, facets }, 0.95))
    }

    /// The offered alternative that explains the message best, unless something not offered explains it much better. A
    /// word or two are an answer if they fit: "fürs Auto" fits many services, and one of them was offered.
    fn picked_by_words<'o>(&self, offered: &'o [Slug]) -> Option<&'o Slug> {
        let is_offered = |hit: &&Hit| matches!(&hit.target, Target::Service(slug) if offered.contains(slug));
        // "Fürs Auto" would be asked back if it did not answer a question.
        let asks_back = |hit: &&Hit| self.choice(&hit.target).is_some();
        let outside = || self.hits.iter().filter(|hit| !is_offered(hit) && !asks_back(hit));
        let best_outside = outside().map(|hit| hit.score).fold(0.0_f32, f32::max);
        let explains_as_much = |hit: &Hit| outside().all(|other| other.signals.coverage <= hit.signals.coverage);
        let mut ranked = self.hits.iter().filter(is_offered);
        let best = ranked.next()?;
        let runner_up = ranked.next().map_or(0.0, |hit| hit.score);
        let fits = best.score * OFFERED >= best_outside || (self.words.len() <= SHORT_ANSWER && explains_as_much(best));
        if !fits || best.score <= runner_up {
            return None;
        }
        offered.iter().find(|slug| best.target == Target::Service((*slug).clone()))
    }

    /// Makes this the service of the conversation; answers about another one's situation are forgotten.
    pub(super) fn begin_service(&mut self, service: &Slug) {
        if self.conversation.service.as_ref() != Some(service) {
            self.conversation.situation.clear();
            self.conversation.service = Some(service.clone());
        }
    }
}
