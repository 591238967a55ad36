//! From a reply to messages: each block in Telegram's dress.
//!
//! Pure. Notices stand first, the source last, buttons under the last message. Why a document is wanted (`why`) is left
//! to the website, where it can be folded away; in a chat it would bury the list.

use faq_engine::compose::plain::{capitalised, exceptions, free_times, opening, source_text};
use faq_engine::notice::Severity;
use faq_engine::office::Phone;
use faq_engine::phrasebook::Phrasebook;
use faq_engine::reply::{
    AppointmentBlock, Block, Checklist, ChecklistItem, ContactBlock, HoursBlock, Places, Reply, ReplyKind,
};
use teloxide::types::InlineKeyboardMarkup;

use crate::html::{self, Paragraph, Style};
use crate::keyboard::{self, Row};
use crate::rating::{self, Thumb};

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OutgoingMessage {
    /// What it says, in Telegram's HTML.
    pub(crate) html: String,
    /// What can be tapped.
    pub(crate) keyboard: Option<InlineKeyboardMarkup>,
}

/// What the channel adds to a reply.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ChannelTouch<'a> {
    /// The website with a page for every service.
    pub(crate) website: Option<&'a str>,
    /// Whether an answer gets thumbs.
    pub(crate) may_be_rated: bool,
}

/// Dresses a reply; `words` speaks its language.
pub(crate) fn render(reply: &Reply, words: &Phrasebook, channel: ChannelTouch<'_>) -> Vec<OutgoingMessage> {
    let mut letter = Letter::default();
    let (notices, others): (Vec<&Block>, Vec<&Block>) =
        reply.blocks.iter().partition(|block| matches!(block, Block::Notice { .. }));
    for block in notices.into_iter().chain(others) {
        letter.add(block, reply, words);
    }
    if let Some(line) = source_text(reply, words) {
        let address = reply.source.as_ref().and_then(|source| source.url.as_deref());
        letter.add_line(Paragraph::linked(&line, Style::ITALIC, address));
    }
    letter.rows.extend(keyboard::suggestions(&reply.suggestions, reply.service.as_ref()));
    if reply.kind == ReplyKind::Answer {
        if let (Some(website), Some(service)) = (channel.website, &reply.service) {
            let page = format!("{}/leistungen/{service}?lang={}", website.trim_end_matches('/'), reply.language);
            letter.rows.extend(keyboard::link(&words.say("telegram_service_page", &[]), &page));
        }
        // While the desk asks something there is nothing to judge yet.
        if channel.may_be_rated && !matches!(reply.blocks.last(), Some(Block::Choices { .. })) {
            letter.rows.extend(rating::rows(&Thumb::unsaid(reply), words));
        }
    }
    letter.into_messages(words)
}

/// A sentence of the channel itself.
pub(crate) fn plain(markdown: &str, words: &Phrasebook) -> Vec<OutgoingMessage> {
    let letter = Letter { paragraphs: html::paragraphs(markdown, Style::PLAIN), rows: Vec::new() };
    letter.into_messages(words)
}

/// What a reply says and what can be tapped under it.
#[derive(Default)]
struct Letter {
    paragraphs: Vec<Paragraph>,
    rows: Vec<Row>,
}

impl Letter {
    fn add(&mut self, block: &Block, reply: &Reply, words: &Phrasebook) {
        match block {
            Block::Text(passage) => self.paragraphs.extend(html::paragraphs(&passage.text, Style::PLAIN)),
            Block::Checklist(checklist) => {
                self.add_checklist(checklist);
                if let Some(places) = &checklist.places {
                    self.add_places(places, words);
                }
            }
            Block::Hours(hours) => self.add_hours(hours, words),
            Block::Appointment(appointment) => self.add_appointment(appointment, words),
            Block::Contact(contact) => self.add_contact(contact),
            Block::Choices { prompt, choices } => {
                self.paragraphs.extend(html::paragraphs(prompt, Style::PLAIN));
                self.rows.extend(keyboard::choices(choices, &reply.conversation));
            }
            Block::Notice { severity, passage, .. } => {
                let sign = if *severity == Severity::Info { "ℹ️" } else { "⚠️" };
                self.paragraphs.extend(html::paragraphs(&format!("{sign} {}", passage.text.trim()), Style::BOLD));
            }
            Block::Link { label, url } => self.add_link(label, url),
        }
    }

    /// Without its title: the reply's first line has named the service.
    fn add_checklist(&mut self, checklist: &Checklist) {
        for (when, items) in by_case(&checklist.items) {
            let mut list = Paragraph::default();
            if let Some(when) = when {
                list.push_markdown(&format!("{}:", capitalised(when)), Style::BOLD);
            }
            for item in items {
                list.break_line().push("▢ ", Style::PLAIN).push_markdown(&item.text, Style::PLAIN);
                // Reasons for everything would bury a list of all cases.
                let why = item.why.as_ref().filter(|_| checklist.is_own());
                for remark in [item.note.as_ref(), why].into_iter().flatten() {
                    list.break_line().push_markdown(remark, Style::ITALIC);
                }
            }
            self.paragraphs.push(list);
        }
    }

    /// Where and when, as short as it can be said: a button below the answer tells the rest about an office.
    fn add_places(&mut self, places: &Places, words: &Phrasebook) {
        self.paragraphs.push(Paragraph::linked(&places.label, Style::BOLD, None));
        for block in &places.blocks {
            match block {
                Block::Contact(contact) => {
                    let mut office = Paragraph::default();
                    office.push(&contact.name, Style::PLAIN);
                    if let Some(address) = &contact.address {
                        office.break_line().push_linked(address, Style::PLAIN, contact.map.as_deref());
                    }
                    self.paragraphs.push(office);
                }
                Block::Hours(hours) => self.add_line(week(hours, words)),
                Block::Text(passage) => self.paragraphs.extend(html::paragraphs(&passage.text, Style::PLAIN)),
                _ => {}
            }
        }
    }

    /// The week plan. Of a single day only when it opens next: the sentence before the block says all else.
    fn add_hours(&mut self, hours: &HoursBlock, words: &Phrasebook) {
        let mut lines = Paragraph::default();
        if hours.day.is_none() {
            lines = week(hours, words);
        }
        if let Some(next) = &hours.next_opening_label {
            lines.break_line().push(&words.say("hours_next_opening", &[("next", next)]), Style::PLAIN);
        }
        let exceptions = exceptions(hours, words);
        if !exceptions.is_empty() {
            let days: Vec<String> = exceptions.into_iter().map(|line| format!("– {line}")).collect();
            let upcoming = words.say("hours_upcoming", &[("days", &days.join("\n"))]);
            for line in upcoming.lines().filter(|line| !line.is_empty()) {
                lines.break_line().push(line, Style::PLAIN);
            }
        }
        self.add_line(lines);
    }

    fn add_appointment(&mut self, appointment: &AppointmentBlock, words: &Phrasebook) {
        let mut times = free_times(appointment, words).into_iter();
        if let Some(heading) = times.next() {
            let mut lines = Paragraph::default();
            lines.push(&heading, Style::BOLD);
            for line in times {
                lines.break_line().push(&line, Style::PLAIN);
            }
            self.add_line(lines);
        }
        match &appointment.note {
            Some(note) => self.paragraphs.extend(html::paragraphs(&note.text, Style::PLAIN)),
            // In words too: a forwarded message loses its buttons.
            None => self.add_line(Paragraph::linked(&appointment.label, Style::PLAIN, appointment.url.as_deref())),
        }
        if let Some(url) = &appointment.url {
            self.add_link(&appointment.label, url);
        }
    }

    fn add_contact(&mut self, contact: &ContactBlock) {
        let mut card = Paragraph::default();
        card.push(&contact.name, Style::BOLD);
        if let Some(address) = &contact.address {
            card.break_line().push_linked(address, Style::PLAIN, contact.map.as_deref());
        }
        for (label, phone) in &contact.phones {
            card.break_line().push("☎ ", Style::PLAIN).push(&dialable(phone), Style::PLAIN);
            if let Some(label) = label {
                card.push(&format!(" ({})", label.text), Style::PLAIN);
            }
        }
        for line in [&contact.email, &contact.website].into_iter().flatten() {
            card.break_line().push(line, Style::PLAIN);
        }
        if let Some(note) = &contact.note {
            card.break_line().push_markdown(&note.text, Style::PLAIN);
        }
        self.paragraphs.push(card);
    }

    /// A button, or a line of text if Telegram would refuse the address.
    fn add_link(&mut self, label: &str, url: &str) {
        match keyboard::link(label, url) {
            Some(row) => self.rows.push(row),
            None => self.add_line(Paragraph::linked(&format!("{label}: {url}"), Style::PLAIN, None)),
        }
    }

    fn add_line(&mut self, line: Paragraph) {
        if !line.is_blank() {
            self.paragraphs.push(line);
        }
    }

    fn into_messages(mut self, words: &Phrasebook) -> Vec<OutgoingMessage> {
        if self.paragraphs.iter().all(Paragraph::is_blank) {
            // Telegram sends no buttons without text.
            let labels: Vec<&str> = self.rows.iter().flatten().map(|button| button.text.as_str()).collect();
            self.paragraphs = html::paragraphs(&labels.join("\n"), Style::PLAIN);
        }
        let pages = html::pages(&self.paragraphs, &words.say("telegram_continues", &[]));
        let mut messages: Vec<OutgoingMessage> =
            pages.into_iter().map(|html| OutgoingMessage { html, keyboard: None }).collect();
        if let Some(last) = messages.last_mut() {
            last.keyboard = (!self.rows.is_empty()).then(|| InlineKeyboardMarkup::new(self.rows));
        }
        messages
    }
}

/// The week plan under its heading.
fn week(hours: &HoursBlock, words: &Phrasebook) -> Paragraph {
    let mut lines = Paragraph::default();
    lines.push(&hours.office_name, Style::BOLD);
    for row in &hours.week {
        lines.break_line().push(&format!("{}: {}", row.days, opening(&row.periods, words)), Style::PLAIN);
    }
    lines
}

/// Items with the same case together, cases in the order in which they first come up.
fn by_case(items: &[ChecklistItem]) -> Vec<(Option<&str>, Vec<&ChecklistItem>)> {
    let mut groups: Vec<(Option<&str>, Vec<&ChecklistItem>)> = Vec::new();
    for item in items {
        let when = item.when.as_deref();
        match groups.iter_mut().find(|(case, _)| *case == when) {
            Some((_, group)) => group.push(item),
            None => groups.push((when, vec![item])),
        }
    }
    groups
}

/// `+49-2921-30-2222`: Telegram makes the international form tappable, and hyphens keep it readable.
fn dialable(phone: &Phone) -> String {
    match phone.number().strip_prefix('0') {
        Some(national) => format!("+49-{}", national.replace([' ', '/'], "-")),
        None => phone.number().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeZone};
    use chrono_tz::Europe::Berlin;
    use faq_engine::conversation::Conversation;
    use faq_engine::hours::Period;
    use faq_engine::language::LanguageTag;
    use faq_engine::phrasebook::{LanguagePack, Languages};
    use faq_engine::reply::{Choice, HoursOfDay, Passage, SourceNote, WeekRow};
    use faq_engine::slug::Slug;
    use proptest::prelude::*;
    use teloxide::types::InlineKeyboardButtonKind;

    use super::*;
    use crate::html::check::visible_text;

    fn words() -> Phrasebook {
        let mut german = LanguagePack::empty(LanguageTag::german());
        for (key, sentence) in [
            ("closed_word", "geschlossen"),
            ("hours_next_opening", "Nächste Öffnung: {next}"),
            ("hours_upcoming", "Bald ist es anders:\n\n{days}"),
            ("source_line", "Quelle: {title}, geprüft am {checked_on}, Fassung {revision}"),
            ("source_line_as_of", "Quelle: {title}, Stand {as_of}, geprüft am {checked_on}, Fassung {revision}"),
            ("telegram_continues", "Fortsetzung folgt …"),
        ] {
            german.sentences.insert(key.to_owned(), sentence.to_owned());
        }
        Languages::new([german]).expect("German is there").phrasebook(&LanguageTag::german())
    }

    fn reply(blocks: Vec<Block>) -> Reply {
        Reply {
            kind: ReplyKind::Answer,
            language: LanguageTag::german(),
            service: Slug::parse("kfz-umschreibung").ok(),
            facet: None,
            entry: None,
            confidence: 0.9,
            candidates: Vec::new(),
            blocks,
            source: None,
            suggestions: Vec::new(),
            conversation: Conversation::default(),
        }
    }

    fn passage(text: &str) -> Passage {
        Passage { text: text.to_owned(), language: LanguageTag::german() }
    }

    fn item(text: &str, when: Option<&str>, note: Option<&str>) -> ChecklistItem {
        let [when, note] = [when, note].map(|part| part.map(str::to_owned));
        ChecklistItem { text: text.to_owned(), when, note, why: Some("Daran sieht man es.".to_owned()) }
    }

    fn hours(day: Option<HoursOfDay>, week: Vec<WeekRow>, exceptions: Vec<HoursOfDay>, next: Option<&str>) -> Block {
        Block::Hours(HoursBlock {
            office: Slug::parse("buergerservice").expect("a slug"),
            office_name: "Bürgerservice".to_owned(),
            day,
            week,
            exceptions,
            time_zone: Berlin,
            next_opening: None,
            next_opening_label: next.map(str::to_owned),
        })
    }

    fn period(text: &str) -> Period {
        Period::parse(text).expect("a period")
    }

    /// What a person would see, with what Telegram is told.
    fn picture(reply: &Reply) -> String {
        let messages = render(reply, &words(), ChannelTouch::default());
        let pictures = messages.iter().map(|message| {
            let rows = message.keyboard.iter().flat_map(|keyboard| &keyboard.inline_keyboard);
            let buttons = rows.flatten().map(|button| match &button.kind {
                InlineKeyboardButtonKind::CallbackData(data) => format!("\n[{} | {data}]", button.text),
                InlineKeyboardButtonKind::Url(url) => format!("\n[{} -> {url}]", button.text),
                other => panic!("{other:?} is not used"),
            });
            format!("{}{}", message.html, buttons.collect::<String>())
        });
        pictures.collect::<Vec<_>>().join("\n=====\n")
    }

    fn contact() -> ContactBlock {
        let phone = |number: &str| Phone::parse(number, None).expect("a number");
        ContactBlock {
            office: None,
            name: "Zulassungsstelle Soest".to_owned(),
            address: Some("Hoher Weg 1–3, 59494 Soest".to_owned()),
            map: Some("https://map.example/?q=Hoher%20Weg".to_owned()),
            phones: vec![(None, phone("02921 30-2222")), (Some(passage("Behördennummer")), phone("115"))],
            email: Some("buergerservice@kreis-soest.de".to_owned()),
            website: Some("https://www.kreis-soest.de".to_owned()),
            note: Some(passage("Nicht im **Kreishaus**.")),
        }
    }

    #[test]
    fn a_checklist_is_grouped_by_case() {
        let checklist = Checklist {
            title: "Das bringen Sie mit".to_owned(),
            items: vec![
                item("Ausweis", None, None),
                item("Handelsregisterauszug", Some("wenn eine Firma Halter wird"), None),
                item("Fahrzeugbrief (Teil II)", None, Some("Liegt er bei der **Bank**, schickt sie ihn.")),
                item("Vollmacht & Ausweiskopie", Some("wenn jemand anderes kommt"), None),
                item("Gewerbeanmeldung", Some("wenn eine Firma Halter wird"), None),
            ],
            language: LanguageTag::german(),
            places: Some(Places {
                label: "Wohin und wann?".to_owned(),
                blocks: vec![
                    Block::Contact(contact()),
                    hours(None, week(), vec![], None),
                    Block::Text(passage("Bitte nachfragen.")),
                ],
                text: String::new(),
            }),
        };
        let mut reply = reply(vec![Block::Checklist(checklist)]);
        reply.source = Some(SourceNote {
            title: "Kreis Soest: Umschreibung".to_owned(),
            as_of: Some("ca. 2022/23".to_owned()),
            revision: 3,
            checked_on: NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day"),
            url: Some("https://www.kreis-soest.de/a?b=1&c=2".to_owned()),
        });
        reply.suggestions = vec![Choice::plain("Was kostet das?"), Choice::plain("Wo muss ich hin?")];
        insta::assert_snapshot!(picture(&reply));
    }

    #[test]
    fn a_notice_stands_before_everything_else() {
        let reply = reply(vec![
            Block::Text(passage("Die Umschreibung kostet **24,20 Euro**.")),
            Block::Notice {
                severity: Severity::Critical,
                passage: passage("Das Kreishaus ist heute geschlossen.\n\nBitte rufen Sie an."),
                valid_until: Berlin.with_ymd_and_hms(2026, 11, 23, 18, 0, 0).single().expect("valid"),
            },
            Block::Notice {
                severity: Severity::Info,
                passage: passage("Neu: Termine am Samstag."),
                valid_until: Berlin.with_ymd_and_hms(2026, 12, 1, 0, 0, 0).single().expect("valid"),
            },
        ]);
        insta::assert_snapshot!(picture(&reply));
    }

    fn week() -> Vec<WeekRow> {
        vec![
            WeekRow {
                days: "Montag bis Mittwoch".to_owned(),
                weekdays: vec![1, 2, 3],
                periods: vec![period("07:30-12:00"), period("13:30-16:00")],
            },
            WeekRow { days: "Samstag und Sonntag".to_owned(), weekdays: vec![6, 7], periods: vec![] },
        ]
    }

    #[test]
    fn hours_of_a_day_and_of_the_week() {
        let closed = HoursOfDay {
            date: NaiveDate::from_ymd_opt(2026, 12, 24).expect("a day"),
            label: "Donnerstag, 24. Dezember 2026".to_owned(),
            open: false,
            periods: vec![],
            reason: Some("Heiligabend".to_owned()),
        };
        let reply = reply(vec![
            Block::Text(passage(
                "Am Donnerstag, 24. Dezember 2026 ist der Bürgerservice **geschlossen** (Heiligabend).",
            )),
            hours(Some(closed.clone()), vec![], vec![], Some("Montag, 28. Dezember 2026, 08:00 Uhr")),
            hours(None, week(), vec![closed], None),
        ]);
        insta::assert_snapshot!(picture(&reply));
    }

    fn moment(rfc3339: &str) -> chrono::DateTime<chrono_tz::Tz> {
        let moment = chrono::DateTime::parse_from_rfc3339(rfc3339).expect("a valid moment");
        moment.with_timezone(&chrono_tz::Europe::Berlin)
    }

    #[test]
    fn appointment_and_link_become_buttons_that_open_a_page() {
        let appointment = |label: &str, url: Option<&str>, note: Option<&str>| {
            Block::Appointment(AppointmentBlock {
                label: label.to_owned(),
                url: url.map(str::to_owned),
                note: note.map(passage),
                ..AppointmentBlock::default()
            })
        };
        let free_in_soest = Block::Appointment(AppointmentBlock {
            office_name: Some("Zulassungsstelle Soest".to_owned()),
            label: "Termin buchen: Zulassungsstelle Soest".to_owned(),
            url: Some("https://termin.kreis-soest.de/select?md=1".to_owned()),
            free: vec![moment("2026-11-30T08:20:00+01:00"), moment("2026-11-30T09:00:00+01:00")],
            as_of: Some(moment("2026-11-25T10:12:00+01:00")),
            ..AppointmentBlock::default()
        });
        let reply = reply(vec![
            appointment(
                "Termin in Soest buchen",
                Some("https://termin.kreis-soest.de/select?md=1"),
                Some("Für die Umschreibung brauchen Sie einen Termin."),
            ),
            appointment("Termin in Lippstadt buchen", Some("https://termin.kreis-soest.de/select?md=2"), None),
            appointment("Ohne Termin", None, None),
            free_in_soest,
            Block::Link { label: "Mehr auf der Website".to_owned(), url: "https://www.kreis-soest.de".to_owned() },
            Block::Link { label: "Im Haus".to_owned(), url: "http://localhost/x".to_owned() },
        ]);
        insta::assert_snapshot!(picture(&reply));
    }

    #[test]
    fn contacts_can_be_tapped() {
        let reply = reply(vec![Block::Contact(contact())]);
        insta::assert_snapshot!(picture(&reply));
    }

    #[test]
    fn choices_stand_under_their_question() {
        let mut reply = reply(vec![Block::Choices {
            prompt: "Was möchten Sie tun?".to_owned(),
            choices: vec![
                Choice::plain("Fahrzeug abmelden"),
                Choice { label: "Nichts davon".into(), send: "nein".into() },
            ],
        }]);
        reply.suggestions = vec![Choice::plain("Mit einem Menschen sprechen")];
        insta::assert_snapshot!(picture(&reply));
    }

    #[test]
    fn only_the_last_of_several_messages_has_buttons() {
        let mut reply = reply(vec![Block::Text(passage(&"Ein Satz. ".repeat(600)))]);
        reply.suggestions = vec![Choice::plain("Weiter")];
        let messages = render(&reply, &words(), ChannelTouch::default());
        assert_eq!(messages.len(), 2);
        assert_eq!(messages.iter().map(|message| message.keyboard.is_some()).collect::<Vec<_>>(), [false, true]);
        assert!(messages[0].html.ends_with("<i>Fortsetzung folgt …</i>"));
    }

    #[test]
    fn an_answer_about_a_service_leads_to_its_page_and_can_be_rated() {
        let reply = reply(vec![Block::Text(passage("Ja."))]);
        let buttons = |channel| {
            let message = render(&reply, &words(), channel).remove(0);
            message.keyboard.map_or(0, |keyboard| keyboard.inline_keyboard.iter().flatten().count())
        };
        assert_eq!(buttons(ChannelTouch::default()), 0);
        assert_eq!(buttons(ChannelTouch { website: None, may_be_rated: true }), 2);
        let message =
            render(&reply, &words(), ChannelTouch { website: Some("https://a.example/desk/"), may_be_rated: false });
        let keyboard = message[0].keyboard.as_ref().expect("a button");
        let InlineKeyboardButtonKind::Url(url) = &keyboard.inline_keyboard[0][0].kind else { panic!("a link") };
        assert_eq!(url.as_str(), "https://a.example/desk/leistungen/kfz-umschreibung?lang=de");
    }

    #[test]
    fn buttons_are_never_sent_without_text() {
        let mut reply = reply(vec![]);
        reply.suggestions = vec![Choice::plain("Was kostet das?")];
        assert_eq!(render(&reply, &words(), ChannelTouch::default())[0].html, "Was kostet das?");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn whatever_editors_write_becomes_valid_messages(text in "(\\PC|[\\n*<>&\"\\[\\]() ]){0,300}", title in "\\PC{0,80}", times in 1..30_usize) {
            let text = text.repeat(times);
            let mut reply = reply(vec![
                Block::Text(passage(&text)),
                Block::Checklist(Checklist {
                    title: title.clone(),
                    items: vec![item(&text, Some(&title), Some(&text)), item(&title, None, None)],
                    language: LanguageTag::german(),
                    places: None,
                }),
                Block::Notice {
                    severity: Severity::Warning,
                    passage: passage(&text),
                    valid_until: Berlin.with_ymd_and_hms(2026, 12, 1, 0, 0, 0).single().expect("valid"),
                },
                Block::Link { label: title.clone(), url: text.clone() },
            ]);
            reply.suggestions = vec![Choice { label: title.clone(), send: text.clone() }];
            reply.source = Some(SourceNote {
                title,
                as_of: Some(text),
                revision: 1,
                checked_on: NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day"),
                url: Some("https://www.kreis-soest.de/\"><b>".to_owned()),
            });
            for message in render(&reply, &words(), ChannelTouch { website: Some("https://a.example"), may_be_rated: true }) {
                let visible = visible_text(&message.html).map_err(TestCaseError::fail)?;
                prop_assert!(visible.encode_utf16().count() <= html::LONGEST_MESSAGE);
                prop_assert!(!visible.trim().is_empty());
            }
        }
    }
}
