//! Something is switched off for a while: a telephone line, a counter, a mailbox.

use chrono::NaiveDate;

use crate::language::LocalizedText;

/// A switch turned off, from now until a day or until it is turned on again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outage {
    /// The last day, inclusive; `None`: until further notice.
    pub until: Option<NaiveDate>,
    /// Why.
    pub reason: Option<LocalizedText>,
}

impl Outage {
    /// Whether it lasts on this day. It has no first day: it counts from the moment it is entered.
    pub fn covers(&self, date: NaiveDate) -> bool {
        self.until.is_none_or(|until| date <= until)
    }
}
