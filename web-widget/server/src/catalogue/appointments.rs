//! `GET /api/v1/appointments`: how to get an appointment for a service.

use actix_web::{HttpRequest, HttpResponse, web};
use faq_engine::language::LanguageTag;
use faq_engine::ports::Booking;
use faq_engine::slug::Slug;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::catalogue::language_of;
use crate::http::errors::{ErrorBody, Refusal, Refused};
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
    /// The office asked for.
    office: Option<String>,
    /// Text of the button or headline.
    label: String,
    /// Where to book; `null`: not online, the note says how.
    url: Option<String>,
    /// How it is done instead, or what to know.
    note: Option<String>,
    /// Free times; none are asked for yet.
    slots: Vec<String>,
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
    Ok(HttpResponse::Ok().json(AppointmentsBody { appointments: way.into_iter().collect() }))
}

impl AppointmentWay {
    fn new(booking: Booking, office: Option<&Slug>, language: &LanguageTag, site: &Site) -> Option<Self> {
        let way = |label, url, note| Self { office: office.map(Slug::to_string), label, url, note, slots: Vec::new() };
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
            "slots": []
        });
        assert_eq!((status, &body["appointments"]), (200, &json!([way])));
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
