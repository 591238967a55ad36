//! Calendars for other programs (iCalendar, RFC 5545), written in one place for every page that offers some: days on which
//! an office is closed, and an errand with what to bring.
//!
//! Our own few lines instead of a crate: neither needs recurrences or time zones, only escaping and folding.
//! The usual crate brings parsers of dates with it and takes the machine's clock and chance where it is not told
//! otherwise; here the same content is the same bytes by construction.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::assets::FRESH_FOR_MINUTES;

/// Octets of a line without its end.
const LONGEST_LINE: usize = 75;

/// A calendar and what it is called.
pub(crate) struct Calendar {
    pub(crate) name: String,
    /// When its content was last checked or, where it is made for one reader, now.
    pub(crate) stamp: DateTime<Utc>,
    pub(crate) entries: Vec<CalendarEntry>,
}

/// Something that takes place.
pub(crate) struct CalendarEntry {
    /// The same as long as it is the same thing, and no other's: programs recognise it by this.
    pub(crate) uid: String,
    pub(crate) span: Span,
    pub(crate) title: String,
    pub(crate) place: Option<String>,
    pub(crate) text: Option<String>,
}

/// When.
pub(crate) enum Span {
    /// One or several days in a row, both included. They keep nobody busy.
    Days { first: NaiveDate, last: NaiveDate },
    /// So long from a moment on, with a reminder a day before.
    Time { begin: DateTime<Tz>, minutes: i64 },
}

impl Calendar {
    /// As a file of this name that programs subscribe to.
    pub(crate) fn response(&self, file: &str) -> HttpResponse {
        self.file("inline", file, FRESH_FOR_MINUTES)
    }

    /// As a file of this name for one reader.
    pub(crate) fn download(&self, file: &str) -> HttpResponse {
        self.file("attachment", file, "no-store")
    }

    fn file(&self, disposition: &str, name: &str, cached: &'static str) -> HttpResponse {
        HttpResponse::Ok()
            .content_type("text/calendar; charset=utf-8")
            .insert_header((CONTENT_DISPOSITION, format!("{disposition}; filename=\"{name}\"")))
            .insert_header((CACHE_CONTROL, cached))
            .body(self.text())
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let mut line = |content: &str| fold(&mut text, content);
        line("BEGIN:VCALENDAR");
        line("VERSION:2.0");
        line("PRODID:-//Auskunft//Auskunft//DE");
        line("CALSCALE:GREGORIAN");
        line("METHOD:PUBLISH");
        // What programs show as the calendar's name; no standard has one that all of them read.
        line(&format!("X-WR-CALNAME:{}", escaped(&self.name)));
        for entry in &self.entries {
            line("BEGIN:VEVENT");
            line(&format!("UID:{}", escaped(&entry.uid)));
            line(&format!("DTSTAMP:{}", moment(&self.stamp)));
            line(&format!("SUMMARY:{}", escaped(&entry.title)));
            for (name, value) in [("LOCATION", &entry.place), ("DESCRIPTION", &entry.text)] {
                if let Some(value) = value {
                    line(&format!("{name}:{}", escaped(value)));
                }
            }
            entry.span.lines(&entry.title).iter().for_each(|content| line(content));
            line("END:VEVENT");
        }
        line("END:VCALENDAR");
        text
    }
}

impl Span {
    fn lines(&self, title: &str) -> Vec<String> {
        match self {
            Self::Days { first, last } => {
                // The end is the first day after it.
                let end = last.checked_add_days(Days::new(1)).unwrap_or(*last);
                let day = |name: &str, date: &NaiveDate| format!("{name};VALUE=DATE:{}", date.format("%Y%m%d"));
                vec![day("DTSTART", first), day("DTEND", &end), "TRANSP:TRANSPARENT".to_owned()]
            }
            Self::Time { begin, minutes } => {
                // In Greenwich's time, which needs no time zone in the file.
                let begin = begin.to_utc();
                let end = begin + TimeDelta::minutes(*minutes);
                let reminder = ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P1D"].map(str::to_owned);
                let mut lines = vec![format!("DTSTART:{}", moment(&begin)), format!("DTEND:{}", moment(&end))];
                lines.extend(reminder);
                lines.extend([format!("DESCRIPTION:{}", escaped(title)), "END:VALARM".to_owned()]);
                lines
            }
        }
    }
}

/// The beginning of a day in Greenwich, for what is known by its day only.
pub(crate) fn midnight(date: NaiveDate) -> DateTime<Utc> {
    date.and_time(NaiveTime::MIN).and_utc()
}

fn moment(time: &DateTime<Utc>) -> String {
    time.format("%Y%m%dT%H%M%SZ").to_string()
}

/// A value of type TEXT: signs that mean something are marked, and control characters but the end of a line go.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Writes a line; what is longer than a line goes on in the next one behind a blank.
fn fold(text: &mut String, line: &str) {
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > LONGEST_LINE {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(letter);
        length += letter.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar(title: &str) -> Calendar {
        let entry = CalendarEntry {
            uid: "a".to_owned(),
            span: Span::Days { first: day("2026-12-28"), last: day("2026-12-31") },
            title: title.to_owned(),
            place: None,
            text: None,
        };
        Calendar { name: "Bürgerservice".to_owned(), stamp: midnight(day("2026-11-22")), entries: vec![entry] }
    }

    /// As a reader puts it together again.
    fn unfolded(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    #[test]
    fn a_spell_ends_before_the_day_after_it() {
        let text = calendar("Betriebsferien").text();
        for line in ["DTSTART;VALUE=DATE:20261228", "DTEND;VALUE=DATE:20270101", "SUMMARY:Betriebsferien"] {
            assert!(text.contains(&format!("\r\n{line}\r\n")), "no {line} in {text}");
        }
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    }

    #[test]
    fn an_errand_is_a_moment_with_a_place_a_list_and_a_reminder() {
        let begin = chrono_tz::Europe::Berlin.with_ymd_and_hms(2026, 10, 25, 2, 30, 0).latest().unwrap();
        let entry = CalendarEntry {
            uid: "b".to_owned(),
            span: Span::Time { begin, minutes: 30 },
            title: "Umschreibung".to_owned(),
            place: Some("Hoher Weg 1, Soest".to_owned()),
            text: Some("- Ausweis\n- eVB".to_owned()),
        };
        let stamp = midnight(day("2026-11-22"));
        let text = Calendar { name: "Umschreibung".to_owned(), stamp, entries: vec![entry] }.text();
        for line in [
            "DTSTART:20261025T013000Z",
            "DTEND:20261025T020000Z",
            "LOCATION:Hoher Weg 1\\, Soest",
            "DESCRIPTION:- Ausweis\\n- eVB",
            "TRIGGER:-P1D",
        ] {
            assert!(text.contains(&format!("\r\n{line}\r\n")), "no {line} in {text}");
        }
    }

    #[test]
    fn text_cannot_break_out_of_its_line() {
        let text = calendar("zu; ja, \\ ganz\r\nEND:VEVENT\nX\u{7}").text();
        assert!(text.contains("SUMMARY:zu\\; ja\\, \\\\ ganz\\nEND:VEVENT\\nX\r\n"), "{text}");
        assert_eq!(text.matches("\r\nEND:VEVENT\r\n").count(), 1);
    }

    #[test]
    fn no_line_is_longer_than_75_octets_and_no_letter_is_torn() {
        for title in ["ä".repeat(200), "€ ".repeat(120), "x".repeat(66), "x".repeat(67), "老虎".repeat(40)] {
            let text = calendar(&title).text();
            assert!(text.split("\r\n").all(|line| line.len() <= LONGEST_LINE), "{text}");
            assert!(unfolded(&text).contains(&format!("SUMMARY:{title}\r\n")), "{text}");
        }
    }
}
