//! Words that mean the same, by group, from the language packs.

use faq_engine::language::LanguageTag;
use faq_engine::understanding::text::{Word, words};
use rustc_hash::FxHashMap;

use crate::analysis::Analysis;
use crate::vocabulary::{TermId, Vocabulary};

/// Finds the other words of a meaning.
#[derive(Debug, Clone, Default)]
pub(crate) struct Synonyms {
    /// For the first folded word of a member: the whole member and its group.
    members: FxHashMap<String, Vec<(Vec<String>, usize)>>,
    /// The terms of each group's one-word members, as far as the content has them.
    terms: Vec<Vec<TermId>>,
}

impl Synonyms {
    /// Learns the groups of a language.
    pub(crate) fn new(
        groups: &[Vec<String>],
        language: &LanguageTag,
        analysis: &Analysis,
        vocabulary: &Vocabulary,
    ) -> Self {
        let mut synonyms = Self::default();
        for group in groups {
            let index = synonyms.terms.len();
            let mut terms = Vec::new();
            for member in group {
                let folded: Vec<String> = words(member).into_iter().map(|word| word.folded).collect();
                let Some(first) = folded.first().cloned() else { continue };
                if let [single] = &folded[..] {
                    let term = analysis.term(single, language);
                    terms.extend(vocabulary.german(&term).into_iter().chain(vocabulary.foreign(&term)));
                }
                synonyms.members.entry(first).or_default().push((folded, index));
            }
            terms.sort_unstable();
            terms.dedup();
            synonyms.terms.push(terms);
        }
        synonyms
    }

    /// The longest member that begins at `start`: how many words it has, and the terms of its group.
    pub(crate) fn at(&self, question: &[Word], start: usize) -> Option<(usize, &[TermId])> {
        let fits = |member: &[String]| {
            member.len() <= question.len() - start
                && member.iter().zip(&question[start..]).all(|(part, word)| *part == word.folded)
        };
        let members = self.members.get(&question[start].folded)?;
        let (member, group) =
            members.iter().filter(|(member, _)| fits(member)).max_by_key(|(member, _)| member.len())?;
        Some((member.len(), &self.terms[*group]))
    }
}
