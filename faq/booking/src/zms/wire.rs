//! What the ZMS citizen API sends, in all its dialects. Only the fields that are used are read; the rest holds
//! addresses of staff and is nobody's business.

use std::collections::HashSet;

use serde::Deserialize;

use crate::slots::SlotError;

/// Identifiers and timestamps are numbers in one answer and texts in the next.
#[derive(Deserialize)]
#[serde(untagged)]
enum Number {
    Whole(i64),
    Text(String),
}

impl Number {
    fn text(self) -> String {
        match self {
            Self::Whole(number) => number.to_string(),
            Self::Text(text) => text,
        }
    }

    fn whole(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            Self::Text(text) => text.parse().ok(),
        }
    }
}

/// The offices, services and public relations of an installation.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    pub(crate) offices: HashSet<String>,
    pub(crate) captcha: HashSet<String>,
    pub(crate) services: HashSet<String>,
    /// Service and office.
    pub(crate) relations: HashSet<(String, String)>,
}

pub(crate) fn catalogue(body: &[u8]) -> Result<Catalogue, SlotError> {
    #[derive(Deserialize)]
    struct Wire {
        offices: Vec<Office>,
        services: Vec<Service>,
        relations: Vec<Relation>,
    }
    #[derive(Deserialize)]
    struct Office {
        id: Number,
        scope: Option<Scope>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Scope {
        captcha_activated_required: Option<bool>,
    }
    // `combinable` is a list or an object; it is not needed and therefore not read.
    #[derive(Deserialize)]
    struct Service {
        id: Number,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Relation {
        office_id: Number,
        service_id: Number,
        public: Option<bool>,
    }

    let wire: Wire = read(body)?;
    let mut catalogue = Catalogue::default();
    for office in wire.offices {
        let id = office.id.text();
        if office.scope.and_then(|scope| scope.captcha_activated_required) == Some(true) {
            catalogue.captcha.insert(id.clone());
        }
        catalogue.offices.insert(id);
    }
    catalogue.services = wire.services.into_iter().map(|service| service.id.text()).collect();
    catalogue.relations = wire
        .relations
        .into_iter()
        .filter(|relation| relation.public != Some(false))
        .map(|relation| (relation.service_id.text(), relation.office_id.text()))
        .collect();
    Ok(catalogue)
}

/// The calendar of generation 2.
pub(crate) struct Calendar {
    /// Unix seconds.
    pub(crate) times: Vec<i64>,
    /// Whether each day with something free came with its times.
    pub(crate) complete: bool,
}

pub(crate) fn calendar(body: &[u8], office: &str) -> Result<Calendar, SlotError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Wire {
        available_days: Vec<Day>,
    }
    #[derive(Deserialize)]
    struct Day {
        offices: Option<Vec<AtOffice>>,
    }

    let wire: Wire = read(body)?;
    let mut calendar = Calendar { times: Vec::new(), complete: true };
    for day in wire.available_days {
        let at_offices = day.offices.unwrap_or_default();
        calendar.complete &= !at_offices.is_empty();
        calendar.times.extend(times_at(at_offices, office)?);
    }
    Ok(calendar)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AtOffice {
    office_id: Number,
    appointments: Option<Vec<Number>>,
}

fn times_at(offices: Vec<AtOffice>, office: &str) -> Result<Vec<i64>, SlotError> {
    let mut times = Vec::new();
    for at in offices {
        let appointments = at.appointments.unwrap_or_default();
        if at.office_id.text() == office {
            times.extend(whole(&appointments)?);
        }
    }
    Ok(times)
}

fn whole(numbers: &[Number]) -> Result<Vec<i64>, SlotError> {
    numbers.iter().map(|number| number.whole().ok_or(SlotError::BadData)).collect()
}

/// The days with something free, generation 1: objects, in older installations plain texts.
pub(crate) fn days(body: &[u8]) -> Result<Vec<chrono::NaiveDate>, SlotError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Wire {
        available_days: Vec<Day>,
    }
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Day {
        Newer { time: chrono_day::Day },
        Older(chrono_day::Day),
    }

    let wire: Wire = read(body)?;
    let mut days: Vec<_> = wire
        .available_days
        .into_iter()
        .map(|day| match day {
            Day::Newer { time } | Day::Older(time) => time.0,
        })
        .collect();
    days.sort_unstable();
    days.dedup();
    Ok(days)
}

/// chrono is built without serde in this house.
mod chrono_day {
    use serde::{Deserialize, Deserializer, de::Error};

    pub(super) struct Day(pub(super) chrono::NaiveDate);

    impl<'de> Deserialize<'de> for Day {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let text = String::deserialize(deserializer)?;
            text.parse().map(Day).map_err(|_| D::Error::custom("not a date"))
        }
    }
}

/// The times of a day in Unix seconds, generation 1: per office, in older installations one list.
pub(crate) fn appointments(body: &[u8], office: &str) -> Result<Vec<i64>, SlotError> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Wire {
        Newer {
            offices: Vec<AtOffice>,
        },
        #[serde(rename_all = "camelCase")]
        Older {
            appointment_timestamps: Vec<Number>,
        },
    }

    match read(body)? {
        Wire::Newer { offices } => times_at(offices, office),
        Wire::Older { appointment_timestamps } => whole(&appointment_timestamps),
    }
}

/// The code of the first error, or nothing if the body is no error of ZMS.
pub(crate) fn error_code(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Wire {
        errors: Vec<Failure>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Failure {
        error_code: String,
    }
    let wire: Wire = serde_json::from_slice(body).ok()?;
    wire.errors.into_iter().next().map(|failure| failure.error_code)
}

fn read<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, SlotError> {
    serde_json::from_slice(body).map_err(|_| SlotError::BadData)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn both_shapes_of_combinable_are_read() {
        for combinable in ["[]", r#"{"1":{"1001":[4711]}}"#, "null"] {
            let body = format!(
                r#"{{"offices":[{{"id":4711,"scope":null}}],"services":[{{"id":"1001","combinable":{combinable}}}],
                "relations":[{{"officeId":4711,"serviceId":1001,"public":true}}]}}"#
            );
            let catalogue = catalogue(body.as_bytes()).expect("readable");
            assert!(catalogue.relations.contains(&("1001".to_owned(), "4711".to_owned())));
        }
    }

    #[test]
    fn both_shapes_of_generation_one_are_read() {
        let newer = days(br#"{"availableDays":[{"time":"2026-09-02","providerIDs":"4711"}]}"#);
        let older = days(br#"{"availableDays":["2026-09-02"]}"#);
        assert_eq!(newer, older);
        assert_eq!(newer.expect("readable").len(), 1);
        let newer = appointments(br#"{"offices":[{"officeId":4711,"appointments":[1788332400]}]}"#, "4711");
        let older = appointments(br#"{"appointmentTimestamps":["1788332400"]}"#, "4711");
        assert_eq!(newer, Ok(vec![1_788_332_400]));
        assert_eq!(older, newer);
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_parsers_panic(body in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = (catalogue(&body), calendar(&body, "1").is_ok(), days(&body), appointments(&body, "1"), error_code(&body));
        }

        #[test]
        fn no_json_like_text_makes_the_parsers_panic(
            text in r#"\{"(availableDays|offices|appointmentTimestamps|errors)":(\[|\{|"|[0-9-]{1,25}|null|[\[\]{}",:a-z0-9]{0,40})\]?\}"#
        ) {
            let body = text.as_bytes();
            let _ = (catalogue(body), calendar(body, "1").is_ok(), days(body), appointments(body, "1"), error_code(body));
        }
    }
}
