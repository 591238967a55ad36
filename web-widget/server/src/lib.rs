//! The desk on the website: API, chat page without JavaScript and the widget file.
//!
//! The server translates between HTTP and the desk and decides nothing about citizens or entries. It keeps nothing
//! about a visitor: no cookie, no session, no address. What the next question needs travels with the client.
//!
//! - `chat`: one file per thing a visitor does, over the API or on the page without JavaScript
//! - `catalogue`: what other programs read about services, offices and appointments
//! - `pages`: the sample town page and the pages every site must have
//! - `static_site`: the same as plain pages for any web host
//! - `http`: what holds for every request, whatever it asks
//! - `templates`: how a reply looks as HTML
//! - `reply_body`: how a reply looks as JSON, the same as on the command line

mod answer_id;
mod application;
mod catalogue;
mod chat;
mod http;
mod pages;
mod reply_body;
mod routes;
mod settings;
mod site;
mod static_site;
mod templates;
#[cfg(test)]
mod testing;

pub use answer_id::AnswerId;
pub use application::{Application, BuildError, Keepers, RunError};
pub use catalogue::notices::{NoticeBody, NoticesBody};
pub use http::client_address::InvalidNetwork;
pub use http::cors::InvalidOrigin;
pub use http::operator::OperatorKey;
pub use http::webhook::{Received, Webhook};
pub use reply_body::{
    BlockBody, ChecklistItemBody, ChoiceBody, PeriodBody, PhoneBody, ReplyBody, SourceBody, WeekRowBody,
};
pub use settings::{InvalidSetting, ServerSettings};
pub use static_site::{BrokenLink, StaticFiles, static_site};
