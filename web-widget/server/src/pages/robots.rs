//! `GET /robots.txt`: search engines are welcome on the pages, the API is no page.

use actix_web::HttpResponse;

pub(crate) async fn robots() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("User-agent: *\nDisallow: /api/\n")
}
