//! A booking system over real HTTP that can misbehave on command and keeps a record of what it was asked.

#![allow(dead_code, reason = "each test file uses its own part of it")]

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::NaiveDate;
use faq_booking::GuardedHttp;
use faq_testkit::FixedClock;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// What is sent back.
#[derive(Clone)]
pub(crate) enum Answer {
    /// Status, extra header lines, body.
    Whole(u16, String, Vec<u8>),
    /// After this long, the same as above.
    Slow(Duration, u16, Vec<u8>),
    /// Nothing, ever.
    Hang,
    /// One byte per second.
    Drip,
    /// The connection is closed without a word.
    Close,
    /// Half of what was promised.
    Truncated(Vec<u8>),
}

/// An answer with this body.
pub(crate) fn says(status: u16, body: &str) -> Answer {
    Answer::Whole(status, String::new(), body.as_bytes().to_vec())
}

/// A redirect.
pub(crate) fn sends_to(address: &str) -> Answer {
    Answer::Whole(302, format!("Location: {address}\r\n"), Vec::new())
}

/// A gzip answer.
pub(crate) fn zipped(body: &[u8]) -> Answer {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(body).expect("memory takes it");
    Answer::Whole(200, "Content-Encoding: gzip\r\n".to_owned(), packer.finish().expect("memory takes it"))
}

type Rule = Box<dyn Fn(&Url) -> Answer + Send + Sync>;

/// A running fake. It ends with the test's runtime.
pub(crate) struct Fake {
    /// Its address, with a final slash.
    pub(crate) url: Url,
    rule: Arc<Mutex<Rule>>,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    pub(crate) async fn answering(rule: impl Fn(&Url) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let url = Url::parse(&format!("http://127.0.0.1:{port}/")).expect("an address");
        let rule: Arc<Mutex<Rule>> = Arc::new(Mutex::new(Box::new(rule)));
        let heads = Arc::new(Mutex::new(Vec::new()));
        let fake = Self { url: url.clone(), rule: Arc::clone(&rule), heads: Arc::clone(&heads) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, url.clone(), Arc::clone(&rule), Arc::clone(&heads)));
            }
        });
        fake
    }

    pub(crate) fn now_answers(&self, rule: impl Fn(&Url) -> Answer + Send + Sync + 'static) {
        *self.rule.lock().expect("no panic before") = Box::new(rule);
    }

    /// The request lines and headers so far.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().expect("no panic before").clone()
    }

    /// Path and query of the requests so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.heads().iter().filter_map(|head| head.split(' ').nth(1).map(str::to_owned)).collect()
    }
}

async fn serve(mut stream: TcpStream, base: Url, rule: Arc<Mutex<Rule>>, heads: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    let mut chunk = [0; 4096];
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        match stream.read(&mut chunk).await {
            Ok(read @ 1..) => head.extend_from_slice(&chunk[..read]),
            _ => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let url = base.join(head.split(' ').nth(1).unwrap_or("/")).expect("a path");
    heads.lock().expect("no panic before").push(head);
    let answer = (rule.lock().expect("no panic before"))(&url);
    // A client that hangs up early is what some tests are about.
    let _ = reply(&mut stream, answer).await;
}

async fn reply(stream: &mut TcpStream, answer: Answer) -> std::io::Result<()> {
    let head = |status: u16, length: usize, more: &str| {
        format!("HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {length}\r\n{more}\r\n")
    };
    match answer {
        Answer::Whole(status, more, body) => {
            stream.write_all(head(status, body.len(), &more).as_bytes()).await?;
            stream.write_all(&body).await?;
        }
        Answer::Slow(pause, status, body) => {
            tokio::time::sleep(pause).await;
            stream.write_all(head(status, body.len(), "").as_bytes()).await?;
            stream.write_all(&body).await?;
        }
        Answer::Hang => std::future::pending().await,
        Answer::Drip => {
            stream.write_all(head(200, 1000, "").as_bytes()).await?;
            loop {
                stream.write_all(b" ").await?;
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
        Answer::Close => return Ok(()),
        Answer::Truncated(body) => {
            stream.write_all(head(200, body.len() * 2, "").as_bytes()).await?;
            stream.write_all(&body).await?;
        }
    }
    stream.shutdown().await
}

/// A client that may call the fake.
pub(crate) fn client() -> GuardedHttp {
    GuardedHttp::new(["127.0.0.1".to_owned()]).expect("a client")
}

/// A clock that stands.
pub(crate) fn clock(moment: &str) -> Arc<FixedClock> {
    Arc::new(FixedClock::at_rfc3339(moment))
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}
