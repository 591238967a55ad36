"""A question set in the form of `auskunft eval --entries --queries`: a folder with entries.jsonl and queries.jsonl."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

AS_ASKED = "as asked"
# The same questions made worse, where a set has them.
NOISE = {"typos": "queries.typos.jsonl", "noisy": "queries.noisy.jsonl"}


@dataclass(frozen=True)
class Entry:
    """What can be found."""

    question: str
    alternatives: list[str]
    answer: str


@dataclass(frozen=True)
class Query:
    """What is asked, and the number of the entry that is meant; None if no entry is."""

    text: str
    expected: int | None


@dataclass(frozen=True)
class QueryFile:
    """One file of queries, and what was done to them."""

    noise: str
    path: Path
    queries: list[Query]


@dataclass(frozen=True)
class QuestionSet:
    """Entries, and one or more files of queries for them."""

    name: str
    language: str
    entries_path: Path
    entries: list[Entry]
    query_files: list[QueryFile]


def read(folder: Path, with_noise: bool) -> QuestionSet:
    """Reads a set; the language is that of its first entry and German without one, as in our own program."""
    entries_path = folder / "entries.jsonl"
    lines = read_lines(entries_path)
    numbers = {line["id"]: number for number, line in enumerate(lines)}
    files = {AS_ASKED: "queries.jsonl"} | (NOISE if with_noise else {})
    paths = {noise: folder / name for noise, name in files.items()}
    return QuestionSet(
        name=folder.resolve().name,
        language=(lines[0].get("lang") if lines else None) or "de",
        entries_path=entries_path,
        entries=[entry(line) for line in lines],
        query_files=[
            QueryFile(noise, path, queries(path, numbers))
            for noise, path in paths.items()
            if noise == AS_ASKED or path.exists()
        ],
    )


def entry(line: dict) -> Entry:
    """An entry from its line; what may be missing is empty."""
    return Entry(line["question"], line.get("alternatives") or [], line.get("answer") or "")


def queries(path: Path, numbers: dict) -> list[Query]:
    """The queries of a file. An unknown id counts as none, as in our own program."""
    return [Query(line["query"], numbers.get(line.get("expected"))) for line in read_lines(path)]


def read_lines(path: Path) -> list[dict]:
    """The objects of a JSON Lines file. Not `splitlines`: it also splits at separators that JSON allows in a string."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
