//! Damaged files never open as fewer entries: they open whole, or not at all with what is wrong and the way back.

mod support;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Output;

use faq_engine::ports::ContentStore;
use faq_store_sled::{OpenError, SledStore, restore};
use faq_testkit::build::change;
use serde_json::Value;
use tempfile::TempDir;

use support::{Chance, all, child, child_dir, copy_folder, open, refused};

const RECORDS: usize = 60;

/// Opens a damaged folder in a process of its own and says what came of it.
#[test]
fn opener_child() {
    let Some(dir) = child_dir() else { return };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let mut out = std::io::stdout();
        match SledStore::open_with(&dir, support::SMALL_RESERVE).await {
            Ok(store) => {
                let text = format!("{:?}", all(&store).await);
                writeln!(out, "opened: {}", hash(&text)).expect("the parent listens");
            }
            Err(error) => writeln!(out, "refused: {error}").expect("the parent listens"),
        }
    });
}

/// Enough to tell two contents apart.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A folder with a store in it, and what that store holds.
struct Sound {
    dir: TempDir,
    content: u64,
}

impl Sound {
    async fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let store = open(dir.path()).await;
        support::fill(&store, RECORDS).await;
        store.export_latest().await.expect("exports");
        let content = hash(&format!("{:?}", all(&store).await));
        Self { dir, content }
    }

    /// A copy to do damage to.
    fn copy(&self) -> TempDir {
        let copy = tempfile::tempdir().expect("a folder");
        copy_folder(self.dir.path(), copy.path());
        copy
    }
}

/// What came of opening damaged files.
#[derive(Debug, Default)]
struct Outcomes {
    opened_whole: u32,
    refused: u32,
}

impl Outcomes {
    fn add(&mut self, what: &str, output: &Output, sound: &Sound) {
        let said = String::from_utf8_lossy(&output.stdout);
        if said.contains(&format!("opened: {}", sound.content)) {
            self.opened_whole += 1;
        } else if said.contains("refused: ") {
            let says_what_to_do = said.contains("is damaged: ") && said.contains("auskunft restore");
            assert!(says_what_to_do, "{what}: {said}");
            self.refused += 1;
        } else {
            let stderr = String::from_utf8_lossy(&output.stderr);
            panic!("{what}: neither whole nor refused ({}): {said} {stderr}", output.status);
        }
    }
}

fn open_in_child(dir: &Path) -> Output {
    child("opener_child", dir).output().expect("the child runs")
}

fn files_of_the_database(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir.join("store")).expect("lists");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("lists").path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

#[tokio::test]
async fn an_undamaged_copy_opens_whole() {
    let sound = Sound::new().await;
    let mut outcomes = Outcomes::default();
    outcomes.add("nothing was done", &open_in_child(sound.copy().path()), &sound);
    assert_eq!(outcomes.opened_whole, 1);
}

#[tokio::test]
async fn a_truncated_database_never_opens_with_fewer_entries() {
    let sound = Sound::new().await;
    let mut chance = Chance(1);
    let mut outcomes = Outcomes::default();
    for round in 0..40 {
        let copy = sound.copy();
        let path = copy.path().join("store/db");
        let file = fs::OpenOptions::new().write(true).open(&path).expect("opens");
        let length = file.metadata().expect("a length").len();
        let kept = if round == 0 { 0 } else { chance.below(length) };
        file.set_len(kept).expect("cuts");
        outcomes.add(&format!("cut to {kept} of {length}"), &open_in_child(copy.path()), &sound);
    }
    assert!(outcomes.refused > 10, "{outcomes:?}");
}

#[tokio::test]
async fn flipped_bits_never_open_with_fewer_entries() {
    let sound = Sound::new().await;
    let mut chance = Chance(2);
    let mut outcomes = Outcomes::default();
    for round in 0..60 {
        let copy = sound.copy();
        let files = files_of_the_database(copy.path());
        let database = files.iter().position(|path| path.ends_with("db")).expect("there is one");
        // Mostly in the database, where sled writes from the front; now and then in its settings and snapshot.
        let which = if round % 4 == 0 { chance.below(files.len() as u64) as usize } else { database };
        let mut bytes = fs::read(&files[which]).expect("reads");
        let used = bytes.iter().rposition(|byte| *byte != 0).map_or(1, |last| last as u64 + 1);
        let (at, bit) = (chance.below(used) as usize, chance.below(8));
        bytes[at] ^= 1 << bit;
        fs::write(&files[which], bytes).expect("writes");
        let what = format!("bit {bit} of byte {at} of {}", files[which].display());
        outcomes.add(&what, &open_in_child(copy.path()), &sound);
    }
    assert!(outcomes.refused > 5, "{outcomes:?}");
}

#[tokio::test]
async fn overwritten_stretches_never_open_with_fewer_entries() {
    let sound = Sound::new().await;
    let mut chance = Chance(3);
    let mut outcomes = Outcomes::default();
    for round in 0..40 {
        let copy = sound.copy();
        let path = copy.path().join("store/db");
        let mut bytes = fs::read(&path).expect("reads");
        let used = bytes.iter().rposition(|byte| *byte != 0).map_or(1, |last| last as u64 + 1);
        let start = chance.below(used) as usize;
        let end = (start + 1 + chance.below(8192) as usize).min(bytes.len());
        for byte in &mut bytes[start..end] {
            *byte = if round % 2 == 0 { 0 } else { chance.below(256) as u8 };
        }
        fs::write(&path, bytes).expect("writes");
        outcomes.add(&format!("bytes {start} to {end}"), &open_in_child(copy.path()), &sound);
    }
    assert!(outcomes.refused > 5, "{outcomes:?}");
}

#[tokio::test]
async fn missing_files_never_open_with_fewer_entries() {
    let sound = Sound::new().await;
    for missing in files_of_the_database(sound.dir.path()) {
        let copy = sound.copy();
        let name = missing.file_name().expect("a name");
        fs::remove_file(copy.path().join("store").join(name)).expect("removes");
        Outcomes::default().add(&format!("without {}", name.display()), &open_in_child(copy.path()), &sound);
    }
}

#[tokio::test]
async fn an_empty_store_folder_with_a_manifest_is_damage_and_not_a_fresh_start() {
    let sound = Sound::new().await;
    fs::remove_dir_all(sound.dir.path().join("store")).expect("removes");
    for is_there in [false, true] {
        if is_there {
            fs::create_dir(sound.dir.path().join("store")).expect("makes");
        }
        let OpenError::Damaged { damage, way_back, .. } = refused(sound.dir.path()).await else {
            panic!("this is damage");
        };
        assert_eq!((damage.expected, damage.missing.len()), (RECORDS, RECORDS));
        assert!(way_back.contains("latest.jsonl"), "{way_back}");
    }
}

#[tokio::test]
async fn an_older_database_under_a_newer_manifest_is_named() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    support::fill(&store, 5).await;
    drop(store);
    let older = tempfile::tempdir().expect("a folder");
    copy_folder(dir.path(), older.path());
    let store = open(dir.path()).await;
    store
        .content()
        .save(vec![change("towns/", 0, "new"), change("service/topic/s1", 2, "newer")])
        .await
        .expect("saves");
    drop(store);
    fs::remove_dir_all(dir.path().join("store")).expect("removes");
    copy_folder(&older.path().join("store"), &dir.path().join("store"));

    let OpenError::Damaged { damage, .. } = refused(dir.path()).await else { panic!("this is damage") };
    assert_eq!(damage.missing, ["towns/"]);
    assert_eq!(damage.changed, ["service/topic/s1"]);
}

#[tokio::test]
async fn a_tampered_manifest_is_noticed() {
    let sound = Sound::new().await;
    let path = sound.dir.path().join("manifest.json");
    let manifest: Value = serde_json::from_slice(&fs::read(&path).expect("reads")).expect("is JSON");
    let tampered = |change: &dyn Fn(&mut Value)| {
        let mut manifest = manifest.clone();
        change(&mut manifest);
        manifest.to_string()
    };
    let wrong = [
        tampered(&|manifest| {
            manifest["records"].as_object_mut().expect("a map").remove("service/topic/s7");
        }),
        tampered(&|manifest| manifest["records"]["service/topic/s7"]["revision"] = 1.into()),
        tampered(&|manifest| {
            manifest["records"]["service/topic/new"] = manifest["records"]["service/topic/s7"].clone()
        }),
        tampered(&|manifest| manifest["committed"]["count"] = 59.into()),
        tampered(&|manifest| manifest["format"] = "1".into()),
        String::new(),
        manifest.to_string()[..200].to_owned(),
    ];
    for text in wrong {
        fs::write(&path, &text).expect("writes");
        let error = refused(sound.dir.path()).await;
        assert!(matches!(error, OpenError::Damaged { .. }), "{error} for {text}");
    }
    fs::write(&path, manifest.to_string()).expect("writes");
    open(sound.dir.path()).await;
}

#[tokio::test]
async fn a_missing_manifest_is_damage() {
    let sound = Sound::new().await;
    fs::remove_file(sound.dir.path().join("manifest.json")).expect("removes");
    assert!(matches!(refused(sound.dir.path()).await, OpenError::Damaged { .. }));
    fs::remove_dir_all(sound.dir.path().join("export")).expect("removes");
    let OpenError::Damaged { damage, .. } = refused(sound.dir.path()).await else { panic!("this is damage") };
    assert!(damage.to_string().contains("manifest.json is missing"), "{damage}");
}

#[tokio::test]
async fn an_export_without_store_and_manifest_is_not_a_fresh_start() {
    let sound = Sound::new().await;
    fs::remove_file(sound.dir.path().join("manifest.json")).expect("removes");
    fs::remove_dir_all(sound.dir.path().join("store")).expect("removes");
    assert!(matches!(refused(sound.dir.path()).await, OpenError::Damaged { .. }));
    assert!(!sound.dir.path().join("store").exists(), "nothing was begun");
}

#[tokio::test]
async fn a_save_interrupted_before_or_after_the_database_leaves_one_of_both_states() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    support::fill(&store, 5).await;
    drop(store);
    let before = tempfile::tempdir().expect("a folder");
    copy_folder(dir.path(), before.path());
    let store = open(dir.path()).await;
    store
        .content()
        .save(vec![change("towns/", 0, "new"), change("service/topic/s1", 2, "newer")])
        .await
        .expect("saves");
    let after_save = all(&store).await;
    drop(store);

    let read = |dir: &Path| -> Value {
        serde_json::from_slice(&fs::read(dir.join("manifest.json")).expect("reads")).expect("is JSON")
    };
    let (old, new) = (read(before.path()), read(dir.path()));
    let mut pending = old.clone();
    pending["pending"] = new["committed"].clone();
    for key in ["towns/", "service/topic/s1"] {
        pending["pending"]["changes"][key] = new["records"][key].clone();
    }

    let arrived = tempfile::tempdir().expect("a folder");
    copy_folder(dir.path(), arrived.path());
    fs::write(arrived.path().join("manifest.json"), pending.to_string()).expect("writes");
    assert_eq!(all(&open(arrived.path()).await).await, after_save);
    assert_eq!(read(arrived.path()), new, "the manifest is settled");

    fs::write(before.path().join("manifest.json"), pending.to_string()).expect("writes");
    let store = open(before.path()).await;
    assert_eq!(all(&store).await.len(), 5);
    assert_eq!(read(before.path()), old, "the manifest is settled");
    store.content().save(vec![change("towns/", 0, "again")]).await.expect("and editing goes on");
}

#[tokio::test]
async fn half_a_batch_in_the_database_is_taken_back() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = open(dir.path()).await;
    support::fill(&store, 5).await;
    drop(store);
    let read = || -> Value {
        serde_json::from_slice(&fs::read(dir.path().join("manifest.json")).expect("reads")).expect("is JSON")
    };
    let old = read();
    let store = open(dir.path()).await;
    let large = "x".repeat(10_000);
    store.content().save(vec![change("towns/", 0, "new"), change("service/topic/s1", 2, &large)]).await.expect("saves");
    drop(store);
    let mut pending = old.clone();
    pending["pending"] = read()["committed"].clone();
    for key in ["towns/", "service/topic/s1"] {
        pending["pending"]["changes"][key] = read()["records"][key].clone();
    }
    fs::write(dir.path().join("manifest.json"), pending.to_string()).expect("writes");
    // sled is asked to have kept only part: the last piece of the large one is gone.
    let db = sled::open(dir.path().join("store")).expect("opens");
    let tree = db.open_tree("revisions").expect("opens");
    let last = tree.scan_prefix("service/topic/s1\0").keys().next_back().expect("has pieces").expect("reads");
    tree.remove(last).expect("removes");
    db.flush().expect("flushes");
    drop((tree, db));

    let store = open(dir.path()).await;
    assert_eq!(all(&store).await.len(), 5);
    assert_eq!(read(), old);
    let saved = store.content().save(vec![change("service/topic/s1", 2, "anew")]).await.expect("saves");
    assert_eq!(saved[0].revision, 3);
    store.verify().await.expect("all is well");
}

#[tokio::test]
async fn a_refused_store_is_back_after_a_restore() {
    let sound = Sound::new().await;
    let dir = sound.dir.path();
    fs::write(dir.join("store/db"), b"nothing of use").expect("writes");
    let error = refused(dir).await;
    assert!(error.to_string().contains("auskunft restore"), "{error}");
    let restored = restore(dir, dir.join("export/latest.jsonl")).await.expect("restores");
    assert_eq!(restored.moved_aside, Some(dir.join("store.damaged-1")));
    assert!(dir.join("store.damaged-1/db").exists() && dir.join("store.damaged-1/manifest.json").exists());
    let store = open(dir).await;
    assert_eq!(hash(&format!("{:?}", all(&store).await)), sound.content);
}
