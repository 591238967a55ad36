//! `GET /barrierefreiheit`: what was done so that everybody can ask, what is missing, and whom to tell.

use actix_web::{HttpRequest, HttpResponse, web};

use super::{PageQuery, ProsePage, prose_page};
use crate::site::Site;

const ACCESSIBILITY: ProsePage = ProsePage {
    title: "web_accessibility_title",
    sections: &[
        ("web_accessibility_aim_heading", "web_accessibility_aim"),
        ("web_accessibility_ways_heading", "web_accessibility_ways"),
        ("web_accessibility_gaps_heading", "web_accessibility_gaps"),
        ("web_accessibility_report_heading", "web_accessibility_report"),
    ],
    topic: "barrierefreiheit",
    topic_heading: "web_accessibility_contact_heading",
};

pub(crate) async fn accessibility(
    request: HttpRequest,
    site: web::Data<Site>,
    query: web::Query<PageQuery>,
) -> HttpResponse {
    prose_page(&request, &site, query.lang.as_deref(), &ACCESSIBILITY).await
}
