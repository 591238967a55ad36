//! The Bot API over HTTP: teloxide's requests and types on a transport of our own.
//!
//! `teloxide::Bot` was rejected as transport for three reasons. It turns every refusal whose sentence it does not know
//! into `Unknown(text)` without the error code, so a 502 that must be tried again looks like a 400 that must not. It
//! sleeps ten seconds on each 5xx. And it reads answers of any size. What it knows about methods and types is used as
//! it is.
//!
//! A [`Failure`] holds neither address nor body: the address contains the token, the body what citizens wrote.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use teloxide::requests::Payload;
use url::Url;

use crate::Secret;

/// Calls methods of the Bot API.
pub(crate) struct Api {
    client: Client,
    /// Ends with the token: never to be logged.
    base: String,
}

/// A call that did not succeed, by what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    /// No answer.
    #[error("telegram could not be reached: {0}")]
    Unreachable(&'static str),
    /// Telegram has a fault.
    #[error("telegram failed with status {0}")]
    Server(u16),
    /// The answer is not of the expected form, or too long.
    #[error("telegram's answer is unreadable")]
    Unreadable,
    /// Too many messages.
    #[error("telegram asks to wait {} s", .0.as_secs())]
    TooFast(Duration),
    /// The token is refused.
    #[error("telegram refuses the token")]
    Unauthorised,
    /// Somebody else polls, or a webhook is set.
    #[error("another program polls with this token, or a webhook is set")]
    Conflict,
    /// The person blocked the bot or is gone.
    #[error("the chat does not accept messages")]
    Blocked,
    /// Telegram will not do this, however often it is asked.
    #[error("telegram refuses with {code}: {reason}")]
    Refused { code: u16, reason: String },
}

impl Api {
    const OFFICIAL: &str = "https://api.telegram.org";
    /// A hundred updates of the largest kind stay far below.
    const LARGEST_ANSWER: usize = 8 * 1024 * 1024;
    const CONNECT_LIMIT: Duration = Duration::from_secs(5);
    const DEFAULT_PAUSE: Duration = Duration::from_secs(5);

    pub(crate) fn new(token: &Secret, server: Option<&Url>) -> Result<Self, reqwest::Error> {
        // The Bot API never redirects; following one would hand the token to another host.
        let client = Client::builder()
            .connect_timeout(Self::CONNECT_LIMIT)
            .tcp_nodelay(true)
            .redirect(Policy::none())
            .build()?;
        let server = server.map_or(Self::OFFICIAL, Url::as_str).trim_end_matches('/');
        Ok(Self { client, base: format!("{server}/bot{}", token.reveal()) })
    }

    /// Calls a method and reads its result.
    pub(crate) async fn ask<P>(&self, payload: &P, limit: Duration) -> Result<P::Output, Failure>
    where
        P: Payload + Serialize,
        P::Output: DeserializeOwned,
    {
        self.call::<P, P::Output>(payload, limit).await
    }

    /// Calls a method for its effect. The result is not read: a message that was sent must not count as failed because
    /// its echo has a new kind of field.
    pub(crate) async fn tell<P>(&self, payload: &P, limit: Duration) -> Result<(), Failure>
    where
        P: Payload + Serialize,
    {
        self.call::<P, IgnoredAny>(payload, limit).await.map(|_| ())
    }

    async fn call<P, T>(&self, payload: &P, limit: Duration) -> Result<T, Failure>
    where
        P: Payload + Serialize,
        T: DeserializeOwned,
    {
        let address = format!("{}/{}", self.base, P::NAME);
        let request = self.client.post(address).timeout(limit).json(payload);
        let response = request.send().await.map_err(|error| Failure::Unreachable(network_cause(&error)))?;
        let status = response.status();
        let body = read_bounded(response).await?;
        read_answer(status, &body)
    }
}

/// What Telegram wraps every answer in.
#[derive(Deserialize)]
struct Envelope<T> {
    ok: bool,
    result: Option<T>,
    error_code: Option<u16>,
    #[serde(default)]
    description: String,
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
}

fn read_answer<T: DeserializeOwned>(status: StatusCode, body: &[u8]) -> Result<T, Failure> {
    let answer = match serde_json::from_slice::<Envelope<T>>(body) {
        Ok(answer) => answer,
        Err(_) if status.is_success() => return Err(Failure::Unreadable),
        // A proxy's error page.
        Err(_) => return Err(failure(status.as_u16(), "", None)),
    };
    match answer.result {
        Some(result) if answer.ok => Ok(result),
        _ if answer.ok => Err(Failure::Unreadable),
        _ => {
            let retry_after = answer.parameters.and_then(|parameters| parameters.retry_after);
            Err(failure(answer.error_code.unwrap_or(status.as_u16()), &answer.description, retry_after))
        }
    }
}

fn failure(code: u16, description: &str, retry_after: Option<u64>) -> Failure {
    match code {
        // Telegram answers 404 to a token of the wrong form.
        401 | 404 => Failure::Unauthorised,
        403 => Failure::Blocked,
        409 => Failure::Conflict,
        429 => Failure::TooFast(retry_after.map_or(Api::DEFAULT_PAUSE, Duration::from_secs)),
        500.. => Failure::Server(code),
        _ => Failure::Refused { code, reason: without_quotation(description) },
    }
}

/// The first words of Telegram's reason. What follows a second colon may quote the message.
fn without_quotation(description: &str) -> String {
    let reason: Vec<&str> = description.splitn(3, ':').take(2).collect();
    reason.join(":").chars().take(60).collect()
}

fn network_cause(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "timeout"
    } else if error.is_connect() {
        "no connection"
    } else {
        "connection broken"
    }
}

async fn read_bounded(mut response: Response) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| Failure::Unreachable(network_cause(&error)))? {
        if body.len() + chunk.len() > Api::LARGEST_ANSWER {
            return Err(Failure::Unreadable);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, body: &str) -> Failure {
        let status = StatusCode::from_u16(status).expect("a status");
        read_answer::<IgnoredAny>(status, body.as_bytes()).map(|_| ()).expect_err("must be a failure")
    }

    #[test]
    fn a_failure_says_what_to_do_about_it() {
        let flood = r#"{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":7}}"#;
        assert_eq!(refused(429, flood), Failure::TooFast(Duration::from_secs(7)));
        assert_eq!(refused(502, "<html>Bad Gateway</html>"), Failure::Server(502));
        assert_eq!(refused(500, r#"{"ok":false,"error_code":500,"description":"Bad Gateway"}"#), Failure::Server(500));
        assert_eq!(
            refused(401, r#"{"ok":false,"error_code":401,"description":"Unauthorized"}"#),
            Failure::Unauthorised
        );
        assert_eq!(refused(403, r#"{"ok":false,"error_code":403,"description":"Forbidden: x"}"#), Failure::Blocked);
        assert_eq!(refused(409, r#"{"ok":false,"error_code":409,"description":"Conflict"}"#), Failure::Conflict);
        assert_eq!(refused(200, "{"), Failure::Unreadable);
        assert_eq!(refused(200, r#"{"ok":true}"#), Failure::Unreadable);
    }

    #[test]
    fn a_refusal_does_not_quote_the_message() {
        let body = r#"{"ok":false,"error_code":400,"description":"Bad Request: can't parse entities: <Max Muster>"}"#;
        let expected = Failure::Refused { code: 400, reason: "Bad Request: can't parse entities".to_owned() };
        assert_eq!(refused(400, body), expected);
    }
}
