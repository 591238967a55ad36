//! The `AnswerIndex` port on tantivy.
//!
//! A question never meets a query parser: its words become terms by hand. What makes German findable happens before:
//! folding of spellings, stems, compounds taken apart, typing errors corrected against the vocabulary of the content,
//! synonyms of the language packs. Beside the words, a linear model and the nearest example say what the content taught
//! them. All of it lives in memory and is built anew from published content; it is derived and never the truth.
//!
//! - `passages`, `analysis`, `separable`, `vocabulary`, `compounds`, `typos`, `synonyms`: from content and questions to terms
//! - `indexing`, `ranking`, `expansion`: the index and what a question meets in it
//! - `examples`, `features`, `linear`, `nearest`, `learnt`: what is learnt from the content
//! - `fusion`, `index`: the signals put together
//! - `whole`: messages that say what was foreseen and nothing else
//! - `sections`: which facet of an answer speaks of what a question names

mod analysis;
mod compounds;
mod examples;
mod expansion;
mod features;
mod fusion;
mod index;
mod indexing;
mod learnt;
mod linear;
mod nearest;
mod passages;
mod ranking;
mod sections;
mod separable;
mod synonyms;
mod typos;
mod vocabulary;
mod whole;

pub use analysis::{LanguageWords, SearchLanguages};
pub use index::TantivyIndex;
pub use indexing::TantivyIndexBuilder;
