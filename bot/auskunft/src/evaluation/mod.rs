//! Measuring how well the desk answers: question files, hours files and dialogue files against the installed content,
//! and any FAQ set in memory.

mod asker;
mod cases;
mod report;
pub mod sets;
mod tradeoff;

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::remote::RemoteError;
pub use asker::Asker;
use asker::Thread;
pub use cases::{Case, Expectation, HoursExpectation};
use chrono::{DateTime, TimeZone};
use chrono_tz::{Europe::Berlin, Tz};
pub use report::Report;
use report::{Judgement, Kind};

/// An ordinary Wednesday morning: the time of questions that say nothing about theirs.
pub fn default_time() -> DateTime<Tz> {
    Berlin.with_ymd_and_hms(2026, 9, 9, 10, 0, 0).single().expect("ten o'clock exists on every day")
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
    /// A server cannot be told the time.
    #[error("a running server has its own clock; questions about opening hours are scored without --server")]
    NoClock,
    /// The server did not answer.
    #[error(transparent)]
    Server(RemoteError),
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

/// Asks every case and judges the replies. The page a foreign question comes from is usually set to German, so the
/// language is not told.
pub async fn run(asker: &Asker<'_>, cases: &[Case]) -> Result<Report, EvaluationError> {
    let mut report = Report::default();
    for case in cases {
        let mut thread = Thread::default();
        match case {
            Case::Question { query, language, expected, .. } => {
                let answered = timed(&mut report, asker.ask(query, None, &mut thread)).await?;
                let kind = Kind::of_question(expected, language.as_ref());
                report.judge(kind, query, Judgement::of_reply(&answered, expected), &answered);
            }
            Case::Hours { query, at, expected } => {
                let answered = timed(&mut report, asker.ask(query, Some(*at), &mut thread)).await?;
                report.judge(Kind::Hours, query, Judgement::of_hours(&answered, expected), &answered);
            }
            Case::Dialogue { turns } => {
                for (text, expected) in turns {
                    let answered = timed(&mut report, asker.ask(text, None, &mut thread)).await?;
                    report.judge(Kind::DialogueTurn, text, Judgement::of_reply(&answered, expected), &answered);
                }
            }
        }
    }
    Ok(report)
}

async fn timed<T>(report: &mut Report, asking: impl Future<Output = T>) -> T {
    let begin = Instant::now();
    let answered = asking.await;
    report.took(begin.elapsed());
    answered
}
