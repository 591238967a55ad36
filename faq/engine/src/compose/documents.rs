//! What to bring: the full list grouped by case, or exactly this person's list.

use std::collections::BTreeMap;

use super::Composer;
use super::plain::places_text;
use crate::conversation::Pending;
use crate::dialogue::{SKIPPED, list_button};
use crate::facet::Facet;
use crate::reply::{Block, Checklist, ChecklistItem, Choice, Passage, Places, Reply};
use crate::service::{Condition, DocumentItem, Documents, Service};
use crate::slug::Slug;
use crate::understanding::intents::ListWish;

impl Composer<'_> {
    /// The list of documents as blocks.
    pub(super) fn documents(
        &self,
        service: &Service,
        documents: &Documents,
        situation: &BTreeMap<String, String>,
        town: Option<&Slug>,
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
                Need::Perhaps(open) => Some((self.case(service, &open).map(|case| case.text), item)),
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
            places: self.places(service, town),
            items: items
                .into_iter()
                .map(|(when, item)| ChecklistItem {
                    text: self.words(&item.text).to_owned(),
                    when,
                    note: self.item_note(item),
                    why: match &item.why {
                        Some(why) => Some(self.words(why).to_owned()),
                        None => self.told_case(service, item, situation),
                    },
                })
                .collect(),
        }));
        if let Some(outro) = &documents.outro {
            blocks.push(Block::Text(self.passage(outro)));
        }
        blocks
    }

    /// Where the list is to be taken and when somebody is there.
    fn places(&self, service: &Service, town: Option<&Slug>) -> Option<Places> {
        let offices = self.responsible_offices(service, town);
        let mut blocks = Vec::new();
        for office in &offices {
            blocks.push(self.contact(office));
            // The office is named right above.
            if let Some((plan, not_known)) = self.week_plan(office, self.phrasebook.facet_label(Facet::Hours)) {
                blocks.push(Block::Hours(plan));
                blocks.extend(not_known);
            }
        }
        if blocks.is_empty() {
            return None;
        }
        if offices.iter().any(|office| office.confirm) {
            blocks.push(self.sentence("confirm"));
        }
        let label = self.phrasebook.say("places", &[]);
        let text = places_text(&label, &blocks, &self.phrasebook);
        Some(Places { label, blocks, text })
    }

    fn item_note(&self, item: &DocumentItem) -> Option<String> {
        let note = item.note.as_ref().map(|note| self.words(note).to_owned());
        let confirm = item.confirm.then(|| self.phrasebook.say("confirm_item", &[]));
        match (note, confirm) {
            (Some(note), Some(confirm)) => Some(format!("{note} {confirm}")),
            (note, confirm) => note.or(confirm),
        }
    }

    /// Why an item is on the list that not everybody needs: "Nötig, wenn eine Firma Halter wird." Nothing while the
    /// situation is unknown, as the item then stands under its case.
    fn told_case(
        &self,
        service: &Service,
        item: &DocumentItem,
        situation: &BTreeMap<String, String>,
    ) -> Option<String> {
        // Of the cases in which it is needed, only this person's.
        let own = |condition: &Condition| {
            let answer = situation.get(&condition.question).filter(|answer| condition.answers.contains(answer))?;
            Some(Condition { question: condition.question.clone(), answers: vec![answer.clone()] })
        };
        let own: Vec<_> = item.when.iter().filter_map(own).collect();
        let case = self.case(service, &own.iter().collect::<Vec<_>>())?;
        Some(self.knowledge.languages.phrasebook(&case.language).say("needed_in_case", &[("case", &case.text)]))
    }

    /// The case in which an item is needed, in words: "wenn eine Firma Halter wird".
    fn case(&self, service: &Service, conditions: &[&Condition]) -> Option<Passage> {
        // The joining word is in the language of what it joins, which may be German in a foreign reply.
        let joined = |texts: Vec<Passage>, key: &str| {
            let language = texts.first().map(|text| text.language.clone())?;
            let word = self.knowledge.languages.phrasebook(&language).say(key, &[]);
            let texts: Vec<String> = texts.into_iter().map(|text| text.text).collect();
            Some(Passage { text: texts.join(&word), language })
        };
        let described = conditions.iter().filter_map(|condition| {
            let question = service.situation.iter().find(|question| question.id == condition.question)?;
            let answers = question.answers.iter().filter(|answer| condition.answers.contains(&answer.id));
            joined(answers.map(|answer| self.passage(&answer.when)).collect(), "list_or")
        });
        joined(described.collect(), "list_and")
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
        let is_revised = reply.conversation.situation.contains_key(question);
        if index > 0 || is_revised {
            reply.suggestions.extend(self.button(ListWish::Back));
        }
        reply.suggestions.extend(self.button(ListWish::Full));
    }

    /// Asks which of the answers about the situation is to be changed.
    pub(super) fn ask_which_answer(&self, reply: &mut Reply, service: &Slug) {
        let Some(service) = self.knowledge.catalogue.service(service.as_str()) else { return };
        reply.service = Some(service.slug.clone());
        reply.facet = Some(Facet::Documents);
        let given = service.situation.iter().filter_map(|question| {
            let answer = reply.conversation.situation.get(&question.id)?;
            let answer = question.answers.iter().find(|a| a.id == *answer).map(|answer| self.words(&answer.label));
            let answer = answer.map_or_else(|| self.phrasebook.say("situation_skip", &[]), str::to_owned);
            let ask = self.words(&question.ask);
            Some(Choice { label: format!("{ask} {answer}"), send: ask.to_owned() })
        });
        let choices = given.collect();
        reply.blocks.push(Block::Choices { prompt: self.phrasebook.say("which_answer", &[]), choices });
        reply.conversation.pending = Some(Pending::Revision);
        reply.suggestions.extend([ListWish::Back, ListWish::Full].into_iter().filter_map(|wish| self.button(wish)));
    }

    /// What can be done with the list just shown: made for this person, changed, or shown whole again.
    pub(super) fn list_buttons(&self, service: &Service, situation: &BTreeMap<String, String>) -> Vec<Choice> {
        let is_own = situation.values().any(|answer| answer != SKIPPED);
        let wishes = match service.situation[..] {
            [] => &[][..],
            _ if is_own => &[ListWish::Change, ListWish::Full],
            _ => &[ListWish::Own],
        };
        wishes.iter().filter_map(|wish| self.button(*wish)).collect()
    }

    fn button(&self, wish: ListWish) -> Option<Choice> {
        list_button(wish).map(|button| Choice::plain(self.phrasebook.say(button, &[])))
    }

    /// The sentence that says for which situation a list was made, if it was.
    pub(super) fn situation_summary(&self, service: &Service, situation: &BTreeMap<String, String>) -> Option<Block> {
        let told = service.situation.iter().filter_map(|question| {
            let answer = situation.get(&question.id)?;
            let label = self.words(&question.answers.iter().find(|a| a.id == *answer)?.label);
            // "Nein" says nothing without its question.
            let says_enough = label.contains(' ');
            Some(if says_enough { label.to_owned() } else { format!("{} {label}", self.words(&question.ask)) })
        });
        let told: Vec<String> = told.collect();
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
