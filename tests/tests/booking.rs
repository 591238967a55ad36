//! Free appointments through the real binary, before a booking system that answers, fails, lies and comes back.

use std::time::{Duration, Instant};

use auskunft_tests::booking_system::{FakeBooking, Trouble};
use auskunft_tests::command_line::{Said, auskunft};
use auskunft_tests::own_config::OwnConfig;
use auskunft_tests::program::{Program, Running};
use auskunft_tests::telegram::FakeTelegram;
use auskunft_tests::visitor::Visitor;
use reqwest::Method;
use serde_json::Value;
use tokio::task::JoinSet;

const QUESTION: &str = "Termin für die Ummeldung meines Autos";
const SECRET: &str = "geheimer-schluessel-7f3a";

/// The shipped configuration with this system for cars in Soest and Lippstadt.
fn mapped(system: &str, service_key: &str, keys: [&str; 2], url: &str) -> OwnConfig {
    let config = OwnConfig::without_rate_limit();
    let text = config.text("booking.toml");
    let [soest, lippstadt] = keys;
    let (head, rest) = text.split_at(text.find("[portal]").expect("the portal"));
    config.write(
        "booking.toml",
        format!(
            "{head}inner_hosts = [\"127.0.0.1\"]\n\n{rest}\n\n[[system]]\n{}\n\
             services = {{ kfz-umschreibung = \"{service_key}\" }}\n\
             offices = {{ zulassungsstelle-soest = \"{soest}\", zulassungsstelle-lippstadt = \"{lippstadt}\" }}\n",
            system.replace("{url}", url)
        ),
    );
    config
}

fn zms(fake: &FakeBooking) -> OwnConfig {
    let system = "kind = \"zms\"\napi = \"{url}/api/citizen\"\npage = \"https://termine.example.org/\"";
    mapped(system, "1001", ["4711", "4712"], fake.url())
}

fn easy_appointments(fake: &FakeBooking) -> OwnConfig {
    mapped("kind = \"easyappointments\"\napi = \"{url}\"", "5", ["2", "3"], fake.url())
}

async fn serving(config: OwnConfig) -> Running {
    Program::start().with_config(config).env("AUSKUNFT_BOOKING_TOKEN", SECRET).ready().await
}

fn appointments(reply: &Value) -> Vec<&Value> {
    blocks(reply, "appointment")
}

fn blocks<'a>(reply: &'a Value, kind: &str) -> Vec<&'a Value> {
    let blocks = reply["blocks"].as_array().expect("a reply has blocks");
    blocks.iter().filter(|block| block["type"] == kind).collect()
}

/// Asks until free times are told: the first question may only have set the look-up going.
async fn sees_free_times(visitor: &mut Visitor) -> Value {
    let begin = Instant::now();
    loop {
        let reply = visitor.asks(QUESTION).await;
        if appointments(&reply).iter().any(|block| block["slots"].as_array().is_some_and(|slots| !slots.is_empty())) {
            return reply;
        }
        assert!(begin.elapsed() < Duration::from_secs(20), "no free times are told: {}", reply["text"]);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[actix_web::test]
async fn the_earlier_office_is_told_first_with_its_free_times_and_its_link() {
    let fake = FakeBooking::open().await;
    fake.has_free(&[("4711", 5), ("4712", 3)]);
    let running = serving(zms(&fake)).await;
    let reply = sees_free_times(&mut Visitor::of(&running)).await;
    let told = appointments(&reply);
    assert_eq!(told[0]["office"], "zulassungsstelle-lippstadt");
    assert_eq!(told[1]["office"], "zulassungsstelle-soest");
    assert_eq!(told[0]["slots"].as_array().map(Vec::len), Some(2));
    assert_eq!(told[0]["url"], "https://termine.example.org/?exclusiveLocation=1#/services/1001/locations/4712");
    assert!(told[0]["as_of"].is_string());
    let text = reply["text"].as_str().expect("a text");
    assert!(text.contains("2 Tage früher"), "{text}");

    let api = Visitor::of(&running).gets("/api/v1/appointments?service=kfz-umschreibung").await.ok_json();
    let ways = api["appointments"].as_array().expect("a list");
    assert_eq!(ways.len(), 2);
    assert!(ways.iter().all(|way| way["slots"].as_array().is_some_and(|slots| slots.len() == 2)), "{api}");
    let visitor = Visitor::of(&running);
    let form = visitor.request(Method::POST, "/chat").form(&[("text", QUESTION), ("lang", "de")]);
    let page = visitor.sends(form).await.text();
    assert!(page.contains("exclusiveLocation=1#/services/1001/locations/4712"), "/chat shows the way too");
}

#[actix_web::test]
async fn easy_appointments_is_read_with_its_token_and_the_token_is_nowhere_else() {
    let fake = FakeBooking::open().await;
    let config = easy_appointments(&fake);
    let call = auskunft(["check", "--online"]).config(&config).env("AUSKUNFT_BOOKING_TOKEN", SECRET);
    let said = tokio::task::spawn_blocking(move || call.run()).await.expect("it ends");
    assert_eq!(said.code, 0, "{}", said.everything());
    assert!(said.out.contains("2 pairs"), "{}", said.out);
    let running = serving(config).await;
    let reply = sees_free_times(&mut Visitor::of(&running)).await;
    assert!(appointments(&reply).iter().all(|block| block["slots"].as_array().is_some_and(|slots| slots.len() == 3)));
    assert!(fake.heard().iter().all(|line| line.contains(&format!("authorization: bearer {SECRET}"))));
    let everything = format!("{}{}{}", said.everything(), running.log(), reply);
    assert!(!everything.contains(SECRET), "the token is shown");
}

#[actix_web::test]
async fn nothing_about_a_citizen_leaves_the_house_and_nothing_is_reserved() {
    let fake = FakeBooking::open().await;
    fake.has_free(&[("4711", 1)]);
    let running = serving(zms(&fake)).await;
    let mut visitor = Visitor::of(&running);
    visitor.asks("Ich bin KANARI-7f3a, SO-AB 123, Termin für die Ummeldung meines Autos").await;
    sees_free_times(&mut visitor).await;
    for line in fake.heard() {
        assert!(line.starts_with("get ") && line.ends_with("body of 0 bytes"), "{line}");
        for private in ["kanari", "so-ab", "ummeldung", "cookie", "forwarded", "referer"] {
            assert!(!line.contains(private), "{line}");
        }
    }
}

#[actix_web::test]
async fn many_people_at_once_cost_the_booking_system_one_call_for_each_office() {
    let fake = FakeBooking::open().await;
    fake.has_free(&[("4711", 1), ("4712", 1)]);
    fake.gets(Trouble::Slow(Duration::from_secs(1)));
    let running = serving(zms(&fake)).await;
    let mut people = JoinSet::new();
    for _ in 0..30 {
        let mut visitor = Visitor::of(&running);
        people.spawn(async move { visitor.asks(QUESTION).await });
    }
    while let Some(reply) = people.join_next().await {
        assert_eq!(reply.expect("answered")["kind"], "answer");
    }
    sees_free_times(&mut Visitor::of(&running)).await;
    assert_eq!(fake.look_ups(), 2, "{:?}", fake.heard());
}

/// Whatever the system does, the answer comes soon and leads on: the link, and two ways to people.
#[actix_web::test]
async fn every_trouble_leaves_a_link_and_two_ways_to_people() {
    let troubles = [
        Trouble::Slow(Duration::from_secs(5)),
        Trouble::Status(500),
        Trouble::Status(429),
        Trouble::Html,
        Trouble::Huge,
        Trouble::Redirect("http://169.254.169.254/latest/meta-data".to_owned()),
        Trouble::Redirect("http://[::1]/".to_owned()),
        Trouble::WrongTypes,
        Trouble::Truncated,
    ];
    for trouble in troubles {
        let fake = FakeBooking::open().await;
        fake.has_free(&[("4711", 1), ("4712", 1)]);
        fake.gets(trouble.clone());
        let running = serving(zms(&fake)).await;
        let mut visitor = Visitor::of(&running);
        for _ in 0..2 {
            let begin = Instant::now();
            let reply = visitor.asks(QUESTION).await;
            // 300 ms for the booking system, the rest for a busy machine.
            assert!(begin.elapsed() < Duration::from_millis(1300), "{trouble:?}: {:?}", begin.elapsed());
            let told = appointments(&reply);
            assert_eq!(told.len(), 1, "{trouble:?}: {}", reply["text"]);
            assert_eq!(told[0]["url"], "https://termine-buergerdienste.kreis-soest.de", "{trouble:?}");
            assert!(blocks(&reply, "contact").len() >= 2, "{trouble:?}: {}", reply["text"]);
            assert!(!reply.to_string().contains("javascript:"), "{trouble:?}");
        }
        assert!(!running.log().contains("Wartung"), "what a booking system says is not logged");
    }
}

#[actix_web::test]
async fn a_system_that_fails_during_a_conversation_is_left_alone_and_taken_back() {
    let fake = FakeBooking::open().await;
    fake.has_free(&[("4711", 2), ("4712", 2)]);
    fake.gets(Trouble::Status(503));
    let running = serving(zms(&fake)).await;
    let mut visitor = Visitor::of(&running);
    for _ in 0..20 {
        let reply = visitor.asks(QUESTION).await;
        assert_eq!(appointments(&reply).len(), 1);
    }
    let calls = fake.heard().len();
    assert!(calls <= 8, "a failing system is asked {calls} times");
    // Whoever asks about something else notices nothing.
    assert_eq!(visitor.asks("Was kostet das?").await["kind"], "answer");
}

#[actix_web::test]
async fn telegram_names_the_free_times_and_opens_the_page() {
    let fake = FakeBooking::open().await;
    fake.has_free(&[("4711", 5), ("4712", 3)]);
    let telegram = FakeTelegram::start().await;
    let running = Program::start()
        .with_config(zms(&fake))
        .env("TELOXIDE_TOKEN", FakeTelegram::TOKEN)
        .env("TELOXIDE_API_URL", telegram.url())
        .ready()
        .await;
    sees_free_times(&mut Visitor::of(&running)).await;
    let anna = telegram.person(7);
    anna.writes(QUESTION);
    let told = anna.receives().await;
    assert!(told.text.contains("2 Tage früher"), "{}", told.text);
    assert!(told.text.contains("Zulassungsstelle Lippstadt"), "{}", told.text);
    telegram.finish().await;
    drop(running);
}

#[test]
fn a_check_asks_the_booking_systems_only_if_told_to_and_names_what_they_do_not_know() {
    actix_web::rt::System::new().block_on(async {
        let fake = FakeBooking::open().await;
        let system = "kind = \"zms\"\napi = \"{url}/api/citizen\"\npage = \"https://termine.example.org/\"";
        let wrong = mapped(system, "1001", ["4711", "9999"], fake.url());
        let offline = checked(&wrong, &["check"]).await;
        assert_eq!((offline.code, fake.heard().len()), (0, 0), "{}", offline.everything());
        let online = checked(&wrong, &["check", "--online"]).await;
        assert_eq!(online.code, 2);
        assert!(online.out.contains("kfz-umschreibung") && online.out.contains("9999"), "{}", online.out);
        let together = mapped(system, "1002", ["4711", "4712"], fake.url());
        assert_eq!(checked(&together, &["check", "--online"]).await.code, 2);
        // A system that is down today is no mistake in the file.
        fake.gets(Trouble::Status(503));
        let down = checked(&zms(&fake), &["check", "--online"]).await;
        assert_eq!(down.code, 0, "{}", down.everything());
        assert!(down.out.contains("remark:"), "{}", down.out);
    });
}

#[test]
fn addresses_in_the_own_network_are_refused_unless_they_are_allowed() {
    for address in ["http://127.0.0.1:9", "https://[::1]", "http://0x7f.1", "https://169.254.169.254", "file:///etc"] {
        let system = "kind = \"zms\"\napi = \"{url}/api\"\npage = \"https://termine.example.org/\"";
        let config = mapped(system, "1001", ["4711", "4712"], address);
        config.replace("booking.toml", "inner_hosts = [\"127.0.0.1\"]", "inner_hosts = []");
        let said = auskunft(["check"]).config(&config).run();
        assert_eq!(said.code, 2, "{address}: {}", said.everything());
        assert!(said.out.contains("booking.toml"), "{address}: {}", said.out);
    }
}

/// Beside the running fake, so on a thread of its own.
async fn checked(config: &OwnConfig, words: &[&'static str]) -> Said {
    let call = auskunft(words.to_vec()).config(config);
    tokio::task::spawn_blocking(move || call.run()).await.expect("it ends")
}
