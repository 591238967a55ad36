//! What to bring: the full list grouped by case, or exactly this person's list.

use std::collections::BTreeMap;

use super::Composer;
use crate::conversation::Pending;
use crate::dialogue::SKIPPED;
use crate::facet::Facet;
use crate::reply::{Block, Checklist, ChecklistItem, Choice, Passage, Reply};
use crate::service::{Condition, DocumentItem, Documents, Service};
use crate::slug::Slug;

impl Composer<'_> {
    /// The list of documents as blocks.
    pub(super) fn documents(
        &self,
        service: &Service,
        documents: &Documents,
        situation: &BTreeMap<String, String>,
    ) -> Vec<Block> {
        let mut blocks = Vec::new();
        if let Some(intro) = &documents.intro {
            blocks.push(Block::Text(self.passage(intro)));
        }
        let mut items: Vec<(Option<String>, &DocumentItem)> = documents
            .items
            .iter()
            .filter_map(|item| match need(item, situation) {
                Need::Always => Some((None, item)),
                Need::Perhaps(open) => Some((Some(self.case(service, &open)), item)),
                Need::Never => None,
            })
            .collect();
        // What everybody needs comes first; the cases keep the order in which the editor wrote them.
        items.sort_by_key(|(case, _)| case.is_some());
        let first_of_case: Vec<Option<String>> = items.iter().map(|(case, _)| case.clone()).collect();
        items.sort_by_key(|(case, _)| first_of_case.iter().position(|c| c == case));
        let language = documents
            .items
            .first()
            .map_or_else(|| self.phrasebook.language().clone(), |item| self.passage(&item.text).language);
        blocks.push(Block::Checklist(Checklist {
            title: self.words(&service.name).to_owned(),
            language,
            items: items
                .into_iter()
                .map(|(when, item)| ChecklistItem {
                    text: self.words(&item.text).to_owned(),
                    when,
                    note: self.item_note(item),
                    why: item.why.as_ref().map(|why| self.words(why).to_owned()),
                })
                .collect(),
        }));
        if let Some(outro) = &documents.outro {
            blocks.push(Block::Text(self.passage(outro)));
        }
        blocks
    }

    fn item_note(&self, item: &DocumentItem) -> Option<String> {
        let note = item.note.as_ref().map(|note| self.words(note).to_owned());
        let confirm = item.confirm.then(|| self.phrasebook.say("confirm_item", &[]));
        match (note, confirm) {
            (Some(note), Some(confirm)) => Some(format!("{note} {confirm}")),
            (note, confirm) => note.or(confirm),
        }
    }

    /// The case in which an item is needed, in words: "wenn eine Firma Halter wird".
    fn case(&self, service: &Service, open: &[&Condition]) -> String {
        // The joining word is in the language of what it joins, which may be German in a foreign reply.
        let joined = |texts: Vec<Passage>, key: &str| {
            let language = texts.first().map(|text| text.language.clone())?;
            let word = self.knowledge.languages.phrasebook(&language).say(key, &[]);
            let texts: Vec<String> = texts.into_iter().map(|text| text.text).collect();
            Some(Passage { text: texts.join(&word), language })
        };
        let described = open.iter().filter_map(|condition| {
            let question = service.situation.iter().find(|question| question.id == condition.question)?;
            let answers = question.answers.iter().filter(|answer| condition.answers.contains(&answer.id));
            joined(answers.map(|answer| self.passage(&answer.when)).collect(), "list_or")
        });
        joined(described.collect(), "list_and").map(|passage| passage.text).unwrap_or_default()
    }

    /// Asks the next situation question.
    pub(super) fn ask_situation(&self, reply: &mut Reply, service: &Slug, question: &str) {
        let service = self.knowledge.catalogue.service(service.as_str());
        let asked = service.and_then(|service| {
            let index = service.situation.iter().position(|q| q.id == question)?;
            Some((service, index, &service.situation[index]))
        });
        let Some((service, index, asked)) = asked else { return };
        reply.service = Some(service.slug.clone());
        reply.facet = Some(Facet::Documents);
        let mut choices: Vec<Choice> =
            asked.answers.iter().map(|answer| Choice::plain(self.words(&answer.label))).collect();
        choices.push(Choice::plain(self.phrasebook.say("situation_skip", &[])));
        let progress = self.phrasebook.say(
            "situation_progress",
            &[("step", &(index + 1).to_string()), ("steps", &service.situation.len().to_string())],
        );
        let prompt = format!("{} {progress}", self.words(&asked.ask));
        reply.blocks.push(Block::Choices { prompt, choices });
        reply.conversation.pending = Some(Pending::Situation { question: asked.id.clone() });
        reply.suggestions.push(Choice::plain(self.phrasebook.facet_question(Facet::Documents)));
    }

    /// The sentence that says for which situation a list was made, if it was.
    pub(super) fn situation_summary(&self, service: &Service, situation: &BTreeMap<String, String>) -> Option<Block> {
        let told: Vec<&str> = service
            .situation
            .iter()
            .filter_map(|question| {
                let answer = situation.get(&question.id)?;
                let answer = question.answers.iter().find(|a| a.id == *answer)?;
                Some(self.words(&answer.label))
            })
            .collect();
        if told.is_empty() {
            return None;
        }
        Some(Block::Text(Passage {
            text: self.phrasebook.say("situation_summary", &[("situation", &told.join(" · "))]),
            language: self.phrasebook.language().clone(),
        }))
    }
}

/// Whether an item is needed in a situation.
enum Need<'a> {
    /// In any case.
    Always,
    /// If these conditions, about which nothing is known, hold.
    Perhaps(Vec<&'a Condition>),
    /// Not in this case.
    Never,
}

fn need<'a>(item: &'a DocumentItem, situation: &BTreeMap<String, String>) -> Need<'a> {
    let mut open = Vec::new();
    for condition in &item.when {
        match situation.get(&condition.question) {
            Some(answer) if condition.answers.contains(answer) => {}
            Some(answer) if answer != SKIPPED => return Need::Never,
            _ => open.push(condition),
        }
    }
    if open.is_empty() { Need::Always } else { Need::Perhaps(open) }
}
