//! `GET /api/v1/appointments`: how to get an appointment for a service.

use actix_web::{HttpRequest, HttpResponse, web};
use faq_engine::language::LanguageTag;
use faq_engine::ports::{Availability, Booking};
use faq_engine::slug::Slug;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::catalogue::language_of;
use crate::http::errors::{ErrorBody, Refusal, Refused};
use crate::reply_body::moment;
use crate::site::Site;

/// For what, and where.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct AppointmentsQuery {
    /// The service.
    service: String,
    /// The office, if it has to be this one.
    office: Option<String>,
    /// Language; without it the browser's.
    lang: Option<String>,
}

/// Ways to an appointment.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AppointmentsBody {
    /// Empty: nothing is recorded.
    appointments: Vec<AppointmentWay>,
}

/// One way to an appointment.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AppointmentWay {
    /// The office, if it is for one only.
    office: Option<String>,
    /// Text of the button or headline.
    label: String,
    /// Where to book; `null`: not online, the note says how.
    url: Option<String>,
    /// How it is done instead, or what to know.
    note: Option<String>,
    /// The first free times; empty: none, or none known.
    slots: Vec<String>,
    /// When they were free; `null`: not known.
    as_of: Option<String>,
}

#[utoipa::path(
    get,
    path = "/api/v1/appointments",
    tag = "catalogue",
    params(AppointmentsQuery),
    responses(
        (status = 200, description = "Ways to an appointment", body = AppointmentsBody),
        (status = 400, description = "No service named", body = ErrorBody),
        (status = 404, description = "No such service or office", body = ErrorBody),
    )
)]
pub(crate) async fn appointments(
    request: HttpRequest,
    site: web::Data<Site>,
    query: web::Query<AppointmentsQuery>,
) -> Result<HttpResponse, Refused> {
    let language = language_of(&request, &site, query.lang.as_deref());
    let refused = |refusal: Refusal| refusal.in_language(Some(language.clone()));
    let knowledge = site.desk.knowledge();
    let service = knowledge.catalogue.service(&query.service).ok_or_else(|| refused(Refusal::UnknownService))?;
    let office = match query.office.as_deref() {
        Some(id) => Some(knowledge.catalogue.office(id).ok_or_else(|| refused(Refusal::UnknownOffice))?.id.clone()),
        None => None,
    };
    let booking = site.desk.booking(&service.slug, office.as_ref(), &language).await;
    let way = AppointmentWay::new(booking, office.as_ref(), &language, &site);
    let mut appointments: Vec<AppointmentWay> = Vec::new();
    if let Some(way) = &way {
        let found = site.desk.availability(&service.slug, office.as_ref()).await;
        appointments.extend(found.into_iter().map(|availability| way.at(availability)));
    }
    if appointments.is_empty() {
        appointments.extend(way);
    }
    Ok(HttpResponse::Ok().json(AppointmentsBody { appointments }))
}

impl AppointmentWay {
    fn new(booking: Booking, office: Option<&Slug>, language: &LanguageTag, site: &Site) -> Option<Self> {
        let office = office.map(Slug::to_string);
        let way = |label, url, note| Self { office, label, url, note, slots: Vec::new(), as_of: None };
        match booking {
            Booking::Online { label, url, note } => {
                let note = note.map(|note| note.or_german(language).to_owned());
                Some(way(label.or_german(language).to_owned(), Some(url), note))
            }
            Booking::Otherwise(how) => {
                let label = site.desk.phrasebook(Some(language)).say("web_appointment_otherwise", &[]);
                Some(way(label, None, Some(how.or_german(language).to_owned())))
            }
            Booking::NotRecorded => None,
        }
    }

    /// The same way at one office, with what is free there.
    fn at(&self, availability: Availability) -> Self {
        let free = availability.free;
        Self {
            office: Some(availability.office.to_string()),
            label: self.label.clone(),
            url: Some(availability.url),
            note: self.note.clone(),
            as_of: free.as_ref().map(|free| moment(&free.as_of)),
            slots: free.iter().flat_map(|free| &free.times).map(moment).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{TestSite, json};

    #[actix_web::test]
    async fn the_way_to_an_appointment_is_told() {
        let address = "/api/v1/appointments?service=kfz-abmeldung&office=buergerservice&lang=en";
        let (status, body) = TestSite::new().gets(address).await.status_and_json();
        let way = json!({
            "office": "buergerservice",
            "label": "Book online",
            "url": "https://termine.example.org/",
            "note": null,
            "slots": [],
            "as_of": null
        });
        assert_eq!((status, &body["appointments"]), (200, &json!([way])));
    }

    #[actix_web::test]
    async fn free_times_are_told_for_each_office_whose_system_can_be_asked() {
        let address = "/api/v1/appointments?service=kfz-abmeldung&lang=en";
        let (status, body) = TestSite::new().gets(address).await.status_and_json();
        let at = |office: &str, slots: serde_json::Value, as_of: Option<&str>| {
            let url = format!("https://termine.example.org/{office}");
            json!({"office": office, "label": "Book online", "url": url, "note": null, "slots": slots, "as_of": as_of})
        };
        let free = at("nord", json!(["2026-11-30T08:20:00+01:00"]), Some("2026-11-23T09:58:00+01:00"));
        assert_eq!((status, &body["appointments"]), (200, &json!([free, at("sued", json!([]), None)])));
    }

    #[actix_web::test]
    async fn what_there_is_not_is_not_found() {
        for (query, status, code) in [
            ("", 400, "invalid_request"),
            ("?service=gibt-es-nicht", 404, "unknown_service"),
            ("?service=kfz-abmeldung&office=nirgends", 404, "unknown_office"),
        ] {
            let (found, body) = TestSite::new().gets(&format!("/api/v1/appointments{query}")).await.status_and_json();
            assert_eq!((found, body["error"]["code"].as_str().unwrap()), (status, code), "{query}");
        }
    }
}
