//! What stands in the store: JSON with a version. Old samples stay in `tests/data/` and must stay readable.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use faq_engine::ports::{ContentKey, ContentKind, ContentOrigin, ContentRecord};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A record that this program cannot read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Unreadable(String);

/// SHA-256 of a record's bytes, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Fingerprint(String);

impl Fingerprint {
    /// Of these bytes.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self(hex::encode(Sha256::digest(bytes)))
    }

    /// As text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// One revision of one record.
///
/// Each names the fingerprint of the one before it, so that the newest vouches for the whole history and the manifest
/// needs to remember only the newest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Revision {
    pub(crate) key: ContentKey,
    pub(crate) number: u64,
    pub(crate) origin: ContentOrigin,
    /// `None`: this revision withdrew the record.
    pub(crate) document: Option<String>,
    pub(crate) previous: Option<Fingerprint>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum StoredRevision {
    #[serde(rename = "1")]
    V1(RevisionV1),
}

#[derive(Serialize, Deserialize)]
struct RevisionV1 {
    key: String,
    revision: u64,
    origin: OriginV1,
    document: Option<String>,
    previous: Option<Fingerprint>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum OriginV1 {
    Seed,
    Editor,
}

impl Revision {
    /// As it is stored, and as it stands on a line of an export.
    pub(crate) fn encode(&self) -> Vec<u8> {
        to_json(&StoredRevision::V1(RevisionV1 {
            key: self.key.to_string(),
            revision: self.number,
            origin: match self.origin {
                ContentOrigin::Seed => OriginV1::Seed,
                ContentOrigin::Editor => OriginV1::Editor,
            },
            document: self.document.clone(),
            previous: self.previous.clone(),
        }))
    }

    /// Reads what `encode` wrote, in this or an earlier version.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, Unreadable> {
        let StoredRevision::V1(stored) = from_json(bytes)?;
        Ok(Self {
            key: parse_key(&stored.key).ok_or_else(|| Unreadable(format!("`{}` is not a key", stored.key)))?,
            number: stored.revision,
            origin: match stored.origin {
                OriginV1::Seed => ContentOrigin::Seed,
                OriginV1::Editor => ContentOrigin::Editor,
            },
            document: stored.document,
            previous: stored.previous,
        })
    }
}

impl Revision {
    /// What it published; `None` if it withdrew the record.
    pub(crate) fn into_record(self) -> Option<ContentRecord> {
        let Self { key, number: revision, origin, document, .. } = self;
        Some(ContentRecord { key, revision, document: document?, origin })
    }
}

/// Reads a key as it is shown.
fn parse_key(shown: &str) -> Option<ContentKey> {
    let (kind, name) = shown.split_once('/')?;
    Some(ContentKey { kind: ContentKind::parse(kind)?, name: name.to_owned() })
}

/// A conversation of a messenger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptConversation {
    /// The conversation in the engine's own text form.
    pub(crate) token: String,
    pub(crate) expires: DateTime<Utc>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum StoredConversation {
    #[serde(rename = "1")]
    V1 { token: String, expires_ms: i64 },
}

impl KeptConversation {
    /// A conversation to keep until then.
    pub(crate) fn new(token: String, expires: DateTime<Tz>) -> Self {
        Self { token, expires: expires.to_utc() }
    }

    /// As it is stored.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let token = self.token.clone();
        to_json(&StoredConversation::V1 { token, expires_ms: self.expires.timestamp_millis() })
    }

    /// Reads what `encode` wrote.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, Unreadable> {
        let StoredConversation::V1 { token, expires_ms } = from_json(bytes)?;
        Ok(Self { token, expires: moment(expires_ms)? })
    }
}

/// A delivery that was handled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptDelivery {
    pub(crate) expires: DateTime<Utc>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum StoredDelivery {
    #[serde(rename = "1")]
    V1 { expires_ms: i64 },
}

impl KeptDelivery {
    /// A delivery to remember until then.
    pub(crate) fn new(expires: DateTime<Tz>) -> Self {
        Self { expires: expires.to_utc() }
    }

    /// As it is stored.
    pub(crate) fn encode(&self) -> Vec<u8> {
        to_json(&StoredDelivery::V1 { expires_ms: self.expires.timestamp_millis() })
    }

    /// Reads what `encode` wrote.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, Unreadable> {
        let StoredDelivery::V1 { expires_ms } = from_json(bytes)?;
        Ok(Self { expires: moment(expires_ms)? })
    }
}

fn moment(ms: i64) -> Result<DateTime<Utc>, Unreadable> {
    DateTime::from_timestamp_millis(ms).ok_or_else(|| Unreadable(format!("{ms} is not a moment")))
}

fn to_json(stored: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(stored).expect("these records hold only text and numbers, which JSON can always hold")
}

fn from_json<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Unreadable> {
    serde_json::from_slice(bytes).map_err(|error| Unreadable(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(name: &str) -> Vec<u8> {
        let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
        let mut bytes = std::fs::read(path).expect("the sample is there");
        assert_eq!(bytes.pop(), Some(b'\n'), "a sample ends in a line break");
        bytes
    }

    #[test]
    fn revisions_of_version_1_are_read() {
        let published = Revision {
            key: ContentKey { kind: ContentKind::Service, name: "kfz/kfz-abmeldung".to_owned() },
            number: 2,
            origin: ContentOrigin::Editor,
            document: Some("name = \"Außerbetriebsetzung\"\n".to_owned()),
            previous: Some(Fingerprint::of(b"revision 1")),
        };
        let withdrawn = Revision {
            key: ContentKey { kind: ContentKind::Towns, name: String::new() },
            number: 1,
            origin: ContentOrigin::Seed,
            document: None,
            previous: None,
        };
        for (name, revision) in [("revision-v1.json", published), ("revision-v1-withdrawn.json", withdrawn)] {
            assert_eq!(Revision::decode(&sample(name)), Ok(revision.clone()), "{name}");
            assert_eq!(revision.encode(), sample(name), "{name} is still written like this");
        }
    }

    #[test]
    fn conversations_and_deliveries_of_version_1_are_read() {
        let expires = DateTime::from_timestamp_millis(1_796_126_400_123).expect("a moment");
        let conversation = KeptConversation { token: "1~s=kfz-abmeldung~f=fee".to_owned(), expires };
        assert_eq!(KeptConversation::decode(&sample("conversation-v1.json")), Ok(conversation.clone()));
        assert_eq!(conversation.encode(), sample("conversation-v1.json"));
        let delivery = KeptDelivery { expires };
        assert_eq!(KeptDelivery::decode(&sample("delivery-v1.json")), Ok(delivery.clone()));
        assert_eq!(delivery.encode(), sample("delivery-v1.json"));
    }

    #[test]
    fn records_of_unknown_versions_are_refused() {
        for wrong in [r#"{"version":"2","expires_ms":1}"#, r#"{"expires_ms":1}"#, r#"{"version":"1"}"#, "", "null"] {
            assert!(KeptDelivery::decode(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
