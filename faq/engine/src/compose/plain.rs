//! The plain-text form of a reply: what a command line prints, what a screen reader could read, what remains when a
//! channel can show nothing else.

use super::hours::span;
use super::source::source_line;
use crate::hours::Period;
use crate::phrasebook::Phrasebook;
use crate::reply::{AppointmentBlock, Block, Checklist, ContactBlock, HoursBlock, HoursOfDay, Reply};

/// The whole reply as plain text.
pub fn plain_text(reply: &Reply, phrasebook: &Phrasebook) -> String {
    let mut parts: Vec<String> = reply.blocks.iter().map(|block| block_text(block, phrasebook)).collect();
    if let Some(source) = &reply.source {
        parts.push(source_line(source, phrasebook));
    }
    parts.retain(|part| !part.trim().is_empty());
    parts.join("\n\n")
}

/// The line under an answer: "Quelle: …, Stand …, geprüft am …, Fassung 3".
pub fn source_text(reply: &Reply, phrasebook: &Phrasebook) -> Option<String> {
    reply.source.as_ref().map(|source| source_line(source, phrasebook))
}

fn block_text(block: &Block, phrasebook: &Phrasebook) -> String {
    match block {
        Block::Text(passage) => without_markdown(&passage.text),
        Block::Checklist(checklist) => {
            let places = checklist.places.as_ref().map(|places| places.text.clone());
            [Some(checklist_text(checklist)), places].into_iter().flatten().collect::<Vec<_>>().join("\n\n")
        }
        Block::Hours(hours) => hours_text(hours, phrasebook),
        Block::Appointment(appointment) => appointment_text(appointment, phrasebook),
        Block::Contact(contact) => contact_text(contact, phrasebook),
        Block::Choices { prompt, choices } => {
            let lines = choices.iter().enumerate().map(|(index, choice)| format!("{}. {}", index + 1, choice.label));
            format!("{prompt}\n{}", lines.collect::<Vec<_>>().join("\n"))
        }
        Block::Notice { passage, .. } => {
            format!("{}: {}", phrasebook.say("notice_word", &[]), without_markdown(&passage.text))
        }
        Block::Link { label, url } => format!("{label}: {url}"),
    }
}

fn appointment_text(appointment: &AppointmentBlock, phrasebook: &Phrasebook) -> String {
    let link = appointment.url.as_ref().map(|url| format!("{}: {url}", appointment.label));
    let note = appointment.note.as_ref().map(|note| without_markdown(&note.text));
    free_times(appointment, phrasebook).into_iter().chain(link).chain(note).collect::<Vec<_>>().join("\n")
}

/// The free times of an office line by line, between a heading and when they were free; nothing if none are known.
pub fn free_times(appointment: &AppointmentBlock, phrasebook: &Phrasebook) -> Vec<String> {
    let Some(as_of) = &appointment.as_of else { return Vec::new() };
    let office = appointment.office_name.clone();
    let heading = format!("{}:", phrasebook.say("booking_free", &[]));
    let times = appointment.free.iter().map(|time| format!("– {}", phrasebook.date_and_time(time)));
    let as_of = phrasebook.say("booking_as_of", &[("moment", &phrasebook.date_and_time(as_of))]);
    office.into_iter().chain([heading]).chain(times).chain([as_of]).collect()
}

/// Where a list is to be taken, in words.
pub(super) fn places_text(label: &str, blocks: &[Block], phrasebook: &Phrasebook) -> String {
    let blocks = blocks.iter().map(|block| block_text(block, phrasebook));
    std::iter::once(label.to_owned()).chain(blocks).collect::<Vec<_>>().join("\n\n")
}

fn checklist_text(checklist: &Checklist) -> String {
    let mut lines = Vec::new();
    let mut case: Option<&str> = None;
    for item in &checklist.items {
        if item.when.as_deref() != case {
            case = item.when.as_deref();
            lines.extend(case.map(|when| format!("\n{}:", without_markdown(&capitalised(when)))));
        }
        let note = item.note.as_ref().map(|note| format!(" ({})", without_markdown(note))).unwrap_or_default();
        lines.push(format!("- {}{note}", without_markdown(&item.text)));
        if checklist.is_own() {
            lines.extend(item.why.as_ref().map(|why| format!("  {}", without_markdown(why))));
        }
    }
    lines.join("\n")
}

/// A case as a heading: "Wenn eine Firma Halter wird".
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn hours_text(hours: &HoursBlock, phrasebook: &Phrasebook) -> String {
    let mut lines = Vec::new();
    match &hours.day {
        // The sentence before the block already names the day, its hours and why it is closed.
        Some(day) if day.periods.is_empty() => {}
        Some(day) => lines.extend(day.reason.clone()),
        None => {
            lines.push(hours.office_name.clone());
            lines.extend(hours.week.iter().map(|row| format!("{}: {}", row.days, opening(&row.periods, phrasebook))));
        }
    }
    if let Some(next) = &hours.next_opening_label {
        lines.push(phrasebook.say("hours_next_opening", &[("next", next)]));
    }
    let exceptions = exceptions(hours, phrasebook);
    if !exceptions.is_empty() {
        let days: Vec<String> = exceptions.into_iter().map(|line| format!("- {line}")).collect();
        lines.push(format!("\n{}", phrasebook.say("hours_upcoming", &[("days", &days.join("\n"))])));
    }
    lines.join("\n")
}

/// The days on which a week plan does not hold: "Freitag, 2. Oktober 2026: geschlossen (Betriebsausflug)".
pub fn exceptions(hours: &HoursBlock, phrasebook: &Phrasebook) -> Vec<String> {
    let line = |day: &HoursOfDay| {
        let reason = day.reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
        format!("{}: {}{reason}", day.label, opening(&day.periods, phrasebook))
    };
    hours.exceptions.iter().map(line).collect()
}

/// The hours of a day in a week plan: "08:00–12:00, 13:00–16:00", or that it is closed.
pub fn opening(periods: &[Period], phrasebook: &Phrasebook) -> String {
    if periods.is_empty() {
        return phrasebook.say("closed_word", &[]);
    }
    periods.iter().map(span).collect::<Vec<_>>().join(", ")
}

fn contact_text(contact: &ContactBlock, phrasebook: &Phrasebook) -> String {
    let mut lines = vec![contact.name.clone()];
    lines.extend(contact.address.clone());
    lines.extend(contact.note.as_ref().map(|note| without_markdown(&note.text)));
    for (label, phone) in &contact.phones {
        let label = label.as_ref().map_or_else(|| phrasebook.say("phone_word", &[]), |label| label.text.clone());
        lines.push(format!("{label}: {}", phone.number()));
    }
    lines.extend(contact.email.as_ref().map(|email| format!("{}: {email}", phrasebook.say("email_word", &[]))));
    lines.extend(contact.website.clone());
    lines.join("\n")
}

/// The markdown subset as plain text: bold marks dropped, links as "label (address)".
pub fn without_markdown(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('[') {
        plain.push_str(&rest[..start]);
        let after = &rest[start + 1..];
        let link = after.split_once("](").and_then(|(label, tail)| {
            let (url, tail) = tail.split_once(')')?;
            (!label.contains(['[', '\n']) && !url.contains(char::is_whitespace)).then_some((label, url, tail))
        });
        match link {
            Some((label, url, tail)) => {
                plain.push_str(label);
                if label != url {
                    plain.push_str(&format!(" ({url})"));
                }
                rest = tail;
            }
            None => {
                plain.push('[');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain.replace("**", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_plain_words() {
        assert_eq!(
            without_markdown("**Wichtig:** siehe [Portal](https://example.org/a) und [1]"),
            "Wichtig: siehe Portal (https://example.org/a) und [1]"
        );
        assert_eq!(without_markdown("[[]("), "[[](");
    }
}
