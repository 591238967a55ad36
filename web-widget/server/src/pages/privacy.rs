//! `GET /datenschutz`: what happens to what people write here.

use actix_web::{HttpRequest, HttpResponse, web};

use super::{PageQuery, ProsePage, Section, prose_page};
use crate::site::Site;

const PRIVACY: ProsePage = ProsePage {
    path: "/datenschutz",
    title: "web_privacy_title",
    sections: &[
        Section::Prose("web_privacy_short_heading", "web_privacy_short"),
        Section::Prose("web_privacy_questions_heading", "web_privacy_questions"),
        Section::Prose("web_privacy_device_heading", "web_privacy_device"),
        Section::Prose("web_privacy_server_heading", "web_privacy_server"),
        Section::Prose("web_privacy_feedback_heading", "web_privacy_feedback"),
        Section::Prose("web_privacy_rights_heading", "web_privacy_rights"),
    ],
    topic: "datenschutz",
    topic_heading: "web_privacy_contact_heading",
};

pub(crate) async fn privacy(request: HttpRequest, site: web::Data<Site>, query: web::Query<PageQuery>) -> HttpResponse {
    prose_page(&request, &site, query.lang.as_deref(), &PRIVACY).await
}
