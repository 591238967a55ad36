//! Thumbs under an answer: whether it helped, and if not, why.
//!
//! A button says what its tap sets, `v:y:kfz-abmeldung:fee` "it helped", so nothing has to be remembered here: the
//! button of the verdict that stands takes it back, any other one changes it. A tap changes only these buttons.

use faq_engine::facet::Facet;
use faq_engine::phrasebook::Phrasebook;
use faq_engine::ports::{Reason, Verdict};
use faq_engine::reply::Reply;
use faq_engine::slug::Slug;
use teloxide::types::{InlineKeyboardButton, InlineKeyboardButtonKind, InlineKeyboardMarkup};

use crate::keyboard::{LONGEST_DATA, Row};

/// What a thumb says about an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Thumb {
    /// The service or the free question the answer is about.
    pub(crate) subject: Option<Slug>,
    pub(crate) facet: Option<Facet>,
    /// The verdict that stands after the tap; `None`: none.
    pub(crate) verdict: Option<Verdict>,
}

/// Stands for "none" in a button's data.
const NONE: &str = "-";

impl Thumb {
    /// Nothing was said about this reply yet.
    pub(crate) fn unsaid(reply: &Reply) -> Self {
        Self { subject: reply.service.clone().or_else(|| reply.entry.clone()), facet: reply.facet, verdict: None }
    }

    /// Reads what stands behind `v:`; `None` if it is none of ours.
    pub(crate) fn read(data: &str) -> Option<Self> {
        let mut parts = data.split(':');
        let (code, subject, facet, None) = (parts.next()?, parts.next()?, parts.next()?, parts.next()) else {
            return None;
        };
        let verdict = match code {
            "0" => None,
            "y" => Some(Verdict::Helpful),
            "n" => Some(Verdict::NotHelpful(None)),
            _ => Some(Verdict::NotHelpful(Some(*Reason::ALL.iter().find(|reason| self::code(**reason) == code)?))),
        };
        let subject = if subject == NONE { None } else { Some(Slug::parse(subject).ok()?) };
        let facet = if facet == NONE { None } else { Some(Facet::parse(facet)?) };
        Some(Self { subject, facet, verdict })
    }

    /// What the answer is about, in letters.
    pub(crate) fn subject(&self) -> String {
        let (subject, facet) =
            (self.subject.as_ref().map_or(NONE, Slug::as_str), self.facet.map_or(NONE, Facet::as_str));
        format!("{subject}:{facet}")
    }

    fn data(&self, verdict: Option<Verdict>) -> String {
        let code = match verdict {
            None => "0",
            Some(Verdict::Helpful) => "y",
            Some(Verdict::NotHelpful(None)) => "n",
            Some(Verdict::NotHelpful(Some(reason))) => code(reason),
        };
        format!("v:{code}:{}", self.subject())
    }
}

fn code(reason: Reason) -> &'static str {
    match reason {
        Reason::Wrong => "w",
        Reason::Incomplete => "i",
        Reason::Unclear => "u",
    }
}

/// The buttons that fit what the thumb says. None where the name of the answer is too long for a button.
pub(crate) fn rows(thumb: &Thumb, words: &Phrasebook) -> Vec<Row> {
    if thumb.data(None).len() > LONGEST_DATA {
        return Vec::new();
    }
    let button = |label: String, verdict| InlineKeyboardButton::callback(label, thumb.data(verdict));
    let say = |key: &str| words.say(key, &[]);
    let ticked = |label: String| format!("✅ {label}");
    let (helpful, unhelpful) = (Some(Verdict::Helpful), Some(Verdict::NotHelpful(None)));
    let up = match thumb.verdict {
        Some(Verdict::Helpful) => button(ticked(say("web_rating_thanks")), None),
        _ => button(say("telegram_rating_helpful"), helpful),
    };
    let Some(Verdict::NotHelpful(said)) = thumb.verdict else {
        return vec![vec![up, button(say("telegram_rating_unhelpful"), unhelpful)]];
    };
    let mut rows = vec![vec![up, button(ticked(say("web_rating_thanks")), None)]];
    for reason in Reason::ALL {
        let label = match reason {
            Reason::Wrong => say("web_rating_wrong"),
            Reason::Incomplete => say("web_rating_incomplete"),
            Reason::Unclear => say("web_rating_unclear"),
        };
        rows.push(vec![match said == Some(reason) {
            true => button(ticked(label), unhelpful),
            false => button(label, Some(Verdict::NotHelpful(Some(reason)))),
        }]);
    }
    rows
}

/// The keyboard with its thumbs as they are after the tap.
pub(crate) fn in_place(thumb: &Thumb, keyboard: &InlineKeyboardMarkup, words: &Phrasebook) -> InlineKeyboardMarkup {
    let is_thumb = |button: &InlineKeyboardButton| matches!(&button.kind, InlineKeyboardButtonKind::CallbackData(data) if data.starts_with("v:"));
    let others = keyboard.inline_keyboard.iter().filter(|row| !row.iter().any(is_thumb)).cloned();
    InlineKeyboardMarkup::new(others.chain(rows(thumb, words)))
}

#[cfg(test)]
mod tests {
    use faq_engine::language::LanguageTag;
    use faq_engine::phrasebook::{LanguagePack, Languages};

    use super::*;

    fn words() -> Phrasebook {
        let german = LanguageTag::german();
        Languages::new([LanguagePack::empty(german.clone())]).expect("German is there").phrasebook(&german)
    }

    fn thumb(verdict: Option<Verdict>) -> Thumb {
        Thumb { subject: Slug::parse("kfz-abmeldung").ok(), facet: Some(Facet::Fee), verdict }
    }

    fn data(rows: &[Row]) -> Vec<String> {
        let data = |button: &InlineKeyboardButton| match &button.kind {
            InlineKeyboardButtonKind::CallbackData(data) => data.clone(),
            other => panic!("{other:?}"),
        };
        rows.iter().flatten().map(data).collect()
    }

    #[test]
    fn every_button_says_what_it_sets_and_the_one_that_stands_takes_back() {
        let codes = |verdict| {
            let rows = rows(&thumb(verdict), &words());
            let codes = data(&rows).into_iter().map(|data| {
                let read = Thumb::read(data.strip_prefix("v:").expect("a thumb")).expect("one of ours");
                assert_eq!((read.subject, read.facet), (thumb(None).subject, thumb(None).facet));
                data[2..3].to_owned()
            });
            codes.collect::<String>()
        };
        assert_eq!(codes(None), "yn");
        assert_eq!(codes(Some(Verdict::Helpful)), "0n");
        assert_eq!(codes(Some(Verdict::NotHelpful(None))), "y0wiu");
        assert_eq!(codes(Some(Verdict::NotHelpful(Some(Reason::Incomplete)))), "y0wnu");
    }

    #[test]
    fn other_buttons_stay_where_they_are() {
        let link = InlineKeyboardButton::callback("Was kostet das?", "s:0:kfz-abmeldung");
        let mut all = vec![vec![link.clone()]];
        all.extend(rows(&thumb(None), &words()));
        let changed = in_place(&thumb(Some(Verdict::NotHelpful(None))), &InlineKeyboardMarkup::new(all), &words());
        assert_eq!(changed.inline_keyboard[0], [link]);
        assert_eq!(changed.inline_keyboard.len(), 5);
    }

    #[test]
    fn what_is_not_ours_is_no_thumb_and_long_names_get_none() {
        for strange in ["", "y", "y:a", "x:a:fee", "y:../etc:fee", "y:a:price", "y:a:fee:b"] {
            assert_eq!(Thumb::read(strange), None, "{strange}");
        }
        let long = Thumb { subject: Slug::parse(&"a".repeat(60)).ok(), ..thumb(None) };
        assert!(rows(&long, &words()).is_empty());
        let nothing = Thumb { subject: None, facet: None, verdict: None };
        assert_eq!(data(&rows(&nothing, &words())), ["v:y:-:-", "v:n:-:-"]);
    }
}
