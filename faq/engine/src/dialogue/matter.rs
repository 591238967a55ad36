//! What the message is about: hours, a service, a free question, the topic before, or nothing known.

use super::pending::next_situation_step;
use super::{Decision, Reading, UnknownReason};
use crate::facet::Facet;
use crate::hours::{TimeQuestion, has_time_expression, time_question};
use crate::knowledge::natural_facet;
use crate::ports::{Hit, Target};
use crate::slug::Slug;
use crate::understanding::text::fold;

/// A further match needs at least this share of the first one's coverage to make a question ambiguous.
const MOST_CHOICES: usize = 4;

impl Reading<'_> {
    pub(super) fn matter(&mut self) -> (Decision, f32) {
        if let Some(decision) = self.wants_own_list() {
            return (decision, 1.0);
        }
        self.prefer_current_service();
        let thresholds = self.knowledge.settings.thresholds;
        let facets = self.asked_facets();
        let best = self.hits.first().cloned();
        let coverage = best.as_ref().map_or(0.0, |hit| hit.coverage);

        if let Some((office, question)) = self.hours_question(&facets, best.as_ref()) {
            self.conversation.service = Some(hours_topic());
            self.conversation.facet = Some(Facet::Hours);
            return (Decision::Hours { office, question }, 0.95);
        }
        if let Some(decision) = self.follow_up(&facets, best.as_ref()) {
            return (decision, 0.8);
        }
        let Some(best) = best.filter(|hit| hit.coverage >= thresholds.offer) else {
            return (Decision::Unknown(UnknownReason::NothingFits), 1.0 - coverage);
        };
        let rivals = self.rivals();
        if rivals.len() > 1 {
            return (Decision::Clarify { services: rivals, facet: facets.first().copied() }, best.coverage);
        }
        if best.coverage < thresholds.answer {
            return (Decision::Unknown(UnknownReason::NothingFits), 1.0 - best.coverage);
        }
        match best.target {
            Target::Entry(id) => (Decision::Entry(id), best.coverage),
            Target::Service(service) => {
                self.begin_service(&service);
                let facets = self.facets_to_answer(&service, facets, best.facet);
                (Decision::Answer { service, facets }, best.coverage)
            }
        }
    }

    /// "Meine Liste": start or go on asking about the situation.
    fn wants_own_list(&mut self) -> Option<Decision> {
        let asks = fold(&self.phrasebook.say("own_list_button", &[])) == fold(&self.text);
        let slug = self.conversation.service.clone().filter(|_| asks)?;
        let service = self.knowledge.catalogue.service(slug.as_str()).filter(|s| !s.situation.is_empty())?;
        self.conversation.situation.clear();
        Some(next_situation_step(service, &self.conversation.situation))
    }

    /// The topic of the conversation wins ties: "Was kostet der Antrag?" is about the application talked about.
    fn prefer_current_service(&mut self) {
        const PREFERENCE: f32 = 1.2;
        let Some(current) = self.conversation.service.clone() else { return };
        let target = Target::Service(current);
        for hit in self.hits.iter_mut().filter(|hit| hit.target == target) {
            hit.score *= PREFERENCE;
        }
        self.hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.target.cmp(&b.target)));
    }

    /// A question about opening hours: it says so, or it names a day and nothing else.
    fn hours_question(&self, facets: &[Facet], best: Option<&Hit>) -> Option<(Slug, TimeQuestion)> {
        let thresholds = self.knowledge.settings.thresholds;
        let names_time = has_time_expression(&self.text);
        let asks_hours = facets.contains(&Facet::Hours);
        let other_aspect = facets.iter().any(|facet| *facet != Facet::Hours);
        let about_hours =
            best.is_some_and(|hit| hit.target == Target::Service(hours_topic()) && hit.coverage >= thresholds.offer);
        let about_else =
            best.is_some_and(|hit| hit.coverage >= thresholds.answer && hit.target != Target::Service(hours_topic()));
        let stays_on_hours =
            names_time && !other_aspect && self.conversation.service == Some(hours_topic()) && !about_else;
        let wanted = (asks_hours && !about_else)
            || (about_hours && !other_aspect)
            || (names_time && !other_aspect && !about_else && self.is_mostly_about_time())
            || stays_on_hours;
        if !wanted {
            return None;
        }
        let office = self
            .knowledge
            .office_names
            .find(&self.words)
            .filter(|id| self.knowledge.catalogue.office(id.as_str()).is_some_and(|office| office.hours.is_known()))
            .unwrap_or(&self.knowledge.settings.main_office);
        Some((office.clone(), time_question(&self.text, self.now)))
    }

    /// Few informative words besides the time: "am 3.10.", "dienstag nach pfingsten", "morgen nachmittag gegen halb fünf".
    fn is_mostly_about_time(&self) -> bool {
        const SHORT: usize = 9;
        self.words.len() <= SHORT
            && self.hits.first().is_none_or(|hit| hit.coverage < self.knowledge.settings.thresholds.offer + 0.1)
    }

    /// A question without a subject goes on about the service before: "und was kostet das?"
    fn follow_up(&mut self, facets: &[Facet], best: Option<&Hit>) -> Option<Decision> {
        let current = self.conversation.service.clone()?;
        self.knowledge.catalogue.service(current.as_str())?;
        let facet = facets.first().copied()?;
        let thresholds = self.knowledge.settings.thresholds;
        let other_topic =
            best.is_some_and(|hit| hit.coverage >= thresholds.answer && hit.target != Target::Service(current.clone()));
        if other_topic {
            return None;
        }
        let _ = facet;
        Some(Decision::Answer { service: current, facets: facets.iter().copied().take(2).collect() })
    }

    /// Services that explain the question about equally well, best first; one if the question is clear.
    fn rivals(&self) -> Vec<Slug> {
        let thresholds = self.knowledge.settings.thresholds;
        let Some(best) = self.hits.first() else { return Vec::new() };
        if matches!(best.target, Target::Entry(_)) {
            return Vec::new();
        }
        self.hits
            .iter()
            .filter(|hit| hit.score >= best.score * thresholds.ambiguous && hit.coverage >= thresholds.offer)
            .filter_map(|hit| match &hit.target {
                Target::Service(slug) => Some(slug.clone()),
                Target::Entry(_) => None,
            })
            .take(MOST_CHOICES)
            .collect()
    }

    /// The aspects to answer: those asked for; else that of the phrasing met; else the natural or general one.
    fn facets_to_answer(&self, service: &Slug, asked: Vec<Facet>, of_phrasing: Option<Facet>) -> Vec<Facet> {
        const MOST_AT_ONCE: usize = 2;
        if asked.is_empty() {
            return vec![of_phrasing.or_else(|| natural_facet(service.as_str())).unwrap_or(Facet::Overview)];
        }
        asked.into_iter().take(MOST_AT_ONCE).collect()
    }
}

/// The general topic under which hours are answered.
pub(crate) fn hours_topic() -> Slug {
    Slug::parse("oeffnungszeiten").expect("a literal of lower-case letters is a slug")
}
