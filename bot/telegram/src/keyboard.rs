//! Buttons under a message, and what a tap on one means.
//!
//! Telegram hands a button's data back with the tap, at most 64 bytes of it, together with the message and its
//! keyboard. That is enough to keep nothing here: the words come from the button itself, the data only adds what makes
//! an old button safe.
//!
//! - `c:2:4f09ac`, a choice: an answer to the question asked last. The fingerprint is that of the conversation which
//!   asked; once the conversation has moved on the answer would be taken for one to another question, so it is refused.
//! - `s:0:kfz-abmeldung`, a suggestion: a question about this service. Asked later it is still about this service.
//! - `l:tr`, a language: speak it from now on.
//! - `v:y:kfz-abmeldung:fee`, a thumb, see `rating`.
//!
//! Where a button sends something else than it says, that follows after another colon; if it does not fit, the label is
//! sent.

use faq_engine::conversation::Conversation;
use faq_engine::language::LanguageTag;
use faq_engine::reply::Choice;
use faq_engine::slug::Slug;
use sha2::{Digest, Sha256};
use teloxide::types::{InlineKeyboardButton, InlineKeyboardButtonKind, InlineKeyboardMarkup};
use url::Url;

use crate::rating::Thumb;

/// One button to a row: labels are whole phrases, and side by side a telephone cuts them off.
pub(crate) type Row = Vec<InlineKeyboardButton>;

/// A tap, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tapped {
    /// It says something, as if it had been written.
    Words(Pressed),
    /// It asks for a language.
    Language(LanguageTag),
    /// It says whether the answer helped; the keyboard is the one it stands in.
    Thumb { thumb: Thumb, keyboard: InlineKeyboardMarkup },
}

/// A tap that says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pressed {
    /// What the tap says.
    pub(crate) text: String,
    origin: Origin,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Origin {
    Choice { fingerprint: String },
    Suggestion { service: Option<Slug> },
}

/// Telegram's limit.
pub(crate) const LONGEST_DATA: usize = 64;

/// Answers to the question the desk asked. `conversation` is the one that asked.
pub(crate) fn choices(choices: &[Choice], conversation: &Conversation) -> Vec<Row> {
    let fingerprint = fingerprint(conversation);
    rows(choices, |number| format!("c:{number}:{fingerprint}"))
}

/// Questions people ask next, about this service.
pub(crate) fn suggestions(choices: &[Choice], service: Option<&Slug>) -> Vec<Row> {
    let service = service.map_or("", Slug::as_str);
    rows(choices, |number| format!("s:{number}:{service}"))
}

/// Languages by their own names.
pub(crate) fn languages(names: impl Iterator<Item = (LanguageTag, String)>) -> Vec<Row> {
    let buttons: Row = names.map(|(tag, name)| InlineKeyboardButton::callback(name, format!("l:{tag}"))).collect();
    // Unlike phrases, names are short.
    buttons.chunks(3).map(<[_]>::to_vec).collect()
}

/// A button that opens a page; `None` if Telegram would refuse the address and with it the whole message.
pub(crate) fn link(label: &str, address: &str) -> Option<Row> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "https" | "http"))?;
    let host_is_public = url.domain().is_some_and(|domain| domain.contains('.'));
    (host_is_public && !label.trim().is_empty()).then(|| vec![InlineKeyboardButton::url(label, url)])
}

/// What a tap on the button with this data means; `None` if it is none of ours or no longer there.
pub(crate) fn tapped(data: &str, keyboard: &InlineKeyboardMarkup) -> Option<Tapped> {
    match data.split_once(':')? {
        ("l", tag) => LanguageTag::parse(tag).ok().map(Tapped::Language),
        ("v", rest) => {
            let keyboard = keyboard.clone();
            Thumb::read(rest).map(|thumb| Tapped::Thumb { thumb, keyboard })
        }
        _ => pressed(data, keyboard).map(Tapped::Words),
    }
}

fn pressed(data: &str, keyboard: &InlineKeyboardMarkup) -> Option<Pressed> {
    let mut parts = data.splitn(4, ':');
    let (kind, _number, context, send) = (parts.next()?, parts.next()?, parts.next()?, parts.next());
    let origin = match kind {
        "c" => Origin::Choice { fingerprint: context.to_owned() },
        "s" if context.is_empty() => Origin::Suggestion { service: None },
        "s" => Origin::Suggestion { service: Some(Slug::parse(context).ok()?) },
        _ => return None,
    };
    let text = match send {
        Some(send) => send,
        None => label_of(data, keyboard)?,
    };
    Some(Pressed { text: text.to_owned(), origin })
}

impl Pressed {
    /// Whether it answers a question of the desk, and so takes its place.
    pub(crate) fn is_choice(&self) -> bool {
        matches!(self.origin, Origin::Choice { .. })
    }

    /// The conversation in which the tap is to be understood; `None` if it answers a question of the past.
    pub(crate) fn conversation(&self, current: Conversation) -> Option<Conversation> {
        match &self.origin {
            Origin::Choice { fingerprint: asked } => (*asked == fingerprint(&current)).then_some(current),
            Origin::Suggestion { service: None } => Some(current),
            Origin::Suggestion { service } if *service == current.service => Some(current),
            Origin::Suggestion { service } => Some(Conversation {
                service: service.clone(),
                language: current.language,
                chosen_language: current.chosen_language,
                town: current.town,
                introduced: current.introduced,
                ..Conversation::default()
            }),
        }
    }
}

fn rows(choices: &[Choice], data: impl Fn(usize) -> String) -> Vec<Row> {
    let visible = choices.iter().filter(|choice| !choice.label.trim().is_empty());
    visible
        .enumerate()
        .map(|(number, choice)| {
            let short = data(number);
            let complete = format!("{short}:{}", choice.send);
            let says_what_it_sends = choice.send == choice.label;
            let data = if says_what_it_sends || complete.len() > LONGEST_DATA { short } else { complete };
            vec![InlineKeyboardButton::callback(&choice.label, data)]
        })
        .collect()
}

fn label_of<'a>(data: &str, keyboard: &'a InlineKeyboardMarkup) -> Option<&'a str> {
    let sends = |button: &&InlineKeyboardButton| matches!(&button.kind, InlineKeyboardButtonKind::CallbackData(sent) if sent == data);
    keyboard.inline_keyboard.iter().flatten().find(sends).map(|button| button.text.as_str())
}

/// Six characters tell one state of a conversation from the next; nobody gains anything by forging them.
fn fingerprint(conversation: &Conversation) -> String {
    hex::encode(&Sha256::digest(conversation.to_token())[..3])
}

#[cfg(test)]
mod tests {
    use faq_engine::facet::Facet;

    use super::*;

    fn slug(text: &str) -> Slug {
        Slug::parse(text).expect("a slug")
    }

    fn about(service: &str) -> Conversation {
        Conversation { service: Some(slug(service)), facet: Some(Facet::Fee), ..Conversation::default() }
    }

    fn data(rows: &[Row]) -> Vec<String> {
        let buttons = rows.iter().flatten();
        buttons
            .map(|button| match &button.kind {
                InlineKeyboardButtonKind::CallbackData(data) => data.clone(),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    fn tap(rows: Vec<Row>, number: usize) -> Pressed {
        let data = data(&rows)[number].clone();
        pressed(&data, &InlineKeyboardMarkup::new(rows)).expect("one of ours")
    }

    #[test]
    fn a_tap_says_the_label_or_what_the_button_sends() {
        let offered = [Choice::plain("Was kostet das?"), Choice { label: "Firma".into(), send: "eine Firma".into() }];
        let conversation = about("kfz-abmeldung");
        assert_eq!(tap(choices(&offered, &conversation), 0).text, "Was kostet das?");
        assert_eq!(tap(choices(&offered, &conversation), 1).text, "eine Firma");
        assert_eq!(tap(suggestions(&offered, None), 1).text, "eine Firma");
    }

    #[test]
    fn a_choice_counts_only_while_its_question_stands() {
        let choice = tap(choices(&[Choice::plain("Ja")], &about("kfz-abmeldung")), 0);
        assert_eq!(choice.conversation(about("kfz-abmeldung")), Some(about("kfz-abmeldung")));
        assert_eq!(choice.conversation(about("elterngeld")), None);
        assert_eq!(choice.conversation(Conversation::default()), None);
    }

    #[test]
    fn an_old_suggestion_is_asked_about_its_own_service() {
        let suggestion = tap(suggestions(&[Choice::plain("Was kostet das?")], Some(&slug("kfz-abmeldung"))), 0);
        let understood = suggestion.conversation(about("elterngeld")).expect("still good");
        assert_eq!(understood.service, Some(slug("kfz-abmeldung")));
        assert_eq!(understood.facet, None);
    }

    #[test]
    fn data_never_exceeds_telegrams_limit() {
        let long = Choice { label: "kurz".into(), send: "sehr lang ".repeat(20) };
        let service = slug(&"a".repeat(58));
        for data in data(&suggestions(std::slice::from_ref(&long), Some(&service))) {
            assert!((1..=LONGEST_DATA).contains(&data.len()), "{data}");
        }
        assert_eq!(tap(choices(&[long], &Conversation::default()), 0).text, "kurz");
    }

    #[test]
    fn strange_data_is_no_tap() {
        let keyboard = InlineKeyboardMarkup::new(choices(&[Choice::plain("Ja")], &Conversation::default()));
        for strange in ["", "c", "c:0", "x:0:y", "s:0:../etc", "c:9:000000"] {
            assert_eq!(pressed(strange, &keyboard), None, "{strange}");
        }
    }

    #[test]
    fn only_addresses_telegram_accepts_become_buttons() {
        assert!(link("Termin", "https://termin.kreis-soest.de/x?y=1").is_some());
        for refused in ["", "kreis-soest.de", "javascript:1", "http://localhost/x", "mailto:a@b.de"] {
            assert!(link("Termin", refused).is_none(), "{refused}");
        }
    }
}
