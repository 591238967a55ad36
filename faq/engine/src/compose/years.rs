//! What holds depending on a year: the row for the year that was named, else the whole table.

use super::Composer;
use super::source::short_date;
use crate::facet::Facet;
use crate::language::LocalizedText;
use crate::phrasebook::Phrasebook;
use crate::reply::{Block, Choice, Passage};
use crate::service::{FacetText, Service};
use crate::years::{YearKind, YearRow, YearTable, row_for};

impl Composer<'_> {
    /// A facet's text with its tables, or only the row the question asks for.
    pub(super) fn told(&self, told: &FacetText) -> Vec<Block> {
        match row_for(&told.tables, &self.years) {
            Some((table, row)) => self.row_alone(told, table, row),
            None => self.tables(told),
        }
    }

    /// The button that leads from a single row to the whole table.
    pub(super) fn whole_table(&self, service: &Service, answered: &[Facet]) -> Option<Choice> {
        let has_one_row =
            |facet: &Facet| service.texts.get(facet).is_some_and(|told| row_for(&told.tables, &self.years).is_some());
        let button = || Choice::plain(self.phrasebook.say("whole_table_button", &[]));
        answered.iter().any(has_one_row).then(button)
    }

    /// The row first, for that is what was asked; then whether it is over, and for whom it holds, unless that is
    /// everybody.
    fn row_alone(&self, told: &FacetText, table: &YearTable, row: &YearRow) -> Vec<Block> {
        let Passage { text, language } = self.passage(&row.text);
        let words = self.knowledge.languages.phrasebook(&language);
        let key = match table.year_of {
            YearKind::Birth => "year_of_birth",
            YearKind::Issue => "year_of_issue",
        };
        let years = words.say(key, &[("years", &years(row, &words))]);
        let mut blocks = vec![Block::Text(Passage { text: format!("**{years}:** {text}"), language })];
        let passed = row.ends_on.filter(|_| self.has_passed(row));
        blocks.extend(passed.map(|last| self.say("deadline_passed", &[("date", &short_date(last))])));
        let after: Option<&LocalizedText> = told.if_passed.as_ref().filter(|_| passed.is_some());
        let for_whom = table.intro.as_ref().filter(|_| !row.always);
        blocks.extend([for_whom, after].into_iter().flatten().map(|text| Block::Text(self.passage(text))));
        blocks
    }

    fn tables(&self, told: &FacetText) -> Vec<Block> {
        let mut blocks = vec![Block::Text(self.passage(&told.text))];
        for table in &told.tables {
            blocks.extend(table.intro.as_ref().map(|intro| Block::Text(self.passage(intro))));
            let Some(language) = table.rows.first().map(|row| self.passage(&row.text).language) else { continue };
            let words = self.knowledge.languages.phrasebook(&language);
            let lines: Vec<String> = table.rows.iter().map(|row| self.line(row, &words)).collect();
            blocks.push(Block::Text(Passage { text: lines.join("\n"), language }));
        }
        let has_passed = told.tables.iter().flat_map(|table| &table.rows).any(|row| self.has_passed(row));
        let after = told.if_passed.as_ref().filter(|_| has_passed);
        blocks.extend(after.map(|text| Block::Text(self.passage(text))));
        blocks
    }

    fn line(&self, row: &YearRow, words: &Phrasebook) -> String {
        let text = row.text.or_german(words.language());
        let passed = if self.has_passed(row) { words.say("row_passed", &[]) } else { String::new() };
        format!("- {}: {text}{passed}", years(row, words))
    }

    fn has_passed(&self, row: &YearRow) -> bool {
        row.has_passed_on(self.now.date_naive())
    }
}

/// "1965 bis 1970", "vor 1953", "2008".
fn years(row: &YearRow, words: &Phrasebook) -> String {
    if let Some(label) = &row.label {
        return label.or_german(words.language()).to_owned();
    }
    match (row.from, row.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => words.say("days_from_to", &[("first", &from.to_string()), ("last", &to.to_string())]),
        (None, Some(to)) => words.say("years_before", &[("year", &(to + 1).to_string())]),
        (Some(from), None) => words.say("years_since", &[("year", &from.to_string())]),
        (None, None) => String::new(),
    }
}
