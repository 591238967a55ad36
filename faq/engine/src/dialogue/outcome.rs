//! What a turn turned out to be about.

use crate::conversation::Conversation;
use crate::facet::Facet;
use crate::hours::TimeQuestion;
use crate::knowledge::Thresholds;
use crate::language::LanguageTag;
use crate::ports::Hit;
use crate::position::Position;
use crate::slug::Slug;
use crate::understanding::hours_wishes::HoursWish;
use crate::understanding::intents::Intent;
use crate::years::NamedYear;

/// What a turn is about.
#[derive(Debug, Clone)]
pub enum Decision {
    /// A service and the aspects asked about, in order; never empty.
    Answer {
        /// The service.
        service: Slug,
        /// The aspects.
        facets: Vec<Facet>,
    },
    /// Two services, each asked about in a part of the message, with the aspects asked about.
    AnswerBoth([(Slug, Vec<Facet>); 2]),
    /// A free question or referral.
    Entry(Slug),
    /// Opening hours of an office.
    Hours {
        /// The office, or several to choose from, the better ones first.
        offices: Vec<Slug>,
        /// Offices that do what is talked about, where somebody asks about "you", which is the main one.
        beside: Vec<Slug>,
        /// The asked day and time.
        question: TimeQuestion,
        /// What else is wanted of them.
        wish: Option<HoursWish>,
    },
    /// How to reach an office, or where it is.
    Office {
        /// The office.
        office: Slug,
        /// `Contact` or `Location`.
        facet: Facet,
    },
    /// The office that is nearest from here.
    Nearest(Position),
    /// Several services fit.
    Clarify {
        /// They, best first.
        services: Vec<Slug>,
        /// The aspect asked about.
        facet: Option<Facet>,
        /// The entry whose words ask back, if an editor foresaw the question.
        entry: Option<Slug>,
    },
    /// The list of documents is to be narrowed down by asking.
    AskSituation {
        /// The service.
        service: Slug,
        /// The question.
        question: String,
    },
    /// One of the answers about the situation is to be changed; which one?
    AskWhichAnswer(Slug),
    /// Somebody tells where they live, and nothing else.
    TownNoted(Slug),
    /// Somebody lives in this place, which is outside the county.
    LivesElsewhere(String),
    /// Nothing fits.
    Unknown(UnknownReason),
    /// Small talk.
    Chitchat(Intent),
    /// A person is wanted.
    Handoff(Intent),
    /// Danger.
    Emergency(Intent),
}

impl Decision {
    /// The aspects that are answered.
    pub(crate) fn facets(&self) -> Vec<Facet> {
        match self {
            Self::Answer { facets, .. } => facets.clone(),
            Self::AnswerBoth([(_, first), (_, second)]) => first.iter().chain(second).copied().collect(),
            Self::Hours { .. } => vec![Facet::Hours],
            Self::Office { facet, .. } => vec![*facet],
            Self::Nearest(_) => vec![Facet::Location, Facet::Hours],
            Self::Clarify { facet, .. } => facet.iter().copied().collect(),
            Self::AskSituation { .. } | Self::AskWhichAnswer(_) => vec![Facet::Documents],
            Self::Entry(_)
            | Self::TownNoted(_)
            | Self::LivesElsewhere(_)
            | Self::Unknown(_)
            | Self::Chitchat(_)
            | Self::Handoff(_)
            | Self::Emergency(_) => Vec::new(),
        }
    }

    /// The offices that are asked about by themselves.
    pub(crate) fn offices(&self) -> Vec<Slug> {
        match self {
            Self::Hours { offices, .. } => offices.clone(),
            Self::Office { office, .. } => vec![office.clone()],
            _ => Vec::new(),
        }
    }

    /// Whether the reply to it says by itself that this is an automatic assistant. "You're welcome" does not, and may
    /// be all that somebody ever reads.
    pub(crate) fn says_who_speaks(&self) -> bool {
        matches!(self, Self::Emergency(_) | Self::Chitchat(Intent::Greeting | Intent::AreYouRobot | Intent::Abilities))
    }
}

/// Why the desk does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnknownReason {
    /// Nothing fits.
    NothingFits,
    /// None of the offered alternatives.
    NoneOffered,
    /// An aspect was asked for, but of what?
    NoSubject,
    /// There was no text.
    Empty,
    /// There was too much text.
    TooLong,
}

/// A decision with everything needed to put it into words.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What it is about.
    pub decision: Decision,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// Services considered, best first.
    pub candidates: Vec<Slug>,
    /// The language to answer in.
    pub language: LanguageTag,
    /// The years the message names.
    pub years: Vec<NamedYear>,
    /// Where the person says to live, if that is outside the county.
    pub elsewhere: Option<String>,
    /// What to remember; `pending` is cleared and set again by whoever asks something.
    pub conversation: Conversation,
    /// Whether this is the first turn, so the reply introduces itself.
    pub first_contact: bool,
    /// The aspects whose cue words were found.
    pub asked_facets: Vec<Facet>,
    /// When to answer, ask back and admit, as it was decided with.
    pub thresholds: Thresholds,
    /// What the search found, best first.
    pub hits: Vec<Hit>,
}
