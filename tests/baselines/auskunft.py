"""Our own program, measured by its own `eval`, and timed by it as well."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from metrics import Figures
from question_set import QueryFile, QuestionSet

ROOT = Path(__file__).resolve().parents[2]
SHARES = ("accuracy_at_1", "recall_at_3", "recall_at_5", "mrr_at_10", "right_at_10_false")


class Auskunft:
    """The built program, with the thresholds and the language packs of this repository."""

    name = "Auskunft"

    def __init__(self, binary: Path):
        self.binary = binary.resolve()
        self.version = self.run("--version").removeprefix("auskunft").strip()

    def measure(self, question_set: QuestionSet) -> dict[str, Figures]:
        """Figures by what was done to the queries. The index is built for each file of queries."""
        return {file.noise: self.evaluate(question_set, file) for file in question_set.query_files}

    def evaluate(self, question_set: QuestionSet, file: QueryFile) -> Figures:
        """What `eval` says; it does not say how many questions it counted, but counts as we do."""
        output = self.run("eval", "--entries", question_set.entries_path, "--queries", file.path, "--json")
        said = json.loads(output)
        expected = sum(query.expected is not None for query in file.queries)
        return Figures(
            expected=expected,
            unexpected=len(file.queries) - expected,
            **{name: said[name] for name in SHARES},
            p50_ms=said["p50_us"] / 1000,
            p99_ms=said["p99_us"] / 1000,
            build_ms=said["build_ms"],
        )

    def run(self, *arguments: object) -> str:
        """Its standard output; what it complains about goes to ours."""
        environment = {"AUSKUNFT_CONFIG": str(ROOT / "config")} | os.environ
        command = [str(argument) for argument in (self.binary, *arguments)]
        return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
