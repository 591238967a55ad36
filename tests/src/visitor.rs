//! Somebody in front of the website, and programs that read its API.

use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

use crate::program::Running;

/// A visitor of the website. The browser carries the conversation; the visitor reads the last reply.
pub struct Visitor {
    client: Client,
    address: String,
    language: Option<String>,
    conversation: Option<String>,
    last: Value,
}

/// What the server said.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Visitor {
    /// A visitor who just arrived.
    pub fn of(running: &Running) -> Self {
        let client = Client::builder().timeout(Duration::from_secs(30)).build().expect("a client");
        Self { client, address: running.address.clone(), language: None, conversation: None, last: Value::Null }
    }

    /// A visitor whose page is in this language.
    pub fn speaking(running: &Running, language: &str) -> Self {
        Self { language: Some(language.to_owned()), ..Self::of(running) }
    }

    /// A request that is not sent yet.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.address))
    }

    /// Sends a request.
    pub async fn sends(&self, request: RequestBuilder) -> Answer {
        self.tries(request).await.unwrap_or_else(|error| panic!("no answer: {error:?}"))
    }

    /// Sends a request that may find nobody.
    pub async fn tries(&self, request: RequestBuilder) -> Result<Answer, reqwest::Error> {
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Answer { status, headers, body: response.bytes().await?.to_vec() })
    }

    /// Reads a page or what programs read.
    pub async fn gets(&self, path: &str) -> Answer {
        self.sends(self.request(Method::GET, path)).await
    }

    /// Sends JSON.
    pub async fn posts(&self, path: &str, body: &Value) -> Answer {
        self.sends(self.request(Method::POST, path).json(body)).await
    }

    /// Sends a body as it is, as JSON by its own word.
    pub async fn posts_raw(&self, path: &str, body: impl Into<Vec<u8>>) -> Answer {
        let request = self.request(Method::POST, path).header("content-type", "application/json");
        self.sends(request.body(body.into())).await
    }

    /// Asks without looking whether it is answered.
    pub async fn asks_anything(&self, text: &str) -> Answer {
        self.posts("/api/v1/messages", &self.message(text)).await
    }

    /// Asks, and is answered.
    pub async fn asks(&mut self, text: &str) -> Value {
        let reply = self.asks_anything(text).await.ok_json();
        self.conversation = reply["conversation"].as_str().map(str::to_owned);
        self.last = reply.clone();
        reply
    }

    /// Taps a choice of the last reply, counted from 0.
    pub async fn taps(&mut self, index: usize) -> Value {
        let choice = self.choices().get(index).cloned().unwrap_or_else(|| panic!("no such choice: {}", self.last));
        self.asks(choice["send"].as_str().expect("a choice sends a text")).await
    }

    /// The choices of the last reply.
    pub fn choices(&self) -> Vec<Value> {
        let blocks = self.last["blocks"].as_array().expect("a reply has blocks");
        let choices = blocks.iter().filter(|block| block["type"] == "choices");
        choices.flat_map(|block| block["choices"].as_array().cloned().unwrap_or_default()).collect()
    }

    fn message(&self, text: &str) -> Value {
        json!({ "text": text, "lang": self.language, "conversation": self.conversation })
    }
}

impl Answer {
    /// A header; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap_or("(not a text)"))
    }

    /// The names of all headers.
    pub fn header_names(&self) -> Vec<&str> {
        self.headers.keys().map(reqwest::header::HeaderName::as_str).collect()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("the server writes UTF-8")
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The body as JSON; the status must be 200.
    pub fn ok_json(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text());
        self.json()
    }

    /// Status and stable code of an error, whose shape is checked.
    pub fn refusal(&self) -> (u16, String) {
        let body = self.json();
        let text = |key: &str| body["error"][key].as_str().unwrap_or_else(|| panic!("no {key}: {body}")).to_owned();
        assert!(text("message").len() > 10, "an error has words for the person: {body}");
        (self.status, text("code"))
    }
}
