use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::Europe::Berlin;
use chrono_tz::Tz;
use proptest::prelude::*;

use super::{has_time_expression, time_expressions, time_question};
use crate::hours::{AskedDay, AskedTime, TimeQuestion};

fn at(text: &str) -> DateTime<Tz> {
    DateTime::parse_from_rfc3339(text).expect("valid").with_timezone(&Berlin)
}

/// A Wednesday morning.
fn now() -> DateTime<Tz> {
    at("2026-09-09T10:15:00+02:00")
}

/// The day and time in one line: `2026-09-11 @16:30`.
fn brief(question: &TimeQuestion) -> String {
    let clock = |time: NaiveTime| time.format("%H:%M").to_string();
    let day = match question.day {
        AskedDay::Date(date) => date.to_string(),
        AskedDay::Range(first, last) => format!("{first}..{last}"),
        AskedDay::Week => "week".to_owned(),
        AskedDay::Past(date) => format!("past {date}"),
    };
    let time = match question.time {
        None => String::new(),
        Some(AskedTime::Now) => " now".to_owned(),
        Some(AskedTime::At(time)) => format!(" @{}", clock(time)),
        Some(AskedTime::From(time)) => format!(" {}..", clock(time)),
        Some(AskedTime::Until(time)) => format!(" ..{}", clock(time)),
        Some(AskedTime::Within(from, to)) => format!(" {}..{}", clock(from), clock(to)),
    };
    day + &time
}

#[track_caller]
fn asked_at(now: &DateTime<Tz>, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let question = time_question(text, now);
        assert_eq!((brief(&question).as_str(), question.explicit), (*expected, true), "{text}");
        assert!(has_time_expression(text), "{text}");
    }
}

#[track_caller]
fn asked(cases: &[(&str, &str)]) {
    asked_at(&now(), cases);
}

#[test]
fn days_counted_from_today() {
    asked(&[
        ("heute", "2026-09-09"),
        ("HEUTE GEÖFFNET?", "2026-09-09"),
        ("morgen", "2026-09-10"),
        ("morgn offen", "2026-09-10"),
        ("übermorgen", "2026-09-11"),
        ("ueber morgen", "2026-09-11"),
        ("gestern", "past 2026-09-08"),
        ("vorgestern war zu", "past 2026-09-07"),
        ("in 3 Tagen", "2026-09-12"),
        ("in 14 Tagen", "2026-09-23"),
        ("in vierzehn tagen um 9", "2026-09-23 @09:00"),
        ("heute in acht Tagen", "2026-09-16"),
        ("in ner Woche", "2026-09-16"),
        ("in zwei Wochen am Freitag", "2026-09-25"),
        ("morgen in einer Woche", "2026-09-17"),
    ]);
}

#[test]
fn morgen_is_a_day_a_time_or_a_greeting() {
    asked(&[
        ("morgen früh", "2026-09-10 06:00..11:00"),
        ("heute Morgen", "2026-09-09 06:00..11:00"),
        ("Montag Morgen um 8", "2026-09-14 @08:00"),
        ("am Morgen geöffnet?", "week 06:00..11:00"),
        ("morgens", "week 06:00..11:00"),
        ("Moin, morgen offen?", "2026-09-10"),
    ]);
    assert!(!has_time_expression("Guten Morgen, ich hätte eine Frage"));
    assert!(!has_time_expression("Morgen zusammen"));
    assert!(!has_time_expression("Schönes Wochenende und guten Abend"));
}

#[test]
fn weekdays() {
    asked(&[
        ("habt ihr Samstag offen", "2026-09-12"),
        ("Sonnabend", "2026-09-12"),
        ("samstags", "2026-09-12"),
        ("Donnerstach", "2026-09-10"),
        ("diesen Freitag", "2026-09-11"),
        ("kommenden Freitag", "2026-09-11"),
        ("nächsten Freitag", "2026-09-11"),
        ("nächsten Mittwoch", "2026-09-16"),
        ("übernächsten Freitag", "2026-09-18"),
        ("letzten Freitag", "past 2026-09-04"),
        ("nächste Woche Mittwoch", "2026-09-16"),
        ("Mittwoch nächster Woche", "2026-09-16"),
        ("kommende Woche habt ihr am Montag auf?", "2026-09-14"),
        ("Mittwoch in einer Woche", "2026-09-16"),
        ("Mittwoch in 14 Tagen", "2026-09-23"),
        ("erster Samstag im Oktober", "2026-10-03"),
        ("letzter Freitag im Monat", "2026-09-25"),
        ("Freitagnachmittag", "2026-09-11 14:00..18:00"),
        ("Mo-Fr", "2026-09-14..2026-09-18"),
        ("Samstag und Sonntag", "2026-09-12..2026-09-13"),
        ("Mittwoch um 9", "2026-09-16 @09:00"),
        ("Mittwoch um 11", "2026-09-09 @11:00"),
    ]);
}

#[test]
fn abbreviated_weekdays_and_the_words_they_look_like() {
    asked(&[
        ("sa", "2026-09-12"),
        ("sa auf?", "2026-09-12"),
        ("habt ihr sa offen", "2026-09-12"),
        ("Mi. um 11", "2026-09-09 @11:00"),
        ("do bis 18 uhr?", "2026-09-10 17:59..18:00"),
        ("am fr", "2026-09-11"),
        ("sa/so auf?", "2026-09-12..2026-09-13"),
        ("habt ihr so um 4 auf", "2026-09-09 @16:00"),
    ]);
    for text in [
        "so ein Mist",
        "i hob mi verfahren",
        "was machst du do",
        "Fr. Müller sprechen",
        "SO-AB 123 reservieren",
        "Frau Sonntag",
        "Montage der Anhängerkupplung",
    ] {
        assert!(!has_time_expression(text), "{text}");
    }
}

#[test]
fn weeks_and_weekends() {
    asked(&[
        ("am Wochenende auf?", "2026-09-12..2026-09-13"),
        ("nächste Woche", "2026-09-14..2026-09-20"),
        ("übernächste Woche", "2026-09-21..2026-09-27"),
        ("Ende der Woche", "2026-09-11"),
        ("Anfang nächster Woche", "2026-09-14"),
        ("Mitte der Woche", "2026-09-09"),
    ]);
    let saturday = at("2026-09-12T08:00:00+02:00");
    asked_at(
        &saturday,
        &[
            ("nächstes Wochenende", "2026-09-19..2026-09-20"),
            ("dieses Wochenende", "2026-09-12..2026-09-13"),
            ("nächsten Samstag", "2026-09-19"),
            ("Samstag noch auf?", "2026-09-12"),
        ],
    );
}

#[test]
fn dates() {
    asked(&[
        ("am 24.12.", "2026-12-24"),
        ("24.12.2026", "2026-12-24"),
        ("24.12.26 um 9", "2026-12-24 @09:00"),
        ("2026-12-24", "2026-12-24"),
        ("24. Dezember", "2026-12-24"),
        ("am 5.1. um 9?", "2027-01-05 @09:00"),
        ("am 3.10", "2026-10-03"),
        ("28.12. 10 Uhr", "2026-12-28 @10:00"),
        ("den 3ten", "2026-10-03"),
        ("am 15.", "2026-09-15"),
        ("kommt am 24sten jemand?", "2026-09-24"),
        ("Freitag der 13.", "2026-11-13"),
        ("Freitag, den 25.9.", "2026-09-25"),
        ("dritter Oktober", "2026-10-03"),
        ("24. bis 26.12.", "2026-12-24..2026-12-26"),
        ("29.2.", "2028-02-29"),
        ("am 8.9.2026", "past 2026-09-08"),
    ]);
}

#[test]
fn named_days() {
    asked(&[
        ("Heiligabend", "2026-12-24"),
        ("Heilig Abend", "2026-12-24"),
        ("Silvester", "2026-12-31"),
        ("sylvester vormittag", "2026-12-31 08:00..12:00"),
        ("Neujahr", "2027-01-01"),
        ("Silvester 2027", "2027-12-31"),
        ("Karfreitag", "2027-03-26"),
        ("Ostermontag", "2027-03-29"),
        ("Ostersamstag", "2027-03-27"),
        ("Christi Himmelfahrt", "2027-05-06"),
        ("Mariä Himmelfahrt", "2027-08-15"),
        ("Vatertag", "2027-05-06"),
        ("Pfingsten", "2027-05-16..2027-05-17"),
        ("fronleichnahm", "2027-05-27"),
        ("Tag der Deutschen Einheit", "2026-10-03"),
        ("Reformationstag", "2026-10-31"),
        ("Buß- und Bettag", "2026-11-18"),
        ("Allerheiligen", "2026-11-01"),
        ("Rosenmontag", "2027-02-08"),
        ("Weiberfastnacht nachmittags", "2027-02-04 14:00..18:00"),
        ("Altweiber", "2027-02-04"),
        ("zweiter Weihnachtsfeiertag", "2026-12-26"),
        ("1. Advent", "2026-11-29"),
        ("zwischen den Jahren", "2026-12-27..2026-12-30"),
        ("zwischen Weihnachten und Neujahr", "2026-12-27..2026-12-30"),
        ("in den Herbstferien", "2026-10-17..2026-10-31"),
        ("in den Ferien", "2026-10-17..2026-10-31"),
        ("an Feiertagen", "2026-10-03"),
    ]);
}

#[test]
fn days_placed_by_others() {
    asked(&[
        ("Dienstag nach Pfingsten", "2027-05-18"),
        ("Freitag nach Fronleichnam", "2027-05-28"),
        ("Samstag vor Ostern", "2027-03-27"),
        ("Tag nach Neujahr", "2027-01-02"),
        ("zwei Tage vor Heiligabend", "2026-12-22"),
        ("letzter Samstag vor Weihnachten", "2026-12-19"),
        ("nach Weihnachten wieder auf?", "2026-12-27..2027-01-02"),
        ("Brückentag", "2027-05-07"),
        ("Brückentag nach Fronleichnam", "2027-05-28"),
        ("Brückentag im Mai", "2027-05-07"),
    ]);
    let on_the_bridge_day = at("2026-06-05T08:00:00+02:00");
    asked_at(&on_the_bridge_day, &[("Freitag nach Fronleichnam", "2026-06-05"), ("Brückentag", "2026-06-05")]);
}

#[test]
fn of_several_days_the_right_one() {
    asked(&[
        ("gestern war zu, heute wieder normal?", "2026-09-09"),
        ("gestern um 9 war zu, morgen auf?", "2026-09-10"),
        ("2. Weihnachtstag is ja Samstag, also 9 bis 12?", "2026-12-26 09:00..12:00"),
        ("Heiligabend fällt auf einen Montag, oder?", "2026-12-24"),
        ("Freitag ist ja der 25.12., also zu?", "2026-12-25"),
        ("morgen ist Feiertag, habt ihr auf?", "2026-09-10"),
        ("Fronleichnam zu, Freitag offen?", "2027-05-28"),
        ("Allerheiligen is Sonntag, Montag dann zu?", "2026-11-02"),
        ("heute oder morgen", "2026-09-09..2026-09-10"),
    ]);
}

#[test]
fn times_of_day() {
    asked(&[
        ("17:30", "2026-09-09 @17:30"),
        ("17.30", "2026-09-09 @17:30"),
        ("17 Uhr 30", "2026-09-09 @17:30"),
        ("heute um 17.30 Uhr", "2026-09-09 @17:30"),
        ("halb acht", "2026-09-09 @07:30"),
        ("heute gegen halb fünf", "2026-09-09 @16:30"),
        ("morgen Nachmittag gegen halb fünf", "2026-09-10 @16:30"),
        ("viertel vor vier", "2026-09-09 @15:45"),
        ("viertel vier", "2026-09-09 @15:15"),
        ("dreiviertel acht", "2026-09-09 @07:45"),
        ("fünf vor zwölf", "2026-09-09 @11:55"),
        ("kurz vor 5", "2026-09-09 @16:55"),
        ("um fünf vor halb acht", "2026-09-09 @07:25"),
        ("punkt acht am Freitag", "2026-09-11 @08:00"),
        ("morgen um 7", "2026-09-10 @07:00"),
        ("hab morgen um 10 nen Termin", "2026-09-10 @10:00"),
        ("abends um 7", "2026-09-09 @19:00"),
        ("morgen früh um 6", "2026-09-10 @06:00"),
        ("freitag mittags um 1", "2026-09-11 @13:00"),
        ("nach 17 Uhr", "2026-09-09 17:00.."),
        ("nach der Arbeit", "week 17:00.."),
        ("vor 8 schon jemand da?", "2026-09-09 ..08:00"),
        ("ab 7 offen?", "2026-09-10 @07:00"),
        ("freitag ab 12", "2026-09-11 12:00.."),
        ("bis 17 Uhr auf?", "2026-09-09 16:59..17:00"),
        ("zwischen 12 und 14 Uhr", "2026-09-09 12:00..14:00"),
        ("von 10 bis 4 Uhr", "2026-09-09 10:00..16:00"),
        ("vormittags", "week 08:00..12:00"),
        ("mittags", "week 12:00..14:00"),
        ("heute nachmittag", "2026-09-09 14:00..18:00"),
        ("abends auf?", "week 18:00..22:00"),
        ("in zwei Stunden", "2026-09-09 @12:15"),
        ("in einer halben Stunde noch auf?", "2026-09-09 @10:45"),
    ]);
}

#[test]
fn now_and_the_plan() {
    asked(&[
        ("jetzt", "2026-09-09 now"),
        ("jetzt noch jemand da?", "2026-09-09 now"),
        ("noch auf?", "2026-09-09 now"),
        ("hat es noch offen?", "2026-09-09 now"),
        ("heute noch auf?", "2026-09-09 now"),
        ("kann ich heute noch vorbeikommen?", "2026-09-09 now"),
        ("wann habt ihr wieder auf?", "2026-09-09 now"),
        ("bis wann habt ihr auf?", "2026-09-09"),
        ("bis wann?", "2026-09-09"),
        ("bis wann habt ihr heute auf?", "2026-09-09"),
    ]);
    for (text, expected) in [
        ("wann habt ihr auf?", "week"),
        ("Öffnungszeiten", "week"),
        ("", "week"),
        ("habt ihr auf?", "2026-09-09 now"),
        ("jemand da?", "2026-09-09 now"),
    ] {
        let question = time_question(text, &now());
        assert_eq!((brief(&question).as_str(), question.explicit), (expected, false), "{text}");
    }
}

#[test]
fn other_languages() {
    asked(&[
        ("are you open tomorrow at 9?", "2026-09-10 @09:00"),
        ("saturday at 4 pm", "2026-09-12 @16:00"),
        ("the day after tomorrow", "2026-09-11"),
        ("next Monday", "2026-09-14"),
        ("open now?", "2026-09-09 now"),
        ("are you open on Christmas Eve?", "2026-12-24"),
        ("yarın açık mısınız?", "2026-09-10"),
        ("öbür gün", "2026-09-11"),
        ("cumartesi günü açık mı", "2026-09-12"),
        ("BUGÜN SAAT 5'TE", "2026-09-09 @17:00"),
        ("hafta sonu", "2026-09-12..2026-09-13"),
        ("şu an açık mısınız", "2026-09-09 now"),
        ("сегодня открыто?", "2026-09-09"),
        ("завтра в 9 часов", "2026-09-10 @09:00"),
        ("вы работаете в воскресенье?", "2026-09-13"),
        ("післязавтра", "2026-09-11"),
        ("у п’ятницю", "2026-09-11"),
        ("в неділю", "2026-09-13"),
        ("هل تفتحون غداً؟", "2026-09-10"),
        ("بعد غد", "2026-09-11"),
        ("فاتحين يوم الأحد؟", "2026-09-13"),
        ("والسبت؟", "2026-09-12"),
        ("الآن", "2026-09-09 now"),
        ("jutro o 9", "2026-09-10 @09:00"),
        ("czy w piątek po 13 otwarte?", "2026-09-11 13:00.."),
        ("pojutrze", "2026-09-11"),
        ("demain à 9h", "2026-09-10 @09:00"),
        ("ouvert après-demain ?", "2026-09-11"),
        ("lundi prochain", "2026-09-14"),
        ("aujourd'hui", "2026-09-09"),
    ]);
    assert!(!has_time_expression("هل يوجد أحد يتكلم العربية"));
    assert!(!has_time_expression("Ist hier jemand"));
}

#[test]
fn ages_fees_and_classes_are_no_times() {
    for text in [
        "Führerschein mit 17",
        "Führerschein ab 17?",
        "Kind ist 8 Jahre alt",
        "ab 18 Jahren",
        "Klasse 3 umtauschen",
        "für 2 Personen",
        "kostet das 30 Euro",
        "12.50 Euro",
        "17,50 €",
        "bis 3,5 t",
        "02921 30-0",
        "§ 17 StVO",
        "Zimmer 1.12",
        "den 2. Wagen anmelden",
        "am 8. Geburtstag",
        "Wohnung im 3. Stock",
        "um 2 Monate verlängern",
        "vor 3 Wochen beantragt",
        "innerhalb von 14 Tagen",
        "geboren am 24.12.1990",
        "von 10 auf 20 ändern",
        "halb so wild",
        "was muss ich jetzt machen",
        "was brauche ich noch",
        "muss ich noch was mitbringen",
        "is SO-XY 77 noch zu haben?",
        "wie voll is es denn grad bei euch, lohnt sich das noch?",
    ] {
        assert!(!has_time_expression(text), "{text}");
    }
}

#[test]
fn an_expression_is_found_with_all_its_words() {
    for text in ["Tag der Deutschen Einheit", "Heilig Abend", "den 3ten", "nach der Arbeit", "Christi Himmelfahrt"] {
        let found = time_expressions(text);
        let whole = found.first().zip(found.last()).map(|(first, last)| first.start..last.end);
        assert!(whole.is_some_and(|range| range.start <= "den ".len() && range.end == text.len()), "{text}: {found:?}");
    }
    assert!(time_expressions("geboren am 24.12.1990").is_empty());
}

#[test]
fn only_the_first_thousand_characters_are_read() {
    let text = format!("{} morgen", "wort ".repeat(200));
    assert!(!has_time_expression(&text));
}

/// Words and marks of the grammar in any order, which reach deeper than random letters.
fn scrambled() -> impl Strategy<Value = String> {
    let words = [
        "heute",
        "morgen",
        "früh",
        "in",
        "einer",
        "Woche",
        "nach",
        "vor",
        "Pfingsten",
        "Freitag",
        "so",
        "mi",
        "24",
        "12",
        "3",
        "99999999999",
        ".",
        ":",
        "-",
        "/",
        ",",
        "am",
        "den",
        "um",
        "ab",
        "bis",
        "zwischen",
        "und",
        "halb",
        "viertel",
        "acht",
        "Uhr",
        "nächsten",
        "letzten",
        "Brückentag",
        "Ferien",
        "Feiertag",
        "Advent",
        "2026",
        "Mai",
        "Monat",
        "im",
        "erster",
        "Stunden",
        "auf",
        "noch",
        "jetzt",
        "ten",
        "pm",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..40).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn any_text_at_any_time_is_survived(text in prop_oneof![any::<String>(), scrambled()], seconds in any::<i64>()) {
        let now = DateTime::from_timestamp(seconds / 1_000_000, 0).unwrap_or_default().with_timezone(&Berlin);
        let question = time_question(&text, &now);
        let today = now.date_naive();
        match question.day {
            AskedDay::Date(date) => prop_assert!(date >= today),
            AskedDay::Range(first, last) => prop_assert!(first < last && last >= today),
            AskedDay::Past(date) => prop_assert!(date < today),
            AskedDay::Week => {}
        }
        has_time_expression(&text);
    }

    #[test]
    fn the_ends_of_the_calendar_are_survived(text in scrambled(), late in any::<bool>()) {
        let end = if late { NaiveDate::MAX } else { NaiveDate::MIN };
        let inside = if late { -TimeDelta::days(2) } else { TimeDelta::days(2) };
        let now = (end + inside).and_time(NaiveTime::MIN).and_utc().with_timezone(&Berlin);
        time_question(&text, &now);
    }
}
