//! In which language to speak to whoever sent a request.

use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap};
use faq_engine::language::LanguageTag;
use faq_engine::phrasebook::Languages;

/// Browsers send two or three; more than this is no browser.
const MOST_LANGUAGES: usize = 10;

/// The language asked for, if we speak it: the one named, else the first of the browser's that we speak.
pub(crate) fn asked_for(languages: &Languages, named: Option<&str>, headers: &HeaderMap) -> Option<LanguageTag> {
    named.and_then(|tag| spoken(languages, tag)).or_else(|| {
        let accepted = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
        by_preference(accepted).into_iter().find_map(|tag| spoken(languages, tag))
    })
}

/// The language of our pack that fits the tag: `de-at` is spoken as `de`.
fn spoken(languages: &Languages, tag: &str) -> Option<LanguageTag> {
    let tag = LanguageTag::parse(tag).ok()?;
    let phrasebook = languages.phrasebook(&tag);
    (phrasebook.language().primary() == tag.primary()).then(|| phrasebook.language().clone())
}

/// `en;q=0.5, tr` as `tr`, `en`.
fn by_preference(accepted: &str) -> Vec<&str> {
    let mut weighted: Vec<(f32, &str)> = accepted
        .split(',')
        .take(MOST_LANGUAGES)
        .map(|part| {
            let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
            (weight.trim().parse().unwrap_or(0.0), tag.trim())
        })
        .filter(|(weight, _)| *weight > 0.0)
        .collect();
    weighted.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    weighted.into_iter().map(|(_, tag)| tag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;
    use actix_web::http::header::HeaderValue;

    fn asked(named: Option<&str>, accepted: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_str(accepted).unwrap());
        asked_for(&testing::languages(), named, &headers).map(|tag| tag.to_string())
    }

    #[test]
    fn the_named_language_counts_before_the_browsers() {
        assert_eq!(asked(Some("en"), "de").as_deref(), Some("en"));
        assert_eq!(asked(Some("EN_us"), "de").as_deref(), Some("en"));
        assert_eq!(asked(Some("xx"), "en").as_deref(), Some("en"));
        assert_eq!(asked(None, "fr;q=0.9, en;q=0.8, de;q=0.7").as_deref(), Some("en"));
    }

    #[test]
    fn a_language_we_do_not_speak_is_none() {
        for nonsense in ["", "*", ";;;", "../de", "fr", "en;q=0"] {
            assert_eq!(asked(Some("nonsense"), nonsense), None, "{nonsense}");
        }
    }
}
