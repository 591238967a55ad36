//! What the desk answers: neutral blocks, which each channel dresses in its own way.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;

use crate::conversation::Conversation;
use crate::facet::Facet;
use crate::hours::Period;
use crate::language::LanguageTag;
use crate::notice::Severity;
use crate::office::Phone;
use crate::slug::Slug;

/// The answer to a turn.
#[derive(Debug, Clone)]
pub struct Reply {
    /// What kind of answer it is.
    pub kind: ReplyKind,
    /// Language of everything that does not say otherwise.
    pub language: LanguageTag,
    /// The service it is about.
    pub service: Option<Slug>,
    /// The aspect it is about.
    pub facet: Option<Facet>,
    /// The free question it is about.
    pub entry: Option<Slug>,
    /// How sure the desk is, 0 to 1.
    pub confidence: f32,
    /// Services considered, best first; for `Clarify` those offered, in the order shown.
    pub candidates: Vec<Slug>,
    /// The content.
    pub blocks: Vec<Block>,
    /// What the answer rests on.
    pub source: Option<SourceNote>,
    /// Questions people ask next.
    pub suggestions: Vec<Choice>,
    /// What to hand in with the next turn.
    pub conversation: Conversation,
}

/// What kind of answer a reply is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyKind {
    /// Answers the question.
    Answer,
    /// Asks back with two to four alternatives.
    Clarify,
    /// The desk does not know, or it is somebody else's matter; names two ways to a person.
    Unknown,
    /// Greeting, thanks, "are you a robot".
    Chitchat,
    /// The person wants a person, or complains.
    Handoff,
    /// Danger: emergency numbers first.
    Emergency,
}

impl ReplyKind {
    /// The name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Clarify => "clarify",
            Self::Unknown => "unknown",
            Self::Chitchat => "chitchat",
            Self::Handoff => "handoff",
            Self::Emergency => "emergency",
        }
    }
}

/// What an answer rests on, as shown to the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceNote {
    /// Who says it, where.
    pub title: String,
    /// State of the source itself.
    pub as_of: Option<String>,
    /// Revision of the text.
    pub revision: u64,
    /// Last check against the source.
    pub checked_on: NaiveDate,
    /// Address.
    pub url: Option<String>,
}

/// A text and its language, where it may differ from the reply's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The words.
    pub text: String,
    /// Their language.
    pub language: LanguageTag,
}

/// A piece of a reply.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Prose in the markdown subset.
    Text(Passage),
    /// A list of things to bring.
    Checklist(Checklist),
    /// Opening hours of one day or of the week.
    Hours(HoursBlock),
    /// How to get an appointment.
    Appointment(AppointmentBlock),
    /// How to reach people.
    Contact(ContactBlock),
    /// Alternatives to choose from.
    Choices {
        /// The question.
        prompt: String,
        /// Two or more alternatives.
        choices: Vec<Choice>,
    },
    /// Something that matters for a while.
    Notice {
        /// How loud.
        severity: Severity,
        /// What it says.
        passage: Passage,
        /// When it ends.
        valid_until: DateTime<Tz>,
    },
    /// A link.
    Link {
        /// What it leads to.
        label: String,
        /// Where it leads, `https` only.
        url: String,
    },
}

/// A button: what it says and what it sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it says.
    pub label: String,
    /// The text a tap sends as the next turn.
    pub send: String,
}

impl Choice {
    /// A button that sends what it says.
    pub fn plain(label: impl Into<String>) -> Self {
        let label = label.into();
        Self { send: label.clone(), label }
    }
}

/// A list of things to bring.
#[derive(Debug, Clone, PartialEq)]
pub struct Checklist {
    /// What the list is for, where it stands without its reply, as on paper: in a reply the line above it says so.
    pub title: String,
    /// Things, those for everybody first, then grouped by case.
    pub items: Vec<ChecklistItem>,
    /// Language of the items.
    pub language: LanguageTag,
    /// Where the things are to be brought, if an office of ours is responsible.
    pub places: Option<Places>,
}

impl Checklist {
    /// Whether it holds exactly what one person needs, and nothing that depends on a case.
    pub fn is_own(&self) -> bool {
        self.items.iter().all(|item| item.when.is_none())
    }
}

/// Where a list is to be taken. A screen may fold it; on paper it belongs to the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Places {
    /// What it says: "Wohin und wann?"
    pub label: String,
    /// Contacts and hours of the offices, and remarks on them.
    pub blocks: Vec<Block>,
    /// The same as plain text, the label included, for whoever takes the list along without the reply.
    pub text: String,
}

/// One thing to bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistItem {
    /// What it is.
    pub text: String,
    /// The case in which it is needed ("wenn eine Firma Halter wird"); `None`: always.
    pub when: Option<String>,
    /// What to look out for.
    pub note: Option<String>,
    /// Why the office wants it.
    pub why: Option<String>,
}

/// Opening hours of one day or of the week.
#[derive(Debug, Clone, PartialEq)]
pub struct HoursBlock {
    /// The office.
    pub office: Slug,
    /// Its name.
    pub office_name: String,
    /// The day in question; `None`: the week plan.
    pub day: Option<HoursOfDay>,
    /// The office's time zone.
    pub time_zone: Tz,
    /// The week plan in force, days with equal hours together; empty when a day was asked.
    pub week: Vec<WeekRow>,
    /// Beside a week plan: the days from today on, in the near future, on which it does not hold.
    pub exceptions: Vec<HoursOfDay>,
    /// Start of the next opening after now or, where a closed day was asked, after that day.
    pub next_opening: Option<DateTime<Tz>>,
    /// The same for people: "Montag, 28. Dezember 2026, 08:00 Uhr".
    pub next_opening_label: Option<String>,
}

/// Opening hours of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursOfDay {
    /// The day.
    pub date: NaiveDate,
    /// The day for people: "Mittwoch, 2. September 2026".
    pub label: String,
    /// State at the asked time, or whether it opens at all on that day where no time was asked.
    pub open: bool,
    /// When it is open, in order.
    pub periods: Vec<Period>,
    /// Why it is closed or different.
    pub reason: Option<String>,
}

/// Days of the week with equal hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekRow {
    /// "Montag bis Mittwoch".
    pub days: String,
    /// Which days these are, Monday being 1; none where the plan does not tell whether it is open today.
    pub weekdays: Vec<u32>,
    /// When it is open; empty: closed.
    pub periods: Vec<Period>,
}

/// How to get an appointment, for a service as a whole or at one office.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppointmentBlock {
    /// The service.
    pub service: Option<Slug>,
    /// The office.
    pub office: Option<Slug>,
    /// Its name.
    pub office_name: Option<String>,
    /// Text of the button.
    pub label: String,
    /// Where to book, if it can be booked online.
    pub url: Option<String>,
    /// How it is done instead, or what to know.
    pub note: Option<Passage>,
    /// The first free times at this office; empty: none, or none known.
    pub free: Vec<DateTime<Tz>>,
    /// When they were free.
    pub as_of: Option<DateTime<Tz>>,
}

/// How to reach people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactBlock {
    /// The office, if it is one of ours.
    pub office: Option<Slug>,
    /// Who.
    pub name: String,
    /// Where, on one line.
    pub address: Option<String>,
    /// The address on a map.
    pub map: Option<String>,
    /// Telephone numbers and whose they are.
    pub phones: Vec<(Option<Passage>, Phone)>,
    /// Mail address.
    pub email: Option<String>,
    /// Web page.
    pub website: Option<String>,
    /// What else to know.
    pub note: Option<Passage>,
}
