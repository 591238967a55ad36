//! How an answer was found, for those who look after the content: which words met what, what speaks for each candidate,
//! and by which signal the others fell behind.

use crate::facet::Facet;
use crate::knowledge::Thresholds;
use crate::language::LanguageTag;
use crate::ports::{Hit, Signals};

/// How an answer was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The language the message was read in.
    pub language: LanguageTag,
    /// The aspects whose cue words were found, in order.
    pub facets: Vec<Facet>,
    /// What the search found, best first. The scores are those the decision was made with: what is being talked about
    /// has an advantage.
    pub hits: Vec<Hit>,
    /// When to answer, ask back and admit.
    pub thresholds: Thresholds,
}

/// Something that speaks for a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Score by words.
    Lexical,
    /// How much of the question the words explain.
    Coverage,
    /// The model learnt from the content.
    Linear,
    /// The nearest example.
    Likeness,
    /// How much of the question the content knows at all; the same for every match.
    Known,
}

impl Signal {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Lexical, Self::Coverage, Self::Linear, Self::Likeness, Self::Known];

    /// Its name in JSON and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lexical => "lexical",
            Self::Coverage => "coverage",
            Self::Linear => "linear",
            Self::Likeness => "likeness",
            Self::Known => "known",
        }
    }

    /// What it says of a hit, if it says anything.
    pub fn of(self, signals: &Signals) -> Option<f32> {
        match self {
            Self::Lexical => Some(signals.lexical),
            Self::Coverage => Some(signals.coverage),
            Self::Linear => signals.linear,
            Self::Likeness => Some(signals.likeness),
            Self::Known => Some(signals.known),
        }
    }
}

impl Explanation {
    /// By which signals a hit is behind the best one, the greatest distance first.
    pub fn behind_in(&self, hit: &Hit) -> Vec<(Signal, f32)> {
        let Some(best) = self.hits.first() else { return Vec::new() };
        let behind = Signal::ALL.into_iter().filter_map(|signal| {
            let distance = signal.of(&best.signals)? - signal.of(&hit.signals)?;
            (distance > 0.0).then_some((signal, distance))
        });
        let mut behind: Vec<_> = behind.collect();
        behind.sort_by(|a, b| b.1.total_cmp(&a.1));
        behind
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Target;
    use crate::slug::Slug;

    #[test]
    fn a_runner_up_is_behind_in_what_speaks_less_for_it() {
        let hit = |slug: &str, lexical, linear, likeness| Hit {
            target: Target::Service(Slug::parse(slug).expect("valid")),
            score: 1.0,
            confidence: 0.5,
            signals: Signals { lexical, coverage: 0.5, linear, likeness, known: 0.5 },
            facet: None,
            section: None,
            evidence: Vec::new(),
        };
        let hits =
            vec![hit("best", 0.8, Some(0.9), 0.4), hit("second", 1.0, Some(-0.1), 0.3), hit("third", 0.1, None, 0.4)];
        let explanation = Explanation {
            language: LanguageTag::german(),
            facets: Vec::new(),
            thresholds: Thresholds::default(),
            hits: hits.clone(),
        };
        let signals = |hit| explanation.behind_in(hit).into_iter().map(|(signal, _)| signal).collect::<Vec<_>>();
        assert_eq!(signals(&hits[0]), []);
        assert_eq!(signals(&hits[1]), [Signal::Linear, Signal::Likeness]);
        assert_eq!(signals(&hits[2]), [Signal::Lexical]);
    }
}
