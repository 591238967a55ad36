//! A question cut into pieces, with the day it was asked on. The grammar in `days`, `dates` and `clock` reads from it.

use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use super::lexicon::pieces;
use super::senses::{Piece, Sense};
use crate::hours::resolve;

/// A date with its year that lies further away is a birthday or an expiry date, not a day to visit.
const LONG_AGO: i64 = 60;
const FAR_AHEAD: i64 = 800;

pub(super) struct Reader {
    pieces: Vec<Piece>,
    pub(super) now: DateTime<Tz>,
    pub(super) today: NaiveDate,
    /// The dates that can be meant where a year is given.
    near: RangeInclusive<NaiveDate>,
}

impl Reader {
    pub(super) fn new(text: &str, now: &DateTime<Tz>) -> Self {
        let today = now.date_naive();
        Self { pieces: pieces(text), now: *now, today, near: plus(today, -LONG_AGO)..=plus(today, FAR_AHEAD) }
    }

    /// For asking whether a text names any day, where it does not matter which: no date of our times is far away.
    pub(super) fn at_any_time(text: &str) -> Self {
        let a_day = |year| NaiveDate::from_ymd_opt(year, 6, 1).unwrap_or_default();
        let now = resolve(Tz::UTC, a_day(2026).and_time(NaiveTime::MIN));
        Self { near: a_day(2020)..=a_day(2099), ..Self::new(text, &now) }
    }

    /// Whether somebody may want to come on this date.
    pub(super) fn is_near(&self, date: NaiveDate) -> bool {
        self.near.contains(&date)
    }

    pub(super) fn len(&self) -> usize {
        self.pieces.len()
    }

    /// The sense of a piece; past the end there is none.
    pub(super) fn sense(&self, at: usize) -> Sense {
        self.pieces.get(at).map_or(Sense::None, |piece| piece.sense)
    }

    /// The sense of the piece before.
    pub(super) fn before(&self, at: usize) -> Sense {
        at.checked_sub(1).map_or(Sense::None, |before| self.sense(before))
    }

    pub(super) fn text(&self, at: usize) -> &str {
        self.pieces.get(at).map_or("", |piece| &piece.text)
    }

    /// Where a piece begins in the text, in bytes; the end of the text where there is no such piece.
    pub(super) fn start_of(&self, at: usize, length: usize) -> usize {
        self.pieces.get(at).map_or(length, |piece| piece.start)
    }

    /// Whether the piece follows the one before without a space.
    pub(super) fn glued(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.glued)
    }

    /// Whether the text or the clause ends before this piece.
    pub(super) fn ends_at(&self, at: usize) -> bool {
        at >= self.len() || matches!(self.sense(at), Sense::Mark('?' | '!' | '.' | ',' | ';' | ':' | ')' | '…'))
    }

    pub(super) fn senses(&self) -> impl Iterator<Item = Sense> {
        self.pieces.iter().map(|piece| piece.sense)
    }

    /// The first piece from `at` on that is not one of these.
    pub(super) fn skip(&self, mut at: usize, skipped: impl Fn(Sense) -> bool) -> usize {
        while at < self.len() && skipped(self.sense(at)) {
            at += 1;
        }
        at
    }

    /// Past an optional full stop.
    pub(super) fn skip_stop(&self, at: usize) -> usize {
        if self.sense(at) == Sense::Mark('.') { at + 1 } else { at }
    }

    /// A number that counts something: "3", "drei", "einer".
    pub(super) fn count(&self, at: usize) -> Option<(i64, usize)> {
        const MOST: u32 = 400;
        match self.sense(at) {
            Sense::Number(number) | Sense::Spelled(number) if number <= MOST => Some((i64::from(number), at + 1)),
            Sense::One => Some((1, at + 1)),
            _ => None,
        }
    }
}

/// A date some days later or earlier; at the ends of the calendar the date itself.
pub(super) fn plus(date: NaiveDate, days: i64) -> NaiveDate {
    date.checked_add_signed(TimeDelta::days(days)).unwrap_or(date)
}
