//! The desk on Telegram, from the outside: the built program, a Bot API server that remembers, and people who write.

use auskunft_tests::first_questions::FIRST_QUESTIONS;
use auskunft_tests::messenger::{Desk, FEE_QUESTION, Way, is_about_the_fee};
use auskunft_tests::telegram::{FakeTelegram, Fault};
use auskunft_tests::visitor::Visitor;

#[tokio::test]
async fn start_says_who_speaks_and_what_can_be_asked() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    anna.writes("/start");
    let greeting = anna.receives().await;
    assert!(greeting.text.contains("automatisch"), "{}", greeting.text);
    assert!(greeting.text.contains("keine persönlichen Daten"), "{}", greeting.text);
    assert!(greeting.text.contains("/datenschutz"), "{}", greeting.text);
    assert!(greeting.buttons.len() >= 3, "{:?}", greeting.labels());

    let example = greeting.labels()[0].to_owned();
    assert_eq!(anna.taps(&example).is_acknowledged().await, None);
    assert_ne!(anna.receives().await.text, greeting.text);
    desk.closes().await;
}

#[tokio::test]
async fn small_talk_at_first_contact_says_who_speaks_and_what_is_kept() {
    let desk = Desk::open().await;
    for (id, first_words) in [(1, "Hallo"), (2, "Danke"), (3, "Tschüss")] {
        let person = desk.telegram.person(id);
        person.writes(first_words);
        let reply = person.receives().await;
        assert!(reply.text.contains("automatisch") && reply.text.contains("/datenschutz"), "{}", reply.text);
        person.writes("Danke");
        let reply = person.receives().await;
        assert!(!reply.text.contains("automatisch") && !reply.text.contains("/datenschutz"), "{}", reply.text);
    }
    desk.closes().await;
}

#[tokio::test]
async fn a_link_to_a_service_starts_with_that_service() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    anna.writes("/start kfz-abmeldung");
    let answer = anna.receives().await;
    assert!(answer.text.contains("Außerbetriebsetzung"), "{}", answer.text);
    anna.writes("/start gibt-es-nicht");
    assert!(anna.receives().await.text.contains("keine persönlichen Daten"));
    desk.closes().await;
}

#[tokio::test]
async fn a_question_gets_an_answer_with_its_source_and_without_link_previews() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    anna.writes(FEE_QUESTION);
    let answer = anna.receives().await;
    assert!(is_about_the_fee(&answer), "{}", answer.text);
    assert!(answer.html.trim_end().ends_with("</i>") && answer.text.contains("Quelle"), "{}", answer.html);
    assert!(answer.preview_disabled);
    assert_eq!(answer.reply_to, None);

    anna.writes("Und wo mache ich das?");
    assert!(anna.receives().await.text.contains("Soest"), "a follow-up keeps the service");
    desk.closes().await;
}

#[tokio::test]
async fn the_first_questions_get_the_right_kind_of_reply() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    for expected in &FIRST_QUESTIONS {
        anna.writes(expected.question);
        let answer = anna.receives().await;
        expected.is_said_in(&answer.text);
        let lines = |sign: &str| answer.text.lines().filter(|line| line.starts_with(sign)).count();
        expected.counts(lines("▢ "), lines("☎ "), &answer.text);
    }
    desk.closes().await;
}

#[tokio::test]
async fn an_ambiguous_question_is_settled_by_a_tap_in_its_place() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    anna.writes("Führerschein");
    let question = anna.receives().await;
    assert!(question.buttons.len() >= 2, "{}: {:?}", question.text, question.labels());
    let choice = question.labels()[0].to_owned();
    assert_eq!(anna.taps(&choice).is_acknowledged().await, None);
    let answer = anna.receives().await;
    assert!(answer.text.contains("Quelle"), "{}", answer.text);
    assert_eq!(answer.id, question.id, "the answer stands where the question stood");

    // Tapped once more by an impatient thumb, the button must not be taken for an answer to anything else.
    let note = anna.taps_under(&question, &choice).is_acknowledged().await;
    assert!(note.is_some_and(|note| !note.is_empty()));
    desk.closes().await;
}

#[tokio::test]
async fn a_question_that_cannot_be_changed_any_more_is_answered_below_it() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    anna.writes("Führerschein");
    let question = anna.receives().await;
    anna.freezes(&question);
    let choice = question.labels()[0].to_owned();
    assert_eq!(anna.taps(&choice).is_acknowledged().await, None);
    let answer = anna.receives().await;
    assert!(answer.text.contains("Quelle") && answer.id != question.id, "{}", answer.text);
    desk.closes().await;
}

#[tokio::test]
async fn a_list_gets_shorter_in_place_with_every_answer() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    anna.writes("Welche Unterlagen brauche ich, um ein Auto umzuschreiben?");
    let full = anna.receives().await;
    assert_eq!(anna.taps("Meine eigene Liste").is_acknowledged().await, None);
    let question = anna.receives().await;
    assert_ne!(question.id, full.id, "a suggestion is a new question");
    let (mut list, mut taps) = (question.clone(), 0);
    // Whatever is asked, the first answer will do. An answer can be rated, a question cannot.
    while !list.labels().iter().any(|label| label.starts_with('👍')) && taps < 10 {
        let choice = list.labels()[0].to_owned();
        assert_eq!(anna.taps_under(&list, &choice).is_acknowledged().await, None);
        list = anna.receives().await;
        assert_eq!(list.id, question.id, "{}", list.text);
        taps += 1;
    }
    assert!((1..10).contains(&taps), "{taps} taps: {}", list.text);
    assert!(list.text.contains("▢ "), "{}", list.text);
    assert_eq!(anna.unread(), 0);
    desk.closes().await;
}

#[tokio::test]
async fn a_thumb_counts_with_the_websites_verdicts_and_can_be_changed_and_taken_back() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    anna.writes(FEE_QUESTION);
    let answer = anna.receives().await;
    let others: Vec<&str> = answer.labels().into_iter().filter(|label| !label.starts_with(['👍', '👎'])).collect();
    let with = |thumbs: &[&str]| others.iter().chain(thumbs).copied().map(str::to_owned).collect::<Vec<_>>();
    let visitor = Visitor::of(&desk.program);
    let (up, down, thanks) = ("👍 Hat geholfen", "👎 Hat nicht geholfen", "✅ Danke!");
    let (wrong, incomplete, unclear) = ("Falsch oder veraltet", "Unvollständig", "Unverständlich");
    let ticked = "✅ Unvollständig";
    for (tap, thumbs, helpful, reason) in [
        (up, vec![thanks, down], "true", ""),
        (down, vec![up, thanks, wrong, incomplete, unclear], "false", ""),
        (incomplete, vec![up, thanks, wrong, ticked, unclear], "false", "incomplete"),
        (ticked, vec![up, thanks, wrong, incomplete, unclear], "false", ""),
        (thanks, vec![up, down], "false", ""),
    ] {
        let note = anna.taps(tap).is_acknowledged().await;
        let is_taken_back = tap == thanks;
        assert_eq!(note.as_deref(), Some(if is_taken_back { "Zurückgenommen." } else { "Danke!" }), "{tap}");
        let labels = with(&thumbs);
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        let now = anna.sees_buttons(&answer, &labels).await;
        assert_eq!(now.text, answer.text);
        let metrics = visitor.gets("/metrics").await.text();
        let standing = metrics.lines().filter(|line| line.starts_with("auskunft_feedback{") && !line.ends_with(" 0"));
        let standing: Vec<&str> = standing.collect();
        assert_eq!(standing.len(), usize::from(!is_taken_back), "{tap}: {standing:?}");
        let expected = format!(r#"helpful="{helpful}",reason="{reason}""#);
        assert!(standing.iter().all(|line| line.contains(&expected) && line.contains("kfz-")), "{tap}: {standing:?}");
    }
    assert_eq!(anna.unread(), 0, "a verdict is no question");

    // The conversation goes on where it was.
    anna.writes("Und wo mache ich das?");
    assert!(anna.receives().await.text.contains("Soest"));
    desk.closes().await;
}

#[tokio::test]
async fn an_old_suggestion_is_still_about_its_service() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    anna.writes("Was kostet die Abmeldung eines Autos?");
    let about_the_car = anna.receives().await;
    anna.writes("Wie beantrage ich Elterngeld?");
    anna.receives().await;
    let suggestion = about_the_car.labels()[0].to_owned();
    anna.taps_under(&about_the_car, &suggestion).is_acknowledged().await;
    let answer = anna.receives().await;
    assert!(!answer.text.contains("Elterngeld"), "{}", answer.text);
    desk.closes().await;
}

#[tokio::test]
async fn documents_come_as_a_checklist() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    anna.writes("Welche Unterlagen brauche ich, um ein Auto abzumelden?");
    let answer = anna.receives().await;
    assert!(answer.text.lines().filter(|line| line.starts_with("▢ ")).count() >= 2, "{}", answer.text);
    desk.closes().await;
}

#[tokio::test]
async fn appointments_open_the_booking_page() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    anna.writes("Ich brauche einen Termin, um mein Auto abzumelden");
    let answer = anna.receives().await;
    let links: Vec<&str> = answer.labels().into_iter().filter_map(|label| answer.link(label)).collect();
    assert!(links.iter().any(|link| link.starts_with("https://")), "{:?}", answer.buttons);
    desk.closes().await;
}

#[tokio::test]
async fn every_command_is_answered() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    for (command, expected) in [
        ("/hilfe", "/loeschen"),
        ("/help", "/loeschen"),
        ("/gibtesnicht", "/loeschen"),
        ("/oeffnungszeiten", "Montag"),
        ("/termin", "Termin"),
        ("/kontakt", "+49-2921"),
        ("/datenschutz", "24"),
        ("/privacy", "24"),
        ("/sprache", "Sprache"),
        ("/loeschen", "gelöscht"),
    ] {
        anna.writes(command);
        let answer = anna.receives().await;
        assert!(answer.text.contains(expected), "{command}: {}", answer.text);
    }
    desk.closes().await;
}

#[tokio::test]
async fn the_menu_exists_in_every_language_that_telegram_can_tell() {
    let desk = Desk::open().await;
    let german = desk.telegram.menu(None).await;
    let names = |menu: &[(String, String)]| menu.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let expected = ["start", "hilfe", "oeffnungszeiten", "termin", "kontakt", "sprache", "loeschen", "datenschutz"];
    assert_eq!(names(&german), expected);
    assert_eq!(desk.telegram.menu(Some("de")).await, german);
    for language in ["en", "tr", "ru", "uk", "ar", "pl", "fr"] {
        let menu = desk.telegram.menu(Some(language)).await;
        assert_eq!(names(&menu), expected);
        assert!(german.iter().zip(&menu).all(|(german, other)| german.1 != other.1), "{menu:?}");
    }
    desk.closes().await;
}

#[tokio::test]
async fn a_language_is_chosen_by_tap_and_kept_until_it_is_deleted() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    anna.writes("/sprache");
    let question = anna.receives().await;
    let names =
        ["Deutsch", "Leichte Sprache", "العربية", "English", "Français", "Polski", "Русский", "Türkçe", "Українська"];
    assert_eq!(question.labels(), names, "{}", question.text);

    assert_eq!(anna.taps("Türkçe").is_acknowledged().await, None);
    let confirmed = anna.receives().await;
    assert_eq!(confirmed.id, question.id, "the message itself changes");
    assert!(confirmed.text.contains("Türkçe") && confirmed.buttons.is_empty(), "{}", confirmed.text);

    // Words tell their own language, but what tells none is answered as it was chosen.
    anna.writes(FEE_QUESTION);
    assert!(anna.receives().await.text.contains("Quelle"));
    for unclear in ["/hilfe", "👍", "/start"] {
        anna.writes(unclear);
        let answer = anna.receives().await.text;
        assert!(answer.contains("sorabil") || answer.contains("yaz"), "{unclear}: {answer}");
    }
    anna.writes("/loeschen");
    assert!(anna.receives().await.text.contains("sildim"));
    anna.writes("/language");
    assert_eq!(anna.receives().await.text, question.text, "deleted is deleted");
    desk.closes().await;
}

#[tokio::test]
async fn deleting_forgets_what_the_conversation_was_about() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    anna.writes(FEE_QUESTION);
    anna.receives().await;
    anna.writes("/loeschen");
    assert!(anna.receives().await.text.contains("gelöscht"));
    // A crash right behind a reply may repeat it, and that is not what is tried here.
    desk.telegram.is_settled().await;
    let desk = desk.crashes_and_starts_again().await;
    anna.writes("Und wie viel kostet das?");
    let answer = anna.receives().await;
    assert!(!answer.text.contains("Quelle"), "the desk still knows what it was about: {}", answer.text);
    let export = std::fs::read_to_string(desk.program.data().join("export/latest.jsonl")).expect("an export");
    assert!(!export.contains("1~") && export.contains("kfz-abmeldung"), "an export holds content and no conversation");
    desk.closes().await;
}

#[tokio::test]
async fn people_are_spoken_to_in_the_language_of_their_telegram() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1).speaking("en");
    anna.writes("/privacy");
    let answer = anna.receives().await;
    assert!(answer.text.contains("hours") && !answer.text.contains("Stunden"), "{}", answer.text);
    desk.closes().await;
}

#[tokio::test]
async fn pictures_are_declined_once_per_album() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    anna.sends_photo(None);
    let answer = anna.receives().await;
    assert!(answer.text.contains("Fotos"), "{}", answer.text);
    for _ in 0..5 {
        anna.sends_photo(Some("album"));
    }
    assert_eq!(anna.receives().await.text, answer.text);
    desk.closes().await;
}

#[tokio::test]
async fn whatever_cannot_be_read_is_declined_in_words_of_its_own() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    for (medium, expected) in [
        ("voice", "Sprachnachrichten"),
        ("video_note", "Videos"),
        ("document", "Dateien"),
        ("sticker", "Sticker"),
        ("contact", "Kontakte"),
    ] {
        anna.sends_medium(medium);
        let answer = anna.receives().await;
        assert!(answer.text.contains(expected), "{medium}: {}", answer.text);
    }
    desk.closes().await;
}

#[tokio::test]
async fn a_location_gets_the_nearest_office_and_is_told_nobody() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    // Near Geseke, in the east of the county.
    anna.sends_location(51.648_123, 8.512_345);
    let answer = anna.receives().await;
    let (lippstadt, soest) = (answer.text.find("in Lippstadt, ungefähr"), answer.text.find("in Soest, ungefähr"));
    assert!(lippstadt.is_some() && lippstadt < soest, "{}", answer.text);
    assert!(answer.text.contains("Mastholter Straße") && answer.text.contains("Montag"), "{}", answer.text);

    // Near Werl, in the west.
    anna.sends_location(51.551_234, 7.912_345);
    let answer = anna.receives().await;
    assert!(answer.text.find("in Soest, ungefähr") < answer.text.find("in Lippstadt, ungefähr"), "{}", answer.text);

    // In Hamburg.
    anna.sends_location(53.551_234, 9.993_210);
    let answer = anna.receives().await;
    assert!(answer.text.contains("entfernt") && answer.text.contains("☎ "), "{}", answer.text);
    desk.telegram.is_settled().await;
    let log = desk.program.log();
    assert!(!log.contains("51.6") && !log.contains("8.51") && !log.contains("53.55"), "{log}");
    desk.closes().await;
}

#[tokio::test]
async fn a_group_hears_the_desk_only_when_it_asks_it() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1).in_group(-1001);
    anna.writes(FEE_QUESTION);
    anna.writes("/hilfe");
    anna.writes("/hilfe@AndererBot");
    anna.writes(&format!("/oeffnungszeiten@{}", FakeTelegram::BOT));
    let answer = anna.receives().await;
    assert!(answer.text.contains("Montag"), "{}", answer.text);
    assert!(answer.reply_to.is_some());
    anna.replies(&answer, FEE_QUESTION);
    assert!(is_about_the_fee(&anna.receives().await));
    desk.closes().await;
}

#[tokio::test]
async fn markup_in_a_question_does_no_harm() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    for hostile in
        ["<b>", "</code>*_[](){}", "[klick](tg://user?id=1) @channel", "&lt;script&gt; & <", "\u{202e}\u{0}👍"]
    {
        anna.writes(hostile);
        anna.receives().await;
    }
    desk.closes().await;
}

#[tokio::test]
async fn the_same_update_twice_is_answered_once() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    let update = anna.writes(FEE_QUESTION);
    assert!(is_about_the_fee(&anna.receives().await));
    desk.telegram.is_settled().await;
    for _ in 0..3 {
        desk.telegram.delivers_again(&update);
        desk.telegram.is_settled().await;
    }
    let desk = desk.crashes_and_starts_again().await;
    desk.telegram.delivers_again(&update);
    desk.telegram.is_settled().await;
    assert_eq!(anna.unread(), 0);
    desk.closes().await;
}

#[tokio::test]
async fn updates_in_the_wrong_order_are_all_answered_once() {
    let desk = Desk::open().await;
    desk.telegram.delivers_backwards();
    let people: Vec<_> = (1..=20).map(|id| desk.telegram.person(id)).collect();
    people.iter().for_each(|person| drop(person.writes(FEE_QUESTION)));
    for person in &people {
        assert!(is_about_the_fee(&person.receives().await));
    }
    desk.telegram.is_settled().await;
    assert_eq!(people.iter().map(|person| person.unread()).sum::<usize>(), 0);
    desk.closes().await;
}

#[tokio::test]
async fn update_ids_that_start_again_lower_are_answered() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    anna.writes(FEE_QUESTION);
    anna.receives().await;
    desk.telegram.is_quiet_for_a_week(5).await;
    anna.writes(FEE_QUESTION);
    assert!(is_about_the_fee(&anna.receives().await));
    desk.closes().await;
}

#[tokio::test]
async fn a_flood_is_answered_in_order_at_the_pace_telegram_allows() {
    let desk = Desk::open().await;
    desk.telegram.fails_times("sendMessage", Fault::TooManyRequests { retry_after: 2 }, 10);
    let people: Vec<_> = (1..=10).map(|id| desk.telegram.person(id)).collect();
    for person in &people {
        person.writes(FEE_QUESTION);
        person.writes("/loeschen");
    }
    for person in &people {
        assert!(is_about_the_fee(&person.receives().await));
        assert!(person.receives().await.text.contains("gelöscht"));
    }
    assert_eq!(desk.telegram.calls_of("sendMessage"), 30);
    desk.closes().await;
}

#[tokio::test]
async fn one_chat_that_has_to_wait_does_not_hold_up_the_others() {
    let desk = Desk::open().await;
    let (anna, ben) = (desk.telegram.person(1), desk.telegram.person(2));
    desk.telegram.fails_times("sendMessage", Fault::TooManyRequests { retry_after: 15 }, 1);
    anna.writes(FEE_QUESTION);
    desk.telegram.has_failed("sendMessage", 1).await;
    ben.writes(FEE_QUESTION);
    ben.receives().await;
    assert_eq!(anna.unread(), 0, "ben should have been first");
    anna.receives().await;
    desk.closes().await;
}

#[tokio::test]
async fn faults_of_telegram_lose_nothing() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    for fault in [Fault::ServerError, Fault::Garbage] {
        for method in ["sendMessage", "getUpdates"] {
            let before = desk.telegram.calls_of(method);
            desk.telegram.fails(method, fault);
            anna.writes(FEE_QUESTION);
            desk.telegram.was_asked(method, before + 2).await;
            desk.telegram.recovers();
            assert!(is_about_the_fee(&anna.receives().await), "{method} {fault:?}");
        }
    }
    desk.closes().await;
}

#[tokio::test]
async fn a_message_that_hangs_is_sent_in_the_end() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(1);
    desk.telegram.fails("sendMessage", Fault::Hang);
    anna.writes(FEE_QUESTION);
    desk.telegram.has_failed("sendMessage", 1).await;
    desk.telegram.recovers();
    assert!(is_about_the_fee(&anna.receives().await));
    desk.closes().await;
}

#[tokio::test]
async fn a_refused_token_and_a_second_poller_end_nothing() {
    let telegram = FakeTelegram::start().await;
    telegram.fails_times("getMe", Fault::Unauthorised, 1);
    telegram.fails_times("getUpdates", Fault::Conflict, 1);
    let desk = Desk::open_at(telegram, Way::Polling).await;
    let anna = desk.telegram.person(1);
    anna.writes(FEE_QUESTION);
    assert!(is_about_the_fee(&anna.receives().await));
    let log = desk.program.log();
    assert!(log.contains("telegram refuses the token"), "{log}");
    assert!(log.contains("another program polls"), "{log}");
    desk.closes().await;
}

#[tokio::test]
async fn a_webhook_of_an_earlier_run_is_removed_even_if_telegram_fails_at_first() {
    let telegram = FakeTelegram::start().await;
    telegram.was_given_a_webhook();
    telegram.fails_times("deleteWebhook", Fault::ServerError, 2);
    let desk = Desk::open_at(telegram, Way::Polling).await;
    desk.telegram.was_asked("getUpdates", 1).await;
    assert!(!desk.telegram.knows_a_webhook());
    let anna = desk.telegram.person(1);
    anna.writes(FEE_QUESTION);
    assert!(is_about_the_fee(&anna.receives().await));
    desk.closes().await;
}

#[tokio::test]
async fn a_telegram_that_fails_at_the_start_does_not_keep_the_desk_from_opening() {
    let telegram = FakeTelegram::start().await;
    telegram.fails("getMe", Fault::ServerError);
    let desk = Desk::open_at(telegram, Way::Polling).await;
    desk.telegram.has_failed("getMe", 2).await;
    desk.telegram.recovers();
    let anna = desk.telegram.person(1);
    anna.writes(FEE_QUESTION);
    assert!(is_about_the_fee(&anna.receives().await));
    desk.closes().await;
}

#[tokio::test]
async fn somebody_who_blocks_the_bot_is_left_alone_and_others_are_served() {
    let desk = Desk::open().await;
    let (anna, ben) = (desk.telegram.person(1), desk.telegram.person(2));
    anna.blocks_the_bot();
    anna.writes(FEE_QUESTION);
    anna.has_turned_the_bot_away().await;
    ben.writes(FEE_QUESTION);
    assert!(is_about_the_fee(&ben.receives().await));
    desk.closes().await;
}

#[tokio::test]
async fn a_crash_before_the_reply_loses_no_question() {
    let desk = Desk::open().await;
    let people: Vec<_> = (1..=5).map(|id| desk.telegram.person(id)).collect();
    // Twice: the second attempt must not take the first one for a success.
    desk.telegram.fails("sendMessage", Fault::Hang);
    for person in &people {
        person.writes(FEE_QUESTION);
    }
    desk.telegram.has_failed("sendMessage", 5).await;
    let desk = desk.crashes_and_starts_again().await;
    desk.telegram.has_failed("sendMessage", 10).await;
    let desk = desk.crashes_and_starts_again_after(FakeTelegram::recovers).await;
    for person in &people {
        assert!(is_about_the_fee(&person.receives().await));
    }
    desk.telegram.is_settled().await;
    assert_eq!(people.iter().map(|person| person.unread()).sum::<usize>(), 0, "nobody is answered twice");
    desk.closes().await;
}

#[tokio::test]
async fn crashes_in_a_conversation_double_at_most_one_reply_each() {
    for way in Way::BOTH {
        double_at_most_one_reply_each(way).await;
    }
}

async fn double_at_most_one_reply_each(way: Way) {
    const CRASHES: usize = 6;
    let mut desk = Desk::open_by(way).await;
    let anna = desk.telegram.person(1);
    let mut received = 0;
    for round in 0..CRASHES {
        let sent = desk.telegram.calls_of("sendMessage");
        let question = anna.writes(FEE_QUESTION);
        if round % 2 == 0 {
            desk.telegram.has_delivered(&question).await;
        } else {
            // The reply is out, but there was hardly time to note that.
            desk.telegram.was_asked("sendMessage", sent + 1).await;
        }
        desk = desk.crashes_and_starts_again().await;
    }
    desk.telegram.is_settled().await;
    while anna.unread() > 0 {
        assert!(is_about_the_fee(&anna.receives().await));
        received += 1;
    }
    assert!((CRASHES..=2 * CRASHES).contains(&received), "{way:?}: {received} replies to {CRASHES} questions");
    desk.closes().await;
}

#[tokio::test]
async fn the_log_names_no_person_no_text_and_no_token() {
    let desk = Desk::open().await;
    let anna = desk.telegram.person(987_654_321);
    desk.telegram.fails_times("sendMessage", Fault::ServerError, 1);
    anna.writes("Mein Kennzeichen ist SO-XY 4711, was kostet die Abmeldung?");
    anna.receives().await;
    desk.telegram.is_settled().await;
    let log = desk.program.log();
    for secret in [FakeTelegram::TOKEN, "987654321", "4711", "Anna"] {
        assert!(!log.contains(secret), "{secret} is in the log: {log}");
    }
    desk.closes().await;
}
