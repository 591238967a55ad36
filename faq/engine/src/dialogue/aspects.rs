//! Which aspects a message asks about, from its cues.

use super::Reading;
use crate::facet::Facet;
use crate::understanding::cues::Cue;

/// Words between two that are said together.
const NEAR: usize = 2;

impl Reading<'_> {
    /// The aspects asked about, in order of appearance. Where cues overlap, the more specific one counts. "Kann ich",
    /// "muss ich" and "wie geht" say least: they come last, or not at all, beside something definite in the same part of
    /// the message.
    pub(super) fn asked_facets(&self) -> Vec<Facet> {
        let mut asked: Vec<&Cue<Facet>> = Vec::new();
        for cue in &self.facets {
            let outdone = self.facets.iter().any(|other| {
                other.weight > cue.weight && other.words.start <= cue.words.start && cue.words.end <= other.words.end
            });
            if !outdone && !asked.iter().any(|known| known.meaning == cue.meaning) {
                asked.push(cue);
            }
        }
        let is_definite =
            |cue: &&Cue<Facet>| cue.outright || !matches!(cue.meaning, Facet::Overview | Facet::Requirements);
        if asked.iter().any(is_definite) {
            asked.retain(|cue| cue.outright || cue.meaning != Facet::Overview);
            if asked.iter().any(|cue| cue.meaning == Facet::Requirements && !cue.outright) {
                let parts = self.word_ranges_of_parts();
                let part = |cue: &Cue<Facet>| parts.iter().position(|part| part.contains(&cue.words.start));
                let definite: Vec<_> = asked.iter().copied().filter(is_definite).map(part).collect();
                asked.sort_by_key(|cue| cue.meaning == Facet::Requirements && definite.contains(&part(cue)));
            }
        } else if asked.iter().any(|cue| cue.meaning == Facet::Overview) {
            asked.retain(|cue| cue.meaning == Facet::Overview);
        }
        // "Online einen Termin" is about the appointment.
        let place = |facet| asked.iter().position(|cue| cue.meaning == facet);
        if let Some((online, appointment)) = place(Facet::Online).zip(place(Facet::Appointment)) {
            let apart = asked[appointment].words.start.saturating_sub(asked[online].words.end);
            if online < appointment && apart <= NEAR {
                asked[online..=appointment].rotate_right(1);
            }
        }
        let asked: Vec<Facet> = asked.into_iter().map(|cue| cue.meaning).collect();
        if self.asks_whether_there(&asked) { vec![Facet::Location] } else { asked }
    }

    /// "Kann ich das in Lippstadt abholen?" and "Gewerbeamt Warstein": a place that is not the home is what is asked about.
    fn asks_whether_there(&self, asked: &[Facet]) -> bool {
        // A story may name any place.
        const LONGEST: usize = 12;
        const LONGEST_WITHOUT_VERB: usize = 6;
        let names_place = !self.names_time && self.towns.iter().any(|town| !town.is_home);
        let longest = match asked {
            [] => LONGEST_WITHOUT_VERB,
            [Facet::Requirements] => LONGEST,
            _ => 0,
        };
        names_place && self.words.len() <= longest
    }
}
