//! Where verdicts on answers are counted, whatever channel they come from.

use crate::facet::Facet;
use crate::slug::Slug;

/// What somebody thinks of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It helped.
    Helpful,
    /// It did not help, with the reason, if one is given.
    NotHelpful(Option<Reason>),
}

/// What may be wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It says what is not so.
    Wrong,
    /// Something is missing.
    Incomplete,
    /// It cannot be understood.
    Unclear,
}

impl Reason {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Wrong, Self::Incomplete, Self::Unclear];
}

/// The answer a verdict is about. It says nothing about who asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatedAnswer {
    /// The service or the free question.
    pub subject: Option<Slug>,
    /// The aspect.
    pub facet: Option<Facet>,
    /// Tells answers about the same thing apart.
    pub nonce: u64,
}

/// Counts verdicts by what they are about.
pub trait Verdicts: Send + Sync {
    /// Takes a verdict in the place of the one before on the same answer, or takes it back. One about nothing that is
    /// published is overlooked.
    fn count(&self, answer: &RatedAnswer, verdict: Option<Verdict>);
}
