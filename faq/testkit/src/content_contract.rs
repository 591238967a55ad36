//! What every [`ContentStore`] promises. Each function is one promise and gets an empty store.

use std::sync::Arc;

use faq_engine::ports::{ContentKind, ContentOrigin, ContentRecord, ContentStore, StoreError};
use tokio::task::JoinSet;

use crate::build::{change, key, withdrawal};

/// Checks every promise, each on an empty store from `make`.
pub async fn content_store_contract<S: ContentStore + 'static>(make: impl AsyncFn() -> S) {
    a_new_store_is_empty(make().await).await;
    a_saved_record_is_found_as_it_was_written(make().await).await;
    revisions_count_up_from_one(make().await).await;
    a_stale_revision_never_overwrites(make().await).await;
    a_new_record_does_not_overwrite_an_existing_one(make().await).await;
    a_batch_is_kept_whole_or_not_at_all(make().await).await;
    a_batch_may_change_one_record_twice(make().await).await;
    an_empty_batch_changes_nothing(make().await).await;
    a_withdrawn_record_is_gone(make().await).await;
    revisions_keep_counting_after_a_withdrawal(make().await).await;
    a_withdrawn_record_is_not_overwritten_from_before_its_withdrawal(make().await).await;
    withdrawing_what_is_not_there_is_fine(make().await).await;
    everything_comes_in_the_order_of_keys(make().await).await;
    any_text_is_kept_exactly(make().await).await;
    one_of_many_editors_at_once_wins(make().await).await;
    a_reader_never_sees_half_a_batch(make().await).await;
}

async fn a_new_store_is_empty(store: impl ContentStore) {
    assert_eq!(all(&store).await, []);
    assert_eq!(get(&store, "office/soest").await, None);
}

async fn a_saved_record_is_found_as_it_was_written(store: impl ContentStore) {
    let mut seed = change("service/kfz/kfz-abmeldung", 0, "name = \"Abmeldung\"");
    seed.origin = ContentOrigin::Seed;
    let saved = store.save(vec![seed, change("towns/", 0, "[geseke]")]).await.expect("saves");

    let abmeldung = ContentRecord {
        key: key("service/kfz/kfz-abmeldung"),
        revision: 1,
        document: "name = \"Abmeldung\"".to_owned(),
        origin: ContentOrigin::Seed,
    };
    let towns = ContentRecord {
        key: key("towns/"),
        revision: 1,
        document: "[geseke]".to_owned(),
        origin: ContentOrigin::Editor,
    };
    assert_eq!(saved, [abmeldung.clone(), towns.clone()], "the answer has the order of the changes");
    assert_eq!(get(&store, "service/kfz/kfz-abmeldung").await, Some(abmeldung.clone()));
    assert_eq!(all(&store).await, [abmeldung, towns]);
}

async fn revisions_count_up_from_one(store: impl ContentStore) {
    for made_from in 0..5 {
        let text = format!("version {made_from}");
        let saved = store.save(vec![change("office/soest", made_from, &text)]).await.expect("saves");
        assert_eq!(saved[0].revision, made_from + 1);
        assert_eq!(get(&store, "office/soest").await.map(|record| record.document), Some(text));
    }
}

async fn a_stale_revision_never_overwrites(store: impl ContentStore) {
    store.save(vec![change("office/soest", 0, "first")]).await.expect("saves");
    store.save(vec![change("office/soest", 1, "second")]).await.expect("saves");
    for wrong in [1, 3, u64::MAX] {
        let refused = store.save(vec![change("office/soest", wrong, "stale")]).await;
        assert_stale(refused, "office/soest", wrong, 2);
        assert_stale(store.save(vec![withdrawal("office/soest", wrong)]).await, "office/soest", wrong, 2);
    }
    assert_stale(store.save(vec![change("office/werl", 1, "never there")]).await, "office/werl", 1, 0);
    assert_eq!(get(&store, "office/soest").await.map(|record| record.document).as_deref(), Some("second"));
    assert_eq!(all(&store).await.len(), 1);
}

async fn a_new_record_does_not_overwrite_an_existing_one(store: impl ContentStore) {
    store.save(vec![change("entry/allgemein/hund", 0, "first")]).await.expect("saves");
    assert_stale(store.save(vec![change("entry/allgemein/hund", 0, "again")]).await, "entry/allgemein/hund", 0, 1);
}

async fn a_batch_is_kept_whole_or_not_at_all(store: impl ContentStore) {
    store.save(vec![change("office/soest", 0, "first")]).await.expect("saves");
    let before = all(&store).await;
    let batch =
        vec![change("office/werl", 0, "new"), change("office/soest", 7, "stale"), change("office/lippstadt", 0, "new")];
    assert_stale(store.save(batch).await, "office/soest", 7, 1);
    assert_eq!(all(&store).await, before);
    assert_eq!(get(&store, "office/werl").await, None);
    let saved = store.save(vec![change("office/werl", 0, "new")]).await.expect("saves");
    assert_eq!(saved[0].revision, 1, "a refused batch uses up no revision");
}

async fn a_batch_may_change_one_record_twice(store: impl ContentStore) {
    let batch = vec![change("office/soest", 0, "first"), change("office/soest", 1, "second")];
    let saved = store.save(batch).await.expect("the second change was made from the first");
    assert_eq!(saved.iter().map(|record| record.revision).collect::<Vec<_>>(), [1, 2]);
    let twice_new = vec![change("office/werl", 0, "first"), change("office/werl", 0, "second")];
    assert_stale(store.save(twice_new).await, "office/werl", 0, 1);
    assert_eq!(get(&store, "office/werl").await, None);
}

async fn an_empty_batch_changes_nothing(store: impl ContentStore) {
    assert_eq!(store.save(Vec::new()).await.expect("saves nothing"), []);
    assert_eq!(all(&store).await, []);
}

async fn a_withdrawn_record_is_gone(store: impl ContentStore) {
    store.save(vec![change("notice/sturm", 0, "Sturm"), change("notice/eis", 0, "Eis")]).await.expect("saves");
    let saved = store.save(vec![withdrawal("notice/sturm", 1)]).await.expect("withdraws");
    assert_eq!(saved, [], "what is withdrawn is not among the saved records");
    assert_eq!(get(&store, "notice/sturm").await, None);
    assert_eq!(all(&store).await.len(), 1);
    assert_eq!(store.withdrawn().await.expect("readable"), [key("notice/sturm")]);
    store.save(vec![change("notice/sturm", 0, "neu")]).await.expect("is made anew");
    assert_eq!(store.withdrawn().await.expect("readable"), []);
}

async fn revisions_keep_counting_after_a_withdrawal(store: impl ContentStore) {
    store.save(vec![change("notice/sturm", 0, "Sturm")]).await.expect("saves");
    store.save(vec![withdrawal("notice/sturm", 1)]).await.expect("withdraws as revision 2");
    let again = store.save(vec![change("notice/sturm", 0, "neuer Sturm")]).await.expect("it is new again");
    assert_eq!(again[0].revision, 3);
    store.save(vec![withdrawal("notice/sturm", 3)]).await.expect("withdraws as revision 4");
    let undone = store.save(vec![change("notice/sturm", 4, "doch")]).await.expect("made from the withdrawal");
    assert_eq!(undone[0].revision, 5);
}

async fn a_withdrawn_record_is_not_overwritten_from_before_its_withdrawal(store: impl ContentStore) {
    store.save(vec![change("notice/sturm", 0, "Sturm")]).await.expect("saves");
    store.save(vec![withdrawal("notice/sturm", 1)]).await.expect("withdraws");
    assert_stale(store.save(vec![change("notice/sturm", 1, "stale")]).await, "notice/sturm", 1, 2);
    assert_eq!(get(&store, "notice/sturm").await, None);
}

async fn withdrawing_what_is_not_there_is_fine(store: impl ContentStore) {
    assert_eq!(store.save(vec![withdrawal("notice/sturm", 0)]).await.expect("nothing to do"), []);
    store.save(vec![change("notice/sturm", 0, "Sturm")]).await.expect("saves");
    assert_stale(store.save(vec![withdrawal("notice/sturm", 0)]).await, "notice/sturm", 0, 1);
    store.save(vec![withdrawal("notice/sturm", 1)]).await.expect("withdraws as revision 2");
    assert_eq!(store.save(vec![withdrawal("notice/sturm", 2)]).await.expect("nothing to do"), []);
    let again = store.save(vec![change("notice/sturm", 0, "neu")]).await.expect("saves");
    assert_eq!(again[0].revision, 3, "withdrawing nothing uses up no revision");
}

async fn everything_comes_in_the_order_of_keys(store: impl ContentStore) {
    let names = ["kfz/i-kfz", "kfz", "kfz/b", "kfz-x", "a", "kfz/b/c"];
    let changes = names
        .iter()
        .flat_map(|name| ContentKind::ALL.map(|kind| change(&format!("{}/{name}", kind.as_str()), 0, name)));
    store.save(changes.collect()).await.expect("saves");
    let keys: Vec<_> = all(&store).await.into_iter().map(|record| record.key).collect();
    let mut sorted = keys.clone();
    sorted.sort();
    assert_eq!(keys, sorted);
    assert_eq!(keys.len(), names.len() * ContentKind::ALL.len());
}

async fn any_text_is_kept_exactly(store: impl ContentStore) {
    let long = "Straße 🚗\u{0}\u{7f}\r\n\"\\\u{2028}".repeat(4_000);
    for (number, text) in ["", "\n", "{}", "a\u{0}b", "e\u{301} é", long.as_str()].into_iter().enumerate() {
        let name = format!("entry/text/{number}");
        store.save(vec![change(&name, 0, text)]).await.expect("saves");
        assert_eq!(get(&store, &name).await.map(|record| record.document).as_deref(), Some(text));
    }
}

async fn one_of_many_editors_at_once_wins<S: ContentStore + 'static>(store: S) {
    let store = Arc::new(store);
    store.save(vec![change("office/soest", 0, "first")]).await.expect("saves");
    let mut editors = JoinSet::new();
    for editor in 0..8 {
        let store = Arc::clone(&store);
        editors.spawn(async move { store.save(vec![change("office/soest", 1, &format!("editor {editor}"))]).await });
    }
    let outcomes = editors.join_all().await;
    let winner = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).collect::<Vec<_>>();
    assert_eq!(winner.len(), 1, "exactly one editor saves");
    assert_eq!(get(&*store, "office/soest").await.as_ref(), Some(&winner[0][0]));
    for refused in outcomes.into_iter().filter(Result::is_err) {
        assert_stale(refused, "office/soest", 1, 2);
    }
}

async fn a_reader_never_sees_half_a_batch<S: ContentStore + 'static>(store: S) {
    let store = Arc::new(store);
    let batch = |made_from: u64| {
        (0..20).map(|n| change(&format!("office/{n}"), made_from, &format!("version {made_from}"))).collect::<Vec<_>>()
    };
    store.save(batch(0)).await.expect("saves");
    let writer = tokio::spawn({
        let store = Arc::clone(&store);
        async move {
            for made_from in 1..10 {
                store.save(batch(made_from)).await.expect("saves");
            }
        }
    });
    while !writer.is_finished() {
        let records = all(&*store).await;
        let one_moment = records.iter().all(|record| record.document == records[0].document);
        assert!(one_moment && records.len() == 20, "a reader saw half a batch");
        tokio::task::yield_now().await;
    }
    writer.await.expect("the writer saved everything");
}

async fn all(store: &impl ContentStore) -> Vec<ContentRecord> {
    store.all().await.expect("reads")
}

async fn get(store: &impl ContentStore, shown_key: &str) -> Option<ContentRecord> {
    store.get(&key(shown_key)).await.expect("reads")
}

fn assert_stale(outcome: Result<Vec<ContentRecord>, StoreError>, shown_key: &str, made_from: u64, there: u64) {
    match outcome {
        Err(StoreError::Stale { key: stale, expected, found }) => {
            assert_eq!((stale, expected, found), (key(shown_key), made_from, there));
        }
        other => panic!("the change of {shown_key} from revision {made_from} is stale, but the store said {other:?}"),
    }
}
