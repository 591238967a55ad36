//! Language packs.

use std::collections::{BTreeMap, HashSet};

use faq_engine::facet::Facet;
use faq_engine::language::LanguageTag;
use faq_engine::phrasebook::{LanguagePack, Languages};
use faq_engine::understanding::contrast::Contrast;
use faq_engine::understanding::hours_wishes::HoursWish;
use faq_engine::understanding::intents::{Intent, ListWish};
use faq_engine::understanding::text::fold;
use faq_engine::years::YearKind;
use serde::Deserialize;

use crate::cues::cues;
use crate::fault::{Fault, read_toml};
use crate::folder::ConfigFolder;
use crate::text::Reader;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackShape {
    tag: String,
    name: String,
    direction: DirectionShape,
    #[serde(default)]
    reviewed: bool,
    sentences: BTreeMap<String, String>,
    facets: BTreeMap<String, String>,
    questions: BTreeMap<String, String>,
    dates: DatesShape,
    #[serde(default)]
    intents: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    cues: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    years: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    follow_up: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    list: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    hours: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    spoken: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    contrast: ContrastShape,
    #[serde(default)]
    search: SearchShape,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct ContrastShape {
    negations: Vec<String>,
    corrections: Vec<String>,
    #[serde(default)]
    interjections: Vec<String>,
    #[serde(default)]
    articles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum DirectionShape {
    Ltr,
    Rtl,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DatesShape {
    weekdays: [String; 7],
    months: [String; 12],
    date: String,
    time: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct SearchShape {
    #[serde(default)]
    stop_words: Vec<String>,
    #[serde(default)]
    telltale_words: Vec<String>,
    #[serde(default)]
    compound_parts: Vec<String>,
    #[serde(default)]
    synonyms: Vec<SynonymsShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SynonymsShape {
    words: Vec<String>,
}

/// What search wants to know about a language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchWords {
    /// Words that carry no topic.
    pub stop_words: Vec<String>,
    /// Building blocks of compounds.
    pub compound_parts: Vec<String>,
    /// Groups of words that mean the same.
    pub synonyms: Vec<Vec<String>>,
}

/// Every installed language, and what search wants to know about each.
#[derive(Debug, Clone)]
pub struct LanguageFiles {
    /// The packs.
    pub languages: Languages,
    /// Search words by language.
    pub search: BTreeMap<LanguageTag, SearchWords>,
    /// Sentences a language lacks and says in German instead: not a mistake, but worth knowing.
    pub incomplete: Vec<Fault>,
}

/// Reads every pack of the folder. German must be there and complete.
pub fn read(folder: &ConfigFolder) -> Result<LanguageFiles, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut packs = Vec::new();
    let mut search = BTreeMap::new();
    for (file, text) in folder.languages()? {
        match read_pack(&file, &text) {
            Ok((pack, words)) => {
                search.insert(pack.tag.clone(), words);
                packs.push((file, text, pack));
            }
            Err(more) => faults.extend(more),
        }
    }
    let german = packs.iter().find(|(_, _, pack)| pack.tag == LanguageTag::german()).map(|(_, _, pack)| pack.clone());
    let folder = folder.root().join("languages").display().to_string();
    let Some(german) = german else {
        if faults.is_empty() {
            faults.push(Fault::of_file(folder, "there is no German pack (de.toml); German is binding"));
        }
        return Err(faults);
    };
    let mut incomplete = Vec::new();
    for (file, text, pack) in &packs {
        let (mistakes, missing) = compare(file, text, pack, &german);
        faults.extend(mistakes);
        incomplete.extend(missing);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let packs = packs.into_iter().map(|(_, _, pack)| pack);
    match Languages::new(packs) {
        Some(languages) => Ok(LanguageFiles { languages, search, incomplete }),
        None => Err(vec![Fault::of_file(folder, "there is no German pack (de.toml); German is binding")]),
    }
}

fn read_pack(file: &str, text: &str) -> Result<(LanguagePack, SearchWords), Vec<Fault>> {
    let shape: PackShape = read_toml(file, text).map_err(|fault| vec![fault])?;
    let mut reader = Reader::new(file, text);
    let tag = reader.language(&shape.tag);
    let spoken = shape.spoken.iter().map(|(word, forms)| (fold(word), &forms[..])).collect();
    let intents = cues(&mut reader, &shape.intents, "intents", &spoken, Intent::parse);
    let facets = cues(&mut reader, &shape.cues, "cues", &spoken, Facet::parse);
    let years = cues(&mut reader, &shape.years, "years", &spoken, YearKind::parse);
    let follow_up = |name: &str| (name == "cues").then_some(());
    let follow_up = cues(&mut reader, &shape.follow_up, "follow_up", &spoken, follow_up);
    let list_wishes = cues(&mut reader, &shape.list, "list", &spoken, ListWish::parse);
    let hours_wishes = cues(&mut reader, &shape.hours, "hours", &spoken, HoursWish::parse);
    let facet_labels = by_facet(&mut reader, shape.facets);
    let facet_questions = by_facet(&mut reader, shape.questions);
    let pack = tag.map(|tag| LanguagePack {
        tag,
        name: shape.name,
        right_to_left: matches!(shape.direction, DirectionShape::Rtl),
        reviewed: shape.reviewed,
        // Joining words such as " und " keep their spaces; only the line ends of longer texts go.
        sentences: shape.sentences.into_iter().map(|(key, text)| (key, text.trim_matches('\n').to_owned())).collect(),
        facet_labels,
        facet_questions,
        weekdays: shape.dates.weekdays.to_vec(),
        months: shape.dates.months.to_vec(),
        date_format: shape.dates.date,
        time_format: shape.dates.time,
        intent_cues: intents,
        facet_cues: facets,
        year_cues: years,
        follow_up_cues: follow_up,
        list_cues: list_wishes,
        hours_cues: hours_wishes,
        contrast: Contrast {
            negations: folded(&shape.contrast.negations),
            corrections: folded(&shape.contrast.corrections),
            interjections: folded(&shape.contrast.interjections),
            articles: folded(&shape.contrast.articles),
        },
        stop_words: folded(&shape.search.stop_words),
        telltale_words: shape.search.telltale_words,
    });
    let words = SearchWords {
        stop_words: shape.search.stop_words,
        compound_parts: shape.search.compound_parts,
        synonyms: shape.search.synonyms.into_iter().map(|group| group.words).collect(),
    };
    reader.finish(pack).map(|pack| (pack, words))
}

fn folded(words: &[String]) -> HashSet<String> {
    words.iter().map(|word| fold(word)).collect()
}

fn by_facet(reader: &mut Reader<'_>, shape: BTreeMap<String, String>) -> BTreeMap<Facet, String> {
    let mut texts = BTreeMap::new();
    for (name, text) in shape {
        if let Some(facet) = reader.facet(&name) {
            texts.insert(facet, text);
        }
    }
    texts
}

/// A pack against German: placeholders must agree, unknown keys are mistakes, missing ones are said in German.
fn compare(file: &str, text: &str, pack: &LanguagePack, german: &LanguagePack) -> (Vec<Fault>, Vec<Fault>) {
    let mut mistakes = Vec::new();
    for (key, sentence) in &pack.sentences {
        match german.sentences.get(key) {
            None => mistakes.push(Fault::at_value(
                file,
                text,
                key,
                format!("the sentence `{key}` is unknown; German has no such key"),
            )),
            Some(original) if placeholders(original) != placeholders(sentence) => {
                let wanted = placeholders(original).join(" ");
                mistakes.push(Fault::at_value(
                    file,
                    text,
                    key,
                    format!("the sentence `{key}` must have the placeholders of the German one: {wanted}"),
                ));
            }
            Some(_) => {}
        }
    }
    let missing: Vec<&str> =
        german.sentences.keys().filter(|key| !pack.sentences.contains_key(*key)).map(String::as_str).collect();
    let incomplete = match &missing[..] {
        [] => Vec::new(),
        [example, ..] => {
            let message = format!("{} sentences are said in German, such as `{example}`", missing.len());
            vec![Fault::of_file(file, message)]
        }
    };
    (mistakes, incomplete)
}

/// The `{placeholders}` of a sentence, sorted.
fn placeholders(sentence: &str) -> Vec<&str> {
    let mut names: Vec<&str> =
        sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use faq_engine::as_of::AsOf;

    use super::*;

    /// The delivered packs: some languages bend a month after "as of", so the sentences are written around it.
    #[test]
    fn every_pack_says_a_fees_date_as_precisely_as_it_is_known() {
        let files = read(&ConfigFolder::new(env!("CARGO_MANIFEST_DIR"))).expect("the delivered packs are valid");
        let spoken = [
            ("ar", "بحسب المعلومات في مارس 2024."),
            ("de", "Stand: März 2024."),
            ("de-simple", "Diese Preise sind aus dieser Zeit: März 2024."),
            ("en", "As of March 2024."),
            ("fr", "État : mars 2024."),
            ("pl", "Stan z marca 2024 r."),
            ("ru", "По данным марта 2024 г."),
            ("tr", "Bilgi tarihi: Mart 2024."),
            ("uk", "За даними березня 2024 р."),
        ];
        let tags: Vec<_> = files.languages.packs().map(|pack| pack.tag.as_str()).collect();
        assert_eq!(tags, spoken.map(|(tag, _)| tag));
        for (tag, of_march) in spoken {
            let phrasebook = files.languages.phrasebook(&LanguageTag::parse(tag).expect("a tag"));
            let written = |date: &str| phrasebook.as_of(AsOf::parse(date).expect("a date"));
            let say = |date: &str| phrasebook.say("fee_as_of", &[("date", &written(date))]);
            assert!(say("2024-03").contains(of_march), "{}", say("2024-03"));
            assert_eq!(say("2024-03"), say("2024").replace("2024", &written("2024-03")));
            assert_eq!(say("2024-03"), say("2024-03-15").replace("15.03.2024", &written("2024-03")));
        }
    }
}
