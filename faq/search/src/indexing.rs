//! Building the index from published content.

use faq_engine::ports::{AnswerIndex, IndexBuilder, IndexDocument, IndexError, PassageRole};
use rustc_hash::FxHashMap;
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{DocId, Index, ReloadPolicy, SegmentReader, TantivyDocument};

use crate::analysis::{Analysis, SearchLanguages};
use crate::index::{Fields, TantivyIndex, TargetTerms};
use crate::learnt::Learnt;
use crate::passages::{ReadDocument, ReadPassage, read};
use crate::ranking::RankedField;
use crate::sections::Sections;
use crate::synonyms::Synonyms;
use crate::vocabulary::{TermId, Vocabulary};
use crate::whole::WholeMessages;

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
        let index = build(documents, &self.languages).map_err(|error| IndexError(Box::new(error)))?;
        Ok(Box::new(index))
    }
}

/// How much a term met only in the prose of the answer explains.
const BODY_EXPLAINS: f32 = 0.55;
/// How much a part of a compound explains beside the whole.
const PART_EXPLAINS: f32 = 0.8;
/// One writer with tantivy's smallest buffer; the index is built once, so threads would only cost order.
const WRITER_MEMORY: usize = 15_000_000;

/// Indexes the documents.
pub(crate) fn build(documents: &[IndexDocument], languages: &SearchLanguages) -> tantivy::Result<TantivyIndex> {
    let analysis = Analysis::new(languages);
    let passages = read(documents, &analysis);
    let vocabulary = Vocabulary::learn(&passages, &analysis, languages);
    let (schema, fields) = schema();
    let index = Index::create_in_ram(schema);
    let mut writer = index.writer_with_num_threads(1, WRITER_MEMORY)?;
    let mut targets = Vec::new();
    let indexer = Indexer { fields: &fields, vocabulary: &vocabulary };
    for (number, (document, read)) in documents.iter().zip(&passages).enumerate() {
        if read.is_ranked() {
            writer.add_document(indexer.target_document(number, read))?;
        }
        let (terms, sections) = (indexer.terms(read), Sections::new(read, &vocabulary));
        targets.push(TargetTerms { target: document.target.clone(), terms, sections });
    }
    writer.commit()?;
    let searcher = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?.searcher();
    let owners = searcher.segment_readers().iter().map(owners).collect::<tantivy::Result<Vec<_>>>()?;
    let read = |field| RankedField::read(&searcher, field, &vocabulary, &owners);
    let ranked = Fields {
        names: read(fields.text.names)?,
        phrasings: read(fields.text.phrasings)?,
        body: read(fields.text.body)?,
        foreign: read(fields.text.foreign)?,
    };
    let groups = languages.0.iter();
    let synonyms =
        groups.map(|(tag, words)| (tag.clone(), Synonyms::new(&words.synonyms, tag, &analysis, &vocabulary))).collect();
    let learnt = Learnt::learn(documents, |verb| vocabulary.knows_form(verb, &analysis));
    let whole = WholeMessages::new(&passages, &vocabulary);
    Ok(TantivyIndex { whole, fields: ranked, analysis, vocabulary, synonyms, targets, learnt })
}

/// The fields of tantivy's schema.
struct SchemaFields {
    target: Field,
    text: Fields<Field>,
}

fn schema() -> (Schema, SchemaFields) {
    let mut builder = Schema::builder();
    // The tokens are made by us; tantivy only counts them.
    let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs).set_fieldnorms(true);
    let text = TextOptions::default().set_indexing_options(indexing.clone());
    // Search words of all foreign languages share a field, so its length says nothing about any of them.
    let foreign = TextOptions::default().set_indexing_options(indexing.set_fieldnorms(false));
    let fields = SchemaFields {
        target: builder.add_u64_field(TARGET, FAST),
        text: Fields {
            names: builder.add_text_field("names", text.clone()),
            phrasings: builder.add_text_field("phrasings", text.clone()),
            body: builder.add_text_field("body", text),
            foreign: builder.add_text_field("foreign", foreign),
        },
    };
    (builder.build(), fields)
}

const TARGET: &str = "target";

/// Which targets the documents of a segment are.
fn owners(segment: &SegmentReader) -> tantivy::Result<Vec<u32>> {
    let targets = segment.fast_fields().u64(TARGET)?;
    let target = |document: DocId| targets.first(document).expect("every document is written with its target") as u32;
    Ok((0..segment.max_doc()).map(target).collect())
}

/// Turns what was read into tantivy's documents.
struct Indexer<'a> {
    fields: &'a SchemaFields,
    vocabulary: &'a Vocabulary,
}

impl Indexer<'_> {
    fn target_document(&self, number: usize, document: &ReadDocument) -> TantivyDocument {
        let mut indexed = TantivyDocument::default();
        indexed.add_u64(self.fields.target, number as u64);
        let fields = &self.fields.text;
        for passage in document.ranked() {
            let field = match (passage.role, passage.is_german) {
                (PassageRole::Whole, _) => continue,
                (_, false) => fields.foreign,
                (PassageRole::Name, true) => fields.names,
                (PassageRole::Phrasing(_), true) => fields.phrasings,
                (PassageRole::Body(_), true) => fields.body,
            };
            indexed.add_pre_tokenized_text(field, self.tokens(passage));
        }
        indexed
    }

    fn tokens(&self, passage: &ReadPassage) -> PreTokenizedString {
        let terms = self.vocabulary.indexed_terms(passage);
        let token = |(position, (term, _))| {
            let text = self.vocabulary.text(term).to_string();
            Token { position, text, ..Token::default() }
        };
        PreTokenizedString { text: String::new(), tokens: terms.enumerate().map(token).collect() }
    }

    /// The terms of a document and how much a match of each says.
    fn terms(&self, document: &ReadDocument) -> FxHashMap<TermId, f32> {
        let mut terms: FxHashMap<TermId, f32> = FxHashMap::default();
        for passage in document.ranked() {
            let says = if passage.role.is_prose() { BODY_EXPLAINS } else { 1.0 };
            for (term, is_part) in self.vocabulary.indexed_terms(passage) {
                let says = if is_part { says * PART_EXPLAINS } else { says };
                let known = terms.entry(term).or_insert(says);
                *known = known.max(says);
            }
        }
        terms
    }
}
