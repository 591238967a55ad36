//! Opening hours written as an office's file has them, for taking over what came in another notation.

use std::fmt::Write;

use faq_engine::hours::{HolidayPolicy, MonthDay, OpeningHours, Period};
use faq_engine::language::LocalizedText;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The lines that say these hours: first those that stand above every table of an office's file, then the tables.
pub fn office_lines(hours: &OpeningHours) -> String {
    let mut lines = String::from("# above the first [table]\n");
    if matches!(hours.holidays(), HolidayPolicy::Closed(_)) {
        lines.push_str("holidays = \"nrw\"\n");
    }
    yearly(&mut lines, "closed_days", hours.closed_days());
    yearly(&mut lines, "unknown_days", hours.unknown_days());
    lines.push_str("\n# at the end, in place of what is there\n");
    for version in hours.versions() {
        lines.push_str("[[hours]]\n");
        for (key, date) in [("valid_from", version.valid_from), ("valid_until", version.valid_until)] {
            if let Some(date) = date {
                let _ = writeln!(lines, "{key} = \"{date}\"");
            }
        }
        text(&mut lines, "label", version.label.as_ref());
        for (name, (_, periods)) in WEEKDAYS.iter().zip(version.week.days()).filter(|(_, (_, open))| !open.is_empty()) {
            let _ = writeln!(lines, "{name} = {}", list(periods.iter().map(Period::to_string)));
        }
        lines.push('\n');
    }
    for spell in hours.spells() {
        lines.push_str("[[exceptions]]\n");
        let _ = match spell.first == spell.last {
            true => writeln!(lines, "date = \"{}\"", spell.first),
            false => writeln!(lines, "from = \"{}\"\nuntil = \"{}\"", spell.first, spell.last),
        };
        let _ = writeln!(lines, "periods = {}", list(spell.periods.iter().map(Period::to_string)));
        text(&mut lines, "reason", spell.reason);
        lines.push('\n');
    }
    lines
}

fn yearly(lines: &mut String, key: &str, days: &[MonthDay]) {
    if !days.is_empty() {
        let _ = writeln!(lines, "{key} = {}", list(days.iter().map(MonthDay::to_string)));
    }
}

fn text(lines: &mut String, key: &str, text: Option<&LocalizedText>) {
    for (language, words) in text.into_iter().flat_map(LocalizedText::versions) {
        let _ = writeln!(lines, "{key}.{language} = {}", toml::Value::from(words));
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    let quoted: Vec<String> = items.map(|item| format!("\"{item}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

#[cfg(test)]
mod tests {
    use faq_engine::hours::HolidayCalendar;
    use faq_engine::ports::{ContentKey, ContentKind};

    use super::*;
    use crate::folder::ContentDocument;

    /// The hours of an office's file that holds these lines where they belong.
    fn read_back(lines: &str) -> OpeningHours {
        let (above, tables) = lines.split_once("\n\n").expect("two parts");
        let text = format!(
            "id = \"amt\"\nchecked_on = \"2026-01-01\"\nreview_by = \"2027-01-01\"\n{above}\n\
             [name]\nde = \"Amt\"\n[[sources]]\nid = \"a\"\ntitle = \"b\"\n{tables}"
        );
        let key = ContentKey { kind: ContentKind::Office, name: "amt".to_owned() };
        let document = ContentDocument { key, label: "offices/amt.toml".to_owned(), text, revision: 1 };
        super::super::office::read(&document).unwrap_or_else(|faults| panic!("{faults:?}")).hours
    }

    #[test]
    fn what_is_printed_is_what_an_office_file_holds() {
        for osm in [
            "Mo-We 08:00-17:00; Sa 09:00-12:00; Dec 31 unknown; Dec 24 off; PH off; 2026 Dec 28-2026 Dec 30 off \"a'b\\c\"",
            "1900 Jan 01-2026 Jun 30 Mo 08:00-12:00,13:00-24:00 \"Annahme\"; 2026 Jul 01-9999 Dec 31 Mo-Su off; \
             2027 Jan 02 10:00-12:00",
        ] {
            let hours = OpeningHours::from_osm(osm, HolidayCalendar::Nrw).expect("valid");
            let lines = office_lines(&hours);
            assert_eq!(read_back(&lines), hours, "{lines}");
        }
    }
}
