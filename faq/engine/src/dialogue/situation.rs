//! Exactly this person's list of documents: asked for step by step, one answer changed, and the whole list at any time.

use std::collections::BTreeMap;

use super::buttons::list_button;
use super::pending::SHORT_ANSWER;
use super::{Decision, Reading};
use crate::conversation::Pending;
use crate::facet::Facet;
use crate::ports::Target;
use crate::service::{Service, SituationQuestion};
use crate::understanding::cues::Cue;
use crate::understanding::intents::{Intent, ListWish};
use crate::understanding::picks::picked_position;
use crate::understanding::text::fold;

/// Recorded for a situation question the person did not want to answer.
pub(crate) const SKIPPED: &str = "skipped";
/// Who wants something done with a list says so in few words; longer messages are questions.
const SHORT_WISH: usize = 6;
/// Confidence from which a message is about something the desk knows.
const SURE: f32 = 0.6;

impl<'a> Reading<'a> {
    /// What the person wants done with the list of documents talked about.
    pub(super) fn list_wish(&mut self, pending: Option<&Pending>) -> Option<Decision> {
        let service = self.service_with_situations()?;
        let asked = match pending {
            Some(Pending::Situation { question }) => service.situation.iter().position(|q| q.id == *question),
            _ => None,
        };
        let told = !self.conversation.situation.is_empty();
        match self.wish()? {
            ListWish::Own => {
                self.conversation.situation.clear();
                Some(next_situation_step(service, &self.conversation.situation))
            }
            ListWish::Full if told || asked.is_some() => {
                self.conversation.situation.clear();
                Some(the_list(service))
            }
            ListWish::Change if told => Some(match &self.answered_questions(service)[..] {
                [only] => ask(service, only),
                _ => Decision::AskWhichAnswer(service.slug.clone()),
            }),
            ListWish::Back if pending == Some(&Pending::Revision) => Some(the_list(service)),
            ListWish::Back => {
                let asked = asked?;
                if self.conversation.situation.contains_key(&service.situation[asked].id) {
                    return Some(Decision::AskWhichAnswer(service.slug.clone()));
                }
                let before = &service.situation[asked.saturating_sub(1)];
                self.conversation.situation.remove(&before.id);
                Some(ask(service, before))
            }
            ListWish::Instead if told && pending.is_none() => self.correction(service),
            ListWish::Full | ListWish::Change | ListWish::Instead => None,
        }
    }

    /// A tap on a button that says the wish, or a few words that say it and nothing else.
    fn wish(&self) -> Option<ListWish> {
        let tapped = |wish: &ListWish| {
            list_button(*wish).is_some_and(|button| fold(&self.phrasebook.say(button, &[])) == fold(&self.text))
        };
        if let Some(wish) = ListWish::ALL.into_iter().find(tapped) {
            return Some(wish);
        }
        if self.words.len() > SHORT_WISH || self.asked_facets().iter().any(|facet| *facet != Facet::Documents) {
            return None;
        }
        let current = self.conversation.service.clone().map(Target::Service);
        let mut cues = self.phrasebook.pack().list_cues.find(&self.words);
        cues.extend(self.knowledge.languages.german().list_cues.find(&self.words));
        let said = |wish: &ListWish| cues.iter().any(|cue| cue.meaning == *wish);
        let about_else =
            self.hits.first().is_some_and(|hit| hit.confidence >= SURE && Some(&hit.target) != current.as_ref());
        ListWish::ALL.into_iter().find(said).filter(|wish| !about_else || *wish == ListWish::Instead)
    }

    fn service_with_situations(&self) -> Option<&'a Service> {
        let service = self.knowledge.catalogue.service(self.conversation.service.as_ref()?.as_str())?;
        (!service.situation.is_empty()).then_some(service)
    }

    fn answered_questions<'s>(&self, service: &'s Service) -> Vec<&'s SituationQuestion> {
        service.situation.iter().filter(|question| self.conversation.situation.contains_key(&question.id)).collect()
    }

    pub(super) fn situation_answer(&mut self, question: &str) -> Option<(Decision, f32)> {
        let service = self.service_with_situations()?;
        let asked = service.situation.iter().find(|q| q.id == question)?;
        let answer = match self.situation_pick(asked) {
            Some(index) if index < asked.answers.len() => asked.answers[index].id.clone(),
            Some(_) => SKIPPED.to_owned(),
            None if self.wish() == Some(ListWish::Instead) && self.named_answer(service).is_some() => {
                return self.correction(service).map(|decision| (decision, 0.9));
            }
            // Something short that is about nothing else was meant as an answer: ask once more rather than give up.
            None if self.words.len() <= SHORT_ANSWER && self.asks_nothing_else() => {
                return Some((ask(service, asked), 0.6));
            }
            None => return None,
        };
        self.conversation.situation.insert(question.to_owned(), answer);
        Some((next_situation_step(service, &self.conversation.situation), 1.0))
    }

    /// Which answer is to be changed: tapped, numbered, or named by a word of the question or of another answer to it.
    pub(super) fn revision_answer(&mut self) -> Option<(Decision, f32)> {
        let service = self.service_with_situations()?;
        let answered = self.answered_questions(service);
        let message = fold(&self.text);
        let asks = |question: &SituationQuestion| -> Vec<String> {
            question.ask.versions().map(|(_, ask)| fold(ask)).collect()
        };
        let by_tap =
            answered.iter().position(|question| asks(question).iter().any(|ask| message.starts_with(ask.as_str())));
        if let Some(index) = by_tap.or_else(|| picked_position(&self.words, answered.len())) {
            return Some((ask(service, answered[index]), 1.0));
        }
        if let Some(decision) = self.correction(service) {
            return Some((decision, 0.9));
        }
        let questions: Vec<Vec<String>> = answered.iter().map(|question| asks(question)).collect();
        let named = self.only_one_that_shares_a_word(&questions).map(|index| ask(service, answered[index]));
        let once_more = || Decision::AskWhichAnswer(service.slug.clone());
        (self.words.len() <= SHORT_ANSWER && self.asks_nothing_else()).then(|| (named.unwrap_or_else(once_more), 0.6))
    }

    /// "Nein, auf eine Firma": another answer than the one given.
    fn correction(&mut self, service: &Service) -> Option<Decision> {
        let (question, answer) = self.named_answer(service)?;
        let given = self.conversation.situation.get_mut(question).filter(|given| *given != answer)?;
        answer.clone_into(given);
        Some(next_situation_step(service, &self.conversation.situation))
    }

    /// The only answer, among those to all questions, with which a short message shares a word.
    fn named_answer<'s>(&self, service: &'s Service) -> Option<(&'s str, &'s str)> {
        if self.words.len() > SHORT_WISH {
            return None;
        }
        let answers = service.situation.iter().flat_map(|question| question.answers.iter().map(move |a| (question, a)));
        let (named, labels): (Vec<_>, Vec<_>) = answers
            .map(|(question, answer)| {
                let labels: Vec<String> = answer.label.versions().map(|(_, label)| fold(label)).collect();
                ((question.id.as_str(), answer.id.as_str()), labels)
            })
            .unzip();
        self.only_one_that_shares_a_word(&labels).map(|index| named[index])
    }

    /// The answer picked by tap, number, position or a word that only one answer has; the last number is "I don't know".
    fn situation_pick(&self, asked: &SituationQuestion) -> Option<usize> {
        let message = fold(&self.text);
        let labels: Vec<Vec<String>> = asked
            .answers
            .iter()
            .map(|answer| answer.label.versions().map(|(_, label)| fold(label)).collect())
            .collect();
        let by_label = labels.iter().position(|versions| versions.contains(&message));
        let by_position = || picked_position(&self.words, asked.answers.len() + 1);
        let skips = || self.intends(Intent::Skip).then_some(asked.answers.len());
        let by_beginning = || {
            let first = &self.words.first()?.folded;
            // "Ja, ich behalte es" begins with "ja", not with "ja,".
            let beginning_of = |label: &str| label.split(|c: char| !c.is_alphanumeric()).next() == Some(first);
            let begins = |versions: &Vec<String>| versions.iter().any(|label| beginning_of(label));
            let mut beginning =
                labels.iter().enumerate().filter(|(_, versions)| begins(versions)).map(|(index, _)| index);
            beginning.next().filter(|_| beginning.next().is_none() && self.words.len() <= SHORT_ANSWER)
        };
        by_label
            .or_else(by_position)
            .or_else(skips)
            .or_else(|| self.only_one_that_shares_a_word(&labels))
            .or_else(by_beginning)
    }

    /// Whether the message is no question about something the desk knows.
    fn asks_nothing_else(&self) -> bool {
        // Whoever wants a person, or says goodbye, is not asked the same again.
        let is_talk = |cue: &Cue<Intent>| !matches!(cue.meaning, Intent::Skip | Intent::NoneOfThese);
        !self.intents.iter().any(is_talk)
            && self.asked_facets().is_empty()
            && self.hits.first().is_none_or(|hit| hit.confidence < SURE)
    }

    /// The position of the only one of these folded texts that contains a telling word of the message.
    fn only_one_that_shares_a_word(&self, texts: &[Vec<String>]) -> Option<usize> {
        const SHORTEST_TELLING_WORD: usize = 4;
        const LONGEST_ENDING: usize = 3;
        let is_telling = |word: &&str| word.chars().count() >= SHORTEST_TELLING_WORD && !self.is_stop_word(word);
        let telling: Vec<&str> = self.words.iter().map(|word| word.folded.as_str()).filter(is_telling).collect();
        // "jemanden" is "jemand" with an ending; "Personalausweis" is not a "person".
        let is_ending = |rest: &str| rest.chars().count() <= LONGEST_ENDING;
        let bends = |text: &str, word: &str| {
            let long = text.split(' ').filter(|part| part.chars().count() > SHORTEST_TELLING_WORD);
            long.filter_map(|part| word.strip_prefix(part)).any(is_ending)
        };
        let shares = |versions: &&Vec<String>| {
            versions.iter().any(|text| telling.iter().any(|word| text.contains(word) || bends(text, word)))
        };
        let mut sharing = texts.iter().enumerate().filter(|(_, versions)| shares(versions)).map(|(index, _)| index);
        let first = sharing.next()?;
        sharing.next().is_none().then_some(first)
    }
}

fn ask(service: &Service, question: &SituationQuestion) -> Decision {
    Decision::AskSituation { service: service.slug.clone(), question: question.id.clone() }
}

fn the_list(service: &Service) -> Decision {
    Decision::Answer { service: service.slug.clone(), facets: vec![Facet::Documents] }
}

/// The next question not yet answered, or the list of documents when all are.
fn next_situation_step(service: &Service, answered: &BTreeMap<String, String>) -> Decision {
    match service.situation.iter().find(|question| !answered.contains_key(&question.id)) {
        Some(question) => ask(service, question),
        None => the_list(service),
    }
}
