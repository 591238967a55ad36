//! Ranking documents by a question: every word may be met by any of its alternatives in any field; the best one counts,
//! the others add a little. The scores are BM25's.
//!
//! tantivy can say the same with its boolean, disjunction-max, boost and term queries, but each of those unions fills
//! buffers of 50 kB and each term a table of its own, which for the few hundred documents of a county costs more than
//! reading the postings. So a question is one query of ours; dictionary, postings, lengths and collection
//! stay tantivy's.

use std::fmt;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

/// What a second alternative or field adds to the best one.
const TIE_BREAKER: Score = 0.2;
/// The usual constants of BM25, and tantivy's.
const K1: Score = 1.2;
const B: Score = 0.75;
/// Documents are scored in stretches, so that a large index needs no more room than a small one.
const STRETCH: DocId = 4096;

/// How often terms occur in the index and how long its fields are; the same for every question.
#[derive(Debug, Default)]
pub(crate) struct Statistics {
    documents: u64,
    /// For each field, by the code of a field's length, how much that length takes away from a match.
    lengths: Vec<(Field, [Score; 256])>,
}

impl Statistics {
    /// Reads the statistics of these fields.
    pub(crate) fn of(searcher: &Searcher, fields: &[Field]) -> tantivy::Result<Self> {
        let documents: u64 = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum();
        let mut lengths = Vec::new();
        for field in fields {
            let mut tokens = 0;
            for segment in searcher.segment_readers() {
                tokens += segment.inverted_index(*field)?.total_num_tokens();
            }
            let average = tokens as Score / documents as Score;
            let taken_away = std::array::from_fn(|code| {
                let length = FieldNormReader::id_to_fieldnorm(code as u8) as Score;
                K1 * (1.0 - B + B * length / average)
            });
            lengths.push((*field, taken_away));
        }
        Ok(Self { documents, lengths })
    }

    /// How rare a term is, as BM25 weighs it.
    fn rarity(&self, occurrences: u64) -> Score {
        let x = (self.documents.saturating_sub(occurrences) as Score + 0.5) / (occurrences as Score + 0.5);
        (1.0 + x).ln() * (1.0 + K1)
    }
}

/// A question, made of terms.
#[derive(Clone)]
pub(crate) struct QuestionQuery {
    statistics: Arc<Statistics>,
    /// For each word what may meet it, and how much that counts.
    words: Vec<Vec<(Term, Score)>>,
}

impl QuestionQuery {
    pub(crate) fn new(statistics: Arc<Statistics>, words: Vec<Vec<(Term, Score)>>) -> Self {
        Self { statistics, words }
    }
}

impl fmt::Debug for QuestionQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.words).finish()
    }
}

impl Query for QuestionQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let Some(searcher) = scoring.searcher() else {
            return Err(TantivyError::InvalidArgument("a question is asked of an index".to_owned()));
        };
        let mut words = Vec::with_capacity(self.words.len());
        for alternatives in &self.words {
            let mut known = Vec::with_capacity(alternatives.len());
            for (term, counts) in alternatives {
                let mut places = Vec::new();
                for segment in searcher.segment_readers() {
                    if let Some(place) = segment.inverted_index(term.field())?.get_term_info(term)? {
                        places.push((segment.segment_id(), place));
                    }
                }
                let occurrences: u64 = places.iter().map(|(_, place)| u64::from(place.doc_freq)).sum();
                if occurrences > 0 {
                    known.push(KnownTerm {
                        field: term.field(),
                        places,
                        weight: self.statistics.rarity(occurrences) * counts,
                    });
                }
            }
            if !known.is_empty() {
                words.push(known);
            }
        }
        Ok(Box::new(QuestionWeight { statistics: self.statistics.clone(), words }))
    }
}

/// A question whose terms were looked up.
struct QuestionWeight {
    statistics: Arc<Statistics>,
    words: Vec<Vec<KnownTerm>>,
}

struct KnownTerm {
    field: Field,
    /// Where its postings are, for each segment that has it.
    places: Vec<(SegmentId, TermInfo)>,
    weight: Score,
}

impl Weight for QuestionWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut words = Vec::with_capacity(self.words.len());
        for terms in &self.words {
            let mut matches = Vec::with_capacity(terms.len());
            for term in terms {
                matches.extend(self.matches(term, segment)?);
            }
            words.push(matches);
        }
        let mut documents = ranked(&mut words, segment.max_doc());
        documents.iter_mut().for_each(|(_, score)| *score *= boost);
        Ok(Box::new(RankedDocuments { documents, at: 0 }))
    }

    fn explain(&self, segment: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        let score = if scorer.seek(document) == document { scorer.score() } else { 0.0 };
        Ok(Explanation::new("sum of the best match of each word", score))
    }
}

impl QuestionWeight {
    fn matches(&self, term: &KnownTerm, segment: &SegmentReader) -> tantivy::Result<Option<Matches<'_>>> {
        let place = term.places.iter().find(|(id, _)| *id == segment.segment_id());
        let lengths = self.statistics.lengths.iter().find(|(field, _)| *field == term.field);
        let Some(((_, place), (_, taken_away))) = place.zip(lengths) else { return Ok(None) };
        let index = segment.inverted_index(term.field)?;
        let postings = index.read_postings_from_terminfo(place, IndexRecordOption::WithFreqs)?;
        let lengths = segment.fieldnorms_readers().get_field(term.field)?;
        let lengths = lengths.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1));
        Ok(Some(Matches { postings, lengths, taken_away, weight: term.weight }))
    }
}

/// The documents in which a term occurs.
struct Matches<'a> {
    postings: SegmentPostings,
    lengths: FieldNormReader,
    taken_away: &'a [Score; 256],
    weight: Score,
}

impl Matches<'_> {
    fn score(&self) -> Score {
        let frequency = self.postings.term_freq() as Score;
        let taken_away = self.taken_away[usize::from(self.lengths.fieldnorm_id(self.postings.doc()))];
        self.weight * (frequency / (frequency + taken_away))
    }
}

/// Every document that matches, in the order of the index, with its score.
fn ranked(words: &mut [Vec<Matches<'_>>], documents: DocId) -> Vec<(DocId, Score)> {
    let mut ranked = Vec::new();
    let room = documents.min(STRETCH) as usize;
    let mut totals: Vec<Score> = vec![0.0; room];
    // The best match of one word and the sum of all its matches.
    let mut of_word: Vec<(Score, Score)> = vec![(0.0, 0.0); room];
    let mut touched: Vec<DocId> = Vec::new();
    loop {
        let first = words.iter().flatten().map(|matches| matches.postings.doc()).min().unwrap_or(TERMINATED);
        if first == TERMINATED {
            return ranked;
        }
        let end = first.saturating_add(STRETCH).min(documents);
        for matches in words.iter_mut() {
            for term in matches {
                while term.postings.doc() < end {
                    let offset = term.postings.doc() - first;
                    let (best, sum) = &mut of_word[offset as usize];
                    if *sum == 0.0 {
                        touched.push(offset);
                    }
                    let score = term.score();
                    *best = best.max(score);
                    *sum += score;
                    term.postings.advance();
                }
            }
            for offset in touched.drain(..) {
                let (best, sum) = std::mem::take(&mut of_word[offset as usize]);
                totals[offset as usize] += best + (sum - best) * TIE_BREAKER;
            }
        }
        for (document, total) in (first..end).zip(&mut totals) {
            if *total > 0.0 {
                ranked.push((document, std::mem::take(total)));
            }
        }
    }
}

/// Documents with their scores, as tantivy collects them.
struct RankedDocuments {
    documents: Vec<(DocId, Score)>,
    at: usize,
}

impl DocSet for RankedDocuments {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.documents.get(self.at).map_or(TERMINATED, |(document, _)| *document)
    }

    fn size_hint(&self) -> u32 {
        self.documents.len() as u32
    }
}

impl Scorer for RankedDocuments {
    fn score(&mut self) -> Score {
        self.documents.get(self.at).map_or(0.0, |(_, score)| *score)
    }
}
