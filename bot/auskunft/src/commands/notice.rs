//! `auskunft notice` and `auskunft crisis`: through the server that holds the data folder, or in the folder itself if
//! none does.

use std::io::Write;
use std::sync::Arc;

use auskunft_config::crisis::CrisisPlan;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use faq_engine::notice::{Notice, NoticeState};
use faq_engine::ports::{Clock, NoticeBoard, NoticeBoardError};
use faq_engine::slug::Slug;
use faq_store_sled::{OpenError, SledStore};
use web_widget_server::NoticeBody;

use crate::assembly::{AssemblyError, Configuration};
use crate::commands::serve;
use crate::notices::{StoredNotices, this_minute};
use crate::operator::OperatorAccess;
use crate::remote_notices::RemoteNotices;

/// A command on notices failed.
#[derive(Debug, thiserror::Error)]
pub enum NoticeCommandError {
    /// The data folder cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The desk cannot be put together.
    #[error(transparent)]
    Serve(#[from] serve::ServeError),
    /// Mistakes in files.
    #[error(transparent)]
    Assembly(#[from] AssemblyError),
    /// The client for the server could not be built.
    #[error("the server that holds the data folder cannot be asked")]
    Client(#[from] reqwest::Error),
    /// The board refused.
    #[error(transparent)]
    Board(#[from] NoticeBoardError),
    /// What was written on the command line cannot be meant.
    #[error("{0}")]
    Argument(String),
    /// Nothing can be printed.
    #[error(transparent)]
    Print(#[from] std::io::Error),
}

/// The notice board of this configuration's data folder: the server's that holds it, else one over the store.
pub async fn board(
    configuration: &Configuration,
    clock: Arc<dyn Clock>,
) -> Result<Box<dyn NoticeBoard>, NoticeCommandError> {
    let data = &configuration.settings.data;
    let store = match SledStore::open(data).await {
        Ok(store) => store,
        Err(in_use @ OpenError::InUse { .. }) => {
            let access = OperatorAccess::left_in(data).map_err(|_| in_use)?;
            return Ok(Box::new(RemoteNotices::new(access)?));
        }
        Err(error) => return Err(error.into()),
    };
    let desk = Arc::new(serve::open_desk(configuration, &store, clock).await?);
    Ok(Box::new(StoredNotices::new(store, desk)))
}

/// A notice as written on the command line. The texts are by language, the times as people write them.
pub struct NoticeDraft {
    /// Its fields; times still as written.
    pub body: NoticeBody,
    /// From when; `None`: from now.
    pub from: Option<String>,
    /// Until when.
    pub until: String,
}

/// Puts a notice up.
pub async fn add(
    board: &dyn NoticeBoard,
    draft: NoticeDraft,
    now: NaiveDateTime,
    output: &mut dyn Write,
) -> Result<(), NoticeCommandError> {
    let until = time(&draft.until, Edge::End)?;
    let from = draft.from.map_or(Ok(this_minute(now)), |from| time(&from, Edge::Start))?;
    if until < now {
        return Err(NoticeCommandError::Argument(format!("`--until {}` is over already", draft.until)));
    }
    let local = |time: NaiveDateTime| time.format(auskunft_config::content::notice::LOCAL_TIME).to_string();
    let mut body = NoticeBody { valid_from: local(from), valid_until: local(until), ..draft.body };
    if body.id.is_empty() {
        body.id = free_name(&board.all().await?, now);
    }
    let notice = body.read().map_err(NoticeCommandError::Argument)?;
    board.put_up(notice.clone()).await?;
    writeln!(output, "{} is told from {} until {}", notice.id, written(from), written(until))?;
    Ok(())
}

/// Prints every notice, or those that are not over.
pub async fn list(
    board: &dyn NoticeBoard,
    all: bool,
    clock: &dyn Clock,
    output: &mut dyn Write,
) -> Result<(), NoticeCommandError> {
    let now = clock.now();
    let mut notices = board.all().await?;
    notices.retain(|notice| all || notice.state_at(&now) != NoticeState::Expired);
    notices.sort_by_key(|notice| (notice.state_at(&now), std::cmp::Reverse(notice.severity), notice.id.clone()));
    for notice in &notices {
        let state = match notice.state_at(&now) {
            NoticeState::InForce => "in force",
            NoticeState::Planned => "planned",
            NoticeState::Expired => "over",
        };
        let (from, until) = (written(notice.valid_from), written(notice.valid_until));
        writeln!(output, "{}\t{state}\t{}\t{from} to {until}", notice.id, notice.severity.as_str())?;
        let first_line = notice.text.german().trim().lines().next().unwrap_or_default();
        writeln!(output, "\t{first_line}")?;
    }
    if notices.is_empty() {
        writeln!(output, "there is no notice{}", if all { "" } else { " in force or planned" })?;
    }
    Ok(())
}

/// Ends a notice.
pub async fn end(board: &dyn NoticeBoard, id: &str, output: &mut dyn Write) -> Result<(), NoticeCommandError> {
    let id = Slug::parse(id).map_err(|error| NoticeCommandError::Argument(error.to_string()))?;
    board.end(&id).await?;
    writeln!(output, "{id} is over")?;
    Ok(())
}

/// Switches crisis mode on.
pub async fn begin_crisis(
    board: &dyn NoticeBoard,
    configuration: &Configuration,
    until: Option<&str>,
    now: NaiveDateTime,
    output: &mut dyn Write,
) -> Result<(), NoticeCommandError> {
    let plan = configuration.crisis.as_ref();
    let plan = plan.ok_or_else(|| AssemblyError::from(vec![CrisisPlan::missing(&configuration.folder)]))?;
    let until = until.map(|until| time(until, Edge::End)).transpose()?;
    let notice = plan.notice(this_minute(now), until);
    if notice.valid_until < now {
        return Err(NoticeCommandError::Argument("`--until` is over already".to_owned()));
    }
    board.put_up(notice.clone()).await?;
    writeln!(output, "crisis mode is on until {}", written(notice.valid_until))?;
    Ok(())
}

/// Switches crisis mode off.
pub async fn end_crisis(board: &dyn NoticeBoard, output: &mut dyn Write) -> Result<(), NoticeCommandError> {
    board.end(&CrisisPlan::id()).await?;
    writeln!(output, "crisis mode is off")?;
    Ok(())
}

/// Says whether crisis mode is on.
pub async fn tell_crisis(
    board: &dyn NoticeBoard,
    clock: &dyn Clock,
    output: &mut dyn Write,
) -> Result<(), NoticeCommandError> {
    let notices = board.all().await?;
    let crisis = notices.iter().find(|notice| notice.id == CrisisPlan::id() && notice.is_valid_at(&clock.now()));
    match crisis {
        Some(notice) => writeln!(output, "crisis mode is on until {}", written(notice.valid_until))?,
        None => writeln!(output, "crisis mode is off")?,
    }
    Ok(())
}

/// Which edge of a day a date without a time means.
#[derive(Clone, Copy)]
enum Edge {
    Start,
    End,
}

/// "2026-12-24", "2026-12-24T08:00", "2026-12-24 08:00".
fn time(text: &str, edge: Edge) -> Result<NaiveDateTime, NoticeCommandError> {
    if let Ok(date) = text.parse::<NaiveDate>() {
        let midnight = date.and_time(chrono::NaiveTime::MIN);
        return Ok(match edge {
            Edge::Start => midnight,
            Edge::End => midnight + TimeDelta::minutes(24 * 60 - 1),
        });
    }
    NaiveDateTime::parse_from_str(&text.replace(' ', "T"), "%Y-%m-%dT%H:%M").map_err(|_| {
        NoticeCommandError::Argument(format!(
            "`{text}` is no time such as 2026-12-24T08:00 and no day such as 2026-12-24"
        ))
    })
}

/// Named after its day: "hinweis-2026-11-28", "hinweis-2026-11-28-2".
fn free_name(known: &[Notice], now: NaiveDateTime) -> String {
    let day = format!("hinweis-{}", now.date());
    let taken = |name: &str| known.iter().any(|notice| notice.id.as_str() == name);
    let numbered = (2..).map(|number| format!("{day}-{number}"));
    std::iter::once(day.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(day)
}

fn written(time: NaiveDateTime) -> String {
    time.format("%d.%m.%Y %H:%M").to_string()
}
