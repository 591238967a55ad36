//! Several offices at one time: which of them are open, and when the others open next.

use chrono::DateTime;
use chrono_tz::Tz;

use super::Composer;
use crate::hours::{AskedDay, AskedTime, DayHours, TimeQuestion};
use crate::office::Office;
use crate::reply::{Block, HoursBlock};
use crate::slug::Slug;

/// Hours shown as a block each, beside the list that names them all.
const MOST_BLOCKS: usize = 3;

/// An office on the day that counts for it.
struct Then<'k> {
    office: &'k Office,
    day: DayHours,
    open: bool,
    /// The next opening where it is closed then.
    next: Option<DateTime<Tz>>,
}

impl Composer<'_> {
    /// Offices open at the asked time in their order, else the next opening of each, the earliest first.
    pub(super) fn compared(&self, offices: &[Slug], question: &TimeQuestion) -> Vec<Block> {
        let offices = offices.iter().filter_map(|id| self.knowledge.catalogue.office(id.as_str()));
        let known: Vec<&Office> = offices.filter(|office| office.hours.is_known()).collect();
        let today = self.now.date_naive();
        let question = match (question.day, question.time) {
            (AskedDay::Week, Some(time)) if time != AskedTime::Now => {
                let plans = known.iter().filter_map(|office| Some((office, office.hours.week_of(today)?)));
                return plans.map(|(office, plan)| self.weekdays_open_then(office, plan, time)).collect();
            }
            (AskedDay::Week, _) => {
                &TimeQuestion { day: AskedDay::Date(today), time: Some(AskedTime::Now), explicit: true }
            }
            _ => question,
        };
        let (open, mut closed): (Vec<Then<'_>>, Vec<Then<'_>>) =
            known.into_iter().filter_map(|office| self.then(office, question)).partition(|then| then.open);
        closed.sort_by_key(|then| (then.next.is_none(), then.next));
        let when = self.when(question);
        let list = |group: &[Then<'_>]| {
            group.iter().map(|then| self.office_then(then, question)).collect::<Vec<_>>().join("\n")
        };
        let say = |key, group: &[Then<'_>]| self.say(key, &[("when", when.as_str()), ("offices", &list(group))]);
        let mut blocks = Vec::new();
        if open.is_empty() {
            blocks.push(say("compare_none", &closed));
        } else {
            blocks.push(say("compare_open", &open));
            if !closed.is_empty() {
                blocks.push(say("compare_closed", &closed));
            }
        }
        // Where all are closed, the one that opens first says the most.
        let shown = if open.is_empty() { closed.iter().take(1) } else { open.iter().take(MOST_BLOCKS) };
        blocks.extend(shown.map(|then| self.block(then)));
        blocks
    }

    /// Which office is nearest to the citizen's town, where that is on record and there is a choice.
    pub(super) fn nearest(&self, offices: &[&Office], town: Option<&Slug>) -> Option<Block> {
        let town = self.knowledge.catalogue.town(town?.as_str())?;
        let nearest = town.nearest_offices.iter().find_map(|id| offices.iter().find(|office| office.id == *id))?;
        let values = [("town", town.name.as_str()), ("office", self.words(&nearest.name))];
        (offices.len() > 1).then(|| self.say("nearest_office", &values))
    }

    fn then<'k>(&self, office: &'k Office, question: &TimeQuestion) -> Option<Then<'k>> {
        let days: Vec<DayHours> = match question.day {
            AskedDay::Range(first, last) => {
                first.iter_days().take_while(|date| *date <= last).take(31).map(|date| office.hours.on(date)).collect()
            }
            _ => vec![office.hours.asked_day(question)?],
        };
        let is_open = |day: &&DayHours| office.hours.open_at_asked_time(day, question, self.now);
        let day = days.iter().find(is_open).or(days.first())?.clone();
        let open = is_open(&&day);
        let next = self.next_opening(office, &day, question, open);
        Some(Then { office, day, open, next })
    }

    /// The asked time as it was understood.
    fn when(&self, question: &TimeQuestion) -> String {
        let day = match question.day {
            AskedDay::Date(date) | AskedDay::Past(date) => self.phrasebook.date(date),
            AskedDay::Range(first, last) => format!("{} – {}", self.phrasebook.date(first), self.phrasebook.date(last)),
            AskedDay::Week => String::new(),
        };
        let now = AskedTime::At(self.now.time());
        let time = question.time.map(|time| if time == AskedTime::Now { now } else { time });
        match time.and_then(|time| self.asked_time(time)) {
            Some(time) => format!("{day}, {time}"),
            None => day,
        }
    }

    fn office_then(&self, then: &Then<'_>, question: &TimeQuestion) -> String {
        let office = then.office;
        let mut line = format!("- **{}**", self.words(&office.name));
        if let Some(address) = office.counter_on(self.now.date_naive()).filter(|_| then.open) {
            line.push_str(&format!(" ({})", address.on_one_line()));
        }
        let day = match question.day {
            // The heading names a single day.
            AskedDay::Date(_) | AskedDay::Past(_) => self.hours_in_a_list(&then.day),
            AskedDay::Range(..) | AskedDay::Week => self.day_in_a_list(&then.day),
        };
        line.push_str(&format!(": {day}"));
        let label = office.hours.version_on(then.day.date).and_then(|version| version.label.as_ref());
        if let Some(label) = label.filter(|_| !then.day.is_closed()) {
            line.push_str(&format!(" · {}", self.words(label)));
        }
        if let Some(next) = &then.next {
            let next = self.phrasebook.date_and_time(next);
            line.push_str(&format!(" · {}", self.phrasebook.say("hours_next_opening", &[("next", &next)])));
        }
        if then.open && office.appointment_required {
            line.push_str(&format!(" · {}", self.phrasebook.say("appointment_required", &[])));
        }
        line
    }

    fn block(&self, then: &Then<'_>) -> Block {
        Block::Hours(HoursBlock {
            office: then.office.id.clone(),
            office_name: self.words(&then.office.name).to_owned(),
            day: Some(self.hours_of_day(&then.day, then.open)),
            week: Vec::new(),
            exceptions: Vec::new(),
            time_zone: self.now.timezone(),
            next_opening_label: then.next.as_ref().map(|at| self.phrasebook.date_and_time(at)),
            next_opening: then.next,
        })
    }
}
