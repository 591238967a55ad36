//! What another threshold would do: who answers more questions answers more of them wrongly.

use std::io::Write;

use serde_json::json;

use super::report::share;

/// The first hit of every question, judged.
#[derive(Debug, Clone, Default)]
pub(super) struct TradeOff {
    /// For questions that have an answer: how sure the first hit was, and whether it was the right one.
    answerable: Vec<(f32, bool)>,
    /// For questions that have none: how sure the first hit was.
    unanswerable: Vec<f32>,
}

/// What happens when every first hit with at least this confidence is answered; shares between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    /// The least confidence to be answered.
    threshold: f32,
    /// Questions with an answer, answered right.
    right: f64,
    /// Questions with an answer, answered wrong.
    wrong: f64,
    /// Questions without an answer, answered.
    false_answers: f64,
}

impl TradeOff {
    /// Notes the first hit of a question that has an answer.
    pub(super) fn note_answerable(&mut self, confidence: f32, is_right: bool) {
        self.answerable.push((confidence, is_right));
    }

    /// Notes the first hit of a question that has none.
    pub(super) fn note_unanswerable(&mut self, confidence: f32) {
        self.unanswerable.push(confidence);
    }

    /// The share of questions with an answer that is answered right when the threshold lets through one in ten of those
    /// without.
    pub(super) fn right_at_ten_percent_false(&self) -> f64 {
        let mut unanswerable = self.unanswerable.clone();
        unanswerable.sort_by(|a, b| b.total_cmp(a));
        let threshold = unanswerable.get(unanswerable.len() / 10).copied().unwrap_or(f32::NEG_INFINITY);
        let right = self.answerable.iter().filter(|(confidence, is_right)| *is_right && *confidence > threshold);
        share(right.count(), self.answerable.len())
    }

    /// The curve, from answering nearly everything to answering only the surest.
    pub(super) fn curve(&self) -> Vec<Point> {
        (1_u8..=9).map(|tenths| self.at(f32::from(tenths) / 10.0)).collect()
    }

    fn at(&self, threshold: f32) -> Point {
        let answered = |wanted: bool| {
            let answered = self.answerable.iter().filter(|(confidence, _)| *confidence >= threshold);
            answered.filter(|(_, is_right)| *is_right == wanted).count()
        };
        let false_answers = self.unanswerable.iter().filter(|confidence| **confidence >= threshold).count();
        Point {
            threshold,
            right: share(answered(true), self.answerable.len()),
            wrong: share(answered(false), self.answerable.len()),
            false_answers: share(false_answers, self.unanswerable.len()),
        }
    }

    /// The curve as JSON.
    pub(super) fn to_json(&self) -> serde_json::Value {
        let point = |point: Point| {
            let Point { threshold, right, wrong, false_answers } = point;
            // Tenths are not exact in binary; a program should read 0.1.
            let threshold = f64::from((threshold * 10.0).round()) / 10.0;
            json!({"threshold": threshold, "right": right, "wrong": wrong, "false_answers": false_answers})
        };
        self.curve().into_iter().map(point).collect()
    }

    /// The curve for people.
    pub(super) fn print(&self, output: &mut dyn Write) -> std::io::Result<()> {
        writeln!(output, "  answering from      right    wrong  out of scope")?;
        for Point { threshold, right, wrong, false_answers } in self.curve() {
            let [right, wrong, false_answers] =
                [right, wrong, false_answers].map(|share| format!("{:.1} %", 100.0 * share));
            writeln!(output, "    {threshold:.1}          {right:>9}{wrong:>9}{false_answers:>14}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tradeoff() -> TradeOff {
        let mut tradeoff = TradeOff::default();
        for (confidence, is_right) in [(0.95, true), (0.65, true), (0.45, false), (0.15, true)] {
            tradeoff.note_answerable(confidence, is_right);
        }
        (0..10).for_each(|number| tradeoff.note_unanswerable(number as f32 / 20.0));
        tradeoff
    }

    #[test]
    fn a_higher_threshold_answers_less_and_less_wrongly() {
        let curve = tradeoff().curve();
        assert_eq!(curve.len(), 9);
        assert_eq!(curve[0], Point { threshold: 0.1, right: 0.75, wrong: 0.25, false_answers: 0.8 });
        assert_eq!(curve[8], Point { threshold: 0.9, right: 0.25, wrong: 0.0, false_answers: 0.0 });
        assert!(
            curve.is_sorted_by(|a, b| a.right >= b.right && a.wrong >= b.wrong && a.false_answers >= b.false_answers)
        );
    }

    #[test]
    fn one_in_ten_questions_without_an_answer_may_be_answered() {
        // The second surest of ten has 0.4: only what is surer counts.
        assert_eq!(tradeoff().right_at_ten_percent_false(), 0.5);
        assert_eq!(TradeOff::default().right_at_ten_percent_false(), 0.0);
    }
}
