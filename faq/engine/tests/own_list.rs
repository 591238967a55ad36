//! Exactly this person's list of documents: asked for step by step, changed, left, and shown whole again.

use faq_engine::conversation::Pending;
use faq_engine::reply::{Reply, ReplyKind};
use faq_testkit::Citizen;
use faq_testkit::replies::{about, items, list};

fn citizen() -> Citizen {
    Citizen::at("2026-09-09T10:15:00+02:00")
}

fn cases(reply: &Reply) -> Vec<(String, Option<String>)> {
    list(reply).into_iter().map(|(text, case)| (text.to_owned(), case.map(str::to_owned))).collect()
}

/// Asked about the whole situation: a company that keeps its plates.
async fn citizen_with_own_list() -> Citizen {
    let mut citizen = citizen();
    for said in ["Welche Unterlagen für die Ummeldung?", "Meine eigene Liste", "Eine Firma", "Ja, behalten"] {
        citizen.asks(said).await;
    }
    citizen
}

#[tokio::test]
async fn the_own_list_holds_exactly_what_this_person_needs() {
    let mut citizen = citizen();
    let whole = citizen.asks("Welche Unterlagen für die Ummeldung?").await;
    assert_eq!(
        list(&whole),
        [
            ("Personalausweis", None),
            ("Fahrzeugbrief", None),
            ("**Gewerbeanmeldung**", Some("wenn eine Firma Halter wird")),
            ("Alte Kennzeichen", Some("bei neuen Kennzeichen")),
            ("Handelsregisterauszug", Some("wenn eine Firma Halter wird und bei neuen Kennzeichen")),
        ]
    );
    assert_eq!(whole.suggestions[0].label, "Meine eigene Liste");
    let first = citizen.asks(&whole.suggestions[0].send).await;
    assert_eq!(first.conversation.pending, Some(Pending::Situation { question: "halter".to_owned() }));
    let labels: Vec<String> = citizen.choices().into_iter().map(|choice| choice.label).collect();
    assert_eq!(labels, ["Eine Privatperson", "Eine Firma", "Weiß ich nicht"]);
    let second = citizen.taps(1).await;
    assert_eq!(second.conversation.pending, Some(Pending::Situation { question: "kennzeichen".to_owned() }));
    let own = citizen.taps(0).await;
    assert_eq!(about(&own), "answer kfz-ummeldung documents");
    assert_eq!(list(&own), [("Personalausweis", None), ("**Gewerbeanmeldung**", None), ("Fahrzeugbrief", None)]);
    assert!(citizen.reads().contains("Ihre Liste für: Eine Firma · Ja, behalten"), "{}", citizen.reads());
}

#[tokio::test]
async fn a_skipped_question_leaves_its_cases_open() {
    for skip in ["Weiß ich nicht", "keine Ahnung", "3", "die letzte", "überspringen"] {
        let mut citizen = citizen();
        citizen.asks("Welche Unterlagen für die Ummeldung?").await;
        citizen.asks("Meine eigene Liste").await;
        citizen.asks(skip).await;
        let own = citizen.asks("Neues Kennzeichen").await;
        assert_eq!(
            list(&own),
            [
                ("Personalausweis", None),
                ("Alte Kennzeichen", None),
                ("Fahrzeugbrief", None),
                ("**Gewerbeanmeldung**", Some("wenn eine Firma Halter wird")),
                ("Handelsregisterauszug", Some("wenn eine Firma Halter wird")),
            ],
            "{skip}"
        );
    }
}

#[tokio::test]
async fn a_situation_question_takes_own_words() {
    let mut citizen = citizen();
    citizen.asks("Welche Unterlagen für die Ummeldung?").await;
    citizen.asks("Meine eigene Liste").await;
    citizen.asks("es ist meine Firma").await;
    let own = citizen.asks("nehme ein neues").await;
    assert_eq!(own.conversation.situation["halter"], "firma");
    assert_eq!(own.conversation.situation["kennzeichen"], "neu");
    assert_eq!(list(&own).len(), 5);
}

#[tokio::test]
async fn the_own_list_can_be_started_over() {
    let mut citizen = citizen();
    citizen.asks("Welche Unterlagen für die Ummeldung?").await;
    citizen.asks("Meine eigene Liste").await;
    citizen.asks("Eine Firma").await;
    let again = citizen.asks("Meine eigene Liste").await;
    assert!(again.conversation.situation.is_empty());
    assert_eq!(again.conversation.pending, Some(Pending::Situation { question: "halter".to_owned() }));
    citizen.asks("Eine Privatperson").await;
    let own = citizen.asks("Ja, behalten").await;
    assert_eq!(list(&own), [("Personalausweis", None), ("Fahrzeugbrief", None)]);
    let fee = citizen.asks("Was kostet das?").await;
    assert_eq!(fee.conversation.situation.len(), 2, "the situation is remembered while the service stays");
    assert_eq!(list(&citizen.asks("Was muss ich mitbringen?").await).len(), 2);
}

#[tokio::test]
async fn an_answer_about_the_situation_can_be_changed() {
    for change in ["Angaben ändern", "ich hab mich vertippt"] {
        for which in ["1", "Wer wird Halter?", "das mit dem Halter"] {
            let mut citizen = citizen_with_own_list().await;
            let asked = citizen.asks(change).await;
            assert_eq!(asked.conversation.pending, Some(Pending::Revision), "{change}");
            let labels: Vec<String> = citizen.choices().into_iter().map(|choice| choice.label).collect();
            assert_eq!(labels, ["Wer wird Halter? Eine Firma", "Behalten Sie das Kennzeichen? Ja, behalten"]);
            let again = citizen.asks(which).await;
            assert_eq!(
                again.conversation.pending,
                Some(Pending::Situation { question: "halter".to_owned() }),
                "{which}"
            );
            let own = citizen.asks("Eine Privatperson").await;
            assert_eq!(
                list(&own),
                [("Personalausweis", None), ("Fahrzeugbrief", None)],
                "only that one is asked again"
            );
        }
    }
}

#[tokio::test]
async fn an_answer_is_corrected_in_own_words() {
    let mut citizen = citizen_with_own_list().await;
    let own = citizen.asks("nein, doch eine Privatperson").await;
    assert_eq!(list(&own), [("Personalausweis", None), ("Fahrzeugbrief", None)]);
    citizen.asks("Angaben ändern").await;
    assert_eq!(citizen.asks("eine Firma").await.conversation.situation["halter"], "firma");
    // While the next question is asked, too.
    citizen.asks("Meine eigene Liste").await;
    citizen.asks("Eine Privatperson").await;
    let still_asked = citizen.asks("nein, die Firma").await;
    assert_eq!(still_asked.conversation.situation["halter"], "firma");
    assert_eq!(still_asked.conversation.pending, Some(Pending::Situation { question: "kennzeichen".to_owned() }));
}

#[tokio::test]
async fn one_can_go_back_a_question() {
    let halter = Some(Pending::Situation { question: "halter".to_owned() });
    let mut citizen = citizen();
    citizen.asks("Welche Unterlagen für die Ummeldung?").await;
    let first = citizen.asks("Meine eigene Liste").await;
    let offered = |reply: &Reply| reply.suggestions.iter().map(|s| s.label.clone()).collect::<Vec<_>>();
    assert_eq!(offered(&first), ["Vollständige Liste"]);
    assert_eq!(offered(&citizen.asks("Eine Firma").await), ["Eine Frage zurück", "Vollständige Liste"]);
    let back = citizen.asks("Eine Frage zurück").await;
    assert_eq!((back.conversation.pending, back.conversation.situation.len()), (halter.clone(), 0));
    assert_eq!(citizen.asks("zurück").await.conversation.pending, halter, "there is none before the first");
    let mut citizen = citizen_with_own_list().await;
    citizen.asks("Angaben ändern").await;
    citizen.asks("2").await;
    assert_eq!(citizen.asks("zurück").await.conversation.pending, Some(Pending::Revision));
    assert_eq!(list(&citizen.asks("zurück").await).len(), 3, "the own list, unchanged");
}

#[tokio::test]
async fn the_whole_list_is_there_at_any_time() {
    let mut citizen = citizen();
    let whole = cases(&citizen.asks("Welche Unterlagen für die Ummeldung?").await);
    citizen.asks("Meine eigene Liste").await;
    citizen.asks("Eine Firma").await;
    assert_eq!(cases(&citizen.asks("Vollständige Liste").await), whole);
    let mut citizen = citizen_with_own_list().await;
    citizen.asks("Angaben ändern").await;
    let again = citizen.asks("zeig mir die ganze Liste").await;
    assert_eq!(cases(&again), whole);
    assert_eq!(again.suggestions[0].label, "Meine eigene Liste");
}

#[tokio::test]
async fn what_only_some_need_says_why_it_is_on_the_own_list() {
    let mut citizen = citizen_with_own_list().await;
    let own = citizen.asks("Was muss ich mitbringen?").await;
    let why = |text: &str| items(&own).into_iter().find(|item| item.text == text).and_then(|item| item.why.clone());
    assert_eq!(why("**Gewerbeanmeldung**").as_deref(), Some("Nötig, wenn eine Firma Halter wird."));
    assert_eq!(why("Fahrzeugbrief"), None);
}

#[tokio::test]
async fn a_list_wish_says_nothing_where_no_list_is_talked_about() {
    let mut citizen = citizen();
    for text in ["zurück", "Angaben ändern", "Vollständige Liste"] {
        assert_eq!(citizen.asks(text).await.kind, ReplyKind::Unknown, "{text}");
    }
    let mut citizen = citizen_with_own_list().await;
    assert_eq!(about(&citizen.asks("nein, was kostet ein Personalausweis").await), "answer personalausweis fee");
}

#[tokio::test]
async fn another_question_in_the_middle_of_the_list_is_answered() {
    let mut citizen = citizen();
    citizen.asks("Welche Unterlagen für die Ummeldung?").await;
    citizen.asks("Meine eigene Liste").await;
    assert_eq!(about(&citizen.asks("Was kostet ein Personalausweis?").await), "answer personalausweis fee");
}

#[tokio::test]
async fn nobody_is_kept_in_the_middle_of_the_list() {
    for (text, kind) in [
        ("mit einem Menschen reden", ReplyKind::Handoff),
        ("Tschüss", ReplyKind::Chitchat),
        ("Was kannst du?", ReplyKind::Chitchat),
        ("Es brennt!", ReplyKind::Emergency),
    ] {
        let mut citizen = citizen();
        citizen.asks("Welche Unterlagen für die Ummeldung?").await;
        citizen.asks("Meine eigene Liste").await;
        assert_eq!(citizen.asks(text).await.kind, kind, "{text}");
    }
}

#[tokio::test]
async fn a_short_answer_that_fits_nothing_is_asked_for_again() {
    let mut citizen = citizen();
    citizen.asks("Welche Unterlagen für die Ummeldung?").await;
    citizen.asks("Meine eigene Liste").await;
    citizen.asks("Eine Firma").await;
    let again = citizen.asks("vielleicht").await;
    assert_eq!(again.conversation.pending, Some(Pending::Situation { question: "kennzeichen".to_owned() }));
    assert_eq!(citizen.asks("ja").await.conversation.situation["kennzeichen"], "behalten");
}

#[tokio::test]
async fn a_situation_is_forgotten_with_its_service() {
    for other in ["Personalausweis beantragen", "Elterngeld"] {
        let mut citizen = citizen();
        citizen.asks("Welche Unterlagen für die Ummeldung?").await;
        citizen.asks("Meine eigene Liste").await;
        citizen.asks("Eine Firma").await;
        assert!(citizen.asks(other).await.conversation.situation.is_empty(), "{other}");
    }
}
