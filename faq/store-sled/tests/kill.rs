//! A save that returned survives `kill -9`, and a batch is there whole or not at all.

mod support;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::sync::mpsc;
use std::time::Duration;

use faq_engine::ports::ContentStore;
use faq_testkit::build::change;

use support::{Chance, all, child, child_dir, open};

const KILLS: u32 = 30;
const BATCH: u64 = 12;

/// Writes batches until it is killed and says each number once its batch was saved.
#[test]
fn writer_child() {
    let Some(dir) = child_dir() else { return };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let store = open(&dir).await;
        let there = all(&store).await;
        let next = there.iter().map(|record| record.revision).max().unwrap_or(0);
        let mut out = std::io::stdout();
        for number in next.. {
            store.content().save(batch(number)).await.expect("saves");
            writeln!(out, "saved {}", number + 1).and_then(|()| out.flush()).expect("the parent listens");
        }
    });
}

/// Batch `number` brings every record from revision `number` to the next; odd ones are large.
fn batch(number: u64) -> Vec<faq_engine::ports::ContentChange> {
    let size = if number.is_multiple_of(2) { 1 } else { 400 };
    let document = format!("batch {number} {}", "Straße ".repeat(size));
    (0..BATCH).map(|n| change(&format!("service/topic/s{n}"), number, &document)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_saved_survives_thirty_kills() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut chance = Chance(4);
    let mut acknowledged = 0;
    for kill in 0..KILLS {
        let mut writer = child("writer_child", dir.path()).spawn().expect("the child starts");
        let lines = BufReader::new(writer.stdout.take().expect("it is piped")).lines();
        let (heard, said) = mpsc::channel();
        let reader = std::thread::spawn(move || {
            let saved = |line: String| line.strip_prefix("saved ")?.parse::<u64>().ok();
            // Once the parent has heard enough it listens no more.
            lines.map_while(Result::ok).filter_map(saved).inspect(|number| _ = heard.send(*number)).max()
        });
        // By what it said and not by the clock, so that a busy machine shows as much; some die while opening.
        for _ in 0..chance.below(5) {
            said.recv_timeout(Duration::from_secs(20)).expect("the writer saves");
        }
        std::thread::sleep(Duration::from_micros(chance.below(20_000)));
        writer.kill().expect("SIGKILL is delivered");
        let status = writer.wait().expect("it ended");
        assert!(status.code().is_none(), "the writer ended by itself in round {kill}: {status}");
        acknowledged = acknowledged.max(reader.join().expect("reads").unwrap_or(0));

        let store = open(dir.path()).await;
        let records = all(&store).await;
        let revisions: BTreeMap<_, _> = records.iter().map(|r| (r.key.to_string(), r.revision)).collect();
        let reached = records.first().map_or(0, |record| record.revision);
        assert!(reached >= acknowledged, "round {kill}: {acknowledged} was acknowledged, {reached} is there");
        assert!(reached <= acknowledged + 1, "round {kill}: more is there than was ever begun");
        if reached > 0 {
            assert_eq!(records.len() as u64, BATCH, "round {kill}: {revisions:?}");
            let expected = batch(reached - 1).remove(0).document;
            for record in &records {
                assert_eq!(record.revision, reached, "round {kill}: half a batch: {revisions:?}");
                assert_eq!(Some(&record.document), expected.as_ref(), "round {kill}: half a record");
            }
        }
        acknowledged = reached;
    }
    assert!(acknowledged > 30, "the writer hardly wrote ({acknowledged} batches), so nothing was shown");
    open(dir.path()).await.verify().await.expect("all is well");
}
