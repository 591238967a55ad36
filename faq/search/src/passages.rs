//! The content as search reads it: every passage taken apart into folded words once, however often it is needed.

use faq_engine::ports::{IndexDocument, PassageRole};

use crate::analysis::{Analysis, without_arabic_prefix};

/// A passage, without its stop words.
#[derive(Debug)]
pub(crate) struct ReadPassage {
    pub(crate) role: PassageRole,
    pub(crate) is_german: bool,
    /// Folded words in order.
    pub(crate) words: Vec<String>,
}

/// What a document says of itself.
#[derive(Debug)]
pub(crate) struct ReadDocument(pub(crate) Vec<ReadPassage>);

impl ReadDocument {
    /// The passages by which it is ranked among others.
    pub(crate) fn ranked(&self) -> impl Iterator<Item = &ReadPassage> {
        self.0.iter().filter(|passage| passage.role != PassageRole::Whole)
    }

    /// Whether it has any.
    pub(crate) fn is_ranked(&self) -> bool {
        self.ranked().next().is_some()
    }
}

/// Reads the content.
pub(crate) fn read(documents: &[IndexDocument], analysis: &Analysis) -> Vec<ReadDocument> {
    let passages = |document: &IndexDocument| {
        let passages = document.passages.iter().map(|passage| {
            let is_german = passage.language.is_german();
            let mut words = analysis.telling_words(&passage.text, &passage.language);
            if !is_german {
                words.iter_mut().for_each(|word| *word = without_arabic_prefix(word).to_owned());
            }
            ReadPassage { role: passage.role, is_german, words }
        });
        ReadDocument(passages.collect())
    };
    documents.iter().map(passages).collect()
}
