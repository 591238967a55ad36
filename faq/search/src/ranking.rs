//! Ranking documents by a question: every word may be met by any of its alternatives in any field; the best one counts,
//! the others add a little. The scores are BM25's.
//!
//! tantivy can say the same with its boolean, disjunction-max, boost and term queries, but each of those unions fills
//! buffers of 50 kB, and each term is looked up in the dictionary and given a table of its own, which for the few
//! hundred documents of a county costs more than reading the postings. An index here never changes, so what a query
//! would look up is looked up once when the index opens; a question only reads postings.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, Term};

use crate::vocabulary::{TermId, Vocabulary};

/// What a second alternative or field adds to the best one.
const TIE_BREAKER: Score = 0.2;
/// The usual constants of BM25, and tantivy's.
const K1: Score = 1.2;
const B: Score = 0.75;
/// Documents are scored in stretches, so that a large index needs no more room than a small one.
const STRETCH: DocId = 4096;

/// One field of the index, open for reading.
pub(crate) struct RankedField {
    /// By the code of a field's length, how much that length takes away from a match.
    taken_away: [Score; 256],
    places: FxHashMap<TermId, Place>,
    segments: Vec<FieldSegment>,
}

/// Where a term occurs.
struct Place {
    rarity: Score,
    /// Its postings, by number of the segment.
    postings: Vec<(usize, TermInfo)>,
}

struct FieldSegment {
    index: Arc<InvertedIndexReader>,
    lengths: FieldNormReader,
}

/// A term of a question, with how much it counts in a field.
pub(crate) struct WeighedTerm<'f> {
    pub(crate) field: &'f RankedField,
    pub(crate) term: TermId,
    pub(crate) weight: Score,
}

impl RankedField {
    /// Looks up every term of the content in this field.
    pub(crate) fn open(searcher: &Searcher, field: Field, vocabulary: &Vocabulary) -> tantivy::Result<Self> {
        let documents: u64 = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum();
        let segments = searcher.segment_readers().iter().map(|segment| open_segment(segment, field));
        let segments = segments.collect::<tantivy::Result<Vec<_>>>()?;
        let tokens: u64 = segments.iter().map(|segment| segment.index.total_num_tokens()).sum();
        let average = tokens as Score / documents as Score;
        let taken_away = std::array::from_fn(|code| {
            let length = FieldNormReader::id_to_fieldnorm(code as u8) as Score;
            K1 * (1.0 - B + B * length / average)
        });
        let mut places = FxHashMap::default();
        for term in vocabulary.terms() {
            let key = Term::from_field_text(field, vocabulary.text(term));
            let mut postings = Vec::new();
            for (number, segment) in segments.iter().enumerate() {
                postings.extend(segment.index.get_term_info(&key)?.map(|info| (number, info)));
            }
            let occurrences: u64 = postings.iter().map(|(_, info)| u64::from(info.doc_freq)).sum();
            if occurrences > 0 {
                places.insert(term, Place { rarity: rarity(documents, occurrences), postings });
            }
        }
        Ok(Self { taken_away, places, segments })
    }

    fn matches(&self, term: &WeighedTerm<'_>, segment: usize) -> tantivy::Result<Option<Matches<'_>>> {
        let Some(place) = self.places.get(&term.term) else { return Ok(None) };
        let Some((_, info)) = place.postings.iter().find(|(number, _)| *number == segment) else { return Ok(None) };
        let FieldSegment { index, lengths } = &self.segments[segment];
        let postings = index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
        let weight = term.weight * place.rarity;
        Ok(Some(Matches { postings, lengths, taken_away: &self.taken_away, weight }))
    }
}

fn open_segment(segment: &SegmentReader, field: Field) -> tantivy::Result<FieldSegment> {
    let lengths = segment.fieldnorms_readers().get_field(field)?;
    let lengths = lengths.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1));
    Ok(FieldSegment { index: segment.inverted_index(field)?, lengths })
}

/// How rare a term is, as BM25 weighs it.
fn rarity(documents: u64, occurrences: u64) -> Score {
    let x = (documents.saturating_sub(occurrences) as Score + 0.5) / (occurrences as Score + 0.5);
    (1.0 + x).ln() * (1.0 + K1)
}

/// The documents of a segment that match a question, in the order of the index, with their scores. For each word of the
/// question: what may meet it.
pub(crate) fn rank(
    question: &[Vec<WeighedTerm<'_>>],
    segment: usize,
    documents: DocId,
) -> tantivy::Result<Vec<(DocId, Score)>> {
    let mut words = Vec::with_capacity(question.len());
    for terms in question {
        let mut matches = Vec::with_capacity(terms.len());
        for term in terms {
            matches.extend(term.field.matches(term, segment)?);
        }
        words.push(matches);
    }
    Ok(scores(&mut words, documents))
}

/// The documents in which a term occurs.
struct Matches<'f> {
    postings: SegmentPostings,
    lengths: &'f FieldNormReader,
    taken_away: &'f [Score; 256],
    weight: Score,
}

impl Matches<'_> {
    fn score(&self) -> Score {
        let frequency = self.postings.term_freq() as Score;
        let taken_away = self.taken_away[usize::from(self.lengths.fieldnorm_id(self.postings.doc()))];
        self.weight * (frequency / (frequency + taken_away))
    }
}

fn scores(words: &mut [Vec<Matches<'_>>], documents: DocId) -> Vec<(DocId, Score)> {
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
