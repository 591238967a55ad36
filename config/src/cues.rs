//! Cue words of a language pack, in every form in which people say them.

use std::collections::BTreeMap;

use faq_engine::understanding::cues::{CueSet, Pattern};
use faq_engine::understanding::text::fold;

use crate::text::Reader;

pub(crate) fn cues<T: Copy + PartialEq>(
    reader: &mut Reader<'_>,
    shape: &BTreeMap<String, Vec<String>>,
    table: &str,
    spoken: &SpokenForms<'_>,
    parse: impl Fn(&str) -> Option<T>,
) -> CueSet<T> {
    let mut patterns = Vec::new();
    for (name, texts) in shape {
        let Some(meaning) = parse(name) else {
            reader.fault(
                name,
                format!("`{name}` under [{table}] means nothing here; see config/README.md for the names"),
            );
            continue;
        };
        for text in texts {
            match as_spoken(text, spoken).iter().map(|text| Pattern::parse(text)).collect::<Result<Vec<_>, _>>() {
                Ok(spoken) => patterns.extend(spoken.into_iter().map(|pattern| (meaning, pattern))),
                Err(error) => reader.fault(text, error.to_string()),
            }
        }
    }
    CueSet::new(patterns)
}

/// How people say a word besides, by the word, folded.
pub(crate) type SpokenForms<'a> = BTreeMap<String, &'a [String]>;

/// A cue in all the ways people say its words: "was brauche ich" is "wat brauch ich" as well.
fn as_spoken(cue: &str, spoken: &SpokenForms<'_>) -> Vec<String> {
    /// A cue of many such words is said in more ways than anybody says it in.
    const MOST_WAYS: usize = 24;
    let mut ways = vec![String::new()];
    for word in cue.split_whitespace() {
        let others = spoken.get(&fold(word)).copied().unwrap_or_default();
        let forms = || std::iter::once(word).chain(others.iter().map(String::as_str));
        ways = ways.iter().flat_map(|way| forms().map(move |form| format!("{way} {form}"))).take(MOST_WAYS).collect();
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cue_is_also_said_in_the_spoken_forms_of_its_words() {
        let forms = ["wat".to_owned()];
        let other = ["brauch".to_owned(), "bräuchte".to_owned()];
        let spoken = BTreeMap::from([("was".to_owned(), &forms[..]), ("brauche".to_owned(), &other[..])]);
        let ways: Vec<String> = as_spoken("was brauche ich", &spoken).iter().map(|way| way.trim().to_owned()).collect();
        let expected = [
            "was brauche ich",
            "was brauch ich",
            "was bräuchte ich",
            "wat brauche ich",
            "wat brauch ich",
            "wat bräuchte ich",
        ];
        assert_eq!(ways, expected);
        assert_eq!(as_spoken("^ wo _ geb* $", &spoken).len(), 1);
    }
}
