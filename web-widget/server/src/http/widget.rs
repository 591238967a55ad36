//! The widget's script, for every site that embeds it.
//!
//! `web-widget/element` builds the file and it is committed, so that building the server never needs npm.

use std::sync::LazyLock;

use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};

use crate::http::assets::{Asset, FRESH_FOR_EVER, FRESH_FOR_MINUTES};
use crate::http::errors::{Refusal, Refused};

static WIDGET: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("application/javascript; charset=utf-8", include_bytes!("../../../element/dist/widget.js"))
});

/// `GET /widget.js`: always the newest.
pub(crate) async fn newest(request: HttpRequest) -> HttpResponse {
    for_everybody(WIDGET.serve(&request, FRESH_FOR_MINUTES))
}

/// `GET /widget.<hash>.js`: exactly this one, for sites that pin it with an integrity attribute.
pub(crate) async fn pinned(request: HttpRequest, hash: web::Path<String>) -> Result<HttpResponse, Refused> {
    if *hash == WIDGET.hash {
        Ok(for_everybody(WIDGET.serve(&request, FRESH_FOR_EVER)))
    } else {
        Err(Refusal::NotFound.into())
    }
}

/// The script is no secret, and an integrity attribute works only on what other sites may read.
fn for_everybody(mut response: HttpResponse) -> HttpResponse {
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestSite;
    use actix_web::test::TestRequest;

    #[actix_web::test]
    async fn the_script_is_served_once_and_then_known() {
        let site = TestSite::new();
        let first = site.gets("/widget.js").await;
        assert_eq!(first.status, 200);
        assert_eq!(first.header("content-type"), "application/javascript; charset=utf-8");
        assert_eq!(first.header("access-control-allow-origin"), "*");
        assert_eq!(first.header("cross-origin-resource-policy"), "cross-origin");
        let again = TestRequest::get().uri("/widget.js").insert_header(("if-none-match", first.header("etag")));
        let again = site.answers(again).await;
        assert_eq!((again.status, again.body.len()), (304, 0));
    }

    #[actix_web::test]
    async fn the_pinned_script_stays_for_ever_and_no_other_hash_is_served() {
        let site = TestSite::new();
        let pinned = site.gets(&format!("/widget.{}.js", WIDGET.hash)).await;
        assert_eq!(pinned.header("cache-control"), FRESH_FOR_EVER);
        assert_eq!(site.gets("/widget.0000000000000000.js").await.status, 404);
    }

    #[actix_web::test]
    async fn it_travels_packed_where_it_can() {
        let request = TestRequest::get().uri("/widget.js").insert_header(("accept-encoding", "br, gzip;q=0.8"));
        let answer = TestSite::new().answers(request).await;
        assert_eq!(answer.header("content-encoding"), "gzip");
        assert!(answer.body.len() < 20_000, "the widget's budget is 20 kB packed, it has {}", answer.body.len());
        let request = TestRequest::get().uri("/widget.js").insert_header(("accept-encoding", "gzip;q=0"));
        assert_eq!(TestSite::new().answers(request).await.header("content-encoding"), "");
    }
}
