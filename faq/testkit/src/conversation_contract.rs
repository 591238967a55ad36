//! What every [`ConversationStore`] promises. Each function is one promise and gets an empty store.

use std::sync::Arc;

use chrono::DateTime;
use chrono_tz::Tz;
use faq_engine::conversation::{Conversation, Pending};
use faq_engine::language::LanguageTag;
use faq_engine::ports::ConversationStore;
use faq_engine::slug::Slug;
use tokio::task::JoinSet;

use crate::build::{moment, person};

/// Checks every promise, each on an empty store from `make`.
pub async fn conversation_store_contract<S: ConversationStore + 'static>(make: impl AsyncFn() -> S) {
    an_unknown_person_has_no_conversation(make().await).await;
    a_conversation_is_found_as_it_was_saved(make().await).await;
    a_later_conversation_replaces_the_earlier(make().await).await;
    people_do_not_see_each_other(make().await).await;
    a_conversation_is_gone_once_it_expired(make().await).await;
    saving_again_prolongs(make().await).await;
    a_deleted_conversation_is_gone(make().await).await;
    purging_deletes_what_expired_and_says_how_many(make().await).await;
    a_delivery_is_the_first_only_once(make().await).await;
    one_of_many_equal_deliveries_at_once_is_the_first(make().await).await;
    a_delivery_is_forgotten_after_it_expired(make().await).await;
}

async fn an_unknown_person_has_no_conversation(store: impl ConversationStore) {
    assert_eq!(store.load(&person("aa"), noon()).await.expect("reads"), None);
}

async fn a_conversation_is_found_as_it_was_saved(store: impl ConversationStore) {
    let conversation = Conversation {
        language: Some(LanguageTag::parse("de-simple").expect("valid")),
        town: Some(slug("geseke")),
        pending: Some(Pending::Choice { services: vec![slug("i-kfz"), slug("kfz-abmeldung")], facet: None }),
        situation: [("halter".to_owned(), "firma".to_owned())].into(),
        introduced: true,
        ..about("kfz-umschreibung")
    };
    store.save(&person("aa"), &conversation, one_o_clock()).await.expect("saves");
    assert_eq!(store.load(&person("aa"), noon()).await.expect("reads"), Some(conversation));
}

async fn a_later_conversation_replaces_the_earlier(store: impl ConversationStore) {
    store.save(&person("aa"), &about("kfz-abmeldung"), one_o_clock()).await.expect("saves");
    store.save(&person("aa"), &about("i-kfz"), one_o_clock()).await.expect("saves");
    assert_eq!(store.load(&person("aa"), noon()).await.expect("reads"), Some(about("i-kfz")));
}

async fn people_do_not_see_each_other(store: impl ConversationStore) {
    store.save(&person("aa"), &about("kfz-abmeldung"), one_o_clock()).await.expect("saves");
    store.save(&person("aab"), &about("i-kfz"), one_o_clock()).await.expect("saves");
    assert_eq!(store.load(&person("aa"), noon()).await.expect("reads"), Some(about("kfz-abmeldung")));
    assert_eq!(store.load(&person("a"), noon()).await.expect("reads"), None);
}

async fn a_conversation_is_gone_once_it_expired(store: impl ConversationStore) {
    store.save(&person("aa"), &about("i-kfz"), one_o_clock()).await.expect("saves");
    let just_before = one_o_clock() - chrono::Duration::milliseconds(1);
    assert!(store.load(&person("aa"), just_before).await.expect("reads").is_some());
    assert_eq!(store.load(&person("aa"), one_o_clock()).await.expect("reads"), None);
}

async fn saving_again_prolongs(store: impl ConversationStore) {
    store.save(&person("aa"), &about("i-kfz"), noon()).await.expect("saves");
    store.save(&person("aa"), &about("i-kfz"), one_o_clock()).await.expect("saves");
    assert_eq!(store.purge(noon()).await.expect("purges"), 0);
    assert!(store.load(&person("aa"), noon()).await.expect("reads").is_some());
}

async fn a_deleted_conversation_is_gone(store: impl ConversationStore) {
    store.save(&person("aa"), &about("i-kfz"), one_o_clock()).await.expect("saves");
    store.save(&person("bb"), &about("i-kfz"), one_o_clock()).await.expect("saves");
    store.delete(&person("aa")).await.expect("deletes");
    store.delete(&person("aa")).await.expect("deleting what is not there is fine");
    assert_eq!(store.load(&person("aa"), noon()).await.expect("reads"), None);
    assert!(store.load(&person("bb"), noon()).await.expect("reads").is_some());
}

async fn purging_deletes_what_expired_and_says_how_many(store: impl ConversationStore) {
    store.save(&person("aa"), &about("i-kfz"), noon()).await.expect("saves");
    store.save(&person("bb"), &about("i-kfz"), one_o_clock()).await.expect("saves");
    store.first_delivery("update 1", noon()).await.expect("remembers");
    assert_eq!(store.purge(noon()).await.expect("purges"), 2, "a conversation and a delivery");
    assert_eq!(store.purge(noon()).await.expect("purges"), 0);
    let long_ago = noon() - chrono::Duration::days(1);
    assert_eq!(store.load(&person("aa"), long_ago).await.expect("reads"), None, "deleted, not only hidden");
    assert!(store.load(&person("bb"), noon()).await.expect("reads").is_some());
}

async fn a_delivery_is_the_first_only_once(store: impl ConversationStore) {
    assert!(store.first_delivery("update 1", one_o_clock()).await.expect("remembers"));
    assert!(!store.first_delivery("update 1", one_o_clock()).await.expect("remembers"));
    assert!(store.first_delivery("update 2", one_o_clock()).await.expect("remembers"));
}

async fn one_of_many_equal_deliveries_at_once_is_the_first<S: ConversationStore + 'static>(store: S) {
    let store = Arc::new(store);
    let mut deliveries = JoinSet::new();
    for _ in 0..16 {
        let store = Arc::clone(&store);
        deliveries.spawn(async move { store.first_delivery("update 1", one_o_clock()).await.expect("remembers") });
    }
    let firsts = deliveries.join_all().await.into_iter().filter(|first| *first).count();
    assert_eq!(firsts, 1);
}

async fn a_delivery_is_forgotten_after_it_expired(store: impl ConversationStore) {
    store.first_delivery("update 1", one_o_clock()).await.expect("remembers");
    store.purge(noon()).await.expect("purges");
    assert!(!store.first_delivery("update 1", one_o_clock()).await.expect("remembers"), "not expired yet");
    store.purge(one_o_clock()).await.expect("purges");
    assert!(store.first_delivery("update 1", one_o_clock()).await.expect("remembers"), "long forgotten");
}

fn noon() -> DateTime<Tz> {
    moment("2026-12-01T12:00:00+01:00")
}

fn one_o_clock() -> DateTime<Tz> {
    moment("2026-12-01T13:00:00+01:00")
}

fn slug(name: &str) -> Slug {
    Slug::parse(name).expect("valid")
}

fn about(service: &str) -> Conversation {
    Conversation { service: Some(slug(service)), ..Conversation::default() }
}
