//! What the tests of this crate share.

#![allow(dead_code, reason = "each test program uses its part of this")]

use std::path::Path;
use std::process::{Command, Stdio};

use faq_engine::ports::{ContentRecord, ContentStore};
use faq_store_sled::{OpenError, SledStore, StoreOptions};
use faq_testkit::build::change;

/// Names the folder that a test program, started again as a child, works on.
pub(crate) const CHILD_DIR: &str = "STORE_TEST_CHILD_DIR";

/// Starts this test program again to run only this test, which then finds its folder in [`CHILD_DIR`]. A process of
/// its own can be killed, limited, and brought down by damage without taking the other tests with it.
pub(crate) fn child(test: &str, dir: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program has a path"));
    command.args(["--exact", test, "--nocapture", "--test-threads=1", "--quiet"]);
    command.env(CHILD_DIR, dir).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The folder of a child; `None` in the test program itself.
pub(crate) fn child_dir() -> Option<std::path::PathBuf> {
    std::env::var_os(CHILD_DIR).map(Into::into)
}

/// A reserve that no disk of a test machine is too small for.
pub(crate) const SMALL_RESERVE: StoreOptions = StoreOptions { reserve_bytes: 64 * 1024 };

/// Opens the store, which is expected to be fine.
pub(crate) async fn open(dir: &Path) -> SledStore {
    SledStore::open_with(dir, SMALL_RESERVE).await.expect("the store opens")
}

/// Opens the store, which is expected to be refused.
pub(crate) async fn refused(dir: &Path) -> OpenError {
    SledStore::open_with(dir, SMALL_RESERVE).await.expect_err("the store must not open")
}

/// Everything in the store.
pub(crate) async fn all(store: &SledStore) -> Vec<ContentRecord> {
    store.content().all().await.expect("reads")
}

/// Fills a store: this many records, some with a history, some large.
pub(crate) async fn fill(store: &SledStore, records: usize) {
    let content = store.content();
    for revision in 0..3 {
        let due = (0..records).filter(|n| n % 3 >= revision);
        let changes = due.map(|n| {
            let document = format!("record {n} revision {revision} {}", "Straße ".repeat(n * 37 % 900));
            change(&format!("service/topic/s{n}"), revision as u64, &document)
        });
        content.save(changes.collect()).await.expect("saves");
    }
}

/// Repeatable chance: SplitMix64.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// Copies a folder with everything in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("lists") {
        let entry = entry.expect("lists");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copies");
        }
    }
}
