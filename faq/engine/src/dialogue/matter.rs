//! What the message is about: hours, a service, a free question, the topic before, or nothing known.

use super::{Decision, Reading, UnknownReason};
use crate::entry::EntryKind;
use crate::facet::Facet;
use crate::knowledge::{natural_facet, topic_of};
use crate::ports::{Hit, Target};
use crate::slug::Slug;

/// More alternatives than these nobody reads.
const MOST_CHOICES: usize = 4;
/// Evidence, in units of inverse document frequency, that turns a conversation to another service: one rare word does,
/// a frequent one ("fahren") does not.
const CHANGES_TOPIC: f32 = 2.4;
/// Confidence from which a question that could go on about the current service is about another one.
const CLEARLY_ANOTHER: f32 = 0.55;
/// How much of a question with words of its own the current service must explain for it to be about this service.
const GOES_ON: f32 = 0.2;
/// How much of a question the content must know for it to be about our matters: "wann muss der Antrag bei euch liegen".
const KNOWN: f32 = 0.5;
/// Aspects answered at once.
const MOST_FACETS: usize = 2;

impl Reading<'_> {
    pub(super) fn matter(&mut self) -> (Decision, f32) {
        self.believe_the_telling_part();
        self.prefer_current_service();
        self.prefer_the_sure();
        let thresholds = self.thresholds;
        let facets = self.asked_facets();
        let best = self.hits.first().cloned();
        let confidence = best.as_ref().map_or(0.0, |hit| hit.confidence);

        if let Some(decision) = self.hours_question(&facets, best.as_ref()) {
            return (decision, 0.95);
        }
        if let Some(decision) = self.office_question(&facets) {
            return (decision, 0.95);
        }
        if let Some(decision) = self.follow_up(&facets, best.as_ref()) {
            return (decision, 0.8);
        }
        // "Unter welcher Nummer erwische ich euch?" is about the telephone, whatever the rest says.
        let is_topic_of_aspect = |hit: &Hit| {
            let topics = facets.iter().filter_map(|facet| topic_of(*facet));
            hit.confidence >= thresholds.offer
                && topics
                    .into_iter()
                    .any(|topic| matches!(&hit.target, Target::Service(slug) if slug.as_str() == topic))
        };
        let asks_no_more = self.matter_words() == 0 || best.as_ref().is_some_and(is_topic_of_aspect);
        if confidence < thresholds.answer && asks_no_more && !facets.is_empty() {
            return (self.aspect_alone(facets), 0.7);
        }
        let Some(best) = best.filter(|hit| hit.confidence >= thresholds.offer) else {
            return (Decision::Unknown(UnknownReason::NothingFits), 1.0 - confidence);
        };
        if let Some(both) = self.two_matters() {
            let both = both.map(|(service, facets)| {
                // "…, was brauche ich dafür?" at the end asks about both.
                let asked = if facets.is_empty() { self.asked_facets() } else { facets };
                let facets = facets_to_answer(&service, asked, None, None);
                (service, facets)
            });
            return (Decision::AnswerBoth(both), best.confidence);
        }
        if let Some(services) = self.choices_of_parts() {
            let facet = facets.first().copied();
            return (Decision::Clarify { services, facet, entry: None }, best.confidence);
        }
        if let Some(decision) = self.foreseen_choice(&best, &facets) {
            return (decision, best.confidence);
        }
        let rivals = self.rivals(&best);
        if let Some(current) = self.conversation.service.clone().filter(|current| rivals.contains(current)) {
            let facets = facets_to_answer(&current, facets, None, None);
            return (Decision::Answer { service: current, facets }, best.confidence);
        }
        if rivals.len() > 1 {
            let facet = facets.first().copied();
            return (Decision::Clarify { services: rivals, facet, entry: None }, best.confidence);
        }
        if best.confidence < thresholds.answer {
            return (Decision::Unknown(UnknownReason::NothingFits), 1.0 - best.confidence);
        }
        match best.target {
            Target::Entry(id) => {
                if let Some(service) =
                    self.knowledge.catalogue.entry(id.as_str()).and_then(|entry| entry.service.clone())
                {
                    self.begin_service(&service);
                }
                (Decision::Entry(id), best.confidence)
            }
            Target::Service(service) => {
                self.begin_service(&service);
                let facets = facets_to_answer(&service, facets, best.facet, best.section);
                (Decision::Answer { service, facets }, best.confidence)
            }
        }
    }

    /// The question back where an editor foresaw that several services may be meant; the service talked about is, if it
    /// is one of them.
    fn foreseen_choice(&mut self, best: &Hit, facets: &[Facet]) -> Option<Decision> {
        let services = self.choice(&best.target)?.to_vec();
        if let Some(current) = self.conversation.service.clone().filter(|current| services.contains(current)) {
            let facets = facets_to_answer(&current, facets.to_vec(), None, None);
            return Some(Decision::Answer { service: current, facets });
        }
        let Target::Entry(entry) = &best.target else { return None };
        Some(Decision::Clarify { services, facet: facets.first().copied(), entry: Some(entry.clone()) })
    }

    /// The services among which an entry asks to choose.
    pub(super) fn choice(&self, target: &Target) -> Option<&'_ [Slug]> {
        let Target::Entry(id) = target else { return None };
        match &self.knowledge.catalogue.entry(id.as_str())?.kind {
            EntryKind::Choice(services) => Some(services),
            EntryKind::Answer | EntryKind::Referral => None,
        }
    }

    /// The topic of the conversation wins ties: "Was kostet der Antrag?" is about the application talked about.
    fn prefer_current_service(&mut self) {
        const PREFERENCE: f32 = 1.3;
        let Some(current) = self.conversation.service.clone() else { return };
        let target = Target::Service(current);
        for hit in self.hits.iter_mut().filter(|hit| hit.target == target) {
            hit.score *= PREFERENCE;
        }
        self.hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.target.cmp(&b.target)));
    }

    /// Scores say what fits best, confidence what fits at all: where the best is not sure enough to be answered, a
    /// service that is comes first.
    fn prefer_the_sure(&mut self) {
        let answer = self.thresholds.answer;
        if self.hits.first().is_none_or(|best| best.confidence >= answer) {
            return;
        }
        let sure = self.hits.iter().enumerate().filter(|(_, hit)| hit.confidence >= answer);
        if let Some((place, _)) = sure.max_by(|(_, a), (_, b)| a.confidence.total_cmp(&b.confidence)) {
            self.hits[..=place].rotate_right(1);
        }
    }

    /// How many words are about a matter: no stop words, aspects, times, places or small talk.
    pub(super) fn matter_words(&self) -> usize {
        *self.matter_words.get_or_init(|| self.count_matter_words())
    }

    fn count_matter_words(&self) -> usize {
        let office_words = usize::from(self.office.is_some());
        (0..self.words.len()).filter(|index| self.names_matter(*index)).count().saturating_sub(office_words)
    }

    /// Whether the word at this position is about a matter.
    pub(super) fn names_matter(&self, index: usize) -> bool {
        let word = &self.words[index];
        let says_nothing = self.is_stop_word(&word.folded)
            || self.facets.iter().any(|cue| cue.whole_words && cue.words.contains(&index))
            || self.intents.iter().any(|cue| cue.words.contains(&index))
            || self.towns.iter().any(|town| town.words.contains(&index))
            || self.time_words.contains(&index);
        !says_nothing
    }

    /// A question without a subject goes on about the service before: "und was kostet das?"
    fn follow_up(&self, facets: &[Facet], best: Option<&Hit>) -> Option<Decision> {
        let service = self.conversation.service.clone()?;
        self.knowledge.catalogue.service(service.as_str())?;
        // After the opening hours, "Termin buchen" is about appointments, not about an appointment for opening hours.
        let has_own_topic = |facet: &Facet| topic_of(*facet).is_some_and(|topic| topic != service.as_str());
        if natural_facet(service.as_str()).is_some() && facets.iter().any(has_own_topic) && self.matter_words() == 0 {
            return None;
        }
        let facets: Vec<Facet> = facets.iter().copied().take(MOST_FACETS).collect();
        let other_topic = best.is_some_and(|hit| {
            let strength: f32 = hit.evidence.iter().map(|evidence| evidence.weight).sum();
            hit.confidence >= CLEARLY_ANOTHER
                && strength >= CHANGES_TOPIC
                && hit.target != Target::Service(service.clone())
                && self.choice(&hit.target).is_none_or(|services| !services.contains(&service))
        });
        // "Wo gibt es die beste Pizza?" names a matter, and not this one.
        let current = Target::Service(service.clone());
        let is_our_matter = || best.is_some_and(|hit| hit.signals.known >= KNOWN);
        let nothing_fits = best.is_none_or(|hit| hit.confidence < self.thresholds.answer);
        let goes_on = self.matter_words() == 0
            || (nothing_fits && (self.refers_back() || is_our_matter()))
            || self.hits.iter().any(|hit| hit.target == current && hit.signals.coverage >= GOES_ON);
        (!facets.is_empty() && !other_topic && goes_on).then_some(Decision::Answer { service, facets })
    }

    /// "Und …", "… dafür": the message says by itself that it goes on about the matter before.
    fn refers_back(&self) -> bool {
        !self.phrasebook.pack().follow_up_cues.find(&self.words).is_empty()
    }

    /// An aspect without a matter and nothing talked about before: "Termin?" has a topic of its own, "Was kostet das?"
    /// has none.
    fn aspect_alone(&mut self, facets: Vec<Facet>) -> Decision {
        let topic =
            facets.iter().find_map(|facet| topic_of(*facet)).and_then(|slug| self.knowledge.catalogue.service(slug));
        match topic.map(|service| service.slug.clone()) {
            Some(service) => {
                self.begin_service(&service);
                Decision::Answer { facets: facets_to_answer(&service, facets, None, None), service }
            }
            None => Decision::Unknown(UnknownReason::NoSubject),
        }
    }

    /// Services the question may as well mean, best first; one if the question is clear. A question of a single telling
    /// word ("ummelden") says too little for a difference of scores to mean much: there, whatever it fits is meant.
    fn rivals(&self, best: &Hit) -> Vec<Slug> {
        const LEAST_CONFIDENCE: f32 = 0.85;
        const LEAST_CONFIDENCE_OF_A_WORD: f32 = 0.7;
        let thresholds = self.thresholds;
        let current = self.conversation.service.clone().map(Target::Service);
        if matches!(best.target, Target::Entry(_)) || Some(&best.target) == current.as_ref() {
            return Vec::new();
        }
        let most_telling = best.evidence.first().map_or(0.0, |evidence| evidence.weight);
        let telling = best.evidence.iter().filter(|evidence| evidence.weight > most_telling / 3.0).count();
        let (closeness, confidence) = match telling {
            0 | 1 => (0.0, LEAST_CONFIDENCE_OF_A_WORD),
            _ => (thresholds.ambiguous, LEAST_CONFIDENCE),
        };
        let is_rival = |hit: &&Hit| {
            hit.score >= best.score * closeness
                && hit.confidence >= best.confidence * confidence
                && hit.confidence >= thresholds.offer
        };
        let services = self.hits.iter().filter(is_rival).filter_map(|hit| match &hit.target {
            Target::Service(slug) => Some(slug.clone()),
            Target::Entry(_) => None,
        });
        services.take(MOST_CHOICES).collect()
    }
}

/// The aspects to answer: those asked for; else that of the section that speaks of what is named, or of the phrasing
/// met; else the natural or general one. "Muss ich" and "geht das" are about documents where only the list of documents
/// speaks of what is named.
fn facets_to_answer(
    service: &Slug,
    asked: Vec<Facet>,
    of_phrasing: Option<Facet>,
    of_section: Option<Facet>,
) -> Vec<Facet> {
    let tells_more = |section: &Facet| match asked[..] {
        [] => true,
        [Facet::Requirements] => *section == Facet::Documents,
        _ => false,
    };
    if let Some(section) = of_section.filter(|section| tells_more(section) && natural_facet(service.as_str()).is_none())
    {
        return vec![section];
    }
    // "Was soll ich tun?" says no more than nothing where a topic has an aspect of its own.
    let says_nothing = asked.is_empty() || (asked == [Facet::Overview] && natural_facet(service.as_str()).is_some());
    if says_nothing {
        return vec![natural_facet(service.as_str()).or(of_phrasing).unwrap_or(Facet::Overview)];
    }
    asked.into_iter().take(MOST_FACETS).collect()
}
