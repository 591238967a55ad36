//! `crisis.toml`: what is said when hardly anything works, written in quiet times.

use chrono::{NaiveDateTime, TimeDelta};
use faq_engine::facet::Facet;
use faq_engine::language::LocalizedText;
use faq_engine::notice::{Area, Notice, Scope, Severity};
use faq_engine::slug::Slug;
use serde::Deserialize;

use crate::fault::{Fault, read_toml};
use crate::folder::ConfigFolder;
use crate::text::{Reader, TextShape};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CrisisShape {
    days: u16,
    suspends: Vec<String>,
    text: TextShape,
    instead: Option<TextShape>,
}

/// The words for a crisis.
#[derive(Debug, Clone)]
pub struct CrisisPlan {
    days: u16,
    suspends: Vec<Facet>,
    text: LocalizedText,
    instead: Option<LocalizedText>,
}

const FILE: &str = "crisis.toml";

impl CrisisPlan {
    const MOST_DAYS: u16 = 366;

    /// Reads the plan; `None` if there is none.
    pub fn read(folder: &ConfigFolder) -> Result<Option<Self>, Vec<Fault>> {
        let file = folder.root().join(FILE).display().to_string();
        let Some(text) = folder.read(FILE).map_err(|fault| vec![fault])? else { return Ok(None) };
        let shape: CrisisShape = read_toml(&file, &text).map_err(|fault| vec![fault])?;
        let mut reader = Reader::new(&file, &text);
        if !(1..=Self::MOST_DAYS).contains(&shape.days) {
            reader.fault(&shape.days.to_string(), format!("`days` must be between 1 and {}", Self::MOST_DAYS));
        }
        let suspends = reader.facets_or_all(&shape.suspends);
        let instead = reader.optional(shape.instead.as_ref(), "instead");
        let plan = reader.localized(&shape.text, "text").map(|text| Self { days: shape.days, suspends, text, instead });
        reader.finish(plan).map(Some)
    }

    /// What to say where there is no plan.
    pub fn missing(folder: &ConfigFolder) -> Fault {
        let file = folder.root().join(FILE).display().to_string();
        Fault::of_file(file, "the file is missing; it says what is told in a crisis, and `auskunft crisis on` needs it")
    }

    /// The name of the notice that crisis mode is.
    pub fn id() -> Slug {
        Slug::parse("krise").expect("lower-case letters are a slug")
    }

    /// Crisis mode as a notice for everything, from `now` until then or for as many days as planned.
    pub fn notice(&self, now: NaiveDateTime, until: Option<NaiveDateTime>) -> Notice {
        Notice {
            id: Self::id(),
            severity: Severity::Critical,
            valid_from: now,
            valid_until: until.unwrap_or_else(|| now + TimeDelta::days(i64::from(self.days))),
            scope: Scope { area: Area::Everything, facets: Vec::new() },
            text: self.text.clone(),
            suspends: self.suspends.clone(),
            instead: self.instead.clone(),
        }
    }
}
