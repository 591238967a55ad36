//! `GET /api/v1/offices/{id}/hours`: when an office is open, day by day.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{Days, NaiveDate};
use faq_engine::hours::DayHours;
use faq_engine::language::LanguageTag;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::catalogue::language_of;
use crate::http::errors::{ErrorBody, Refusal, Refused};
use crate::reply_body::{PeriodBody, date};
use crate::site::Site;

/// Two months; whoever wants more asks again.
const MOST_DAYS: usize = 62;
/// Shown where no last day is named.
const USUAL_DAYS: u64 = 7;

/// Which days.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct HoursQuery {
    /// First day; without it today.
    #[param(format = Date)]
    from: Option<String>,
    /// Last day, 62 days in all at most; without it a week.
    #[param(format = Date)]
    to: Option<String>,
    /// Language; without it the browser's.
    lang: Option<String>,
}

/// The hours of an office.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfficeHoursBody {
    /// Stable name.
    #[schema(example = "buergerservice")]
    office: String,
    /// Its name.
    name: String,
    /// All its hours in the notation of OpenStreetMap (`opening_hours`); reasons are in German.
    #[schema(example = "Mo-Fr 08:00-17:00; PH off; 2026 Dec 28 off")]
    osm: Option<String>,
    /// Day by day.
    days: Vec<DayBody>,
}

/// The hours of one day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DayBody {
    /// The day.
    #[schema(format = Date)]
    date: String,
    /// When it is open; empty: closed.
    periods: Vec<PeriodBody>,
    /// Why it is closed or different from usual, where there is a reason.
    closed_reason: Option<String>,
}

#[utoipa::path(
    get,
    path = "/api/v1/offices/{id}/hours",
    tag = "catalogue",
    params(("id" = String, Path, description = "Stable name"), HoursQuery),
    responses(
        (status = 200, description = "The hours", body = OfficeHoursBody),
        (status = 400, description = "No such days", body = ErrorBody),
        (status = 404, description = "No such office", body = ErrorBody),
    )
)]
pub(crate) async fn hours(
    request: HttpRequest,
    site: web::Data<Site>,
    id: web::Path<String>,
    query: web::Query<HoursQuery>,
) -> Result<HttpResponse, Refused> {
    let language = language_of(&request, &site, query.lang.as_deref());
    let refused = |refusal: Refusal| refusal.in_language(Some(language.clone()));
    let knowledge = site.desk.knowledge();
    let office = knowledge.catalogue.office(&id).ok_or_else(|| refused(Refusal::UnknownOffice))?;
    let days = asked_days(&query, site.desk.clock().now().date_naive()).map_err(refused)?;
    let days = days.into_iter().map(|day| DayBody::new(office.hours.on(day), &language)).collect();
    let name = office.name.or_german(&language).to_owned();
    Ok(HttpResponse::Ok().json(OfficeHoursBody {
        office: office.id.to_string(),
        name,
        osm: office.hours.to_osm(),
        days,
    }))
}

fn asked_days(query: &HoursQuery, today: NaiveDate) -> Result<Vec<NaiveDate>, Refusal> {
    let read = |text: &String| NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| Refusal::InvalidPeriod);
    let from = query.from.as_ref().map(read).transpose()?.unwrap_or(today);
    let to = query.to.as_ref().map(read).transpose()?;
    let to = to.or_else(|| from.checked_add_days(Days::new(USUAL_DAYS - 1))).ok_or(Refusal::InvalidPeriod)?;
    let days: Vec<NaiveDate> = from.iter_days().take_while(|day| *day <= to).take(MOST_DAYS + 1).collect();
    if days.is_empty() || days.len() > MOST_DAYS { Err(Refusal::InvalidPeriod) } else { Ok(days) }
}

impl DayBody {
    fn new(hours: DayHours, language: &LanguageTag) -> Self {
        Self {
            date: date(hours.date),
            periods: hours.periods.iter().map(PeriodBody::new).collect(),
            closed_reason: hours.why(language),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{TestSite, json};

    const OFFICE: &str = "/api/v1/offices/buergerservice/hours";

    #[actix_web::test]
    async fn days_are_computed_with_their_reason() {
        let address = format!("{OFFICE}?from=2026-12-24&to=2026-12-28");
        let (status, body) = TestSite::new().gets(&address).await.status_and_json();
        assert_eq!(status, 200);
        insta::assert_json_snapshot!(body);
    }

    #[actix_web::test]
    async fn a_week_from_today_without_days() {
        let (_, body) = TestSite::new().gets(OFFICE).await.status_and_json();
        let days = body["days"].as_array().unwrap();
        assert_eq!((days.len(), &days[0]["date"]), (7, &json!("2026-11-23")));
    }

    #[actix_web::test]
    async fn what_are_no_days_is_refused() {
        for wrong in [
            "from=2026-12-24&to=2026-12-23",
            "from=2026-01-01&to=2026-03-04",
            "from=2026-02-30",
            "from=heute",
            "from=-262143-01-01&to=%2B262142-12-31",
        ] {
            let (status, body) = TestSite::new().gets(&format!("{OFFICE}?{wrong}")).await.status_and_json();
            assert_eq!((status, &body["error"]["code"]), (400, &json!("invalid_period")), "{wrong}");
        }
        assert_eq!(TestSite::new().gets(&format!("{OFFICE}?from=2026-01-01&to=2026-03-03")).await.status, 200);
        assert_eq!(TestSite::new().gets("/api/v1/offices/nirgends/hours").await.status, 404);
    }

    #[actix_web::test]
    async fn the_end_of_the_calendar_is_survived() {
        let answer = TestSite::new().gets(&format!("{OFFICE}?from=%2B262142-12-31")).await;
        assert!(answer.status < 500);
    }
}
