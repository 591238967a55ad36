//! Notices: what stands before the normal answer for a while.

use chrono::{DateTime, NaiveDateTime};
use chrono_tz::Tz;

use crate::language::LocalizedText;
use crate::slug::Slug;

/// Something that matters for a while, such as a closed office. It expires by itself.
#[derive(Debug, Clone)]
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
    /// The name in content files and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}

/// What a notice is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Everything: crisis mode.
    Everything,
    /// These services and offices.
    Named {
        /// Services.
        services: Vec<Slug>,
        /// Offices and with them the services they do.
        offices: Vec<Slug>,
    },
}

impl Notice {
    /// Whether it is shown at this time.
    pub fn is_valid_at(&self, now: &DateTime<Tz>) -> bool {
        let local = now.naive_local();
        self.valid_from <= local && local <= self.valid_until
    }

    /// Whether it concerns a reply about this service or these offices.
    pub fn concerns(&self, service: Option<&Slug>, offices: &[Slug]) -> bool {
        match &self.scope {
            Scope::Everything => true,
            Scope::Named { services, offices: named } => {
                service.is_some_and(|slug| services.contains(slug)) || offices.iter().any(|id| named.contains(id))
            }
        }
    }
}
