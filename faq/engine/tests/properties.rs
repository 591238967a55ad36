//! What holds for any text, any token and any moment.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta};
use chrono_tz::{Europe::Berlin, Tz};
use faq_engine::compose::plain::plain_text;
use faq_engine::conversation::{Conversation, Pending};
use faq_engine::desk::InfoDesk;
use faq_engine::facet::Facet;
use faq_engine::language::LanguageTag;
use faq_engine::reply::{Block, Reply};
use faq_engine::turn::Turn;
use faq_testkit::catalogue::{both, notice, slug};
use faq_testkit::county;
use proptest::prelude::*;

const NOW: &str = "2026-09-09T10:15:00+02:00";

/// One desk for all cases: it keeps nothing, which is part of what is shown here.
static DESK: LazyLock<InfoDesk> = LazyLock::new(|| desk(NOW));

fn desk(now: &str) -> InfoDesk {
    let mut parts = county::parts();
    parts.notices.push(notice("fest", both("Am Freitag ist **Stadtfest**.", "**Festival** on Friday.")));
    county::desk(parts, now)
}

fn answer(desk: &InfoDesk, turn: Turn) -> Reply {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime without drivers");
    runtime.block_on(desk.answer(turn))
}

fn plain(reply: &Reply) -> String {
    plain_text(reply, &DESK.phrasebook(Some(&reply.language)))
}

/// Words that lead somewhere, so that more than "not known" is met.
fn telling_text() -> impl Strategy<Value = String> {
    let words = [
        "Auto",
        "ummelden",
        "Fahrzeug",
        "Ummeldung",
        "Abmeldung",
        "Führerschein",
        "umtauschen",
        "Personalausweis",
        "Elterngeld",
        "kostet",
        "Unterlagen",
        "Gebühr",
        "Termin",
        "wo",
        "muss ich",
        "mitbringen",
        "bis wann",
        "online",
        "Öffnungszeiten",
        "offen",
        "heute",
        "morgen",
        "gestern",
        "Samstag",
        "am 24.12.",
        "um 7",
        "jetzt",
        "nächste Woche",
        "Wochenende",
        "Hallo",
        "Danke",
        "nein",
        "2",
        "das zweite",
        "Meine eigene Liste",
        "Weiß ich nicht",
        "Eine Firma",
        "Neudorf",
        "Musterstadt",
        "ich wohne in",
        "es brennt",
        "beschweren",
        "mein Aktenzeichen",
        "Müllabfuhr",
        "Oldtimer",
        "Fundbüro",
        "Zulassungsstelle",
        "Bürgertelefon",
        "Parken",
        "vehicle",
        "transfer",
        "how much does",
        "open",
        "?",
        ".",
        "!",
        "**",
        "vor 8",
        "abends",
        "nach Weihnachten",
        "Feiertag",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 1..8).prop_map(|words| words.join(" "))
}

/// Anything a person, a cat or a machine may type.
fn any_text() -> impl Strategy<Value = String> {
    let characters =
        prop::collection::vec(any::<char>(), 0..3000).prop_map(|characters| characters.into_iter().collect());
    let letters = "[a-zA-ZäöüÄÖÜß0-9 .,?!*\\[\\]()\u{200B}\u{202E}\u{0301}]{0,300}";
    prop_oneof![2 => characters, 2 => letters, 6 => telling_text()]
}

fn any_slug() -> impl Strategy<Value = String> {
    let known = ["kfz-ummeldung", "kfz-abmeldung", "fuehrerschein-umtausch", "personalausweis", "oeffnungszeiten"];
    prop_oneof![3 => prop::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => "[a-z0-9]{1,12}(-[a-z0-9]{1,12}){0,2}"]
}

fn any_facet() -> impl Strategy<Value = Facet> {
    prop::sample::select(Facet::ALL.to_vec())
}

fn any_pending() -> impl Strategy<Value = Pending> {
    let choice = (prop::collection::vec(any_slug(), 1..=6), prop::option::of(any_facet()))
        .prop_map(|(slugs, facet)| Pending::Choice { services: slugs.iter().map(|text| slug(text)).collect(), facet });
    let situation = prop_oneof![Just("halter".to_owned()), Just("kennzeichen".to_owned()), any_slug()];
    prop_oneof![
        choice,
        situation.prop_map(|question| Pending::Situation { question }),
        Just(Pending::Town),
        Just(Pending::Revision)
    ]
}

/// What a client may hand back, whether the desk wrote it or not.
fn any_conversation() -> impl Strategy<Value = Conversation> {
    let town = prop_oneof![Just("neudorf".to_owned()), Just("musterstadt".to_owned()), any_slug()];
    let language = prop::sample::select(vec!["de", "en", "fr", "de-simple"]);
    let question = prop_oneof![Just("halter".to_owned()), Just("kennzeichen".to_owned()), any_slug()];
    let answer = prop_oneof![Just("firma".to_owned()), Just("neu".to_owned()), Just("skipped".to_owned()), any_slug()];
    (
        prop::option::of(any_slug()),
        prop::option::of(any_facet()),
        prop::option::of(language),
        prop::option::of(prop::sample::select(vec!["de", "uk", "de-simple"])),
        prop::option::of(town),
        prop::option::of(any_pending()),
        prop::collection::btree_map(question, answer, 0..=8),
        any::<bool>(),
    )
        .prop_map(|(service, facet, language, chosen, town, pending, situation, introduced)| Conversation {
            service: service.map(|text| slug(&text)),
            facet,
            language: language.map(|tag| LanguageTag::parse(tag).expect("a language tag")),
            chosen_language: chosen.map(|tag| LanguageTag::parse(tag).expect("a language tag")),
            town: town.map(|text| slug(&text)),
            pending,
            situation,
            introduced,
        })
}

fn any_turn() -> impl Strategy<Value = Turn> {
    let page = prop::option::of(prop::sample::select(vec!["de", "en", "ar", "zz"]));
    (any_text(), page, any_conversation()).prop_map(|(text, page, conversation)| Turn {
        text,
        language: page.map(|tag| LanguageTag::parse(tag).expect("a language tag")),
        conversation,
        office: None,
    })
}

/// A moment between 2024 and 2031, at any minute.
fn any_moment() -> impl Strategy<Value = DateTime<Tz>> {
    const MINUTES_OF_SEVEN_YEARS: i64 = 7 * 365 * 24 * 60;
    let start = DateTime::parse_from_rfc3339("2024-01-01T00:00:00+01:00").expect("a moment").with_timezone(&Berlin);
    (0..MINUTES_OF_SEVEN_YEARS).prop_map(move |minutes| start + TimeDelta::minutes(minutes))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_text_is_answered(turn in any_turn()) {
        let reply = answer(&DESK, turn);
        prop_assert!(!plain(&reply).trim().is_empty());
        prop_assert!(!reply.blocks.is_empty());
        prop_assert!((0.0..=1.0).contains(&reply.confidence), "{}", reply.confidence);
        prop_assert!(reply.conversation.introduced);
    }

    #[test]
    fn plain_text_has_no_bold_marks(turn in any_turn()) {
        let text = plain(&answer(&DESK, turn));
        prop_assert!(!text.contains("**"), "{text}");
    }

    #[test]
    fn the_same_turn_twice_gives_the_same_reply(turn in any_turn()) {
        let [first, second] = [turn.clone(), turn].map(|turn| answer(&DESK, turn));
        prop_assert_eq!(format!("{first:?}"), format!("{second:?}"));
    }

    #[test]
    fn what_the_desk_writes_is_read_back_equal(turns in prop::collection::vec(any_text(), 1..6)) {
        let mut conversation = Conversation::default();
        for text in turns {
            let reply = answer(&DESK, Turn { text, language: None, conversation, office: None });
            let token = reply.conversation.to_token();
            prop_assert!(token.len() <= Conversation::LONGEST_TOKEN, "{token}");
            prop_assert_eq!(Conversation::from_token(&token), Ok(reply.conversation.clone()), "{}", token);
            conversation = reply.conversation;
        }
    }

    #[test]
    fn any_token_is_read_or_refused(token in "(1~)?[stflpcai]{0,2}=?[a-z0-9=~:,.-]{0,60}|1(~[a-z]{1,2}=[a-z0-9:,-]{0,20}){0,6}|\\PC{0,80}") {
        if let Ok(conversation) = Conversation::from_token(&token) {
            prop_assert_eq!(Conversation::from_token(&conversation.to_token()), Ok(conversation.clone()), "{}", token);
            let reply = answer(&DESK, Turn { text: "2".to_owned(), language: None, conversation, office: None });
            prop_assert!(!plain(&reply).is_empty());
        }
    }

    #[test]
    fn any_conversation_is_read_back_equal(conversation in any_conversation()) {
        let token = conversation.to_token();
        prop_assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"~=.,:-".contains(&byte)), "{token}");
        if token.len() <= Conversation::LONGEST_TOKEN {
            prop_assert_eq!(Conversation::from_token(&token), Ok(conversation));
        }
    }

    #[test]
    fn no_next_opening_is_in_the_past(text in telling_text(), now in any_moment()) {
        let reply = answer(&desk(&now.to_rfc3339()), Turn::first(format!("Habt ihr offen {text}")));
        for block in &reply.blocks {
            let Block::Hours(hours) = block else { continue };
            prop_assert!(hours.next_opening.is_none_or(|next| next > now), "{now}: {hours:?}");
            prop_assert_eq!(hours.next_opening.is_some(), hours.next_opening_label.is_some());
            if let Some(day) = &hours.day {
                prop_assert!(!(day.open && day.periods.is_empty()), "{now}: {hours:?}");
                prop_assert!(!(day.open && hours.next_opening.is_some()), "{now}: {hours:?}");
            }
        }
    }

    #[test]
    fn suggestions_never_fail(typed in any_text(), limit in 0_usize..6) {
        prop_assert!(DESK.suggest(&typed, &LanguageTag::german(), limit).len() <= limit);
    }
}
