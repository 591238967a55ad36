//! `auskunft hours`: an office's hours in the notation of OpenStreetMap, out and in.

use std::io::Write;

use auskunft_config::content::office_lines;
use faq_engine::catalogue::Catalogue;
use faq_engine::hours::{HolidayCalendar, OpeningHours, OsmFault};
use faq_engine::office::Office;

/// What an operator has to mend.
#[derive(Debug, thiserror::Error)]
pub enum HoursError {
    /// The office is not there.
    #[error("there is no office `{0}`; there are {1}")]
    UnknownOffice(String, String),
    /// Nothing to print.
    #[error("no opening hours are recorded for `{0}`")]
    NotRecorded(String),
    /// The notation was not taken.
    #[error(transparent)]
    Osm(#[from] OsmFault),
    /// Standard output is gone.
    #[error("the hours cannot be written")]
    Output(#[from] std::io::Error),
}

/// Prints the hours of one office, or a line for each that has some.
pub fn export(catalogue: &Catalogue, office: Option<&str>, output: &mut dyn Write) -> Result<(), HoursError> {
    if let Some(id) = office {
        let hours = known(catalogue, id)?.hours.to_osm();
        writeln!(output, "{}", hours.ok_or_else(|| HoursError::NotRecorded(id.to_owned()))?)?;
        return Ok(());
    }
    for office in catalogue.offices() {
        if let Some(hours) = office.hours.to_osm() {
            writeln!(output, "{}: {hours}", office.id)?;
        }
    }
    Ok(())
}

/// Prints hours in the notation as the lines of an office's file.
pub fn import(catalogue: &Catalogue, office: &str, hours: &str, output: &mut dyn Write) -> Result<(), HoursError> {
    let office = known(catalogue, office)?;
    let hours = OpeningHours::from_osm(hours, HolidayCalendar::Nrw)?;
    writeln!(output, "# offices/{}.toml", office.id)?;
    write!(output, "{}", office_lines(&hours))?;
    Ok(())
}

fn known<'c>(catalogue: &'c Catalogue, id: &str) -> Result<&'c Office, HoursError> {
    catalogue.office(id).ok_or_else(|| {
        let all: Vec<&str> = catalogue.offices().map(|office| office.id.as_str()).collect();
        HoursError::UnknownOffice(id.chars().take(60).collect(), all.join(", "))
    })
}
