//! Which language a message is in.
//!
//! Short questions are hard for statistical detectors; scripts and a few telltale words per language decide most of
//! them, and what is left is German, because most people here write German whatever their page is set to.

use rustc_hash::FxHashMap;

use super::text::{Word, fold};
use crate::language::LanguageTag;
use crate::phrasebook::Languages;

/// Recognises the languages for which a pack is installed.
#[derive(Debug, Clone)]
pub struct LanguageDetector {
    /// The installed languages, variants apart.
    languages: Vec<LanguageTag>,
    /// Folded telltale words with the languages they tell of, by number.
    words: FxHashMap<String, Vec<usize>>,
}

impl LanguageDetector {
    /// Learns the telltale words of the packs.
    pub fn new(languages: &Languages) -> Self {
        // A variant such as Leichte Sprache is chosen, never detected: its words are German.
        let detected = languages.packs().filter(|pack| pack.tag.as_str() == pack.tag.primary());
        let mut detector = Self { languages: Vec::new(), words: FxHashMap::default() };
        for (number, pack) in detected.enumerate() {
            detector.languages.push(pack.tag.clone());
            for word in &pack.telltale_words {
                let told = detector.words.entry(fold(word)).or_default();
                if !told.contains(&number) {
                    told.push(number);
                }
            }
        }
        detector
    }

    /// The language of the message; where the words do not tell, `surroundings`, else German.
    pub fn detect(&self, text: &str, words: &[Word], surroundings: Option<&LanguageTag>) -> LanguageTag {
        match script(text) {
            Script::Arabic => self.installed("ar").unwrap_or_else(LanguageTag::german),
            Script::Cyrillic => self.cyrillic(text, words, surroundings),
            Script::Other => {
                let latin = |tag: &LanguageTag| !matches!(tag.as_str(), "ar" | "ru" | "uk");
                let told = self.told_by_words(words, surroundings, latin);
                match (told, surroundings) {
                    // Somebody who chose Leichte Sprache and writes German keeps it.
                    (Some(tag), Some(chosen)) if chosen.primary() == tag.as_str() => chosen.clone(),
                    (Some(tag), _) => tag,
                    (None, _) => surroundings.cloned().unwrap_or_else(LanguageTag::german),
                }
            }
        }
    }

    /// Russian and Ukrainian share a script: letters that only one of them has decide, then words, then surroundings.
    fn cyrillic(&self, text: &str, words: &[Word], surroundings: Option<&LanguageTag>) -> LanguageTag {
        let has = |letters: &str| text.chars().any(|c| letters.contains(c));
        let by_letters = match (has("іїєґІЇЄҐ"), has("ыэъёЫЭЪЁ")) {
            (true, false) => Some("uk"),
            (false, true) => Some("ru"),
            _ => None,
        };
        let is_cyrillic = |tag: &LanguageTag| matches!(tag.as_str(), "ru" | "uk");
        let from_page = || surroundings.filter(|tag| is_cyrillic(tag)).cloned();
        by_letters
            .and_then(|tag| self.installed(tag))
            .or_else(|| self.told_by_words(words, surroundings, is_cyrillic))
            .or_else(from_page)
            .or_else(|| self.installed("ru"))
            .unwrap_or_else(LanguageTag::german)
    }

    /// The language with the most telltale words. On a tie the surroundings win, then German, then the first name, so
    /// that the result is stable.
    fn told_by_words(
        &self,
        words: &[Word],
        surroundings: Option<&LanguageTag>,
        eligible: impl Fn(&LanguageTag) -> bool,
    ) -> Option<LanguageTag> {
        let rank = |tag: &LanguageTag| (surroundings.is_some_and(|s| s.primary() == tag.as_str()), tag.is_german());
        let mut counts = vec![0; self.languages.len()];
        let told = words.iter().filter_map(|word| self.words.get(&word.folded)).flatten();
        told.for_each(|language| counts[*language] += 1);
        let counted = counts.into_iter().zip(&self.languages).filter(|(_, tag)| eligible(tag));
        let (hits, tag) = counted.max_by(|(a, tag_a), (b, tag_b)| {
            a.cmp(b).then_with(|| rank(tag_a).cmp(&rank(tag_b))).then_with(|| tag_b.cmp(tag_a))
        })?;
        (hits > 0).then(|| tag.clone())
    }

    fn installed(&self, tag: &str) -> Option<LanguageTag> {
        self.languages.iter().find(|installed| installed.as_str() == tag).cloned()
    }
}

/// The script most letters of a text are in.
enum Script {
    Arabic,
    Cyrillic,
    Other,
}

fn script(text: &str) -> Script {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let mostly =
        |range: std::ops::RangeInclusive<char>| text.chars().filter(|c| range.contains(c)).count() * 2 > letters;
    if letters == 0 {
        Script::Other
    } else if mostly('\u{0600}'..='\u{06FF}') {
        Script::Arabic
    } else if mostly('\u{0400}'..='\u{04FF}') {
        Script::Cyrillic
    } else {
        Script::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrasebook::LanguagePack;
    use crate::understanding::text::words;

    fn detector() -> LanguageDetector {
        let pack = |tag: &str, telltale: &[&str]| {
            let mut pack = LanguagePack::empty(LanguageTag::parse(tag).expect("valid"));
            pack.telltale_words = telltale.iter().map(|word| (*word).to_owned()).collect();
            pack
        };
        let packs = [
            pack("de", &["ich", "was", "wie", "der", "mein"]),
            pack("de-simple", &[]),
            pack("en", &["how", "what", "my", "the", "is"]),
            pack("tr", &["ne", "için", "mi"]),
            pack("ru", &[]),
            pack("uk", &[]),
            pack("ar", &[]),
        ];
        LanguageDetector::new(&Languages::new(packs).expect("has German"))
    }

    fn detected(text: &str, surroundings: Option<&str>) -> String {
        let surroundings = surroundings.map(|tag| LanguageTag::parse(tag).expect("valid"));
        detector().detect(text, &words(text), surroundings.as_ref()).to_string()
    }

    #[test]
    fn words_weigh_more_than_the_page() {
        assert_eq!(detected("How do I convert my license", Some("de")), "en");
        assert_eq!(detected("was kostet der Führerschein", Some("en")), "de");
        assert_eq!(detected("Führerschein", Some("en")), "en");
        assert_eq!(detected("Führerschein", None), "de");
        assert_eq!(detected("was kostet der Perso", Some("de-simple")), "de-simple");
    }

    #[test]
    fn scripts_decide() {
        assert_eq!(detected("Дякую вам велике і всім!", None), "uk");
        assert_eq!(detected("Спасибо, вы мне помогли", None), "ru");
        assert_eq!(detected("де можна зробити паспорт", Some("uk")), "uk");
        assert_eq!(detected("паспорт", Some("de")), "ru");
        assert_eq!(detected("فاتحين يوم الأحد؟", Some("de")), "ar");
    }
}
