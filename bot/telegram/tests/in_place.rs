//! An answer takes the place of its question where it fits one message.

mod support;

use faq_engine::catalogue::CatalogueParts;
use faq_engine::facet::Facet;
use faq_testkit::catalogue::{german, slug, texts};
use faq_testkit::county;
use serde_json::Value;
use support::{Call, Desk};

/// A desk that asks back what "neue Papiere" are, and tells this about both.
async fn asked_back(overview: &str) -> Vec<Call> {
    let mut parts: CatalogueParts = county::parts();
    for name in ["personalausweis", "kfz-ummeldung"] {
        let service = parts.services.iter_mut().find(|service| service.slug == slug(name)).expect("a service");
        service.texts = texts([(Facet::Overview, german(overview))]);
    }
    let mut desk = Desk::open(parts).await;
    let asked = desk.answers("neue Papiere").await;
    let [(method, question)] = asked.as_slice() else { panic!("{asked:?}") };
    assert_eq!(method, "sendmessage");
    let mut said = desk.answers_tap(question).await;
    said.retain(|(method, _)| method != "answercallbackquery");
    said
}

fn methods(said: &[Call]) -> Vec<&str> {
    said.iter().map(|(method, _)| method.as_str()).collect()
}

#[tokio::test]
async fn a_short_answer_takes_the_place_of_its_question() {
    let said = asked_back("Kurz gesagt: ja.").await;
    assert_eq!(methods(&said), ["editmessagetext"]);
    assert_eq!(said[0].1["message_id"], 77);
    assert!(said[0].1["text"].as_str().is_some_and(|text| text.contains("Kurz gesagt")), "{said:?}");
}

#[tokio::test]
async fn a_long_answer_comes_below_and_the_question_loses_its_buttons() {
    let said = asked_back(&"Lang und breit erzählt. ".repeat(300)).await;
    let methods = methods(&said);
    assert_eq!(methods[0], "editmessagereplymarkup");
    assert!(methods.len() > 2 && methods[1..].iter().all(|method| *method == "sendmessage"), "{methods:?}");
    assert_eq!((&said[0].1["message_id"], &said[0].1["reply_markup"]), (&Value::from(77), &Value::Null));
}
