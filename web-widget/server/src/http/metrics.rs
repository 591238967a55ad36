//! What the desk counts: enough to see how it does, nothing about anybody.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use faq_engine::ports::{Reason, Verdict};
use faq_engine::reply::ReplyKind;

/// Upper bounds in seconds; an answer takes well below a millisecond, a booking system some seconds.
const BOUNDS: [f64; 10] = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0];

/// Service or entry, facet, verdict and reason; names come from the catalogue.
type Rated = (String, &'static str, &'static str, &'static str);

/// The counters of one process.
#[derive(Default)]
pub(crate) struct Metrics {
    /// By route and status; both come from short lists of our own.
    requests: Mutex<BTreeMap<String, BTreeMap<u16, u64>>>,
    replies: Mutex<BTreeMap<&'static str, u64>>,
    feedback: Mutex<BTreeMap<Rated, u64>>,
    durations: [AtomicU64; BOUNDS.len()],
    duration_count: AtomicU64,
    duration_micros: AtomicU64,
}

impl Metrics {
    pub(crate) fn count_request(&self, route: &str, status: u16) {
        let mut requests = lock(&self.requests);
        match requests.get_mut(route) {
            Some(by_status) => *by_status.entry(status).or_default() += 1,
            None => drop(requests.insert(route.to_owned(), BTreeMap::from([(status, 1)]))),
        }
    }

    pub(crate) fn count_reply(&self, kind: ReplyKind, took: Duration) {
        *lock(&self.replies).entry(kind.as_str()).or_default() += 1;
        let seconds = took.as_secs_f64();
        for (bound, count) in BOUNDS.iter().zip(&self.durations) {
            if seconds <= *bound {
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
        self.duration_count.fetch_add(1, Ordering::Relaxed);
        self.duration_micros.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Counts a verdict in the place of the one it replaces.
    pub(crate) fn change_feedback(
        &self,
        subject: &str,
        facet: &'static str,
        before: Option<Verdict>,
        now: Option<Verdict>,
    ) {
        let key = |verdict: Verdict| {
            let (helpful, reason) = labels(verdict);
            (subject.to_owned(), facet, helpful, reason)
        };
        let mut feedback = lock(&self.feedback);
        if let Some(count) = before.and_then(|verdict| feedback.get_mut(&key(verdict))) {
            *count = count.saturating_sub(1);
        }
        if let Some(verdict) = now {
            *feedback.entry(key(verdict)).or_default() += 1;
        }
    }

    /// In Prometheus' text format.
    pub(crate) fn as_text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text).expect("a string takes everything");
        text
    }

    fn write(&self, text: &mut String) -> std::fmt::Result {
        writeln!(text, "# HELP auskunft_requests_total Requests by route and status.")?;
        writeln!(text, "# TYPE auskunft_requests_total counter")?;
        for (route, by_status) in lock(&self.requests).iter() {
            for (status, count) in by_status {
                writeln!(text, "auskunft_requests_total{{route=\"{route}\",status=\"{status}\"}} {count}")?;
            }
        }
        writeln!(text, "# HELP auskunft_replies_total Replies by kind.")?;
        writeln!(text, "# TYPE auskunft_replies_total counter")?;
        for (kind, count) in lock(&self.replies).iter() {
            writeln!(text, "auskunft_replies_total{{kind=\"{kind}\"}} {count}")?;
        }
        writeln!(text, "# HELP auskunft_feedback Verdicts that stand, by service or entry, facet and reason.")?;
        writeln!(text, "# TYPE auskunft_feedback gauge")?;
        for ((subject, facet, helpful, reason), count) in lock(&self.feedback).iter() {
            let labels = format!("subject=\"{subject}\",facet=\"{facet}\",helpful=\"{helpful}\",reason=\"{reason}\"");
            writeln!(text, "auskunft_feedback{{{labels}}} {count}")?;
        }
        writeln!(text, "# HELP auskunft_answer_duration_seconds Time the desk took for an answer.")?;
        writeln!(text, "# TYPE auskunft_answer_duration_seconds histogram")?;
        for (bound, count) in BOUNDS.iter().zip(&self.durations) {
            let count = count.load(Ordering::Relaxed);
            writeln!(text, "auskunft_answer_duration_seconds_bucket{{le=\"{bound}\"}} {count}")?;
        }
        let count = self.duration_count.load(Ordering::Relaxed);
        let seconds = Duration::from_micros(self.duration_micros.load(Ordering::Relaxed)).as_secs_f64();
        writeln!(text, "auskunft_answer_duration_seconds_bucket{{le=\"+Inf\"}} {count}")?;
        writeln!(text, "auskunft_answer_duration_seconds_sum {seconds}")?;
        writeln!(text, "auskunft_answer_duration_seconds_count {count}")
    }
}

/// The names of verdict and reason; an empty reason is none.
fn labels(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Helpful => ("true", ""),
        Verdict::NotHelpful(None) => ("false", ""),
        Verdict::NotHelpful(Some(Reason::Wrong)) => ("false", "wrong"),
        Verdict::NotHelpful(Some(Reason::Incomplete)) => ("false", "incomplete"),
        Verdict::NotHelpful(Some(Reason::Unclear)) => ("false", "unclear"),
    }
}

/// A panic while counting leaves a count that is off by one, which is no reason to stop counting.
fn lock<T>(counter: &Mutex<T>) -> MutexGuard<'_, T> {
    counter.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_written_as_prometheus_reads_them() {
        let metrics = Metrics::default();
        metrics.count_request("/api/v1/messages", 200);
        metrics.count_request("/api/v1/messages", 200);
        metrics.count_request("/api/v1/messages", 400);
        metrics.count_reply(ReplyKind::Answer, Duration::from_micros(300));
        metrics.change_feedback("kfz-abmeldung", "fee", None, Some(Verdict::Helpful));
        insta::assert_snapshot!(metrics.as_text());
    }
}
