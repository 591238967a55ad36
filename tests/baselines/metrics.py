"""The measures, the same for every system and the same as in `bot/auskunft/src/evaluation/sets.rs`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from question_set import Query

RANKS = 10


@dataclass(frozen=True)
class Answer:
    """Entries by number with their score, best first, and how long it took."""

    hits: Sequence[tuple[int, float]]
    milliseconds: float


@dataclass(frozen=True)
class Figures:
    """How well one system did on one file of queries."""

    expected: int
    unexpected: int
    accuracy_at_1: float
    recall_at_3: float
    recall_at_5: float
    mrr_at_10: float
    right_at_10_false: float
    p50_ms: float
    p99_ms: float
    build_ms: float


def score(queries: Sequence[Query], answers: Sequence[Answer], build_ms: float) -> Figures:
    """Compares the answers with what was expected."""
    if len(queries) != len(answers):
        raise ValueError(f"{len(queries)} queries, but {len(answers)} answers")
    pairs = list(zip(queries, answers))
    meant = [(rank_of(query.expected, answer), answer) for query, answer in pairs if query.expected is not None]
    ranks = [rank for rank, _ in meant]
    right = [confidence(answer) if rank == 1 else -math.inf for rank, answer in meant]
    null = [confidence(answer) for query, answer in pairs if query.expected is None]
    times = [answer.milliseconds for answer in answers]
    return Figures(
        expected=len(ranks),
        unexpected=len(null),
        accuracy_at_1=share_within(ranks, 1),
        recall_at_3=share_within(ranks, 3),
        recall_at_5=share_within(ranks, 5),
        mrr_at_10=share(sum(1 / rank for rank in ranks if rank <= RANKS), len(ranks)),
        right_at_10_false=right_at_ten_percent_false(right, null),
        p50_ms=percentile(times, 50),
        p99_ms=percentile(times, 99),
        build_ms=build_ms,
    )


def rank_of(expected: int, answer: Answer) -> float:
    """The place of the expected entry from 1, infinity if it was not found."""
    numbers = [number for number, _ in answer.hits]
    return numbers.index(expected) + 1 if expected in numbers else math.inf


def confidence(answer: Answer) -> float:
    """The score of the first entry; 0 where nothing was found."""
    return answer.hits[0][1] if answer.hits else 0.0


def right_at_ten_percent_false(right: Sequence[float], null: Sequence[float]) -> float:
    """The share answered right at the score that lets through one in ten of the questions nobody can answer.

    A score must be above the threshold, not at it: of equal scores either all are answered or none.
    """
    falling = sorted(null, reverse=True)
    threshold = falling[len(falling) // 10] if falling else -math.inf
    return share(sum(score > threshold for score in right), len(right))


def share_within(ranks: Sequence[float], last: int) -> float:
    """The share of ranks up to the last that counts."""
    return share(sum(rank <= last for rank in ranks), len(ranks))


def share(part: float, whole: int) -> float:
    """A part of the whole; nothing of nothing is nothing."""
    return part / whole if whole else 0.0


def percentile(times: Sequence[float], percent: int) -> float:
    """The nearest rank: a time that occurred."""
    index = max(math.ceil(len(times) * percent / 100) - 1, 0)
    return sorted(times)[index] if times else 0.0


def pool(figures: Sequence[Figures]) -> Figures:
    """Several sets as one: shares by number of questions, the typical median, the worst p99, the whole build time.

    The threshold of `right_at_10_false` stays that of each set. A town has one content, so it would set it for that one.
    """

    def mean(name: str, weights: Sequence[int]) -> float:
        weighted = sum(getattr(figure, name) * weight for figure, weight in zip(figures, weights))
        return share(weighted, sum(weights))

    expected = [figure.expected for figure in figures]
    asked = [figure.expected + figure.unexpected for figure in figures]
    shares = ("accuracy_at_1", "recall_at_3", "recall_at_5", "mrr_at_10", "right_at_10_false")
    return Figures(
        expected=sum(expected),
        unexpected=sum(figure.unexpected for figure in figures),
        **{name: mean(name, expected) for name in shares},
        p50_ms=mean("p50_ms", asked),
        p99_ms=max(figure.p99_ms for figure in figures),
        build_ms=sum(figure.build_ms for figure in figures),
    )
