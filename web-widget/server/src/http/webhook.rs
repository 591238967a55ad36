//! A door for another program's messages, if somebody has hung one up.
//!
//! The server knows neither whose messages these are nor what is in them. It knows a path and that there is a secret:
//! whoever does not have it is turned away before a byte of the body is read. The layer answers by itself, in front of
//! the limits for people: a messenger sends everybody's messages from a handful of addresses, and larger ones than a
//! question.

use std::sync::Arc;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ALLOW, RETRY_AFTER};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse};

use crate::http::body_deadline;
use crate::http::request_span::RouteName;
use crate::site::Site;

/// What stands behind the door.
#[async_trait::async_trait]
pub trait Webhook: Send + Sync {
    /// Where the other program sends its messages: `/telegram/hook`.
    fn path(&self) -> &str;
    /// The header in which it proves who it is.
    fn secret_header(&self) -> &'static str;
    /// Whether this is the secret. Called before anything of the message is read.
    fn knows(&self, secret: Option<&[u8]>) -> bool;
    /// Takes a message. Whatever is in it, there is an answer.
    async fn receive(&self, message: &[u8]) -> Received;
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It was dealt with; it need not come again.
    Dealt,
    /// There is no room for it now, or it takes long; it should come again.
    Later,
}

/// The largest message taken. Telegram's longest are some ten thousand bytes, one with a large keyboard a few times that.
const LARGEST_MESSAGE: usize = 1024 * 1024;
/// Seconds after which a message that was not taken may come again.
const COME_AGAIN_AFTER: u64 = 2;
/// How requests to the door are counted. The path itself is nobody's business.
const NAME: RouteName = RouteName("webhook");

/// Answers what comes to the door and lets everything else pass.
pub(crate) async fn receive(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    let site = Site::of(request.request()).clone();
    let Some(webhook) = site.webhook.get().filter(|webhook| webhook.path() == request.path()) else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    let mut response = answer(&site, webhook, &mut request).await;
    response.extensions_mut().insert(NAME);
    Ok(request.into_response(response).map_into_right_body())
}

async fn answer(site: &Site, webhook: &Arc<dyn Webhook>, request: &mut ServiceRequest) -> HttpResponse {
    let mut payload = request.take_payload();
    let secret = request.headers().get(webhook.secret_header()).map(|value| value.as_bytes());
    if !webhook.knows(secret) {
        return body_deadline::close_with(HttpResponse::new(StatusCode::UNAUTHORIZED), payload);
    }
    if request.method() != Method::POST {
        let response = HttpResponse::MethodNotAllowed().insert_header((ALLOW, "POST")).finish();
        return body_deadline::close_with(response, payload);
    }
    let reading = body_deadline::read_small(&mut payload, LARGEST_MESSAGE);
    let Ok(Ok(message)) = tokio::time::timeout(site.body_deadline, reading).await else {
        return body_deadline::close_with(HttpResponse::new(StatusCode::BAD_REQUEST), payload);
    };
    // Whoever waits for an answer must not hold up a stop: the message comes again after the start.
    let received = tokio::select! {
        received = webhook.receive(&message) => received,
        () = site.drained() => Received::Later,
    };
    match received {
        Received::Dealt => HttpResponse::new(StatusCode::OK),
        Received::Later => HttpResponse::ServiceUnavailable().insert_header((RETRY_AFTER, COME_AGAIN_AFTER)).finish(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestSite;
    use actix_web::test::TestRequest;
    use std::sync::Mutex;

    #[derive(Default)]
    struct Door(Mutex<Vec<Vec<u8>>>);

    #[async_trait::async_trait]
    impl Webhook for Door {
        fn path(&self) -> &str {
            "/messenger/hook"
        }
        fn secret_header(&self) -> &'static str {
            "x-secret"
        }
        fn knows(&self, secret: Option<&[u8]>) -> bool {
            secret == Some(b"open sesame")
        }
        async fn receive(&self, message: &[u8]) -> Received {
            self.0.lock().unwrap().push(message.to_owned());
            if message == b"busy" { Received::Later } else { Received::Dealt }
        }
    }

    fn post(secret: &str) -> TestRequest {
        TestRequest::post().uri("/messenger/hook").insert_header(("x-secret", secret))
    }

    #[actix_web::test]
    async fn only_who_knows_the_secret_is_listened_to() {
        let (site, door) = (TestSite::new(), Arc::new(Door::default()));
        site.hang_up(door.clone());
        assert_eq!(site.answers(post("open sesame").set_payload("hello")).await.status, 200);
        for forged in ["", "open sesamf", "open sesame ", "OPEN SESAME", &"x".repeat(2000)] {
            assert_eq!(site.answers(post(forged).set_payload("forged")).await.status, 401, "{forged}");
        }
        let nameless = TestRequest::post().uri("/messenger/hook").set_payload("forged");
        assert_eq!(site.answers(nameless).await.status, 401);
        assert_eq!(site.answers(post("open sesame").uri("/messenger/other")).await.status, 404);
        assert_eq!(*door.0.lock().unwrap(), [b"hello".to_vec()]);
        let metrics = site.gets("/metrics").await.text();
        assert!(metrics.contains(r#"auskunft_requests_total{route="webhook",status="401"} 6"#), "{metrics}");
        assert!(!metrics.contains("messenger/hook"), "{metrics}");
    }

    #[actix_web::test]
    async fn the_limits_for_people_do_not_hold_for_programs() {
        let site = TestSite::with(|settings| settings.rate_per_minute = 1);
        site.hang_up(Arc::new(Door::default()));
        for _ in 0..5 {
            assert_eq!(site.answers(post("open sesame").set_payload("x".repeat(100_000))).await.status, 200);
        }
        assert_eq!(site.answers(post("open sesame").set_payload("x".repeat(LARGEST_MESSAGE + 1))).await.status, 400);
    }

    #[actix_web::test]
    async fn who_finds_no_room_is_told_when_to_come_again() {
        let site = TestSite::new();
        site.hang_up(Arc::new(Door::default()));
        let answer = site.answers(post("open sesame").set_payload("busy")).await;
        assert_eq!((answer.status, answer.header("retry-after")), (503, "2"));
        let get = TestRequest::get().uri("/messenger/hook").insert_header(("x-secret", "open sesame"));
        assert_eq!(site.answers(get).await.status, 405);
    }

    #[actix_web::test]
    async fn without_a_door_there_is_nothing() {
        assert_eq!(TestSite::new().answers(post("open sesame")).await.status, 404);
    }
}
