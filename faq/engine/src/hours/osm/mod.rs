//! Opening hours in the notation of OpenStreetMap (`opening_hours`): `Mo-Fr 08:00-12:00; PH off; Dec 24 off`.
//!
//! Maps, other programs and editors know this notation, so it is written and read here; it is not the form in which
//! hours are kept (ARCHITECTURE, decision 14). `write` puts any hours into it. `read` takes what our hours can hold and
//! names the rule it cannot carry, never guessing. In the notation a later rule wins over an earlier one for its days,
//! so what is special is written last, and read only there.
//!
//! - `words`: names of days and months
//! - `write`: from hours to the notation
//! - `scan`: the notation cut into tokens
//! - `rules`, `dates`: tokens put together to rules
//! - `read`: rules applied one after the other

mod dates;
mod read;
mod rules;
mod scan;
mod words;
mod write;

use super::schedule::InvalidHours;

/// Why a text in the notation does not become hours.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum OsmFault {
    /// There is no rule in it.
    #[error("there is no rule; write for example `Mo-Fr 08:00-12:00; PH off`")]
    Empty,
    /// Something is not of the notation.
    #[error("`{found}` is not understood; {expected}")]
    Form {
        /// What stands there.
        found: String,
        /// What would be right.
        expected: &'static str,
    },
    /// It is of the notation, but our hours have no room for it.
    #[error("the rule `{rule}` cannot be carried: {why}")]
    NotCarried {
        /// The rule as written.
        rule: String,
        /// What stands against it, and what to do.
        why: &'static str,
    },
    /// The rules contradict one another.
    #[error("the rules do not go together: {0}")]
    Contradiction(#[from] InvalidHours),
}

#[cfg(test)]
mod tests;
