//! What the desk needs from outside, by role. Adapters implement these; the engine never learns who they are.

mod booking;
mod content;
mod conversations;
mod notices;
mod search;
mod verdicts;

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;

pub use booking::{Availability, Booking, BookingDesk, FreeTimes};
pub use content::{ContentChange, ContentKey, ContentKind, ContentOrigin, ContentRecord, ContentStore};
pub use conversations::{ConversationKey, ConversationStore};
pub use notices::{NoticeBoard, NoticeBoardError};
pub use search::{
    AnswerIndex, Evidence, EvidenceKind, Hit, IndexBuilder, IndexDocument, IndexError, IndexPassage, PassageRole,
    SearchQuestion, Signals, Target,
};

pub use verdicts::{RatedAnswer, Reason, Verdict, Verdicts};

use crate::language::LanguageTag;

/// Tells the time. The only source of "now" in the program.
pub trait Clock: Send + Sync {
    /// The time in the county's zone.
    fn now(&self) -> DateTime<Tz>;
}

/// Keeps questions that were not answered, for the editors.
pub trait QuestionLog: Send + Sync {
    /// Counts a question of this outcome. `redacted` is the question without personal data.
    fn record(&self, redacted: &str, language: &LanguageTag, on: NaiveDate);
}

/// A store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed the record in between.
    #[error("{key} was changed in between: it is at revision {found}, the change was made from {expected}")]
    Stale {
        /// The record.
        key: ContentKey,
        /// What the change was made from.
        expected: u64,
        /// What is there.
        found: u64,
    },
    /// Nothing can be written now, for example because the disk is full. Reading goes on.
    #[error("nothing can be saved now: {0}")]
    ReadOnly(String),
    /// The store is damaged; the message says where and how to get back.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// The store failed otherwise.
    #[error("the store failed: {message}")]
    Failed {
        /// What was tried.
        message: String,
        /// What happened.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
