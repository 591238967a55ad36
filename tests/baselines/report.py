"""Figures as a table for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from metrics import Figures, pool

HEADINGS = ("accuracy@1", "recall@3", "recall@5", "MRR@10", "right at 10 % false")


@dataclass(frozen=True)
class Result:
    """Figures of one system on one file of queries."""

    set_name: str
    noise: str
    system: str
    figures: Figures


def with_pooled(results: Sequence[Result]) -> list[Result]:
    """Adds what sets of one family say together; a family is what stands before the first hyphen of a set's name."""
    families: dict[tuple[str, str, str], list[Result]] = {}
    for result in results:
        family = result.set_name.partition("-")[0]
        families.setdefault((family, result.noise, result.system), []).append(result)
    pooled = [
        Result(f"{family} (pooled)", noise, system, pool([member.figures for member in members]))
        for (family, noise, system), members in families.items()
        if len(members) > 1
    ]
    return [*results, *pooled]


def markdown(results: Sequence[Result], versions: dict[str, str]) -> str:
    """A table for each kind of queries, and the versions below."""
    tables = [table(noise, results) for noise in unique(result.noise for result in results)]
    systems = ", ".join(f"{name} {version}" for name, version in versions.items())
    return "\n\n".join([*tables, f"Measured: {systems}."])


def table(noise: str, results: Sequence[Result]) -> str:
    """The queries that something was done to: sets one below the other, in each the systems."""
    head = ["set", "questions", "system", *HEADINGS, "p50 / p99 ms", "build ms"]
    own = [result for result in results if result.noise == noise]
    sets = unique(result.set_name for result in own)
    rows = [cells(result) for name in sets for result in own if result.set_name == name]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join([f"Questions: {noise}", "", *(f"| {' | '.join(line)} |" for line in lines)])


def cells(result: Result) -> list[str]:
    """A row. Questions with an expected entry and, after the plus, without one."""
    own = result.figures
    shares = (own.accuracy_at_1, own.recall_at_3, own.recall_at_5, own.mrr_at_10, own.right_at_10_false)
    return [
        result.set_name,
        f"{own.expected:,} + {own.unexpected:,}",
        result.system,
        *(f"{100 * share:.1f} %" for share in shares),
        f"{own.p50_ms:.2f} / {own.p99_ms:.2f}",
        f"{own.build_ms:,.0f}",
    ]


def to_json(results: Sequence[Result], versions: dict[str, str]) -> str:
    """Everything, with shares as fractions."""
    figures = [
        {"set": result.set_name, "noise": result.noise, "system": result.system, **asdict(result.figures)}
        for result in results
    ]
    return json.dumps({"versions": versions, "figures": figures}, ensure_ascii=False, indent=2)


def unique(names) -> list[str]:
    """Each name once, in the order they came."""
    return list(dict.fromkeys(names))
