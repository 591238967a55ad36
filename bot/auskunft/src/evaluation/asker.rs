//! Who is asked: the desk in this process, or a running server.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use faq_engine::conversation::Conversation;
use faq_engine::desk::InfoDesk;
use faq_engine::hours::clock_text;
use faq_engine::reply::{Block, Reply};
use faq_engine::turn::Turn;
use serde_json::Value;

use super::EvaluationError;
use crate::clock::SetClock;
use crate::remote::RemoteDesk;

/// Who is asked.
pub enum Asker<'a> {
    /// The desk in this process, whose clock can be set.
    Desk {
        /// The desk.
        desk: &'a InfoDesk,
        /// Its clock.
        clock: &'a SetClock,
    },
    /// A running server, which has its own clock.
    Server(&'a RemoteDesk),
}

/// What of a reply is judged.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Answered {
    pub(super) kind: String,
    pub(super) service: Option<String>,
    pub(super) facet: Option<String>,
    pub(super) entry: Option<String>,
    pub(super) candidates: Vec<String>,
    pub(super) confidence: f64,
    pub(super) day: Option<AnsweredDay>,
}

/// The first day whose hours a reply tells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AnsweredDay {
    pub(super) date: Option<NaiveDate>,
    pub(super) open: bool,
    pub(super) opens: Option<String>,
    pub(super) closes: Option<String>,
}

/// A conversation as the asked one hands it back.
#[derive(Debug, Clone, Default)]
pub(super) struct Thread(Option<String>);

impl Asker<'_> {
    /// Asks at a time. A server cannot be told the time, so a question that depends on it is refused.
    pub(super) async fn ask(
        &self,
        text: &str,
        at: Option<DateTime<Tz>>,
        thread: &mut Thread,
    ) -> Result<Answered, EvaluationError> {
        match self {
            Self::Desk { desk, clock } => {
                clock.set(at.unwrap_or_else(super::default_time));
                let conversation = thread.0.as_deref().and_then(|token| Conversation::from_token(token).ok());
                let conversation = conversation.unwrap_or_default();
                let reply =
                    desk.answer(Turn { text: text.to_owned(), language: None, conversation, office: None }).await;
                thread.0 = Some(reply.conversation.to_token());
                Ok(Answered::of_reply(&reply))
            }
            Self::Server(_) if at.is_some() => Err(EvaluationError::NoClock),
            Self::Server(server) => {
                let reply = server.ask(text, None, thread.0.as_deref()).await.map_err(EvaluationError::Server)?;
                thread.0 = reply["conversation"].as_str().map(str::to_owned);
                Ok(Answered::of_json(&reply))
            }
        }
    }
}

impl Answered {
    fn of_reply(reply: &Reply) -> Self {
        let day = reply.blocks.iter().find_map(|block| match block {
            Block::Hours(hours) => hours.day.as_ref(),
            _ => None,
        });
        Self {
            kind: reply.kind.as_str().to_owned(),
            service: reply.service.as_ref().map(ToString::to_string),
            facet: reply.facet.map(|facet| facet.to_string()),
            entry: reply.entry.as_ref().map(ToString::to_string),
            candidates: reply.candidates.iter().map(ToString::to_string).collect(),
            confidence: f64::from(reply.confidence),
            day: day.map(|day| AnsweredDay {
                date: Some(day.date),
                open: day.open,
                opens: day.periods.first().map(|period| clock_text(period.opens())),
                closes: day.periods.last().map(|period| clock_text(period.closes())),
            }),
        }
    }

    fn of_json(reply: &Value) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let blocks = reply["blocks"].as_array().into_iter().flatten();
        let day = blocks.clone().find(|block| block["type"] == "hours" && !block["date"].is_null());
        Self {
            kind: text(&reply["kind"]).unwrap_or_default(),
            service: text(&reply["service"]),
            facet: text(&reply["facet"]),
            entry: text(&reply["entry"]),
            candidates: reply["candidates"].as_array().into_iter().flatten().filter_map(text).collect(),
            confidence: reply["confidence"].as_f64().unwrap_or_default(),
            day: day.map(|block| AnsweredDay {
                date: block["date"].as_str().and_then(|date| date.parse().ok()),
                open: block["open"].as_bool().unwrap_or_default(),
                opens: text(&block["opens"]),
                closes: text(&block["closes"]),
            }),
        }
    }
}
