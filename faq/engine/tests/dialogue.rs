//! What the desk decides a message is about, in conversation with a citizen of the sample county.

use faq_engine::catalogue::CatalogueParts;
use faq_engine::conversation::{Conversation, Pending};
use faq_engine::entry::{Entry, EntryKind};
use faq_engine::facet::Facet;
use faq_engine::language::LanguageTag;
use faq_engine::notice::Notice;
use faq_engine::reply::{Block, Reply, ReplyKind};
use faq_engine::turn::Turn;
use faq_testkit::Citizen;
use faq_testkit::catalogue::{about_services, at_offices, english_tag, entry, german, local, notice, slug, slugs};
use faq_testkit::county;
use faq_testkit::replies::about;

/// A Wednesday morning, when the citizen service is open.
const NOW: &str = "2026-09-09T10:15:00+02:00";

fn citizen() -> Citizen {
    Citizen::at(NOW)
}

/// The names of the people and offices in a reply, in order.
fn contacts(reply: &Reply) -> Vec<&str> {
    let mut names = Vec::new();
    for block in &reply.blocks {
        if let Block::Contact(contact) = block {
            names.push(contact.name.as_str());
        }
    }
    names
}

/// The prose of a reply and its languages.
fn prose(reply: &Reply) -> Vec<(&str, &str)> {
    let mut passages = Vec::new();
    for block in &reply.blocks {
        if let Block::Text(passage) = block {
            passages.push((passage.text.as_str(), passage.language.as_str()));
        }
    }
    passages
}

/// Where the notices of a reply stand.
fn notices(reply: &Reply) -> Vec<usize> {
    let is_notice = |block: &Block| matches!(block, Block::Notice { .. });
    reply.blocks.iter().enumerate().filter(|(_, block)| is_notice(block)).map(|(index, _)| index).collect()
}

#[tokio::test]
async fn danger_comes_before_everything() {
    for (text, number) in [
        ("Es brennt!", "112"),
        ("Wann habt ihr offen, und hilfe, ein Einbrecher ist bei der Ummeldung vom Auto?", "110"),
        ("Mein Vater ist bewusstlos, was kostet der Personalausweis?", "116117"),
        ("ich will nicht mehr leben", "0800 1110111"),
        ("my car is on fire, where is the office?", "112"),
        ("hello, es brennt hier", "112"),
    ] {
        let mut citizen = citizen();
        let reply = citizen.asks(text).await;
        assert_eq!(about(&reply), "emergency - -", "{text}");
        assert!(citizen.reads().contains(number), "{text}: {}", citizen.reads());
        assert_eq!(reply.blocks.len(), 1, "nothing stands beside the numbers: {text}");
    }
}

#[tokio::test]
async fn danger_is_understood_in_a_message_taken_for_another_language() {
    let reply = citizen().asks("Haus on fire").await;
    assert_eq!((about(&reply).as_str(), reply.language.as_str()), ("emergency - -", "de"));
}

#[tokio::test]
async fn danger_comes_before_what_the_desk_asked() {
    let mut citizen = citizen();
    citizen.asks("Auto").await;
    let reply = citizen.asks("das zweite, aber es brennt").await;
    assert_eq!(reply.kind, ReplyKind::Emergency);
    assert_eq!(reply.conversation.pending, None);
}

#[tokio::test]
async fn a_greeting_in_front_of_a_question_is_not_small_talk() {
    for (text, expected) in [
        ("Hallo!", "chitchat - -"),
        ("Guten Tag", "chitchat - -"),
        ("Hallo, was kostet die Ummeldung?", "answer kfz-ummeldung fee"),
        ("Moin, Elterngeld", "answer elterngeld overview"),
        ("Guten Tag, habt ihr noch auf? Danke", "answer oeffnungszeiten hours"),
        ("Danke, wo muss ich hin?", "answer anfahrt-parken location"),
        ("Hallo, wie geht es?", "chitchat - -"),
    ] {
        assert_eq!(about(&citizen().asks(text).await), expected, "{text}");
    }
}

#[tokio::test]
async fn small_talk_is_answered_in_kind() {
    for (text, expected) in [
        ("Danke!", "Gern geschehen"),
        ("vielen dank euch", "Gern geschehen"),
        ("Tschüss", "Auf Wiedersehen"),
        ("Danke und auf Wiedersehen", "Gern geschehen"),
        ("Bist du ein Roboter?", "also ein Programm"),
        ("are you a robot?", "a computer program"),
        ("was kannst du", "Ich helfe bei Fragen"),
        ("Du blöder Idiot", "Es tut mir leid"),
    ] {
        let mut citizen = citizen();
        let reply = citizen.asks(text).await;
        assert_eq!(about(&reply), "chitchat - -", "{text}");
        assert!(citizen.reads().starts_with(expected) || citizen.reads().contains(expected), "{}", citizen.reads());
    }
}

#[tokio::test]
async fn thanks_after_an_answer_keep_the_service() {
    let mut citizen = citizen();
    citizen.asks("Was kostet die Ummeldung?").await;
    assert_eq!(citizen.asks("Danke").await.kind, ReplyKind::Chitchat);
    assert_eq!(about(&citizen.asks("und was muss ich mitbringen?").await), "answer kfz-ummeldung documents");
}

#[tokio::test]
async fn whoever_wants_a_person_gets_two_ways_to_one() {
    for (text, service) in [
        ("Ich möchte mit einem Menschen reden", "buergertelefon"),
        ("Kann ich mit jemandem wegen dem Führerschein sprechen?", "buergertelefon"),
        ("Ich will mich über die Ummeldung beschweren", "beschwerde-lob"),
    ] {
        let reply = citizen().asks(text).await;
        assert_eq!(about(&reply), format!("handoff {service} -"), "{text}");
        assert_eq!(contacts(&reply), ["Bürgerservice", "Bürgertelefon 115"], "{text}");
    }
}

#[tokio::test]
async fn own_case_after_a_service_names_that_services_office_first() {
    let mut citizen = citizen();
    let alone = citizen.asks("Wie ist der Stand meines Antrags?").await;
    assert_eq!((about(&alone).as_str(), contacts(&alone)[0]), ("handoff buergertelefon -", "Bürgerservice"));
    citizen.asks("Fahrzeug ummelden").await;
    let reply = citizen.asks("Wie ist der Stand meines Antrags?").await;
    assert_eq!(contacts(&reply), ["Zulassungsstelle", "Bürgerservice", "Bürgertelefon 115"]);
    citizen.asks("Elterngeld").await;
    let reply = citizen.asks("was ist mit meinem Antrag").await;
    assert_eq!(contacts(&reply), ["Bürgerservice", "Bürgertelefon 115"], "nobody is named twice");
}

#[tokio::test]
async fn a_question_without_a_subject_goes_on_about_the_service_before() {
    let mut citizen = citizen();
    citizen.asks("Wie melde ich mein Fahrzeug um, ummelden?").await;
    for (text, facet) in [
        ("Und was kostet das?", "fee"),
        ("Was muss ich mitbringen", "documents"),
        ("wie lange dauert es", "duration"),
        ("Brauche ich einen Termin?", "appointment"),
        ("wohin?", "location"),
    ] {
        assert_eq!(about(&citizen.asks(text).await), format!("answer kfz-ummeldung {facet}"), "{text}");
    }
}

#[tokio::test]
async fn a_question_that_refers_back_goes_on_whatever_its_words() {
    for (text, expected) in [
        ("und was kostet der Quatsch?", "answer kfz-ummeldung fee"),
        ("Wo ist der Krempel dafür zu holen?", "answer kfz-ummeldung location"),
        ("und der Quatsch?", "unknown - -"),
    ] {
        let mut citizen = citizen();
        citizen.asks("Auto ummelden").await;
        assert_eq!(about(&citizen.asks(text).await), expected, "{text}");
    }
}

#[tokio::test]
async fn a_question_with_a_matter_of_its_own_does_not_go_on() {
    let mut citizen = citizen();
    citizen.asks("Was kostet die Ummeldung?").await;
    assert_eq!(about(&citizen.asks("Wo gibt es Sauerteigbrot?").await), "unknown - -");
    citizen.asks("Habt ihr noch auf?").await;
    assert_eq!(about(&citizen.asks("Termin?").await), "answer termin appointment", "not one for opening hours");
}

#[tokio::test]
async fn a_clearly_different_topic_changes_the_service() {
    let mut citizen = citizen();
    citizen.asks("Was kostet die Ummeldung?").await;
    assert_eq!(about(&citizen.asks("Und was kostet ein Personalausweis?").await), "answer personalausweis fee");
    assert_eq!(about(&citizen.asks("Elterngeld").await), "answer elterngeld overview");
    assert_eq!(about(&citizen.asks("was kostet das?").await), "answer elterngeld fee");
}

#[tokio::test]
async fn the_office_of_the_page_is_meant_where_none_is_named() {
    let citizen = citizen();
    let asks = async |text: &str, office: &str| {
        let turn = Turn { office: Some(slug(office)), ..Turn::first(text) };
        let reply = citizen.desk().answer(turn).await;
        let hours = reply.blocks.iter().find_map(|block| match block {
            Block::Hours(hours) => Some(hours.office.to_string()),
            _ => None,
        });
        hours.unwrap_or_default()
    };
    assert_eq!(asks("Wann ist geöffnet?", "buergerservice").await, "buergerservice");
    assert_eq!(asks("Wann ist geöffnet?", "zulassungsstelle").await, "zulassungsstelle");
    assert_eq!(asks("Wann hat der Bürgerservice geöffnet?", "zulassungsstelle").await, "buergerservice");
    assert_eq!(asks("Wann ist geöffnet?", "gibt-es-nicht").await, "buergerservice", "an unknown one is overlooked");
}

#[tokio::test]
async fn an_office_that_is_named_and_nothing_else_is_told_how_to_be_reached() {
    for text in ["Telefonnummer der Zulassungsstelle", "Wo ist die Zulassungsstelle?"] {
        let reply = citizen().asks(text).await;
        assert_eq!(contacts(&reply), ["Zulassungsstelle"], "{text}");
    }
    let reply = citizen().asks("Wo ist die Zulassungsstelle für die Ummeldung?").await;
    assert_eq!(about(&reply), "answer kfz-ummeldung location", "a service that is named as well is what is meant");
}

#[tokio::test]
async fn several_services_that_fit_are_offered() {
    let mut citizen = citizen();
    let reply = citizen.asks("Auto").await;
    assert_eq!(reply.kind, ReplyKind::Clarify);
    assert_eq!(reply.candidates, slugs("kfz-abmeldung kfz-ummeldung"), "in the order shown");
    let labels: Vec<String> = citizen.choices().into_iter().map(|choice| choice.label).collect();
    assert_eq!(labels, ["Fahrzeug abmelden", "Fahrzeug ummelden"]);
    let offered = Pending::Choice { services: reply.candidates, facet: None };
    assert_eq!(reply.conversation.pending, Some(offered));
}

#[tokio::test]
async fn a_foreseen_choice_is_offered_to_whoever_says_no_more() {
    let mut citizen = citizen();
    let reply = citizen.asks("Neue Papiere?").await;
    assert_eq!(reply.kind, ReplyKind::Clarify);
    assert_eq!(reply.candidates, slugs("personalausweis kfz-ummeldung"), "in the editor's order");
    assert!(
        reply
            .blocks
            .iter()
            .any(|block| { matches!(block, Block::Choices { prompt, .. } if prompt == "Welche Papiere meinen Sie?") })
    );
    assert_eq!(about(&citizen.asks("fürs Fahrzeug").await), "answer kfz-ummeldung overview");
    assert_eq!(
        about(&citizen.asks("Was kostet das, neue Papiere?").await),
        "answer kfz-ummeldung fee",
        "these, no others"
    );
}

#[tokio::test]
async fn a_pick_in_own_words_is_no_new_question_even_where_the_words_alone_would_be_asked_back() {
    let mut citizen = citizen();
    citizen.asks("Auto").await;
    assert_eq!(about(&citizen.asks("neue Papiere").await), "clarify - -", "none of the offered shares a word");
}

#[tokio::test]
async fn two_open_things_in_one_message_are_offered_together() {
    let mut parts = county::parts();
    for (id, name, services) in [
        ("was-am-auto", "Auto", "kfz-abmeldung kfz-ummeldung"),
        ("was-am-fuehrerschein", "Führerschein", "fuehrerschein-umtausch personalausweis"),
    ] {
        let kind = EntryKind::Choice(slugs(services));
        parts.entries.push(Entry { kind, ..entry(id, german(name), german("Worum geht es?")) });
    }
    let mut citizen = Citizen::of(parts, NOW);
    let reply = citizen.asks("Auto und Führerschein").await;
    assert_eq!(reply.kind, ReplyKind::Clarify);
    assert_eq!(reply.candidates, slugs("kfz-abmeldung kfz-ummeldung fuehrerschein-umtausch personalausweis"));
}

#[tokio::test]
async fn whoever_says_more_than_a_foreseen_choice_has_chosen() {
    let reply = citizen().asks("neue Papiere vom Fundbüro").await;
    assert_ne!(reply.kind, ReplyKind::Clarify);
}

#[tokio::test]
async fn may_i_is_answered_in_its_place_and_comes_last_beside_something_definite() {
    let asked = |text| async move { citizen().asks(text).await.facet };
    let apart = "Darf ich mein Fahrzeug ummelden und was kostet das?";
    assert_eq!(asked(apart).await, Some(Facet::Requirements));
    let beside = "Darf ich mein Fahrzeug online ummelden?";
    assert_eq!(asked(beside).await, Some(Facet::Online));
}

#[tokio::test]
async fn in_conversation_a_little_less_confidence_is_enough_and_the_explanation_says_so() {
    let citizen = citizen();
    let turn = |text: &str, conversation| Turn { text: text.to_owned(), language: None, conversation, office: None };
    let (reply, first) = citizen.desk().explain(turn("Fahrzeug ummelden", Conversation::default())).await;
    let (_, second) = citizen.desk().explain(turn("Was kostet das?", reply.conversation)).await;
    assert_eq!(first.thresholds, citizen.desk().knowledge().settings.thresholds);
    assert_eq!(second.thresholds, first.thresholds.in_conversation());
    assert!(second.thresholds.answer < first.thresholds.answer);
}

#[tokio::test]
async fn two_services_in_one_message_are_both_answered_in_order() {
    let mut citizen = citizen();
    let reply = citizen.asks("Was kostet Fahrzeug ummelden und wo bekomme ich einen Personalausweis?").await;
    assert_eq!(about(&reply), "answer kfz-ummeldung fee");
    assert_eq!(reply.candidates[..2], slugs("kfz-ummeldung personalausweis"));
    let text = prose(&reply).into_iter().map(|(text, _)| text).collect::<Vec<_>>().join("\n");
    let position = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} in {text}"));
    assert!(position("**Fahrzeug ummelden** · Gebühr") < position("**Personalausweis"));
    assert!(position("Quelle: ") < position("**Personalausweis"), "the first source stands under the first answer");
    assert!(reply.source.is_some());
    assert_eq!(about(&citizen.asks("wie lange dauert das?").await), "answer personalausweis duration", "the last one");
}

#[tokio::test]
async fn a_letter_is_asked_by_its_question() {
    let story =
        "Guten Tag, gestern traf Onkel Herbert seine Nachbarin Waltraud beim Kegeln und erzählte davon lang und breit.";
    let reply = citizen().asks(&format!("{story} Was kostet Fahrzeug ummelden? Freundliche Grüße aus Neudorf")).await;
    assert_eq!(about(&reply), "answer kfz-ummeldung fee");
}

#[tokio::test]
async fn what_is_ruled_out_is_not_looked_up_in_any_part() {
    let reply = citizen().asks("Nicht Fahrzeug ummelden, sondern Personalausweis. Und Elterngeld?").await;
    assert_eq!(about(&reply), "answer personalausweis overview");
    assert_eq!(reply.candidates[..2], slugs("personalausweis elterngeld"));
}

#[tokio::test]
async fn did_you_mean_is_answered_by_tap_number_position_or_own_words() {
    for answer in
        ["Fahrzeug ummelden", "fahrzeug UMMELDEN", "2", "Nummer 2", "das zweite", "die letzte", "die Ummeldung"]
    {
        let mut citizen = citizen();
        citizen.asks("Auto").await;
        let reply = citizen.asks(answer).await;
        assert_eq!(about(&reply), "answer kfz-ummeldung overview", "{answer}");
        assert_eq!(reply.conversation.pending, None, "{answer}");
    }
    let mut citizen = citizen();
    citizen.asks("Auto").await;
    assert_eq!(about(&citizen.taps(0).await), "answer kfz-abmeldung overview");
}

#[tokio::test]
async fn did_you_mean_keeps_the_aspect_asked_about() {
    let mut citizen = citizen();
    let reply = citizen.asks("Was kostet das Auto?").await;
    assert_eq!(about(&reply), "clarify - fee");
    assert_eq!(about(&citizen.asks("das erste").await), "answer kfz-abmeldung fee");
}

#[tokio::test]
async fn none_of_the_offered_is_an_answer_too() {
    for refusal in ["nein", "keins", "nichts davon"] {
        let mut citizen = citizen();
        citizen.asks("Auto").await;
        let reply = citizen.asks(refusal).await;
        assert_eq!(reply.kind, ReplyKind::Unknown, "{refusal}");
        assert!(citizen.reads().contains("das Passende nicht gefunden"), "{refusal}: {}", citizen.reads());
        assert_eq!(contacts(&reply).len(), 2, "{refusal}");
    }
}

#[tokio::test]
async fn whoever_is_asked_back_may_ask_something_else() {
    let mut citizen = citizen();
    citizen.asks("Auto").await;
    assert_eq!(about(&citizen.asks("Wo bekomme ich Elterngeld?").await), "answer elterngeld location");
}

#[tokio::test]
async fn a_pick_of_nothing_offered_asks_for_the_subject() {
    let mut citizen = citizen();
    assert_eq!(about(&citizen.asks("das zweite").await), "unknown - -");
    assert!(citizen.reads().contains("Worum geht es Ihnen?"), "{}", citizen.reads());
}

#[tokio::test]
async fn a_town_is_asked_for_answered_and_remembered() {
    let mut citizen = citizen();
    let asked = citizen.asks("Personalausweis beantragen").await;
    assert_eq!(asked.conversation.pending, Some(Pending::Town));
    assert!(citizen.reads().contains("In welcher Stadt oder Gemeinde wohnen Sie?"));
    let told = citizen.asks("In Musterstadt").await;
    assert_eq!(about(&told), "answer personalausweis location");
    assert_eq!(contacts(&told), ["Bürgerbüro Musterstadt"]);
    assert_eq!(told.conversation.town, Some(slug("musterstadt")));
    citizen.asks("Elterngeld").await;
    let later = citizen.asks("Was kostet ein Personalausweis?").await;
    assert_eq!(contacts(&later), ["Bürgerbüro Musterstadt"]);
    assert_eq!(later.conversation.pending, None, "nobody is asked twice");
}

#[tokio::test]
async fn a_town_told_along_with_the_question_is_not_asked_for() {
    for text in [
        "Ich wohne in Musterstadt und will einen Personalausweis",
        "Personalausweis als Musterstädter",
        "Ich komme aus Musterstadt: Personalausweis?",
    ] {
        let reply = citizen().asks(text).await;
        assert_eq!(contacts(&reply), ["Bürgerbüro Musterstadt"], "{text}");
        assert_eq!(reply.conversation.pending, None, "{text}");
    }
}

#[tokio::test]
async fn a_whole_sentence_with_a_town_is_a_new_question() {
    let mut citizen = citizen();
    citizen.asks("Personalausweis beantragen").await;
    let reply = citizen.asks("Wo kann ich in Neudorf meinen Führerschein umtauschen?").await;
    assert_eq!(about(&reply), "answer fuehrerschein-umtausch location");
}

#[tokio::test]
async fn a_partly_responsible_county_sends_only_the_right_people_to_the_town_hall() {
    let mut citizen = citizen();
    let asked = citizen.asks("Wo kann ich den Führerschein umtauschen?").await;
    assert!(citizen.reads().contains("Wohnen Sie in Neudorf?"), "{}", citizen.reads());
    assert_eq!(contacts(&asked), ["Bürgerservice"]);
    assert_eq!(asked.conversation.pending, Some(Pending::Town));
    let neudorf = citizen.asks("Neudorf").await;
    assert_eq!(contacts(&neudorf), ["Bürgerbüro Neudorf"], "the county's office is not named");
    citizen.asks("Führerschein umtauschen, ich wohne in Musterstadt").await;
    let county = citizen.asks("Wo?").await;
    assert_eq!(contacts(&county), ["Bürgerservice"]);
    assert!(citizen.reads().contains("Für Menschen aus Musterstadt ist der Kreis zuständig."));
}

#[tokio::test]
async fn an_aspect_alone_has_a_general_topic_or_asks_for_the_subject() {
    for (text, expected) in [
        ("Termin?", "answer termin appointment"),
        ("Telefonnummer", "answer buergertelefon contact"),
        ("Öffnungszeiten", "answer oeffnungszeiten hours"),
        ("Was kostet das?", "unknown - -"),
        ("Unterlagen?", "unknown - -"),
    ] {
        let mut citizen = citizen();
        let reply = citizen.asks(text).await;
        assert_eq!(about(&reply), expected, "{text}");
        if reply.kind == ReplyKind::Unknown {
            assert!(citizen.reads().contains("Worum geht es Ihnen?"), "{text}");
            assert!(!reply.suggestions.is_empty(), "{text}");
        }
    }
}

#[tokio::test]
async fn two_aspects_are_answered_in_the_order_asked() {
    let headline = |reply: &Reply| match &reply.blocks[1] {
        Block::Text(passage) => passage.text.clone(),
        other => panic!("a headline, not {other:?}"),
    };
    let reply = citizen().asks("Was kostet die Ummeldung und was muss ich mitbringen?").await;
    assert_eq!(
        (headline(&reply).as_str(), reply.facet),
        ("**Fahrzeug ummelden** · Gebühr · Unterlagen", Some(Facet::Fee))
    );
    let reply = citizen().asks("Unterlagen und Gebühr für die Ummeldung").await;
    assert_eq!(headline(&reply), "**Fahrzeug ummelden** · Unterlagen · Gebühr");
    let reply = citizen().asks("Kosten, Unterlagen, Dauer, Frist der Ummeldung").await;
    assert_eq!(headline(&reply), "**Fahrzeug ummelden** · Gebühr · Unterlagen", "nobody reads four at once");
}

#[tokio::test]
async fn an_office_is_named_once_whatever_is_not_recorded() {
    for text in ["Wo und bis wann Ummeldung", "Bis wann und online Ummeldung", "Geht die Ummeldung online und wohin?"] {
        assert_eq!(contacts(&citizen().asks(text).await), ["Zulassungsstelle"], "{text}");
    }
}

#[tokio::test]
async fn the_aspect_in_the_question_of_a_letter_wins() {
    let letter = "Guten Tag, ich habe die Unterlagen und auch die Gebühr schon bezahlt. \
                  Wie lange dauert es, ein Fahrzeug umzumelden?";
    assert_eq!(about(&citizen().asks(letter).await), "answer kfz-ummeldung duration");
}

#[tokio::test]
async fn what_nobody_knows_names_two_offices() {
    for text in ["Wie backe ich Sauerteigbrot?", "quantenschaum", "Wo steht der schiefe Turm von Pisa?"] {
        let mut citizen = citizen();
        let reply = citizen.asks(text).await;
        assert_eq!(about(&reply), "unknown - -", "{text}");
        assert_eq!(contacts(&reply), ["Bürgerservice", "Bürgertelefon 115"], "{text}");
        assert!(citizen.reads().contains("Das weiß ich leider nicht."), "{text}");
    }
}

#[tokio::test]
async fn a_referral_counts_as_unknown_and_says_whose_matter_it_is() {
    let mut citizen = citizen();
    let reply = citizen.asks("Wann kommt die Müllabfuhr?").await;
    assert_eq!((reply.kind, reply.entry.as_ref()), (ReplyKind::Unknown, Some(&slug("muellabfuhr"))));
    assert!(citizen.reads().contains("Die Müllabfuhr ist Sache Ihrer Stadt."), "{}", citizen.reads());
    assert_eq!(contacts(&reply).len(), 2);
}

#[tokio::test]
async fn a_free_question_is_answered() {
    let reply = citizen().asks("Fundbüro").await;
    assert_eq!((about(&reply).as_str(), reply.entry), ("answer - -", Some(slug("fundbuero"))));
    assert_eq!(reply.source.expect("an answer names its source").title, "Musterkreis");
}

#[tokio::test]
async fn a_free_question_about_a_service_carries_it() {
    let mut citizen = citizen();
    citizen.asks("Elterngeld").await;
    let reply = citizen.asks("Wann ist es ein Oldtimer?").await;
    assert_eq!((reply.entry, reply.service), (Some(slug("oldtimer-alter")), Some(slug("kfz-ummeldung"))));
    assert_eq!(about(&citizen.asks("und was kostet das?").await), "answer kfz-ummeldung fee");
    let reply = citizen.asks("Fundbüro").await;
    assert_eq!((reply.service, reply.conversation.service), (None, Some(slug("kfz-ummeldung"))));
}

#[tokio::test]
async fn a_free_question_about_another_service_forgets_the_situation() {
    let mut conversation = Conversation { service: Some(slug("elterngeld")), introduced: true, ..Default::default() };
    conversation.situation.insert("halter".to_owned(), "firma".to_owned());
    let turn = Turn { text: "Wann ist es ein Oldtimer?".to_owned(), language: None, conversation, office: None };
    let reply = citizen().desk().answer(turn).await;
    assert_eq!(reply.conversation.service, Some(slug("kfz-ummeldung")));
    assert!(reply.conversation.situation.is_empty(), "nobody was asked about this service yet");
}

#[tokio::test]
async fn too_long_empty_and_only_punctuation_are_friendly_requests() {
    let long = "Wie melde ich mein Auto um? ".repeat(40);
    for (text, expected) in [
        (long.as_str(), "zu lang"),
        ("", "keine Frage gelesen"),
        ("  \n\t ", "keine Frage gelesen"),
        ("?!… \u{200B}— 🤷", "keine Frage gelesen"),
    ] {
        let mut citizen = citizen();
        assert_eq!(about(&citizen.asks(text).await), "unknown - -", "{text}");
        assert!(citizen.reads().contains(expected), "{text}: {}", citizen.reads());
    }
    let longest = format!("Ummeldung{}", " ".repeat(Turn::LONGEST_TEXT - "Ummeldung".len()));
    assert_eq!(about(&citizen().asks(&longest).await), "answer kfz-ummeldung documents");
}

#[tokio::test]
async fn a_message_that_says_nothing_leaves_the_question_open() {
    let mut citizen = citizen();
    citizen.asks("Auto").await;
    citizen.asks("?").await;
    assert_eq!(about(&citizen.asks("2").await), "answer kfz-ummeldung overview");
}

#[tokio::test]
async fn the_reply_is_in_the_language_of_the_message() {
    for (text, page, expected) in [
        ("How much does it cost to transfer a vehicle?", None, "en"),
        ("How much does it cost to transfer a vehicle?", Some("de"), "en"),
        ("Was kostet die Ummeldung?", Some("en"), "de"),
        ("Elterngeld", Some("en"), "en"),
        ("Elterngeld", None, "de"),
        ("Elterngeld", Some("fr"), "de"),
    ] {
        let mut citizen = citizen();
        if let Some(page) = page {
            citizen = citizen.reading(page);
        }
        let reply = citizen.asks(text).await;
        assert_eq!(reply.language.as_str(), expected, "{text} on {page:?}");
        assert_eq!(reply.conversation.language, Some(reply.language), "{text} on {page:?}");
    }
}

#[tokio::test]
async fn the_language_of_the_conversation_stays_where_words_do_not_tell() {
    let mut citizen = citizen();
    citizen.asks("What do I need to bring to transfer a vehicle?").await;
    let reply = citizen.asks("Elterngeld").await;
    assert_eq!(reply.language, english_tag());
}

#[tokio::test]
async fn german_passages_are_marked_in_a_reply_to_a_foreign_reader() {
    let mut citizen = citizen().reading("en");
    let reply = citizen.asks("Deregister a vehicle").await;
    assert_eq!((about(&reply).as_str(), reply.language.as_str()), ("answer kfz-abmeldung overview", "en"));
    assert!(citizen.reads().contains("This information is available in German only."));
    let texts = prose(&reply);
    assert!(texts.contains(&("**Deregister a vehicle**", "en")), "{texts:?}");
    assert!(texts.contains(&("Die Abmeldung geht bei **jeder** Zulassungsstelle.", "de")), "{texts:?}");
    citizen.asks("transfer a vehicle").await;
    assert!(!citizen.reads().contains("in German only"), "{}", citizen.reads());
}

/// The sample county with these notices.
fn county_with(notices: Vec<Notice>) -> CatalogueParts {
    CatalogueParts { notices, ..county::parts() }
}

#[tokio::test]
async fn a_notice_stands_first_within_its_scope() {
    let about_office = Notice {
        scope: at_offices("zulassungsstelle"),
        ..notice("umbau", german("Die Zulassungsstelle wird umgebaut."))
    };
    let about_service =
        Notice { scope: about_services("elterngeld"), ..notice("stau", german("Anträge dauern gerade länger.")) };
    for (text, expected) in [
        ("Elterngeld", vec![0]),
        ("Was kostet die Ummeldung?", vec![0]),
        ("Hat die Zulassungsstelle noch auf?", vec![0]),
        ("Personalausweis beantragen", vec![]),
        ("Habt ihr noch auf?", vec![]),
        ("Danke", vec![]),
    ] {
        let mut citizen = Citizen::of(county_with(vec![about_office.clone(), about_service.clone()]), NOW);
        citizen.asks("Hallo").await;
        assert_eq!(notices(&citizen.asks(text).await), expected, "{text}");
    }
}

#[tokio::test]
async fn a_notice_about_everything_stands_before_every_kind_of_reply_except_emergencies() {
    let mut citizen = Citizen::of(county_with(vec![notice("krise", german("Hochwasser."))]), NOW);
    for (text, kind) in [
        ("Hallo", ReplyKind::Chitchat),
        ("Elterngeld", ReplyKind::Answer),
        ("Auto", ReplyKind::Clarify),
        ("quantenschaum", ReplyKind::Unknown),
        ("", ReplyKind::Unknown),
        ("Wann kommt die Müllabfuhr?", ReplyKind::Unknown),
        ("Ich möchte mit einem Menschen reden", ReplyKind::Handoff),
        ("Habt ihr noch auf?", ReplyKind::Answer),
        ("Fundbüro", ReplyKind::Answer),
    ] {
        let reply = citizen.asks(text).await;
        assert_eq!((reply.kind, notices(&reply)), (kind, vec![0]), "{text}");
    }
    let danger = citizen.asks("Es brennt").await;
    assert_eq!((danger.kind, notices(&danger)), (ReplyKind::Emergency, vec![]));
}

#[tokio::test]
async fn an_expired_or_future_notice_is_silent() {
    for (now, shown) in [
        ("2026-08-31T23:59:00+02:00", false),
        ("2026-09-01T00:00:00+02:00", true),
        ("2026-09-30T18:00:00+02:00", true),
        ("2026-09-30T18:01:00+02:00", false),
    ] {
        let mut citizen = Citizen::of(county_with(vec![notice("krise", german("Hochwasser."))]), now);
        assert_eq!(!notices(&citizen.asks("Elterngeld").await).is_empty(), shown, "{now}");
    }
    let short = Notice { valid_until: local("2026-09-01T00:00:00"), ..notice("kurz", german("Vorbei.")) };
    let reply = Citizen::of(county_with(vec![short]), NOW).asks("Hallo").await;
    assert_eq!(notices(&reply), []);
}

#[tokio::test]
async fn only_the_first_reply_introduces_the_assistant() {
    let introduction = "Ich bin ein automatischer Assistent. Bitte keine persönlichen Daten schreiben.";
    let mut citizen = citizen();
    let first = citizen.asks("Elterngeld").await;
    assert!(citizen.reads().starts_with(introduction) && first.conversation.introduced);
    citizen.asks("Auto").await;
    assert!(!citizen.reads().contains(introduction));
}

#[tokio::test]
async fn a_button_asks_for_its_aspect_of_the_service_talked_about() {
    for language in ["de", "en"] {
        // Opening hours are no button: they have a topic of their own.
        for facet in Facet::ALL.into_iter().filter(|facet| *facet != Facet::Hours) {
            let mut citizen = citizen().reading(language);
            citizen.asks("Elterngeld").await;
            let question =
                citizen.desk().phrasebook(LanguageTag::parse(language).ok().as_ref()).facet_question(facet).to_owned();
            let reply = citizen.asks(&question).await;
            assert_eq!(about(&reply), format!("answer elterngeld {}", facet.as_str()), "{question}");
        }
    }
}

#[tokio::test]
async fn small_talk_at_first_contact_introduces_the_assistant_once() {
    let introduction = "Ich bin ein automatischer Assistent. Bitte keine persönlichen Daten schreiben.";
    for text in ["Danke", "Tschüss", "Du blöder Idiot"] {
        let mut citizen = citizen();
        let reply = citizen.asks(text).await;
        assert!(citizen.reads().starts_with(introduction) && reply.conversation.introduced, "{}", citizen.reads());
        citizen.asks("Elterngeld").await;
        assert!(!citizen.reads().contains(introduction), "{text}");
    }
    // These say themselves who speaks.
    for text in ["Hallo", "Bist du ein Roboter?", "Was kannst du?", "Es brennt!"] {
        let mut citizen = citizen();
        citizen.asks(text).await;
        assert!(!citizen.reads().contains(introduction), "{}", citizen.reads());
    }
}

#[tokio::test]
async fn a_conversation_about_what_is_no_longer_published_starts_anew() {
    let pending = Pending::Choice { services: slugs("gibt-es-nicht auch-nicht"), facet: Some(Facet::Fee) };
    for pending in [None, Some(pending), Some(Pending::Town), Some(Pending::Situation { question: "x".to_owned() })] {
        for text in ["was kostet das?", "1", "Musterstadt", "Meine eigene Liste", "nein"] {
            let conversation = Conversation {
                service: Some(slug("gibt-es-nicht")),
                town: Some(slug("atlantis")),
                language: Some(LanguageTag::german()),
                pending: pending.clone(),
                ..Default::default()
            };
            let turn = Turn { text: text.to_owned(), language: None, conversation, office: None };
            let reply = citizen().desk().answer(turn).await;
            assert_eq!(reply.kind, ReplyKind::Unknown, "{text} {pending:?}");
        }
    }
}
