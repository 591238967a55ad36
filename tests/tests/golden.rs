//! The quality of answers is held: what the golden questions scored once, they must not lose again.

use std::io::Write;
use std::sync::LazyLock;

use auskunft_tests::command_line::auskunft;
use serde_json::Value;

const FOLDER: &str = "tests/golden/soest";

/// The figures by file. One run for all tests: the index is built once.
static FIGURES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let files = ["questions.jsonl", "hours.jsonl", "dialogues.jsonl"];
    let paths = files.map(|file| format!("{FOLDER}/{file}"));
    let reports = auskunft(["eval", "--json"].map(str::to_owned).into_iter().chain(paths)).replies();
    assert_eq!(reports.len(), files.len(), "one report for each file");
    reports
});

/// The figures of a file, shown to whoever reads the run: a change of a score is explained in its commit.
fn figures(file: &str) -> &'static Value {
    let report = FIGURES.iter().find(|report| report["file"].as_str().is_some_and(|named| named.ends_with(file)));
    let report = report.unwrap_or_else(|| panic!("no report names {file}"));
    // Past the test's own capture: the figures are to be seen when all is well, too.
    let _ = writeln!(std::io::stdout(), "{report}");
    report
}

fn share(report: &Value, path: &str) -> f64 {
    report.pointer(path).and_then(Value::as_f64).unwrap_or_else(|| panic!("no {path} in {report}"))
}

#[test]
fn nine_of_ten_german_questions_find_their_service_and_eight_their_aspect() {
    let report = figures("questions.jsonl");
    assert!(share(report, "/by/german/service") >= 0.9, "{}", report);
    assert!(share(report, "/by/german/service_and_facet") >= 0.8, "{}", report);
    assert!(share(report, "/kind") >= 0.92, "{}", report);
}

#[test]
fn nineteen_of_twenty_questions_about_opening_hours_are_right() {
    let report = figures("hours.jsonl");
    assert_eq!(report["asked"], 20);
    assert!(share(report, "/by/hours/service") >= 0.95, "{}", report);
}

#[test]
fn dialogues_are_scored_turn_by_turn() {
    let report = figures("dialogues.jsonl");
    assert!(report["asked"].as_u64() > Some(20), "{}", report);
    assert!(share(report, "/kind") >= 0.9, "{}", report);
    assert!(share(report, "/by/dialogue_turns/service") >= 0.88, "{}", report);
}
