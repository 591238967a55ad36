//! Who is responsible by where somebody lives: asked once, remembered, corrected, and outside the county.

use faq_engine::conversation::Pending;
use faq_engine::reply::{Block, Reply, ReplyKind};
use faq_testkit::Citizen;
use faq_testkit::catalogue::slug;
use faq_testkit::replies::about;

fn citizen() -> Citizen {
    Citizen::at("2026-09-09T10:15:00+02:00")
}

fn hall(reply: &Reply) -> Option<&str> {
    reply.blocks.iter().find_map(|block| match block {
        Block::Contact(contact) if contact.office.is_none() => Some(contact.name.as_str()),
        _ => None,
    })
}

#[tokio::test]
async fn the_towns_can_be_tapped_counted_or_written() {
    for (said, town) in
        [("Neudorf", "Neudorf"), ("2", "Neudorf"), ("das erste", "Musterstadt"), ("in Neudorf", "Neudorf")]
    {
        let mut citizen = citizen();
        let asked = citizen.asks("Personalausweis beantragen").await;
        assert_eq!(asked.kind, ReplyKind::Answer, "the answer is there before anything is asked back");
        let labels: Vec<String> = citizen.choices().into_iter().map(|choice| choice.label).collect();
        assert_eq!(labels, ["Musterstadt", "Neudorf"]);
        let told = citizen.asks(said).await;
        assert_eq!(hall(&told), Some(format!("Bürgerbüro {town}").as_str()), "{said}");
    }
}

#[tokio::test]
async fn a_town_is_corrected_and_the_answer_with_it() {
    let mut citizen = citizen();
    citizen.asks("Ich wohne in Musterstadt, Personalausweis beantragen").await;
    for (said, town) in [("nein, Neudorf", "Neudorf"), ("doch in Musterstadt", "Musterstadt"), ("Neudorf", "Neudorf")] {
        let reply = citizen.asks(said).await;
        assert_eq!(about(&reply), "answer personalausweis location", "{said}");
        assert_eq!(hall(&reply), Some(format!("Bürgerbüro {town}").as_str()), "{said}");
    }
}

#[tokio::test]
async fn a_town_told_before_any_question_is_remembered_and_said_so() {
    let mut citizen = citizen();
    let noted = citizen.asks("Ich wohne in Neudorf").await;
    assert_eq!(noted.conversation.town, Some(slug("neudorf")));
    assert!(citizen.reads().contains("Sie wohnen in Neudorf."), "{}", citizen.reads());
    let reply = citizen.asks("Personalausweis beantragen").await;
    assert_eq!(
        (hall(&reply), &reply.conversation.pending),
        (Some("Bürgerbüro Neudorf"), &None),
        "nobody is asked again"
    );
}

#[tokio::test]
async fn whoever_lives_elsewhere_is_told_kindly_and_may_correct() {
    let mut citizen = citizen();
    let reply = citizen.asks("Ich wohne in Anderstadt, Personalausweis beantragen").await;
    assert_eq!(about(&reply), "answer personalausweis overview");
    assert!(citizen.reads().contains("Anderstadt gehört nicht zum Kreis."), "{}", citizen.reads());
    assert_eq!(reply.conversation.pending, None);
    for place in ["Anderstadt", "in Anderstadt", "Quakenbrück"] {
        let mut citizen = self::citizen();
        citizen.asks("Personalausweis beantragen").await;
        let reply = citizen.asks(place).await;
        assert!(citizen.reads().contains("gehört nicht zum Kreis. Wir kennen Musterstadt, Neudorf."), "{place}");
        assert_eq!(reply.conversation.pending, Some(Pending::Town), "{place}");
        assert_eq!(hall(&citizen.asks("Musterstadt").await), Some("Bürgerbüro Musterstadt"), "{place}");
    }
}

#[tokio::test]
async fn a_question_that_names_a_place_elsewhere_is_a_question() {
    let mut citizen = citizen();
    citizen.asks("Personalausweis beantragen").await;
    let reply = citizen.asks("Ich wohne in Anderstadt, was kostet Elterngeld bei euch?").await;
    assert_eq!(about(&reply), "answer elterngeld fee");
    assert!(citizen.reads().contains("Anderstadt gehört nicht zum Kreis."), "{}", citizen.reads());
}

#[tokio::test]
async fn a_new_question_is_no_place() {
    for said in ["Elterngeld", "Öffnungszeiten", "Danke", "Was kostet das?", "weiß ich nicht", "xyz 123"] {
        let mut citizen = citizen();
        citizen.asks("Personalausweis beantragen").await;
        citizen.asks(said).await;
        assert!(!citizen.reads().contains("gehört nicht zum Kreis"), "{said}: {}", citizen.reads());
    }
}
