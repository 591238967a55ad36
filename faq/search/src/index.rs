//! The index: one tantivy index in memory, with one document for each target and one field for each role of its texts,
//! and beside it what was learnt from the same texts.
//!
//! How much of the question a match explains (coverage) is computed from the terms themselves, because raw BM25 scores
//! cannot be compared between questions.

use std::borrow::Cow;
use std::collections::HashMap;

use faq_engine::language::LanguageTag;
use faq_engine::ports::{AnswerIndex, Evidence, Hit, SearchQuestion, Target};
use rustc_hash::FxHashMap;
use tantivy::Score;

use crate::analysis::Analysis;
use crate::expansion::{Alternative, QuestionWord, expand};
use crate::fusion::{Candidate, Fusion, LexicalHit, confidence};
use crate::learnt::Learnt;
use crate::ranking::{RankedField, Ranking, WeighedTerm};
use crate::sections::Sections;
use crate::separable::joined;
use crate::synonyms::Synonyms;
use crate::vocabulary::{TermId, Vocabulary};
use crate::whole::WholeMessages;

/// An index over one state of the content. It never changes.
pub struct TantivyIndex {
    pub(crate) fields: Fields<RankedField>,
    pub(crate) analysis: Analysis,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) synonyms: HashMap<LanguageTag, Synonyms>,
    pub(crate) targets: Vec<TargetTerms>,
    pub(crate) learnt: Option<Learnt>,
    pub(crate) whole: WholeMessages,
}

/// A target and the terms it can be found by.
pub(crate) struct TargetTerms {
    pub(crate) target: Target,
    /// How much a match of the term says: a name or phrasing more than the prose of the answer.
    pub(crate) terms: FxHashMap<TermId, f32>,
    pub(crate) sections: Sections,
}

/// The text fields of the index.
pub(crate) struct Fields<F> {
    pub(crate) names: F,
    pub(crate) phrasings: F,
    pub(crate) body: F,
    pub(crate) foreign: F,
}

/// Weight of a match by the field it is in.
const NAMES: f32 = 1.3;
const PHRASINGS: f32 = 1.0;
const BODY: f32 = 0.3;
/// What is left of the score of a match that explains next to nothing of the question.
const EXPLAINS_LITTLE: f32 = 0.4;
/// Unexplained words of a long message weigh less and less: after about this many units of idf the rest is colour.
const UNEXPLAINED_SATURATION: f32 = 14.0;
/// A question needs some weight to be explained with confidence: a single frequent word explains itself fully and says
/// nothing. In units of idf.
const DOUBT: f32 = 0.7;
/// Two letters here and there are shared by everything; below this likeness a hit must meet a word.
const SOMETHING_ALIKE: f32 = 0.1;
/// Targets found by their words that the other signals are asked about.
const CANDIDATES: usize = 12;

impl TantivyIndex {
    /// The question with the prefixes of its verbs where they belong, if the content knows such a verb: "melde … um" as
    /// "ummelde".
    fn with_whole_verbs<'q>(&self, question: &'q SearchQuestion) -> Cow<'q, SearchQuestion> {
        if !question.language.is_german() {
            return Cow::Borrowed(question);
        }
        let verbs = joined(&question.words, |verb| self.vocabulary.knows_form(verb, &self.analysis));
        if verbs.is_empty() {
            return Cow::Borrowed(question);
        }
        let mut whole = question.clone();
        verbs.iter().for_each(|joined| whole.words[joined.at].folded.clone_from(&joined.verb));
        Cow::Owned(whole.keeping(|index| verbs.iter().all(|joined| joined.prefix != index)))
    }

    /// Synonyms of a language, and of German in every language: people mix.
    fn meanings(&self, language: &LanguageTag) -> Vec<&Synonyms> {
        [language, &LanguageTag::german()].into_iter().filter_map(|tag| self.synonyms.get(tag)).collect()
    }

    /// The targets whose words meet the question's, with how much of it they explain.
    fn search_targets(&self, question: &[QuestionWord], limit: usize) -> Vec<LexicalHit> {
        let Fields { names, phrasings, body, foreign } = &self.fields;
        let german = [(names, NAMES), (phrasings, PHRASINGS), (body, BODY)];
        let found = self.ranked(question, &german, &[(foreign, 1.0)], limit).into_iter();
        found
            .map(|(target, score)| {
                let coverage = coverage(question, &self.targets[target]);
                LexicalHit { target, score: score * (EXPLAINS_LITTLE + coverage), coverage }
            })
            .collect()
    }

    /// What matches the question in these fields, each with its weight, best first.
    fn ranked(
        &self,
        question: &[QuestionWord],
        german: &[(&RankedField, Score)],
        foreign: &[(&RankedField, Score)],
        limit: usize,
    ) -> Vec<(usize, Score)> {
        let mut ranking = Ranking::new(self.targets.len());
        for word in question {
            ranking.add_word(word.alternatives.iter().flat_map(|alternative| {
                let Alternative { term, quality, .. } = *alternative;
                let fields = if self.vocabulary.is_foreign(term) { foreign } else { german };
                fields.iter().map(move |(field, weight)| WeighedTerm {
                    field,
                    term,
                    weight: weight * quality * word.stress,
                })
            }));
        }
        let mut found: Vec<(usize, Score)> = ranking.matched().collect();
        let order = |a: &(usize, Score), b: &(usize, Score)| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0));
        if found.len() > limit {
            found.select_nth_unstable_by(limit, order);
            found.truncate(limit);
        }
        found.sort_unstable_by(order);
        found
    }

    /// By what a target explains the question, the most telling first.
    fn evidence(&self, question: &[QuestionWord], target: &TargetTerms) -> Vec<Evidence> {
        let explained = question.iter().filter_map(|word| {
            let (alternative, quality) = target.explains(word)?;
            let term = self.vocabulary.text(alternative.term).clone();
            Some(Evidence { word: word.word.clone(), term, kind: alternative.kind, weight: word.weight * quality })
        });
        let mut evidence: Vec<Evidence> = explained.collect();
        evidence.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        evidence
    }
}

impl AnswerIndex for TantivyIndex {
    fn search(&self, question: &SearchQuestion, limit: usize) -> Vec<Hit> {
        let question = &*self.with_whole_verbs(question);
        let meanings = self.meanings(&question.language);
        let words = expand(question, &self.analysis, &self.vocabulary, &meanings);
        let lexical = self.search_targets(&words, limit.max(CANDIDATES));
        let usual = |at| meanings.iter().find_map(|synonyms| synonyms.usual_word(&question.words, at));
        let judgement = self.learnt.as_ref().map(|learnt| learnt.judge(question, usual));
        let fusion = Fusion::new(&lexical, judgement.as_ref());
        let mut ranked = fusion.candidates();
        let target = |candidate: &Candidate| &self.targets[candidate.target];
        let order = |a: &Candidate, b: &Candidate| {
            b.sum.total_cmp(&a.sum).then_with(|| target(a).target.cmp(&target(b).target))
        };
        let mut left_out = Vec::new();
        if ranked.len() > limit {
            ranked.select_nth_unstable_by(limit, order);
            left_out = ranked.split_off(limit);
        }
        ranked.sort_unstable_by(order);
        left_out.retain(|candidate| question.topics.contains(&target(candidate).target));
        left_out.sort_unstable_by(order);
        let learnt = self.learnt.as_ref().zip(judgement.as_ref());
        let hit = |candidate: &Candidate| {
            let signals = fusion.signals(candidate.target, || coverage(&words, target(candidate)));
            Hit {
                target: target(candidate).target.clone(),
                score: candidate.score(),
                confidence: confidence(&signals, question.words.len(), self.learnt.is_some()),
                signals,
                facet: learnt.and_then(|(learnt, judgement)| learnt.facet(candidate.target, judgement)),
                section: target(candidate).sections.about(&words),
                evidence: self.evidence(&words, target(candidate)),
            }
        };
        let whole = self.whole.met_by(&words).filter(|_| limit > 0);
        let whole = whole.map(|target| {
            Hit::whole(self.targets[target].target.clone(), ranked.first().map_or(1.0, Candidate::score))
        });
        let shares_something = |hit: &Hit| !hit.evidence.is_empty() || hit.signals.likeness >= SOMETHING_ALIKE;
        let ranked = ranked.iter().map(hit).filter(shares_something);
        let left_out = left_out.iter().map(hit).filter(shares_something);
        whole.into_iter().chain(ranked).take(limit).chain(left_out).collect()
    }
}

/// How much of the question a target explains, 0 to 1.
fn coverage(question: &[QuestionWord], target: &TargetTerms) -> f32 {
    let mut explained = 0.0;
    let mut unexplained = 0.0;
    for word in question {
        let quality = target.explains(word).map_or(0.0, |(_, quality)| quality);
        explained += word.weight * quality;
        unexplained += word.weight * (1.0 - quality);
    }
    let unexplained = unexplained / (1.0 + unexplained / UNEXPLAINED_SATURATION);
    explained / (explained + unexplained + DOUBT)
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
    use faq_engine::facet::Facet;
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
                    (PassageRole::Body(None), "Die Frist hängt vom Jahrgang ab."),
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
            ("Frist umt. bitte", EvidenceKind::Exact),
            ("umtau.", EvidenceKind::Prefix),
            // One letter too many is no compound with a particle.
            ("umtauschh", EvidenceKind::Typo),
        ] {
            assert_eq!(best(text), Some(("fuehrerschein-umtausch".to_owned(), kind)), "{text}");
        }
        assert_eq!(best("pizza salami"), None);
    }

    #[test]
    fn a_word_nobody_has_used_is_known_by_its_meaning_and_an_unknown_day_is_not_strange() {
        let known = |question: &SearchQuestion| index().search(question, 1)[0].signals.known;
        let plain = |text: &str| SearchQuestion::plain(text, LanguageTag::german());
        assert_eq!(known(&plain("Lappen umtauschen")), known(&plain("Führerschein umtauschen")));
        let mut on_a_day = plain("Führerschein umtauschen Donnerstag");
        let strange = known(&on_a_day);
        on_a_day.faint = vec![2];
        assert!(known(&on_a_day) > strange && known(&on_a_day) > known(&plain("Zettel umtauschen")));
    }

    #[test]
    fn query_syntax_is_text() {
        let index = index();
        for text in
            ["*", "*:*", "/.*/", "\"a b\"~999", "a^9e99", "NOT führerschein", &"(".repeat(800), &"NOT ".repeat(240)]
        {
            let question = SearchQuestion::plain(text, LanguageTag::german());
            let sure = index.search(&question, 5).into_iter().filter(|hit| hit.confidence > 0.5);
            assert!(sure.count() <= 1, "{text}");
        }
    }

    #[test]
    fn the_nearest_phrasing_names_the_facet() {
        let question = SearchQuestion::plain("unterlagen abmelden", LanguageTag::german());
        assert_eq!(index().search(&question, 1)[0].facet, Some(Facet::Documents));
    }

    #[test]
    fn a_misspelt_question_is_answered_less_surely_than_a_clear_one_and_surer_than_a_strange_one() {
        let confidence = |text: &str| {
            let question = SearchQuestion::plain(text, LanguageTag::german());
            index().search(&question, 1).first().map_or(0.0, |hit| hit.confidence)
        };
        let (clear, misspelt, strange) = (
            confidence("Führerschein umtauschen"),
            confidence("fürerschain umtauchn"),
            confidence("Führerschein für Drohnen über dem Atlantik"),
        );
        assert!(clear > misspelt && misspelt > strange, "{clear} {misspelt} {strange}");
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_asked_hits_are_in_order_and_confidence_is_a_share(text in ".{0,80}", limit in 0_usize..4) {
            let question = SearchQuestion::plain(&text, LanguageTag::german());
            let hits = SHARED.search(&question, limit);
            proptest::prop_assert!(hits.len() <= limit);
            proptest::prop_assert!(hits.iter().all(|hit| (0.0..=1.0).contains(&hit.confidence) && hit.score.is_finite()));
            proptest::prop_assert!(hits.is_sorted_by(|a, b| a.score >= b.score));
            proptest::prop_assert_eq!(hits, SHARED.search(&question, limit));
        }
    }

    static SHARED: std::sync::LazyLock<TantivyIndex> = std::sync::LazyLock::new(index);
}
