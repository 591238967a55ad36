//! Opening hours of several offices, of telephones, and until when somebody is let in.

use faq_engine::catalogue::CatalogueParts;
use faq_engine::hours::Outage;
use faq_engine::office::{Office, Town};
use faq_engine::reply::{Block, Reply};
use faq_engine::service::Responsibility;
use faq_testkit::catalogue::{day, german, hours, slug, slugs};
use faq_testkit::replies::about;
use faq_testkit::{Citizen, county};

/// A Wednesday morning.
const NOW: &str = "2026-09-09T10:15:00+02:00";

/// The sample county with a second vehicle office that opens on Saturdays, near Neudorf.
fn parts() -> CatalogueParts {
    let mut parts = county::parts();
    let first = parts.offices.iter().find(|office| office.id.as_str() == "zulassungsstelle").expect("it is there");
    let second = Office {
        id: slug("zulassungsstelle-neudorf"),
        name: german("Zulassungsstelle Neudorf"),
        words: Vec::new(),
        appointment_required: false,
        hours: hours("- - 08:00-12:00 - - 09:00-11:00", Vec::new()),
        ..first.clone()
    };
    parts.offices.push(second);
    for service in parts.services.iter_mut().filter(|service| service.slug.as_str() == "kfz-ummeldung") {
        service.responsible = Responsibility {
            offices: slugs("zulassungsstelle zulassungsstelle-neudorf"),
            ..service.responsible.clone()
        };
    }
    for town in parts.towns.iter_mut().filter(|town| town.id.as_str() == "neudorf") {
        *town = Town { nearest_offices: slugs("zulassungsstelle-neudorf"), ..town.clone() };
    }
    parts
}

fn with_office(id: &str, change: impl Fn(&mut Office)) -> CatalogueParts {
    let mut parts = parts();
    parts.offices.iter_mut().filter(|office| office.id.as_str() == id).for_each(change);
    parts
}

fn offices(reply: &Reply) -> Vec<&str> {
    let shown = reply.blocks.iter().filter_map(|block| match block {
        Block::Hours(hours) => Some(hours.office.as_str()),
        _ => None,
    });
    shown.collect()
}

#[tokio::test]
async fn of_several_offices_those_that_are_open_then_are_named_first() {
    let mut citizen = Citizen::of(parts(), NOW);
    let reply = citizen.asks("Wo kann ich Samstag hin?").await;
    assert_eq!(about(&reply), "answer oeffnungszeiten hours");
    assert_eq!(offices(&reply), ["buergerservice", "zulassungsstelle-neudorf"]);
    let text = citizen.reads();
    let (open, closed) = text.split_once("Zu (S").unwrap_or_else(|| panic!("nothing is closed in {text}"));
    assert!(
        open.contains("Offen (Samstag, 12. September 2026):") && open.contains("Zulassungsstelle Neudorf: 09:00–11:00"),
        "{text}"
    );
    assert!(
        closed.contains("Zulassungsstelle: geschlossen · Nächste Öffnung: Montag, 14. September 2026, 07:30 Uhr"),
        "{text}"
    );
}

#[tokio::test]
async fn the_offices_of_what_is_talked_about_are_compared_and_it_stays_talked_about() {
    let mut citizen = Citizen::of(parts(), NOW);
    citizen.asks("Fahrzeug ummelden").await;
    let reply = citizen.asks("Wo kann ich Samstag hin?").await;
    assert_eq!(offices(&reply), ["zulassungsstelle-neudorf"], "not the Bürgerservice, which does not do it");
    assert_eq!(about(&citizen.asks("Und was kostet das?").await), "answer kfz-ummeldung fee");
}

#[tokio::test]
async fn whoever_asks_about_us_is_told_about_the_offices_of_the_matter_as_well() {
    let mut citizen = Citizen::of(parts(), NOW);
    citizen.asks("Fahrzeug ummelden").await;
    let reply = citizen.asks("Habt ihr Samstag geöffnet?").await;
    assert_eq!(offices(&reply), ["buergerservice"]);
    let text = citizen.reads();
    assert!(text.contains("09:00–12:00 Uhr (Bürgerservice)."), "{text}");
    assert!(text.contains("- Zulassungsstelle Neudorf: 09:00–11:00 Uhr"), "{text}");
}

#[tokio::test]
async fn where_all_are_closed_the_earliest_opening_leads() {
    let mut citizen = Citizen::of(parts(), NOW);
    citizen.asks("Fahrzeug ummelden").await;
    let reply = citizen.asks("Wo kann ich Sonntag hin?").await;
    assert_eq!(offices(&reply), ["zulassungsstelle"], "Monday comes before Wednesday");
    let text = citizen.reads();
    let place = |name: &str| text.find(name).unwrap_or_else(|| panic!("no {name} in {text}"));
    assert!(place("- Zulassungsstelle: geschlossen") < place("- Zulassungsstelle Neudorf: geschlossen"), "{text}");
}

#[tokio::test]
async fn the_nearer_office_is_named_first_and_the_choice_is_left() {
    let mut citizen = Citizen::of(parts(), NOW);
    citizen.asks("Ich wohne in Neudorf und will mein Fahrzeug ummelden").await;
    let reply = citizen.asks("Wo kann ich jetzt noch hin?").await;
    assert_eq!(offices(&reply), ["zulassungsstelle-neudorf"], "only that one is open on a Wednesday");
    assert!(citizen.reads().contains("Von Neudorf aus näher: Zulassungsstelle Neudorf."), "{}", citizen.reads());
    citizen.asks("Fahrzeug ummelden, welche Adresse?").await;
    let text = citizen.reads();
    assert!(text.find("Zulassungsstelle Neudorf") < text.find("\n\nZulassungsstelle\n"), "{text}");
}

#[tokio::test]
async fn a_part_of_the_day_is_answered_for_the_week() {
    let mut citizen = Citizen::of(parts(), NOW);
    citizen.asks("Habt ihr nachmittags geöffnet?").await;
    assert!(
        citizen.reads().contains("14:00–18:00 Uhr offen: Montag bis Donnerstag (Bürgerservice)."),
        "{}",
        citizen.reads()
    );
    citizen.asks("Habt ihr abends geöffnet?").await;
    assert!(citizen.reads().contains("18:00–22:00 Uhr nie offen (Bürgerservice)."), "{}", citizen.reads());
}

#[tokio::test]
async fn the_telephone_has_hours_of_its_own() {
    let mut citizen = Citizen::of(
        with_office("buergerservice", |office| office.phone_hours = hours("- - 08:00-10:00", Vec::new())),
        NOW,
    );
    citizen.asks("Kann ich heute noch anrufen?").await;
    let text = citizen.reads();
    assert!(text.contains("(Bürgerservice, Telefon)") && text.contains("02921 30-0"), "{text}");
    assert!(text.contains("Nein, jetzt ist geschlossen"), "the doors are open, the line is not: {text}");
    citizen.asks("Habt ihr heute geöffnet?").await;
    assert!(citizen.reads().contains("08:00–17:00"), "the doors keep their own hours: {}", citizen.reads());
    let mut citizen = Citizen::of(parts(), NOW);
    citizen.asks("Telefonzeiten").await;
    assert!(citizen.reads().contains("Telefonzeiten sind nicht hinterlegt."), "{}", citizen.reads());
}

#[tokio::test]
async fn the_last_admission_is_told_with_the_hours() {
    let parts = || with_office("buergerservice", |office| office.last_admission = Some(30));
    for (now, said, told) in [
        (NOW, "Habt ihr heute geöffnet?", "Letzte Annahme 30 Minuten vor Schluss: 16:30 Uhr."),
        ("2026-09-09T16:40:00+02:00", "Habt ihr noch auf?", "Letzte Annahme war 30 Minuten vor Schluss: 16:30 Uhr."),
        (NOW, "Habt ihr Donnerstag geöffnet?", "Letzte Annahme 30 Minuten vor Schluss: 11:30 und 17:30 Uhr."),
        (NOW, "Öffnungszeiten", "Letzte Annahme 30 Minuten vor Schluss."),
    ] {
        let mut citizen = Citizen::of(parts(), now);
        citizen.asks(said).await;
        assert!(citizen.reads().contains(told), "{said}: {}", citizen.reads());
        citizen.asks("Habt ihr Sonntag geöffnet?").await;
        assert!(!citizen.reads().contains("Annahme"), "a closed day admits nobody: {}", citizen.reads());
    }
    let mut citizen = Citizen::at(NOW);
    citizen.asks("Wann ist letzte Annahme?").await;
    assert!(citizen.reads().contains("Die letzte Annahme ist nicht hinterlegt."), "{}", citizen.reads());
}

#[tokio::test]
async fn a_counter_that_is_switched_off_is_closed_until_it_is_on_again() {
    let outage = Outage { until: Some(day("2026-09-11")), reason: Some(german("Wasserschaden")) };
    let shut = |office: &mut Office| office.hours = office.hours.clone().with_outage(Some(outage.clone()));
    let mut citizen = Citizen::of(with_office("buergerservice", shut), NOW);
    for said in ["Habt ihr heute geöffnet?", "Öffnungszeiten"] {
        citizen.asks(said).await;
        let text = citizen.reads();
        assert!(text.contains("geschlossen: Wasserschaden"), "{said}: {text}");
        assert!(text.contains("Nächste Öffnung: Samstag, 12. September 2026, 09:00"), "{said}: {text}");
    }
    citizen.asks("Ich möchte mit einem Menschen reden").await;
    assert!(!citizen.reads().contains("Hoher Weg"), "nobody is sent there: {}", citizen.reads());
    assert!(citizen.reads().contains("Telefon 02921 30-0 (Bürgerservice): jetzt"), "{}", citizen.reads());
}
