//! Every route of the server, and the layers around them.

use actix_web::body::MessageBody;
use actix_web::dev::{Handler, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{App, Error, FromRequest, HttpResponse, Resource, Responder, guard};

use crate::catalogue::{appointments, closures, notices, offices, services};
use crate::chat::{calendar, feedback, greeting, page, post_message, print, rating, suggest};
use crate::http::body_deadline::LARGEST_BODY;
use crate::http::errors::{Refusal, Refused, nothing_here};
use crate::http::{
    assets, body_deadline, cors, errors, health, openapi, panics, rate_limit, request_span, security_headers, webhook,
    widget,
};
use crate::pages::{self, accessibility, privacy, robots, sample, security_txt};
use crate::site::Site;

/// The whole application.
pub(crate) fn application(
    site: Data<Site>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    App::new()
        .app_data(site)
        .app_data(web::QueryConfig::default().error_handler(|_, _| Refused::from(Refusal::InvalidRequest).into()))
        .app_data(
            web::FormConfig::default().limit(LARGEST_BODY).error_handler(|error, _| unreadable_form(&error).into()),
        )
        .configure(routes)
        .default_service(web::to(nothing_here))
        // From the inside out; `http` says why in this order.
        .wrap(from_fn(body_deadline::read_in_time))
        .wrap(from_fn(rate_limit::count))
        .wrap(from_fn(errors::speak))
        .wrap(from_fn(cors::share))
        .wrap(from_fn(webhook::receive))
        .wrap(from_fn(security_headers::protect))
        .wrap(from_fn(request_span::follow))
}

fn routes(house: &mut ServiceConfig) {
    asking(house, "/api/v1/messages", post_message::post_message);
    asking(house, "/api/v1/feedback", feedback::feedback);
    asking(house, "/chat/druckansicht", print::show);
    asking(house, "/chat/kalender", calendar::entry);
    asking(house, "/chat/rueckmeldung", rating::rate);
    reading(house, "/api/v1/greeting", greeting::greeting);
    reading(house, "/api/v1/suggest", suggest::suggest);
    reading(house, "/api/v1/services", services::list);
    reading(house, "/api/v1/services/{slug}", services::show);
    reading(house, "/api/v1/offices/{id}/hours", offices::hours);
    reading(house, "/api/v1/offices/{id}/closures.ics", closures::closures);
    reading(house, "/api/v1/appointments", appointments::appointments);
    reading(house, "/api/v1/notices", notices::list);
    house.service(guarded(
        web::resource("/api/v1/notices/{id}")
            .route(web::put().to(notices::put_up))
            .route(web::delete().to(notices::end)),
        "PUT, DELETE",
    ));
    reading(house, "/api/v1/openapi.json", openapi::description);

    house.service(guarded(
        web::resource("/chat").route(read(page::open)).route(web::post().to(page::ask)),
        "GET, HEAD, POST",
    ));
    reading(house, "/", sample::sample);
    reading(house, "/leistungen", pages::services::list);
    reading(house, "/leistungen/{slug}", pages::services::show);
    reading(house, "/datenschutz", privacy::privacy);
    reading(house, "/barrierefreiheit", accessibility::accessibility);
    reading(house, "/robots.txt", robots::robots);
    reading(house, "/.well-known/security.txt", security_txt::security_txt);

    reading(house, "/widget.js", widget::newest);
    reading(house, "/widget.{hash}.js", widget::pinned);
    reading(house, "/assets/site.css", assets::style);

    reading(house, "/healthz", health::healthz);
    reading(house, "/readyz", health::readyz);
    reading(house, "/metrics", health::metrics);
    #[cfg(test)]
    reading(house, "/api/v1/panic", crate::testing::panic);
}

fn reading<F, Args>(house: &mut ServiceConfig, path: &str, handler: F)
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    house.service(guarded(web::resource(path).route(read(handler)), "GET, HEAD"));
}

fn asking<F, Args>(house: &mut ServiceConfig, path: &str, handler: F)
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    house.service(guarded(web::resource(path).route(web::post().to(handler)), "POST"));
}

fn read<F, Args>(handler: F) -> actix_web::Route
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::route().guard(guard::Any(guard::Get()).or(guard::Head())).to(handler)
}

/// Refuses other methods and survives panics.
fn guarded(
    resource: Resource,
    allowed: &'static str,
) -> Resource<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let refuse = move || async move { Err::<HttpResponse, _>(Refused::from(Refusal::MethodNotAllowed { allowed })) };
    resource.default_service(web::to(refuse)).wrap(from_fn(panics::catch))
}

fn unreadable_form(error: &actix_web::error::UrlencodedError) -> Refused {
    use actix_web::error::UrlencodedError;
    match error {
        UrlencodedError::ContentType => Refusal::UnsupportedMediaType.into(),
        _ => Refusal::InvalidRequest.into(),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{TestSite, json};
    use actix_web::http::Method;
    use actix_web::test::TestRequest;

    const PAGES: [&str; 6] =
        ["/", "/chat", "/leistungen", "/leistungen/kfz-abmeldung", "/datenschutz", "/barrierefreiheit"];
    const DATA: [&str; 4] = ["/api/v1/services", "/api/v1/greeting", "/api/v1/openapi.json", "/healthz"];

    #[actix_web::test]
    async fn every_kind_of_answer_has_its_headers() {
        let mut seen = String::new();
        for address in
            ["/api/v1/services", "/api/v1/nothing", "/chat", "/", "/nothing", "/widget.js", "/assets/site.css"]
        {
            let answer = TestSite::new().gets(address).await;
            seen += &format!("GET {address} -> {}\n", answer.status);
            for (name, value) in answer.headers().into_iter().filter(|(name, _)| *name != "etag") {
                seen += &format!("  {name}: {value}\n");
            }
        }
        insta::assert_snapshot!(seen);
    }

    #[actix_web::test]
    async fn everything_that_can_be_read_is_there() {
        for address in PAGES.into_iter().chain(DATA) {
            assert_eq!(TestSite::new().gets(address).await.status, 200, "{address}");
            let head = TestRequest::default().method(Method::HEAD).uri(address);
            assert_eq!(TestSite::new().answers(head).await.status, 200, "HEAD {address}");
        }
    }

    #[actix_web::test]
    async fn what_is_not_there_is_json_for_programs_and_a_page_for_people() {
        let (status, body) = TestSite::new().gets("/api/v1/nothing").await.status_and_json();
        assert_eq!((status, &body["error"]["code"]), (404, &json!("not_found")));
        for address in ["/nothing", "//etc/passwd", "/assets/../../etc/passwd", "/assets/%2e%2e/x", "/chat/", "/;a=b"] {
            let page = TestSite::new().gets(address).await;
            assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"), "{address}");
        }
    }

    #[actix_web::test]
    async fn another_method_is_refused_with_those_that_would_do() {
        for (method, address, allowed) in [
            (Method::GET, "/api/v1/messages", "POST"),
            (Method::POST, "/api/v1/services", "GET, HEAD"),
            (Method::DELETE, "/chat", "GET, HEAD, POST"),
            (Method::TRACE, "/api/v1/messages", "POST"),
            (Method::from_bytes(b"BREW").unwrap(), "/", "GET, HEAD"),
        ] {
            let answer = TestSite::new().answers(TestRequest::default().method(method).uri(address)).await;
            assert_eq!((answer.status, answer.header("allow")), (405, allowed), "{address}");
        }
        let (_, body) = TestSite::new().gets("/api/v1/messages").await.status_and_json();
        assert_eq!(body["error"]["code"], "method_not_allowed");
    }

    #[actix_web::test]
    async fn a_panic_costs_one_answer_and_names_its_id() {
        let site = TestSite::new();
        let (status, body) = site.gets("/api/v1/panic").await.status_and_json();
        assert_eq!((status, &body["error"]["code"]), (500, &json!("internal")));
        assert_eq!(site.gets("/healthz").await.status, 200);
        let metrics = site.gets("/metrics").await.text();
        assert!(metrics.contains(r#"auskunft_requests_total{route="/api/v1/panic",status="500"} 1"#), "{metrics}");
    }

    #[actix_web::test]
    async fn a_draining_server_is_not_ready() {
        let site = TestSite::new();
        assert_eq!(site.gets("/readyz").await.status, 200);
        site.drain();
        assert_eq!(site.gets("/readyz").await.status, 503);
        assert_eq!(site.gets("/healthz").await.status, 200);
    }

    #[actix_web::test]
    async fn any_site_may_read_the_public_api_and_nothing_else() {
        for (address, allowed) in [("/api/v1/services", "*"), ("/api/v1/nothing", "*"), ("/chat", ""), ("/metrics", "")]
        {
            let request = TestRequest::get().uri(address).insert_header(("origin", "https://evil.example"));
            let answer = TestSite::new().answers(request).await;
            assert_eq!(answer.header("access-control-allow-origin"), allowed, "{address}");
            assert_eq!(answer.header("access-control-allow-credentials"), "");
        }
    }

    #[actix_web::test]
    async fn with_a_list_only_listed_sites_may_read() {
        let site = TestSite::with(|settings| settings.allowed_origins = vec!["https://*.example.de".to_owned()]);
        for (origin, allowed) in [("https://www.example.de", "https://www.example.de"), ("https://evil-example.de", "")]
        {
            let preflight = TestRequest::default()
                .method(Method::OPTIONS)
                .uri("/api/v1/messages")
                .insert_header(("origin", origin))
                .insert_header(("access-control-request-method", "POST"));
            let answer = site.answers(preflight).await;
            assert_eq!((answer.status, answer.header("access-control-allow-origin")), (204, allowed));
            assert_eq!(answer.header("vary"), "Origin");
        }
    }

    #[actix_web::test]
    async fn only_the_chat_page_is_framed_and_only_by_those_named() {
        let site = TestSite::with(|settings| settings.frame_ancestors = vec!["https://www.example.de".to_owned()]);
        let chat = site.gets("/chat").await;
        let policy = chat.header("content-security-policy");
        assert!(policy.ends_with("frame-ancestors 'self' https://www.example.de"), "{policy}");
        assert_eq!(chat.header("x-frame-options"), "");
        let policy = site.gets("/").await;
        assert!(policy.header("content-security-policy").ends_with("frame-ancestors 'none'"));
    }

    #[actix_web::test]
    async fn who_asks_too_fast_is_told_to_wait() {
        let site = TestSite::with(|settings| settings.rate_per_minute = 2);
        let ask = || {
            TestRequest::post()
                .uri("/api/v1/messages")
                .peer_addr("203.0.113.9:4711".parse().unwrap())
                .insert_header(("accept-language", "en"))
                .set_json(json!({"text": "Auto abmelden"}))
        };
        assert_eq!(site.answers(ask()).await.status, 200);
        assert_eq!(site.answers(ask()).await.status, 200);
        let answer = site.answers(ask()).await;
        assert_eq!((answer.status, answer.header("retry-after")), (429, "30"));
        assert_eq!(answer.header("access-control-allow-origin"), "*", "or the widget could not read it");
        let (_, body) = answer.status_and_json();
        assert_eq!(body["error"], json!({"code": "too_many_requests", "message": "[en] wait 30 s"}));
    }

    #[actix_web::test]
    async fn transport_security_is_promised_only_behind_our_tls_proxy() {
        let site = TestSite::with(|settings| settings.trusted_proxies = vec!["10.0.0.0/8".to_owned()]);
        for (peer, promised) in [("10.1.1.1:1", "max-age=31536000"), ("203.0.113.9:1", "")] {
            let request = TestRequest::get().uri("/").peer_addr(peer.parse().unwrap());
            let answer = site.answers(request.insert_header(("x-forwarded-proto", "https"))).await;
            assert_eq!(answer.header("strict-transport-security"), promised);
        }
    }
}
