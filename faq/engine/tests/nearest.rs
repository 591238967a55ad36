//! The office that is near somebody, with its address and hours, and what is said from far away.

use faq_engine::catalogue::CatalogueParts;
use faq_engine::compose::plain::plain_text;
use faq_engine::conversation::Conversation;
use faq_engine::facet::Facet;
use faq_engine::language::LanguageTag;
use faq_engine::notice::{Area, Notice, Scope};
use faq_engine::office::Address;
use faq_engine::position::Position;
use faq_testkit::catalogue::{german, notice, slug};
use faq_testkit::county;

/// A Wednesday morning.
const NOW: &str = "2026-09-09T10:15:00+02:00";

fn at(latitude: f64, longitude: f64) -> Position {
    Position::new(latitude, longitude).expect("on the globe")
}

/// The sample county with the citizens' service in Musterstadt and the vehicle office in Neudorf, 20 km apart.
fn parts() -> CatalogueParts {
    let mut parts = county::parts();
    for (town, centre) in parts.towns.iter_mut().zip([at(51.57, 8.11), at(51.67, 8.35)]) {
        town.centre = Some(centre);
    }
    for (office, city) in [("buergerservice", "Musterstadt"), ("zulassungsstelle", "Neudorf")] {
        let office = parts.offices.iter_mut().find(|known| known.id == slug(office)).expect("an office");
        let (street, city) = ("Hauptstraße 1".to_owned(), city.to_owned());
        office.address = Some(Address { street, postal_code: None, city, note: None });
    }
    parts
}

async fn said(parts: CatalogueParts, here: Position, language: &str, before: Conversation) -> (String, Conversation) {
    let desk = county::desk(parts, NOW);
    let language = LanguageTag::parse(language).expect("a language tag");
    let reply = desk.nearest_office(here, Some(&language), before).await;
    (plain_text(&reply, &desk.phrasebook(Some(&reply.language))), reply.conversation)
}

fn known() -> Conversation {
    Conversation { introduced: true, service: Some(slug("kfz-ummeldung")), ..Conversation::default() }
}

#[tokio::test]
async fn the_nearest_comes_with_address_and_hours_and_the_next_one_after_it() {
    let (text, conversation) = said(parts(), at(51.66, 8.4), "de", known()).await;
    insta::assert_snapshot!(text);
    assert_eq!(conversation, known(), "the conversation goes on as it was");
    let (text, _) = said(parts(), at(51.57, 8.11), "en", known()).await;
    assert!(text.starts_with("Nearest: Citizen") && text.contains("Musterstadt, 1 km"), "{text}");
}

#[tokio::test]
async fn from_far_away_people_are_named_and_nobody_is_sent_on_a_journey() {
    let (text, _) = said(parts(), at(53.55, 9.99), "de", known()).await;
    assert!(text.starts_with("Weit weg: 2") && !text.contains("Am nächsten"), "{text}");
    assert!(text.contains("02921"), "{text}");
}

#[tokio::test]
async fn without_a_known_place_people_are_named_and_the_desk_says_who_it_is_first() {
    let (text, conversation) = said(county::parts(), at(51.57, 8.11), "de", Conversation::default()).await;
    assert!(text.contains("02921") && !text.contains("km"), "{text}");
    assert!(text.contains("automatisch"), "{text}");
    assert!(conversation.introduced);
}

#[tokio::test]
async fn a_closure_of_the_nearest_office_is_told_before_it_and_instead_of_its_hours() {
    let mut parts = parts();
    let area = Area::Named { services: Vec::new(), offices: vec![slug("zulassungsstelle")] };
    parts.notices.push(Notice {
        scope: Scope { area, facets: Vec::new() },
        suspends: vec![Facet::Hours],
        instead: Some(german("Kommen Sie nach Musterstadt.")),
        ..notice("zu", german("Neudorf ist geschlossen."))
    });
    let (text, _) = said(parts.clone(), at(51.66, 8.4), "de", known()).await;
    assert!(text.starts_with("Hinweis: Neudorf ist geschlossen."), "{text}");
    assert!(text.contains("Kommen Sie nach Musterstadt.") && !text.contains("07:30"), "{text}");
    let (text, _) = said(parts, at(51.57, 8.11), "de", known()).await;
    assert!(!text.contains("Neudorf ist geschlossen."), "{text}");
}
