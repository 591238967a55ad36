//! Tables of what holds for which year, inside a service document.

use faq_engine::years::{YearKind, YearRow, YearTable};
use serde::Deserialize;

use crate::text::{Reader, TextShape};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct YearTableShape {
    year_of: String,
    intro: Option<TextShape>,
    rows: Vec<YearRowShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearRowShape {
    from: Option<i32>,
    to: Option<i32>,
    label: Option<TextShape>,
    text: TextShape,
    ends_on: Option<String>,
    #[serde(default)]
    always: bool,
}

pub(super) fn read_tables(reader: &mut Reader<'_>, shapes: &[YearTableShape]) -> Vec<YearTable> {
    shapes.iter().filter_map(|shape| read_table(reader, shape)).collect()
}

fn read_table(reader: &mut Reader<'_>, shape: &YearTableShape) -> Option<YearTable> {
    let year_of = YearKind::parse(&shape.year_of);
    if year_of.is_none() {
        let known = YearKind::ALL.map(YearKind::as_str).join(", ");
        reader.fault(&shape.year_of, format!("`year_of` must be one of {known}, not \"{}\"", shape.year_of));
    }
    let rows: Vec<YearRow> = shape.rows.iter().filter_map(|row| read_row(reader, row)).collect();
    if shape.rows.is_empty() {
        reader.fault(&shape.year_of, "the table has no rows; add [[….tables.rows]] or delete it");
    }
    for (index, row) in rows.iter().enumerate() {
        let shares_a_year = |other: &&YearRow| {
            // Two rows without a first year share the earliest ones.
            row.from.max(other.from).is_none_or(|year| row.includes(year) && other.includes(year))
        };
        if let Some(other) = rows[..index].iter().find(shares_a_year) {
            let (text, first) = (row.text.german(), other.text.german());
            reader.fault(text, format!("the rows \"{first}\" and \"{text}\" share a year; which of them counts?"));
        }
    }
    Some(YearTable { year_of: year_of?, intro: reader.optional(shape.intro.as_ref(), "tables.intro"), rows })
}

fn read_row(reader: &mut Reader<'_>, shape: &YearRowShape) -> Option<YearRow> {
    let text = reader.localized(&shape.text, "tables.rows.text")?;
    let is_a_span = match (shape.from, shape.to) {
        (None, None) => false,
        (Some(from), Some(to)) => from <= to,
        _ => true,
    };
    if !is_a_span {
        reader.fault(
            text.german(),
            format!("the row \"{}\" needs `from` or `to`, the first before the last", text.german()),
        );
    }
    Some(YearRow {
        from: shape.from,
        to: shape.to,
        label: reader.optional(shape.label.as_ref(), "tables.rows.label"),
        text,
        ends_on: shape.ends_on.as_deref().and_then(|day| reader.date("ends_on", day)),
        always: shape.always,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::read_toml;

    /// The tables, or the mistakes found in them.
    fn read(rows: &str) -> Result<Vec<YearTable>, Vec<String>> {
        let text = format!("year_of = \"birth\"\n{rows}");
        let shape: YearTableShape = read_toml("a.toml", &text).map_err(|fault| vec![fault.to_string()])?;
        let mut reader = Reader::new("a.toml", &text);
        let tables = read_tables(&mut reader, &[shape]);
        reader.finish(Some(tables)).map_err(|faults| faults.iter().map(ToString::to_string).collect())
    }

    const OLD: &str = "[[rows]]\nto = 1952\ntext.de = \"bis 2033\"\nalways = true\n";

    #[test]
    fn a_table_is_read() {
        let rows = format!("{OLD}[[rows]]\nfrom = 1953\ntext.de = \"bis 2025\"\nends_on = \"2025-01-19\"\n");
        let tables = read(&rows).expect("no mistakes");
        let [old, young] = &tables[0].rows[..] else { panic!("two rows: {tables:?}") };
        assert!(old.always && old.includes(1900) && !old.includes(1953));
        assert!(!young.always && young.includes(2020));
        assert!(
            young
                .ends_on
                .is_some_and(|day| young.has_passed_on(day.succ_opt().expect("a day")) && !young.has_passed_on(day))
        );
    }

    #[test]
    fn mistakes_are_named() {
        for (rows, word) in [
            ("rows = []".to_owned(), "no rows"),
            ("[[rows]]\ntext.de = \"immer\"\n".to_owned(), "`from` or `to`"),
            ("[[rows]]\nfrom = 1960\nto = 1953\ntext.de = \"x\"\n".to_owned(), "`from` or `to`"),
            ("[[rows]]\nto = 1960\ntext.de = \"x\"\nends_on = \"bald\"\n".to_owned(), "must be a date"),
            (format!("{OLD}[[rows]]\nfrom = 1950\nto = 1960\ntext.de = \"x\"\n"), "share a year"),
            (format!("{OLD}{OLD}"), "share a year"),
            (format!("[[rows]]\nfrom = 1950\ntext.de = \"x\"\n{OLD}"), "share a year"),
        ] {
            let mistakes = read(&rows).expect_err("a mistake");
            assert!(mistakes.iter().any(|mistake| mistake.contains(word)), "{rows}: {mistakes:?}");
        }
    }

    #[test]
    fn a_year_of_something_else_is_refused() {
        let text = "year_of = \"wedding\"\n[[rows]]\nto = 1960\ntext.de = \"x\"\n";
        let shape: YearTableShape = read_toml("a.toml", text).expect("a table");
        let mut reader = Reader::new("a.toml", text);
        assert_eq!(read_tables(&mut reader, &[shape]), []);
        assert!(reader.faults.iter().any(|fault| fault.to_string().contains("birth, issue")));
    }
}
