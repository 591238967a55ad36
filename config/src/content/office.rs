//! An office with its opening hours.

use faq_engine::hours::Outage;
use faq_engine::office::{Address, Office, Phone};
use serde::Deserialize;

use super::check_name;
use super::hours::{ExceptionShape, HolidaysShape, HoursShape, Year, read_exceptions};
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
    #[serde(default)]
    phone_hours: Vec<HoursShape>,
    last_admission_minutes: Option<u32>,
    #[serde(default)]
    off: SwitchesShape,
}

/// What is switched off, beside telephone lines, which say so themselves.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct SwitchesShape {
    counter: Option<OffShape>,
    email: Option<OffShape>,
    website: Option<OffShape>,
}

/// A switch turned off.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OffShape {
    until: Option<String>,
    reason: Option<TextShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PhoneShape {
    number: String,
    label: Option<TextShape>,
    off: Option<OffShape>,
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
    let year = Year::read(&mut reader, shape.holidays, &shape.closed_days, &shape.unknown_days);
    let exceptions = read_exceptions(&mut reader, &shape.exceptions);
    // An office that is closed answers no telephone; one that opens specially may or may not.
    let closures = exceptions.iter().filter(|exception| exception.periods.is_empty()).cloned().collect();
    let phone_hours = year.hours(&mut reader, "[[phone_hours]]", &shape.phone_hours, closures);
    let hours = year.hours(&mut reader, "[[hours]]", &shape.hours, exceptions);
    let [counter, email_off, website_off] = [&shape.off.counter, &shape.off.email, &shape.off.website]
        .map(|off| off.as_ref().and_then(|off| read_off(&mut reader, off)));
    check_last_admission(&mut reader, shape.last_admission_minutes);
    let words = shape.short.get("de").cloned().unwrap_or_default();
    let sources = reader.sources(shape.sources);
    let state = reader.publication(document.revision, &shape.checked_on, &shape.review_by);
    let office =
        id.zip(name).zip(hours.zip(phone_hours)).zip(state).map(|(((id, name), (hours, phone_hours)), state)| Office {
            id,
            name,
            words,
            address,
            phones,
            email: shape.email,
            website: shape.website,
            email_off,
            website_off,
            hours: hours.with_outage(counter),
            phone_hours,
            last_admission: shape.last_admission_minutes,
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
    let off = shape.off.as_ref().and_then(|off| read_off(reader, off));
    let phone = Phone::parse(&shape.number, label).map_err(|error| reader.fault(&shape.number, error.to_string())).ok();
    phone.map(|phone| phone.switched_off(off))
}

fn read_off(reader: &mut Reader<'_>, shape: &OffShape) -> Option<Outage> {
    let until = match &shape.until {
        // A day that cannot be read must not become "until further notice".
        Some(until) => Some(reader.date("off.until", until)?),
        None => None,
    };
    Some(Outage { until, reason: reader.optional(shape.reason.as_ref(), "off.reason") })
}

fn check_last_admission(reader: &mut Reader<'_>, minutes: Option<u32>) {
    const MOST: u32 = 240;
    if let Some(minutes) = minutes.filter(|minutes| !(1..=MOST).contains(minutes)) {
        reader.fault(&minutes.to_string(), format!("`last_admission_minutes` must be between 1 and {MOST}"));
    }
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

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use faq_engine::ports::{ContentKey, ContentKind};

    use super::*;

    fn read_office(above: &str, tables: &str) -> Result<Office, Vec<Fault>> {
        let text = format!(
            "id = \"amt\"\nchecked_on = \"2026-01-01\"\nreview_by = \"2027-01-01\"\nemail = \"amt@kreis.example\"\n{above}\n\
             [name]\nde = \"Amt\"\n[[sources]]\nid = \"a\"\ntitle = \"b\"\n[[hours]]\nmonday = [\"08:00-12:00\"]\n{tables}"
        );
        let key = ContentKey { kind: ContentKind::Office, name: "amt".to_owned() };
        read(&ContentDocument { key, label: "offices/amt.toml".to_owned(), text, revision: 1 })
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn what_is_switched_off_is_off_until_its_last_day() {
        let office = read_office(
            "phones = [ { number = \"02921 11\", off = { until = \"2026-12-05\" } }, { number = \"02921 22\" } ]",
            "[off]\nemail = { until = \"2026-12-05\", reason.de = \"Umzug\" }\ncounter = {}",
        )
        .unwrap_or_else(|faults| panic!("{faults:?}"));
        let phones = |date| office.phones_on(day(date)).map(Phone::number).collect::<Vec<_>>();
        assert_eq!((phones("2026-12-05"), office.email_on(day("2026-12-05"))), (vec!["02921 22"], None));
        assert_eq!(phones("2026-12-06"), ["02921 11", "02921 22"]);
        assert_eq!(office.email_on(day("2026-12-06")), Some("amt@kreis.example"));
        assert!(office.hours.on(day("2029-01-01")).is_closed(), "a Monday, but off until further notice");
    }

    #[test]
    fn closures_silence_the_telephone_and_special_openings_do_not_change_it() {
        let office = read_office(
            "last_admission_minutes = 30",
            "[[phone_hours]]\nmonday = [\"09:00-10:00\"]\n\
             [[exceptions]]\nfrom = \"2026-12-28\"\nuntil = \"2026-12-31\"\nperiods = []\n\
             [[exceptions]]\ndate = \"2027-01-04\"\nperiods = [\"14:00-16:00\"]",
        )
        .unwrap_or_else(|faults| panic!("{faults:?}"));
        assert_eq!(office.last_admission, Some(30));
        assert!(office.hours.on(day("2026-12-28")).is_closed() && office.phone_hours.on(day("2026-12-28")).is_closed());
        let periods = |hours: &faq_engine::hours::OpeningHours| hours.on(day("2027-01-04")).periods[0].to_string();
        assert_eq!([periods(&office.hours), periods(&office.phone_hours)], ["14:00-16:00", "09:00-10:00"]);
    }

    #[test]
    fn what_cannot_be_meant_is_named_with_its_line() {
        for (above, tables, said) in [
            ("last_admission_minutes = 0", "", "between 1 and 240"),
            ("closed_days = [\"13-24\"]", "", "is not a day of the year"),
            ("", "[off]\nemail = { until = \"morgen\" }", "off.until"),
            ("", "[[exceptions]]\nfrom = \"2026-12-28\"\nperiods = []", "either a `date`, or `from` and `until`"),
            ("", "[[exceptions]]\nperiods = []", "either a `date`, or `from` and `until`"),
            ("", "[[exceptions]]\nfrom = \"2026-12-28\"\nuntil = \"2026-12-27\"\nperiods = []", "ends on or after"),
            ("", "[[phone_hours]]\nmonday = [\"8-12\"]", "is not a period"),
        ] {
            let faults = read_office(above, tables).expect_err(tables);
            let named = faults.iter().filter(|fault| fault.to_string().contains(said)).count();
            assert_eq!(named, 1, "{above} {tables}: {faults:?}");
        }
    }
}
