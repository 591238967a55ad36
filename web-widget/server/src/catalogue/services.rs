//! `GET /api/v1/services` and `/api/v1/services/{slug}`: what the desk knows about.

use actix_web::{HttpRequest, HttpResponse, web};
use faq_engine::facet::Facet;
use faq_engine::language::LanguageTag;
use faq_engine::service::{Service, TownHalls};
use faq_engine::slug::Slug;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::catalogue::language_of;
use crate::chat;
use crate::http::errors::{ErrorBody, Refusal, Refused};
use crate::reply_body::{ReplyBody, date};
use crate::site::Site;

/// How to tell it.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ServicesQuery {
    /// Language; without it the browser's.
    lang: Option<String>,
}

/// How to tell it, and what.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ServiceQuery {
    /// Language; without it the browser's.
    lang: Option<String>,
    /// The aspect to answer; without it the overview.
    facet: Option<String>,
}

/// Every service.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServicesBody {
    /// By slug.
    services: Vec<ServiceSummary>,
}

/// A service in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServiceSummary {
    /// Stable name.
    #[schema(example = "kfz-umschreibung")]
    slug: String,
    /// Headline, in German where the language is missing.
    name: String,
    /// Group it belongs to.
    #[schema(example = "kfz")]
    topic: String,
    /// Aspects for which something is recorded.
    facets: Vec<&'static str>,
}

/// A service with everything that does not fit a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServiceBody {
    #[serde(flatten)]
    summary: ServiceSummary,
    /// Key in the national service catalogue (LeiKa).
    leika: Option<String>,
    /// The county's offices that do it.
    offices: Vec<String>,
    /// Towns whose own town hall does it instead; `all` for every town.
    town_halls: Vec<String>,
    /// Revision of the text.
    revision: u64,
    /// Day of the last check against the source.
    #[schema(format = Date)]
    checked_on: String,
    /// Day from which the text counts as overdue.
    #[schema(format = Date)]
    review_by: String,
    /// What the desk says about it.
    answer: ReplyBody,
}

#[utoipa::path(
    get,
    path = "/api/v1/services",
    tag = "catalogue",
    params(ServicesQuery),
    responses((status = 200, description = "Every service", body = ServicesBody))
)]
pub(crate) async fn list(
    request: HttpRequest,
    site: web::Data<Site>,
    query: web::Query<ServicesQuery>,
) -> HttpResponse {
    let language = language_of(&request, &site, query.lang.as_deref());
    let knowledge = site.desk.knowledge();
    let services = knowledge.catalogue.services().map(|service| ServiceSummary::new(service, &language)).collect();
    HttpResponse::Ok().json(ServicesBody { services })
}

#[utoipa::path(
    get,
    path = "/api/v1/services/{slug}",
    tag = "catalogue",
    params(("slug" = String, Path, description = "Stable name"), ServiceQuery),
    responses(
        (status = 200, description = "The service and what the desk says about it", body = ServiceBody),
        (status = 400, description = "No such facet", body = ErrorBody),
        (status = 404, description = "No such service", body = ErrorBody),
    )
)]
pub(crate) async fn show(
    request: HttpRequest,
    site: web::Data<Site>,
    slug: web::Path<String>,
    query: web::Query<ServiceQuery>,
) -> Result<HttpResponse, Refused> {
    let language = language_of(&request, &site, query.lang.as_deref());
    let refused = |refusal: Refusal| refusal.in_language(Some(language.clone()));
    let slug = Slug::parse(&slug).map_err(|_| refused(Refusal::UnknownService))?;
    let facet = match query.facet.as_deref() {
        Some(name) => Some(Facet::parse(name).ok_or_else(|| refused(Refusal::InvalidRequest))?),
        None => None,
    };
    let knowledge = site.desk.knowledge();
    let service = knowledge.catalogue.service(slug.as_str()).ok_or_else(|| refused(Refusal::UnknownService))?;
    let reply = site.desk.answer_about(&slug, facet, &language).await;
    // Gone between the two looks, when an editor withdrew it this moment.
    let reply = reply.ok_or_else(|| refused(Refusal::UnknownService))?;
    Ok(HttpResponse::Ok().json(ServiceBody::new(service, &language, chat::body_of(&site.desk, &reply))))
}

impl ServiceSummary {
    fn new(service: &Service, language: &LanguageTag) -> Self {
        Self {
            slug: service.slug.to_string(),
            name: service.name.or_german(language).to_owned(),
            topic: service.topic.clone(),
            facets: service.recorded_facets().map(Facet::as_str).collect(),
        }
    }
}

impl ServiceBody {
    fn new(service: &Service, language: &LanguageTag, answer: ReplyBody) -> Self {
        Self {
            summary: ServiceSummary::new(service, language),
            leika: service.leika.clone(),
            offices: service.responsible.offices.iter().map(Slug::to_string).collect(),
            town_halls: match &service.responsible.town_halls {
                TownHalls::None => Vec::new(),
                TownHalls::Some(towns) => towns.iter().map(Slug::to_string).collect(),
                TownHalls::All => vec!["all".to_owned()],
            },
            revision: service.state.revision,
            checked_on: date(service.state.checked_on),
            review_by: date(service.state.review_by),
            answer,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{TestSite, json};

    #[actix_web::test]
    async fn services_are_listed_in_the_asked_language() {
        let (status, body) = TestSite::new().gets("/api/v1/services?lang=en").await.status_and_json();
        assert_eq!(status, 200);
        let first = json!({
            "slug": "kfz-abmeldung", "name": "Take a vehicle off the road", "topic": "kfz", "facets": ["overview", "fee"]
        });
        assert_eq!(body["services"][0], first);
    }

    #[actix_web::test]
    async fn a_service_comes_with_what_the_desk_says() {
        let (status, body) = TestSite::new().gets("/api/v1/services/kfz-abmeldung?facet=fee").await.status_and_json();
        assert_eq!(status, 200);
        assert_eq!(body["answer"]["service"], "kfz-abmeldung");
        assert_eq!(body["answer"]["facet"], "fee");
        assert_eq!(body["offices"], json!(["buergerservice"]));
    }

    #[actix_web::test]
    async fn what_there_is_not_is_not_found() {
        for (address, status, code) in [
            ("/api/v1/services/gibt-es-nicht", 404, "unknown_service"),
            ("/api/v1/services/..%2f..%2fetc", 404, "unknown_service"),
            ("/api/v1/services/%ff", 404, "unknown_service"),
            ("/api/v1/services/kfz-abmeldung?facet=price", 400, "invalid_request"),
        ] {
            let answer = TestSite::new().gets(address).await.status_and_json();
            assert_eq!((answer.0, answer.1["error"]["code"].as_str().unwrap()), (status, code), "{address}");
        }
    }
}
