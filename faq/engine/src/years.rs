//! What holds depending on a year: a deadline by the year of birth, a rule by the year in which a paper was issued.
//!
//! A table of an editor, of which a question that names a year gets its row and any other question the whole.

use chrono::NaiveDate;

use crate::language::LocalizedText;

/// Which year of a person's life a table goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum YearKind {
    /// The year somebody was born.
    Birth,
    /// The year a paper was issued.
    Issue,
}

impl YearKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Birth, Self::Issue];

    /// The name in content files and language packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Birth => "birth",
            Self::Issue => "issue",
        }
    }

    /// Reads the name used in content files and language packs.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What holds for which years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearTable {
    /// Which year it goes by.
    pub year_of: YearKind,
    /// For whom the table is meant.
    pub intro: Option<LocalizedText>,
    /// The rows; no year has two.
    pub rows: Vec<YearRow>,
}

/// What holds for a few years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearRow {
    /// The first year; `None`: every year up to the last.
    pub from: Option<i32>,
    /// The last year; `None`: every year since the first.
    pub to: Option<i32>,
    /// The years in an editor's words, where numbers would say it wrongly ("2012 bis 18.01.2013").
    pub label: Option<LocalizedText>,
    /// What holds.
    pub text: LocalizedText,
    /// The last day of a deadline, after which it is said to have passed.
    pub ends_on: Option<NaiveDate>,
    /// Whether it counts whatever other year is named.
    pub always: bool,
}

impl YearRow {
    /// Whether the year is one of its years.
    pub fn includes(&self, year: i32) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }

    /// Whether its deadline is over on this day.
    pub fn has_passed_on(&self, day: NaiveDate) -> bool {
        self.ends_on.is_some_and(|last| last < day)
    }
}

/// A year that a question names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedYear {
    /// The year.
    pub year: i32,
    /// Which one, if the question says so.
    pub kind: Option<YearKind>,
}

/// The row that holds for the named years, with its table; `None` if none does or it is not clear which.
///
/// A row that always counts wins; among the others the tables count in the order in which the editor wrote them. A year
/// without a kind counts only where a single row knows it, and none that is open towards the present: "umtauschen bis
/// 2026" names no year of issue.
pub fn row_for<'t>(tables: &'t [YearTable], named: &[NamedYear]) -> Option<(&'t YearTable, &'t YearRow)> {
    let rows = || tables.iter().flat_map(|table| table.rows.iter().map(move |row| (table, row)));
    let is_told = |(table, row): &(&YearTable, &YearRow)| {
        named.iter().any(|named| named.kind == Some(table.year_of) && row.includes(named.year))
    };
    let may_be_meant = |(_, row): &(&YearTable, &YearRow)| {
        row.to.is_some() && named.iter().any(|named| named.kind.is_none() && row.includes(named.year))
    };
    let told = || rows().filter(is_told);
    told().find(|(_, row)| row.always).or_else(|| told().next()).or_else(|| {
        let mut meant = rows().filter(may_be_meant);
        let only = meant.next()?;
        meant.next().is_none().then_some(only)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Like the exchange of old driving licences: cards by their year of issue, paper by the year of birth.
    fn tables() -> Vec<YearTable> {
        let row = |from, to, text: &str, always| {
            let text = LocalizedText::german_only(text);
            YearRow { from, to, label: None, text, ends_on: None, always }
        };
        let card = vec![row(Some(1999), Some(2001), "card a", false), row(Some(2002), None, "card b", false)];
        let paper = vec![row(None, Some(1952), "old", true), row(Some(1953), Some(1985), "paper", false)];
        let table = |year_of, rows| YearTable { year_of, intro: None, rows };
        vec![table(YearKind::Issue, card), table(YearKind::Birth, paper)]
    }

    fn found(named: &[(i32, Option<YearKind>)]) -> Option<String> {
        let named: Vec<NamedYear> = named.iter().map(|(year, kind)| NamedYear { year: *year, kind: *kind }).collect();
        row_for(&tables(), &named).map(|(_, row)| row.text.german().to_owned())
    }

    #[test]
    fn the_row_of_the_named_year_is_found() {
        let (birth, issue) = (Some(YearKind::Birth), Some(YearKind::Issue));
        assert_eq!(found(&[(1968, birth)]).as_deref(), Some("paper"));
        assert_eq!(found(&[(2000, issue)]).as_deref(), Some("card a"));
        assert_eq!(found(&[(1968, birth), (2003, issue)]).as_deref(), Some("card b"), "the first table counts");
        assert_eq!(found(&[(1968, birth), (1987, issue)]).as_deref(), Some("paper"), "no card was issued then");
        assert_eq!(found(&[(1950, birth), (2003, issue)]).as_deref(), Some("old"), "always");
        assert_eq!(found(&[(1990, birth)]), None);
        assert_eq!(found(&[]), None);
    }

    #[test]
    fn a_year_of_unsaid_kind_counts_where_only_one_row_knows_it() {
        assert_eq!(found(&[(1968, None)]).as_deref(), Some("paper"));
        assert_eq!(found(&[(2000, None)]).as_deref(), Some("card a"));
        assert_eq!(found(&[(2026, None)]), None, "the row is open towards the present");
        assert_eq!(found(&[(1968, None), (2000, None)]), None, "which of the two?");
    }
}
