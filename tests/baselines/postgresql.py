"""PostgreSQL's full text search with the text search configuration of the language, ranked by ts_rank."""

from __future__ import annotations

import re
import time

from cluster import Cluster
from metrics import RANKS, Answer, Figures, score
from question_set import Entry, QuestionSet

# PostgreSQL knows more languages; each is one line.
CONFIGURATIONS = {"de": "german", "en": "english"}

BUILD = r"""
DROP TABLE IF EXISTS entry;
CREATE TABLE entry (number integer PRIMARY KEY, content text NOT NULL,
    words tsvector GENERATED ALWAYS AS (to_tsvector('{configuration}', content)) STORED);
INSERT INTO entry VALUES {rows};
CREATE INDEX ON entry USING gin (words);
ANALYZE entry;
"""

# The words of the question joined by OR: `plainto_tsquery` wants all of them, and most questions would find nothing.
PREPARE = r"""
PREPARE ask(text) AS
    WITH question AS (
        SELECT array_to_string(array(
            SELECT '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || ''''
            FROM unnest(to_tsvector('{configuration}', $1))
        ), ' | ')::tsquery AS words
    )
    SELECT number, ts_rank(entry.words, question.words) AS rank
    FROM entry, question WHERE entry.words @@ question.words
    ORDER BY rank DESC, number LIMIT {ranks};
"""


class PostgreSql:
    """A cluster that is running."""

    name = "PostgreSQL full text"

    def __init__(self, cluster: Cluster):
        self.cluster = cluster
        self.version = cluster.version

    def measure(self, question_set: QuestionSet) -> dict[str, Figures]:
        """Figures by what was done to the queries."""
        configuration = CONFIGURATIONS.get(question_set.language, "simple")
        build_ms = self.build(question_set.entries, configuration)
        return {
            file.noise: score(file.queries, self.ask(configuration, [query.text for query in file.queries]), build_ms)
            for file in question_set.query_files
        }

    def build(self, entries: list[Entry], configuration: str) -> float:
        """Fills the table, and says how many milliseconds it took."""
        contents = ("\n".join([entry.question, *entry.alternatives, entry.answer]) for entry in entries)
        rows = ", ".join(f"({number}, {quoted(content)})" for number, content in enumerate(contents))
        begin = time.perf_counter()
        self.cluster.psql(BUILD.format(configuration=configuration, rows=rows))
        return 1000 * (time.perf_counter() - begin)

    def ask(self, configuration: str, questions: list[str]) -> list[Answer]:
        """All questions over one connection, timed by psql, as a website with a pool of connections would ask."""
        prepare = PREPARE.format(configuration=configuration, ranks=RANKS)
        asked = "".join(f"EXECUTE ask({quoted(question)});\n" for question in questions)
        return answers(self.cluster.psql(f"{prepare}\\timing on\n{asked}"))


def quoted(text: str) -> str:
    """A literal; only quotes mean something in it. PostgreSQL has no texts with U+0000."""
    return "'" + text.replace("\0", " ").replace("'", "''") + "'"


def answers(output: str) -> list[Answer]:
    """Reads psql's output: the rows of a question, and the time behind them."""
    found, hits = [], []
    for line in output.splitlines():
        timed = re.match(r"Time: ([0-9.]+) ms", line)
        if timed:
            found.append(Answer(hits, float(timed[1])))
            hits = []
        elif line:
            number, rank = line.split("|")
            hits.append((int(number), float(rank)))
    return found
