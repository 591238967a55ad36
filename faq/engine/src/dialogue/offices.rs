//! Questions about an office and not about a service: when it is open, how to reach it, where it is.

use super::{Decision, Reading};
use crate::facet::Facet;
use crate::hours::{is_time_word, time_question};
use crate::knowledge::{natural_facet, topic_of};
use crate::ports::{Hit, Target};
use crate::slug::Slug;
use crate::understanding::cues::Cue;
use crate::understanding::hours_wishes::HoursWish;

impl Reading<'_> {
    /// The opening hours asked about: the question says so, or it names a day and nothing else.
    pub(super) fn hours_question(&mut self, facets: &[Facet], best: Option<&Hit>) -> Option<Decision> {
        let wish = self.hours_wish(facets);
        let is_answered_by_wish = |facet: &Facet| match wish.as_ref().map(|cue| cue.meaning) {
            Some(HoursWish::Phone) => *facet == Facet::Contact,
            Some(HoursWish::Admission) => matches!(facet, Facet::Deadline | Facet::Appointment),
            Some(HoursWish::Compare) => *facet == Facet::Location,
            None => false,
        };
        let is_other =
            |facet: &Facet| !matches!(facet, Facet::Hours | Facet::Requirements) && !is_answered_by_wish(facet);
        let thresholds = self.thresholds;
        let hours_topic = Target::Service(hours_topic());
        let asks_hours = facets.contains(&Facet::Hours);
        let other_aspect = !self.asks_until_when() && facets.iter().any(is_other);
        let nothing_else = self.matter_words_beside(wish.as_ref()) == 0;
        let about = |hit: &&Hit| hit.confidence >= thresholds.answer;
        let about_hours = best.filter(about).is_some_and(|hit| hit.target == hours_topic);
        let about_else = best.filter(about).filter(|hit| hit.target != hours_topic);
        let wished = wish.is_some() && nothing_else && !other_aspect;
        let wish = wish.map(|cue| cue.meaning);
        // "Wo kann ich Samstag mein Auto ummelden?" compares the offices of the service named.
        if let (Some(HoursWish::Compare), Some(Target::Service(service))) = (wish, about_else.map(|hit| &hit.target))
            && self.names_time
            && !other_aspect
            && !nothing_else
            && self.word_ranges_of_parts().len() == 1
            && let Some(offices) = self.offices_of(service).filter(|offices| offices.len() > 1)
        {
            let service = service.clone();
            self.begin_service(&service);
            return Some(self.hours_of(offices, wish));
        }
        let wanted = wished
            || (asks_hours && (nothing_else || about_else.is_none()))
            || (about_hours && !other_aspect && nothing_else)
            || (self.names_time && !other_aspect && nothing_else);
        wanted.then(|| self.hours_of_whom(wish))
    }

    /// Whose hours: of the office named or of the page, of those that do what is talked about, else of the main one. Of
    /// several the better ones for the citizen's town come first.
    fn hours_of_whom(&mut self, wish: Option<HoursWish>) -> Decision {
        if let Some(office) = self.office.or(self.page_office).cloned() {
            self.talk_about_hours();
            return self.hours_of(vec![office], wish);
        }
        let current = self.conversation.service.clone().filter(|slug| natural_facet(slug.as_str()).is_none());
        let concerned = current.and_then(|service| self.offices_of(&service));
        let main = self.knowledge.settings.main_office.clone();
        match (wish, concerned) {
            (Some(HoursWish::Compare), Some(offices)) => self.hours_of(offices, wish),
            // Whoever wants to call or to come late needs one office and not a comparison.
            (Some(HoursWish::Phone | HoursWish::Admission), Some(offices)) => {
                self.hours_of(offices.into_iter().take(1).collect(), wish)
            }
            (Some(HoursWish::Compare), None) => {
                self.talk_about_hours();
                self.hours_of(self.visited_offices(), wish)
            }
            // "Habt ihr Samstag offen?" asks this desk; whoever was told about another one may mean that.
            (_, concerned) => {
                self.talk_about_hours();
                let beside = concerned.filter(|offices| !offices.contains(&main)).unwrap_or_default();
                let question = time_question(&self.text, self.now);
                Decision::Hours { offices: vec![main], beside, question, wish }
            }
        }
    }

    fn talk_about_hours(&mut self) {
        self.conversation.service = Some(hours_topic());
        self.conversation.facet = Some(Facet::Hours);
    }

    fn hours_of(&self, offices: Vec<Slug>, wish: Option<HoursWish>) -> Decision {
        Decision::Hours { offices, beside: Vec::new(), question: time_question(&self.text, self.now), wish }
    }

    /// The county's offices for a service, the better ones for the citizen's town first; none where the town hall does it.
    fn offices_of(&self, service: &Slug) -> Option<Vec<Slug>> {
        let responsible = &self.knowledge.catalogue.service(service.as_str())?.responsible;
        let town = self.conversation.town.as_ref();
        if responsible.offices.is_empty() || town.is_some_and(|town| responsible.town_halls.includes(town)) {
            return None;
        }
        Some(self.nearest_first(responsible.offices.clone()))
    }

    /// Every office that somebody may visit and whose hours are known; the main one first.
    fn visited_offices(&self) -> Vec<Slug> {
        let main = &self.knowledge.settings.main_office;
        let offices = self.knowledge.catalogue.offices().filter(|office| office.hours.is_known());
        let mut offices: Vec<Slug> = offices.map(|office| office.id.clone()).collect();
        offices.sort_by_key(|id| id != main);
        self.nearest_first(offices)
    }

    fn nearest_first(&self, mut offices: Vec<Slug>) -> Vec<Slug> {
        let town = self.conversation.town.as_ref().and_then(|town| self.knowledge.catalogue.town(town.as_str()));
        if let Some(town) = town {
            offices.sort_by_key(|id| !town.nearest_offices.contains(id));
        }
        offices
    }

    /// What is wanted of opening hours. A hint ("wo", "anrufen") counts only beside a day, a time or the word itself.
    fn hours_wish(&self, facets: &[Facet]) -> Option<Cue<HoursWish>> {
        let about_hours = self.names_time || facets.contains(&Facet::Hours);
        let pack = self.phrasebook.pack();
        let mut cues = pack.hours_cues.find(&self.words);
        let german = self.knowledge.languages.german();
        if pack.tag != german.tag {
            cues.extend(german.hours_cues.find(&self.words));
        }
        let counts = |cue: &Cue<HoursWish>| match cue.meaning {
            // "Wo kann ich jetzt noch hin?" names no day, but a time all the same.
            HoursWish::Compare => {
                about_hours || (cue.outright && self.words.iter().any(|word| is_time_word(&word.surface)))
            }
            HoursWish::Phone | HoursWish::Admission => cue.outright || about_hours,
        };
        // What says more outright is meant: "wer ist am Telefon erreichbar?" is about the telephone.
        let rank = |cue: &Cue<HoursWish>| (cue.outright, cue.meaning != HoursWish::Compare, cue.weight);
        cues.into_iter().filter(counts).max_by_key(rank)
    }

    /// How many words are about a matter and not about this wish.
    fn matter_words_beside(&self, wish: Option<&Cue<HoursWish>>) -> usize {
        let Some(wish) = wish else { return self.matter_words() };
        let matter = (0..self.words.len()).filter(|at| self.names_matter(*at) && !wish.words.contains(at)).count();
        matter.saturating_sub(usize::from(self.office.is_some()))
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
