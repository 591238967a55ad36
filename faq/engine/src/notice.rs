//! Notices: what stands before the normal answer for a while, and what the desk does not answer as usual meanwhile.

use chrono::{DateTime, NaiveDateTime};
use chrono_tz::Tz;

use crate::facet::Facet;
use crate::language::LocalizedText;
use crate::slug::Slug;

/// Something that matters for a while, such as a closed office. It expires by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Stable name.
    pub id: Slug,
    /// How loud.
    pub severity: Severity,
    /// Local time from which it is shown.
    pub valid_from: NaiveDateTime,
    /// Local time until which it is shown.
    pub valid_until: NaiveDateTime,
    /// What it is about.
    pub scope: Scope,
    /// What it says.
    pub text: LocalizedText,
    /// Aspects that do not work meanwhile: where the notice applies they are not answered as usual.
    pub suspends: Vec<Facet>,
    /// What people can do instead of what is suspended.
    pub instead: Option<LocalizedText>,
}

/// How loud a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Something is different from usual.
    Warning,
    /// Something does not work at all.
    Critical,
}

impl Severity {
    /// Every severity, the quietest first.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Critical];

    /// The name in content files and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }

    /// Reads the name used in content files and JSON.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.as_str() == name)
    }
}

/// What a notice is about: an area, and in it some aspects or all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Where it applies.
    pub area: Area,
    /// The aspects it is about; empty: all of them.
    pub facets: Vec<Facet>,
}

/// Where a notice applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Area {
    /// Everywhere.
    Everything,
    /// At these services and offices.
    Named {
        /// Services.
        services: Vec<Slug>,
        /// Offices and with them the services they do.
        offices: Vec<Slug>,
    },
}

/// Where a notice stands in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeState {
    /// It is shown.
    InForce,
    /// It will be shown.
    Planned,
    /// It is not shown any more.
    Expired,
}

/// What a reply is about, as far as notices go by it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Subject<'a> {
    pub(crate) service: Option<&'a Slug>,
    pub(crate) offices: Vec<Slug>,
    /// Empty where no aspect was asked about.
    pub(crate) facets: Vec<Facet>,
}

impl Notice {
    /// Where it stands at this time.
    pub fn state_at(&self, now: &DateTime<Tz>) -> NoticeState {
        let local = now.naive_local();
        if local < self.valid_from {
            NoticeState::Planned
        } else if local <= self.valid_until {
            NoticeState::InForce
        } else {
            NoticeState::Expired
        }
    }

    /// Whether it is shown at this time.
    pub fn is_valid_at(&self, now: &DateTime<Tz>) -> bool {
        self.state_at(now) == NoticeState::InForce
    }

    /// Whether it is shown whatever is talked about.
    pub fn is_about_everything(&self) -> bool {
        self.scope.area == Area::Everything && self.scope.facets.is_empty()
    }

    /// Whether it concerns a reply about this. An overview stands for all aspects of its service.
    pub(crate) fn concerns(&self, subject: &Subject<'_>) -> bool {
        let facets = &self.scope.facets;
        let about_aspect =
            facets.is_empty() || subject.facets.iter().any(|facet| *facet == Facet::Overview || facets.contains(facet));
        about_aspect
            && match &self.scope.area {
                Area::Everything => true,
                Area::Named { services, offices } => {
                    subject.service.is_some_and(|slug| services.contains(slug))
                        || subject.offices.iter().any(|id| offices.contains(id))
                }
            }
    }

    /// Whether it keeps this aspect of the subject from being answered as usual.
    pub(crate) fn stops(&self, facet: Facet, subject: &Subject<'_>) -> bool {
        self.suspends.contains(&facet) && self.concerns(&Subject { facets: vec![facet], ..subject.clone() })
    }
}
