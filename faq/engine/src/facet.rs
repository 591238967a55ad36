//! Aspects of a service.

use std::fmt;

/// Which aspect of a service a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// What it is and how to go about it.
    Overview,
    /// What to bring.
    Documents,
    /// Who may, from which age, under which conditions.
    Requirements,
    /// What it costs.
    Fee,
    /// How long it takes or how long the result is valid.
    Duration,
    /// By when.
    Deadline,
    /// Booking, moving or cancelling an appointment.
    Appointment,
    /// Whether and how it is done without a visit.
    Online,
    /// Where.
    Location,
    /// Telephone, mail, responsible people.
    Contact,
    /// Opening hours.
    Hours,
}

impl Facet {
    /// Every facet, in the order an answer page lists them.
    pub const ALL: [Self; 11] = [
        Self::Overview,
        Self::Documents,
        Self::Requirements,
        Self::Fee,
        Self::Duration,
        Self::Deadline,
        Self::Appointment,
        Self::Online,
        Self::Location,
        Self::Contact,
        Self::Hours,
    ];

    /// The name in content files and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Documents => "documents",
            Self::Requirements => "requirements",
            Self::Fee => "fee",
            Self::Duration => "duration",
            Self::Deadline => "deadline",
            Self::Appointment => "appointment",
            Self::Online => "online",
            Self::Location => "location",
            Self::Contact => "contact",
            Self::Hours => "hours",
        }
    }

    /// Reads the name used in content files and JSON.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.as_str() == name)
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
