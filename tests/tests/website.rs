//! The website of the real binary: every route keeps its contract, towards visitors and towards other programs.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use auskunft_tests::first_questions::FIRST_QUESTIONS;
use auskunft_tests::own_config::OwnConfig;
use auskunft_tests::program::{Program, Shared, workspace};
use auskunft_tests::visitor::{Answer, Visitor};
use auskunft_tests::wire::Wire;
use reqwest::Method;
use serde_json::{Value, json};

static SITE: Shared = Shared::new(|| Program::start().with_config(OwnConfig::without_rate_limit()));

/// Everything that can be read.
const READABLE: [&str; 19] = [
    "/",
    "/chat",
    "/chat?lang=en",
    "/datenschutz",
    "/barrierefreiheit",
    "/robots.txt",
    "/widget.js",
    "/assets/site.css",
    "/healthz",
    "/readyz",
    "/metrics",
    "/api/v1/greeting",
    "/api/v1/suggest?q=auto",
    "/api/v1/services",
    "/api/v1/services/kfz-umschreibung",
    "/api/v1/offices/buergerservice/hours",
    "/api/v1/offices/buergerservice/closures.ics",
    "/leistungen/kfz-umschreibung",
    "/api/v1/appointments?service=kfz-umschreibung",
];
const DESCRIPTION: &str = "/api/v1/openapi.json";

/// The keys of a reply, as the contract names them.
const REPLY: [&str; 13] = [
    "kind",
    "lang",
    "service",
    "facet",
    "entry",
    "confidence",
    "candidates",
    "blocks",
    "text",
    "source",
    "suggestions",
    "conversation",
    "answer_id",
];

/// The keys of each kind of block.
const BLOCKS: [(&str, &[&str]); 8] = [
    ("text", &["text"]),
    ("checklist", &["items"]),
    (
        "hours",
        &[
            "office",
            "office_name",
            "date",
            "date_label",
            "open",
            "opens",
            "closes",
            "periods",
            "reason",
            "next_opening",
            "next_opening_label",
            "week",
        ],
    ),
    ("appointment", &["service", "office", "label", "url", "note", "slots"]),
    ("contact", &["office", "name", "address", "phones", "email", "website", "note"]),
    ("choices", &["prompt", "choices"]),
    ("notice", &["severity", "text", "valid_until"]),
    ("link", &["label", "url"]),
];

fn assert_keys(value: &Value, keys: &[&str]) {
    for key in keys {
        assert!(value.get(*key).is_some(), "no {key} in {value}");
    }
}

/// The reply is what other programs were promised.
fn assert_contract(reply: &Value) {
    assert_keys(reply, &REPLY);
    let kinds = ["answer", "clarify", "unknown", "chitchat", "handoff", "emergency"];
    assert!(kinds.iter().any(|kind| reply["kind"] == *kind), "{reply}");
    assert!(reply["confidence"].as_f64().is_some_and(|share| (0.0..=1.0).contains(&share)), "{reply}");
    assert!(reply["text"].as_str().is_some_and(|text| !text.trim().is_empty()), "{reply}");
    assert!(reply["answer_id"].as_str().is_some_and(|id| !id.is_empty()), "{reply}");
    for block in reply["blocks"].as_array().expect("blocks are a list") {
        let known = BLOCKS.iter().find(|(kind, _)| block["type"] == *kind);
        let (_, keys) = known.unwrap_or_else(|| panic!("no such block: {block}"));
        assert_keys(block, keys);
    }
    for choice in reply["suggestions"].as_array().expect("suggestions are a list") {
        assert!(choice["label"].is_string() && choice["send"].is_string(), "{choice}");
    }
    if reply["kind"] == "clarify" {
        let count = reply["candidates"].as_array().map_or(0, Vec::len);
        assert!((2..=4).contains(&count), "{reply}");
    }
}

// --- conversing -----------------------------------------------------------------------------------------------------

#[tokio::test]
async fn every_kind_of_reply_keeps_the_contract() {
    let site = SITE.running().await;
    for (question, kind) in [
        ("Was brauche ich, um mein Auto umzumelden?", "answer"),
        ("Habt ihr am Samstag offen?", "answer"),
        ("Wann habt ihr geöffnet?", "answer"),
        ("Führerschein", "clarify"),
        ("wo gibt es die beste pizza", "unknown"),
        ("danke", "chitchat"),
        ("bist du ein roboter", "chitchat"),
        ("ich will mit einem menschen sprechen", "handoff"),
        ("es brennt bei mir", "emergency"),
    ] {
        let reply = Visitor::of(&site).asks(question).await;
        assert_contract(&reply);
        assert_eq!(reply["kind"], kind, "{question}: {reply}");
    }
}

#[tokio::test]
async fn the_first_questions_get_the_right_kind_of_reply() {
    let site = SITE.running().await;
    let mut visitor = Visitor::of(&site);
    for expected in &FIRST_QUESTIONS {
        let reply = visitor.asks(expected.question).await;
        assert_contract(&reply);
        expected.is_met_by(&reply);
    }
}

#[tokio::test]
async fn an_answer_names_its_source_its_date_and_its_revision() {
    let site = SITE.running().await;
    let reply = Visitor::of(&site).asks("Was brauche ich, um mein Auto umzumelden?").await;
    assert_eq!((&reply["service"], &reply["facet"]), (&json!("kfz-umschreibung"), &json!("documents")));
    assert_keys(&reply["source"], &["title", "as_of", "revision", "checked_on", "url"]);
    assert_eq!(reply["source"]["revision"], 1);
    let checklist = reply["blocks"].as_array().and_then(|blocks| blocks.iter().find(|b| b["type"] == "checklist"));
    let items = checklist.and_then(|block| block["items"].as_array()).expect("a checklist");
    assert!(items.len() > 3);
    items.iter().for_each(|item| assert_keys(item, &["text", "when", "note"]));
    for item in items {
        let text = item["text"].as_str().expect("a text");
        assert!(reply["text"].as_str().is_some_and(|plain| plain.contains(text)), "{text} is not in the plain text");
    }
}

#[tokio::test]
async fn the_visitor_carries_the_conversation_and_the_server_none() {
    let site = SITE.running().await;
    let mut visitor = Visitor::of(&site);
    visitor.asks("Was brauche ich, um mein Auto umzumelden?").await;
    let reply = visitor.asks("und was kostet das?").await;
    assert_eq!((&reply["service"], &reply["facet"]), (&json!("kfz-umschreibung"), &json!("fee")));
    assert!(reply["text"].as_str().is_some_and(|text| text.contains('€') || text.contains("Euro")), "{reply}");

    let stranger = Visitor::of(&site).asks("und was kostet das?").await;
    assert_eq!(stranger["service"], Value::Null, "who comes without one begins anew: {stranger}");
}

#[tokio::test]
async fn a_choice_is_taken_by_tap_number_position_and_name() {
    let site = SITE.running().await;
    let asked = Visitor::of(&site).asks("Führerschein").await;
    let second = asked["candidates"][1].clone();
    assert!(second.is_string(), "{asked}");
    for words in ["2", "das zweite", "die 2."] {
        let mut visitor = Visitor::of(&site);
        visitor.asks("Führerschein").await;
        let reply = visitor.asks(words).await;
        assert_eq!((&reply["kind"], &reply["service"]), (&json!("answer"), &second), "{words}");
    }
    let mut visitor = Visitor::of(&site);
    visitor.asks("Führerschein").await;
    let offered = visitor.choices();
    let label = offered[1]["label"].as_str().expect("a label").to_owned();
    assert_eq!(visitor.taps(1).await["service"], second);

    let mut visitor = Visitor::of(&site);
    visitor.asks("Führerschein").await;
    assert_eq!(visitor.asks(&label).await["service"], second, "by its name: {label}");
}

#[tokio::test]
async fn the_greeting_says_that_this_is_an_automatic_assistant() {
    let site = SITE.running().await;
    let visitor = Visitor::of(&site);
    for (language, word) in [("de", "automatische Assistent"), ("en", "automated assistant")] {
        let reply = visitor.gets(&format!("/api/v1/greeting?lang={language}")).await.ok_json();
        assert_contract(&reply);
        assert_eq!((&reply["kind"], &reply["lang"]), (&json!("chitchat"), &json!(language)));
        assert!(reply["text"].as_str().is_some_and(|text| text.contains(word)), "{reply}");
        assert_eq!(reply["suggestions"].as_array().map(Vec::len), Some(4));
    }
}

#[tokio::test]
async fn a_question_in_another_language_is_answered_in_it() {
    let site = SITE.running().await;
    let reply = Visitor::speaking(&site, "en").asks("What are your opening hours on Saturday?").await;
    assert_eq!(reply["lang"], "en", "{reply}");
    assert_contract(&reply);
}

#[tokio::test]
async fn suggestions_fit_what_was_typed_and_nothing_typed_suggests_nothing_wrong() {
    let site = SITE.running().await;
    let visitor = Visitor::of(&site);
    let found = visitor.gets("/api/v1/suggest?q=f%C3%BChrer&lang=de").await.ok_json();
    let found = found["suggestions"].as_array().expect("a list").clone();
    assert!((1..=6).contains(&found.len()));
    for suggestion in &found {
        assert!(
            suggestion["label"].as_str().is_some_and(|label| label.to_lowercase().contains("führer")),
            "{suggestion}"
        );
        assert!(suggestion["send"].is_string());
    }
    for query in ["", "?q=", "?q=%20", "?q=%F0%9F%99%88", "?q=((((("] {
        let found = visitor.gets(&format!("/api/v1/suggest{query}")).await.ok_json();
        assert!(found["suggestions"].is_array(), "{query}");
    }
}

// --- what other programs read ---------------------------------------------------------------------------------------

#[tokio::test]
async fn services_are_listed_and_described() {
    let site = SITE.running().await;
    let visitor = Visitor::of(&site);
    let list = visitor.gets("/api/v1/services?lang=de").await.ok_json();
    let services = list["services"].as_array().expect("a list");
    assert_eq!(services.len(), 61);
    for service in services {
        assert_keys(service, &["slug", "name", "topic", "facets"]);
        let facets = service["facets"].as_array().expect("a list");
        assert!(!facets.is_empty(), "{service}");
    }
    let english = visitor.gets("/api/v1/services/wunschkennzeichen?lang=en").await.ok_json();
    assert_eq!(english["name"], "Personalised number plate");
    assert_contract(&english["answer"]);
    let fee = visitor.gets("/api/v1/services/wunschkennzeichen?facet=fee").await.ok_json();
    assert_eq!(fee["answer"]["facet"], "fee");
    assert_eq!(visitor.gets("/api/v1/services/no-such").await.refusal(), (404, "unknown_service".to_owned()));
    let wrong = visitor.gets("/api/v1/services/wunschkennzeichen?facet=colour").await;
    assert_eq!(wrong.refusal(), (400, "invalid_request".to_owned()));
}

#[tokio::test]
async fn an_offices_hours_are_computed_day_by_day() {
    let site = SITE.running().await;
    let visitor = Visitor::of(&site);
    let address = "/api/v1/offices/buergerservice/hours";
    let hours = visitor.gets(&format!("{address}?from=2026-12-23&to=2026-12-28")).await.ok_json();
    let days = hours["days"].as_array().expect("a list");
    let told: Vec<(&str, usize, &str)> = days
        .iter()
        .map(|day| {
            let open = day["periods"].as_array().map_or(0, Vec::len);
            (day["date"].as_str().unwrap_or_default(), open, day["closed_reason"].as_str().unwrap_or("-"))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("2026-12-23", 1, "-"),
            ("2026-12-24", 0, "Heiligabend"),
            ("2026-12-25", 0, "1. Weihnachtstag"),
            ("2026-12-26", 0, "2. Weihnachtstag"),
            ("2026-12-27", 0, "-"),
            ("2026-12-28", 1, "-"),
        ]
    );
    assert_eq!(days[0]["periods"][0], json!({"opens": "08:00", "closes": "17:00"}));
    assert_eq!(visitor.gets(address).await.ok_json()["days"].as_array().map(Vec::len), Some(7), "usually a week");
    for (query, code) in [
        ("?from=2026-12-28&to=2026-12-23", "invalid_period"),
        ("?from=2026-01-01&to=2036-01-01", "invalid_period"),
        ("?from=heute", "invalid_period"),
        ("?from=9999999-12-31", "invalid_period"),
        ("?from=+262142-12-31", "invalid_period"),
    ] {
        assert_eq!(visitor.gets(&format!("{address}{query}")).await.refusal(), (400, code.to_owned()), "{query}");
    }
    assert_eq!(visitor.gets("/api/v1/offices/no-such/hours").await.refusal(), (404, "unknown_office".to_owned()));
}

#[tokio::test]
async fn an_appointment_is_a_link_or_words_how_else() {
    let site = SITE.running().await;
    let visitor = Visitor::of(&site);
    let ways =
        visitor.gets("/api/v1/appointments?service=kfz-umschreibung&office=zulassungsstelle-soest").await.ok_json();
    let way = &ways["appointments"][0];
    assert_keys(way, &["office", "label", "url", "note", "slots"]);
    assert!(way["url"].as_str().is_some_and(|url| url.starts_with("https://")), "{way}");
    assert_eq!(way["office"], "zulassungsstelle-soest");
    let ways = visitor.gets("/api/v1/appointments?service=jaegerpruefung").await.ok_json();
    let way = &ways["appointments"][0];
    assert_eq!(way["url"], Value::Null);
    assert!(way["note"].as_str().is_some_and(|note| note.len() > 20), "{way}");
    for (query, status, code) in [
        ("?service=no-such", 404, "unknown_service"),
        ("?service=kfz-umschreibung&office=no-such", 404, "unknown_office"),
        ("", 400, "invalid_request"),
    ] {
        let answer = visitor.gets(&format!("/api/v1/appointments{query}")).await;
        assert_eq!(answer.refusal(), (status, code.to_owned()), "{query}");
    }
}

#[tokio::test]
async fn a_verdict_is_counted_once_and_only_for_an_answer_of_this_desk() {
    let site = SITE.running().await;
    let mut visitor = Visitor::of(&site);
    let reply = visitor.asks("Was kostet es, ein Auto abzumelden?").await;
    let verdict = json!({"answer_id": reply["answer_id"], "helpful": true, "comment": "Danke, Max Muster, SO-AB 123"});
    for _ in 0..2 {
        let answer = visitor.posts("/api/v1/feedback", &verdict).await;
        assert_eq!((answer.status, answer.text().as_str()), (204, ""));
    }
    let metrics = visitor.gets("/metrics").await.text();
    let service = reply["service"].as_str().expect("a service");
    let counted = metrics.lines().find(|line| line.starts_with("auskunft_feedback") && line.contains(service));
    assert!(counted.is_some_and(|line| line.ends_with(" 1")), "{metrics}");
    assert!(!metrics.contains("Muster") && !site.log().contains("Muster"), "a comment is nobody's business");
    for made_up in ["", "kfz-umschreibung", "no-such.fee.0000000000000001", "../../etc/passwd", "a.b.c.d"] {
        let verdict = json!({"answer_id": made_up, "helpful": true});
        let answer = visitor.posts("/api/v1/feedback", &verdict).await;
        assert_eq!(answer.refusal(), (400, "invalid_answer_id".to_owned()), "{made_up}");
    }
    let answer = visitor.posts("/api/v1/feedback", &json!({"answer_id": reply["answer_id"], "helpful": "very"})).await;
    assert_eq!(answer.refusal(), (400, "invalid_request".to_owned()));
}

#[tokio::test]
async fn the_description_names_every_route_of_the_api_and_each_is_there() {
    let site = SITE.running().await;
    let visitor = Visitor::of(&site);
    let answer = visitor.gets(DESCRIPTION).await;
    assert_eq!(answer.header("content-type"), "application/json");
    let description = answer.ok_json();
    assert!(description["openapi"].as_str().is_some_and(|version| version.starts_with("3.")));
    for (path, method) in [
        ("/api/v1/messages", "post"),
        ("/api/v1/greeting", "get"),
        ("/api/v1/suggest", "get"),
        ("/api/v1/services", "get"),
        ("/api/v1/services/{slug}", "get"),
        ("/api/v1/offices/{id}/hours", "get"),
        ("/api/v1/appointments", "get"),
        ("/api/v1/feedback", "post"),
    ] {
        assert!(description["paths"][path][method].is_object(), "{method} {path} is not described");
    }
    for (path, methods) in description["paths"].as_object().expect("paths") {
        for method in methods.as_object().expect("methods").keys() {
            let address = path.replace("{slug}", "kfz-umschreibung").replace("{id}", "buergerservice");
            let method: Method = method.to_uppercase().parse().expect("a method");
            let answer = visitor.sends(visitor.request(method.clone(), &address)).await;
            assert!(![404, 405].contains(&answer.status), "{method} {address}: {}", answer.status);
        }
    }
    let committed =
        std::fs::read_to_string(workspace().join("web-widget/server/openapi.json")).expect("it is committed");
    let committed: Value = serde_json::from_str(&committed).expect("JSON");
    assert_eq!(description, committed, "web-widget/server/openapi.json is not what the server says");
}

// --- pages ----------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn the_widget_is_served_once_to_any_site_and_then_known() {
    let site = SITE.running().await;
    let visitor = Visitor::of(&site);
    let first = visitor.gets("/widget.js").await;
    assert_eq!(first.status, 200);
    assert_eq!(first.header("content-type"), "application/javascript; charset=utf-8");
    assert_eq!(first.header("access-control-allow-origin"), "*");
    assert!(first.text().contains("auskunft-chat"));
    let known = visitor.request(Method::GET, "/widget.js").header("if-none-match", first.header("etag"));
    let again = visitor.sends(known).await;
    assert_eq!((again.status, again.text().as_str()), (304, ""));
}

#[tokio::test]
async fn the_sample_page_embeds_the_widget_as_a_site_owner_would() {
    let site = SITE.running().await;
    let page = Visitor::of(&site).gets("/").await.text();
    assert_eq!(page.matches("<script").count(), 1, "{page}");
    assert!(page.contains("<script src=\"/widget.js\" defer></script>"), "{page}");
    assert_eq!(page.matches("<auskunft-chat ").count(), 1, "{page}");
    assert!(page.contains("<a href=\"/chat\">"), "useful before JavaScript: {page}");
    for foreign in ["http://", "//cdn", "style=\"", "onclick"] {
        assert!(!page.contains(foreign), "{foreign}: {page}");
    }
}

#[tokio::test]
async fn the_chat_page_converses_without_javascript() {
    let site = SITE.running().await;
    let visitor = Visitor::of(&site);
    let page = visitor.gets("/chat").await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let page = page.text();
    assert!(page.contains("automatische") && page.contains("<textarea") && !page.contains("<script"), "{page}");

    let page = says(&visitor, "Was brauche ich, um mein Auto umzumelden?", &hidden(&page, "conversation")).await;
    assert!(page.contains("Zulassungsbescheinigung") && page.contains("<li>"), "{page}");
    assert!(page.contains("https://termine-buergerdienste.kreis-soest.de"), "{page}");
    let page = says(&visitor, "und was kostet das?", &hidden(&page, "conversation")).await;
    assert!(page.contains("Fahrzeug umschreiben"), "the conversation is carried by the form: {page}");

    let page = says(&visitor, "<script>alert(1)</script><b onmouseover=x>", "").await;
    assert!(!page.contains("<script") && !page.contains("<b on"), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
}

#[tokio::test]
async fn a_mistake_on_the_chat_page_appears_beside_the_field_that_still_holds_it() {
    let site = SITE.running().await;
    let visitor = Visitor::of(&site);
    let long = "x".repeat(1001);
    let form = [("text", long.as_str()), ("conversation", "")];
    let answer = visitor.sends(visitor.request(Method::POST, "/chat").form(&form)).await;
    assert_eq!(answer.status, 400);
    let page = answer.text();
    assert!(
        page.contains("id=\"mistake\"") && page.contains("aria-invalid=\"true\"") && page.contains(&long),
        "{page}"
    );
    let answer = visitor.sends(visitor.request(Method::POST, "/chat").json(&json!({"text": "hallo"}))).await;
    assert_eq!(answer.status, 415, "{}", answer.text());
}

async fn says(visitor: &Visitor, text: &str, conversation: &str) -> String {
    let form = [("text", text), ("conversation", conversation), ("lang", "de")];
    let answer = visitor.sends(visitor.request(Method::POST, "/chat").form(&form)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text()
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let begin = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.split_once(&begin).unwrap_or_else(|| panic!("no hidden {name}: {page}"));
    rest.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn legal_pages_and_health_are_there() {
    let site = SITE.running().await;
    let visitor = Visitor::of(&site);
    for (path, word) in [
        ("/datenschutz", "Datenschutz"),
        ("/barrierefreiheit", "Barrierefreiheit"),
        ("/healthz", "ok"),
        ("/readyz", "ready"),
        ("/metrics", "auskunft_requests_total"),
        ("/robots.txt", "User-agent"),
    ] {
        let answer = visitor.gets(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.text().contains(word), "{path}: {}", answer.text());
    }
}

// --- what holds for every route -------------------------------------------------------------------------------------

/// Every answer the site gives: pages, data, files, refusals.
async fn every_answer(visitor: &Visitor) -> Vec<(String, Answer)> {
    let mut answers = Vec::new();
    for path in READABLE.into_iter().chain([DESCRIPTION, "/nothing", "/api/v1/nothing"]) {
        for method in [Method::GET, Method::HEAD, Method::POST, Method::DELETE, Method::OPTIONS] {
            let request = visitor.request(method.clone(), path).header("origin", "https://evil.example");
            answers.push((format!("{method} {path}"), visitor.sends(request).await));
        }
    }
    for (path, body) in [
        ("/api/v1/messages", json!({"text": "Auto abmelden"})),
        ("/api/v1/messages", json!({"text": ""})),
        ("/api/v1/feedback", json!({"answer_id": "x", "helpful": false})),
    ] {
        let request = visitor.request(Method::POST, path).header("origin", "https://evil.example").json(&body);
        answers.push((format!("POST {path}"), visitor.sends(request).await));
    }
    let form = visitor.request(Method::POST, "/chat").form(&[("text", "Auto abmelden")]);
    answers.push(("POST /chat".to_owned(), visitor.sends(form).await));
    answers
}

#[tokio::test]
async fn every_answer_carries_its_security_headers_and_never_a_cookie_or_a_banner() {
    let site = SITE.running().await;
    for (what, answer) in every_answer(&Visitor::of(&site)).await {
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{what}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{what}");
        assert!(answer.header("permissions-policy").contains("geolocation=()"), "{what}");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src ") && policy.contains("frame-ancestors 'none'"), "{what}: {policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("unsafe-eval"), "{what}: {policy}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{what}");
        assert!(!answer.header("cache-control").is_empty(), "{what}");
        let names = answer.header_names();
        for unwanted in ["set-cookie", "server", "x-powered-by", "strict-transport-security"] {
            assert!(!names.contains(&unwanted), "{what} sends {unwanted}");
        }
        assert!(answer.status < 500, "{what}: {}", answer.status);
    }
}

#[tokio::test]
async fn other_sites_may_read_the_api_and_the_widget_but_never_with_credentials() {
    let site = SITE.running().await;
    let visitor = Visitor::of(&site);
    for (what, answer) in every_answer(&visitor).await {
        let is_public = what.contains(" /api/v1/") || (what.contains(" /widget.js") && answer.status < 400);
        let allowed = if is_public { "*" } else { "" };
        assert_eq!(answer.header("access-control-allow-origin"), allowed, "{what}");
        assert_eq!(answer.header("access-control-allow-credentials"), "", "{what}");
    }
    let preflight = visitor
        .request(Method::OPTIONS, "/api/v1/messages")
        .header("origin", "https://www.example.org")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type");
    let answer = visitor.sends(preflight).await;
    assert_eq!((answer.status, answer.header("access-control-allow-headers")), (204, "content-type"));
    assert!(answer.header("access-control-allow-methods").contains("POST"));
}

#[tokio::test]
async fn an_error_has_a_code_for_programs_and_words_for_the_person() {
    let site = SITE.running().await;
    let visitor = Visitor::of(&site);
    let mut seen = Vec::new();
    for language in ["de", "en", "tr"] {
        let request = visitor.request(Method::POST, "/api/v1/messages").header("accept-language", language);
        let answer = visitor.sends(request.json(&json!({"text": ""}))).await;
        assert_eq!(answer.refusal(), (400, "empty_question".to_owned()));
        seen.push(answer.json()["error"]["message"].clone());
    }
    assert_ne!(seen[0], seen[1], "German and English differ");
    let page = visitor.gets("/nothing").await;
    assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(page.text().contains("<a href=\"/chat"), "an error page leads back to the desk: {}", page.text());
}

/// Leichte Sprache says one thing a paragraph.
#[tokio::test]
async fn words_of_several_paragraphs_keep_them_on_the_pages_of_the_desk_itself() {
    let site = SITE.running().await;
    let visitor = Visitor::of(&site);
    let request = visitor.request(Method::GET, "/nothing").header("accept-language", "de-simple");
    let page = visitor.sends(request).await.text();
    assert!(page.contains("<p>Diese Seite gibt es nicht.</p><p>Vielleicht ist die Adresse alt.</p>"), "{page}");

    let form = visitor.request(Method::POST, "/chat").form(&[("text", ""), ("lang", "de-simple")]);
    let page = visitor.sends(form).await.text();
    let mistake = page.split_once("id=\"mistake\"").and_then(|(_, rest)| rest.split_once("</div>"));
    assert!(mistake.is_some_and(|(words, _)| words.matches("<p>").count() > 1), "{page}");
}

#[tokio::test]
async fn links_are_never_built_from_what_a_request_calls_its_host() {
    let site = SITE.running().await;
    for path in ["/", "/chat", "/nothing", "/api/v1/nothing", DESCRIPTION] {
        let mut wire = Wire::to(&site);
        wire.sends(format!(
            "GET {path} HTTP/1.1\r\nhost: evil.example\r\nx-forwarded-host: evil.example\r\nx-forwarded-proto: https\r\n\
             connection: close\r\n\r\n"
        ));
        let said = wire.hears().text();
        assert!(said.starts_with("HTTP/1.1 ") && !said.contains("evil.example"), "{path}: {said}");
        assert!(!said.to_lowercase().contains("strict-transport-security"), "no proxy of ours said so: {said}");
    }
}

#[tokio::test]
async fn who_asks_too_fast_is_told_how_long_to_wait() {
    let config = OwnConfig::new();
    config.insert_after(
        "auskunft.toml",
        "[server]",
        "rate_per_minute = 2\nallowed_origins = [\"https://*.example.org\"]",
    );
    let site = Program::start().with_config(config).ready().await;
    let visitor = Visitor::of(&site);
    for _ in 0..2 {
        assert_eq!(visitor.asks_anything("Auto abmelden").await.status, 200);
    }
    let answer = visitor.asks_anything("Auto abmelden").await;
    assert_eq!(answer.refusal(), (429, "too_many_requests".to_owned()));
    assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|seconds| (1..=60).contains(&seconds)));
    assert_eq!(visitor.gets("/healthz").await.status, 200, "machines of the operator are not counted");
    assert_eq!(visitor.gets("/api/v1/greeting").await.status, 200, "reading is counted apart");

    for (origin, allowed) in [
        ("https://www.example.org", "https://www.example.org"),
        ("https://evil-example.org", ""),
        ("https://example.org.evil.example", ""),
        ("null", ""),
    ] {
        let answer = visitor.sends(visitor.request(Method::GET, "/api/v1/services").header("origin", origin)).await;
        assert_eq!(answer.header("access-control-allow-origin"), allowed, "{origin}");
        assert_eq!(answer.header("vary"), "Origin");
    }
}

// --- the end --------------------------------------------------------------------------------------------------------

#[tokio::test(flavor = "multi_thread")]
async fn a_signal_under_load_aborts_no_request() {
    let running = Arc::new(Program::start().with_config(OwnConfig::without_rate_limit()).ready().await);
    let (is_draining, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let mut clients = Vec::new();
    for _ in 0..16 {
        let (running, is_draining, answered) = (running.clone(), is_draining.clone(), answered.clone());
        clients.push(tokio::spawn(async move {
            // As behind a load balancer: nobody sends a new request to a server that says it is not ready.
            while !is_draining.load(Ordering::SeqCst) {
                let answer = Visitor::of(&running).asks_anything("Was kostet es, ein Auto abzumelden?").await;
                assert_eq!(answer.status, 200, "{}", answer.text());
                answered.fetch_add(1, Ordering::SeqCst);
            }
        }));
    }
    let watcher = Visitor::of(&running);
    while answered.load(Ordering::SeqCst) < 50 {
        tokio::task::yield_now().await;
        assert!(clients.iter().all(|client| !client.is_finished()), "a client failed");
        assert_eq!(watcher.gets("/readyz").await.status, 200);
    }

    // A request that is under way when the signal comes, and whose body comes when nobody new is let in any more.
    let body = json!({"text": "Auto abmelden"}).to_string();
    let mut slow = Wire::to(&running);
    slow.sends(format!(
        "POST /api/v1/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{}",
        body.len(),
        &body[..5]
    ));
    // Connections are accepted in their order, so once this new one is answered the slow one is in.
    assert_eq!(Visitor::of(&running).gets("/healthz").await.status, 200);
    running.ask_to_stop();
    let mut said_not_ready = false;
    while let Ok(answer) = watcher.tries(watcher.request(Method::GET, "/readyz")).await {
        if answer.status == 503 {
            said_not_ready = true;
            is_draining.store(true, Ordering::SeqCst);
        }
    }
    assert!(said_not_ready, "it says that it is not ready before it stops listening");
    for client in clients {
        client.await.expect("no request was aborted");
    }
    assert!(slow.sends(&body[5..]), "the request that is under way may finish");
    assert_eq!(slow.hears().statuses(), [200]);
    let running = Arc::into_inner(running).expect("all clients are gone");
    let status = running.ended().await;
    assert!(status.success(), "{status}");
}

#[tokio::test]
async fn the_page_of_a_service_has_hours_and_a_calendar_of_closures() {
    let site = SITE.running().await;
    let visitor = Visitor::of(&site);
    let page = visitor.gets("/leistungen/kfz-umschreibung").await.text();
    for part in
        ["Zulassungsstelle Lippstadt", "Montag", "08:00–16:00", "/api/v1/offices/zulassungsstelle-soest/closures.ics"]
    {
        assert!(page.contains(part), "no {part} in {page}");
    }
    let answer = visitor.gets("/api/v1/offices/buergerservice/closures.ics?lang=de").await;
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    let calendar = answer.text();
    assert!(calendar.contains("SUMMARY:Bürgerservice im Kreishaus: geschlossen (Heiligabend)\r\n"), "{calendar}");
    assert_eq!(visitor.gets("/api/v1/offices/nirgends/closures.ics").await.status, 404);
}

#[actix_web::test]
async fn a_list_becomes_a_calendar_entry_at_the_time_its_reader_names() {
    let site = SITE.running().await;
    let visitor = Visitor::of(&site);
    let asked =
        [("text", "Ich bin KANARI-7f3a. Welche Unterlagen brauche ich, um mein Auto umzumelden?"), ("lang", "de")];
    let page = visitor.sends(visitor.request(Method::POST, "/chat").form(&asked)).await.text();
    assert!(page.contains("action=\"/chat/kalender\"") && page.contains("In den Kalender"), "the page offers it");
    let when = [asked[0], asked[1], ("when", "2026-11-30T08:20")];
    let answer = visitor.sends(visitor.request(Method::POST, "/chat/kalender").form(&when)).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/calendar; charset=utf-8"));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"kfz-umschreibung.ics\"");
    let text = answer.text();
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let unfolded = text.replace("\r\n ", "");
    for part in ["DTSTART:20261130T072000Z", "LOCATION:", "- Zulassungsbescheinigung Teil II", "Zulassungsstelle Soest"]
    {
        assert!(unfolded.contains(part), "no {part} in {unfolded}");
    }
    assert!(!unfolded.contains("KANARI"), "what was asked stays out of the file");
    let refused = visitor.sends(visitor.request(Method::POST, "/chat/kalender").form(&asked)).await;
    assert_eq!(refused.status, 400);
    assert!(refused.text().contains("Tag und Uhrzeit"), "{}", refused.text());
}
