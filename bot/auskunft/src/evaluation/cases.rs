//! The shapes of question, hours and dialogue files.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use faq_engine::language::LanguageTag;
use serde::Deserialize;

use crate::clock::parse_time;

/// One line of a file.
#[derive(Debug, Clone)]
pub enum Case {
    /// A question by itself.
    Question {
        /// The words.
        query: String,
        /// Their language.
        language: Option<LanguageTag>,
        /// What the reply should be.
        expected: Expectation,
    },
    /// A question about opening hours at a time.
    Hours {
        /// The words.
        query: String,
        /// When it is asked.
        at: DateTime<Tz>,
        /// What the reply should be.
        expected: HoursExpectation,
    },
    /// Several turns of one conversation.
    Dialogue {
        /// Words and what each reply should be.
        turns: Vec<(String, Expectation)>,
    },
}

/// What a reply should be.
#[derive(Debug, Clone, Default)]
pub struct Expectation {
    /// The kind.
    pub kind: String,
    /// The services meant; one for an answer, several for an ask-back.
    pub services: Vec<String>,
    /// The facet.
    pub facet: Option<String>,
    /// Other services, facets and kinds that count as right.
    pub also: Alternatives,
}

/// What counts as right beside the expectation, from the note.
#[derive(Debug, Clone, Default)]
pub struct Alternatives {
    /// `alt: slug`.
    pub services: Vec<String>,
    /// `alt facet: facet`.
    pub facets: Vec<String>,
    /// `alt kind: kind`.
    pub kinds: Vec<String>,
}

/// What an hours reply should be.
#[derive(Debug, Clone, Default)]
pub struct HoursExpectation {
    /// The day; `None`: a week plan or a question back.
    pub date: Option<NaiveDate>,
    /// Open at the asked time or on that day; `None`: not judged.
    pub open: Option<bool>,
    /// First opening of the day.
    pub opens: Option<String>,
    /// Last closing of the day.
    pub closes: Option<String>,
}

#[derive(Deserialize)]
struct LineShape {
    query: Option<String>,
    lang: Option<String>,
    at: Option<String>,
    service: Option<OneOrMany>,
    facet: Option<String>,
    kind: Option<String>,
    note: Option<String>,
    expect: Option<HoursShape>,
    turns: Option<Vec<TurnShape>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
struct HoursShape {
    date: Option<String>,
    open: Option<bool>,
    opens: Option<String>,
    closes: Option<String>,
}

#[derive(Deserialize)]
struct TurnShape {
    user: String,
    expect: TurnExpectShape,
    note: Option<String>,
}

#[derive(Deserialize)]
struct TurnExpectShape {
    service: Option<OneOrMany>,
    facet: Option<String>,
    kind: String,
}

impl Case {
    /// When it is asked, if the file says so.
    pub fn at(&self) -> Option<DateTime<Tz>> {
        match self {
            Self::Hours { at, .. } => Some(*at),
            Self::Question { .. } | Self::Dialogue { .. } => None,
        }
    }
}

/// Reads one line.
pub(super) fn parse(line: &str) -> Result<Case, String> {
    let shape: LineShape = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if let Some(turns) = shape.turns {
        let turns = turns.into_iter().map(|turn| {
            let expected = expectation(turn.expect.kind, turn.expect.service, turn.expect.facet, turn.note.as_deref());
            (turn.user, expected)
        });
        return Ok(Case::Dialogue { turns: turns.collect() });
    }
    let query = shape.query.ok_or("a line needs `query` or `turns`")?;
    if let (Some(at), Some(expect)) = (shape.at, shape.expect) {
        let date = expect.date.map(|day| day.parse().map_err(|_| format!("\"{day}\" is not a date"))).transpose()?;
        let expected = HoursExpectation { date, open: expect.open, opens: expect.opens, closes: expect.closes };
        return Ok(Case::Hours { query, at: parse_time(&at)?, expected });
    }
    let language = shape.lang.map(|tag| LanguageTag::parse(&tag)).transpose().map_err(|error| error.to_string())?;
    let kind = shape.kind.ok_or("a question needs `kind`")?;
    Ok(Case::Question {
        query,
        language,
        expected: expectation(kind, shape.service, shape.facet, shape.note.as_deref()),
    })
}

fn expectation(kind: String, service: Option<OneOrMany>, facet: Option<String>, note: Option<&str>) -> Expectation {
    let services = match service {
        None => Vec::new(),
        Some(OneOrMany::One(slug)) => vec![slug],
        Some(OneOrMany::Many(slugs)) => slugs,
    };
    Expectation { kind, services, facet, also: alternatives(note.unwrap_or_default()) }
}

/// `alt: slug`, `alt facet: facet`, `alt kind: kind kind`, parts of the note separated by `;`.
fn alternatives(note: &str) -> Alternatives {
    let mut also = Alternatives::default();
    for part in note.split(';').map(str::trim) {
        let values = |text: &str| -> Vec<String> {
            text.split([',', ' ']).map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect()
        };
        if let Some(slugs) = part.strip_prefix("alt:") {
            also.services.extend(values(slugs));
        } else if let Some(facets) = part.strip_prefix("alt facet:") {
            also.facets.extend(values(facets));
        } else if let Some(kinds) = part.strip_prefix("alt kind:") {
            also.kinds.extend(values(kinds));
        }
    }
    also
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_may_allow_alternatives() {
        let line = r#"{"query":"x","lang":"de","service":"a","facet":"fee","kind":"answer","note":"y; alt: b; alt facet: overview; alt kind: chitchat, handoff"}"#;
        let Case::Question { expected, .. } = parse(line).expect("valid") else { panic!("a question") };
        assert_eq!(expected.also.services, ["b"]);
        assert_eq!(expected.also.facets, ["overview"]);
        assert_eq!(expected.also.kinds, ["chitchat", "handoff"]);
    }
}
