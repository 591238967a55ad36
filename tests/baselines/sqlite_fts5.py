"""SQLite's full text search as a small website would use it: one table, the default tokenizer, bm25()."""

from __future__ import annotations

import re
import sqlite3
import time

from metrics import RANKS, Answer, Figures, score
from question_set import Entry, QuestionSet

SEARCH = "SELECT rowid, bm25(entry) AS badness FROM entry WHERE entry MATCH ? ORDER BY badness LIMIT ?"


class SqliteFts5:
    """The module of Python, in memory."""

    name = "SQLite FTS5"
    version = sqlite3.sqlite_version

    def measure(self, question_set: QuestionSet) -> dict[str, Figures]:
        """Figures by what was done to the queries."""
        begin = time.perf_counter()
        database = build(question_set.entries)
        build_ms = 1000 * (time.perf_counter() - begin)
        return {
            file.noise: score(file.queries, [ask(database, query.text) for query in file.queries], build_ms)
            for file in question_set.query_files
        }


def build(entries: list[Entry]) -> sqlite3.Connection:
    """A row per entry; its number is the row's."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE entry USING fts5(question, alternatives, answer)")
    rows = ((number, e.question, "\n".join(e.alternatives), e.answer) for number, e in enumerate(entries))
    database.executemany("INSERT INTO entry(rowid, question, alternatives, answer) VALUES (?, ?, ?, ?)", rows)
    return database


def ask(database: sqlite3.Connection, question: str) -> Answer:
    """The best entries. bm25() is better the lower it is, so its sign is turned."""
    begin = time.perf_counter()
    words = any_word(question)
    rows = database.execute(SEARCH, (words, RANKS)).fetchall() if words else []
    milliseconds = 1000 * (time.perf_counter() - begin)
    return Answer([(number, -badness) for number, badness in rows], milliseconds)


def any_word(question: str) -> str:
    """Words in quotes, or else `AND` and `*` would be operators; joined by OR, or else every word must occur."""
    return " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
