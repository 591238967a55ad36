//! What other programs read: services, opening hours, ways to an appointment.

pub(crate) mod appointments;
pub(crate) mod notices;
pub(crate) mod offices;
pub(crate) mod services;

use actix_web::HttpRequest;
use faq_engine::language::LanguageTag;

use crate::site::Site;

/// The language to tell it in: the one named, else the browser's, else German.
fn language_of(request: &HttpRequest, site: &Site, named: Option<&str>) -> LanguageTag {
    site.language(request, named).unwrap_or_else(LanguageTag::german)
}
