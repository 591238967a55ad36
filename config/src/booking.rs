//! Where appointments are booked: `booking.toml`.

mod systems;

use faq_engine::catalogue::Catalogue;
use faq_engine::language::LocalizedText;
use faq_engine::slug::Slug;
use serde::Deserialize;

use crate::fault::{Fault, read_toml};
use crate::folder::ConfigFolder;
use crate::settings::Secret;
use crate::text::{Reader, TextShape, is_https};

use self::systems::SystemShape;
pub use self::systems::{BookingSystem, Mapping, SystemKind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BookingShape {
    portal: PortalShape,
    rule: Vec<RuleShape>,
    #[serde(default)]
    inner_hosts: Vec<String>,
    #[serde(default)]
    system: Vec<SystemShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PortalShape {
    url: String,
    label: TextShape,
    note: Option<TextShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleShape {
    services: Vec<String>,
    #[serde(default)]
    offices: Vec<String>,
    bookable: BookableShape,
    /// Another address than the portal's, with `{service} {office} {lang}`.
    url: Option<String>,
    how: Option<TextShape>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum BookableShape {
    Portal,
    No,
}

/// How appointments for some services are booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingRule {
    /// The services.
    pub services: Vec<Slug>,
    /// The offices; empty: any.
    pub offices: Vec<Slug>,
    /// How.
    pub way: BookingWay,
}

/// How an appointment is booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookingWay {
    /// Online.
    Link {
        /// Address, with `{service} {office} {lang}` to be filled in.
        template: String,
        /// Text of the button.
        label: LocalizedText,
        /// What else to know.
        note: Option<LocalizedText>,
    },
    /// Not online; this is how.
    Otherwise(LocalizedText),
}

/// Where appointments are booked, and where it is looked up what is free.
#[derive(Debug, Clone, Default)]
pub struct Bookings {
    /// The first that names a service counts.
    pub rules: Vec<BookingRule>,
    /// Booking systems that can be asked.
    pub systems: Vec<BookingSystem>,
    /// Hosts in the own network that may be asked, over plain http too.
    pub inner_hosts: Vec<String>,
}

const FILE: &str = "booking.toml";

/// Reads the file; names services without a rule and what is not there. `token` is the booking system's, where it does
/// not stand in the file.
pub fn read(folder: &ConfigFolder, catalogue: &Catalogue, token: Option<&Secret>) -> Result<Bookings, Vec<Fault>> {
    let file = folder.root().join(FILE).display().to_string();
    let text = folder.read(FILE).map_err(|fault| vec![fault])?;
    let text =
        text.ok_or_else(|| vec![Fault::of_file(&file, "the file is missing; it says where appointments are booked")])?;
    let shape: BookingShape = read_toml(&file, &text).map_err(|fault| vec![fault])?;
    let mut reader = Reader::new(&file, &text);
    let label = reader.localized(&shape.portal.label, "portal.label");
    let note = reader.optional(shape.portal.note.as_ref(), "portal.note");
    let mut rules = Vec::new();
    for rule in &shape.rule {
        let services = known(&mut reader, &rule.services, "service", |slug| catalogue.service(slug).is_some());
        let offices = known(&mut reader, &rule.offices, "office", |id| catalogue.office(id).is_some());
        let way = match (&rule.bookable, &rule.how) {
            (BookableShape::Portal, _) => {
                let template = rule.url.clone().unwrap_or_else(|| shape.portal.url.clone());
                if !is_https(&template) {
                    reader.fault(&template, format!("`{template}` must be a complete https:// address"));
                }
                label.clone().map(|label| BookingWay::Link { template, label, note: note.clone() })
            }
            (BookableShape::No, Some(how)) => reader.localized(how, "rule.how").map(BookingWay::Otherwise),
            (BookableShape::No, None) => {
                let first = rule.services.first().map_or("[[rule]]", String::as_str);
                reader.fault(first, "a rule with `bookable = \"no\"` says in `how.de` how it is done instead");
                None
            }
        };
        rules.extend(way.map(|way| BookingRule { services, offices, way }));
    }
    for service in catalogue.services() {
        if !rules.iter().any(|rule| rule.services.contains(&service.slug)) {
            reader.fault(
                "[[rule]]",
                format!("no rule names the service `{}`; say whether it can be booked", service.slug),
            );
        }
    }
    let systems = shape.system.iter().filter_map(|system| system.read(&mut reader, catalogue, &rules, token)).collect();
    reader.finish(Some(Bookings { rules, systems, inner_hosts: shape.inner_hosts }))
}

pub(crate) fn known(reader: &mut Reader<'_>, names: &[String], what: &str, exists: impl Fn(&str) -> bool) -> Vec<Slug> {
    for name in names.iter().filter(|name| !exists(name)) {
        reader.fault(name, format!("there is no {what} `{name}`; correct the name"));
    }
    reader.slugs(names)
}
