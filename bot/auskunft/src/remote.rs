//! Asking a running server over HTTP, for `ask` and `eval` with `--server`.

use serde_json::{Value, json};

/// A running server.
pub struct RemoteDesk {
    client: reqwest::Client,
    messages: String,
}

/// The server did not answer a question.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// It cannot be reached or broke off.
    #[error("the server at {address} cannot be asked; is it running?")]
    Unreachable {
        /// Where.
        address: String,
        /// Why.
        #[source]
        source: reqwest::Error,
    },
    /// It refused the question.
    #[error("the server refused the question ({status}): {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// What it said.
        message: String,
    },
}

impl RemoteDesk {
    /// The server at this address, such as `http://127.0.0.1:8080`.
    pub fn new(address: &str) -> Self {
        Self { client: reqwest::Client::new(), messages: format!("{}/api/v1/messages", address.trim_end_matches('/')) }
    }

    /// Its reply as JSON.
    pub async fn ask(
        &self,
        text: &str,
        language: Option<&str>,
        conversation: Option<&str>,
    ) -> Result<Value, RemoteError> {
        let unreachable = |source| RemoteError::Unreachable { address: self.messages.clone(), source };
        let body = json!({ "text": text, "lang": language, "conversation": conversation });
        let response = self.client.post(&self.messages).json(&body).send().await.map_err(unreachable)?;
        let status = response.status();
        let reply: Value = response.json().await.map_err(unreachable)?;
        if status.is_success() {
            return Ok(reply);
        }
        let message = reply["error"]["message"].as_str().unwrap_or_default().to_owned();
        Err(RemoteError::Refused { status: status.as_u16(), message })
    }
}
