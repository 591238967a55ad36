//! A body has to arrive whole, small and in time.
//!
//! actix closes slow headers and idle connections but waits for a body for ever. So the body is read here, before
//! anything else looks at it, and whoever is too slow or sends too much is answered and cut off.

use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, BoxBody, EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{Error, HttpMessage, HttpResponse};
use futures_util::StreamExt;

use crate::http::errors::{ErrorCode, Refusal, refuse};
use crate::site::Site;

/// A question of 1,000 characters needs 4 kB at most, escaped in JSON 12 kB.
pub(crate) const LARGEST_BODY: usize = 16 * 1024;

/// Reads the whole body, or refuses it.
pub(crate) async fn read_in_time(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    let mut payload = request.take_payload();
    if matches!(payload, Payload::None) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    match read(&request, &mut payload).await {
        Ok(body) => {
            request.set_payload(Payload::from(body));
            Ok(next.call(request).await?.map_into_left_body())
        }
        Err(refusal) => {
            let response = refuse(request.request(), &refusal.into());
            Ok(request.into_response(close_with(response, payload)).map_into_right_body())
        }
    }
}

async fn read(request: &ServiceRequest, payload: &mut Payload) -> Result<Bytes, Refusal> {
    // A packed body could unpack to anything; a question needs no packing.
    if request.headers().get(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(Refusal::UnsupportedMediaType);
    }
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > LARGEST_BODY as u64) {
        return Err(Refusal::BodyTooLarge);
    }
    let site = Site::of(request.request());
    tokio::time::timeout(site.body_deadline, read_small(payload, LARGEST_BODY)).await.unwrap_or(Err(Refusal::SlowBody))
}

/// Reads a body of at most this many bytes.
pub(super) async fn read_small(payload: &mut Payload, largest: usize) -> Result<Bytes, Refusal> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Refusal::InvalidRequest)?;
        if body.len() + chunk.len() > largest {
            return Err(Refusal::BodyTooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// The refusal, and after it the end of the connection.
///
/// The unread payload travels with the words: once it is dropped, actix would go on draining a chunked body for as long
/// as somebody sends it.
pub(super) fn close_with(response: HttpResponse<BoxBody>, unread: Payload) -> HttpResponse<BoxBody> {
    let code = response.extensions().get::<ErrorCode>().copied();
    let (mut response, words) = response.into_parts();
    response.head_mut().set_connection_type(actix_web::http::ConnectionType::Close);
    if let Some(code) = code {
        response.extensions_mut().insert(code);
    }
    let words = words.try_into_bytes().unwrap_or_default();
    response.set_body(BoxBody::new(LastWords { words, _unread: unread }))
}

struct LastWords {
    words: Bytes,
    _unread: Payload,
}

impl MessageBody for LastWords {
    type Error = std::convert::Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.words.len() as u64)
    }

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let words = std::mem::take(&mut self.get_mut().words);
        Poll::Ready(if words.is_empty() { None } else { Some(Ok(words)) })
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpStream};
    use std::time::{Duration, Instant};

    use crate::application::Application;
    use crate::testing::{self, TestSite, json};
    use actix_web::test::TestRequest;
    use actix_web::web;

    const DEADLINE: Duration = Duration::from_millis(300);

    /// A server on a real socket, for as long as the test runs.
    fn serve() -> SocketAddr {
        let settings = testing::settings();
        let mut site = testing::site();
        site.body_deadline = DEADLINE;
        let application = Application::from_site(&settings, site).unwrap();
        let address = application.address();
        actix_web::rt::spawn(application.run(std::future::pending(), std::future::pending()));
        address
    }

    /// Sends a beginning, then a piece every 20 ms, until the server hangs up; what it said and how long it took.
    async fn trickle(address: SocketAddr, beginning: &'static str, piece: &'static [u8]) -> (String, Duration) {
        let talk = move || {
            let mut socket = TcpStream::connect(address).unwrap();
            let mut reader = socket.try_clone().unwrap();
            let started = Instant::now();
            socket.write_all(beginning.as_bytes()).unwrap();
            let listening = std::thread::spawn(move || {
                let mut said = Vec::new();
                // A reset after the answer is a hang-up too.
                let _ = reader.read_to_end(&mut said);
                String::from_utf8_lossy(&said).into_owned()
            });
            while !listening.is_finished() && started.elapsed() < Duration::from_secs(8) {
                let _ = socket.write_all(piece);
                std::thread::sleep(Duration::from_millis(20));
            }
            assert!(listening.is_finished(), "the server still listens");
            (listening.join().unwrap(), started.elapsed())
        };
        web::block(talk).await.unwrap()
    }

    #[actix_web::test]
    async fn a_slow_body_is_answered_and_cut_off() {
        let head = "POST /api/v1/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n";
        let (said, took) = trickle(serve(), head, b" ").await;
        assert!(said.starts_with("HTTP/1.1 408 "), "{said}");
        assert!(said.contains(r#""code":"slow_body""#), "{said}");
        assert!(took >= DEADLINE);
    }

    #[actix_web::test]
    async fn an_endless_body_is_answered_and_cut_off() {
        let head = "POST /api/v1/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
        let chunk: &'static [u8] = format!("8000\r\n{}\r\n", "_".repeat(0x8000)).leak().as_bytes();
        let (said, _) = trickle(serve(), head, chunk).await;
        assert!(said.starts_with("HTTP/1.1 413 "), "{said}");
    }

    #[actix_web::test]
    async fn where_there_is_nothing_a_slow_body_is_cut_off_too() {
        let head = "POST /nothing HTTP/1.1\r\nhost: x\r\ncontent-length: 9000\r\n\r\n";
        let (said, _) = trickle(serve(), head, b" ").await;
        assert!(said.starts_with("HTTP/1.1 408 "), "{said}");
    }

    #[actix_web::test]
    async fn a_body_that_is_too_large_or_packed_is_refused() {
        let post = || TestRequest::post().uri("/api/v1/messages").insert_header(("content-type", "application/json"));
        let large = post().set_payload(json!({"text": "x".repeat(20_000)}).to_string());
        let (status, body) = TestSite::new().answers(large).await.status_and_json();
        assert_eq!((status, &body["error"]["code"]), (413, &json!("body_too_large")));
        let packed = post().insert_header(("content-encoding", "gzip")).set_payload("x");
        assert_eq!(TestSite::new().answers(packed).await.status, 415);
    }
}
