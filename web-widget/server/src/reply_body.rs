//! A reply as JSON: the public contract of the API, of `auskunft ask --json` and of whatever is written against them.
//!
//! Fields are only ever added. Everything a reader needs is in words already (`date_label`, `text`), so that a client
//! has to know neither German nor time zones.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat};
use chrono_tz::Tz;
use faq_engine::compose::plain::plain_text;
use faq_engine::conversation::Conversation;
use faq_engine::facet::Facet;
use faq_engine::hours::{Period, clock_text};
use faq_engine::language::LanguageTag;
use faq_engine::office::Phone;
use faq_engine::phrasebook::Phrasebook;
use faq_engine::reply::{
    AppointmentBlock, Block, Checklist, ChecklistItem, Choice, ContactBlock, HoursBlock, HoursOfDay, Passage, Places,
    Reply, SourceNote, WeekRow,
};
use faq_engine::slug::Slug;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer_id::AnswerId;

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReplyBody {
    /// `answer`, `clarify` (asks back), `unknown` (does not know, or somebody else's matter), `chitchat`, `handoff`
    /// (to a person) or `emergency`.
    #[schema(example = "answer")]
    pub kind: &'static str,
    /// Language of everything that does not say otherwise.
    #[schema(example = "de")]
    pub lang: String,
    /// The service it is about.
    #[schema(example = "kfz-umschreibung")]
    pub service: Option<String>,
    /// The aspect it is about.
    #[schema(example = "documents")]
    pub facet: Option<&'static str>,
    /// The free question it is about.
    pub entry: Option<String>,
    /// How sure the desk is, 0 to 1.
    #[schema(minimum = 0, maximum = 1)]
    pub confidence: f32,
    /// Services considered, best first; for `clarify` those offered, in the order shown.
    pub candidates: Vec<String>,
    /// The content, in the order to show it.
    pub blocks: Vec<BlockBody>,
    /// The whole reply as plain text, for clients that cannot show blocks.
    pub text: String,
    /// What the answer rests on.
    pub source: Option<SourceBody>,
    /// Questions people ask next.
    pub suggestions: Vec<ChoiceBody>,
    /// To be handed in with the next question; opaque.
    pub conversation: Option<String>,
    /// To be handed in with a rating; opaque.
    pub answer_id: String,
}

/// What an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SourceBody {
    /// Who says it, where.
    pub title: String,
    /// State of the source itself, in words.
    pub as_of: Option<String>,
    /// Revision of the text.
    pub revision: u64,
    /// Day of the last check against the source.
    #[schema(format = Date, example = "2026-11-22")]
    pub checked_on: String,
    /// Address.
    pub url: Option<String>,
}

/// A piece of a reply. `lang` is set where its text is not in the reply's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum BlockBody {
    /// Prose.
    Text {
        /// Paragraphs, `- ` and `1. ` lists, `**bold**`, `[label](https://…)`.
        text: String,
        /// Language of the text.
        lang: Option<String>,
    },
    /// Things to bring.
    Checklist {
        /// What the list is for, where it stands without its reply, as on paper; the reply's first text says it too.
        title: Option<String>,
        /// Those for everybody first.
        items: Vec<ChecklistItemBody>,
        /// Language of the items.
        lang: Option<String>,
        /// Where they are to be taken, if an office of ours is responsible.
        places: Option<PlacesBody>,
    },
    /// Opening hours of one day or, without `date`, of the week.
    Hours {
        /// The office.
        office: String,
        /// Its name.
        office_name: String,
        /// The day.
        #[schema(format = Date)]
        date: Option<String>,
        /// The day in words.
        date_label: Option<String>,
        /// State at the asked time, or on that day where no time was asked.
        open: Option<bool>,
        /// First opening of the day.
        opens: Option<String>,
        /// Last closing of the day.
        closes: Option<String>,
        /// When it is open on the day.
        periods: Vec<PeriodBody>,
        /// Why it is closed or different.
        reason: Option<String>,
        /// Start of the next opening.
        #[schema(format = DateTime)]
        next_opening: Option<String>,
        /// The same in words.
        next_opening_label: Option<String>,
        /// The week, days with equal hours together.
        week: Vec<WeekRowBody>,
        /// Days in the near future, today among them, on which the week plan does not hold.
        exceptions: Vec<ExceptionBody>,
        /// The office's time zone.
        #[schema(example = "Europe/Berlin")]
        time_zone: String,
    },
    /// How to get an appointment.
    Appointment {
        /// The service.
        service: Option<String>,
        /// The office.
        office: Option<String>,
        /// Its name.
        office_name: Option<String>,
        /// Text of the button or headline.
        label: String,
        /// Where to book, if it can be booked online.
        url: Option<String>,
        /// How it is done instead, or what to know; markup as in a text.
        note: Option<String>,
        /// Language of the note.
        note_lang: Option<String>,
        /// The first free times at this office; empty: none, or none known.
        #[schema(example = json!(["2026-11-30T08:20:00+01:00"]))]
        slots: Vec<String>,
        /// When they were free; somebody else may have taken one since.
        as_of: Option<String>,
    },
    /// How to reach people.
    Contact {
        /// The office, if it is one of ours.
        office: Option<String>,
        /// Who.
        name: String,
        /// Where, on one line.
        address: Option<String>,
        /// The address on a map.
        map: Option<String>,
        /// Telephone numbers, the most useful first.
        phones: Vec<PhoneBody>,
        /// Mail address.
        email: Option<String>,
        /// Web page.
        website: Option<String>,
        /// What else to know; markup as in a text.
        note: Option<String>,
        /// Language of the note.
        note_lang: Option<String>,
    },
    /// Alternatives to choose from.
    Choices {
        /// The question.
        prompt: String,
        /// Two or more.
        choices: Vec<ChoiceBody>,
    },
    /// Something that matters for a while; stands first.
    Notice {
        /// `info`, `warning` or `critical`.
        severity: &'static str,
        /// What it says; markup as in a text.
        text: String,
        /// When it ends.
        #[schema(format = DateTime)]
        valid_until: Option<String>,
        /// Language of the text.
        lang: Option<String>,
    },
    /// A link.
    Link {
        /// What it leads to.
        label: String,
        /// Where it leads.
        url: String,
    },
}

/// Where a list is to be taken. A screen may fold it; on paper it belongs to the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlacesBody {
    /// What it says.
    pub label: String,
    /// Contacts and hours of the offices, and remarks on them.
    #[schema(no_recursion)]
    pub blocks: Vec<BlockBody>,
    /// The same as plain text, the label included.
    pub text: String,
}

/// One thing to bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChecklistItemBody {
    /// What it is.
    pub text: String,
    /// The case in which it is needed; items with the same case belong together under it. `null`: always.
    pub when: Option<String>,
    /// What to look out for.
    pub note: Option<String>,
    /// Why the office wants it.
    pub why: Option<String>,
}

/// From opening to closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PeriodBody {
    /// `08:00`
    #[schema(example = "08:00")]
    pub opens: String,
    /// `17:00`; `24:00` is the end of the day.
    #[schema(example = "17:00")]
    pub closes: String,
}

/// Days of the week with equal hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WeekRowBody {
    /// The days in words.
    pub days: String,
    /// The days, Monday being 1; empty where the plan does not tell whether it is open today.
    pub weekdays: Vec<u32>,
    /// When it is open; empty: closed.
    pub periods: Vec<PeriodBody>,
}

/// A day on which the week plan does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExceptionBody {
    /// The day.
    #[schema(format = Date)]
    pub date: String,
    /// The day in words.
    pub date_label: String,
    /// When it is open; empty: closed.
    pub periods: Vec<PeriodBody>,
    /// Why.
    pub reason: Option<String>,
}

/// A telephone number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PhoneBody {
    /// Whose number it is.
    pub label: Option<String>,
    /// Language of the label.
    pub label_lang: Option<String>,
    /// The number as people write it.
    #[schema(example = "02921 30-2222")]
    pub number: String,
    /// The number to dial.
    #[schema(example = "tel:+492921302222")]
    pub uri: String,
}

/// A button: what it says and what it sends as the next question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChoiceBody {
    /// What it says.
    pub label: String,
    /// What it sends.
    pub send: String,
}

impl ReplyBody {
    /// The reply as JSON shows it.
    pub fn new(reply: &Reply, phrasebook: &Phrasebook, answer_id: &AnswerId) -> Self {
        let started = reply.conversation != Conversation::default();
        Self {
            kind: reply.kind.as_str(),
            lang: reply.language.to_string(),
            service: reply.service.as_ref().map(Slug::to_string),
            facet: reply.facet.map(Facet::as_str),
            entry: reply.entry.as_ref().map(Slug::to_string),
            confidence: rounded(reply.confidence),
            candidates: reply.candidates.iter().map(Slug::to_string).collect(),
            blocks: blocks(&reply.blocks, &reply.language),
            text: plain_text(reply, phrasebook),
            source: reply.source.as_ref().map(SourceBody::new),
            suggestions: reply.suggestions.iter().map(ChoiceBody::new).collect(),
            conversation: started.then(|| reply.conversation.to_token()),
            answer_id: answer_id.to_string(),
        }
    }
}

impl BlockBody {
    fn new(block: &Block, surroundings: &LanguageTag) -> Self {
        match block {
            Block::Text(passage) => {
                Self::Text { text: passage.text.clone(), lang: differing(&passage.language, surroundings) }
            }
            Block::Checklist(checklist) => Self::checklist(checklist, surroundings),
            Block::Hours(hours) => Self::hours(hours),
            Block::Appointment(appointment) => Self::appointment(appointment, surroundings),
            Block::Contact(contact) => Self::contact(contact, surroundings),
            Block::Choices { prompt, choices } => {
                Self::Choices { prompt: prompt.clone(), choices: choices.iter().map(ChoiceBody::new).collect() }
            }
            Block::Notice { severity, passage, valid_until } => Self::Notice {
                severity: severity.as_str(),
                text: passage.text.clone(),
                valid_until: Some(moment(valid_until)),
                lang: differing(&passage.language, surroundings),
            },
            Block::Link { label, url } => Self::Link { label: label.clone(), url: url.clone() },
        }
    }

    fn checklist(checklist: &Checklist, surroundings: &LanguageTag) -> Self {
        let places = |places: &Places| PlacesBody {
            label: places.label.clone(),
            blocks: blocks(&places.blocks, surroundings),
            text: places.text.clone(),
        };
        Self::Checklist {
            title: Some(checklist.title.clone()).filter(|title| !title.is_empty()),
            items: checklist.items.iter().map(ChecklistItemBody::new).collect(),
            lang: differing(&checklist.language, surroundings),
            places: checklist.places.as_ref().map(places),
        }
    }

    fn hours(hours: &HoursBlock) -> Self {
        let day = hours.day.as_ref();
        let periods = day.map(|day| day.periods.as_slice()).unwrap_or_default();
        Self::Hours {
            office: hours.office.to_string(),
            office_name: hours.office_name.clone(),
            date: day.map(|day| date(day.date)),
            date_label: day.map(|day| day.label.clone()),
            open: day.map(|day: &HoursOfDay| day.open),
            opens: periods.first().map(|period| time(period.opens())),
            closes: periods.last().map(|period| clock_text(period.closes())),
            periods: periods.iter().map(PeriodBody::new).collect(),
            reason: day.and_then(|day| day.reason.clone()),
            next_opening: hours.next_opening.as_ref().map(moment),
            next_opening_label: hours.next_opening_label.clone(),
            week: hours.week.iter().map(WeekRowBody::new).collect(),
            exceptions: hours.exceptions.iter().map(ExceptionBody::new).collect(),
            time_zone: hours.time_zone.name().to_owned(),
        }
    }

    fn appointment(appointment: &AppointmentBlock, surroundings: &LanguageTag) -> Self {
        let (note, note_lang) = passage(appointment.note.as_ref(), surroundings);
        Self::Appointment {
            service: appointment.service.as_ref().map(Slug::to_string),
            office: appointment.office.as_ref().map(Slug::to_string),
            office_name: appointment.office_name.clone(),
            label: appointment.label.clone(),
            url: appointment.url.clone(),
            note,
            note_lang,
            slots: appointment.free.iter().map(moment).collect(),
            as_of: appointment.as_of.as_ref().map(moment),
        }
    }

    fn contact(contact: &ContactBlock, surroundings: &LanguageTag) -> Self {
        let (note, note_lang) = passage(contact.note.as_ref(), surroundings);
        Self::Contact {
            office: contact.office.as_ref().map(Slug::to_string),
            name: contact.name.clone(),
            address: contact.address.clone(),
            map: contact.map.clone(),
            phones: contact
                .phones
                .iter()
                .map(|(label, phone)| PhoneBody::new(label.as_ref(), phone, surroundings))
                .collect(),
            email: contact.email.clone(),
            website: contact.website.clone(),
            note,
            note_lang,
        }
    }
}

impl ChecklistItemBody {
    fn new(item: &ChecklistItem) -> Self {
        Self { text: item.text.clone(), when: item.when.clone(), note: item.note.clone(), why: item.why.clone() }
    }
}

impl PeriodBody {
    pub(crate) fn new(period: &Period) -> Self {
        Self { opens: time(period.opens()), closes: clock_text(period.closes()) }
    }
}

impl WeekRowBody {
    fn new(row: &WeekRow) -> Self {
        let periods = row.periods.iter().map(PeriodBody::new).collect();
        Self { days: row.days.clone(), weekdays: row.weekdays.clone(), periods }
    }
}

impl ExceptionBody {
    fn new(day: &HoursOfDay) -> Self {
        Self {
            date: date(day.date),
            date_label: day.label.clone(),
            periods: day.periods.iter().map(PeriodBody::new).collect(),
            reason: day.reason.clone(),
        }
    }
}

impl PhoneBody {
    fn new(label: Option<&Passage>, phone: &Phone, surroundings: &LanguageTag) -> Self {
        let (label, label_lang) = passage(label, surroundings);
        Self { label, label_lang, number: phone.number().to_owned(), uri: phone.uri() }
    }
}

impl ChoiceBody {
    pub(crate) fn new(choice: &Choice) -> Self {
        Self { label: choice.label.clone(), send: choice.send.clone() }
    }
}

impl SourceBody {
    fn new(source: &SourceNote) -> Self {
        Self {
            title: source.title.clone(),
            as_of: source.as_of.clone(),
            revision: source.revision,
            checked_on: date(source.checked_on),
            url: source.url.clone(),
        }
    }
}

fn blocks(blocks: &[Block], surroundings: &LanguageTag) -> Vec<BlockBody> {
    blocks.iter().map(|block| BlockBody::new(block, surroundings)).collect()
}

/// The language of a text, where a reader has to be told.
fn differing(language: &LanguageTag, surroundings: &LanguageTag) -> Option<String> {
    (language != surroundings).then(|| language.to_string())
}

fn passage(passage: Option<&Passage>, surroundings: &LanguageTag) -> (Option<String>, Option<String>) {
    let text = passage.map(|passage| passage.text.clone());
    (text, passage.and_then(|passage| differing(&passage.language, surroundings)))
}

/// JSON knows no infinity, and nobody reads a third digit.
fn rounded(confidence: f32) -> f32 {
    if confidence.is_finite() { (confidence.clamp(0.0, 1.0) * 100.0).round() / 100.0 } else { 0.0 }
}

pub(crate) fn date(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

fn time(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// A moment in the office's time zone, to the second.
pub(crate) fn moment(moment: &DateTime<Tz>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn every_kind_of_block_as_json() {
        let reply = testing::reply_with_every_block();
        let body = ReplyBody::new(&reply, &testing::phrasebook("en"), &AnswerId::new(&reply, 7));
        insta::assert_json_snapshot!(body);
    }

    #[test]
    fn a_conversation_that_holds_nothing_is_null() {
        let mut reply = testing::reply_with_every_block();
        reply.conversation = Conversation::default();
        let body = ReplyBody::new(&reply, &testing::phrasebook("en"), &AnswerId::new(&reply, 7));
        assert_eq!(body.conversation, None);
    }

    #[test]
    fn confidence_is_always_a_number_from_0_to_1() {
        assert_eq!([0.934, -1.0, 7.0, f32::NAN].map(rounded), [0.93, 0.0, 1.0, 0.0]);
    }
}
