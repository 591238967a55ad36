//! What the benchmarks share: the shipped configuration, the golden questions, and CPU time.
//!
//! CPU time and not the clock on the wall, because on a shared machine only the former means the same twice.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use auskunft::assembly::Configuration;
use auskunft::evaluation::{self, Case};
use auskunft_config::ConfigFolder;
use auskunft_config::settings::Environment;
use faq_engine::desk::InfoDesk;
use faq_engine::turn::Turn;
use rustix::time::{ClockId, clock_gettime};

/// The shipped configuration.
pub(crate) fn configuration() -> Configuration {
    let folder = ConfigFolder::new(workspace().join("config"));
    // Nothing of the surrounding environment, so that two runs measure the same.
    Configuration::read(folder, &Environment::default()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// Asks the desk. It never waits for anything with these adapters, so no runtime is measured along.
pub(crate) fn answer(desk: &InfoDesk, question: &str) {
    let answering = pin!(desk.answer(Turn::first(question)));
    match answering.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(reply) => drop(black_box(reply)),
        Poll::Pending => panic!("the desk waits for something"),
    }
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

/// CPU time of many questions, sorted.
pub(crate) struct CpuTimes(Vec<Duration>);

impl CpuTimes {
    /// Asks every question once to warm up and then as often as said, one measurement for each time it is asked.
    pub(crate) fn of<Q>(questions: &[Q], rounds: usize, ask: impl Fn(&Q)) -> Self {
        questions.iter().for_each(&ask);
        let mut times: Vec<Duration> = Vec::with_capacity(questions.len() * rounds);
        for question in std::iter::repeat_n(questions, rounds).flatten() {
            let before = cpu_time(ClockId::ThreadCPUTime);
            ask(question);
            times.push(cpu_time(ClockId::ThreadCPUTime) - before);
        }
        times.sort();
        Self(times)
    }

    pub(crate) fn mean(&self) -> Duration {
        self.0.iter().sum::<Duration>() / self.0.len() as u32
    }

    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        self.0[(self.0.len() * percent).div_ceil(100) - 1]
    }
}

impl std::fmt::Display for CpuTimes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let micros = |time: Duration| time.as_nanos() as f64 / 1000.0;
        let (mean, p50, p99) = (micros(self.mean()), micros(self.percentile(50)), micros(self.percentile(99)));
        write!(f, "mean {mean:.1} µs, p50 {p50:.1} µs, p99 {p99:.1} µs CPU over {} questions", self.0.len())
    }
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
