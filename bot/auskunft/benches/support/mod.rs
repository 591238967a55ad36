//! What the benchmarks share: the shipped configuration, the golden questions, and CPU time.
//!
//! CPU time and not the clock on the wall, because on a shared machine only the former means the same twice.

use std::path::{Path, PathBuf};
use std::time::Duration;

use auskunft::assembly::Configuration;
use auskunft::evaluation::{self, Case};
use auskunft_config::ConfigFolder;
use auskunft_config::settings::Environment;
use rustix::time::{ClockId, clock_gettime};

/// The shipped configuration.
pub(crate) fn configuration() -> Configuration {
    let folder = ConfigFolder::new(workspace().join("config"));
    // Nothing of the surrounding environment, so that two runs measure the same.
    Configuration::read(folder, &Environment::default()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// What people asked in the golden questions of Kreis Soest.
pub(crate) fn golden_questions() -> Vec<String> {
    let file = workspace().join("tests/golden/soest/questions.jsonl");
    let cases = evaluation::read_cases(&file).unwrap_or_else(|error| panic!("{error}"));
    let questions = cases.into_iter().filter_map(|case| match case {
        Case::Question { query, .. } => Some(query),
        Case::Hours { .. } | Case::Dialogue { .. } => None,
    });
    questions.collect()
}

/// CPU time used so far, by this thread or by the whole process.
pub(crate) fn cpu_time(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).expect("nanoseconds are below a second"))
}

/// Whether this is a measurement; `cargo test` runs benchmarks too, only to see that they run.
pub(crate) fn is_measured() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

/// Whether a budget is kept, as a word.
pub(crate) fn kept(is_kept: bool) -> &'static str {
    if is_kept { "kept" } else { "MISSED" }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
