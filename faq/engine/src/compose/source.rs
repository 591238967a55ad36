//! What an answer rests on, and the line that tells it.

use chrono::NaiveDate;

use crate::phrasebook::Phrasebook;
use crate::reply::SourceNote;
use crate::service::{Publication, Source};

/// What an answer rests on, as shown.
pub(super) fn source_note(source: &Source, state: &Publication) -> SourceNote {
    SourceNote {
        title: source.title.clone(),
        as_of: source.as_of.clone(),
        revision: state.revision,
        checked_on: state.checked_on,
        url: source.url.clone(),
    }
}

/// The line under an answer: "Quelle: …, Stand …, geprüft am …, Fassung 3".
pub(super) fn source_line(source: &SourceNote, phrasebook: &Phrasebook) -> String {
    let (checked_on, revision) = (short_date(source.checked_on), source.revision.to_string());
    let values = [("title", source.title.as_str()), ("checked_on", &checked_on), ("revision", &revision)];
    match &source.as_of {
        Some(as_of) => {
            let [title, checked, rev] = values;
            phrasebook.say("source_line_as_of", &[title, checked, rev, ("as_of", as_of)])
        }
        None => phrasebook.say("source_line", &values),
    }
}

/// "01.09.2023".
pub(super) fn short_date(day: NaiveDate) -> String {
    day.format("%d.%m.%Y").to_string()
}
