//! Which language a message is in.
//!
//! Short questions are hard for statistical detectors; scripts and a few telltale words per language decide most of
//! them, and what is left is German, because most people here write German whatever their page is set to.

use super::text::{Word, fold};
use crate::language::LanguageTag;
use crate::phrasebook::Languages;

/// Recognises the languages for which a pack is installed.
#[derive(Debug, Clone)]
pub struct LanguageDetector {
    /// Folded telltale words of each language.
    words: Vec<(LanguageTag, Vec<String>)>,
}

impl LanguageDetector {
    /// Learns the telltale words of the packs.
    pub fn new(languages: &Languages) -> Self {
        let words = languages
            .packs()
            // A variant such as Leichte Sprache is chosen, never detected: its words are German.
            .filter(|pack| pack.tag.as_str() == pack.tag.primary())
            .map(|pack| (pack.tag.clone(), pack.telltale_words.iter().map(|word| fold(word)).collect()))
            .collect();
        Self { words }
    }

    /// The language of the message; where the words do not tell, `surroundings`, else German.
    pub fn detect(&self, text: &str, words: &[Word], surroundings: Option<&LanguageTag>) -> LanguageTag {
        if let Some(tag) = by_script(text).and_then(|tag| self.installed(tag)) {
            return tag;
        }
        let best = self
            .words
            .iter()
            .map(|(tag, telltale)| (words.iter().filter(|word| telltale.contains(&word.folded)).count(), tag))
            .max_by(|(a, tag_a), (b, tag_b)| {
                // On a tie the surroundings win, then German, then the first name, so that the result is stable.
                let rank =
                    |tag: &LanguageTag| (surroundings.is_some_and(|s| s.primary() == tag.as_str()), tag.is_german());
                a.cmp(b).then_with(|| rank(tag_a).cmp(&rank(tag_b))).then_with(|| tag_b.cmp(tag_a))
            });
        match best {
            Some((hits, tag)) if hits > 0 => match surroundings {
                // Somebody who chose Leichte Sprache and writes German keeps it.
                Some(chosen) if chosen.primary() == tag.as_str() => chosen.clone(),
                _ => tag.clone(),
            },
            _ => surroundings.cloned().unwrap_or_else(LanguageTag::german),
        }
    }

    fn installed(&self, tag: &str) -> Option<LanguageTag> {
        self.words.iter().map(|(installed, _)| installed).find(|installed| installed.as_str() == tag).cloned()
    }
}

/// The language a script gives away. Ukrainian and Russian share one; letters that only one of them has decide.
fn by_script(text: &str) -> Option<&'static str> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let count = |range: std::ops::RangeInclusive<char>| text.chars().filter(|c| range.contains(c)).count();
    if letters == 0 {
        return None;
    }
    if count('\u{0600}'..='\u{06FF}') * 2 > letters {
        return Some("ar");
    }
    if count('\u{0400}'..='\u{04FF}') * 2 > letters {
        let has = |set: &str| text.chars().any(|c| set.contains(c));
        let ukrainian = has("іїєґІЇЄҐ") || (!has("ыэъёЫЭЪЁ") && has("'’"));
        return Some(if ukrainian { "uk" } else { "ru" });
    }
    None
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
        assert_eq!(detected("فاتحين يوم الأحد؟", Some("de")), "ar");
    }
}
