//! A hand-off names two ways that are on, as long as two are, and never one that is off: any combination of switches at
//! any moment.

use chrono::{DateTime, NaiveDate, TimeDelta};
use chrono_tz::Europe::Berlin;
use faq_engine::catalogue::CatalogueParts;
use faq_engine::compose::plain::plain_text;
use faq_engine::hours::Outage;
use faq_engine::office::{Address, Office};
use faq_engine::turn::Turn;
use faq_testkit::catalogue::{german, hours, office, phone, slugs, unknown_hours};
use faq_testkit::county;
use proptest::prelude::*;

/// What a channel says where it is named, and nothing else does.
const MARKS: [&str; 4] = ["0291", "Weg ", "mail", "seite"];
const OFFICES: usize = 3;

/// Of each office the state of telephone, counter, mail and website.
type Switches = [[Switch; 4]; OFFICES];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Switch {
    Absent,
    On,
    Off,
    OffUntil(i64),
}

impl Switch {
    fn outage(self, today: NaiveDate) -> Option<Outage> {
        match self {
            Self::Absent | Self::On => None,
            Self::Off => Some(Outage::default()),
            Self::OffUntil(days) => Some(Outage { until: Some(today + TimeDelta::days(days)), reason: None }),
        }
    }

    fn is_on(self) -> bool {
        matches!(self, Self::On | Self::OffUntil(..=-1))
    }
}

fn switches() -> impl Strategy<Value = Switches> {
    let switch = prop_oneof![
        2 => Just(Switch::On),
        1 => Just(Switch::Absent),
        1 => Just(Switch::Off),
        1 => (-3_i64..10).prop_map(Switch::OffUntil),
    ];
    prop::collection::vec(prop::collection::vec(switch, 4), OFFICES).prop_map(|all| {
        let row = |row: &Vec<Switch>| [row[0], row[1], row[2], row[3]];
        [row(&all[0]), row(&all[1]), row(&all[2])]
    })
}

fn mark(channel: usize, number: usize) -> String {
    match channel {
        0 => format!("{}{number} 77", MARKS[0]),
        1 => format!("{}{number}", MARKS[1]),
        2 => format!("{}{number}@kreis.example", MARKS[2]),
        _ => format!("https://{}{number}.example", MARKS[3]),
    }
}

/// Offices that are open, keep hours for the telephone only, or keep none.
fn county(switches: &Switches, today: NaiveDate) -> CatalogueParts {
    let mut parts = county::parts();
    let names = ["buergerservice", "buergertelefon", "zulassungsstelle"];
    parts.offices = names
        .iter()
        .zip(switches)
        .enumerate()
        .map(|(number, (id, switches))| {
            let [telephone, counter, mail, website] = *switches;
            let is_there = |switch: Switch| switch != Switch::Absent;
            let plan = match number {
                0 => hours("08:00-17:00 08:00-17:00 08:00-12:00", Vec::new()),
                1 => unknown_hours(),
                _ => hours("- 10:00-12:00 - 14:00-18:00", Vec::new()),
            };
            let address =
                Address { street: mark(1, number), postal_code: None, city: "Musterstadt".to_owned(), note: None };
            Office {
                phones: is_there(telephone)
                    .then(|| phone(&mark(0, number)).switched_off(telephone.outage(today)))
                    .into_iter()
                    .collect(),
                address: is_there(counter).then_some(address),
                email: is_there(mail).then(|| mark(2, number)),
                email_off: mail.outage(today),
                website: is_there(website).then(|| mark(3, number)),
                website_off: website.outage(today),
                ..office(id, german("Amt"), plan.with_outage(counter.outage(today)))
            }
        })
        .collect();
    for service in &mut parts.services {
        service.responsible.offices = slugs("zulassungsstelle");
    }
    parts
}

/// A moment of four weeks, at any minute.
fn moment() -> impl Strategy<Value = DateTime<chrono_tz::Tz>> {
    let start = DateTime::parse_from_rfc3339("2026-10-12T00:00:00+02:00").expect("a moment").with_timezone(&Berlin);
    (0_i64..28 * 24 * 60).prop_map(move |minutes| start + TimeDelta::minutes(minutes))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn a_hand_off_names_two_ways_that_are_on(switches in switches(), now in moment()) {
        let desk = county::desk(county(&switches, now.date_naive()), &now.to_rfc3339());
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime without drivers");
        let on = switches.iter().flatten().filter(|switch| switch.is_on()).count();
        for text in ["Ich möchte mit einem Menschen reden", "xyzzy", "Ich will mich beschweren", "Müllabfuhr"] {
            let reply = runtime.block_on(desk.answer(Turn::first(text)));
            let read = plain_text(&reply, &desk.phrasebook(None));
            let ways = read.lines().filter(|line| line.starts_with("- ")).count();
            prop_assert_eq!(ways, on.min(2), "{}: {:?}\n{}", text, switches, read);
            for (number, office) in switches.iter().enumerate() {
                for (channel, switch) in office.iter().enumerate().filter(|(_, switch)| !switch.is_on()) {
                    prop_assert!(!read.contains(&mark(channel, number)), "{text}: {switch:?} is named\n{read}");
                }
            }
        }
    }
}
