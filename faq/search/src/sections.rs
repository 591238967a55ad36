//! Which facet of an answer speaks of what a question names.
//!
//! "Opas Auto auf mich, geht das ohne Erbschein?" asks about documents, and no cue word says so: the list of documents
//! is where the answer speaks of the Erbschein. A word of the service's names says nothing here, and one that stands in
//! several sections says little. Only what is needed, what it costs and where to go is said in words of the matter;
//! the overview speaks of everything, and a deadline or an appointment of what it is for.

use faq_engine::facet::Facet;
use faq_engine::ports::{EvidenceKind, PassageRole};
use rustc_hash::FxHashMap;

use crate::expansion::QuestionWord;
use crate::passages::ReadDocument;
use crate::vocabulary::{TermId, Vocabulary};

/// The terms of an answer with the facets whose sections have them.
pub(crate) struct Sections(FxHashMap<TermId, Vec<Facet>>);

/// What must speak for a facet, in units of inverse document frequency: a rare word does, a frequent one does not.
const SPEAKS: f32 = 1.5;
/// And how much more than for the next one.
const LEAD: f32 = 1.5;

fn says_what_else_is_named(facet: Facet) -> bool {
    matches!(facet, Facet::Documents | Facet::Requirements | Facet::Fee | Facet::Location)
}

impl Sections {
    /// Reads the sections of an answer.
    pub(crate) fn new(document: &ReadDocument, vocabulary: &Vocabulary) -> Self {
        let mut sections: FxHashMap<TermId, Vec<Facet>> = FxHashMap::default();
        for passage in &document.0 {
            if let PassageRole::Body(Some(facet)) = passage.role
                && says_what_else_is_named(facet)
            {
                for (term, _) in vocabulary.indexed_terms(passage) {
                    let facets = sections.entry(term).or_default();
                    if !facets.contains(&facet) {
                        facets.push(facet);
                    }
                }
            }
        }
        for passage in document.0.iter().filter(|passage| passage.role == PassageRole::Name) {
            vocabulary.indexed_terms(passage).for_each(|(term, _)| drop(sections.remove(&term)));
        }
        Self(sections)
    }

    /// The facet that the telling words of a question speak for, if they speak for one.
    pub(crate) fn about(&self, question: &[QuestionWord]) -> Option<Facet> {
        let mut spoken: Vec<(Facet, f32)> = Vec::new();
        for word in question.iter().filter(|word| word.stress >= 1.0) {
            // What only means the same ("gestorben", "Erbschein") stands where it pleases.
            let said = word.alternatives.iter().filter(|alternative| alternative.kind != EvidenceKind::Synonym);
            let known = said.filter_map(|alternative| Some((self.0.get(&alternative.term)?, alternative.quality)));
            let Some((facets, quality)) = known.max_by(|a, b| a.1.total_cmp(&b.1)) else { continue };
            for facet in facets {
                let says = word.weight * quality / facets.len() as f32;
                match spoken.iter_mut().find(|(known, _)| known == facet) {
                    Some((_, sum)) => *sum += says,
                    None => spoken.push((*facet, says)),
                }
            }
        }
        spoken.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (facet, best) = spoken.first()?;
        let next = spoken.get(1).map_or(0.0, |(_, says)| *says);
        (*best >= SPEAKS && *best >= LEAD * next).then_some(*facet)
    }
}

#[cfg(test)]
mod tests {
    use faq_engine::facet::Facet;
    use faq_engine::language::LanguageTag;
    use faq_engine::ports::{AnswerIndex, IndexDocument, IndexPassage, PassageRole, SearchQuestion, Target};
    use faq_engine::slug::Slug;

    use crate::{LanguageWords, SearchLanguages, indexing};

    #[test]
    fn the_section_that_alone_speaks_of_it_is_meant() {
        let passages = [
            (PassageRole::Name, "Fahrzeug umschreiben"),
            (PassageRole::Body(Some(Facet::Overview)), "Sie brauchen den Erbschein, wenn das Fahrzeug geerbt ist."),
            (PassageRole::Body(Some(Facet::Documents)), "Erbschein"),
            (PassageRole::Body(Some(Facet::Documents)), "Versicherungsbestätigung"),
            (PassageRole::Body(Some(Facet::Requirements)), "Das Fahrzeug hat eine gültige Hauptuntersuchung."),
            (PassageRole::Body(Some(Facet::Fee)), "Mit neuer Versicherungsbestätigung wird es nicht teurer."),
        ];
        let passages =
            passages.map(|(role, text)| IndexPassage { role, text: text.to_owned(), language: LanguageTag::german() });
        let mut documents = vec![IndexDocument {
            target: Target::Service(Slug::parse("kfz-umschreibung").expect("valid")),
            passages: passages.to_vec(),
        }];
        // Words are rare only beside other content.
        for number in 1..=12 {
            let text = format!("Leistung {number}");
            let passage = IndexPassage { role: PassageRole::Name, text, language: LanguageTag::german() };
            let target = Target::Service(Slug::parse(&format!("leistung-{number}")).expect("valid"));
            documents.push(IndexDocument { target, passages: vec![passage] });
        }
        let mut languages = SearchLanguages::default();
        let german = LanguageWords {
            stop_words: ["geht", "das", "ohne", "mit", "der"].map(str::to_owned).to_vec(),
            ..LanguageWords::default()
        };
        languages.0.insert(LanguageTag::german(), german);
        let index = indexing::build(&documents, &languages).expect("builds");
        let section = |text: &str| index.search(&SearchQuestion::plain(text, LanguageTag::german()), 1)[0].section;
        assert_eq!(section("Fahrzeug umschreiben, geht das ohne Erbschein?"), Some(Facet::Documents));
        assert_eq!(section("Fahrzeug umschreiben ohne Hauptuntersuchung"), Some(Facet::Requirements));
        assert_eq!(section("Fahrzeug umschreiben mit der Versicherungsbestätigung"), None, "two sections speak of it");
        assert_eq!(section("Fahrzeug umschreiben"), None);
    }
}
