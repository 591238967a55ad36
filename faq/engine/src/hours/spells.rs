//! Exceptions in a row: what an editor enters as "closed from the 28th to the 31st" is one spell, not four days.

use chrono::NaiveDate;

use super::schedule::OpeningHours;
use super::week::Period;
use crate::language::LocalizedText;

/// Neighbouring dates with the same special hours for the same reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spell<'h> {
    /// Its first date.
    pub first: NaiveDate,
    /// Its last date, inclusive.
    pub last: NaiveDate,
    /// What holds on each of its days; empty means closed.
    pub periods: &'h [Period],
    /// Why.
    pub reason: Option<&'h LocalizedText>,
}

impl OpeningHours {
    /// Every exception in the order of time, those in a row together.
    pub fn spells(&self) -> Vec<Spell<'_>> {
        let mut spells: Vec<Spell<'_>> = Vec::new();
        for exception in self.exceptions() {
            let (periods, reason) = (exception.periods.as_slice(), exception.reason.as_ref());
            match spells.last_mut() {
                Some(spell)
                    if spell.last.succ_opt() == Some(exception.date)
                        && (spell.periods, spell.reason) == (periods, reason) =>
                {
                    spell.last = exception.date;
                }
                _ => spells.push(Spell { first: exception.date, last: exception.date, periods, reason }),
            }
        }
        spells
    }
}
