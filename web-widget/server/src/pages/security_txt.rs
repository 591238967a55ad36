//! `GET /.well-known/security.txt` (RFC 9116): where to report a weakness, if the operator said where.

use actix_web::{HttpResponse, web};
use chrono::Days;

use crate::http::errors::{Refusal, Refused};
use crate::site::Site;

/// The standard wants an end below a year; a file the program writes anew each day never reaches it.
const VALID_DAYS: u64 = 180;

pub(crate) async fn security_txt(site: web::Data<Site>) -> Result<HttpResponse, Refused> {
    let contact = site.settings.security_contact.as_ref().ok_or(Refusal::NotFound)?;
    let today = site.desk.clock().now().date_naive();
    let expires = today.checked_add_days(Days::new(VALID_DAYS)).unwrap_or(today);
    let body = format!("Contact: {contact}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: de, en\n");
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(body))
}

#[cfg(test)]
mod tests {
    use crate::testing::TestSite;

    #[actix_web::test]
    async fn a_contact_is_told_only_if_there_is_one() {
        assert_eq!(TestSite::new().gets("/.well-known/security.txt").await.status, 404);
        let site = TestSite::with(|settings| settings.security_contact = Some("mailto:it@example.de".to_owned()));
        let text = site.gets("/.well-known/security.txt").await.text();
        assert!(text.starts_with("Contact: mailto:it@example.de\nExpires: 2027-05-22T00:00:00Z\n"), "{text}");
    }
}
