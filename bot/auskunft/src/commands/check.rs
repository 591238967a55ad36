//! `auskunft check`: every mistake in settings and content, with file, line and what to do.

use std::io::Write;

use auskunft_config::settings::Environment;
use auskunft_config::{ConfigFolder, Fault};
use chrono::NaiveDate;

use crate::assembly::{Configuration, booking_desk};

/// What a check found.
#[derive(Debug, Default)]
pub struct Findings {
    /// Mistakes: the program would not start.
    pub mistakes: Vec<Fault>,
    /// What somebody should look at.
    pub remarks: Vec<Fault>,
    /// One line about what was read, if it could be read.
    pub summary: Option<String>,
}

/// Reads everything an operator may change.
pub fn check(folder: ConfigFolder, environment: &Environment, today: NaiveDate) -> Findings {
    let mut findings = Findings::default();
    let configuration = match Configuration::read(folder, environment) {
        Ok(configuration) => configuration,
        Err(mistakes) => return Findings { mistakes: sorted(mistakes), ..findings },
    };
    let (catalogue, rules) = match configuration.catalogue(&configuration.documents) {
        Ok(checked) => checked,
        Err(mistakes) => return Findings { mistakes: sorted(mistakes), ..findings },
    };
    findings.summary = Some(format!(
        "{} services, {} free questions, {} offices, {} towns, {} notices, {} languages",
        catalogue.services().count(),
        catalogue.entries().count(),
        catalogue.offices().count(),
        catalogue.towns().count(),
        catalogue.notices().len(),
        configuration.languages.languages.packs().count(),
    ));
    findings.mistakes.extend(booking_desk(rules).err());
    findings.remarks = auskunft_config::content::overdue(&configuration.documents, &catalogue, today);
    findings.remarks.extend(configuration.languages.incomplete);
    findings.remarks.sort();
    findings
}

/// Prints the findings; `true` if there was no mistake.
pub fn print(findings: &Findings, output: &mut dyn Write) -> std::io::Result<bool> {
    for mistake in &findings.mistakes {
        writeln!(output, "mistake: {mistake}")?;
    }
    for remark in &findings.remarks {
        writeln!(output, "remark: {remark}")?;
    }
    if let Some(summary) = &findings.summary {
        writeln!(output, "read {summary}")?;
    }
    match findings.mistakes.len() {
        0 => writeln!(output, "no mistakes")?,
        1 => writeln!(output, "1 mistake; nothing starts until it is mended")?,
        count => writeln!(output, "{count} mistakes; nothing starts until they are mended")?,
    }
    Ok(findings.mistakes.is_empty())
}

fn sorted(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort();
    faults.dedup();
    faults
}
