//! Measuring how well the desk answers: question files, hours files and dialogue files against the installed content,
//! and any FAQ set in memory.

mod cases;
mod report;
pub mod sets;

use std::path::{Path, PathBuf};
use std::time::Instant;

use chrono::{DateTime, TimeZone};
use chrono_tz::{Europe::Berlin, Tz};
use faq_engine::conversation::Conversation;
use faq_engine::desk::InfoDesk;
use faq_engine::language::LanguageTag;
use faq_engine::reply::{Block, Reply};
use faq_engine::turn::Turn;

use crate::clock::SetClock;
pub use cases::{Case, Expectation, HoursExpectation};
pub use report::Report;
use report::{Judgement, Kind};

/// An ordinary Wednesday morning: the time of questions that say nothing about theirs.
#[expect(clippy::unwrap_used, reason = "a literal time that exists; checked by every evaluation test")]
pub fn default_time() -> DateTime<Tz> {
    Berlin.with_ymd_and_hms(2026, 9, 9, 10, 0, 0).single().unwrap()
}

/// A question file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EvaluationError {
    /// It cannot be read.
    #[error("{}: the file cannot be read", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A line of it means nothing.
    #[error("{}:{line}: {message}", file.display())]
    Invalid {
        /// The file.
        file: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
}

/// Reads a question, hours or dialogue file: one JSON object per line.
pub fn read_cases(file: &Path) -> Result<Vec<Case>, EvaluationError> {
    read_lines(file, cases::parse)
}

/// Reads a file of one JSON object per line.
pub(crate) fn read_lines<T>(file: &Path, parse: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, EvaluationError> {
    let text = std::fs::read_to_string(file)
        .map_err(|source| EvaluationError::Unreadable { file: file.to_owned(), source })?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| {
            let invalid = |message| EvaluationError::Invalid { file: file.to_owned(), line: index + 1, message };
            parse(line).map_err(invalid)
        })
        .collect()
}

/// Asks every case and judges the replies.
pub async fn run(desk: &InfoDesk, clock: &SetClock, cases: &[Case]) -> Report {
    let mut report = Report::default();
    for case in cases {
        clock.set(case.at().unwrap_or_else(default_time));
        match case {
            Case::Question { query, language, expected, .. } => {
                let reply = ask(desk, &mut report, query, language.as_ref(), Conversation::default()).await;
                let kind = Kind::of_question(expected, language.as_ref());
                report.judge(kind, query, Judgement::of_reply(&reply, expected), &reply);
            }
            Case::Hours { query, expected, .. } => {
                let reply = ask(desk, &mut report, query, None, Conversation::default()).await;
                report.judge(Kind::Hours, query, Judgement::of_hours(&reply, expected), &reply);
            }
            Case::Dialogue { turns, .. } => {
                let mut conversation = Conversation::default();
                for (text, expected) in turns {
                    let reply = ask(desk, &mut report, text, None, conversation).await;
                    report.judge(Kind::DialogueTurn, text, Judgement::of_reply(&reply, expected), &reply);
                    conversation = reply.conversation.clone();
                }
            }
        }
    }
    report
}

async fn ask(
    desk: &InfoDesk,
    report: &mut Report,
    text: &str,
    language: Option<&LanguageTag>,
    conversation: Conversation,
) -> Reply {
    // The page a foreign question comes from is usually set to German, so the language is not told.
    let _ = language;
    let turn = Turn { text: text.to_owned(), language: None, conversation };
    let begin = Instant::now();
    let reply = desk.answer(turn).await;
    report.took(begin.elapsed());
    reply
}

/// The first day whose hours a reply tells.
pub(crate) fn told_day(reply: &Reply) -> Option<&faq_engine::reply::HoursOfDay> {
    reply.blocks.iter().find_map(|block| match block {
        Block::Hours(hours) => hours.day.as_ref(),
        _ => None,
    })
}
