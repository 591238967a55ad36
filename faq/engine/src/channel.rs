//! Ways to reach an office, and when each of them works next.
//!
//! Every way can be switched off. What is off is never named: an office without a telephone line this week has none this
//! week, whatever else is recorded about it.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;

use crate::hours::OpeningHours;
use crate::office::{Address, Office, Phone};

/// One way to reach an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel<'o> {
    /// A telephone number.
    Phone(&'o Phone),
    /// The door.
    Counter(&'o Address),
    /// A mail address.
    Mail(&'o str),
    /// The web page with its form.
    Website(&'o str),
}

/// When a way works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reachability {
    /// At this moment, and until then.
    Now(DateTime<Tz>),
    /// Not at this moment, but from then on.
    From(DateTime<Tz>),
    /// Writing is possible at any time; the answer comes later.
    Always,
    /// Nothing is recorded about when.
    NotRecorded,
}

impl Office {
    /// Telephone numbers that are not switched off on this day.
    pub fn phones_on(&self, date: NaiveDate) -> impl Iterator<Item = &Phone> {
        self.phones.iter().filter(move |phone| phone.off.as_ref().is_none_or(|off| !off.covers(date)))
    }

    /// The address, unless the counter is switched off on this day.
    pub fn counter_on(&self, date: NaiveDate) -> Option<&Address> {
        self.address.as_ref().filter(|_| self.hours.outage().is_none_or(|off| !off.covers(date)))
    }

    /// The mail address, unless it is switched off on this day.
    pub fn email_on(&self, date: NaiveDate) -> Option<&str> {
        self.email.as_deref().filter(|_| self.email_off.as_ref().is_none_or(|off| !off.covers(date)))
    }

    /// The web page, unless it is switched off on this day.
    pub fn website_on(&self, date: NaiveDate) -> Option<&str> {
        self.website.as_deref().filter(|_| self.website_off.as_ref().is_none_or(|off| !off.covers(date)))
    }

    /// When somebody answers the telephone: the hours of the telephone, or those of the door where none are recorded.
    /// A counter that is switched off silences no telephone.
    pub fn telephone_hours(&self) -> OpeningHours {
        let recorded = if self.phone_hours.is_known() { &self.phone_hours } else { &self.hours };
        recorded.clone().with_outage(None)
    }

    /// Every way that is not switched off, with when it works next. An office that wants an appointment first is not
    /// reached at its door, and one that is closed for good as far as anybody sees not at all.
    pub fn channels(&self, now: &DateTime<Tz>) -> Vec<(Channel<'_>, Reachability)> {
        let today = now.date_naive();
        let mut channels = Vec::new();
        if let Some(available) = reachability(&self.telephone_hours(), now) {
            channels.extend(self.phones_on(today).map(|phone| (Channel::Phone(phone), available)));
        }
        if let Some(address) = self.counter_on(today).filter(|_| !self.appointment_required)
            && let Some(available) = reachability(&self.hours, now)
        {
            channels.push((Channel::Counter(address), available));
        }
        channels.extend(self.email_on(today).map(|mail| (Channel::Mail(mail), Reachability::Always)));
        channels.extend(self.website_on(today).map(|page| (Channel::Website(page), Reachability::Always)));
        channels
    }
}

fn reachability(hours: &OpeningHours, now: &DateTime<Tz>) -> Option<Reachability> {
    if !hours.is_known() {
        return Some(Reachability::NotRecorded);
    }
    let open = hours.closes_at(now).map(Reachability::Now);
    open.or_else(|| hours.next_opening(now).map(Reachability::From))
}
