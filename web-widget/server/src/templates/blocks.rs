//! The blocks of a reply as HTML.
//!
//! Drawn from the same body the API sends, so that page and widget cannot drift apart.

use chrono::{DateTime, NaiveDate};
use faq_engine::compose::plain::capitalised;
use faq_engine::phrasebook::Phrasebook;
use maud::{Markup, html};

use super::markdown::{inline, is_safe, prose};
use crate::reply_body::{BlockBody, ChecklistItemBody, ChoiceBody, ExceptionBody, PeriodBody, PhoneBody, WeekRowBody};

/// What a form on the page hands in with the next question.
pub(crate) struct AskAgain<'a> {
    pub(crate) conversation: Option<&'a str>,
    pub(crate) language: &'a str,
}

impl AskAgain<'_> {
    pub(crate) fn hidden_fields(&self) -> Markup {
        html! {
            input type="hidden" name="conversation" value=(self.conversation.unwrap_or_default());
            input type="hidden" name="lang" value=(self.language);
        }
    }
}

/// One block.
pub(crate) fn block(block: &BlockBody, phrasebook: &Phrasebook, again: &AskAgain<'_>) -> Markup {
    match block {
        BlockBody::Text { text, lang } => html! { div.block.text lang=[lang] dir=[auto(lang)] { (prose(text)) } },
        // Without its title: the reply's first line has named the service.
        BlockBody::Checklist { items, lang, places, .. } => html! {
            div.block.checklist lang=[lang] dir=[auto(lang)] { (checklist(items)) }
            @if let Some(places) = places {
                div.places {
                    h3 { (places.label) }
                    @for place in &places.blocks { (self::block(place, phrasebook, again)) }
                }
            }
        },
        BlockBody::Hours { .. } => hours(block, phrasebook),
        BlockBody::Appointment { office_name, label, url, note, note_lang, slots, as_of, .. } => html! {
            div.block.appointment {
                (free_times(office_name.as_deref(), slots, as_of.as_deref(), phrasebook))
                @match url.as_deref().filter(|url| is_safe(url)) {
                    Some(url) => p { a.primary href=(url) rel="noopener" { (label) } },
                    None => p { strong { (label) } },
                }
                (note_of(note, note_lang))
            }
        },
        BlockBody::Contact { .. } => contact(block, phrasebook),
        BlockBody::Choices { prompt, choices: offered } => choices(prompt, offered, again),
        BlockBody::Notice { severity, text, valid_until, lang } => html! {
            div.block.notice.(severity) {
                p.severity { strong { (severity_word(severity, phrasebook)) } }
                div lang=[lang] dir=[auto(lang)] { (prose(text)) }
                @if let Some(date) = valid_until.as_deref().and_then(date_of) {
                    p.remark { (phrasebook.say("web_notice_until", &[("date", &phrasebook.date(date))])) }
                }
            }
        },
        BlockBody::Link { label, url } if is_safe(url) => html! {
            p.block.link { a href=(url) rel="noopener" { (label) } }
        },
        BlockBody::Link { label, .. } => html! { p.block.link { (label) } },
    }
}

/// The next free times, and when they were free: somebody else may have taken one since.
fn free_times(office: Option<&str>, slots: &[String], as_of: Option<&str>, phrasebook: &Phrasebook) -> Markup {
    let said = |moment: &str| match DateTime::parse_from_rfc3339(moment) {
        Ok(moment) => phrasebook.date_and_time(&moment),
        Err(_) => moment.to_owned(),
    };
    html! {
        @if !slots.is_empty() {
            h3 {
                @if let Some(office) = office { (office) br; }
                (phrasebook.say("booking_free", &[]))
            }
            ul { @for slot in slots { li { (said(slot)) } } }
            @if let Some(as_of) = as_of {
                p.remark { (phrasebook.say("booking_as_of", &[("moment", &said(as_of))])) }
            }
        }
    }
}

/// Buttons that ask in the visitor's place.
pub(crate) fn choices(prompt: &str, offered: &[ChoiceBody], again: &AskAgain<'_>) -> Markup {
    html! {
        form.block.choices method="post" action="/chat#answer" {
            (again.hidden_fields())
            fieldset {
                legend { (prompt) }
                @for choice in offered {
                    button type="submit" name="text" value=(choice.send) { (choice.label) }
                }
            }
        }
    }
}

/// Items of one case together under it, those for everybody first.
fn checklist(items: &[ChecklistItemBody]) -> Markup {
    let mut cases: Vec<Option<&str>> = vec![None];
    for item in items {
        if !cases.contains(&item.when.as_deref()) {
            cases.push(item.when.as_deref());
        }
    }
    html! {
        @for case in cases {
            @let mut in_case = items.iter().filter(|item| item.when.as_deref() == case).peekable();
            @if in_case.peek().is_some() {
                @if let Some(case) = case { h3 { (capitalised(case)) } }
                ul {
                    @for item in in_case {
                        li {
                            label { input type="checkbox"; " " span { (inline(&item.text)) } }
                            @for remark in [&item.note, &item.why].into_iter().flatten() {
                                p.remark { (inline(remark)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn hours(block: &BlockBody, phrasebook: &Phrasebook) -> Markup {
    let BlockBody::Hours {
        office_name, date_label, open, periods, reason, next_opening_label, week, exceptions, ..
    } = block
    else {
        return html! {};
    };
    html! {
        div.block.hours {
            h3 { (office_name) }
            @if let Some(label) = date_label { p.day { (label) } }
            @if let Some(open) = open {
                p.state { strong { (state_word(*open, periods, phrasebook)) } }
            }
            @if !periods.is_empty() { p.periods { (spans(periods, phrasebook)) } }
            @if !week.is_empty() {
                dl { @for row in week { (week_row(row, phrasebook)) } }
            }
            @if !exceptions.is_empty() {
                h4 { (phrasebook.say("web_hours_exceptions", &[])) }
                dl { @for day in exceptions { (exception_row(day, phrasebook)) } }
            }
            @if let Some(reason) = reason { p.remark { (reason) } }
            @if let Some(next) = next_opening_label {
                @if *open != Some(true) {
                    p.next { (phrasebook.say("hours_next_opening", &[("next", next)])) }
                }
            }
        }
    }
}

/// Closed on a day that has hours: the question named a time outside them.
fn state_word(open: bool, periods: &[PeriodBody], phrasebook: &Phrasebook) -> String {
    let key = match (open, periods.is_empty()) {
        (true, _) => "web_hours_open",
        (false, true) => "web_hours_closed",
        (false, false) => "web_hours_closed_then",
    };
    phrasebook.say(key, &[])
}

fn week_row(row: &WeekRowBody, phrasebook: &Phrasebook) -> Markup {
    html! {
        dt { (row.days) }
        dd { (spans_or_closed(&row.periods, phrasebook)) }
    }
}

fn exception_row(day: &ExceptionBody, phrasebook: &Phrasebook) -> Markup {
    html! {
        dt { (day.date_label) }
        dd {
            (spans_or_closed(&day.periods, phrasebook))
            @if let Some(reason) = &day.reason { " (" (reason) ")" }
        }
    }
}

fn spans_or_closed(periods: &[PeriodBody], phrasebook: &Phrasebook) -> String {
    if periods.is_empty() { phrasebook.say("closed_word", &[]) } else { spans(periods, phrasebook) }
}

fn spans(periods: &[PeriodBody], phrasebook: &Phrasebook) -> String {
    let spans: Vec<String> = periods.iter().map(|period| format!("{}–{}", period.opens, period.closes)).collect();
    phrasebook.say("hours_span", &[("spans", &spans.join(", "))])
}

fn contact(block: &BlockBody, phrasebook: &Phrasebook) -> Markup {
    let BlockBody::Contact { name, address, map, phones, email, website, note, note_lang, .. } = block else {
        return html! {};
    };
    html! {
        div.block.contact {
            h3 { (name) }
            dl {
                @for phone in phones { (phone_row(phone, phrasebook)) }
                @if let Some(email) = email {
                    dt { (phrasebook.say("email_word", &[])) }
                    dd { a href={ "mailto:" (email) } { bdi { (email) } } }
                }
                @if let Some(website) = website {
                    dt { (phrasebook.say("web_contact_website", &[])) }
                    dd {
                        @if is_safe(website) { a href=(website) rel="noopener" { bdi { (website) } } } @else { (website) }
                    }
                }
                @if let Some(address) = address {
                    dt { (phrasebook.say("web_contact_address", &[])) }
                    dd {
                        @match map.as_deref().filter(|map| is_safe(map)) {
                            Some(map) => a href=(map) rel="noopener" { (address) },
                            None => (address),
                        }
                    }
                }
            }
            (note_of(note, note_lang))
        }
    }
}

fn phone_row(phone: &PhoneBody, phrasebook: &Phrasebook) -> Markup {
    html! {
        @match &phone.label {
            Some(label) => dt lang=[&phone.label_lang] { (label) },
            None => dt { (phrasebook.say("phone_word", &[])) },
        }
        // Digits run left to right in every script.
        dd { a href=(phone.uri) { bdi dir="ltr" { (phone.number) } } }
    }
}

fn note_of(note: &Option<String>, lang: &Option<String>) -> Markup {
    html! {
        @if let Some(note) = note { div.remark lang=[lang] dir=[auto(lang)] { (prose(note)) } }
    }
}

fn severity_word(severity: &str, phrasebook: &Phrasebook) -> String {
    let key = match severity {
        "critical" => "web_severity_critical",
        "warning" => "web_severity_warning",
        _ => "web_severity_info",
    };
    phrasebook.say(key, &[])
}

/// A German text inside an Arabic page runs its own way.
fn auto(lang: &Option<String>) -> Option<&'static str> {
    lang.as_ref().map(|_| "auto")
}

fn date_of(moment: &str) -> Option<NaiveDate> {
    moment.get(..10)?.parse().ok()
}
