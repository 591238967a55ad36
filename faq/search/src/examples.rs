//! The examples the learnt signals learn from: every name, phrasing and sentence of the content, each belonging to a
//! target.

use faq_engine::facet::Facet;
use faq_engine::ports::{IndexDocument, PassageRole};
use faq_engine::understanding::text::{Word, words};

/// A text that belongs to a target.
pub(crate) struct Example {
    /// The number of the target.
    pub(crate) target: usize,
    pub(crate) words: Vec<Word>,
    pub(crate) is_german: bool,
    /// The facet it asks about, if it is a phrasing of one.
    pub(crate) facet: Option<Facet>,
    /// How much it teaches: what people say more than what the answer says.
    pub(crate) weight: f32,
}

const ASKED: f32 = 1.0;
const ANSWERED: f32 = 0.5;
/// A sentence of fewer words ("Bitte beachten:") belongs to nothing.
const SHORTEST_SENTENCE: usize = 2;

/// Where so many names and phrasings say how people ask, the prose of the answer would only blur it.
const ENOUGH_ASKED: usize = 8;

/// Takes the content apart. A long answer is a whole, too: a question may name what stands in two of its sentences.
pub(crate) fn examples(documents: &[IndexDocument]) -> Vec<Example> {
    let mut examples = Vec::new();
    for (target, document) in documents.iter().enumerate() {
        let asked = document.passages.iter().filter(|passage| !passage.role.is_prose()).count();
        let mut whole: Vec<Word> = Vec::new();
        let mut has_prose = false;
        for passage in &document.passages {
            let is_german = passage.language.is_german();
            match passage.role {
                PassageRole::Name | PassageRole::Phrasing(_) => {
                    let facet = if let PassageRole::Phrasing(facet) = passage.role { facet } else { None };
                    let words = words(&passage.text);
                    if passage.role == PassageRole::Name {
                        whole.extend(words.iter().cloned());
                    }
                    examples.push(Example { target, words, is_german, facet, weight: ASKED });
                }
                PassageRole::Whole => {}
                PassageRole::Body(_) if asked >= ENOUGH_ASKED => {}
                PassageRole::Body(_) => {
                    has_prose = true;
                    for sentence in passage.text.split_inclusive(['.', '?', '!', '\n']) {
                        let words = words(sentence);
                        whole.extend(words.iter().cloned());
                        if words.len() >= SHORTEST_SENTENCE {
                            examples.push(Example { target, words, is_german, facet: None, weight: ANSWERED });
                        }
                    }
                }
            }
        }
        if has_prose {
            examples.push(Example { target, words: whole, is_german: true, facet: None, weight: ASKED });
        }
    }
    examples
}
