"""The measures on answers small enough to check by hand."""

import math
import unittest

from metrics import Answer, Figures, percentile, pool, right_at_ten_percent_false, score
from question_set import Query
from report import Result, with_pooled


def answer(*numbers: int, confidence: float = 1.0, milliseconds: float = 1.0) -> Answer:
    """Entries in this order, the first with this confidence."""
    return Answer([(number, confidence - place / 100) for place, number in enumerate(numbers)], milliseconds)


def figures(expected: int, accuracy: float, **others: float) -> Figures:
    """Figures in which only what a test names matters."""
    rest = {"unexpected": 0, "recall_at_3": 0, "recall_at_5": 0, "mrr_at_10": 0, "right_at_10_false": 0}
    times = {"p50_ms": 0, "p99_ms": 0, "build_ms": 0}
    return Figures(**{"expected": expected, "accuracy_at_1": accuracy, **rest, **times, **others})


class Metrics(unittest.TestCase):
    def test_ranks_are_counted_where_an_entry_is_expected(self):
        queries = [Query("", 7), Query("", 7), Query("", 7), Query("", 7), Query("", None)]
        answers = [answer(7), answer(1, 7), answer(1, 2, 3, 7), answer(), answer(7)]
        found = score(queries, answers, build_ms=5)
        self.assertEqual((found.expected, found.unexpected, found.build_ms), (4, 1, 5))
        self.assertEqual((found.accuracy_at_1, found.recall_at_3, found.recall_at_5), (1 / 4, 2 / 4, 3 / 4))
        self.assertAlmostEqual(found.mrr_at_10, (1 + 1 / 2 + 1 / 4) / 4)

    def test_a_place_behind_the_tenth_does_not_count(self):
        found = score([Query("", 7)], [answer(*range(10, 20), 7)], build_ms=0)
        self.assertEqual(found.mrr_at_10, 0)

    def test_one_in_ten_questions_without_an_entry_is_let_through(self):
        null = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9]
        self.assertEqual(right_at_ten_percent_false([0.86, 0.84], null), 0.5)

    def test_of_equal_scores_none_is_let_through(self):
        self.assertEqual(right_at_ten_percent_false([1.0, 1.0], [1.0, 1.0, 0.5]), 0)

    def test_a_wrong_answer_is_not_right_however_sure(self):
        found = score([Query("", 7), Query("", 7)], [answer(7, confidence=0.5), answer(8, confidence=0.9)], build_ms=0)
        self.assertEqual(found.right_at_10_false, 0.5)

    def test_finding_nothing_is_no_confidence(self):
        queries = [Query("", 7), Query("", None)]
        self.assertEqual(score(queries, [answer(7, confidence=0.5), answer()], build_ms=0).right_at_10_false, 1)

    def test_nothing_asked_is_no_figure(self):
        found = score([], [], build_ms=0)
        self.assertEqual((found.accuracy_at_1, found.right_at_10_false, found.p99_ms), (0, 0, 0))

    def test_a_lost_answer_is_noticed(self):
        with self.assertRaises(ValueError):
            score([Query("", 7)], [], build_ms=0)

    def test_a_percentile_is_a_time_that_occurred(self):
        times = [4.0, 1.0, 3.0, 2.0]
        self.assertEqual((percentile(times, 50), percentile(times, 99)), (2.0, 4.0))


class Pooling(unittest.TestCase):
    def test_sets_weigh_by_their_questions(self):
        pooled = pool([figures(100, 0.9, p99_ms=1, build_ms=2), figures(300, 0.5, p99_ms=7, build_ms=3)])
        self.assertEqual(pooled.expected, 400)
        self.assertTrue(math.isclose(pooled.accuracy_at_1, 0.6))
        self.assertEqual((pooled.p99_ms, pooled.build_ms), (7, 5))

    def test_sets_of_one_family_are_pooled_by_system_and_noise(self):
        names = [("a-x", "typos"), ("a-y", "typos"), ("a-y", "noisy"), ("b", "typos")]
        results = [Result(name, noise, "one", figures(1, 1.0)) for name, noise in names]
        self.assertEqual([result.set_name for result in with_pooled(results)[len(names) :]], ["a (pooled)"])


if __name__ == "__main__":
    unittest.main()
