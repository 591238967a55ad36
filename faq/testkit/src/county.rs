//! A small county with everything the desk can talk about once: one service per kind of responsibility, one list of
//! documents that depends on the situation, one office with exceptions, one without hours, one free question of each
//! kind.

use std::sync::Arc;

use faq_engine::catalogue::{Catalogue, CatalogueParts};
use faq_engine::desk::InfoDesk;
use faq_engine::entry::{Entry, EntryKind};
use faq_engine::facet::Facet;
use faq_engine::knowledge::{DeskSettings, Knowledge};
use faq_engine::language::LanguageTag;
use faq_engine::office::{Address, Office, Phone};
use faq_engine::ports::{Booking, BookingDesk};
use faq_engine::service::{
    Amount, DocumentItem, Documents, FacetText, Fee, Responsibility, Service, Source, TownHalls,
};

use crate::catalogue::{
    amount, as_of, both, documents, done_by, english_tag, entry, exception, fee, german, hours, item, item_when,
    office, phone, phrasings, service, situation, slug, slugs, texts, town, unknown_hours, words,
};
use crate::memory_index::THRESHOLDS;
use crate::{FixedClock, MemoryBookingDesk, MemoryIndexBuilder, languages};

/// The sample county, checked.
pub fn catalogue() -> Catalogue {
    Catalogue::new(parts()).expect("the sample county contradicts nothing")
}

/// The sample county in parts, for tests that change some of it.
pub fn parts() -> CatalogueParts {
    CatalogueParts {
        services: vec![
            vehicle_transfer(),
            vehicle_deregistration(),
            licence_exchange(),
            identity_card(),
            parental_allowance(),
            Service { words: words("öffnungszeiten"), ..service("oeffnungszeiten", german("Öffnungszeiten")) },
            Service {
                texts: texts([(Facet::Appointment, both("Termine gibt es online.", "Book your appointment online."))]),
                ..service("termin", both("Termin buchen", "Book an appointment"))
            },
            Service {
                words: words("bürgertelefon"),
                responsible: done_by("buergertelefon"),
                ..service("buergertelefon", both("Bürgertelefon", "Telephone service"))
            },
            Service {
                words: words("parken parkplatz"),
                responsible: done_by("buergerservice"),
                ..service("anfahrt-parken", both("Anfahrt und Parken", "Getting here"))
            },
            service("beschwerde-lob", both("Beschwerde und Lob", "Complaint and praise")),
        ],
        entries: vec![
            entry(
                "fundbuero",
                both("Wo ist das Fundbüro?", "Where is the lost property office?"),
                german("Das **Fundbüro** ist im Kreishaus, [Lageplan](https://kreis.example/lageplan)."),
            ),
            Entry {
                service: Some(slug("kfz-ummeldung")),
                ..entry(
                    "oldtimer-alter",
                    both("Ab wann ist ein Auto ein Oldtimer?", "When does a car become a classic?"),
                    both("Ab 30 Jahren.", "At 30 years."),
                )
            },
            Entry {
                kind: EntryKind::Choice(slugs("personalausweis kfz-ummeldung")),
                ..entry(
                    "neue-papiere",
                    both("neue Papiere", "new papers"),
                    both("Welche Papiere meinen Sie?", "Which papers do you mean?"),
                )
            },
            Entry {
                kind: EntryKind::Referral,
                ..entry(
                    "muellabfuhr",
                    both("Wann kommt die Müllabfuhr?", "When is garbage collected?"),
                    both("Die Müllabfuhr ist Sache Ihrer Stadt.", "Garbage is your town's matter."),
                )
            },
        ],
        offices: vec![citizen_service(), vehicle_office(), telephone_service()],
        towns: vec![town("musterstadt", "Musterstadt", "02921 1000"), town("neudorf", "Neudorf", "02921 2000")],
        notices: Vec::new(),
    }
}

/// Knowledge of this content in German and English.
pub fn knowledge(parts: CatalogueParts) -> Knowledge {
    let catalogue = Catalogue::new(parts).expect("a test's county contradicts nothing");
    let languages = languages::languages();
    let settings = DeskSettings {
        main_office: slug("buergerservice"),
        person_offices: slugs("buergerservice buergertelefon"),
        thresholds: THRESHOLDS,
        map: Some("https://map.example/?q={address}".to_owned()),
    };
    let builder = MemoryIndexBuilder::new(&languages);
    Knowledge::new(catalogue, languages, settings, &builder).expect("an index in memory can always be built")
}

/// A desk with this content at this moment, written as in `2026-12-24T10:00:00+01:00`.
pub fn desk(parts: CatalogueParts, now: &str) -> InfoDesk {
    desk_booking_with(parts, bookings(), now)
}

/// The same with another way to appointments.
pub fn desk_booking_with(parts: CatalogueParts, booking: impl BookingDesk + 'static, now: &str) -> InfoDesk {
    InfoDesk::new(knowledge(parts), Arc::new(booking), Arc::new(FixedClock::at_rfc3339(now)))
}

/// Vehicles can be booked online, parental allowance by telephone.
pub fn bookings() -> MemoryBookingDesk {
    let online = |url: &str| Booking::Online {
        label: both("Termin buchen", "Book an appointment"),
        url: url.to_owned(),
        note: Some(german("Bitte **pünktlich** kommen.")),
    };
    MemoryBookingDesk::new([
        ("kfz-ummeldung", online("https://kreis.example/termin/kfz")),
        ("termin", online("https://kreis.example/termin")),
        ("elterngeld", Booking::Otherwise(both("Rufen Sie uns an.", "Give us a call."))),
    ])
}

/// Everything recorded: prose, a list that depends on the situation, a fee with a range and a price online.
fn vehicle_transfer() -> Service {
    let case = |condition| item_when(german("**Gewerbeanmeldung**"), &[condition]);
    Service {
        words: words("auto ummelden ummeldung umzumelden gekauft"),
        phrasings: phrasings(&[
            (Facet::Overview, "Ich habe ein Auto gekauft"),
            (Facet::Documents, "Welche Unterlagen für die Ummeldung"),
        ]),
        responsible: done_by("zulassungsstelle"),
        sources: vec![Source {
            as_of: Some("2026".to_owned()),
            url: Some("https://kreis.example/kfz".to_owned()),
            title: "Straßenverkehrsamt".to_owned(),
            id: "amt".to_owned(),
        }],
        texts: [
            texts([(Facet::Overview, both("Melden Sie das Fahrzeug **sofort** um.", "Transfer it **at once**."))]),
            [(
                Facet::Duration,
                FacetText {
                    text: german("Etwa eine Stunde."),
                    tables: Vec::new(),
                    if_passed: None,
                    source: None,
                    confirm: true,
                    see: slugs("kfz-abmeldung"),
                },
            )]
            .into(),
        ]
        .into_iter()
        .flatten()
        .collect(),
        documents: Some(Documents {
            intro: Some(both("Bringen Sie mit:", "Please bring:")),
            outro: Some(german("Kopien genügen **nicht**.")),
            confirm: true,
            ..documents(vec![
                DocumentItem {
                    why: Some(both("damit wir wissen, wer Sie sind", "so that we know who you are")),
                    ..item(both("Personalausweis", "Identity card"))
                },
                DocumentItem { confirm: true, ..case(("halter", "firma")) },
                DocumentItem {
                    note: Some(both("nur wenn vorhanden", "if you have one")),
                    ..item_when(both("Alte Kennzeichen", "Old plates"), &[("kennzeichen", "neu")])
                },
                item(both("Fahrzeugbrief", "Registration certificate")),
                item_when(german("Handelsregisterauszug"), &[("halter", "firma"), ("kennzeichen", "neu")]),
            ])
        }),
        situation: vec![
            situation(
                "halter",
                both("Wer wird Halter?", "Who will be the keeper?"),
                [
                    ("privat", both("Eine Privatperson", "A private person"), german("wenn Sie privat Halter werden")),
                    ("firma", both("Eine Firma", "A company"), both("wenn eine Firma Halter wird", "for a company")),
                ],
            ),
            situation(
                "kennzeichen",
                both("Behalten Sie das Kennzeichen?", "Do you keep the plates?"),
                [
                    ("behalten", both("Ja, behalten", "Yes, keep"), german("wenn das Kennzeichen bleibt")),
                    ("neu", both("Neues Kennzeichen", "New plates"), both("bei neuen Kennzeichen", "for new plates")),
                ],
            ),
        ],
        fee: Some(Fee {
            as_of: Some(as_of("2023-09-01")),
            note: Some(german("Dazu kommen die Schilder.")),
            ..fee(vec![
                Amount { max: Some(3070), online: Some(1290), ..amount(both("Ummeldung", "Transfer"), 1690) },
                amount(both("Reservierung", "Reservation"), 260),
            ])
        }),
        ..service("kfz-ummeldung", both("Fahrzeug ummelden", "Transfer a vehicle"))
    }
}

/// Recorded in German only, with a fee whose date nobody knows.
fn vehicle_deregistration() -> Service {
    Service {
        words: [
            (LanguageTag::german(), vec!["auto".to_owned(), "abmelden".to_owned(), "abmeldung".to_owned()]),
            (english_tag(), vec!["car".to_owned()]),
        ]
        .into(),
        phrasings: phrasings(&[(Facet::Fee, "Was kostet die Abmeldung")]),
        responsible: done_by("zulassungsstelle"),
        texts: texts([(Facet::Overview, german("Die Abmeldung geht bei **jeder** Zulassungsstelle."))]),
        fee: Some(Fee { confirm: true, ..fee(vec![amount(german("Abmeldung"), 1500)]) }),
        ..service("kfz-abmeldung", both("Fahrzeug abmelden", "Deregister a vehicle"))
    }
}

/// Done by the county, and by one town for its own citizens.
fn licence_exchange() -> Service {
    Service {
        words: words("führerschein umtauschen umtausch"),
        phrasings: phrasings(&[(Facet::Deadline, "Bis wann muss ich den Führerschein umtauschen")]),
        responsible: Responsibility {
            town_halls: TownHalls::Some(slugs("neudorf")),
            note: Some(both("Auch ohne Termin.", "No appointment needed.")),
            ..done_by("buergerservice")
        },
        texts: texts([
            (Facet::Overview, both("Alte Führerscheine werden getauscht.", "Old licences are exchanged.")),
            (Facet::Deadline, both("Bis 19. Januar 2033.", "By 19 January 2033.")),
        ]),
        documents: Some(documents(vec![
            item(both("Alter Führerschein", "Old licence")),
            item(both("Passfoto", "Photo")),
        ])),
        ..service("fuehrerschein-umtausch", both("Führerschein umtauschen", "Exchange a driving licence"))
    }
}

/// Done by every town hall for its own citizens.
fn identity_card() -> Service {
    Service {
        words: words("personalausweis perso ausweis"),
        responsible: Responsibility { town_halls: TownHalls::All, ..Responsibility::default() },
        texts: texts([(Facet::Overview, both("Den Ausweis gibt es im Rathaus.", "The town hall issues it."))]),
        fee: Some(Fee { as_of: Some(as_of("2025-02")), ..fee(vec![amount(both("Ausweis", "Card"), 3700)]) }),
        ..service("personalausweis", both("Personalausweis beantragen", "Apply for an identity card"))
    }
}

/// Costs nothing and is booked by telephone.
fn parental_allowance() -> Service {
    Service {
        words: words("elterngeld elternzeit"),
        responsible: done_by("buergerservice"),
        texts: texts([(Facet::Overview, both("Elterngeld hilft jungen Familien.", "It helps young families."))]),
        fee: Some(fee(vec![amount(both("Antrag", "Application"), 0)])),
        ..service("elterngeld", both("Elterngeld beantragen", "Apply for parental allowance"))
    }
}

fn citizen_service() -> Office {
    let exceptions = vec![
        exception("2026-09-25", "-", both("Betriebsausflug", "staff outing")),
        exception("2026-09-29", "10:00-12:00", both("Personalversammlung", "staff meeting")),
    ];
    Office {
        words: vec!["bürgerservice".to_owned(), "kreishaus".to_owned()],
        address: Some(Address {
            street: "Hoher Weg 1".to_owned(),
            postal_code: Some("59494".to_owned()),
            city: "Musterstadt".to_owned(),
            note: Some(both("Eingang **Süd**", "Entrance **South**")),
        }),
        phones: vec![
            phone("02921 30-0"),
            Phone::parse("02921 30-1", Some(both("Zentrale", "Switchboard"))).expect("a number"),
        ],
        email: Some("buergerservice@kreis.example".to_owned()),
        website: Some("https://kreis.example".to_owned()),
        arrival: Some(both("Bus 1 hält vor der Tür.", "Bus 1 stops in front.")),
        payment: Some(both("Zahlung bar oder mit Karte.", "Pay in cash or by card.")),
        ..office(
            "buergerservice",
            both("Bürgerservice", "Citizen Service"),
            hours("08:00-17:00 08:00-17:00 08:00-17:00 08:00-12:00,14:00-18:00 08:00-13:00 09:00-12:00", exceptions),
        )
    }
}

fn vehicle_office() -> Office {
    Office {
        words: vec!["zulassungsstelle".to_owned()],
        phones: vec![phone("02921 30-2222")],
        confirm: true,
        appointment_required: true,
        ..office(
            "zulassungsstelle",
            both("Zulassungsstelle", "Vehicle office"),
            hours("07:30-12:00 07:30-12:00 - 07:30-12:00 07:30-12:00", Vec::new()),
        )
    }
}

fn telephone_service() -> Office {
    Office {
        phones: vec![phone("115")],
        ..office("buergertelefon", both("Bürgertelefon 115", "Telephone service 115"), unknown_hours())
    }
}
