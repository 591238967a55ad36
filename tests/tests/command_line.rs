//! The program as an operator and a curious colleague use it on the command line.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use auskunft_tests::command_line::{Said, auskunft};
use auskunft_tests::first_questions::FIRST_QUESTIONS;
use auskunft_tests::own_config::OwnConfig;
use auskunft_tests::program::{Program, workspace};
use auskunft_tests::visitor::Visitor;
use serde_json::Value;

const WUNSCHKENNZEICHEN: &str = "content/kfz/wunschkennzeichen.toml";

/// Kind, service and facet of a reply.
fn gist(reply: &Value) -> (&str, &str, &str) {
    let word = |key: &str| reply[key].as_str().unwrap_or("-");
    (word("kind"), word("service"), word("facet"))
}

fn block<'a>(reply: &'a Value, kind: &str) -> &'a Value {
    let blocks = reply["blocks"].as_array().expect("a reply has blocks");
    blocks.iter().find(|block| block["type"] == kind).unwrap_or_else(|| panic!("no {kind} in {reply}"))
}

// --- ask ------------------------------------------------------------------------------------------------------------

#[test]
fn a_question_is_answered_as_text_with_its_source_and_date() {
    let text = auskunft(["ask", "Was brauche ich, um mein Auto umzumelden?"]).succeeds();
    for part in ["Zulassungsbescheinigung", "Quelle: ", "geprüft am ", "automatischer Assistent"] {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
}

/// Issue 2: "How it shows".
#[test]
fn the_first_questions_get_the_right_kind_of_reply() {
    let replies = auskunft(["ask", "--json"]).hears(FIRST_QUESTIONS.map(|expected| expected.question)).replies();
    assert_eq!(replies.len(), FIRST_QUESTIONS.len(), "one reply for each line");
    for (expected, reply) in FIRST_QUESTIONS.iter().zip(&replies) {
        expected.is_met_by(reply);
    }
    assert_eq!(block(&replies[2], "hours")["office"], "buergerservice");
}

#[test]
fn separate_lines_know_nothing_of_each_other() {
    let replies = auskunft(["ask", "--json", "--separate"]).hears(["Auto abmelden", "und was kostet das"]).replies();
    assert_eq!(gist(&replies[0]).1, "kfz-abmeldung");
    assert_eq!(gist(&replies[1]).1, "-", "there is nothing to follow up: {}", replies[1]);
}

#[test]
fn an_answer_says_how_it_was_found() {
    let question = "autoo umschreibn gebühr";
    let text = auskunft(["ask", "--explain", question]).succeeds();
    for words in ["aspects: fee", "kfz-umschreibung", "typing error", "behind: ", "answered from confidence"] {
        assert!(text.contains(words), "no {words:?} in {text}");
    }
    let reply = auskunft(["ask", "--json", "--explain", question]).replies().remove(0);
    let best = &reply["explanation"]["hits"][0];
    assert_eq!(
        (reply["service"].as_str(), best["target"].as_str()),
        (Some("kfz-umschreibung"), Some("kfz-umschreibung"))
    );
    assert_eq!(best["behind"], serde_json::json!({}), "{best}");
    for signal in ["lexical", "coverage", "linear", "likeness"] {
        assert!(best["signals"][signal].is_number(), "no {signal} in {best}");
    }
    assert!(auskunft(["ask", "--json", question]).replies()[0]["explanation"].is_null());
}

#[test]
fn the_clock_can_be_set() {
    let christmas_eve = ["ask", "--json", "--at", "2026-12-24T10:00:00+01:00", "habt ihr heute offen"];
    let replies = auskunft(christmas_eve).replies();
    let hours = block(&replies[0], "hours");
    assert_eq!((&hours["date"], &hours["open"]), (&Value::from("2026-12-24"), &Value::from(false)), "{hours}");
    assert_eq!(hours["reason"], "Heiligabend");
    assert_eq!(hours["next_opening"], "2026-12-28T08:00:00+01:00");
    let said = auskunft(["ask", "--at", "tomorrow", "habt ihr offen"]).run();
    assert_eq!(said.code, 2, "{}", said.everything());
    assert!(said.err.contains("--at"), "{}", said.err);
}

#[test]
fn a_deadline_of_a_named_year_has_passed_or_not_at_the_set_time() {
    let answer = |at, question| auskunft(["ask", "--at", at, question]).succeeds();
    let in_time = answer("2024-06-03T10:00:00+02:00", "Führerscheinumtausch Frist Jahrgang 1968");
    assert!(in_time.contains("Jahrgang 1965 bis 1970: ") && !in_time.contains("abgelaufen"), "{in_time}");
    for (question, row) in [
        ("Bin 1950 geboren, wann läuft mein alter Führerschein ab?", "Jahrgang vor 1953: bis 19.01.2033"),
        ("führerschein 2003 ausgestellt wann umtauschen", "Ausgestellt 2002 bis 2004: bis 19.01.2027"),
        ("1950 geboren, führerschein 2003 ausgestellt, bis wann umtauschen", "Jahrgang vor 1953: bis 19.01.2033"),
        ("rosa lappen jg 72, bis wann umtauschen", "Diese Frist ist am 19.01.2025 abgelaufen."),
        ("bis wann muss ich den führerschein umtauschen", "1999 bis 2001: bis 19.01.2026 – abgelaufen"),
    ] {
        let said = answer("2026-11-23T10:00:00+01:00", question);
        assert!(said.contains(row), "{question}: {said}");
    }
}

#[test]
fn the_language_of_the_surroundings_counts() {
    let replies = auskunft(["ask", "--json", "--lang", "en"]).hears(["opening hours on saturday?", "thanks"]).replies();
    assert_eq!((&replies[0]["lang"], gist(&replies[0]).2), (&Value::from("en"), "hours"));
    assert!(replies[0]["text"].as_str().is_some_and(|text| text.contains("Saturday")), "{}", replies[0]);
    assert_eq!(auskunft(["ask", "--lang", "no language", "hallo"]).run().code, 2);
}

/// Isolated, or a screen would draw "1110111 0800" in an Arabic sentence.
#[test]
fn a_telephone_number_in_arabic_is_read_as_it_is_dialled() {
    let text = auskunft(["ask", "--lang", "ar", "أريد أن أموت"]).succeeds();
    assert!(text.contains("\u{2066}0800 1110111\u{2069}"), "{text}");
}

#[test]
fn a_list_of_documents_says_where_it_is_to_be_taken() {
    let replies = auskunft(["ask", "--json", "Was brauche ich, um mein Auto umzumelden?"]).replies();
    let places = &block(&replies[0], "checklist")["places"];
    let kinds: Vec<&str> =
        places["blocks"].as_array().expect("blocks").iter().filter_map(|b| b["type"].as_str()).collect();
    assert_eq!(kinds[..2], ["contact", "hours"], "{places}");
    assert!(places["blocks"][0]["map"].as_str().is_some_and(|map| map.contains("%2C%20")), "{places}");
    assert!(places["text"].as_str().is_some_and(|text| text.contains("02921 30-")), "{places}");
}

#[test]
fn a_place_without_hours_on_record_lists_no_day_as_different() {
    let question = "Welche Unterlagen brauche ich für die Jagdschein Verlängerung?";
    let replies = auskunft(["ask", "--json", question]).replies();
    let places = &block(&replies[0], "checklist")["places"];
    let text = places["text"].as_str().expect("a text");
    assert!(text.contains("Untere Jagdbehörde") && !text.contains("nicht hinterlegt"), "{text}");
}

#[test]
fn lines_that_are_no_question_are_answered_too() {
    let lines = ["", "   ", "🙈", "\u{202e}rückwärts", "((((((((((", "a\u{0}b"];
    let replies = auskunft(["ask", "--json"]).hears(lines).replies();
    assert_eq!(replies.len(), lines.len());
    assert!(replies.iter().all(|reply| !reply["text"].as_str().unwrap_or_default().is_empty()));
}

// --- check ----------------------------------------------------------------------------------------------------------

fn check(config: &OwnConfig) -> Said {
    auskunft(["check"]).config(config).run()
}

/// The check fails, names the place and says all of these words in the same line.
fn assert_mistake(config: &OwnConfig, place: &str, words: &[&str]) {
    let said = check(config);
    assert_eq!(said.code, 2, "{}", said.everything());
    let expected = format!("mistake: {}/{place}: ", config.path().display());
    let line = said.out.lines().find(|line| line.starts_with(&expected));
    let line = line.unwrap_or_else(|| panic!("no {expected:?} in {}", said.everything()));
    for word in words {
        assert!(line.contains(word), "no {word:?} in {line}");
    }
}

#[test]
fn the_shipped_configuration_has_no_mistake() {
    let said = auskunft(["check"]).run();
    assert_eq!(said.code, 0, "{}", said.everything());
    assert!(said.out.contains("no mistakes"), "{}", said.out);
    assert!(said.out.contains("read 61 services"), "{}", said.out);
}

#[test]
fn an_unknown_key_in_the_settings_is_named_with_those_that_exist() {
    let config = OwnConfig::new();
    let line = config.insert_after("auskunft.toml", "[server]", "listne = \"127.0.0.1:80\"");
    assert_mistake(&config, &format!("auskunft.toml:{line}"), &["listne", "expected one of", "`listen`"]);
}

#[test]
fn an_unknown_key_in_the_content_is_named_with_those_that_exist() {
    let config = OwnConfig::new();
    let line = config.insert_after(WUNSCHKENNZEICHEN, "[overview]", "txet.de = \"…\"");
    assert_mistake(&config, &format!("{WUNSCHKENNZEICHEN}:{line}"), &["txet", "expected one of", "`text`"]);
}

#[test]
fn an_unknown_service_is_named_where_it_is_mentioned() {
    let config = OwnConfig::new();
    let line = config.replace(WUNSCHKENNZEICHEN, "see = [\"kfz-neuzulassung\"", "see = [\"kfz-neuzulasung\"");
    assert_mistake(&config, &format!("{WUNSCHKENNZEICHEN}:{line}"), &["`kfz-neuzulasung`", "correct the name"]);

    let config = OwnConfig::new();
    let line = config.replace("booking.toml", "\"wunschkennzeichen\"", "\"wunschkenzeichen\"");
    assert_mistake(&config, &format!("booking.toml:{line}"), &["`wunschkenzeichen`", "correct the name"]);
}

#[test]
fn a_missing_german_text_is_named_with_the_key_to_add() {
    let config = OwnConfig::new();
    let line = config.replace(WUNSCHKENNZEICHEN, "\nde = \"Wunschkennzeichen reservieren\"\n", "\n");
    assert_mistake(&config, &format!("{WUNSCHKENNZEICHEN}:{line}"), &["German", "add `name.de`"]);
}

#[test]
fn impossible_hours_are_named() {
    let config = OwnConfig::new();
    let office = "offices/buergerservice.toml";
    let line = config.replace(office, "monday = [\"08:00-17:00\"]", "monday = [\"17:00-08:00\"]");
    assert_mistake(&config, &format!("{office}:{line}"), &["must open before it closes", "17:00"]);
}

#[test]
fn a_link_that_is_no_complete_address_is_named() {
    for link in ["javascript:alert(1)", "http://www.kreis-soest.de", "www.kreis-soest.de", "//evil.example"] {
        let config = OwnConfig::new();
        let line = config.replace(WUNSCHKENNZEICHEN, "(https://www.kreis-soest.de)", &format!("({link})"));
        assert_mistake(&config, &format!("{WUNSCHKENNZEICHEN}:{line}"), &["link", "https:// address"]);
    }
}

#[test]
fn an_overdue_review_is_a_remark_and_stops_nothing() {
    let config = OwnConfig::new();
    let text = config.text(WUNSCHKENNZEICHEN);
    let dated = text
        .lines()
        .map(|line| match line.split_once(" = ") {
            Some(("checked_on", _)) => "checked_on = \"2024-05-22\"",
            Some(("review_by", _)) => "review_by = \"2025-05-22\"",
            _ => line,
        })
        .collect::<Vec<_>>()
        .join("\n");
    config.write(WUNSCHKENNZEICHEN, dated);
    let said = check(&config);
    assert_eq!(said.code, 0, "{}", said.everything());
    let expected =
        format!("remark: {}/{WUNSCHKENNZEICHEN}:3: review is overdue since 2025-05-22", config.path().display());
    assert!(said.out.contains(&expected), "no {expected:?} in {}", said.out);
    assert!(said.out.contains("then set `checked_on` and `review_by`"), "{}", said.out);
}

#[test]
fn broken_and_half_written_files_are_named_with_the_line() {
    let config = OwnConfig::new();
    let line = config.replace(WUNSCHKENNZEICHEN, "[name]", "[name");
    assert_mistake(&config, &format!("{WUNSCHKENNZEICHEN}:{line}"), &[]);

    // As an editor leaves a file behind whose disk was full.
    let config = OwnConfig::new();
    let text = config.text("auskunft.toml");
    let cut = text.find("[\"buergerservice\"").expect("the settings name two offices");
    config.write("auskunft.toml", &text[..cut + 5]);
    let line = text[..cut].matches('\n').count() + 1;
    assert_mistake(&config, &format!("auskunft.toml:{line}"), &[]);

    let config = OwnConfig::new();
    config.write(WUNSCHKENNZEICHEN, b"slug = \"f\xfchrerschein\"");
    assert_mistake(&config, WUNSCHKENNZEICHEN, &["not UTF-8", "save it as UTF-8"]);
}

#[test]
fn the_check_refuses_every_setting_that_the_server_would_refuse() {
    for (section, setting, words) in [
        ("[server]", "trusted_proxies = [\"proxy\"]", ["\"proxy\"", "such as 10.0.0.7"]),
        ("[server]", "trusted_proxies = [\"10.0.0.0/33\"]", ["\"10.0.0.0/33\"", "such as 10.0.0.7"]),
        ("[server]", "security_contact = \"somebody\"", ["\"somebody\"", "mailto:"]),
        (
            "[server]",
            "frame_ancestors = [\"www.example.org\"]",
            ["\"www.example.org\"", "such as https://www.example.org"],
        ),
        ("[desk]", "map = \"https://map.example\"", ["\"https://map.example\"", "{address}"]),
        ("[desk]", "map = \"http://map.example/{address}\"", ["desk.map", "https://"]),
    ] {
        let config = OwnConfig::new();
        let line = config.insert_after("auskunft.toml", section, setting);
        assert_mistake(&config, &format!("auskunft.toml:{line}"), &words);
    }
}

#[test]
fn a_webhook_needs_an_address_telegram_takes_and_a_secret_that_is_never_shown() {
    let good = "webhook = \"https://auskunft.kreis.example/telegram/hook\"";
    for (setting, secret, words) in [
        (
            "webhook = \"http://auskunft.kreis.example/telegram/hook\"",
            Some("a"),
            ["telegram.webhook", "https://<host>"],
        ),
        ("webhook = \"https://auskunft.kreis.example/chat\"", Some("a"), ["telegram.webhook", "/telegram/<name>"]),
        (good, None, ["AUSKUNFT_TELEGRAM_SECRET", "openssl rand"]),
        (good, Some("mit Leerzeichen 4711"), ["AUSKUNFT_TELEGRAM_SECRET", "256 letters"]),
    ] {
        let config = OwnConfig::new();
        config.insert_after("auskunft.toml", "[telegram]", setting);
        let mut check = auskunft(["check"]).env("AUSKUNFT_CONFIG", &config.path().display().to_string());
        if let Some(secret) = secret {
            check = check.env("AUSKUNFT_TELEGRAM_SECRET", secret);
        }
        let said = check.run();
        assert_eq!(said.code, 2, "{}", said.everything());
        assert!(words.iter().all(|word| said.out.contains(word)), "{words:?}: {}", said.everything());
        assert!(!said.everything().contains("4711"), "{}", said.everything());
    }
}

#[test]
fn all_mistakes_of_a_file_are_named_at_once() {
    let config = OwnConfig::new();
    config.insert_after(
        "auskunft.toml",
        "[server]",
        "listen = \"nowhere\"\nallowed_origins = [\"https://a.example/path\"]",
    );
    config.insert_after("auskunft.toml", "[thresholds]", "answer = 7");
    assert_mistake(&config, "auskunft.toml:12", &["AUSKUNFT_LISTEN", "nowhere", "such as 127.0.0.1:8080"]);
    let said = check(&config);
    assert!(said.out.contains("without a path") && said.out.contains("between 0 and 1"), "{}", said.out);
    assert!(said.out.contains("3 mistakes"), "{}", said.out);
}

#[test]
fn a_configuration_with_mistakes_starts_nothing_and_touches_no_data() {
    let config = OwnConfig::new();
    let line = config.insert_after("auskunft.toml", "[server]", "listne = 1");
    let data = tempfile::tempdir().expect("a folder");
    for words in [&["serve"][..], &["ask", "hallo"], &["reindex"], &[]] {
        let said = auskunft(words).config(&config).data(data.path()).run();
        assert_eq!(said.code, 2, "{words:?}: {}", said.everything());
        assert!(said.err.contains(&format!("auskunft.toml:{line}: ")), "{words:?}: {}", said.err);
    }
    assert_eq!(fs::read_dir(data.path()).expect("a folder").count(), 0);
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let said = auskunft(["--config", "no-such-folder", "check"]).run();
    assert_eq!(said.code, 2);
    assert!(said.out.contains("no-such-folder") && said.out.contains("AUSKUNFT_CONFIG"), "{}", said.everything());
}

// --- eval -----------------------------------------------------------------------------------------------------------

#[test]
fn an_evaluation_prints_figures_for_people() {
    let file = "tests/golden/soest/hours.jsonl";
    let text = auskunft(["eval", file]).succeeds();
    assert!(text.contains(file) && text.contains("hours") && text.contains(" %"), "{text}");
    assert!(text.contains("latency p50"), "{text}");
}

#[test]
fn any_question_set_can_be_scored() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, lines: &str| {
        let path = folder.path().join(name);
        fs::write(&path, lines).expect("written");
        path.display().to_string()
    };
    let entries = write(
        "entries.jsonl",
        "{\"id\":\"a\",\"question\":\"Wie melde ich einen Hund an?\",\"alternatives\":[\"Hundesteuer\"],\"answer\":\"So.\",\"lang\":\"de\"}\n\
         {\"id\":\"b\",\"question\":\"Wann kommt die Müllabfuhr?\",\"alternatives\":[],\"answer\":\"Montags.\",\"lang\":\"de\"}\n",
    );
    let queries = write(
        "queries.jsonl",
        "{\"query\":\"hund anmelden\",\"expected\":\"a\"}\n{\"query\":\"müllabfuhr wann\",\"expected\":\"b\"}\n\
         {\"query\":\"beste pizza\",\"expected\":null}\n",
    );
    let report = auskunft(["eval", "--json", "--entries", &entries, "--queries", &queries]).replies().remove(0);
    for key in [
        "accuracy_at_1",
        "recall_at_3",
        "recall_at_5",
        "mrr_at_10",
        "answered_right",
        "answered_wrong",
        "asked_back",
        "not_known",
        "false_answers",
        "right_at_10_false",
        "p50_us",
        "p99_us",
        "build_ms",
    ] {
        assert!(report[key].is_number(), "no {key} in {report}");
    }
    assert_eq!(report["accuracy_at_1"], 1.0, "{report}");
    let curve = report["tradeoff"].as_array().expect("the trade-off of thresholds");
    assert_eq!(curve.len(), 9, "{report}");
    assert!(curve[0]["threshold"] == 0.1 && curve[0]["right"].is_number(), "{report}");
}

#[test]
fn a_question_file_that_cannot_be_read_is_named() {
    let said = auskunft(["eval", "no-such-file.jsonl"]).run();
    assert_eq!(said.code, 2);
    assert!(said.err.contains("no-such-file.jsonl"), "{}", said.err);
    let said = auskunft(["eval"]).run();
    assert_eq!(said.code, 2);
}

// --- the store ------------------------------------------------------------------------------------------------------

/// The files below a folder, by their path in it.
fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(files_below(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.insert(name, fs::read(&path).expect("a file"));
        }
    }
    found
}

fn path(path: &Path) -> &str {
    path.to_str().expect("test folders have plain names")
}

#[test]
fn what_is_exported_can_be_imported_and_is_the_same() {
    let [data, copy, exported, again] = [(); 4].map(|()| tempfile::tempdir().expect("a folder"));
    let shipped = workspace().join("config");
    let text = auskunft(["import", "--data", path(data.path()), path(&shipped)]).succeeds();
    assert!(text.contains("121 records changed"), "{text}");
    auskunft(["export", "--data", path(data.path()), path(exported.path())]).succeeds();
    let files = files_below(exported.path());
    assert!(files.len() > 80, "{:?}", files.keys());
    for (name, bytes) in &files {
        assert_eq!(fs::read(shipped.join(name)).ok().as_ref(), Some(bytes), "{name} is what was imported");
    }
    auskunft(["import", "--data", path(copy.path()), path(exported.path())]).succeeds();
    auskunft(["export", "--data", path(copy.path()), path(again.path())]).succeeds();
    assert!(files == files_below(again.path()), "a round trip changes nothing");
    let text = auskunft(["import", "--data", path(copy.path()), path(exported.path())]).succeeds();
    assert!(text.contains(", 0 records changed"), "importing twice does no harm: {text}");

    let text = auskunft(["reindex", "--data", path(copy.path())]).succeeds();
    assert!(text.starts_with("indexed 108 services and questions"), "{text}");
}

#[test]
fn an_editors_text_is_answered_from_the_store_and_a_wrong_one_is_never_saved() {
    let [data, exported] = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
    let config = OwnConfig::new();
    auskunft(["import", "--data", path(data.path()), path(config.path())]).succeeds();

    config.replace(WUNSCHKENNZEICHEN, "Ihre Reservierung gilt **drei Monate**.", "Ihre Reservierung gilt **99 Tage**.");
    let text = auskunft(["import", "--data", path(data.path()), path(config.path())]).succeeds();
    assert!(text.contains(", 1 records changed"), "{text}");
    let question = "Wie lange ist meine Kennzeichenreservierung gültig?";
    let reply = auskunft(["ask", "--json", "--data", path(data.path()), question]).replies().remove(0);
    assert!(reply["text"].as_str().is_some_and(|text| text.contains("99 Tage")), "{reply}");
    assert_eq!(reply["source"]["revision"], 2, "{reply}");

    config.replace(WUNSCHKENNZEICHEN, "**99 Tage**", "**100 Tage**");
    config.insert_after(WUNSCHKENNZEICHEN, "[fee]", "mni = 3");
    let said = auskunft(["import", "--data", path(data.path()), path(config.path())]).run();
    assert_eq!(said.code, 2, "{}", said.everything());
    assert!(said.err.contains("wunschkennzeichen.toml:") && said.err.contains("mni"), "{}", said.err);
    auskunft(["export", "--data", path(data.path()), path(exported.path())]).succeeds();
    let kept = fs::read_to_string(exported.path().join(WUNSCHKENNZEICHEN)).expect("exported");
    assert!(kept.contains("**99 Tage**"), "the last good text stays");
}

/// Damages the database of a data folder in a way of its own.
type Damage = fn(&Path);

fn cut_in_half(database: &Path) {
    let file = fs::OpenOptions::new().write(true).open(database).expect("a database");
    let length = file.metadata().expect("a length").len();
    file.set_len(length / 2).expect("cut");
}

fn flip_bits(database: &Path) {
    let mut bytes = fs::read(database).expect("a database");
    let used = bytes.iter().rposition(|byte| *byte != 0).expect("it is not empty");
    // Everywhere, so that something that counts is hit.
    for byte in bytes.iter_mut().take(used).step_by(used / 200) {
        *byte ^= 0b0001_0000;
    }
    fs::write(database, bytes).expect("written");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_store_is_refused_with_the_way_back_which_works() {
    let folder = tempfile::tempdir().expect("a folder");
    let question = "Was kostet es, ein Auto abzumelden?";
    let running = Program::start_over(folder.path()).ready().await;
    let before = Visitor::of(&running).asks(question).await;
    assert!(running.stop().await.success());

    for damage in [cut_in_half as Damage, flip_bits] {
        damage(&folder.path().join("store/db"));
        let (status, said) = Program::start_over(folder.path()).ends().await;
        assert_eq!(status.code(), Some(2), "{said}");
        assert!(said.contains("is damaged") && said.contains("auskunft restore"), "{said}");
        assert!(said.contains(path(folder.path())), "the folder is named: {said}");
        for words in [&["ask", "--data", path(folder.path()), question][..], &["reindex"], &["export", "nowhere"]] {
            let said = auskunft(words).data(folder.path()).run();
            assert_eq!(said.code, 2, "{words:?}: {}", said.everything());
            assert!(said.err.contains("auskunft restore"), "{words:?}: {}", said.err);
        }
        let text = auskunft(["restore"]).data(folder.path()).succeeds();
        assert!(text.contains("restored 121 records"), "{text}");
        assert!(text.contains("the store that was there is now "), "it is kept: {text}");
        let said = auskunft(["reindex"]).data(folder.path()).succeeds();
        assert!(said.starts_with("indexed 108 "), "{said}");
    }

    let running = Program::start_over(folder.path()).ready().await;
    let after = Visitor::of(&running).asks(question).await;
    assert_eq!((gist(&after), &after["text"]), (gist(&before), &before["text"]));
}

#[test]
fn a_restore_from_half_an_export_changes_nothing() {
    let data = tempfile::tempdir().expect("a folder");
    let half = data.path().join("half.jsonl");
    fs::write(&half, "{\"format\":1}\n").expect("written");
    let said = auskunft(["restore", "--data", path(data.path()), path(&half)]).run();
    assert_eq!(said.code, 2, "{}", said.everything());
    assert!(said.err.contains("half.jsonl") && said.err.contains("nothing was changed"), "{}", said.err);
    assert!(!data.path().join("store").exists());
    let said = auskunft(["restore", "--data", path(data.path())]).run();
    assert_eq!(said.code, 2);
    assert!(said.err.contains("latest.jsonl"), "{}", said.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_server_is_asked_and_its_folder_is_nobody_elses() {
    let running = Program::start().ready().await;
    let replies = auskunft(["ask", "--json", "--server", &running.address])
        .hears(["Was brauche ich, um mein Auto umzumelden?", "und was kostet das"])
        .replies();
    assert_eq!(gist(&replies[0]), ("answer", "kfz-umschreibung", "documents"));
    assert_eq!(gist(&replies[1]), ("answer", "kfz-umschreibung", "fee"), "the conversation is carried");
    let text = auskunft(["ask", "--server", &running.address, "Bürgertelefon"]).succeeds();
    assert!(text.contains("02921 30-2222"), "{text}");

    let (status, said) = Program::start_over(running.data()).ends().await;
    assert_eq!(status.code(), Some(2), "{said}");
    let holder = running.id().to_string();
    assert!(said.contains("in use by another auskunft") && said.contains(&holder), "process {holder}: {said}");
    for words in [&["ask", "--data", path(running.data()), "hallo"][..], &["restore"], &["import", "config"]] {
        let said = auskunft(words).data(running.data()).run();
        assert_eq!(said.code, 2, "{words:?}: {}", said.everything());
        assert!(said.err.contains("in use by another auskunft"), "{words:?}: {}", said.err);
    }
    assert_eq!(Visitor::of(&running).gets("/healthz").await.status, 200, "the first one does not notice");

    let said = auskunft(["ask", "--server", "http://127.0.0.1:1", "hallo"]).run();
    assert_eq!(said.code, 2);
    assert!(said.err.contains("is it running?"), "{}", said.err);
}

// --- hours ----------------------------------------------------------------------------------------------------------

#[test]
fn hours_go_out_and_come_in_in_the_notation_of_openstreetmap() {
    let all = auskunft(["hours", "export"]).succeeds();
    let own = auskunft(["hours", "export", "buergerservice"]).succeeds();
    assert!(all.contains(&format!("buergerservice: {own}")), "{all}");
    assert!(own.contains("Sa 09:00-12:00; Dec 24 off; Dec 31 off; PH off"), "{own}");
    let lines = auskunft(["hours", "import", "buergerservice", own.trim()]).succeeds();
    for line in ["holidays = \"nrw\"", "closed_days = [\"12-24\", \"12-31\"]", "saturday = [\"09:00-12:00\"]"] {
        assert!(lines.contains(line), "no {line} in {lines}");
    }
    for (words, said) in [
        (&["hours", "export", "nirgends"][..], "there are auslaenderbehoerde, buergerservice"),
        (&["hours", "export", "jagdbehoerde"], "no opening hours are recorded"),
        (&["hours", "import", "buergerservice", "Mo 08:00-12:00; Sa[1] 09:00-12:00"], "`Sa[1] 09:00-12:00` cannot"),
        (&["hours", "import", "buergerservice", "Mo 8-12"], "write weekdays as Mo Tu We"),
    ] {
        let call = auskunft(words).run();
        assert_eq!(call.code, 2, "{}", call.everything());
        assert!(call.err.contains(said), "{}", call.err);
    }
}

#[tokio::test]
async fn an_address_that_is_taken_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let (status, said) = Program::start().env("AUSKUNFT_LISTEN", &address).ends().await;
    assert_eq!(status.code(), Some(2), "{said}");
    assert!(said.contains(&format!("cannot listen on {address}")), "{said}");
}
