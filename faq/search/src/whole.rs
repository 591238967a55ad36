//! Messages that say what was foreseen and nothing else: "neue Papiere".
//!
//! What such words mean is open, so nothing can be learnt from them, and whoever adds a telling word has said more. So
//! they are compared as sets of terms, both ways; stop words, and words that name an aspect or a town, do not count.

use faq_engine::ports::{EvidenceKind, PassageRole};
use rustc_hash::FxHashMap;

use crate::expansion::{Alternative, ONE_ERROR, QuestionWord};
use crate::passages::ReadDocument;
use crate::vocabulary::{TermId, Vocabulary};

/// The foreseen messages.
pub(crate) struct WholeMessages {
    /// The terms of each, and the number of its target.
    messages: Vec<(Vec<TermId>, usize)>,
    /// The messages that have a term.
    by_term: FxHashMap<TermId, Vec<usize>>,
}

impl WholeMessages {
    pub(crate) fn new(documents: &[ReadDocument], vocabulary: &Vocabulary) -> Self {
        let mut messages = Vec::new();
        let mut by_term: FxHashMap<TermId, Vec<usize>> = FxHashMap::default();
        for (target, document) in documents.iter().enumerate() {
            for passage in document.0.iter().filter(|passage| passage.role == PassageRole::Whole) {
                let own = vocabulary.indexed_terms(passage).filter(|(_, is_part)| !is_part);
                let mut terms: Vec<TermId> = own.map(|(term, _)| term).collect();
                terms.sort_unstable();
                terms.dedup();
                terms.iter().for_each(|term| by_term.entry(*term).or_default().push(messages.len()));
                messages.push((terms, target));
            }
        }
        Self { messages, by_term }
    }

    /// The target of the message that this question is.
    pub(crate) fn met_by(&self, question: &[QuestionWord]) -> Option<usize> {
        let telling: Vec<&QuestionWord> = question.iter().filter(|word| word.stress >= 1.0).collect();
        // Whatever is met has a term for every word, the first one as well.
        let first = telling.first()?.alternatives.iter();
        let with_first = first.filter_map(|alternative| self.by_term.get(&alternative.term)).flatten().copied();
        let is_met = |message: &usize| {
            let terms = &self.messages[*message].0;
            let every_word_is_foreseen = telling.iter().all(|word| terms.iter().any(|term| may_be(word, *term)));
            every_word_is_foreseen && terms.iter().all(|term| telling.iter().any(|word| may_be(word, *term)))
        };
        with_first.filter(is_met).min().map(|message| self.messages[message].1)
    }
}

/// Whether the word is the foreseen one, or means it. One error away from a short word lies another ("Spaß", "Pass"), and
/// two errors away from any.
fn may_be(word: &QuestionWord, term: TermId) -> bool {
    const LONG_WORD: usize = 6;
    let is_it = |alternative: &Alternative| match alternative.kind {
        EvidenceKind::Exact | EvidenceKind::Synonym | EvidenceKind::Prefix => true,
        EvidenceKind::Typo => alternative.quality >= ONE_ERROR && word.word.chars().count() >= LONG_WORD,
        EvidenceKind::CompoundPart => false,
    };
    word.alternatives.iter().any(|alternative| alternative.term == term && is_it(alternative))
}

#[cfg(test)]
mod tests {
    use faq_engine::language::LanguageTag;
    use faq_engine::ports::{AnswerIndex, IndexDocument, IndexPassage, PassageRole, SearchQuestion, Target};
    use faq_engine::slug::Slug;

    use crate::{LanguageWords, SearchLanguages, indexing};

    fn passage(role: PassageRole, text: &str) -> IndexPassage {
        IndexPassage { role, text: text.to_owned(), language: LanguageTag::german() }
    }

    fn entry(name: &str) -> Target {
        Target::Entry(Slug::parse(name).expect("valid"))
    }

    #[test]
    fn a_message_is_met_by_what_means_the_same_and_by_nothing_longer() {
        let documents = [
            IndexDocument {
                target: entry("welche-papiere"),
                passages: ["Papiere verloren", "neue Papiere"].map(|text| passage(PassageRole::Whole, text)).to_vec(),
            },
            IndexDocument {
                target: entry("fahrzeugpapiere"),
                passages: vec![passage(PassageRole::Name, "Fahrzeugpapiere verloren")],
            },
        ];
        let mut languages = SearchLanguages::default();
        let german = LanguageWords {
            stop_words: ["ich", "habe", "meine", "neue", "fürs"].map(str::to_owned).to_vec(),
            synonyms: vec![vec!["verloren".to_owned(), "verlegt".to_owned()]],
            ..LanguageWords::default()
        };
        languages.0.insert(LanguageTag::german(), german);
        let index = indexing::build(&documents, &languages).expect("builds");
        let first = |text: &str| {
            let hits = index.search(&SearchQuestion::plain(text, LanguageTag::german()), 3);
            hits.into_iter().next().map(|hit| hit.target)
        };
        for text in
            ["Papiere verloren", "ich habe meine papiere verlegt", "PAPIER VERLOREN", "neue Papiere", "Papire verloren"]
        {
            assert_eq!(first(text), Some(entry("welche-papiere")), "{text}");
        }
        for text in ["Papiere fürs Auto verloren", "verloren", "Fahrzeugpapiere verloren"] {
            assert_ne!(first(text), Some(entry("welche-papiere")), "{text}");
        }
    }
}
