//! `auskunft check`: every mistake in settings and content, with file, line and what to do.

use std::fmt::Display;
use std::io::Write;
use std::sync::Arc;

use auskunft_config::crisis::CrisisPlan;
use auskunft_config::settings::Environment;
use auskunft_config::{ConfigFolder, Fault};
use faq_booking::{KeyProblem, LookUp, SlotError};
use faq_engine::ports::Clock;

use crate::assembly::Configuration;
use crate::booking::{booking_desk, look_ups};

/// What a check found.
#[derive(Debug, Default)]
pub struct Findings {
    /// Mistakes: the program would not start.
    pub mistakes: Vec<Fault>,
    /// What somebody should look at.
    pub remarks: Vec<Fault>,
    /// One line about what was read, if it could be read.
    pub summary: Option<String>,
    /// Pairs of service and office that their booking system knows.
    pub mappings: usize,
}

/// Reads everything an operator may change.
///
/// `online` also asks the booking systems whether they know what is mapped to them.
pub async fn check(folder: ConfigFolder, environment: &Environment, clock: &Arc<dyn Clock>, online: bool) -> Findings {
    let mut findings = Findings::default();
    let configuration = match Configuration::read(folder, environment) {
        Ok(configuration) => configuration,
        Err(mistakes) => return Findings { mistakes: sorted(mistakes), ..findings },
    };
    let (catalogue, bookings) = match configuration.catalogue(&configuration.documents) {
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
    let today = clock.now().date_naive();
    findings.remarks = auskunft_config::content::overdue(&configuration.documents, &catalogue, today);
    findings.remarks.extend(configuration.languages.incomplete);
    if configuration.crisis.is_none() {
        findings.remarks.push(CrisisPlan::missing(&configuration.folder));
    }
    match booking_desk(&bookings, clock).and_then(|_| look_ups(&bookings, clock)) {
        Err(mistake) => findings.mistakes.push(mistake),
        Ok(look_ups) if online => check_mappings(&look_ups, &mut findings).await,
        Ok(_) => {}
    }
    findings.remarks.sort();
    findings
}

/// Asks one pair after the other: an operator can wait, and a booking system is not to be flooded.
async fn check_mappings(look_ups: &[LookUp], findings: &mut Findings) {
    for look_up in look_ups {
        let LookUp { service, office, service_key, office_key, system } = look_up;
        let of_pair = |what: &dyn Display| {
            let message = format!("{service} (\"{service_key}\") at {office} (\"{office_key}\"): {what}");
            Fault::of_file("booking.toml", message)
        };
        match system.check_keys(service_key, office_key).await {
            Ok(None) => findings.mappings += 1,
            Ok(Some(KeyProblem::Captcha)) => findings.remarks.push(of_pair(&KeyProblem::Captcha)),
            Ok(Some(problem)) => findings.mistakes.push(of_pair(&problem)),
            // Down today is no mistake in the file.
            Err(error @ (SlotError::Unavailable | SlotError::RateLimited { .. })) => {
                findings.remarks.push(of_pair(&error))
            }
            Err(error) => findings.mistakes.push(of_pair(&error)),
        }
    }
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
    if findings.mappings > 0 {
        writeln!(output, "the booking systems know {} pairs of service and office", findings.mappings)?;
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
