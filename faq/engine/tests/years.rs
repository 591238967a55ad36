//! What depends on a year: the deadlines for old driving licences by year of birth and by year of issue.

use faq_engine::catalogue::CatalogueParts;
use faq_engine::conversation::Conversation;
use faq_engine::facet::Facet;
use faq_engine::service::FacetText;
use faq_engine::turn::Turn;
use faq_engine::years::{YearKind, YearRow, YearTable};
use faq_testkit::Citizen;
use faq_testkit::catalogue::{day, german, slug};
use faq_testkit::county;

/// A Wednesday morning, after some of the deadlines and before others.
const NOW: &str = "2026-09-09T10:15:00+02:00";

/// Somebody who has been greeted.
async fn citizen(now: &str, language: &str) -> Citizen {
    let mut citizen = Citizen::of(county_with_deadlines(), now).reading(language);
    citizen.asks(if language == "de" { "Hallo" } else { "Hello" }).await;
    citizen
}

/// A county where the exchange of old driving licences has its deadlines by year.
fn county_with_deadlines() -> CatalogueParts {
    let row = |from, to, text: &str, ends_on: &str| YearRow {
        from,
        to,
        label: None,
        text: german(text),
        ends_on: Some(day(ends_on)),
        always: false,
    };
    let cards = vec![
        row(Some(1999), Some(2001), "bis 19.01.2026", "2026-01-19"),
        row(Some(2002), Some(2004), "bis 19.01.2027", "2027-01-19"),
    ];
    let paper = vec![
        YearRow { always: true, ..row(None, Some(1952), "bis 19.01.2033, auch mit Karte", "2033-01-19") },
        row(Some(1953), Some(1985), "bis 19.01.2025", "2025-01-19"),
    ];
    let table = |year_of, intro: &str, rows| YearTable { year_of, intro: Some(german(intro)), rows };
    let told = FacetText {
        text: german("Es kommt auf die Ausstellung an."),
        tables: vec![
            table(YearKind::Issue, "Bei Karten zählt das Jahr der Ausstellung.", cards),
            table(YearKind::Birth, "Bei Papier zählt das Geburtsjahr.", paper),
        ],
        if_passed: Some(german("Die Fahrerlaubnis bleibt bestehen.")),
        source: None,
        confirm: false,
        see: Vec::new(),
    };
    let mut parts = county::parts();
    let exchange = parts.services.iter_mut().find(|service| service.slug == slug("fuehrerschein-umtausch"));
    exchange.expect("the sample county exchanges licences").texts.insert(Facet::Deadline, told);
    parts
}

#[tokio::test]
async fn a_deadline_by_year_names_the_row_of_the_year_first() {
    let mut replies = Vec::new();
    for (language, questions) in [
        (
            "de",
            [
                "Führerschein umtauschen Frist",
                "Führerschein umtauschen Frist Jahrgang 1968",
                "Führerschein umtauschen Frist ausgestellt 03",
                "Führerschein umtauschen Frist 2003",
            ],
        ),
        (
            "en",
            [
                "exchange an old licence, deadline?",
                "exchange an old licence, deadline for somebody born in 1968?",
                "exchange driving licence deadline born 1950 issued 2003",
                "exchange an old licence, deadline 2003",
            ],
        ),
    ] {
        for question in questions {
            let mut anna = citizen(NOW, language).await;
            let reply = anna.asks(question).await;
            let offered: Vec<&str> = reply.suggestions.iter().map(|choice| choice.label.as_str()).collect();
            replies.push(format!("> {question}\n\n{}\n\n[{}]", anna.reads(), offered.join("] [")));
        }
    }
    insta::assert_snapshot!(replies.join("\n\n----\n\n"));
}

#[tokio::test]
async fn a_deadline_has_passed_only_after_its_last_day() {
    for (now, passed) in [("2025-01-19T23:00:00+01:00", false), ("2025-01-20T00:30:00+01:00", true)] {
        let mut anna = citizen(now, "de").await;
        anna.asks("Führerschein umtauschen Frist Jahrgang 1968").await;
        assert_eq!(anna.reads().contains("abgelaufen"), passed, "{now}: {}", anna.reads());
        let reply = anna.asks("Führerschein umtauschen Frist Jahrgang 1990").await;
        assert!(anna.reads().contains("vor 1953"), "no row, so the whole table: {}", anna.reads());
        assert!(reply.suggestions.iter().all(|choice| choice.label != "Ganze Tabelle"));
    }
}

#[tokio::test]
async fn a_tap_leads_from_the_row_to_the_whole_table() {
    let mut anna = citizen(NOW, "de").await;
    let row = anna.asks("Führerschein umtauschen Frist Jahrgang 1968").await;
    assert!(!anna.reads().contains("1999 bis 2001"), "{}", anna.reads());
    let whole = row.suggestions.iter().find(|choice| choice.label == "Ganze Tabelle").expect("it is offered");
    // An older button, tapped after something else was talked about: a channel brings back the service only.
    let service = row.conversation.service.clone();
    for conversation in [row.conversation, Conversation { service, ..Conversation::default() }] {
        let turn = Turn { text: whole.send.clone(), language: None, conversation, office: None };
        assert_eq!(anna.desk().answer(turn).await.facet, Some(Facet::Deadline));
    }
    anna.asks(&whole.send).await;
    assert!(anna.reads().contains("1999 bis 2001") && anna.reads().contains("vor 1953"), "{}", anna.reads());
}
