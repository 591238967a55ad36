"""What goes into the systems and comes out of them, without starting any but SQLite, which is always there."""

import unittest

import postgresql
import sqlite_fts5
from question_set import Entry

ENTRIES = [
    Entry("Personalausweis", ["neuer Ausweis"], "Bringen Sie ein Foto mit."),
    Entry("Wohnsitz ummelden", [], "Kommen Sie mit dem Ausweis."),
]


class Sqlite(unittest.TestCase):
    def test_signs_in_a_question_are_no_operators(self):
        self.assertEqual(sqlite_fts5.any_word('AND "was" kostet* (es)?'), '"AND" OR "was" OR "kostet" OR "es"')

    def test_an_entry_is_found_by_one_of_its_words(self):
        hits = sqlite_fts5.ask(sqlite_fts5.build(ENTRIES), "Wo kann ich mich ummelden?").hits
        self.assertEqual([number for number, _ in hits], [1])
        self.assertGreater(hits[0][1], 0)

    def test_a_question_without_words_finds_nothing(self):
        self.assertEqual(sqlite_fts5.ask(sqlite_fts5.build(ENTRIES), "???").hits, [])


class PostgreSql(unittest.TestCase):
    def test_a_quote_does_not_end_a_text(self):
        self.assertEqual(postgresql.quoted("what's \\ this"), "'what''s \\ this'")

    def test_rows_belong_to_the_time_behind_them(self):
        output = "3|0.5\n1|0.25\nTime: 1.500 ms\nTime: 1200.000 ms (00:01.200)\n"
        found = [(list(answer.hits), answer.milliseconds) for answer in postgresql.answers(output)]
        self.assertEqual(found, [([(3, 0.5), (1, 0.25)], 1.5), ([], 1200.0)])


if __name__ == "__main__":
    unittest.main()
