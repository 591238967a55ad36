//! Calendars for other programs (iCalendar, RFC 5545): whole days with a title, written in one place for every page that
//! offers some.
//!
//! Our own few lines instead of a crate: whole days need neither time zones nor recurrences, only escaping and folding.
//! The usual crate brings parsers of dates with it and takes the machine's clock and chance where it is not told
//! otherwise; here the same content is the same bytes by construction.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use chrono::{Days, NaiveDate};

use super::assets::FRESH_FOR_MINUTES;

/// Octets of a line without its end.
const LONGEST_LINE: usize = 75;

/// A calendar and what it is called.
pub(crate) struct Calendar {
    pub(crate) name: String,
    /// The day on which its content was last checked: it changes with the content only.
    pub(crate) stamp: NaiveDate,
    pub(crate) days: Vec<CalendarDays>,
}

/// One or several days in a row.
pub(crate) struct CalendarDays {
    /// The same as long as it is the same thing, and no other's: programs recognise it by this.
    pub(crate) uid: String,
    pub(crate) first: NaiveDate,
    /// The last day, inclusive.
    pub(crate) last: NaiveDate,
    pub(crate) title: String,
}

impl Calendar {
    /// As a file of this name.
    pub(crate) fn response(&self, file: &str) -> HttpResponse {
        HttpResponse::Ok()
            .content_type("text/calendar; charset=utf-8")
            .insert_header((CONTENT_DISPOSITION, format!("inline; filename=\"{file}\"")))
            .insert_header((CACHE_CONTROL, FRESH_FOR_MINUTES))
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
        for days in &self.days {
            // The end is the first day after it.
            let end = days.last.checked_add_days(Days::new(1)).unwrap_or(days.last);
            line("BEGIN:VEVENT");
            line(&format!("UID:{}", escaped(&days.uid)));
            line(&format!("DTSTAMP:{}T000000Z", self.stamp.format("%Y%m%d")));
            line(&format!("DTSTART;VALUE=DATE:{}", days.first.format("%Y%m%d")));
            line(&format!("DTEND;VALUE=DATE:{}", end.format("%Y%m%d")));
            line(&format!("SUMMARY:{}", escaped(&days.title)));
            // An office that is closed keeps nobody busy.
            line("TRANSP:TRANSPARENT");
            line("END:VEVENT");
        }
        line("END:VCALENDAR");
        text
    }
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
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar(title: &str) -> Calendar {
        let days = CalendarDays {
            uid: "a".to_owned(),
            first: day("2026-12-28"),
            last: day("2026-12-31"),
            title: title.to_owned(),
        };
        Calendar { name: "Bürgerservice".to_owned(), stamp: day("2026-11-22"), days: vec![days] }
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
