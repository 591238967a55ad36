//! What was saved is there after opening again, whatever was saved in whichever order.

mod support;

use std::collections::BTreeMap;
use std::fs;

use faq_engine::conversation::Conversation;
use faq_engine::ports::{ContentStore, ConversationStore, StoreError};
use faq_store_sled::{OpenError, SledStore, WriteState};
use faq_testkit::build::{change, key, moment, person, withdrawal};
use proptest::prelude::*;

use support::{all, open, refused};

#[tokio::test]
async fn content_is_there_after_opening_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    support::fill(&store, 30).await;
    store.content().save(vec![withdrawal("service/topic/s0", 1)]).await.expect("withdraws");
    let before = all(&store).await;
    assert_eq!(before.len(), 29);
    drop(store);

    let store = open(dir.path()).await;
    assert_eq!(all(&store).await, before);
    let again = store.content().save(vec![change("service/topic/s0", 0, "again")]).await.expect("saves");
    assert_eq!(again[0].revision, 3, "revisions of withdrawn records keep counting");
}

#[tokio::test]
async fn the_history_of_a_record_is_kept() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    let content = store.content();
    content.save(vec![change("office/soest", 0, "first")]).await.expect("saves");
    content.save(vec![change("office/soest-west", 0, "another")]).await.expect("saves");
    content.save(vec![withdrawal("office/soest", 1)]).await.expect("withdraws");
    content.save(vec![change("office/soest", 0, &"long ".repeat(10_000))]).await.expect("saves");
    drop((store, content));

    let history = open(dir.path()).await.content().history(&key("office/soest")).await.expect("reads");
    let documents: Vec<_> = history.iter().map(|past| past.document.as_deref()).collect();
    assert_eq!(documents, [Some("first"), None, Some("long ".repeat(10_000).as_str())]);
    assert_eq!(history.iter().map(|past| past.revision).collect::<Vec<_>>(), [1, 2, 3]);
}

#[tokio::test]
async fn conversations_and_deliveries_are_there_after_opening_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let (noon, one) = (moment("2026-12-01T12:00:00+01:00"), moment("2026-12-01T13:00:00+01:00"));
    let conversation = Conversation { introduced: true, ..Conversation::default() };
    let store = open(dir.path()).await;
    store.conversations().save(&person("aa"), &conversation, one).await.expect("saves");
    assert!(store.conversations().first_delivery("7", one).await.expect("notes"));
    drop(store);

    let store = open(dir.path()).await;
    assert_eq!(store.conversations().load(&person("aa"), noon).await.expect("reads"), Some(conversation));
    assert!(!store.conversations().first_delivery("7", one).await.expect("notes"));
}

#[tokio::test]
async fn pages_never_become_blob_files() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    for made_from in 0..4 {
        let large = (0..40).map(|n| change(&format!("entry/large/{n}"), made_from, &"x".repeat(20_000)));
        store.content().save(large.collect()).await.expect("saves");
    }
    store.content().save(vec![change("towns/", 0, &"y".repeat(1_000_000))]).await.expect("saves");
    let blobs = fs::read_dir(dir.path().join("store/blobs")).expect("lists").count();
    assert_eq!(blobs, 0, "sled does not sync blob files");
    store.verify().await.expect("all is well");
}

#[tokio::test]
async fn a_second_store_on_the_same_folder_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let first = open(dir.path()).await;
    let error = refused(dir.path()).await;
    assert!(matches!(error, OpenError::InUse { pid: Some(pid), .. } if pid == std::process::id()), "{error}");
    drop(first);
    open(dir.path()).await;
}

#[test]
fn holder_child() {
    let Some(dir) = support::child_dir() else { return };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let error = runtime.block_on(refused(&dir));
    use std::io::Write;
    writeln!(std::io::stdout(), "said: {error}").expect("the parent listens");
}

#[tokio::test]
async fn a_second_process_on_the_same_folder_is_refused_by_name() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    support::fill(&store, 3).await;
    let output = support::child("holder_child", dir.path()).output().expect("the child runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let expected = format!("is in use by another auskunft (process {})", std::process::id());
    assert!(output.status.success() && said.contains(&expected), "{said}");
    assert_eq!(all(&store).await.len(), 3);
    store.content().save(vec![change("towns/", 0, "still ours")]).await.expect("saves");
}

#[tokio::test]
async fn a_folder_of_a_newer_format_is_left_untouched() {
    let dir = tempfile::tempdir().expect("a folder");
    let manifest = br#"{"format":2,"what":"a newer program knows"}"#;
    fs::write(dir.path().join("manifest.json"), manifest).expect("writes");
    let error = refused(dir.path()).await;
    assert!(matches!(error, OpenError::NewerFormat { found: 2, known: 1, .. }), "{error}");
    assert_eq!(fs::read(dir.path().join("manifest.json")).expect("reads"), manifest);
    assert_eq!(fs::read_dir(dir.path()).expect("lists").count(), 1, "nothing was added");
}

#[tokio::test]
async fn a_beginning_that_was_interrupted_is_begun_again() {
    let dir = tempfile::tempdir().expect("a folder");
    drop(open(dir.path()).await);
    fs::remove_file(dir.path().join("manifest.json")).expect("as if it had not been written yet");
    assert_eq!(all(&open(dir.path()).await).await, []);
}

#[tokio::test]
async fn the_store_survives_its_folder_being_moved_aside_with_a_clear_error() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    support::fill(&store, 3).await;
    fs::rename(dir.path().join("store/db"), dir.path().join("db.stolen")).expect("moves");
    let refused = store.content().save(vec![change("towns/", 0, "lost?")]).await;
    assert!(refused.is_err(), "a save into a file that nobody finds again is not acknowledged");
    assert_eq!(all(&store).await.len(), 3, "reading goes on");
}

#[tokio::test]
async fn verifying_a_sound_store_counts_what_is_there() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    support::fill(&store, 30).await;
    let verified = store.verify().await.expect("all is well");
    assert_eq!((verified.records, verified.revisions), (30, 60));
    store.content().save(vec![change("towns/", 0, "goes on")]).await.expect("saves");
    assert_eq!(store.write_state(), WriteState::Writable);
}

#[tokio::test]
async fn verifying_finds_damage_done_while_running_and_reading_goes_on() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    support::fill(&store, 30).await;
    let db = fs::OpenOptions::new().write(true).open(dir.path().join("store/db")).expect("opens");
    db.set_len(4096).expect("cuts");
    let error = store.verify().await.expect_err("most of it is gone");
    assert!(matches!(&error, StoreError::Damaged(what) if what.contains("auskunft restore")), "{error}");
    assert!(matches!(store.write_state(), WriteState::Damaged(_)));
    assert_eq!(all(&store).await.len(), 30, "reading goes on");
    let refused = store.content().save(vec![change("towns/", 0, "no")]).await;
    assert!(matches!(refused, Err(StoreError::Damaged(_))), "saving does not");
}

/// A step of somebody who edits.
#[derive(Debug, Clone)]
enum Step {
    /// Changes these records, each made from a revision this far from the newest.
    Save(Vec<(u8, bool, i8)>),
    /// Starts the program again.
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    let from_where = prop_oneof![8 => Just(0_i8), 1 => -2_i8..=2];
    let changes = prop::collection::vec((0_u8..6, prop::bool::weighted(0.8), from_where), 1..4);
    prop_oneof![6 => changes.prop_map(Step::Save), 1 => Just(Step::Reopen)]
}

/// What should be there: revision and document, `None` if withdrawn.
type Model = BTreeMap<String, (u64, Option<String>)>;

/// The rules of saving, written down once more as plainly as possible.
fn save_in_model(model: &Model, changes: &[(String, u64, Option<String>)]) -> Option<Model> {
    let mut model = model.clone();
    for (name, made_from, document) in changes {
        let (revision, is_there) = model.get(name).map_or((0, false), |(n, document)| (*n, document.is_some()));
        if *made_from != revision && (*made_from != 0 || is_there) {
            return None;
        }
        if document.is_some() || is_there {
            model.insert(name.clone(), (revision + 1, document.clone()));
        }
    }
    Some(model)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_saves_agrees_with_a_plain_map(steps in prop::collection::vec(step(), 1..25)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(async {
            let dir = tempfile::tempdir().expect("a folder");
            let mut store = open(dir.path()).await;
            let mut model = Model::new();
            for (number, step) in steps.into_iter().enumerate() {
                match step {
                    Step::Reopen => {
                        drop(store);
                        store = open(dir.path()).await;
                    }
                    Step::Save(changes) => save_in_both(&store, &mut model, number, changes).await,
                }
                assert_same(&store, &model).await;
            }
            drop(store);
            let store = open(dir.path()).await;
            assert_same(&store, &model).await;
            for (name, (revision, document)) in &model {
                let history = store.content().history(&key(name)).await.expect("reads");
                assert_eq!(history.len() as u64, *revision);
                assert_eq!(history.last().map(|past| &past.document), Some(document));
            }
        });
    }
}

async fn save_in_both(store: &SledStore, model: &mut Model, step: usize, changes: Vec<(u8, bool, i8)>) {
    let changes: Vec<_> = changes
        .into_iter()
        .map(|(record, keeps, off)| {
            let name = format!("entry/topic/{record}");
            let newest = model.get(&name).map_or(0, |(revision, _)| *revision);
            let document = keeps.then(|| format!("step {step} record {record}"));
            (name, newest.saturating_add_signed(off.into()), document)
        })
        .collect();
    let asked = changes.iter().map(|(name, made_from, document)| match document {
        Some(document) => change(name, *made_from, document),
        None => withdrawal(name, *made_from),
    });
    let saved = store.content().save(asked.collect()).await;
    match save_in_model(model, &changes) {
        Some(after) => {
            saved.expect("the model takes it");
            *model = after;
        }
        None => assert!(matches!(saved, Err(StoreError::Stale { .. })), "the model refuses it"),
    }
}

async fn assert_same(store: &SledStore, model: &Model) {
    let there: Vec<_> = all(store).await.into_iter().map(|r| (r.key.to_string(), r.revision, r.document)).collect();
    let expected: Vec<_> = model
        .iter()
        .filter_map(|(name, (revision, document))| Some((name.clone(), *revision, document.clone()?)))
        .collect();
    assert_eq!(there, expected);
}
