//! Free appointments in a reply: which office is earlier, what is not known, and that nobody is left without a way.

use faq_engine::ports::{Availability, FreeTimes};
use faq_engine::reply::{Block, Reply};
use faq_testkit::build::moment;
use faq_testkit::catalogue::slug;
use faq_testkit::{Citizen, county};

/// A Wednesday morning.
const NOW: &str = "2026-09-09T10:15:00+02:00";
const QUESTION: &str = "Termin für Auto ummelden";

fn at(office: &str, free: Option<FreeTimes>) -> Availability {
    Availability { office: slug(office), url: format!("https://termine.example/{office}"), free }
}

fn free(times: &[&str]) -> Option<FreeTimes> {
    let times = times.iter().map(|time| moment(time)).collect();
    Some(FreeTimes { times, as_of: moment("2026-09-09T10:12:00+02:00"), is_stale: false })
}

async fn asked(known: Vec<Availability>, language: &str, question: &str) -> (Reply, String) {
    let booking = county::bookings().knowing("kfz-ummeldung", known);
    let desk = county::desk_booking_with(county::parts(), booking, NOW);
    let mut citizen = Citizen::before(desk).reading(language);
    citizen.asks("Hallo").await;
    let reply = citizen.asks(question).await;
    (reply, citizen.reads())
}

fn offices(reply: &Reply) -> Vec<Option<&str>> {
    let appointments = reply.blocks.iter().filter_map(|block| match block {
        Block::Appointment(block) => Some(block.office.as_ref().map(|office| office.as_str())),
        _ => None,
    });
    appointments.collect()
}

#[tokio::test]
async fn the_earlier_office_stands_first_and_by_how_much() {
    let known = vec![
        at("zulassungsstelle", free(&["2026-09-14T08:20:00+02:00", "2026-09-14T09:00:00+02:00"])),
        at("buergerservice", free(&["2026-09-11T16:40:00+02:00"])),
    ];
    let (reply, text) = asked(known.clone(), "de", QUESTION).await;
    assert_eq!(offices(&reply), [Some("buergerservice"), Some("zulassungsstelle")]);
    let (_, english) = asked(known, "en", "Transfer a vehicle appointment").await;
    insta::assert_snapshot!(format!("{text}\n\n----\n\n{english}"));
}

#[tokio::test]
async fn one_day_is_one_day_and_the_same_day_is_no_head_start() {
    let days = |other: &str| {
        vec![at("zulassungsstelle", free(&["2026-09-14T08:20:00+02:00"])), at("buergerservice", free(&[other]))]
    };
    let (_, text) = asked(days("2026-09-15T08:00:00+02:00"), "de", QUESTION).await;
    assert!(text.contains("einen Tag früher"), "{text}");
    let (_, text) = asked(days("2026-09-14T16:00:00+02:00"), "de", QUESTION).await;
    assert!(!text.contains("früher"), "{text}");
}

#[tokio::test]
async fn what_is_not_free_not_known_or_not_new_is_said_at_its_office() {
    let mut stale = free(&["2026-09-14T08:20:00+02:00"]);
    stale.as_mut().expect("known").is_stale = true;
    let known = vec![at("kreishaus", None), at("buergerservice", free(&[])), at("zulassungsstelle", stale)];
    let (reply, text) = asked(known, "de", QUESTION).await;
    assert_eq!(offices(&reply), [Some("zulassungsstelle"), Some("buergerservice"), Some("kreishaus")]);
    insta::assert_snapshot!(text);
}

#[tokio::test]
async fn without_any_free_times_there_are_the_link_and_two_ways_to_people() {
    let (reply, text) = asked(vec![at("zulassungsstelle", None)], "de", QUESTION).await;
    assert_eq!(offices(&reply), [None]);
    let contacts = reply.blocks.iter().filter(|block| matches!(block, Block::Contact(_))).count();
    assert_eq!(contacts, 2, "{text}");
    assert!(text.contains("https://kreis.example/termin/kfz"), "{text}");
}

#[tokio::test]
async fn a_list_of_documents_asks_no_booking_system() {
    let known = vec![at("zulassungsstelle", free(&["2026-09-14T08:20:00+02:00"]))];
    let (reply, text) = asked(known, "de", "Unterlagen für Auto ummelden").await;
    assert_eq!(offices(&reply), [None], "{text}");
    assert!(!text.contains("14. September"), "{text}");
}
