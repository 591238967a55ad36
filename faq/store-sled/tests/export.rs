//! The way back: what was exported is restored as it was, with its history, and nothing else is.

mod support;

use std::fs;

use faq_engine::ports::{ContentStore, StoreError};
use faq_store_sled::{OpenError, RestoreError, read_export, restore};
use faq_testkit::build::{change, key, withdrawal};

use support::{Chance, all, open};

#[tokio::test]
async fn an_export_restores_everything_on_an_empty_machine() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    support::fill(&store, 30).await;
    store.content().save(vec![withdrawal("service/topic/s0", 1)]).await.expect("withdraws");
    let exported = store.export(dir.path().join("backup.jsonl")).await.expect("exports");
    assert_eq!((exported.records, exported.revisions), (30, 61));

    let other = tempfile::tempdir().expect("a folder");
    let data = other.path().join("data");
    let restored = restore(&data, &exported.path).await.expect("restores");
    assert_eq!(restored.export, exported);
    assert_eq!(restored.moved_aside, None);
    let copy = open(&data).await;
    assert_eq!(all(&copy).await, all(&store).await);
    for name in ["service/topic/s0", "service/topic/s29"] {
        let histories = (copy.content().history(&key(name)).await, store.content().history(&key(name)).await);
        assert_eq!(histories.0.expect("reads"), histories.1.expect("reads"));
    }
    let again = copy.content().save(vec![change("service/topic/s0", 0, "again")]).await.expect("saves");
    assert_eq!(again[0].revision, 3, "revisions of withdrawn records keep counting");
    let twice = copy.export(other.path().join("again.jsonl")).await.expect("exports");
    assert_eq!(twice.revisions, 62);
}

#[tokio::test]
async fn an_export_is_read_beside_the_store_it_is_of() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    support::fill(&store, 30).await;
    store.content().save(vec![withdrawal("service/topic/s0", 1)]).await.expect("withdraws");
    let exported = store.export(dir.path().join("backup.jsonl")).await.expect("exports");
    let mut read = read_export(&exported.path).await.expect("reads");
    read.sort_by(|a, b| a.key.cmp(&b.key));
    assert_eq!(read, store.content().all().await.expect("reads"));
    fs::write(&exported.path, b"half").expect("written");
    assert!(matches!(read_export(&exported.path).await, Err(RestoreError::NotWhole { .. })));
}

#[tokio::test]
async fn exporting_a_restored_store_gives_the_same_file() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    support::fill(&store, 10).await;
    store.export(dir.path().join("first.jsonl")).await.expect("exports");
    let data = dir.path().join("restored");
    restore(&data, dir.path().join("first.jsonl")).await.expect("restores");
    open(&data).await.export(dir.path().join("second.jsonl")).await.expect("exports");
    let read = |name| fs::read(dir.path().join(name)).expect("reads");
    assert!(read("first.jsonl") == read("second.jsonl"));
}

#[tokio::test]
async fn the_latest_export_and_the_one_before_are_kept() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    support::fill(&store, 3).await;
    store.export_latest().await.expect("exports");
    let first = fs::read(dir.path().join("export/latest.jsonl")).expect("reads");
    assert!(!dir.path().join("export/previous.jsonl").exists());
    store.content().save(vec![change("towns/", 0, "new")]).await.expect("saves");
    store.export_latest().await.expect("exports");
    assert!(fs::read(dir.path().join("export/previous.jsonl")).expect("reads") == first);
    store.export_latest().await.expect("exports the same again");
    assert!(fs::read(dir.path().join("export/previous.jsonl")).expect("reads") == first, "not two equal ones");
    let names: Vec<_> = fs::read_dir(dir.path().join("export")).expect("lists").collect();
    assert_eq!(names.len(), 2, "nothing unfinished is left");
}

#[tokio::test]
async fn a_truncated_or_damaged_export_is_refused_and_nothing_is_touched() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    support::fill(&store, 5).await;
    let before = all(&store).await;
    let path = store.export_latest().await.expect("exports").path;
    drop(store);
    let whole = fs::read(&path).expect("reads");
    let damaged = dir.path().join("damaged.jsonl");
    let mut chance = Chance(5);
    for round in 0..40 {
        let mut bytes = whole.clone();
        let at = chance.below(bytes.len() as u64) as usize;
        if round % 2 == 0 {
            bytes.truncate(at);
        } else {
            bytes[at] ^= 1 << chance.below(8);
        }
        fs::write(&damaged, bytes).expect("writes");
        let error = restore(dir.path(), &damaged).await.expect_err("this export is not whole");
        assert!(matches!(error, RestoreError::NotWhole { .. }), "{error}");
    }
    let error = restore(dir.path(), dir.path().join("not-there.jsonl")).await.expect_err("there is none");
    assert!(matches!(error, RestoreError::Unreadable { .. }), "{error}");
    assert_eq!(all(&open(dir.path()).await).await, before);
    assert!(!dir.path().join("store.damaged-1").exists());
}

#[tokio::test]
async fn a_restore_while_the_store_is_open_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    support::fill(&store, 3).await;
    let path = store.export_latest().await.expect("exports").path;
    let error = restore(dir.path(), path).await.expect_err("the folder is in use");
    assert!(matches!(error, RestoreError::Folder(OpenError::InUse { .. })), "{error}");
    assert_eq!(all(&store).await.len(), 3);
}

#[tokio::test]
async fn a_restore_that_died_on_the_way_can_be_run_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    support::fill(&store, 5).await;
    let before = all(&store).await;
    let path = store.export_latest().await.expect("exports").path;
    store.content().save(vec![change("towns/", 0, "after the export")]).await.expect("saves");
    drop(store);
    // As if it had died after moving the old store aside.
    fs::rename(dir.path().join("store"), dir.path().join("store.damaged-1")).expect("moves");
    fs::create_dir(dir.path().join("store.restoring")).expect("makes");
    assert!(matches!(support::refused(dir.path()).await, OpenError::Damaged { .. }));
    restore(dir.path(), &path).await.expect("restores");
    assert_eq!(all(&open(dir.path()).await).await, before);
    restore(dir.path(), &path).await.expect("restores again");
    assert!(dir.path().join("store.damaged-2").exists(), "the first is not overwritten");
}

#[tokio::test]
async fn exports_are_to_one_moment_while_saving_goes_on() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    let writer = tokio::spawn({
        let content = store.content();
        async move {
            for made_from in 0..40 {
                let batch = (0..10).map(|n| change(&format!("office/{n}"), made_from, &format!("version {made_from}")));
                content.save(batch.collect()).await.expect("saves");
            }
        }
    });
    let mut exports = 0;
    while !writer.is_finished() {
        let path = dir.path().join(format!("during-{exports}.jsonl"));
        let exported = store.export(&path).await.expect("exports");
        assert_eq!(exported.revisions % 10, 0, "half a batch");
        let data = dir.path().join(format!("restored-{exports}"));
        if exports < 5 {
            restore(&data, &path).await.expect("restores");
            let records = all(&open(&data).await).await;
            assert!(records.iter().all(|record| record.document == records[0].document), "two moments");
        }
        exports += 1;
    }
    writer.await.expect("everything was saved");
    assert!(exports > 0);
}

#[tokio::test]
async fn an_export_that_cannot_be_written_leaves_the_one_before() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    support::fill(&store, 3).await;
    fs::write(dir.path().join("a-file"), b"").expect("writes");
    let error = store.export(dir.path().join("a-file/export.jsonl")).await.expect_err("that is no folder");
    assert!(matches!(error, StoreError::Failed { .. }), "{error}");
    store.content().save(vec![change("towns/", 0, "goes on")]).await.expect("saves");
}
