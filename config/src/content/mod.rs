//! Content documents become a catalogue.

mod entry;
pub mod notice;
mod office;
mod service;
mod towns;
mod years;

use chrono::NaiveDate;
use faq_engine::catalogue::{Catalogue, CatalogueParts};
use faq_engine::ports::ContentKind;

use crate::fault::Fault;
use crate::folder::ContentDocument;

/// Reads every document and checks them against each other. All mistakes are named at once.
pub fn catalogue(documents: &[ContentDocument]) -> Result<Catalogue, Vec<Fault>> {
    let mut parts = CatalogueParts::default();
    let mut faults = Vec::new();
    for document in documents {
        if let Err(more) = add(document, &mut parts) {
            faults.extend(more);
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Catalogue::new(parts).map_err(|faults| {
        faults.into_iter().map(|fault| locate(documents, &fault.item, &fault.value, fault.problem)).collect()
    })
}

/// Reads one document, so that a mistake in it is found before it is saved. References to others are not checked.
pub fn check_document(document: &ContentDocument) -> Result<(), Vec<Fault>> {
    add(document, &mut CatalogueParts::default())
}

/// What is overdue on a day: not a mistake, but somebody should look.
pub fn overdue(documents: &[ContentDocument], catalogue: &Catalogue, today: NaiveDate) -> Vec<Fault> {
    let services = catalogue.services().map(|service| (service.slug.as_str(), service.state));
    let entries = catalogue.entries().map(|entry| (entry.id.as_str(), entry.state));
    let offices = catalogue.offices().map(|office| (office.id.as_str(), office.state));
    services
        .chain(entries)
        .chain(offices)
        .filter(|(_, state)| state.review_by < today)
        .map(|(item, state)| {
            let message = format!(
                "review is overdue since {}; compare the text with its source, then set `checked_on` and `review_by`",
                state.review_by
            );
            locate(documents, item, &state.review_by.to_string(), message)
        })
        .collect()
}

fn add(document: &ContentDocument, parts: &mut CatalogueParts) -> Result<(), Vec<Fault>> {
    match document.key.kind {
        ContentKind::Service => parts.services.push(service::read(document)?),
        ContentKind::Entry => parts.entries.push(entry::read(document)?),
        ContentKind::Office => parts.offices.push(office::read(document)?),
        ContentKind::Towns => parts.towns.extend(towns::read(document)?),
        ContentKind::Notice => parts.notices.push(notice::read(document)?),
    }
    Ok(())
}

/// A mistake of an item, in the document that holds it.
fn locate(documents: &[ContentDocument], item: &str, value: &str, message: String) -> Fault {
    let is_its_document = |document: &&ContentDocument| document.key.name.rsplit('/').next() == Some(item);
    match documents.iter().rfind(is_its_document) {
        Some(document) => Fault::at_value(&document.label, &document.text, value, message),
        None => Fault::of_file(item, message),
    }
}

/// The file name says what the document is about; another name inside would make it impossible to find.
fn check_name(reader: &mut crate::text::Reader<'_>, document: &ContentDocument, key: &str, inside: &str) {
    let expected = document.key.name.rsplit('/').next().unwrap_or_default();
    if expected != inside {
        reader
            .fault(inside, format!("`{key}` is \"{inside}\" but the file is called {expected}.toml; make them equal"));
    }
}
