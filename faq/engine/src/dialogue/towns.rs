//! Where somebody lives: asked by the desk, told along the way, corrected, or outside the county.

use super::{Decision, Reading};
use crate::facet::Facet;
use crate::service::TownHalls;
use crate::slug::Slug;
use crate::understanding::intents::{Intent, ListWish};
use crate::understanding::picks::picked_position;
use crate::understanding::places::NamedTown;

/// A place that is no town of ours is named in few words.
const SHORT: usize = 5;
/// Letters of the name of a place: it is said back, and nothing else may be.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=40;

impl Reading<'_> {
    /// The answer to "in which town do you live?": a tap, a number of the list, or own words.
    pub(super) fn town_answer(&mut self) -> Option<(Decision, f32)> {
        let towns: Vec<Slug> = self.knowledge.catalogue.towns().map(|town| town.id.clone()).collect();
        let picked = || picked_position(&self.words, towns.len()).and_then(|place| towns.get(place)).cloned();
        if let Some(town) = self.town_alone().map(|named| named.town.clone()).or_else(picked) {
            self.conversation.town = Some(town);
            // What is no longer published cannot be gone on with.
            let is_there = |slug: &Slug| self.knowledge.catalogue.service(slug.as_str()).is_some();
            let service = self.conversation.service.clone().filter(is_there)?;
            return Some((Decision::Answer { service, facets: vec![Facet::Location] }, 1.0));
        }
        // "Ich wohne in Paderborn, wie melde ich …" is a question of its own.
        let told = self.elsewhere.clone().filter(|_| self.words.len() <= SHORT);
        let place = told.or_else(|| self.unknown_place())?;
        Some((Decision::LivesElsewhere(place), 0.9))
    }

    /// A town and nothing else, without having been asked: "nein, Werl" corrects, "ich wohne in Erwitte" tells.
    pub(super) fn town_told(&mut self) -> Option<(Decision, f32)> {
        let named = self.town_alone()?;
        let (town, is_home) = (named.town.clone(), named.is_home);
        let current = self.conversation.service.clone().filter(|service| self.depends_on_town(service));
        match current {
            Some(service) => {
                self.conversation.town = Some(town);
                Some((Decision::Answer { service, facets: vec![Facet::Location] }, 0.95))
            }
            None if is_home => {
                self.conversation.town = Some(town.clone());
                Some((Decision::TownNoted(town), 0.9))
            }
            None => None,
        }
    }

    /// Whether who or which office does this depends on where somebody lives.
    fn depends_on_town(&self, service: &Slug) -> bool {
        self.knowledge.catalogue.service(service.as_str()).is_some_and(|service| {
            service.responsible.town_halls != TownHalls::None || service.responsible.offices.len() > 1
        })
    }

    /// The town, if the message names one and says nothing else. "In Lippstadt" and "nein, Werl" do; "Öffnungszeiten
    /// Rathaus Lippstadt" is a question of its own.
    fn town_alone(&self) -> Option<&NamedTown> {
        let [town] = &self.towns[..] else { return None };
        let says_more = |index: usize| !town.words.contains(&index) && !self.frames_a_town(index);
        let asks = self.asks_besides_a_place();
        (!asks && !(0..self.words.len()).any(says_more)).then_some(town)
    }

    /// Whether an aspect is asked about, other than by the town itself.
    fn asks_besides_a_place(&self) -> bool {
        self.facets.iter().any(|cue| cue.whole_words && !self.frames_a_town(cue.words.start))
    }

    /// Whether a word only stands around the name of a town.
    fn frames_a_town(&self, index: usize) -> bool {
        let word = &self.words[index].folded;
        let pack = self.phrasebook.pack();
        let corrects = || {
            let german = self.knowledge.languages.german();
            let cues = pack.list_cues.find(&self.words).into_iter().chain(german.list_cues.find(&self.words));
            cues.into_iter().any(|cue| cue.meaning == ListWish::Instead && cue.words.contains(&index))
        };
        self.is_stop_word(word) || is_home_word(word) || corrects()
    }

    /// The one word of a short answer that nothing here knows: a place, as a place was asked for.
    fn unknown_place(&self) -> Option<String> {
        let is_free = self.towns.is_empty() && self.intents.is_empty() && self.facets.is_empty() && !self.names_time;
        let fits_something = self.hits.first().is_some_and(|hit| hit.confidence >= self.thresholds.offer);
        let wants_out = self.intends(Intent::Skip) || self.intends(Intent::NoneOfThese);
        if !is_free || fits_something || wants_out || self.words.len() > SHORT {
            return None;
        }
        let mut telling = (0..self.words.len()).filter(|index| !self.frames_a_town(*index));
        let place = telling.next()?;
        let word = &self.words[place].surface;
        let is_a_name = word.chars().all(char::is_alphabetic) && LETTERS.contains(&word.chars().count());
        let is_a_name = is_a_name && telling.next().is_none();
        is_a_name.then(|| word.clone())
    }
}

/// Words around the name of the town where somebody lives.
fn is_home_word(folded: &str) -> bool {
    matches!(
        folded,
        "wohne" | "wohnen" | "lebe" | "leben" | "stadt" | "gemeinde" | "kommen" | "komme" | "live" | "town"
    )
}
