//! Questions about an office and not about a service: when it is open, how to reach it, where it is.

use super::{Decision, Reading};
use crate::facet::Facet;
use crate::knowledge::{natural_facet, topic_of};
use crate::ports::{Hit, Target};
use crate::slug::Slug;

impl Reading<'_> {
    /// The office whose opening hours are asked about: the question says so, or it names a day and nothing else.
    pub(super) fn hours_question(&self, facets: &[Facet], best: Option<&Hit>) -> Option<Slug> {
        let thresholds = self.thresholds;
        let hours_topic = Target::Service(hours_topic());
        let asks_hours = facets.contains(&Facet::Hours);
        let other_aspect =
            !self.asks_until_when() && facets.iter().any(|facet| !matches!(facet, Facet::Hours | Facet::Requirements));
        let nothing_else = self.matter_words() == 0;
        let about = |hit: &&Hit| hit.confidence >= thresholds.answer;
        let about_hours = best.filter(about).is_some_and(|hit| hit.target == hours_topic);
        let about_else = best.filter(about).is_some_and(|hit| hit.target != hours_topic);
        let wanted = (asks_hours && (nothing_else || !about_else))
            || (about_hours && !other_aspect && nothing_else)
            || (self.names_time && !other_aspect && nothing_else);
        if !wanted {
            return None;
        }
        Some(self.office.or(self.page_office).unwrap_or(&self.knowledge.settings.main_office).clone())
    }

    /// "Bis wann?" and nothing else asks for the closing time, unless a service with deadlines is talked about.
    fn asks_until_when(&self) -> bool {
        let about_service =
            self.conversation.service.as_ref().is_some_and(|slug| natural_facet(slug.as_str()).is_none());
        self.names_time && !about_service && self.time_words.len() == self.words.len()
    }

    /// "Telefonnummer der Zulassungsstelle Lippstadt": an office, and nothing else, is asked for.
    pub(super) fn office_question(&mut self, facets: &[Facet]) -> Option<Decision> {
        let asked = facets.iter().copied().find(|facet| matches!(facet, Facet::Contact | Facet::Location))?;
        let office = self.office.filter(|_| self.matter_words() == 0)?.clone();
        let topic = topic_of(asked).and_then(|topic| self.knowledge.catalogue.service(topic));
        if let Some(topic) = topic.map(|service| service.slug.clone()) {
            self.begin_service(&topic);
        }
        Some(Decision::Office { office, facet: asked })
    }
}

/// The general topic under which hours are answered.
pub(crate) fn hours_topic() -> Slug {
    Slug::parse("oeffnungszeiten").expect("a literal of lower-case letters is a slug")
}
