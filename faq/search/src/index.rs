//! The index: one tantivy index in memory over two kinds of documents.
//!
//! - A *target* document holds everything a service or free question can be found by, in one field per role.
//! - A *phrasing* document holds one way people ask. It finds the service whose wording is nearest and says which facet
//!   the question is about.
//!
//! The scores of both are added; how much of the question a match explains (coverage) is computed from the terms
//! themselves, because raw BM25 scores cannot be compared between questions.

use std::collections::HashMap;

use faq_engine::facet::Facet;
use faq_engine::language::LanguageTag;
use faq_engine::ports::{AnswerIndex, Evidence, Hit, SearchQuestion, Target};
use rustc_hash::FxHashMap;
use tantivy::{DocId, Score};

use crate::analysis::Analysis;
use crate::expansion::{Alternative, QuestionWord, expand};
use crate::ranking::{RankedField, WeighedTerm, rank};
use crate::synonyms::Synonyms;
use crate::vocabulary::{TermId, Vocabulary};

/// An index over one state of the content. It never changes.
pub struct TantivyIndex {
    pub(crate) segments: Vec<Segment>,
    pub(crate) fields: Fields<RankedField>,
    pub(crate) analysis: Analysis,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) synonyms: HashMap<LanguageTag, Synonyms>,
    pub(crate) targets: Vec<TargetTerms>,
    /// The facet of each phrasing document.
    pub(crate) phrasings: Vec<Option<Facet>>,
}

/// What the documents of a segment of tantivy's stand for, by their number.
pub(crate) struct Segment(pub(crate) Vec<DocumentOwner>);

/// What a document stands for.
#[derive(Clone, Copy)]
pub(crate) struct DocumentOwner {
    /// The number of the target.
    pub(crate) target: usize,
    /// The number of the phrasing, if it is one.
    pub(crate) phrasing: Option<usize>,
}

/// A target and the terms it can be found by.
pub(crate) struct TargetTerms {
    pub(crate) target: Target,
    /// How much a match of the term says: a name or phrasing more than the prose of the answer.
    pub(crate) terms: FxHashMap<TermId, f32>,
}

/// The text fields of the index.
pub(crate) struct Fields<F> {
    pub(crate) names: F,
    pub(crate) phrasings: F,
    pub(crate) body: F,
    pub(crate) foreign: F,
    pub(crate) phrasing: F,
}

/// Weight of a match by the field it is in.
const NAMES: f32 = 1.3;
const PHRASINGS: f32 = 1.0;
const BODY: f32 = 0.3;
/// Weight of the nearest phrasing beside the whole.
const NEAREST_PHRASING: f32 = 0.8;
/// What is left of the score of a match that explains next to nothing of the question.
const EXPLAINS_LITTLE: f32 = 0.4;
/// Unexplained words of a long message weigh less and less: after about this many units of idf the rest is colour.
const UNEXPLAINED_SATURATION: f32 = 14.0;
/// A question needs some weight to be explained with confidence: a single frequent word explains itself fully and says
/// nothing. In units of idf.
const DOUBT: f32 = 0.7;
const PHRASING_CANDIDATES: usize = 24;

impl TantivyIndex {
    /// The targets with their scores, best first.
    fn search_targets(&self, question: &[QuestionWord], limit: usize) -> Vec<(usize, Score)> {
        let Fields { names, phrasings, body, foreign, .. } = &self.fields;
        let german = [(names, NAMES), (phrasings, PHRASINGS), (body, BODY)];
        let found = self.ranked(question, &german, &[(foreign, 1.0)], limit);
        found.into_iter().map(|(owner, score)| (owner.target, score)).collect()
    }

    /// The best phrasing of each target: its score and facet.
    fn search_phrasings(&self, question: &[QuestionWord]) -> FxHashMap<usize, (Score, Option<Facet>)> {
        let mut best = FxHashMap::default();
        for (owner, score) in self.ranked(question, &[(&self.fields.phrasing, 1.0)], &[], PHRASING_CANDIDATES) {
            let facet = owner.phrasing.and_then(|phrasing| self.phrasings[phrasing]);
            best.entry(owner.target).or_insert((score, facet));
        }
        best
    }

    /// What matches the question in these fields, each with its weight, best first.
    fn ranked(
        &self,
        question: &[QuestionWord],
        german: &[(&RankedField, Score)],
        foreign: &[(&RankedField, Score)],
        limit: usize,
    ) -> Vec<(DocumentOwner, Score)> {
        let terms = |word: &QuestionWord| {
            let alternatives = word.alternatives.iter().flat_map(|alternative| {
                let Alternative { term, quality, .. } = *alternative;
                let fields = if self.vocabulary.is_foreign(term) { foreign } else { german };
                fields.iter().map(move |(field, weight)| (*field, term, weight * quality))
            });
            let weighed =
                alternatives.map(|(field, term, weight)| WeighedTerm { field, term, weight: weight * word.stress });
            weighed.collect::<Vec<_>>()
        };
        let words: Vec<_> = question.iter().map(terms).collect();
        let mut found: Vec<(DocumentOwner, Score, (usize, DocId))> = Vec::new();
        for (number, Segment(documents)) in self.segments.iter().enumerate() {
            // The index is in memory: what is wrong with it would have been wrong when it was opened.
            let ranked = rank(&words, number, documents.len() as DocId).unwrap_or_default();
            let owned = ranked.into_iter().map(|(id, score)| (documents[id as usize], score, (number, id)));
            found.extend(owned);
        }
        let order = |a: &(_, Score, (usize, DocId)), b: &(_, Score, (usize, DocId))| {
            b.1.total_cmp(&a.1).then_with(|| a.2.cmp(&b.2))
        };
        if found.len() > limit {
            found.select_nth_unstable_by(limit, order);
            found.truncate(limit);
        }
        found.sort_unstable_by(order);
        found.into_iter().map(|(owner, score, _)| (owner, score)).collect()
    }

    /// By what a target explains the question, the most telling first.
    fn evidence(&self, question: &[QuestionWord], target: &TargetTerms) -> Vec<Evidence> {
        let explained = question.iter().filter_map(|word| {
            let (alternative, quality) = target.explains(word)?;
            let term = self.vocabulary.text(alternative.term).to_owned();
            Some(Evidence { word: word.word.clone(), term, kind: alternative.kind, weight: word.weight * quality })
        });
        let mut evidence: Vec<Evidence> = explained.collect();
        evidence.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        evidence
    }
}

impl AnswerIndex for TantivyIndex {
    fn search(&self, question: &SearchQuestion, limit: usize) -> Vec<Hit> {
        if limit == 0 {
            return Vec::new();
        }
        let words = expand(question, &self.analysis, &self.vocabulary, &self.synonyms);
        if words.iter().all(|word| word.alternatives.is_empty()) {
            return Vec::new();
        }
        let nearest = self.search_phrasings(&words);
        let mut scores: FxHashMap<usize, Score> =
            self.search_targets(&words, limit.max(PHRASING_CANDIDATES)).into_iter().collect();
        for (target, (score, _)) in &nearest {
            *scores.entry(*target).or_default() += NEAREST_PHRASING * score;
        }
        let candidates = scores.into_iter().filter_map(|(number, score)| {
            let coverage = coverage(&words, &self.targets[number])?;
            Some((number, score * (EXPLAINS_LITTLE + coverage), coverage))
        });
        let mut ranked: Vec<(usize, Score, f32)> = candidates.collect();
        let target = |number: usize| &self.targets[number].target;
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| target(a.0).cmp(target(b.0))));
        ranked.truncate(limit);
        let hit = |(number, score, coverage): (usize, Score, f32)| Hit {
            target: self.targets[number].target.clone(),
            score,
            coverage,
            facet: nearest.get(&number).and_then(|(_, facet)| *facet),
            evidence: self.evidence(&words, &self.targets[number]),
        };
        ranked.into_iter().map(hit).collect()
    }
}

/// How much of the question a target explains; `None`: nothing.
fn coverage(question: &[QuestionWord], target: &TargetTerms) -> Option<f32> {
    let mut explained = 0.0;
    let mut unexplained = 0.0;
    let mut explains_something = false;
    for word in question {
        let best = target.explains(word);
        explains_something |= best.is_some();
        let quality = best.map_or(0.0, |(_, quality)| quality);
        explained += word.weight * quality;
        unexplained += word.weight * (1.0 - quality);
    }
    let unexplained = unexplained / (1.0 + unexplained / UNEXPLAINED_SATURATION);
    explains_something.then_some(explained / (explained + unexplained + DOUBT))
}

impl TargetTerms {
    /// What explains a word best, and how well.
    fn explains<'w>(&self, word: &'w QuestionWord) -> Option<(&'w Alternative, f32)> {
        let known = word.alternatives.iter().filter_map(|alternative| {
            self.terms.get(&alternative.term).map(|says| (alternative, says * alternative.quality))
        });
        known.max_by(|a, b| a.1.total_cmp(&b.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indexing;
    use faq_engine::ports::{EvidenceKind, IndexDocument, IndexPassage, PassageRole};
    use faq_engine::slug::Slug;

    fn document(slug: &str, passages: &[(PassageRole, &str)]) -> IndexDocument {
        let passages = passages
            .iter()
            .map(|(role, text)| IndexPassage { role: *role, text: (*text).to_owned(), language: LanguageTag::german() })
            .collect();
        IndexDocument { target: Target::Service(Slug::parse(slug).expect("valid slug")), passages }
    }

    fn index() -> TantivyIndex {
        let documents = [
            document(
                "fuehrerschein-umtausch",
                &[
                    (PassageRole::Name, "Führerschein umtauschen"),
                    (PassageRole::Phrasing(Some(Facet::Deadline)), "Bis wann muss ich meinen Führerschein umtauschen?"),
                    (PassageRole::Body, "Die Frist hängt vom Jahrgang ab."),
                ],
            ),
            document(
                "kfz-abmeldung",
                &[
                    (PassageRole::Name, "Fahrzeug abmelden"),
                    (PassageRole::Phrasing(Some(Facet::Documents)), "Welche Unterlagen brauche ich zum Abmelden?"),
                ],
            ),
        ];
        let mut languages = crate::SearchLanguages::default();
        languages.0.insert(
            LanguageTag::german(),
            crate::LanguageWords {
                stop_words: ["ich", "muss", "meinen", "die", "zum", "vom", "ab", "welche"].map(str::to_owned).to_vec(),
                compound_parts: vec!["umtausch".to_owned(), "frist".to_owned()],
                synonyms: vec![vec!["Lappen".to_owned(), "Führerschein".to_owned()]],
            },
        );
        indexing::build(&documents, &languages).expect("builds")
    }

    fn best(text: &str) -> Option<(String, EvidenceKind)> {
        let question = SearchQuestion::plain(text, LanguageTag::german());
        let hit = index().search(&question, 3).into_iter().next()?;
        let Target::Service(slug) = hit.target else { return None };
        Some((slug.to_string(), hit.evidence[0].kind))
    }

    #[test]
    fn questions_find_their_service_however_they_are_spelt() {
        for (text, kind) in [
            ("Führerschein umtauschen", EvidenceKind::Exact),
            ("fuehrerschein", EvidenceKind::Exact),
            ("fürhershein", EvidenceKind::Typo),
            ("lappen", EvidenceKind::Synonym),
            ("Führerscheinumtauschfrist", EvidenceKind::CompoundPart),
        ] {
            assert_eq!(best(text), Some(("fuehrerschein-umtausch".to_owned(), kind)), "{text}");
        }
        assert_eq!(best("pizza salami"), None);
    }

    #[test]
    fn query_syntax_is_text() {
        let index = index();
        for text in
            ["*", "*:*", "/.*/", "\"a b\"~999", "a^9e99", "NOT führerschein", &"(".repeat(800), &"NOT ".repeat(240)]
        {
            let question = SearchQuestion::plain(text, LanguageTag::german());
            assert!(index.search(&question, 5).len() <= 1, "{text}");
        }
    }

    #[test]
    fn the_nearest_phrasing_names_the_facet() {
        let question = SearchQuestion::plain("unterlagen abmelden", LanguageTag::german());
        assert_eq!(index().search(&question, 1)[0].facet, Some(Facet::Documents));
    }
}
