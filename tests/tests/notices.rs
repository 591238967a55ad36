//! Notices and crisis mode through the real binary: put up beside a running server, told on every channel, kept through
//! a crash, gone by themselves.

use std::time::{Duration, Instant};

use auskunft_tests::command_line::{Said, auskunft};
use auskunft_tests::own_config::OwnConfig;
use auskunft_tests::program::{Program, Running};
use auskunft_tests::telegram::FakeTelegram;
use auskunft_tests::visitor::Visitor;
use reqwest::Method;
use serde_json::{Value, json};

const KEY: &str = "ein-langer-schluessel-fuer-den-betreiber-7f3a";
const FOREVER: &str = "2099-12-31";

/// Calls the program over the data folder that the server holds.
async fn told(running: &Running, words: &[&str]) -> Said {
    let call = auskunft(words.iter().map(ToString::to_string)).data(running.data());
    tokio::task::spawn_blocking(move || call.run()).await.expect("it ends")
}

fn first_block(reply: &Value) -> &Value {
    &reply["blocks"][0]
}

fn is_told(reply: &Value, text: &str) -> bool {
    first_block(reply)["type"] == "notice"
        && first_block(reply)["text"].as_str().is_some_and(|told| told.contains(text))
}

#[actix_web::test]
async fn a_notice_put_up_on_the_command_line_is_told_within_a_second_and_ends_at_once() {
    let running = Program::start().ready().await;
    let mut visitor = Visitor::of(&running);
    let words =
        ["notice", "add", "--text", "Die **Zulassung** ist gesperrt.", "--text-in", "en=Closed.", "--until", FOREVER];
    let said = told(&running, &[&words[..], &["--service", "kfz-abmeldung", "--id", "sperre"]].concat()).await;
    assert_eq!(said.code, 0, "{}", said.everything());
    assert!(said.out.contains("sperre"), "{}", said.out);

    let begin = Instant::now();
    let reply = visitor.asks("Auto abmelden").await;
    assert!(is_told(&reply, "gesperrt") && begin.elapsed() < Duration::from_secs(1), "{reply}");
    assert!(!is_told(&visitor.asks("Elterngeld").await, "gesperrt"), "only about its service");
    let english = Visitor::speaking(&running, "en").asks("deregister my car").await;
    assert!(is_told(&english, "Closed."), "{english}");
    let page = Visitor::of(&running).gets("/leistungen/kfz-abmeldung").await.text();
    assert!(page.contains("gesperrt"), "the page of the service tells it too");
    let form = visitor.request(Method::POST, "/chat").form(&[("text", "Auto abmelden")]);
    assert!(visitor.sends(form).await.text().contains("gesperrt"));

    let list = told(&running, &["notice", "list"]).await;
    assert!(list.out.contains("sperre") && list.out.contains("in force"), "{}", list.out);
    let public = visitor.gets("/api/v1/notices").await.ok_json();
    assert_eq!(public["notices"][0]["id"], "sperre");

    assert_eq!(told(&running, &["notice", "end", "sperre"]).await.code, 0);
    assert!(!is_told(&visitor.asks("Auto abmelden").await, "gesperrt"));
    assert_eq!(told(&running, &["notice", "end", "sperre"]).await.code, 2, "it is over already");
    assert!(told(&running, &["notice", "list"]).await.out.contains("no notice"));
    assert!(told(&running, &["notice", "list", "--all"]).await.out.contains("sperre\tover"));
}

#[actix_web::test]
async fn a_notice_that_was_acknowledged_survives_a_kill_and_a_planned_one_can_be_withdrawn() {
    let data = tempfile::tempdir().expect("a folder");
    let running = Program::start_over(data.path()).ready().await;
    for (number, words) in [("eins", "--everything"), ("zwei", "--everything")] {
        let add = ["notice", "add", "--text", "Hochwasser", "--until", FOREVER, "--id", number, words];
        assert_eq!(told(&running, &add).await.code, 0);
    }
    let planned = [
        "notice",
        "add",
        "--text",
        "Später",
        "--from",
        "2099-01-01",
        "--until",
        FOREVER,
        "--id",
        "drei",
        "--everything",
    ];
    assert_eq!(told(&running, &planned).await.code, 0);
    running.kill().await;

    let running = Program::start_over(data.path()).ready().await;
    let reply = Visitor::of(&running).asks("Danke").await;
    let notices = reply["blocks"].as_array().expect("blocks").iter().filter(|block| block["type"] == "notice").count();
    assert_eq!(notices, 2, "{reply}");
    assert!(told(&running, &["notice", "list"]).await.out.contains("drei\tplanned"));
    assert_eq!(told(&running, &["notice", "end", "drei"]).await.code, 0);
    assert!(!told(&running, &["notice", "list", "--all"]).await.out.contains("drei"));
    running.stop().await;

    // Nobody holds the folder now: the same command works in the folder itself.
    let call = |words: &[&str]| auskunft(words.iter().map(ToString::to_string)).data(data.path()).run();
    assert!(call(&["notice", "list"]).out.contains("eins"));
    assert_eq!(call(&["notice", "end", "eins"]).code, 0);
    let running = Program::start_over(data.path()).ready().await;
    let list = told(&running, &["notice", "list"]).await.out;
    assert!(list.contains("zwei") && !list.contains("eins"), "{list}");
}

#[actix_web::test]
async fn a_notice_ends_by_itself() {
    let running = Program::start().env("AUSKUNFT_OPERATOR_KEY", KEY).ready().await;
    let visitor = Visitor::of(&running);
    let over = json!({
        "severity": "info", "valid_from": "2020-01-01T00:00", "valid_until": "2020-01-02T00:00", "everything": true,
        "text": {"de": "Lange her."},
    });
    let put = visitor.request(Method::PUT, "/api/v1/notices/alt").bearer_auth(KEY).json(&over);
    assert_eq!(visitor.sends(put).await.status, 204);
    assert!(!is_told(&Visitor::of(&running).asks("Danke").await, "Lange her"));
    assert_eq!(visitor.gets("/api/v1/notices").await.ok_json()["notices"], json!([]));
}

#[actix_web::test]
async fn crisis_mode_is_one_switch_for_every_channel_and_language() {
    let telegram = FakeTelegram::start().await;
    let running = Program::start()
        .env("TELOXIDE_TOKEN", FakeTelegram::TOKEN)
        .env("TELOXIDE_API_URL", telegram.url())
        .ready()
        .await;
    assert!(told(&running, &["crisis"]).await.out.contains("off"));
    let on = told(&running, &["crisis", "on"]).await;
    assert_eq!(on.code, 0, "{}", on.everything());
    assert!(told(&running, &["crisis"]).await.out.contains("is on until"));

    let mut visitor = Visitor::of(&running);
    for question in
        ["Hallo", "Auto ummelden", "Termin für die Ummeldung meines Autos", "quantenschaum", "Wann habt ihr auf?"]
    {
        let reply = visitor.asks(question).await;
        assert!(is_told(&reply, "Unsere Technik ist zurzeit gestört"), "{question}: {reply}");
        assert_eq!(first_block(&reply)["severity"], "critical");
        let text = reply["text"].as_str().expect("a text");
        assert!(!text.contains("termine-buergerdienste"), "{question} offers what is down: {text}");
        assert!(text.contains("02921"), "{question}: {text}");
    }
    assert!(is_told(&visitor.gets("/api/v1/greeting?lang=tr").await.ok_json(), "arıza"));
    assert!(is_told(&Visitor::speaking(&running, "ar").asks("Hallo").await, "02921"));
    let danger = visitor.asks("Es brennt").await;
    assert_ne!(first_block(&danger)["type"], "notice", "112 stands first");
    let anna = telegram.person(7);
    anna.writes("Termin für die Ummeldung meines Autos");
    assert!(anna.receives().await.text.contains("Unsere Technik ist zurzeit gestört"));

    assert_eq!(told(&running, &["crisis", "off"]).await.code, 0);
    let reply = Visitor::of(&running).asks("Termin für die Ummeldung meines Autos").await;
    assert!(reply["text"].as_str().is_some_and(|text| text.contains("termine-buergerdienste")), "{reply}");
    telegram.finish().await;
}

#[actix_web::test]
async fn only_whoever_shows_the_key_changes_notices() {
    let running = Program::start().env("AUSKUNFT_OPERATOR_KEY", KEY).ready().await;
    let visitor = Visitor::of(&running);
    let notice = json!({
        "severity": "info", "valid_from": "2020-01-01T00:00", "valid_until": "2099-01-01T00:00", "everything": true,
        "text": {"de": "Gefälscht."},
    });
    let path = "/api/v1/notices/gefaelscht";
    for key in [None, Some(""), Some("falsch"), Some(&KEY[..KEY.len() - 1])] {
        for method in [Method::PUT, Method::DELETE] {
            let mut request = visitor.request(method, path).json(&notice);
            if let Some(key) = key {
                request = request.bearer_auth(key);
            }
            let answer = visitor.sends(request).await;
            assert_eq!(answer.refusal(), (401, "not_the_operator".to_owned()));
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
        let list = visitor.sends(visitor.request(Method::GET, "/api/v1/notices?all=true")).await;
        assert_eq!(list.status, 401);
    }
    assert_eq!(visitor.gets("/api/v1/notices").await.ok_json()["notices"], json!([]));
    assert!(!running.log().contains(KEY));
}

#[actix_web::test]
async fn what_is_wrong_with_a_notice_is_named_and_nothing_changes() {
    let running = Program::start().env("AUSKUNFT_OPERATOR_KEY", KEY).ready().await;
    let visitor = Visitor::of(&running);
    let sound = json!({
        "severity": "info", "valid_from": "2020-01-01T00:00", "valid_until": "2099-01-01T00:00", "everything": true,
        "text": {"de": "Gut."},
    });
    for (key, wrong, named) in [
        ("severity", json!("laut"), "severity"),
        ("valid_until", json!("morgen"), "morgen"),
        ("valid_until", json!("2019-01-01T00:00"), "valid_until"),
        ("everything", json!(false), "nothing"),
        ("text", json!({"en": "Only English."}), "de"),
        ("text", json!({}), "German"),
        ("suspends", json!(["alles"]), "alles"),
        ("instead", json!({"de": "Nichts wird ersetzt."}), "instead"),
        ("text", json!({"de": "[Falle](javascript:alert(1))"}), "https"),
    ] {
        let mut notice = sound.clone();
        notice[key] = wrong;
        let put = visitor.request(Method::PUT, "/api/v1/notices/x").bearer_auth(KEY).json(&notice);
        let answer = visitor.sends(put).await;
        assert_eq!(answer.refusal(), (400, "invalid_notice".to_owned()), "{notice}");
        let details = answer.json()["error"]["details"].to_string();
        assert!(details.contains(named), "{key}: {details}");
    }
    for words in [
        ["--service", "gibt-es-nicht", "--until", FOREVER],
        ["--office", "nirgends", "--until", FOREVER],
        ["--service", "kfz-abmeldung", "--until", "gestern"],
        ["--service", "kfz-abmeldung", "--until", "2020-01-01"],
    ] {
        let said = told(&running, &[&["notice", "add", "--text", "Falsch."], &words[..]].concat()).await;
        assert_eq!(said.code, 2, "{words:?}: {}", said.everything());
        let named = if words[1] == "kfz-abmeldung" { words[3] } else { words[1] };
        assert!(said.err.contains(named), "{words:?}: {}", said.err);
    }
    assert!(told(&running, &["notice", "list"]).await.out.contains("no notice"));
}

#[test]
fn a_broken_crisis_plan_is_named_before_it_is_needed() {
    let config = OwnConfig::new();
    config.replace("crisis.toml", "suspends = [\"appointment\", \"online\"]", "suspends = [\"alles\"]");
    let said = auskunft(["check"]).config(&config).run();
    assert_eq!(said.code, 2, "{}", said.everything());
    assert!(said.out.contains("crisis.toml") && said.out.contains("alles"), "{}", said.out);
}

#[actix_web::test]
async fn static_pages_are_written_beside_the_server_and_know_the_latest_notice() {
    let running = Program::start().ready().await;
    let folder = tempfile::tempdir().expect("a folder");
    let pages = folder.path().join("pages");
    let target = pages.to_str().expect("a path in UTF-8");
    assert_eq!(told(&running, &["crisis", "on"]).await.code, 0);
    let begin = Instant::now();
    let said = told(&running, &["export", "--static", target]).await;
    assert_eq!(said.code, 0, "{}", said.everything());
    // Within 5 s as released; this program is not optimised and the machine is busy.
    assert!(begin.elapsed() < Duration::from_secs(30), "{:?}", begin.elapsed());
    let read = |name: &str| std::fs::read_to_string(pages.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(read("index.html").contains("Unsere Technik ist zurzeit gestört"));
    assert!(read("tr/index.html").contains("arıza"));
    let service = read("leistungen/kfz-umschreibung.html");
    assert!(service.contains("Unsere Technik ist zurzeit gestört") && service.contains("Fahrzeugbrief"));
    assert!(!service.contains("termine-buergerdienste"), "what is down is not linked");
    assert!(read("orte.html").contains("08:00"), "hours are told");

    // A second time it replaces what it wrote, and nothing else.
    std::fs::write(pages.join("alt.html"), "alt").expect("written");
    assert_eq!(told(&running, &["crisis", "off"]).await.code, 0);
    assert_eq!(told(&running, &["export", "--static", target]).await.code, 0);
    assert!(!pages.join("alt.html").exists() && !read("index.html").contains("gestört"));
    let strange = folder.path().join("strange");
    std::fs::create_dir(&strange).expect("made");
    std::fs::write(strange.join("mein-brief.txt"), "wichtig").expect("written");
    let said = told(&running, &["export", "--static", strange.to_str().expect("a path in UTF-8")]).await;
    assert_eq!(said.code, 2);
    assert!(said.err.contains("name another folder") && strange.join("mein-brief.txt").exists(), "{}", said.err);
}

#[test]
fn static_pages_need_neither_server_nor_data() {
    let folder = tempfile::tempdir().expect("a folder");
    let (pages, data) = (folder.path().join("pages"), folder.path().join("data"));
    let said = auskunft([std::ffi::OsStr::new("export"), "--static".as_ref(), pages.as_ref()]).data(&data).run();
    assert_eq!(said.code, 0, "{}", said.everything());
    assert!(pages.join("index.html").exists() && !data.exists(), "nothing is made but the pages");
}

#[test]
fn without_a_plan_everything_goes_on_and_crisis_mode_says_what_it_needs() {
    let config = OwnConfig::new();
    std::fs::remove_file(config.file("crisis.toml")).expect("it was there");
    let said = auskunft(["check"]).config(&config).run();
    assert_eq!(said.code, 0, "{}", said.everything());
    assert!(said.out.contains("remark:") && said.out.contains("crisis.toml"), "{}", said.out);
    let data = tempfile::tempdir().expect("a folder");
    let said = auskunft(["crisis", "on"]).config(&config).data(data.path()).run();
    assert_eq!(said.code, 2);
    assert!(said.err.contains("crisis.toml"), "{}", said.err);
}
