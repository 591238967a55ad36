//! The index: one tantivy index in memory over two kinds of documents.
//!
//! - A *target* document holds everything a service or free question can be found by, in one field per role.
//! - A *phrasing* document holds one way people ask. It finds the service whose wording is nearest and says which facet
//!   the question is about.
//!
//! The scores of both are added; how much of the question a match explains (coverage) is computed from the terms
//! themselves, because raw BM25 scores cannot be compared between questions.

use std::collections::HashMap;
use std::sync::Arc;

use faq_engine::facet::Facet;
use faq_engine::language::LanguageTag;
use faq_engine::ports::{
    AnswerIndex, Evidence, Hit, IndexBuilder, IndexDocument, IndexError, PassageRole, SearchQuestion, Target,
};
use rustc_hash::FxHashMap;
use tantivy::collector::TopDocs;
use tantivy::columnar::Column;
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token as TantivyToken};
use tantivy::{DocAddress, Index, ReloadPolicy, Searcher, TantivyDocument, Term};

use crate::analysis::{Analysis, SearchLanguages};
use crate::expansion::{Alternative, QuestionWord, expand};
use crate::ranking::{QuestionQuery, Statistics};
use crate::synonyms::Synonyms;
use crate::vocabulary::Vocabulary;

/// Builds [`TantivyIndex`]es.
#[derive(Debug, Clone, Default)]
pub struct TantivyIndexBuilder {
    languages: SearchLanguages,
}

impl TantivyIndexBuilder {
    /// A builder that knows these languages.
    pub fn new(languages: SearchLanguages) -> Self {
        Self { languages }
    }
}

impl IndexBuilder for TantivyIndexBuilder {
    fn build(&self, documents: &[IndexDocument]) -> Result<Box<dyn AnswerIndex>, IndexError> {
        let index = TantivyIndex::build(documents, &self.languages).map_err(|error| IndexError(Box::new(error)))?;
        Ok(Box::new(index))
    }
}

/// An index over one state of the content. It never changes.
pub struct TantivyIndex {
    searcher: Searcher,
    statistics: Arc<Statistics>,
    numbers: Vec<Numbers>,
    fields: Fields,
    analysis: Analysis,
    vocabulary: Vocabulary,
    synonyms: HashMap<LanguageTag, Synonyms>,
    targets: Vec<TargetTerms>,
    /// The facet of each phrasing document.
    phrasings: Vec<Option<Facet>>,
}

/// What the documents of a segment stand for. Opened once: opening a column costs more than ranking a question.
struct Numbers {
    target: Column<u64>,
    phrasing: Column<u64>,
}

/// A target and the terms it can be found by.
struct TargetTerms {
    target: Target,
    /// How much a match of the term says: a name or phrasing more than the prose of the answer.
    german: FxHashMap<String, f32>,
    foreign: FxHashMap<String, f32>,
}

#[derive(Clone, Copy)]
struct Fields {
    target: Field,
    phrasing_number: Field,
    names: Field,
    phrasings: Field,
    body: Field,
    foreign: Field,
    phrasing: Field,
}

/// Weight of a match by the field it is in.
const NAMES: f32 = 1.3;
const PHRASINGS: f32 = 1.0;
const BODY: f32 = 0.3;
/// Weight of the nearest phrasing beside the whole.
const NEAREST_PHRASING: f32 = 0.8;
/// What is left of the score of a match that explains next to nothing of the question.
const EXPLAINS_LITTLE: f32 = 0.4;
/// How much a term met only in the prose of the answer explains.
const BODY_EXPLAINS: f32 = 0.55;
/// Unexplained words of a long message weigh less and less: after about this many units of idf the rest is colour.
const UNEXPLAINED_SATURATION: f32 = 14.0;
/// A question needs some weight to be explained with confidence: a single frequent word explains itself fully and says
/// nothing. In units of idf.
const DOUBT: f32 = 0.7;
/// One writer with tantivy's smallest buffer; the index is built once, so threads would only cost order.
const WRITER_MEMORY: usize = 50_000_000;
const PHRASING_CANDIDATES: usize = 24;

impl TantivyIndex {
    /// Indexes the documents.
    pub fn build(documents: &[IndexDocument], languages: &SearchLanguages) -> tantivy::Result<Self> {
        let analysis = Analysis::new(languages);
        let vocabulary = Vocabulary::learn(documents, &analysis, languages);
        let synonyms = languages
            .0
            .iter()
            .map(|(tag, words)| (tag.clone(), Synonyms::new(&words.synonyms, tag, &analysis)))
            .collect();
        let (schema, fields) = schema();
        let index = Index::create_in_ram(schema);
        let mut writer = index.writer_with_num_threads(1, WRITER_MEMORY)?;
        let mut targets = Vec::new();
        let mut phrasings = Vec::new();
        let indexer = Indexer { fields, analysis: &analysis, vocabulary: &vocabulary };
        for (number, document) in documents.iter().enumerate() {
            writer.add_document(indexer.target_document(number, document))?;
            for passage in &document.passages {
                let facet = match passage.role {
                    PassageRole::Phrasing(facet) if passage.language.is_german() => facet,
                    _ => continue,
                };
                writer.add_document(indexer.phrasing_document(
                    number,
                    phrasings.len(),
                    &passage.text,
                    &passage.language,
                ))?;
                phrasings.push(facet);
            }
            targets.push(indexer.target_terms(document));
        }
        writer.commit()?;
        let searcher = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?.searcher();
        let numbers = searcher.segment_readers().iter().map(|segment| {
            let columns = segment.fast_fields();
            Ok(Numbers { target: columns.u64("target")?, phrasing: columns.u64("phrasing_number")? })
        });
        let numbers = numbers.collect::<tantivy::Result<_>>()?;
        let Fields { names, phrasings: asked, body, foreign, phrasing, .. } = fields;
        let statistics = Arc::new(Statistics::of(&searcher, &[names, asked, body, foreign, phrasing])?);
        Ok(Self { searcher, statistics, numbers, fields, analysis, vocabulary, synonyms, targets, phrasings })
    }

    fn search_targets(&self, question: &[QuestionWord], limit: usize) -> Vec<(usize, f32)> {
        let fields = [(self.fields.names, NAMES), (self.fields.phrasings, PHRASINGS), (self.fields.body, BODY)];
        let query = self.query(question, &fields, Some(self.fields.foreign));
        let found = self.searcher.search(&query, &TopDocs::with_limit(limit).order_by_score()).unwrap_or_default();
        found.into_iter().filter_map(|(score, address)| Some((self.target(address)?, score))).collect()
    }

    /// The best phrasing of each target: its score and facet.
    fn search_phrasings(&self, question: &[QuestionWord]) -> HashMap<usize, (f32, Option<Facet>)> {
        let query = self.query(question, &[(self.fields.phrasing, 1.0)], None);
        let collector = TopDocs::with_limit(PHRASING_CANDIDATES).order_by_score();
        let found = self.searcher.search(&query, &collector).unwrap_or_default();
        let mut best: HashMap<usize, (f32, Option<Facet>)> = HashMap::new();
        for (score, address) in found {
            let phrasing = self.numbers[address.segment_ord as usize].phrasing.first(address.doc_id);
            let Some((target, phrasing)) = self.target(address).zip(phrasing) else { continue };
            let facet = self.phrasings.get(phrasing as usize).copied().flatten();
            let entry = best.entry(target).or_insert((score, facet));
            if score > entry.0 {
                *entry = (score, facet);
            }
        }
        best
    }

    /// Which target a found document belongs to.
    fn target(&self, address: DocAddress) -> Option<usize> {
        let number = self.numbers[address.segment_ord as usize].target.first(address.doc_id)?;
        Some(number as usize)
    }

    /// The question over these fields, each with its weight, and the field of foreign words.
    fn query(&self, question: &[QuestionWord], fields: &[(Field, f32)], foreign: Option<Field>) -> QuestionQuery {
        let foreign: Vec<(Field, f32)> = foreign.map(|field| (field, 1.0)).into_iter().collect();
        let terms = |word: &QuestionWord| {
            let mut terms = Vec::new();
            for alternative in &word.alternatives {
                for (field, weight) in if alternative.foreign { &foreign[..] } else { fields } {
                    let term = Term::from_field_text(*field, &alternative.term);
                    terms.push((term, weight * alternative.quality * word.stress));
                }
            }
            terms
        };
        QuestionQuery::new(self.statistics.clone(), question.iter().map(terms).collect())
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
        let mut scores: HashMap<usize, f32> =
            self.search_targets(&words, limit.max(PHRASING_CANDIDATES)).into_iter().collect();
        for (target, (score, _)) in &nearest {
            *scores.entry(*target).or_default() += NEAREST_PHRASING * score;
        }
        let mut ranked: Vec<(&TargetTerms, f32, f32, Option<Facet>)> = scores
            .into_iter()
            .filter_map(|(number, score)| {
                let target = &self.targets[number];
                let coverage = coverage(&words, target)?;
                let facet = nearest.get(&number).and_then(|(_, facet)| *facet);
                Some((target, score * (EXPLAINS_LITTLE + coverage), coverage, facet))
            })
            .collect();
        ranked.sort_by(|(a, score_a, ..), (b, score_b, ..)| {
            score_b.total_cmp(score_a).then_with(|| a.target.cmp(&b.target))
        });
        ranked.truncate(limit);
        let hit = |(target, score, coverage, facet): (&TargetTerms, _, _, _)| Hit {
            target: target.target.clone(),
            score,
            coverage,
            facet,
            evidence: evidence(&words, target),
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

/// By what a target explains the question, the most telling first.
fn evidence(question: &[QuestionWord], target: &TargetTerms) -> Vec<Evidence> {
    let explained = question.iter().filter_map(|word| {
        let (alternative, quality) = target.explains(word)?;
        let (term, kind) = (alternative.term.clone(), alternative.kind);
        Some(Evidence { word: word.word.clone(), term, kind, weight: word.weight * quality })
    });
    let mut evidence: Vec<Evidence> = explained.collect();
    evidence.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    evidence
}

impl TargetTerms {
    /// What explains a word best, and how well.
    fn explains<'w>(&self, word: &'w QuestionWord) -> Option<(&'w Alternative, f32)> {
        let known = word.alternatives.iter().filter_map(|alternative| {
            let terms = if alternative.foreign { &self.foreign } else { &self.german };
            terms.get(&alternative.term).map(|says| (alternative, says * alternative.quality))
        });
        known.max_by(|a, b| a.1.total_cmp(&b.1))
    }
}

/// Turns documents into tantivy's.
struct Indexer<'a> {
    fields: Fields,
    analysis: &'a Analysis,
    vocabulary: &'a Vocabulary,
}

impl Indexer<'_> {
    fn target_document(&self, number: usize, document: &IndexDocument) -> TantivyDocument {
        let mut indexed = TantivyDocument::default();
        indexed.add_u64(self.fields.target, number as u64);
        for passage in &document.passages {
            let field = match (passage.role, passage.language.is_german()) {
                (_, false) => self.fields.foreign,
                (PassageRole::Name, true) => self.fields.names,
                (PassageRole::Phrasing(_), true) => self.fields.phrasings,
                (PassageRole::Body, true) => self.fields.body,
            };
            indexed.add_pre_tokenized_text(field, self.terms(&passage.text, &passage.language));
        }
        indexed
    }

    fn phrasing_document(&self, target: usize, number: usize, text: &str, language: &LanguageTag) -> TantivyDocument {
        let mut indexed = TantivyDocument::default();
        indexed.add_u64(self.fields.target, target as u64);
        indexed.add_u64(self.fields.phrasing_number, number as u64);
        indexed.add_pre_tokenized_text(self.fields.phrasing, self.terms(text, language));
        indexed
    }

    fn terms(&self, text: &str, language: &LanguageTag) -> PreTokenizedString {
        let mut tokens = Vec::new();
        for (position, token) in self.analysis.tokens(text, language).into_iter().enumerate() {
            let terms = if language.is_german() {
                self.vocabulary.indexed_terms(&token, self.analysis)
            } else {
                vec![(token.term, false)]
            };
            tokens.extend(terms.into_iter().map(|(text, _)| TantivyToken {
                position,
                text,
                ..TantivyToken::default()
            }));
        }
        PreTokenizedString { text: String::new(), tokens }
    }

    fn target_terms(&self, document: &IndexDocument) -> TargetTerms {
        let (mut german, mut foreign) = (FxHashMap::default(), FxHashMap::default());
        for passage in &document.passages {
            let says = if passage.role == PassageRole::Body { BODY_EXPLAINS } else { 1.0 };
            let learn = |terms: &mut FxHashMap<String, f32>, term: String, says: f32| {
                let known = terms.entry(term).or_insert(says);
                *known = known.max(says);
            };
            for token in self.analysis.tokens(&passage.text, &passage.language) {
                if passage.language.is_german() {
                    for (term, is_part) in self.vocabulary.indexed_terms(&token, self.analysis) {
                        learn(&mut german, term, if is_part { says * 0.8 } else { says });
                    }
                } else {
                    learn(&mut foreign, token.term, says);
                }
            }
        }
        TargetTerms { target: document.target.clone(), german, foreign }
    }
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    // The tokens are made by us; tantivy only counts them.
    let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs).set_fieldnorms(true);
    let text = TextOptions::default().set_indexing_options(indexing.clone());
    // Search words of all foreign languages share a field, so its length says nothing about any of them.
    let foreign = TextOptions::default().set_indexing_options(indexing.set_fieldnorms(false));
    let fields = Fields {
        target: builder.add_u64_field("target", FAST | STORED),
        phrasing_number: builder.add_u64_field("phrasing_number", FAST),
        names: builder.add_text_field("names", text.clone()),
        phrasings: builder.add_text_field("phrasings", text.clone()),
        body: builder.add_text_field("body", text.clone()),
        foreign: builder.add_text_field("foreign", foreign),
        phrasing: builder.add_text_field("phrasing", text),
    };
    (builder.build(), fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use faq_engine::ports::{EvidenceKind, IndexPassage};
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
        let mut languages = SearchLanguages::default();
        languages.0.insert(
            LanguageTag::german(),
            crate::LanguageWords {
                stop_words: ["ich", "muss", "meinen", "die", "zum", "vom", "ab", "welche"].map(str::to_owned).to_vec(),
                compound_parts: vec!["umtausch".to_owned(), "frist".to_owned()],
                synonyms: vec![vec!["Lappen".to_owned(), "Führerschein".to_owned()]],
            },
        );
        TantivyIndex::build(&documents, &languages).expect("builds")
    }

    fn best(text: &str) -> Option<(String, EvidenceKind)> {
        let question = SearchQuestion::plain(text.to_owned(), LanguageTag::german());
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
            let question = SearchQuestion::plain(text.to_owned(), LanguageTag::german());
            assert!(index.search(&question, 5).len() <= 1, "{text}");
        }
    }

    #[test]
    fn the_nearest_phrasing_names_the_facet() {
        let question = SearchQuestion::plain("unterlagen abmelden".to_owned(), LanguageTag::german());
        assert_eq!(index().search(&question, 1)[0].facet, Some(Facet::Documents));
    }
}
