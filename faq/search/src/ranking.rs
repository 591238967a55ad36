//! Ranking documents by a question: every word may be met by any of its alternatives in any field; the best one counts,
//! the others add a little. The scores are BM25's.
//!
//! tantivy can say the same with its boolean, disjunction-max, boost and term queries, but each of those unions fills
//! buffers of 50 kB, each term is looked up in the dictionary, and each of its postings lists needs a decoder of a
//! kilobyte, which for the few hundred documents of a county costs more than the arithmetic. An index here never
//! changes, so all of it is read once when the index opens: what a term is worth in each document that has it.

use rustc_hash::FxHashMap;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Score, Searcher, TERMINATED, Term};

use crate::vocabulary::{TermId, Vocabulary};

/// What a second alternative or field adds to the best one.
const TIE_BREAKER: Score = 0.2;
/// The usual constants of BM25, and tantivy's.
const K1: Score = 1.2;
const B: Score = 0.75;

/// One field of the index, read.
pub(crate) struct RankedField {
    /// For each term where its occurrences lie.
    places: FxHashMap<TermId, std::ops::Range<u32>>,
    occurrences: Vec<Occurrence>,
}

/// A term in a document.
#[derive(Debug, Clone, Copy)]
struct Occurrence {
    target: u32,
    score: Score,
}

/// A term of a question, with how much it counts in a field.
pub(crate) struct WeighedTerm<'f> {
    pub(crate) field: &'f RankedField,
    pub(crate) term: TermId,
    pub(crate) weight: Score,
}

impl RankedField {
    /// Reads what every term of the content is worth in this field. `owners` says for each segment whose its documents
    /// are.
    pub(crate) fn read(
        searcher: &Searcher,
        field: Field,
        vocabulary: &Vocabulary,
        owners: &[Vec<u32>],
    ) -> tantivy::Result<Self> {
        let documents: u64 = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum();
        let mut segments = Vec::new();
        for (segment, owners) in searcher.segment_readers().iter().zip(owners) {
            let lengths = segment.fieldnorms_readers().get_field(field)?;
            let lengths = lengths.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1));
            segments.push((segment.inverted_index(field)?, lengths, owners));
        }
        let tokens: u64 = segments.iter().map(|(index, ..)| index.total_num_tokens()).sum();
        let average = tokens as Score / documents as Score;
        // By the code of a field's length, how much that length takes away from a match.
        let taken_away: [Score; 256] = std::array::from_fn(|code| {
            let length = FieldNormReader::id_to_fieldnorm(code as u8) as Score;
            K1 * (1.0 - B + B * length / average)
        });
        let mut read = Self { places: FxHashMap::default(), occurrences: Vec::new() };
        for term in vocabulary.terms() {
            let key = Term::from_field_text(field, vocabulary.text(term));
            let first = read.occurrences.len();
            for (index, lengths, owners) in &segments {
                let Some(mut postings) = index.read_postings(&key, IndexRecordOption::WithFreqs)? else { continue };
                while postings.doc() != TERMINATED {
                    let document = postings.doc();
                    let frequency = postings.term_freq() as Score;
                    let taken_away = taken_away[usize::from(lengths.fieldnorm_id(document))];
                    let score = frequency / (frequency + taken_away);
                    read.occurrences.push(Occurrence { target: owners[document as usize], score });
                    postings.advance();
                }
            }
            let found = &mut read.occurrences[first..];
            if !found.is_empty() {
                let rarity = rarity(documents, found.len() as u64);
                found.iter_mut().for_each(|occurrence| occurrence.score *= rarity);
                read.places.insert(term, first as u32..read.occurrences.len() as u32);
            }
        }
        read.occurrences.shrink_to_fit();
        Ok(read)
    }

    fn occurrences(&self, term: TermId) -> &[Occurrence] {
        let place = self.places.get(&term).map(|place| place.start as usize..place.end as usize);
        place.map_or(&[], |place| &self.occurrences[place])
    }
}

/// How rare a term is, as BM25 weighs it.
fn rarity(documents: u64, occurrences: u64) -> Score {
    let x = (documents.saturating_sub(occurrences) as Score + 0.5) / (occurrences as Score + 0.5);
    (1.0 + x).ln() * (1.0 + K1)
}

/// Scores of the targets that match a question. For each word: what may meet it.
pub(crate) struct Ranking {
    totals: Vec<Score>,
    /// The best match of the word at hand and the sum of all its matches.
    of_word: Vec<(Score, Score)>,
    touched: Vec<u32>,
    matched: Vec<u32>,
}

impl Ranking {
    /// Nothing asked yet.
    pub(crate) fn new(targets: usize) -> Self {
        let (touched, matched) = (Vec::new(), Vec::new());
        Self { totals: vec![0.0; targets], of_word: vec![(0.0, 0.0); targets], touched, matched }
    }

    /// Adds a word that any of these terms may meet.
    pub(crate) fn add_word<'f>(&mut self, terms: impl Iterator<Item = WeighedTerm<'f>>) {
        for WeighedTerm { field, term, weight } in terms {
            for Occurrence { target, score } in field.occurrences(term) {
                let (best, sum) = &mut self.of_word[*target as usize];
                if *sum == 0.0 {
                    self.touched.push(*target);
                }
                let score = weight * score;
                *best = best.max(score);
                *sum += score;
            }
        }
        for target in self.touched.drain(..) {
            let (best, sum) = std::mem::take(&mut self.of_word[target as usize]);
            let total = &mut self.totals[target as usize];
            if *total == 0.0 {
                self.matched.push(target);
            }
            *total += best + (sum - best) * TIE_BREAKER;
        }
    }

    /// The targets that matched, each with its score.
    pub(crate) fn matched(&self) -> impl Iterator<Item = (usize, Score)> + '_ {
        self.matched.iter().map(|target| (*target as usize, self.totals[*target as usize]))
    }
}
