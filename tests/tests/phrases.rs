//! What people say about days and times, asked of the shipped desk on one fixed day: the table shows what each phrase is
//! taken for. A changed line is a changed reading, to be explained in its commit.

use std::fmt::Write;

use auskunft_tests::command_line::auskunft;
use serde_json::Value;

/// A Wednesday morning, before Advent.
const NOW: &str = "2026-11-25T10:00:00+01:00";
/// Of a long range the beginning tells enough.
const MOST_DAYS: usize = 6;

const PHRASES: &[&str] = &[
    "heute",
    "jetzt",
    "hat es noch offen?",
    "morgen",
    "am Morgen",
    "morgen früh",
    "übermorgen",
    "gestern",
    "Samstag",
    "Sonnabend",
    "Wochenende",
    "diesen Freitag",
    "kommenden Freitag",
    "nächsten Freitag",
    "nächste Woche Mittwoch",
    "Mittwoch in einer Woche",
    "in 3 Tagen",
    "in 14 Tagen",
    "am 24.12.",
    "24.12.2026",
    "24. Dezember",
    "den 3ten",
    "Heiligabend",
    "Heilig Abend",
    "Silvester",
    "Neujahr",
    "Karfreitag",
    "Ostermontag",
    "Ostersamstag",
    "Christi Himmelfahrt",
    "Vatertag",
    "Pfingsten",
    "Fronleichnam",
    "Tag der Deutschen Einheit",
    "Reformationstag",
    "Allerheiligen",
    "Rosenmontag",
    "Weiberfastnacht",
    "Altweiber",
    "zwischen den Jahren",
    "Brückentag",
    "Ferien",
    "vormittags",
    "mittags",
    "nachmittags",
    "abends",
    "nach der Arbeit",
    "nach 17 Uhr",
    "ab 7",
    "bis wann",
    "vor 8",
    "halb acht",
    "viertel vor vier",
    "viertel vier",
    "17:30",
    "17.30",
    "17 Uhr 30",
    "sa",
    "Mi.",
    "Donnerstach",
    "morgn",
    "noch auf?",
    "nächste Woche Freitag",
    "zwischen Weihnachten und Neujahr",
    "in den Ferien",
    "heute Nachmittag",
    "morgen um halb acht",
    "um viertel vier",
];

/// "2026-12-24 closed (Heiligabend)".
fn day(block: &Value) -> String {
    let text = |key: &str| block[key].as_str().unwrap_or_default();
    let Some(date) = block["date"].as_str() else { return "week".to_owned() };
    let state = if block["open"] == true { "open" } else { "closed" };
    let mut line = format!("{date} {state}");
    if block["opens"].is_string() {
        let _ = write!(line, " {}-{}", text("opens"), text("closes"));
    }
    if block["reason"].is_string() {
        let _ = write!(line, " ({})", text("reason"));
    }
    line
}

#[test]
fn phrases_about_days_and_times_are_read_as_this_table_says() {
    let call = auskunft(["ask", "--separate", "--json", "--at", NOW]).hears(PHRASES.iter().copied());
    let replies = call.replies();
    assert_eq!(replies.len(), PHRASES.len());
    let mut table = String::new();
    for (phrase, reply) in PHRASES.iter().zip(&replies) {
        let blocks = || reply["blocks"].as_array().expect("a reply has blocks").iter();
        let days: Vec<String> = blocks().filter(|block| block["type"] == "hours").map(day).take(MOST_DAYS).collect();
        // The first text says who speaks, and each day of a range has its own.
        let said = blocks().filter(|block| block["type"] == "text").filter_map(|block| block["text"].as_str()).nth(1);
        let said = said.unwrap_or_default().replace('\n', " ");
        let (kind, topic) = (reply["kind"].as_str(), reply["service"].as_str());
        let _ = writeln!(table, "{phrase}\n    {} {}", kind.unwrap_or("?"), topic.unwrap_or("-"));
        let _ = writeln!(table, "    {}\n    {said}", days.join("; "));
    }
    insta::assert_snapshot!(table);
    let not_understood: Vec<_> =
        PHRASES.iter().zip(&replies).filter(|(_, reply)| reply["service"] != "oeffnungszeiten").collect();
    assert!(not_understood.is_empty(), "{not_understood:?}");
}
