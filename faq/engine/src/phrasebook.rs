//! Language packs: everything the desk says and every word it recognises, per language.
//!
//! The packs are data (`config/languages/<tag>.toml`); the engine only knows their keys. What a pack lacks is said in
//! German, visibly, never left out.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Timelike};

use crate::as_of::AsOf;
use crate::facet::Facet;
use crate::language::LanguageTag;
use crate::understanding::contrast::Contrast;
use crate::understanding::cues::{CueSet, Pattern};
use crate::understanding::hours_wishes::HoursWish;
use crate::understanding::intents::{Intent, ListWish};
use crate::years::YearKind;

/// One language: sentences, labels, names of days and months, and the words it is understood by.
#[derive(Debug, Clone)]
pub struct LanguagePack {
    /// Which language.
    pub tag: LanguageTag,
    /// Its own name for itself.
    pub name: String,
    /// Whether it is written from right to left.
    pub right_to_left: bool,
    /// Whether a native speaker has reviewed it.
    pub reviewed: bool,
    /// Sentences by key, with `{placeholders}`.
    pub sentences: BTreeMap<String, String>,
    /// What a facet is called.
    pub facet_labels: BTreeMap<Facet, String>,
    /// The question a suggestion button asks for a facet.
    pub facet_questions: BTreeMap<Facet, String>,
    /// Monday to Sunday.
    pub weekdays: Vec<String>,
    /// January to December.
    pub months: Vec<String>,
    /// How a date is written: `{weekday}, {day}. {month} {year}`.
    pub date_format: String,
    /// How a time of day is written: `{time} Uhr`.
    pub time_format: String,
    /// Words by which an intent is recognised.
    pub intent_cues: CueSet<Intent>,
    /// Words by which a facet is recognised.
    pub facet_cues: CueSet<Facet>,
    /// Words by which it is recognised which year is named.
    pub year_cues: CueSet<YearKind>,
    /// Words by which a question goes on about the matter before.
    pub follow_up_cues: CueSet<()>,
    /// Words by which it is recognised what is wanted of a list of documents.
    pub list_cues: CueSet<ListWish>,
    /// Words by which it is recognised what is wanted of opening hours.
    pub hours_cues: CueSet<HoursWish>,
    /// Words by which something is named only to be ruled out.
    pub contrast: Contrast,
    /// Words that carry no topic.
    pub stop_words: HashSet<String>,
    /// Frequent words that tell this language from others.
    pub telltale_words: Vec<String>,
}

/// Speaks one language and falls back to German sentence by sentence.
#[derive(Debug, Clone)]
pub struct Phrasebook {
    pack: Arc<LanguagePack>,
    german: Arc<LanguagePack>,
}

impl Phrasebook {
    /// The pack of the language spoken.
    pub fn pack(&self) -> &LanguagePack {
        &self.pack
    }

    /// The language spoken.
    pub fn language(&self) -> &LanguageTag {
        &self.pack.tag
    }

    /// A sentence with its placeholders filled in; German if this language lacks it.
    ///
    /// A key that not even German has is a fault of the program; the key itself is shown then, and a house rule in
    /// the test suite makes sure that it never happens.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        let template = self.pack.sentences.get(key).or_else(|| self.german.sentences.get(key));
        fill(template.map_or(key, String::as_str), values)
    }

    /// What a facet is called.
    pub fn facet_label(&self, facet: Facet) -> &str {
        let label = self.pack.facet_labels.get(&facet).or_else(|| self.german.facet_labels.get(&facet));
        label.map_or(facet.as_str(), String::as_str)
    }

    /// The question a suggestion button asks for a facet.
    pub fn facet_question(&self, facet: Facet) -> &str {
        let question = self.pack.facet_questions.get(&facet).or_else(|| self.german.facet_questions.get(&facet));
        question.map_or(facet.as_str(), String::as_str)
    }

    /// "Mittwoch, 2. September 2026".
    pub fn date(&self, date: NaiveDate) -> String {
        let pack =
            if self.pack.weekdays.len() == 7 && self.pack.months.len() == 12 { &self.pack } else { &self.german };
        let name = |names: &[String], index: u32| names.get(index as usize).cloned().unwrap_or_default();
        fill(
            &pack.date_format,
            &[
                ("weekday", &name(&pack.weekdays, date.weekday().num_days_from_monday())),
                ("day", &date.day().to_string()),
                ("month", &name(&pack.months, date.month0())),
                ("year", &date.year().to_string()),
            ],
        )
    }

    /// "Mittwoch, 2. September 2026, 08:00 Uhr".
    pub fn date_and_time(&self, at: &DateTime<impl TimeZone>) -> String {
        let time = format!("{:02}:{:02}", at.hour(), at.minute());
        format!("{}, {}", self.date(at.date_naive()), fill(&self.pack.time_format, &[("time", &time)]))
    }

    /// "2024", "März 2024", "15.03.2024": as precise as it is known.
    pub fn as_of(&self, as_of: AsOf) -> String {
        as_of.written(|month| {
            let name = |pack: &LanguagePack| pack.months.get(month as usize).cloned();
            name(&self.pack).or_else(|| name(&self.german)).unwrap_or_default()
        })
    }

    /// The name of a day of the week, Monday being 0.
    pub fn weekday(&self, days_from_monday: usize) -> &str {
        let name = self.pack.weekdays.get(days_from_monday).or_else(|| self.german.weekdays.get(days_from_monday));
        name.map_or("", String::as_str)
    }
}

/// All languages the desk speaks.
#[derive(Debug, Clone)]
pub struct Languages {
    packs: BTreeMap<LanguageTag, Arc<LanguagePack>>,
    german: Arc<LanguagePack>,
}

impl Languages {
    /// Collects the packs; German must be among them.
    pub fn new(packs: impl IntoIterator<Item = LanguagePack>) -> Option<Self> {
        let packs: BTreeMap<_, _> = packs.into_iter().map(|pack| (pack.tag.clone(), Arc::new(pack))).collect();
        let german = packs.get(&LanguageTag::german())?.clone();
        Some(Self { packs, german })
    }

    /// The phrasebook for a language: the tag itself, else its primary language, else German.
    pub fn phrasebook(&self, language: &LanguageTag) -> Phrasebook {
        let primary = LanguageTag::parse(language.primary()).ok();
        let pack = self.packs.get(language).or_else(|| primary.and_then(|tag| self.packs.get(&tag)));
        Phrasebook { pack: pack.unwrap_or(&self.german).clone(), german: self.german.clone() }
    }

    /// The German pack.
    pub fn german(&self) -> &LanguagePack {
        &self.german
    }

    /// Every pack.
    pub fn packs(&self) -> impl Iterator<Item = &LanguagePack> {
        self.packs.values().map(Arc::as_ref)
    }
}

impl LanguagePack {
    /// A pack that says and recognises nothing yet, for builders and tests.
    pub fn empty(tag: LanguageTag) -> Self {
        Self {
            name: tag.to_string(),
            tag,
            right_to_left: false,
            reviewed: false,
            sentences: BTreeMap::new(),
            facet_labels: BTreeMap::new(),
            facet_questions: BTreeMap::new(),
            weekdays: Vec::new(),
            months: Vec::new(),
            date_format: "{day}.{month}.{year}".to_owned(),
            time_format: "{time}".to_owned(),
            intent_cues: CueSet::new(Vec::<(Intent, Pattern)>::new()),
            facet_cues: CueSet::new(Vec::<(Facet, Pattern)>::new()),
            year_cues: CueSet::new(Vec::<(YearKind, Pattern)>::new()),
            follow_up_cues: CueSet::new(Vec::<((), Pattern)>::new()),
            list_cues: CueSet::new(Vec::<(ListWish, Pattern)>::new()),
            hours_cues: CueSet::new(Vec::<(HoursWish, Pattern)>::new()),
            contrast: Contrast::default(),
            stop_words: HashSet::new(),
            telltale_words: Vec::new(),
        }
    }
}

/// Fills `{name}` placeholders in one pass; a filled-in value is never searched for further placeholders.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        filled.push_str(&rest[..start]);
        let after = &rest[start + 1..];
        let value = after.find('}').and_then(|end| {
            let name = &after[..end];
            values.iter().find(|(key, _)| *key == name).map(|(_, value)| (value, end))
        });
        match value {
            Some((value, end)) => {
                filled.push_str(value);
                rest = &after[end + 1..];
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once_and_values_stay_text() {
        assert_eq!(fill("Am {date} um {time}", &[("date", "{time}"), ("time", "9")]), "Am {time} um 9");
        assert_eq!(fill("{unknown} {", &[]), "{unknown} {");
    }
}
