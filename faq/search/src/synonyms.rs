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
    /// The member of each group that the content has most, as a folded word.
    usual: Vec<Option<String>>,
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
            let mut usual: Option<(f32, String)> = None;
            for member in group {
                let folded: Vec<String> = words(member).into_iter().map(|word| word.folded).collect();
                let Some(first) = folded.first().cloned() else { continue };
                if let [single] = &folded[..] {
                    let term = analysis.term(single, language);
                    terms.extend(vocabulary.german(&term).into_iter().chain(vocabulary.foreign(&term)));
                    let rarity = vocabulary.word(single).map(|word| vocabulary.informativeness(word.term));
                    if rarity.is_some_and(|rarity| usual.as_ref().is_none_or(|(least, _)| rarity < *least)) {
                        usual = rarity.map(|rarity| (rarity, single.clone()));
                    }
                }
                synonyms.members.entry(first).or_default().push((folded, index));
            }
            terms.sort_unstable();
            terms.dedup();
            synonyms.terms.push(terms);
            synonyms.usual.push(usual.map(|(_, word)| word));
        }
        synonyms
    }

    /// The longest member that begins at `start`: how many words it has, and the terms of its group.
    pub(crate) fn at(&self, question: &[Word], start: usize) -> Option<(usize, &[TermId])> {
        let (length, group) = self.member_at(question, start)?;
        Some((length, &self.terms[group]))
    }

    /// The word the content has for the meaning of a word.
    pub(crate) fn usual_word(&self, question: &[Word], at: usize) -> Option<&str> {
        let (_, group) = self.member_at(question, at).filter(|(length, _)| *length == 1)?;
        self.usual[group].as_deref()
    }

    /// The longest member that begins at `start`: how many words it has, and its group.
    fn member_at(&self, question: &[Word], start: usize) -> Option<(usize, usize)> {
        let fits = |member: &[String]| {
            member.len() <= question.len() - start
                && member.iter().zip(&question[start..]).all(|(part, word)| *part == word.folded)
        };
        let members = self.members.get(&question[start].folded)?;
        let (member, group) =
            members.iter().filter(|(member, _)| fits(member)).max_by_key(|(member, _)| member.len())?;
        Some((member.len(), *group))
    }
}
