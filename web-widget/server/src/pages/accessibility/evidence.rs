//! What the browser tests proved, as their last run wrote it down (`tests/browser/statement.mjs`).

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

/// The result of the last run that changed it.
pub(super) static EVIDENCE: LazyLock<Evidence> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../assets/accessibility.json"))
        .expect("the tests of this file read what is built in")
});

/// What was tested, and with what result.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Evidence {
    /// The day of the run.
    pub(super) tested_on: NaiveDate,
    /// The rules.
    pub(super) axe: Axe,
    /// What they were applied to.
    pub(super) parts: Vec<TestedPart>,
    /// Success criteria with tests of their own.
    pub(super) criteria: Vec<Criterion>,
}

/// The checker.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Axe {
    pub(super) version: String,
    /// How many rules ran.
    pub(super) rules: u32,
}

/// A part of what visitors see.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TestedPart {
    pub(super) part: Part,
    /// What was on the screen.
    pub(super) states: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the sentence above the table says it; a test here proves it"))]
    pub(super) themes: Vec<String>,
    /// Tags.
    pub(super) languages: Vec<String>,
    /// Findings over all states.
    pub(super) violations: u32,
}

/// What visitors see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Part {
    /// The chat element.
    Widget,
    /// `/chat`.
    Chat,
    /// Every other page.
    Pages,
}

impl Part {
    /// The key of its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Widget => "web_accessibility_part_widget",
            Self::Chat => "web_accessibility_part_chat",
            Self::Pages => "web_accessibility_part_pages",
        }
    }
}

/// A success criterion of WCAG. The file names its tests too, for whoever wants to read them.
#[derive(Debug, Deserialize)]
pub(super) struct Criterion {
    /// `1.4.10`
    pub(super) number: String,
}

/// The key of each criterion's name.
const NAMES: [(&str, &str); 38] = [
    ("1.1.1", "wcag_1_1_1"),
    ("1.3.1", "wcag_1_3_1"),
    ("1.3.4", "wcag_1_3_4"),
    ("1.3.5", "wcag_1_3_5"),
    ("1.4.1", "wcag_1_4_1"),
    ("1.4.3", "wcag_1_4_3"),
    ("1.4.4", "wcag_1_4_4"),
    ("1.4.10", "wcag_1_4_10"),
    ("1.4.11", "wcag_1_4_11"),
    ("1.4.12", "wcag_1_4_12"),
    ("1.4.13", "wcag_1_4_13"),
    ("2.1.1", "wcag_2_1_1"),
    ("2.1.2", "wcag_2_1_2"),
    ("2.1.4", "wcag_2_1_4"),
    ("2.2.1", "wcag_2_2_1"),
    ("2.2.2", "wcag_2_2_2"),
    ("2.3.3", "wcag_2_3_3"),
    ("2.4.1", "wcag_2_4_1"),
    ("2.4.2", "wcag_2_4_2"),
    ("2.4.3", "wcag_2_4_3"),
    ("2.4.4", "wcag_2_4_4"),
    ("2.4.6", "wcag_2_4_6"),
    ("2.4.7", "wcag_2_4_7"),
    ("2.4.11", "wcag_2_4_11"),
    ("2.5.3", "wcag_2_5_3"),
    ("2.5.8", "wcag_2_5_8"),
    ("3.1.1", "wcag_3_1_1"),
    ("3.1.2", "wcag_3_1_2"),
    ("3.2.1", "wcag_3_2_1"),
    ("3.2.2", "wcag_3_2_2"),
    ("3.2.3", "wcag_3_2_3"),
    ("3.2.6", "wcag_3_2_6"),
    ("3.3.1", "wcag_3_3_1"),
    ("3.3.2", "wcag_3_3_2"),
    ("3.3.3", "wcag_3_3_3"),
    ("3.3.7", "wcag_3_3_7"),
    ("4.1.2", "wcag_4_1_2"),
    ("4.1.3", "wcag_4_1_3"),
];

impl Criterion {
    /// The key of its name.
    pub(super) fn name(&self) -> Option<&'static str> {
        NAMES.iter().find(|(number, _)| *number == self.number).map(|(_, name)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_in_covers_every_part_light_and_dark_without_a_violation() {
        let parts: Vec<Part> = EVIDENCE.parts.iter().map(|part| part.part).collect();
        assert_eq!(parts, [Part::Chat, Part::Pages, Part::Widget]);
        for part in &EVIDENCE.parts {
            assert_eq!(part.themes, ["dark", "light"], "{:?}", part.part);
            assert!(part.languages.len() >= 9 && !part.states.is_empty(), "{:?}", part.part);
            assert_eq!(part.violations, 0, "{:?}", part.part);
        }
        assert!(EVIDENCE.axe.rules > 50 && !EVIDENCE.criteria.is_empty());
        let nameless: Vec<&str> =
            EVIDENCE.criteria.iter().filter(|each| each.name().is_none()).map(|each| each.number.as_str()).collect();
        assert!(nameless.is_empty(), "these criteria need a name in every language: {nameless:?}");
    }
}
