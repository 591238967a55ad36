//! Danger, small talk and the wish for a person.

use super::{Decision, Reading, UnknownReason};
use crate::facet::Facet;
use crate::understanding::intents::Intent;
use crate::understanding::picks::picked_position;

impl Reading<'_> {
    /// Danger comes before everything, however the rest of the message reads and in whatever language.
    pub(super) fn danger(&self) -> Option<Intent> {
        let cues = self.knowledge.danger_cues.find(&self.words);
        Intent::DANGERS.into_iter().find(|danger| cues.iter().any(|cue| cue.meaning == *danger))
    }

    /// A message that is small talk or the wish for a person. A greeting in front of a question is not small talk.
    pub(super) fn small_talk(&self) -> Option<(Decision, f32)> {
        // These are said in whole sentences, which contain words of the matter too ("beschweren … Antrags").
        for intent in [Intent::WantsPerson, Intent::Complaint, Intent::OwnCase] {
            if self.intends(intent) {
                return Some((Decision::Handoff(intent), 0.9));
            }
        }
        for intent in [Intent::AreYouRobot, Intent::Abilities] {
            if self.intends(intent) {
                return Some((Decision::Chitchat(intent), 0.9));
            }
        }
        // "Das zweite" and "weiß nicht" answer a question that nobody asked.
        const MOST_OFFERED: usize = 6;
        let refuses = self.intends(Intent::Skip) || self.intends(Intent::NoneOfThese);
        let picks_nothing = picked_position(&self.words, MOST_OFFERED).is_some();
        if picks_nothing || (refuses && self.nothing_else_is_said() && self.asked_facets().is_empty()) {
            return Some((Decision::Unknown(UnknownReason::NoSubject), 0.7));
        }
        let intent = [Intent::Thanks, Intent::Goodbye, Intent::Insult, Intent::Greeting]
            .into_iter()
            .find(|intent| self.intends(*intent))?;
        self.nothing_else_is_said().then_some((Decision::Chitchat(intent), 0.9))
    }

    /// Whether what remains beside the cues of small talk carries no matter.
    fn nothing_else_is_said(&self) -> bool {
        let is_empty_word = |index: usize| {
            let word = &self.words[index].folded;
            self.intents.iter().any(|cue| cue.words.contains(&index))
                || self.is_stop_word(word)
                || self.knowledge.towns.find(&self.words[index..=index]).len() == 1
        };
        let matter = (0..self.words.len()).filter(|index| !is_empty_word(*index)).count();
        let something_fits = self.hits.first().is_some_and(|hit| hit.confidence >= self.thresholds.answer);
        // "Hallo, habt ihr noch auf?" is made of empty words and asks for something all the same.
        (matter == 0 && !self.asks_an_aspect()) || (matter == 1 && !something_fits && self.asked_facets().is_empty())
    }

    /// Whether an aspect is cued beside the small talk. "Wie geht" and "kann ich" are too vague to count, and the cue in
    /// "schönen Feierabend" is part of the goodbye.
    fn asks_an_aspect(&self) -> bool {
        let is_said_apart = |words: &std::ops::Range<usize>| {
            !self.intents.iter().any(|cue| cue.words.start <= words.start && words.end <= cue.words.end)
        };
        self.facets
            .iter()
            .any(|cue| !matches!(cue.meaning, Facet::Overview | Facet::Requirements) && is_said_apart(&cue.words))
    }
}
