//! A full disk stops saving and nothing else, and what was saved is there when there is room again.
//!
//! The small disk is a tmpfs in a mount namespace of its own, which goes with the process. Where neither root nor a
//! user namespace may mount, the limit on file sizes, which needs no rights, stands in for it.

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use faq_engine::conversation::Conversation;
use faq_engine::ports::{ContentStore, ConversationStore, StoreError};
use faq_store_sled::{OpenError, SledStore, WriteState};
use faq_testkit::build::{change, moment, person};

use support::{CHILD_DIR, all, child_dir, open};

/// Saves until the store refuses; returns how many saves were acknowledged.
async fn save_until_refused(store: &SledStore, from: usize) -> (usize, StoreError) {
    for number in from.. {
        let document = format!("{number} {}", "Straße ".repeat(2_000));
        match store.content().save(vec![change(&format!("entry/fill/{number:05}"), 0, &document)]).await {
            Ok(_) => {}
            Err(error) => return (number, error),
        }
        assert!(number < 100_000, "the disk never gets full");
    }
    unreachable!("counts until it returns")
}

fn fill_the_rest(dir: &Path) {
    let mut file = fs::OpenOptions::new().append(true).create(true).open(dir.join("junk")).expect("opens");
    for size in [64 * 1024, 4096, 1] {
        while file.write_all(&vec![1; size]).is_ok() {}
    }
}

fn remount(dir: &Path, options: &str) {
    let asked = Instant::now();
    let remounted = || {
        let mut mount = Command::new("mount");
        mount.args(["-o", &format!("remount,{options}")]).arg(dir).stderr(Stdio::null());
        mount.status().expect("mount runs").success()
    };
    // sled lets go of its file a moment after it was dropped; until then the disk is busy.
    while !remounted() {
        assert!(asked.elapsed() < Duration::from_secs(5), "remount,{options}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Runs on the small disk.
#[test]
fn small_disk_child() {
    let Some(dir) = child_dir() else { return };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(on_a_small_disk(&dir.join("data"), &dir));
    writeln!(std::io::stdout(), "all shown").expect("the parent listens");
}

async fn on_a_small_disk(data: &Path, disk: &Path) {
    let (noon, one) = (moment("2026-12-01T12:00:00+01:00"), moment("2026-12-01T13:00:00+01:00"));
    let store = SledStore::open(data).await.expect("an almost empty disk is fine");
    assert_eq!(store.write_state(), WriteState::Writable);
    store.conversations().save(&person("aa"), &Conversation::default(), one).await.expect("saves");

    let (saved, error) = save_until_refused(&store, 0).await;
    assert!(saved > 20, "only {saved} saves fit");
    assert!(matches!(&error, StoreError::ReadOnly(why) if why.contains("make room")), "{error}");
    assert_eq!(all(&store).await.len(), saved, "reading goes on");

    fill_the_rest(disk);
    assert!(matches!(store.write_state(), WriteState::ReadOnly(_)));
    let refused = store.content().save(vec![change("towns/", 0, "small")]).await;
    assert!(matches!(refused, Err(StoreError::ReadOnly(_))), "{refused:?}");
    assert!(store.conversations().load(&person("aa"), noon).await.expect("reads").is_some());
    let refused = store.conversations().save(&person("bb"), &Conversation::default(), one).await;
    assert!(matches!(refused, Err(StoreError::ReadOnly(_))), "{refused:?}");
    assert_eq!(all(&store).await.len(), saved, "reading goes on");

    drop(store);
    let store = SledStore::open(data).await.expect("the reserve makes room to open");
    assert_eq!(all(&store).await.len(), saved);
    assert!(matches!(store.write_state(), WriteState::ReadOnly(_)));
    assert!(!data.join("reserve").exists(), "it was given up");
    drop(store);

    fill_the_rest(disk);
    let error = SledStore::open(data).await.expect_err("now there is no room at all");
    assert!(matches!(error, OpenError::DiskFull { .. }), "{error}");
    assert!(error.to_string().contains("make room"), "{error}");

    fs::remove_file(disk.join("junk")).expect("removes");
    let store = SledStore::open(data).await.expect("opens again");
    assert_eq!(all(&store).await.len(), saved, "nothing was lost");
    fill_the_rest(disk);
    assert!(store.content().save(vec![change("towns/", 0, "no")]).await.is_err());
    remount(disk, "size=64m");
    store.content().save(vec![change("towns/", 0, "yes")]).await.expect("works again by itself");
    assert_eq!(store.write_state(), WriteState::Writable);
    assert!(data.join("reserve").exists(), "it stands by again");
    assert_eq!(store.verify().await.expect("all is well").records, saved + 1);
    drop(store);

    remount(disk, "ro");
    let error = SledStore::open(data).await.expect_err("nothing can be written");
    assert!(matches!(error, OpenError::NotWritable { .. }), "{error}");
    remount(disk, "rw");
    let store = SledStore::open(data).await.expect("opens again");
    assert_eq!(all(&store).await.len(), saved + 1);
}

#[test]
fn a_full_disk_stops_saving_and_nothing_else() {
    let disk = tempfile::tempdir().expect("a folder");
    let namespaces: [&[&str]; 2] = [&["--mount"], &["--mount", "--user", "--map-root-user"]];
    let mounts = |options: &&&[&str]| {
        let mut probe = Command::new("unshare");
        probe.args(**options).args(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(disk.path());
        probe.stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    let Some(options) = namespaces.iter().find(mounts) else {
        return a_database_that_takes_no_more(disk.path());
    };
    let program = std::env::current_exe().expect("this program has a path");
    let script = "mount -t tmpfs -o size=8m tmpfs \"$0\" && exec \"$1\" --exact small_disk_child --nocapture";
    let output = Command::new("unshare")
        .args(*options)
        .args(["sh", "-c", script])
        .args([disk.path(), &program])
        .env(CHILD_DIR, disk.path())
        .output()
        .expect("the child runs");
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    assert!(output.status.success() && said.contains("all shown"), "{said}");
}

/// Runs under a limit on file sizes, which the system lifts when the parent has heard of the refusal.
#[test]
fn limited_child() {
    let Some(dir) = child_dir() else { return };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let say = |what: String| {
            let mut out = std::io::stdout();
            writeln!(out, "{what}").and_then(|()| out.flush()).expect("the parent listens");
        };
        let store = open(&dir).await;
        let (saved, error) = save_until_refused(&store, 0).await;
        assert!(matches!(error, StoreError::ReadOnly(_)), "{error:?}");
        assert_eq!(all(&store).await.len(), saved, "reading goes on");
        // A small one may still fit, since opening anew tidies up; a large one may not.
        let small = store.content().save(vec![change("towns/", 0, "x")]).await;
        let saved = saved + usize::from(small.is_ok());
        let (_, error) = save_until_refused(&store, 90_000).await;
        assert!(matches!(error, StoreError::ReadOnly(_)), "{error:?}");
        assert!(all(&store).await.len() >= saved, "reading still goes on");
        say(format!("refused after {saved}"));

        let mut line = String::new();
        std::io::stdin().read_line(&mut line).expect("the parent says when");
        store.content().save(vec![change("office/soest", 0, "x")]).await.expect("works again by itself");
        assert!(all(&store).await.len() > saved, "and what was saved is still there");
        store.verify().await.expect("all is well");
        say("works again".to_owned());
        let text = line.trim();
        assert_eq!(text, "lifted");
    });
}

/// sled itself fails in the middle of a save, is opened anew in the same process, and nothing acknowledged is lost.
fn a_database_that_takes_no_more(dir: &Path) {
    let program = std::env::current_exe().expect("this program has a path");
    // The signal is ignored, so that writing fails instead of ending the process; the limit is soft, to be lifted.
    let script = "trap '' XFSZ; ulimit -S -f 6144; exec \"$0\" --exact limited_child --nocapture";
    let mut limited = Command::new("bash")
        .args(["-c", script])
        .arg(program)
        .env(CHILD_DIR, dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the child starts");
    let mut lines = BufReader::new(limited.stdout.take().expect("it is piped")).lines().map_while(Result::ok);
    let refused = lines.find(|line| line.starts_with("refused after")).expect("the child reaches the limit");
    let saved: usize = refused.rsplit(' ').next().and_then(|number| number.parse().ok()).expect("a number");
    assert!(saved > 20, "only {saved} saves fit");
    let lift = Command::new("prlimit").args(["--pid", &limited.id().to_string(), "--fsize=unlimited"]).status();
    assert!(lift.expect("prlimit runs").success());
    let mut stdin = limited.stdin.take().expect("it is piped");
    writeln!(stdin, "lifted").expect("the child listens");
    assert!(lines.any(|line| line == "works again"), "the child failed");
    assert!(limited.wait().expect("it ended").success());

    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let store = open(dir).await;
        assert!(all(&store).await.len() > saved);
        store.verify().await.expect("all is well");
    });
}

#[test]
fn a_database_that_fails_while_saving_is_opened_anew() {
    let dir: tempfile::TempDir = tempfile::tempdir().expect("a folder");
    let path: PathBuf = dir.path().join("data");
    a_database_that_takes_no_more(&path);
}
