//! An office with its opening hours.

use faq_engine::office::{Address, Office, Phone};
use serde::Deserialize;

use super::check_name;
use super::hours::{ExceptionShape, HolidaysShape, HoursShape, YearShape, read_exceptions};
use crate::fault::{Fault, read_toml};
use crate::folder::ContentDocument;
use crate::text::{Reader, SourceShape, TextShape, WordsShape, is_https};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficeShape {
    id: String,
    checked_on: String,
    review_by: String,
    email: Option<String>,
    website: Option<String>,
    #[serde(default)]
    phones: Vec<PhoneShape>,
    #[serde(default)]
    holidays: HolidaysShape,
    #[serde(default)]
    closed_days: Vec<String>,
    #[serde(default)]
    unknown_days: Vec<String>,
    #[serde(default)]
    appointment_required: bool,
    #[serde(default)]
    confirm: bool,
    name: TextShape,
    #[serde(default)]
    short: WordsShape,
    address: Option<AddressShape>,
    arrival: Option<TextShape>,
    payment: Option<TextShape>,
    sources: Vec<SourceShape>,
    #[serde(default)]
    hours: Vec<HoursShape>,
    #[serde(default)]
    exceptions: Vec<ExceptionShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PhoneShape {
    number: String,
    label: Option<TextShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AddressShape {
    street: String,
    postal_code: Option<String>,
    city: String,
    note: Option<TextShape>,
}

pub(super) fn read(document: &ContentDocument) -> Result<Office, Vec<Fault>> {
    let shape: OfficeShape = read_toml(&document.label, &document.text).map_err(|fault| vec![fault])?;
    let mut reader = Reader::new(&document.label, &document.text);
    check_name(&mut reader, document, "id", &shape.id);
    if let Some(website) = shape.website.as_deref().filter(|url| !is_https(url)) {
        reader.fault(website, format!("`website` must be a complete https:// address, not \"{website}\""));
    }
    if let Some(email) = shape.email.as_deref().filter(|email| !is_mail_address(email)) {
        reader.fault(email, format!("`email` must be a mail address, not \"{email}\""));
    }
    let id = reader.slug(&shape.id);
    let name = reader.localized(&shape.name, "name");
    let phones = shape.phones.into_iter().filter_map(|phone| read_phone(&mut reader, phone)).collect();
    let address = shape.address.map(|address| Address {
        street: address.street,
        postal_code: address.postal_code,
        city: address.city,
        note: reader.optional(address.note.as_ref(), "address.note"),
    });
    if let Some(code) = address.as_ref().and_then(|a| a.postal_code.as_deref()).filter(|code| !is_postal_code(code)) {
        reader.fault(code, format!("`postal_code` must be five digits in quotes, not \"{code}\""));
    }
    let arrival = reader.optional(shape.arrival.as_ref(), "arrival");
    let payment = reader.optional(shape.payment.as_ref(), "payment");
    let year =
        YearShape { holidays: shape.holidays, closed_days: &shape.closed_days, unknown_days: &shape.unknown_days };
    let exceptions = read_exceptions(&mut reader, &shape.exceptions);
    let hours = year.hours(&mut reader, "[[hours]]", &shape.hours, exceptions);
    let words = shape.short.get("de").cloned().unwrap_or_default();
    let sources = reader.sources(shape.sources);
    let state = reader.publication(document.revision, &shape.checked_on, &shape.review_by);
    let office = id.zip(name).zip(hours).zip(state).map(|(((id, name), hours), state)| Office {
        id,
        name,
        words,
        address,
        phones,
        email: shape.email,
        website: shape.website,
        hours,
        confirm: shape.confirm,
        appointment_required: shape.appointment_required,
        arrival,
        payment,
        sources,
        state,
    });
    reader.finish(office)
}

pub(super) fn read_phone(reader: &mut Reader<'_>, shape: PhoneShape) -> Option<Phone> {
    let label = reader.optional(shape.label.as_ref(), "phones.label");
    Phone::parse(&shape.number, label).map_err(|error| reader.fault(&shape.number, error.to_string())).ok()
}

fn is_mail_address(text: &str) -> bool {
    let complete = |(local, domain): (&str, &str)| {
        !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')
    };
    !text.contains(char::is_whitespace) && text.split_once('@').is_some_and(complete)
}

fn is_postal_code(text: &str) -> bool {
    text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit())
}
