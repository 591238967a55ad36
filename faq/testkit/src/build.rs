//! Short ways to write down keys, changes and conversations in tests.

use chrono::DateTime;
use chrono_tz::{Europe::Berlin, Tz};
use faq_engine::ports::{ContentChange, ContentKey, ContentKind, ContentOrigin, ConversationKey};

/// A key as it is shown: `service/kfz/kfz-abmeldung`.
pub fn key(shown: &str) -> ContentKey {
    let (kind, name) = shown.split_once('/').expect("a key has a kind and a name");
    ContentKey { kind: ContentKind::parse(kind).expect("a known kind"), name: name.to_owned() }
}

/// A change by an editor, made from this revision; `0` for a new record.
pub fn change(shown_key: &str, expected_revision: u64, document: &str) -> ContentChange {
    ContentChange {
        key: key(shown_key),
        expected_revision,
        document: Some(document.to_owned()),
        origin: ContentOrigin::Editor,
    }
}

/// A withdrawal by an editor, made from this revision.
pub fn withdrawal(shown_key: &str, expected_revision: u64) -> ContentChange {
    ContentChange { key: key(shown_key), expected_revision, document: None, origin: ContentOrigin::Editor }
}

/// A person on a messenger.
pub fn person(hash: &str) -> ConversationKey {
    ConversationKey::from_hash(hash)
}

/// A moment in the county's zone, written as in `2026-12-24T10:00:00+01:00`.
pub fn moment(rfc3339: &str) -> DateTime<Tz> {
    DateTime::parse_from_rfc3339(rfc3339).expect("a test gives a valid moment").with_timezone(&Berlin)
}
