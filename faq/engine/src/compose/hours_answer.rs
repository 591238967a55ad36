//! The reply to a question about opening hours: of one office or several, of the door or of the telephone.

use chrono::{NaiveTime, TimeDelta};

use super::Composer;
use super::source::source_note;
use crate::dialogue::hours_topic;
use crate::facet::Facet;
use crate::hours::{AskedDay, DayHours, TimeQuestion};
use crate::language::LocalizedText;
use crate::office::Office;
use crate::reply::{Block, Choice, Reply};
use crate::slug::Slug;
use crate::understanding::hours_wishes::HoursWish;

impl Composer<'_> {
    pub(super) fn hours_answer(
        &self,
        reply: &mut Reply,
        offices: &[Slug],
        question: &TimeQuestion,
        wish: Option<HoursWish>,
    ) {
        reply.service = Some(hours_topic());
        reply.facet = Some(Facet::Hours);
        let offices: Vec<Slug> =
            offices.iter().filter(|id| !self.told_instead_at(reply, id, Facet::Hours)).cloned().collect();
        let named: Vec<&Office> =
            offices.iter().filter_map(|id| self.knowledge.catalogue.office(id.as_str())).collect();
        match named[..] {
            [] => return,
            [office] if wish == Some(HoursWish::Phone) => self.telephone_hours(reply, office, question),
            [office] => {
                reply.blocks.extend(self.hours(office, question));
                if wish == Some(HoursWish::Admission) && office.last_admission.is_none() && office.hours.is_known() {
                    reply.blocks.push(self.sentence("hours_last_admission_not_recorded"));
                }
            }
            _ if !named.iter().any(|office| office.hours.is_known()) => {
                named.iter().for_each(|office| reply.blocks.extend(self.hours(office, question)));
            }
            _ => {
                reply.blocks.extend(self.nearest(&named, reply.conversation.town.as_ref()));
                reply.blocks.extend(self.compared(&offices, question));
            }
        }
        if named.iter().any(|office| office.confirm) {
            reply.blocks.push(self.sentence("confirm"));
        }
        if let [office] = named[..] {
            if office.appointment_required && wish != Some(HoursWish::Phone) {
                reply.blocks.push(self.sentence("appointment_required"));
            }
            reply.source = office.sources.first().map(|source| source_note(source, &office.state));
        }
        if matches!(question.day, AskedDay::Week) {
            reply.suggestions.push(Choice::plain(self.phrasebook.say("suggest_open_now", &[])));
            reply.suggestions.push(Choice::plain(self.phrasebook.say("suggest_open_saturday", &[])));
        } else {
            reply.suggestions.push(Choice::plain(self.phrasebook.say("suggest_all_hours", &[])));
        }
        reply.suggestions.push(Choice::plain(self.phrasebook.facet_question(Facet::Appointment)));
    }

    /// The hours of the offices that do what was talked about, in a few words: on a day, not in general.
    pub(super) fn hours_beside(&self, reply: &mut Reply, offices: &[Slug], question: &TimeQuestion) {
        if matches!(question.day, AskedDay::Week) {
            return;
        }
        let is_prose = |block: &Block| matches!(block, Block::Text(_));
        let known = offices
            .iter()
            .any(|id| self.knowledge.catalogue.office(id.as_str()).is_some_and(|office| office.hours.is_known()));
        if known {
            reply.blocks.extend(self.compared(offices, question).into_iter().filter(is_prose));
        }
    }

    /// The week plan of the telephone, where it has one of its own and a line is on.
    pub(super) fn telephone_plan(&self, office: &Office) -> Option<Block> {
        office.phones_on(self.now.date_naive()).next().filter(|_| office.phone_hours.is_known())?;
        let by_phone = self.by_phone(office);
        self.week_plan(&by_phone, self.words(&by_phone.name)).map(|(plan, _)| Block::Hours(plan))
    }

    /// An office as it is on the telephone.
    fn by_phone(&self, office: &Office) -> Office {
        let name = self.phrasebook.say("hours_by_phone", &[("office", self.words(&office.name))]);
        Office {
            name: LocalizedText::german_only(name),
            hours: office.telephone_hours(),
            last_admission: None,
            ..office.clone()
        }
    }

    /// When somebody answers the telephone; the hours of the door where nothing else is recorded, and said so.
    fn telephone_hours(&self, reply: &mut Reply, office: &Office, question: &TimeQuestion) {
        let is_silent = office.phones_on(self.now.date_naive()).next().is_none();
        if !is_silent && !office.phone_hours.is_known() && office.hours.is_known() {
            reply.blocks.push(self.sentence("phone_hours_not_recorded"));
        }
        if is_silent {
            // No line is on: whoever wants to call is told who else can be called.
            reply.blocks.extend(self.people_to_ask_after(&[office]));
            return;
        }
        let by_phone = self.by_phone(office);
        // Whoever cannot be told the hours is told whom to ask: the office itself, below.
        let is_contact = |block: &Block| matches!(block, Block::Contact(_));
        reply.blocks.extend(self.hours(&by_phone, question).into_iter().filter(|block| !is_contact(block)));
        reply.blocks.push(self.contact(office));
    }

    /// When nobody is let in any more, on a day with hours or in general.
    pub(super) fn last_admission(&self, office: &Office, day: Option<&DayHours>) -> Option<Block> {
        let minutes = office.last_admission?;
        let Some(day) = day else {
            return Some(self.say("hours_last_admission_week", &[("minutes", &minutes.to_string())]));
        };
        let before = |time: NaiveTime| time.overflowing_sub_signed(TimeDelta::minutes(minutes.into())).0;
        let last = day.periods.iter().map(|period| before(period.closes()).max(period.opens()));
        let last: Vec<NaiveTime> = last.collect();
        let closing = last.last()?;
        let times: Vec<String> = last.iter().map(|time| time.format("%H:%M").to_string()).collect();
        let times = times.join(&self.phrasebook.say("list_and", &[]));
        let times = self.phrasebook.say("hours_span", &[("spans", &times)]);
        let is_over = day.date == self.now.date_naive() && *closing <= self.now.time();
        let key = if is_over { "hours_admission_over" } else { "hours_last_admission" };
        Some(self.say(key, &[("minutes", &minutes.to_string()), ("times", &times)]))
    }
}
