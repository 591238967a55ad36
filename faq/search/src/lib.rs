//! The `AnswerIndex` port on tantivy.
//!
//! A question never meets a query parser: its words become term queries by hand. What makes German findable happens
//! before: folding of spellings, stems, compounds taken apart, typing errors corrected against the vocabulary of the
//! content, synonyms of the language packs. The index lives in memory and is built anew from published content; it is
//! derived and never the truth.

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
mod synonyms;
mod typos;
mod vocabulary;

pub use analysis::{LanguageWords, SearchLanguages};
pub use index::TantivyIndex;
pub use indexing::TantivyIndexBuilder;
