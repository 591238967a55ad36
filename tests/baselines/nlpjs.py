"""@nlpjs, a chatbot library for Node.js: intents, utterances and a small neural network. Runs in nlpjs.mjs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from metrics import Answer, Figures, score
from question_set import QuestionSet

HERE = Path(__file__).resolve().parent
# Each language is a package of its own; more are one line here and one in nlpjs.mjs.
LANGUAGES = ("de", "en")


class Nlpjs:
    """The library, installed by package name beside this file on the first use."""

    name = "@nlpjs"

    def __init__(self):
        package = HERE / "node_modules/@nlpjs/basic/package.json"
        if not package.exists():
            install = ["npm", "ci", "--no-audit", "--no-fund", "--silent"]
            subprocess.run(install, cwd=HERE, check=True, stdout=subprocess.DEVNULL)
        self.version = json.loads(package.read_text())["version"]

    def measure(self, question_set: QuestionSet) -> dict[str, Figures]:
        """Figures by what was done to the queries. Trained once, because that takes longest."""
        if question_set.language not in LANGUAGES:
            raise SystemExit(f"{question_set.name}: @nlpjs is set up for {' and '.join(LANGUAGES)} only")
        files = question_set.query_files
        build_ms, answers = run(question_set, [query.text for file in files for query in file.queries])
        figures = {}
        for file in files:
            own, answers = answers[: len(file.queries)], answers[len(file.queries) :]
            figures[file.noise] = score(file.queries, own, build_ms)
        return figures


def run(question_set: QuestionSet, questions: list[str]) -> tuple[float, list[Answer]]:
    """Trains and asks. Answers are no utterances: nobody asks like that, and nobody would train with them."""
    utterances = [[entry.question, *entry.alternatives] for entry in question_set.entries]
    asked = json.dumps({"language": question_set.language, "entries": utterances, "questions": questions})
    node = ["node", "--no-warnings", str(HERE / "nlpjs.mjs")]
    output = subprocess.run(node, input=asked, check=True, stdout=subprocess.PIPE, text=True).stdout
    said = json.loads(output.splitlines()[-1])
    return said["build_ms"], [Answer(answer["hits"], answer["milliseconds"]) for answer in said["answers"]]
