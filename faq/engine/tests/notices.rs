//! What notices change about answers: where they stand, which aspects they are about, and what is said instead of what
//! does not work.

use faq_engine::catalogue::CatalogueParts;
use faq_engine::facet::Facet;
use faq_engine::notice::{Area, Notice, NoticeState, Scope, Severity};
use faq_engine::reply::{Block, Reply, ReplyKind};
use faq_testkit::build::moment;
use faq_testkit::catalogue::{about_services, at_offices, german, local, notice};
use faq_testkit::{Citizen, county};

const NOW: &str = "2026-09-09T10:15:00+02:00";

async fn asked(notices: Vec<Notice>, question: &str) -> (Reply, String) {
    let mut citizen = Citizen::of(CatalogueParts { notices, ..county::parts() }, NOW);
    citizen.asks("Hallo").await;
    let reply = citizen.asks(question).await;
    (reply, citizen.reads())
}

fn says_first(reply: &Reply, text: &str) -> bool {
    matches!(reply.blocks.first(), Some(Block::Notice { passage, .. }) if passage.text == text)
}

fn booked_online(reply: &Reply) -> bool {
    reply.blocks.iter().any(|block| matches!(block, Block::Appointment(block) if block.url.is_some()))
}

fn no_appointments() -> Notice {
    Notice {
        severity: Severity::Critical,
        suspends: vec![Facet::Appointment],
        instead: Some(german("Kommen Sie **ohne Termin**.")),
        scope: Scope { facets: vec![Facet::Appointment], ..about_services("kfz-ummeldung") },
        ..notice("ausfall", german("Die Termine fallen aus."))
    }
}

#[tokio::test]
async fn a_notice_about_an_aspect_stands_before_answers_about_it() {
    for (question, expected) in [
        ("Termin für Auto ummelden", true),
        ("Unterlagen für Auto ummelden", true),
        ("Auto ummelden", true),
        ("Was kostet die Ummeldung?", false),
        ("Elterngeld", false),
        ("Danke", false),
    ] {
        let (reply, text) = asked(vec![no_appointments()], question).await;
        assert_eq!(says_first(&reply, "Die Termine fallen aus."), expected, "{question}: {text}");
    }
}

#[tokio::test]
async fn what_is_suspended_is_not_offered_and_something_else_is() {
    for question in ["Termin für Auto ummelden", "Unterlagen für Auto ummelden", "Auto ummelden"] {
        let (reply, text) = asked(vec![no_appointments()], question).await;
        assert!(!booked_online(&reply), "{question}: {text}");
        assert!(text.contains("Kommen Sie ohne Termin."), "{question}: {text}");
        assert!(text.contains("02921"), "whom to ask: {text}");
        assert_eq!(text.matches("Kommen Sie ohne Termin.").count(), 1, "{text}");
    }
    let (reply, _) = asked(vec![no_appointments()], "Unterlagen für Auto ummelden").await;
    assert!(reply.blocks.iter().any(|block| matches!(block, Block::Checklist(_))), "the list is still told");
    assert!(reply.source.is_some());
}

#[tokio::test]
async fn without_words_of_its_own_the_desk_says_what_does_not_work() {
    let silent = Notice { instead: None, ..no_appointments() };
    let (reply, text) = asked(vec![silent], "Termin für Auto ummelden").await;
    assert!(text.contains("Das geht zurzeit nicht: Termin."), "{text}");
    assert_eq!((reply.kind, reply.facet, reply.source), (ReplyKind::Answer, Some(Facet::Appointment), None));
}

#[tokio::test]
async fn a_closed_office_has_no_hours_until_the_notice_ends() {
    let closed = Notice {
        suspends: vec![Facet::Hours, Facet::Location],
        instead: Some(german("Gehen Sie ins Kreishaus.")),
        scope: at_offices("buergerservice"),
        ..notice("wasser", german("Wasserschaden."))
    };
    for question in ["Habt ihr heute auf?", "Wo ist der Bürgerservice?"] {
        let (reply, text) = asked(vec![closed.clone()], question).await;
        assert!(says_first(&reply, "Wasserschaden."), "{question}: {text}");
        assert!(text.contains("Gehen Sie ins Kreishaus."), "{question}: {text}");
        assert!(!reply.blocks.iter().any(|block| matches!(block, Block::Hours(_))), "{question}: {text}");
    }
    let over = Notice { valid_until: local("2026-09-09T10:14:59"), ..closed };
    let (reply, text) = asked(vec![over], "Habt ihr heute auf?").await;
    assert!(reply.blocks.iter().any(|block| matches!(block, Block::Hours(_))), "{text}");
    assert!(!text.contains("Wasserschaden"), "{text}");
}

#[tokio::test]
async fn in_a_crisis_everybody_is_told_first_and_nothing_that_is_down_is_offered() {
    let crisis = Notice {
        severity: Severity::Critical,
        suspends: Facet::ALL.to_vec(),
        instead: Some(german("Rufen Sie an.")),
        scope: Scope { area: Area::Everything, facets: Vec::new() },
        ..notice("krise", german("Unsere Technik ist ausgefallen."))
    };
    let quiet = notice("baustelle", german("Der Parkplatz ist gesperrt."));
    for question in ["Danke", "quantenschaum", "Unterlagen für Auto ummelden", "Habt ihr auf?", "Elterngeld"] {
        let (reply, text) = asked(vec![quiet.clone(), crisis.clone()], question).await;
        assert!(says_first(&reply, "Unsere Technik ist ausgefallen."), "{question}: {text}");
        assert!(!booked_online(&reply), "{question}: {text}");
    }
    let (reply, text) = asked(vec![crisis.clone()], "Unterlagen für Auto ummelden").await;
    assert!(!reply.blocks.iter().any(|block| matches!(block, Block::Checklist(_))), "{text}");
    let desk = county::desk(CatalogueParts { notices: vec![crisis], ..county::parts() }, NOW);
    assert!(says_first(&desk.greeting(None), "Unsere Technik ist ausgefallen."));
}

#[test]
fn a_notice_begins_and_ends_at_its_minute() {
    let notice = Notice {
        valid_from: local("2026-09-09T10:00:00"),
        valid_until: local("2026-09-09T11:00:00"),
        ..notice("x", german("x"))
    };
    for (now, state) in [
        ("2026-09-09T09:59:59+02:00", NoticeState::Planned),
        ("2026-09-09T10:00:00+02:00", NoticeState::InForce),
        ("2026-09-09T11:00:00+02:00", NoticeState::InForce),
        ("2026-09-09T11:00:01+02:00", NoticeState::Expired),
    ] {
        assert_eq!(notice.state_at(&moment(now)), state, "{now}");
    }
}

#[tokio::test]
async fn notices_change_while_the_desk_is_open_and_must_name_what_exists() {
    let knowledge = county::knowledge(county::parts());
    assert!(knowledge.with_notices(vec![no_appointments()]).is_ok());
    let unknown = Notice { scope: about_services("gibt-es-nicht"), ..no_appointments() };
    assert!(knowledge.with_notices(vec![unknown]).is_err());
}
