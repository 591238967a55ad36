//! The towns of the county.

use faq_engine::office::{Phone, Town};
use faq_engine::position::Position;
use serde::Deserialize;

use crate::fault::{Fault, read_toml};
use crate::folder::ContentDocument;
use crate::text::{Reader, is_https};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TownsShape {
    #[serde(default)]
    elsewhere: Vec<String>,
    town: Vec<TownShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TownShape {
    id: String,
    kind: String,
    name: String,
    #[serde(default)]
    names: Vec<String>,
    office_name: String,
    website: Option<String>,
    phone: Option<String>,
    #[serde(default)]
    nearest_offices: Vec<String>,
    /// Latitude and longitude of its middle, roughly.
    centre: Option<(f64, f64)>,
    /// State of the number, for editors.
    #[serde(rename = "phone_as_of")]
    _phone_as_of: Option<String>,
}

pub(super) fn read(document: &ContentDocument) -> Result<(Vec<Town>, Vec<String>), Vec<Fault>> {
    let shape: TownsShape = read_toml(&document.label, &document.text).map_err(|fault| vec![fault])?;
    let mut reader = Reader::new(&document.label, &document.text);
    let mut towns = Vec::new();
    for town in shape.town {
        if let Some(website) = town.website.as_deref().filter(|url| !is_https(url)) {
            reader.fault(website, format!("`website` must be a complete https:// address, not \"{website}\""));
        }
        let phone = town.phone.as_deref().and_then(|number| {
            Phone::parse(number, None).map_err(|error| reader.fault(number, error.to_string())).ok()
        });
        let nearest_offices = reader.slugs(&town.nearest_offices);
        let centre = town.centre.and_then(|(latitude, longitude)| {
            let position = Position::new(latitude, longitude);
            if position.is_none() {
                let wrong = format!("`centre` must be latitude and longitude in degrees, such as [51.57, 8.11], not [{latitude}, {longitude}]");
                reader.fault(&town.id, wrong);
            }
            position
        });
        if let Some(id) = reader.slug(&town.id) {
            towns.push(Town {
                id,
                centre,
                kind: town.kind,
                name: town.name,
                names: town.names,
                office_name: town.office_name,
                website: town.website,
                phone,
                nearest_offices,
            });
        }
    }
    reader.finish(Some((towns, shape.elsewhere)))
}
