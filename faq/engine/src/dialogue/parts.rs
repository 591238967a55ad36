//! Messages of several parts: long letters, and two matters in one message.

use std::cell::OnceCell;
use std::ops::Range;

use super::{HITS, Reading, question_words};
use crate::facet::Facet;
use crate::ports::{Hit, SearchQuestion, Target};
use crate::slug::Slug;
use crate::understanding::text::{count_words, fold};

/// More parts are a story, not a list of questions.
const MOST_PARTS: usize = 4;
/// How many matches of a part are looked at, beside the services the whole message may be about.
const HITS_OF_PART: usize = 2;
/// How many services are offered for each of two parts that are asked back.
const CHOICES_OF_PART: usize = 2;
/// How much of the whole message a service must explain to be one of two that are asked about.
const SHARES: f32 = 0.15;
/// Confidence from which a message, or a part of one by itself, is surely about something.
const SURE: f32 = 0.55;
/// The share of what names one of two matters that says nothing of the other.
const OWN_WORDS: f32 = 0.4;
/// How much of a part the other part's service may explain, as a share of what its own does. "Auf mich umschreiben" goes
/// on about the car bought before, whose service explains both; a paper it only asks for is another matter.
const APART: f32 = 0.55;

/// A part of a message, and what it points to by itself.
pub(super) struct Part {
    words: Range<usize>,
    /// Looked up when somebody asks.
    hits: OnceCell<Vec<Hit>>,
}

impl Reading<'_> {
    /// The more a message tells, the less of it any service explains. Where the whole points nowhere for certain, the
    /// sentence with the question mark is asked by itself; and what any part by itself says surely is believed, if the
    /// whole points there too.
    pub(super) fn believe_the_telling_part(&mut self) {
        let answer = self.thresholds.answer;
        let confidence = |hits: &[Hit]| hits.first().map_or(0.0, |hit| hit.confidence);
        let of_whole = confidence(&self.hits);
        if of_whole >= SURE {
            return;
        }
        let asked = question_words(&self.text).unwrap_or_default();
        let surest = asked
            .iter()
            .map(|sentence| self.hits_of(sentence, HITS))
            .max_by(|a, b| confidence(a).total_cmp(&confidence(b)));
        if let Some(hits) = surest.filter(|hits| confidence(hits) >= answer.max(of_whole)) {
            self.hits = hits;
            return;
        }
        let Some(target) = self.hits.first().map(|hit| hit.target.clone()) else { return };
        let of_part = |part| self.hits_of_part(part).first().filter(|hit| hit.target == target);
        let surest = self.parts().iter().filter_map(of_part).map(|hit| hit.confidence).max_by(f32::total_cmp);
        if let Some((hit, surest)) = self.hits.first_mut().zip(surest) {
            hit.confidence = hit.confidence.max(surest);
        }
    }

    /// Two services, each asked about in a part of its own, with the aspects named there.
    pub(super) fn two_matters(&self) -> Option<[(Slug, Vec<Facet>); 2]> {
        let mut sharing = self.hits.iter().filter(|hit| shares(hit));
        let first = sharing.next()?;
        if !sharing.any(|other| has_own_words(first, other) && has_own_words(other, first)) {
            return None;
        }
        let mut found: Vec<(Slug, Vec<Facet>, &[Hit])> = Vec::new();
        for part in self.parts() {
            let hits = self.hits_of_part(part);
            let Some(best) = hits.first().filter(|hit| hit.confidence >= SURE) else { continue };
            let Target::Service(service) = &best.target else { continue };
            let facets = self.facets_in(&part.words);
            match found.iter_mut().find(|(known, ..)| known == service) {
                Some((_, known, _)) => known.extend(facets),
                None => found.push((service.clone(), facets, hits)),
            }
        }
        let [(first, facets, hits), (second, other_facets, other_hits)] = <[_; 2]>::try_from(found).ok()?;
        let stands_apart = |hits: &[Hit], other: &Slug| {
            let coverage = |hit: &Hit| hit.signals.coverage;
            let of_other = hits.iter().find(|hit| hit.target == Target::Service(other.clone())).map_or(0.0, coverage);
            hits.first().is_some_and(|best| of_other <= APART * coverage(best))
        };
        let are_two = stands_apart(hits, &second) && stands_apart(other_hits, &first);
        are_two.then_some([(first, facets), (second, other_facets)])
    }

    /// The services to choose from where every part of the message by itself is asked back: "Führerschein und Auto".
    pub(super) fn choices_of_parts(&self) -> Option<Vec<Slug>> {
        let choices: Vec<&[Slug]> = self
            .parts()
            .iter()
            .filter_map(|part| self.hits_of_part(part).first())
            .map(|hit| self.choice(&hit.target))
            .collect::<Option<_>>()?;
        let [first, second] = choices[..] else { return None };
        let mut offered: Vec<Slug> = Vec::new();
        for slug in first.iter().take(CHOICES_OF_PART).chain(second.iter().take(CHOICES_OF_PART)) {
            if !offered.contains(slug) {
                offered.push(slug.clone());
            }
        }
        (first != second).then_some(offered)
    }

    /// The sentences, and what "and" joins in them; none if there is only one or if they are a story.
    fn parts(&self) -> &[Part] {
        self.parts.get_or_init(|| {
            let parts = self.word_ranges_of_parts();
            let are_few = (2..=MOST_PARTS).contains(&parts.len());
            let parts = parts.into_iter().filter(|_| are_few);
            parts.map(|words| Part { words, hits: OnceCell::new() }).collect()
        })
    }

    pub(super) fn word_ranges_of_parts(&self) -> Vec<Range<usize>> {
        let conjunction = fold(&self.phrasebook.say("list_and", &[]));
        let conjunction = conjunction.trim();
        let mut parts = Vec::new();
        let mut position = 0;
        for sentence in self.text.split(['.', '?', '!', ';', '\n']) {
            let end = (position + count_words(sentence)).min(self.words.len());
            let mut start = position;
            for at in position..end {
                if self.words[at].folded == conjunction {
                    parts.push(start..at);
                    start = at + 1;
                }
            }
            parts.push(start..end);
            position = end;
        }
        parts.retain(|part| !part.is_empty());
        parts
    }

    fn hits_of_part<'p>(&self, part: &'p Part) -> &'p [Hit] {
        part.hits.get_or_init(|| self.hits_of(&part.words, HITS_OF_PART))
    }

    fn hits_of(&self, part: &Range<usize>, limit: usize) -> Vec<Hit> {
        let is_asked = |index: &usize| !self.ruled_out.contains(index);
        let kept: Vec<usize> = part.clone().filter(is_asked).collect();
        if !kept.iter().any(|index| self.names_matter(*index) && self.speaks_of_a_hit(*index)) {
            return Vec::new();
        }
        let question = SearchQuestion {
            words: kept.iter().map(|index| self.words[*index].clone()).collect(),
            language: self.phrasebook.language().clone(),
            faint: (0..kept.len()).filter(|place| self.faint.contains(&kept[*place])).collect(),
            topics: self.hits.iter().filter(|hit| shares(hit)).map(|hit| hit.target.clone()).collect(),
        };
        self.knowledge.index.search(&question, limit)
    }

    /// Whether a word, or a part of it, is what some match was found by: a part of the message without one points nowhere
    /// the whole does not.
    fn speaks_of_a_hit(&self, index: usize) -> bool {
        let word = self.words[index].folded.as_str();
        let met = |met: &str| word.contains(met) || met.contains(word);
        self.hits.iter().any(|hit| hit.evidence.iter().any(|evidence| met(&evidence.word)))
    }

    /// The aspects named in a part, in order.
    fn facets_in(&self, part: &Range<usize>) -> Vec<Facet> {
        let named: Vec<Facet> =
            self.facets.iter().filter(|cue| part.contains(&cue.words.start)).map(|cue| cue.meaning).collect();
        self.asked_facets().into_iter().filter(|facet| named.contains(facet)).collect()
    }
}

/// Whether this may be one of two services that are asked about.
fn shares(hit: &Hit) -> bool {
    matches!(hit.target, Target::Service(_)) && hit.signals.coverage >= SHARES
}

/// Whether a match is named by words that say nothing, or little, of the other.
fn has_own_words(hit: &Hit, other: &Hit) -> bool {
    let of_other = |word: &str| {
        let met = other.evidence.iter().filter(|evidence| *evidence.word == *word);
        met.map(|evidence| evidence.weight).sum::<f32>()
    };
    let own = hit.evidence.iter().map(|evidence| (evidence.weight - of_other(&evidence.word)).max(0.0));
    own.sum::<f32>() > OWN_WORDS * hit.evidence.iter().map(|evidence| evidence.weight).sum::<f32>()
}
