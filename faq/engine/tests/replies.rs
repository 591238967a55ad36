//! What people read: every kind of reply and every kind of block, in German and English.
//!
//! A snapshot shows the reply's kind, language, subject and blocks, then its plain text, its source and what it suggests
//! to ask next.

use chrono::{DateTime, Datelike};
use faq_engine::catalogue::CatalogueParts;
use faq_engine::compose::plain::plain_text;
use faq_engine::desk::InfoDesk;
use faq_engine::facet::Facet;
use faq_engine::hours::MonthDay;
use faq_engine::language::LanguageTag;
use faq_engine::notice::{Notice, Severity};
use faq_engine::reply::{Block, HoursBlock, Passage, Reply};
use faq_testkit::Citizen;
use faq_testkit::catalogue::{both, german, local, notice, slug};
use faq_testkit::county;

/// A Wednesday morning, when the citizen service is open.
const NOW: &str = "2026-09-09T10:15:00+02:00";

/// A reply as a person reads it, headed by what a channel gets to know beside the words.
fn seen(citizen: &Citizen, question: &str, reply: &Reply) -> String {
    let kind = reply.kind.as_str();
    let subject = reply.service.as_ref().or(reply.entry.as_ref()).map_or("-", |slug| slug.as_str());
    let facet = reply.facet.map_or("-", Facet::as_str);
    let blocks: Vec<String> = reply.blocks.iter().map(block_name).collect();
    let suggestions: Vec<String> = reply.suggestions.iter().map(|choice| format!("\n[{}]", choice.label)).collect();
    format!(
        "> {question}\n{kind} · {} · {subject} · {facet}\n{}\n\n{}\n{}",
        reply.language,
        blocks.join(", "),
        citizen.reads(),
        suggestions.concat(),
    )
}

/// The kind of a block and the language it is in, where it says so.
fn block_name(block: &Block) -> String {
    let in_language = |name: &str, passage: &Passage| format!("{name}/{}", passage.language);
    match block {
        Block::Text(passage) => in_language("text", passage),
        Block::Checklist(list) => format!("checklist/{}", list.language),
        Block::Hours(hours) => if hours.day.is_some() { "hours of a day" } else { "hours of the week" }.to_owned(),
        Block::Appointment(block) => {
            block.note.as_ref().map_or("appointment".to_owned(), |note| in_language("appointment", note))
        }
        Block::Contact(block) => block.note.as_ref().map_or("contact".to_owned(), |note| in_language("contact", note)),
        Block::Choices { .. } => "choices".to_owned(),
        Block::Notice { severity, passage, .. } => in_language(&format!("{} notice", severity.as_str()), passage),
        Block::Link { .. } => "link".to_owned(),
    }
}

/// The same conversation in German and in English, each at a fresh desk after the introduction.
async fn in_both_languages(now: &str, turns: &[(&str, &str)]) -> String {
    in_both_languages_of(county::parts(), now, turns).await
}

async fn in_both_languages_of(parts: CatalogueParts, now: &str, turns: &[(&str, &str)]) -> String {
    let mut conversations = Vec::new();
    for (language, greeting) in [("de", "Hallo"), ("en", "Hello")] {
        let mut citizen = Citizen::of(parts.clone(), now).reading(language);
        citizen.asks(greeting).await;
        for (german, english) in turns {
            let question = if language == "de" { german } else { english };
            let reply = citizen.asks(question).await;
            conversations.push(seen(&citizen, question, &reply));
        }
    }
    conversations.join("\n\n----\n\n")
}

#[tokio::test]
async fn the_first_reply_introduces_the_assistant() {
    let mut replies = Vec::new();
    for (language, question) in [
        ("de", "Hallo"),
        ("de", "Danke"),
        ("de", "Elterngeld"),
        ("en", "Hello"),
        ("en", "bye"),
        ("en", "parental allowance"),
    ] {
        let mut citizen = Citizen::at(NOW).reading(language);
        let reply = citizen.asks(question).await;
        replies.push(seen(&citizen, question, &reply));
    }
    insta::assert_snapshot!(replies.join("\n\n----\n\n"));
}

#[tokio::test]
async fn small_talk() {
    let turns = [
        ("Danke", "Thank you"),
        ("Tschüss", "bye"),
        ("Bist du ein Roboter?", "Are you a robot?"),
        ("Was kannst du?", "What can you do?"),
        ("blöder Automat", "stupid machine"),
    ];
    insta::assert_snapshot!(in_both_languages(NOW, &turns).await);
}

#[tokio::test]
async fn danger() {
    let turns = [
        ("Es brennt!", "The house is on fire!"),
        ("Er ist bewusstlos", "He is unconscious"),
        ("Ich will nicht mehr leben", "I want to kill myself"),
    ];
    insta::assert_snapshot!(in_both_languages(NOW, &turns).await);
}

#[tokio::test]
async fn the_wish_for_a_person() {
    let turns = [
        ("Ich will mit einem Menschen reden", "I want a real person"),
        ("Ich will mich beschweren", "I want to complain"),
        ("Was ist mit meinem Antrag?", "What is the status of my application?"),
    ];
    insta::assert_snapshot!(in_both_languages(NOW, &turns).await);
}

#[tokio::test]
async fn not_knowing() {
    let long = "lang ".repeat(300);
    let turns = [
        ("quantenschaum", "quantum foam"),
        ("Was kostet das?", "How much does it cost?"),
        ("?", "?"),
        ("Müllabfuhr", "garbage"),
    ];
    insta::assert_snapshot!(in_both_languages(NOW, &turns).await);
    let mut citizen = Citizen::at(NOW);
    citizen.asks(&long).await;
    assert!(citizen.reads().contains("zu lang"));
}

#[tokio::test]
async fn asking_back() {
    let turns = [("Was kostet das Auto?", "How much does a vehicle cost?"), ("nein", "none of these")];
    insta::assert_snapshot!(in_both_languages(NOW, &turns).await);
}

#[tokio::test]
async fn an_overview_with_an_appointment() {
    let turns = [("Fahrzeug ummelden", "Transfer a vehicle")];
    insta::assert_snapshot!(in_both_languages(NOW, &turns).await);
}

#[tokio::test]
async fn an_appointment_online_otherwise_and_not_recorded() {
    let turns = [
        ("Termin Ummeldung", "appointment transfer"),
        ("Termin Elterngeld", "appointment parental allowance"),
        ("Termin Führerschein", "appointment driving licence"),
        ("Brauche ich einen Termin für eine Abmeldung", "appointment deregister"),
    ];
    insta::assert_snapshot!(in_both_languages(NOW, &turns).await);
}

#[tokio::test]
async fn fees_with_a_range_an_online_price_without_a_date_and_free() {
    let turns = [
        ("Was kostet die Ummeldung?", "How much does the transfer cost?"),
        ("Was kostet die Abmeldung?", "How much does it cost to deregister?"),
        ("Was kostet Elterngeld?", "How much does parental allowance cost?"),
        ("Was kostet ein Personalausweis?", "How much does an identity card cost?"),
    ];
    insta::assert_snapshot!(in_both_languages(NOW, &turns).await);
}

#[tokio::test]
async fn documents_grouped_by_case_and_narrowed_down() {
    let turns = [
        ("Unterlagen Ummeldung", "documents transfer"),
        ("Meine eigene Liste", "My own list"),
        ("2", "2"),
        ("Weiß ich nicht", "I don't know"),
    ];
    insta::assert_snapshot!(in_both_languages(NOW, &turns).await);
}

#[tokio::test]
async fn a_facet_that_is_not_recorded_names_what_comes_nearest() {
    let turns = [
        ("Geht die Ummeldung online?", "Can I do the transfer online?"),
        ("Bis wann Ummeldung", "deadline transfer"),
        ("Unterlagen Elterngeld", "documents parental allowance"),
        ("Unterlagen Personalausweis", "documents identity card"),
    ];
    insta::assert_snapshot!(in_both_languages(NOW, &turns).await);
}

#[tokio::test]
async fn places_contacts_and_town_halls() {
    let turns = [
        ("Wo bekomme ich Elterngeld?", "Where do I get parental allowance?"),
        ("Telefonnummer Ummeldung", "phone number transfer"),
        ("Führerschein umtauschen", "exchange driving licence"),
        ("Neudorf", "Neudorf"),
        ("Personalausweis beantragen", "identity card"),
    ];
    insta::assert_snapshot!(in_both_languages(NOW, &turns).await);
}

#[tokio::test]
async fn a_free_question() {
    let turns = [("Wo ist das Fundbüro?", "lost property"), ("Oldtimer", "classic")];
    insta::assert_snapshot!(in_both_languages(NOW, &turns).await);
}

#[tokio::test]
async fn notices_are_loudest_first() {
    let mut parts = county::parts();
    parts.notices = vec![
        Notice {
            severity: Severity::Info,
            ..notice("fest", both("Am Freitag ist **Stadtfest**.", "Town **festival**."))
        },
        Notice { severity: Severity::Critical, ..notice("wasser", german("Das Kreishaus ist gesperrt.")) },
        Notice { valid_until: local("2026-09-09T10:00:00"), ..notice("vorbei", german("Vorbei.")) },
    ];
    insta::assert_snapshot!(in_both_languages_of(parts, NOW, &[("Elterngeld", "parental allowance")]).await);
}

#[tokio::test]
async fn a_day_nobody_knows_is_neither_open_nor_closed() {
    let mut parts = county::parts();
    let office = parts.offices.iter_mut().find(|office| office.id.as_str() == "zulassungsstelle");
    let hours = &mut office.expect("the county has a vehicle office").hours;
    *hours = hours.clone().with_unknown_days(vec![MonthDay::parse("12-29").expect("a day of the year")]);
    let turns = [
        ("Hat die Zulassungsstelle am 29.12. auf?", "Is the Zulassungsstelle open on 29.12.?"),
        ("Öffnungszeiten Zulassungsstelle", "opening hours Zulassungsstelle"),
    ];
    insta::assert_snapshot!(in_both_languages_of(parts, "2026-12-21T10:15:00+01:00", &turns).await);
}

#[tokio::test]
async fn hours_now() {
    let question = [("Habt ihr noch auf?", "Are you open now?")];
    insta::assert_snapshot!("hours_open_now", in_both_languages(NOW, &question).await);
    insta::assert_snapshot!("hours_closed_now", in_both_languages("2026-09-11T13:00:00+02:00", &question).await);
    insta::assert_snapshot!("hours_lunch_break", in_both_languages("2026-09-10T13:00:00+02:00", &question).await);
    insta::assert_snapshot!("hours_holiday", in_both_languages("2026-12-25T11:00:00+01:00", &question).await);
}

#[tokio::test]
async fn hours_of_a_day() {
    let turns = [
        ("Ist am Freitag um 12 geöffnet?", "open on friday at 12?"),
        ("Ist am Freitag um 14 Uhr geöffnet?", "open on friday at 14:00?"),
        ("Habt ihr am Sonntag offen?", "open on sunday?"),
        ("Habt ihr am 24.12. offen?", "open on 24.12.?"),
        ("Habt ihr am 25.9. offen?", "open on 25.9.?"),
        ("Habt ihr am 29.9. offen?", "open on 29.9.?"),
        ("War gestern geöffnet?", "were you open yesterday?"),
    ];
    insta::assert_snapshot!(in_both_languages(NOW, &turns).await);
}

#[tokio::test]
async fn hours_of_a_weekend_name_each_day() {
    insta::assert_snapshot!(in_both_languages(NOW, &[("Am Wochenende offen?", "open on the weekend?")]).await);
}

#[tokio::test]
async fn hours_of_the_week_announce_closures() {
    let turns =
        [("Öffnungszeiten", "opening hours"), ("Öffnungszeiten Zulassungsstelle", "opening hours zulassungsstelle")];
    insta::assert_snapshot!(in_both_languages("2026-09-12T18:00:00+02:00", &turns).await);
}

#[tokio::test]
async fn hours_of_an_office_without_hours_are_not_invented() {
    insta::assert_snapshot!(
        in_both_languages(NOW, &[("Wann hat das Bürgertelefon 115 offen?", "opening hours Bürgertelefon")]).await
    );
}

#[tokio::test]
async fn what_a_service_page_shows_of_each_facet() {
    let citizen = Citizen::at(NOW);
    let german = faq_engine::language::LanguageTag::german();
    for facet in Facet::ALL {
        let reply = citizen.desk().answer_about(&slug("kfz-ummeldung"), Some(facet), &german).await;
        assert_eq!(reply.expect("the service is published").facet, Some(facet));
    }
    assert!(citizen.desk().answer_about(&slug("gibt-es-nicht"), None, &german).await.is_none());
}

#[tokio::test]
async fn suggestions_complete_what_was_typed() {
    let citizen = Citizen::at(NOW);
    let german = faq_engine::language::LanguageTag::german();
    let labels = |typed: &str| -> Vec<String> {
        citizen.desk().suggest(typed, &german, 3).into_iter().map(|choice| choice.label).collect()
    };
    assert_eq!(labels("fahr"), ["Fahrzeug abmelden", "Fahrzeug ummelden"]);
    assert_eq!(labels("Müllabfuhr"), ["Wann kommt die Müllabfuhr?"]);
    assert_eq!(labels("f"), [] as [&str; 0]);
    assert_eq!(labels("quantenschaum"), [] as [&str; 0]);
}

#[tokio::test]
async fn every_sentence_is_in_the_language_packs() {
    // A key without a sentence is shown as it is; no reply of the sample county contains one.
    let keys = ["hours_", "unknown_", "fee_", "situation_", "handoff_", "emergency_", "list_", "source_line"];
    let mut citizen = Citizen::at(NOW);
    for text in ["Auto", "Was kostet die Ummeldung?", "Unterlagen", "Öffnungszeiten", "Sonntag offen?", "Danke", "xyz"]
    {
        citizen.asks(text).await;
        assert!(!keys.iter().any(|key| citizen.reads().contains(key)), "{}", citizen.reads());
    }
}

#[tokio::test]
async fn a_closed_day_names_the_next_opening_after_it() {
    let next = |reply: &Reply| -> Option<DateTime<chrono_tz::Tz>> {
        reply.blocks.iter().find_map(|block| match block {
            Block::Hours(HoursBlock { next_opening, .. }) => *next_opening,
            _ => None,
        })
    };
    for (question, expected) in [
        ("Habt ihr am Sonntag offen?", Some("2026-09-14T08:00:00+02:00")),
        ("Habt ihr am 24.12. offen?", Some("2026-12-28T08:00:00+01:00")),
        ("Ist Freitag um 14 Uhr geöffnet?", Some("2026-09-12T09:00:00+02:00")),
        ("Ist Freitag abend geöffnet?", Some("2026-09-12T09:00:00+02:00")),
        ("Ist Freitag vor 8 Uhr geöffnet?", Some("2026-09-11T08:00:00+02:00")),
        ("War am letzten Sonntag geöffnet?", Some("2026-09-10T08:00:00+02:00")),
        ("Ist am Freitag geöffnet?", None),
    ] {
        let reply = Citizen::at(NOW).asks(question).await;
        let next = next(&reply);
        assert_eq!(next.map(|at| at.to_rfc3339()), expected.map(str::to_owned), "{question}");
        assert!(next.is_none_or(|at| at.year() == 2026), "{question}");
    }
}

#[tokio::test]
async fn what_is_read_later_says_nothing_about_this_moment() {
    let now = "2026-09-09T10:15:00+02:00";
    let told = |desk: InfoDesk| async move {
        let reply = desk.answer_about_office(&slug("buergerservice"), &LanguageTag::german()).await.expect("an office");
        plain_text(&reply, &desk.phrasebook(None))
    };
    let at_once = told(county::desk(county::parts(), now)).await;
    let later = told(county::desk(county::parts(), now).read_later()).await;
    assert!(at_once.contains("Heute ist"), "{at_once}");
    for passing in ["Heute", "jetzt", "Nächste Öffnung"] {
        assert!(!later.contains(passing), "{later}");
    }
    assert!(later.contains("Montag") && later.contains("02921 30-0"), "{later}");
}
