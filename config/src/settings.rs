//! `auskunft.toml` and the environment: how the program behaves.
//!
//! Every value has a default, so the file may be missing. The environment wins over the file, because it is what a
//! service manager and a container set.

mod addresses;
mod environment;
mod telegram;

use std::net::SocketAddr;
use std::path::PathBuf;

use faq_engine::catalogue::Catalogue;
use faq_engine::knowledge::{DeskSettings, Thresholds};
use faq_engine::slug::Slug;
use serde::Deserialize;

pub use self::environment::{Environment, Secret};
pub use self::telegram::{TelegramSection, WebhookSection};

use self::addresses::{is_contact, is_map, is_network, is_origin};
use self::environment::secret;
use self::telegram::TelegramShape;
use crate::fault::{Fault, read_toml};
use crate::folder::ConfigFolder;
use crate::text::Reader;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct SettingsShape {
    data: DataShape,
    server: ServerShape,
    desk: DeskShape,
    thresholds: ThresholdsShape,
    telegram: TelegramShape,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct DataShape {
    folder: PathBuf,
    export_every_hours: u64,
}

impl Default for DataShape {
    fn default() -> Self {
        Self { folder: "data".into(), export_every_hours: 24 }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ServerShape {
    listen: String,
    allowed_origins: Option<Vec<String>>,
    frame_ancestors: Vec<String>,
    trusted_proxies: Vec<String>,
    rate_per_minute: Option<u32>,
    workers: Option<usize>,
    security_contact: Option<String>,
}

impl Default for ServerShape {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            allowed_origins: None,
            frame_ancestors: Vec::new(),
            trusted_proxies: Vec::new(),
            rate_per_minute: None,
            workers: None,
            security_contact: None,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct DeskShape {
    main_office: String,
    person_offices: Vec<String>,
    map: String,
}

impl Default for DeskShape {
    fn default() -> Self {
        Self {
            main_office: "buergerservice".to_owned(),
            person_offices: vec!["buergerservice".to_owned(), "kreishaus".to_owned()],
            map: "https://www.openstreetmap.org/search?query={address}".to_owned(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ThresholdsShape {
    answer: f32,
    offer: f32,
    ambiguous: f32,
}

impl Default for ThresholdsShape {
    fn default() -> Self {
        let Thresholds { answer, offer, ambiguous } = Thresholds::default();
        Self { answer, offer, ambiguous }
    }
}

/// How the program behaves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Folder of the store.
    pub data: PathBuf,
    /// Hours between two verified exports of the store.
    pub export_every_hours: u64,
    /// The web server.
    pub server: ServerSection,
    /// The desk.
    pub desk: DeskSettings,
    /// The messenger; `None` without a token.
    pub telegram: Option<TelegramSection>,
    /// Token of the booking system, where it does not stand in `booking.toml`.
    pub booking_token: Option<Secret>,
    /// The key with which notices are put up over HTTP; `None`: a new one at every start, left in the data folder.
    pub operator_key: Option<Secret>,
}

/// The web server. What is `None` is left to the server, so that a default has one place.
#[derive(Debug, Clone)]
pub struct ServerSection {
    /// Where it listens; port 0 picks a free one.
    pub listen: SocketAddr,
    /// Origins of sites that embed the widget (`https://www.example.org`, `https://*.example.org`); `*`: any site.
    pub allowed_origins: Option<Vec<String>>,
    /// Sites that may show `/chat` in a frame.
    pub frame_ancestors: Vec<String>,
    /// Proxies, or networks of them, whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<String>,
    /// Requests a client may make per minute; 0: no limit.
    pub rate_per_minute: Option<u32>,
    /// Threads; `None`: one per core.
    pub workers: Option<usize>,
    /// Where to report a weakness (`mailto:…` or `https://…`).
    pub security_contact: Option<String>,
}

const FILE: &str = "auskunft.toml";

/// Shorter keys can be guessed.
const SHORTEST_KEY: usize = 24;

impl Settings {
    /// Reads the file and the environment. All mistakes are named at once.
    pub fn read(folder: &ConfigFolder, environment: &Environment) -> Result<Self, Vec<Fault>> {
        let file = folder.root().join(FILE).display().to_string();
        let text = folder.read(FILE).map_err(|fault| vec![fault])?.unwrap_or_default();
        let shape: SettingsShape = read_toml(&file, &text).map_err(|fault| vec![fault])?;
        let mut reader = Reader::new(&file, &text);
        let listen = environment.listen.clone().unwrap_or(shape.server.listen);
        let listen = listen.parse::<SocketAddr>().map_err(|_| {
            reader.fault(&listen, format!("AUSKUNFT_LISTEN or server.listen must be an address with a port such as 127.0.0.1:8080, not \"{listen}\""));
        });
        for origin in shape.server.allowed_origins.iter().flatten().chain(&shape.server.frame_ancestors) {
            if !is_origin(origin) {
                reader.fault(
                    origin,
                    format!("\"{origin}\" must be an origin such as https://www.example.org, without a path"),
                );
            }
        }
        for proxy in shape.server.trusted_proxies.iter().filter(|proxy| !is_network(proxy)) {
            reader.fault(
                proxy,
                format!("\"{proxy}\" must be an address or a network such as 10.0.0.7, 10.0.0.0/8 or fd00::/8"),
            );
        }
        if let Some(contact) = shape.server.security_contact.as_deref().filter(|contact| !is_contact(contact)) {
            reader.fault(
                contact,
                format!("server.security_contact must be mailto:… or a complete https:// address, not \"{contact}\""),
            );
        }
        let thresholds = Thresholds {
            answer: shape.thresholds.answer,
            offer: shape.thresholds.offer,
            ambiguous: shape.thresholds.ambiguous,
        };
        for (key, value) in
            [("answer", thresholds.answer), ("offer", thresholds.offer), ("ambiguous", thresholds.ambiguous)]
        {
            if !(0.0..=1.0).contains(&value) {
                reader.fault(key, format!("thresholds.{key} must be between 0 and 1, not {value}"));
            }
        }
        let main_office = reader.slug(&shape.desk.main_office);
        let person_offices = reader.slugs(&shape.desk.person_offices);
        if person_offices.len() < 2 {
            reader.fault(
                "person_offices",
                "desk.person_offices must name at least two offices: one may be closed or its line down",
            );
        }
        let map = &shape.desk.map;
        if !map.is_empty() && !is_map(map) {
            reader.fault(
                map,
                format!("desk.map must be a complete https:// address with {{address}} in it, not \"{map}\""),
            );
        }
        let telegram = shape.telegram.section(environment, &mut reader);
        let operator_key = secret(environment.operator_key.as_deref());
        if operator_key.as_ref().is_some_and(|key| key.reveal().len() < SHORTEST_KEY) {
            reader.fault("", format!("AUSKUNFT_OPERATOR_KEY must have at least {SHORTEST_KEY} characters"));
        }
        let settings = listen.ok().zip(main_office).map(|(listen, main_office)| Self {
            data: environment.data.clone().map_or(shape.data.folder, PathBuf::from),
            export_every_hours: shape.data.export_every_hours,
            server: ServerSection {
                listen,
                allowed_origins: shape.server.allowed_origins,
                frame_ancestors: shape.server.frame_ancestors,
                trusted_proxies: shape.server.trusted_proxies,
                rate_per_minute: shape.server.rate_per_minute,
                workers: shape.server.workers,
                security_contact: shape.server.security_contact,
            },
            desk: DeskSettings {
                main_office,
                person_offices,
                thresholds,
                map: Some(shape.desk.map).filter(|map| !map.is_empty()),
            },
            telegram,
            booking_token: secret(environment.booking_token.as_deref()),
            operator_key,
        });
        reader.finish(settings)
    }

    /// Checks the names in the settings against the content.
    pub fn check_against(&self, catalogue: &Catalogue) -> Vec<Fault> {
        let named = std::iter::once(&self.desk.main_office).chain(&self.desk.person_offices);
        let unknown = named.filter(|id: &&Slug| catalogue.office(id.as_str()).is_none());
        unknown.map(|id| Fault::of_file(FILE, format!("[desk] names the office `{id}`, which is not there"))).collect()
    }
}
