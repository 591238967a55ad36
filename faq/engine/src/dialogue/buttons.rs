//! Taps on the desk's own buttons: they say exactly what they mean, whatever the cues of a language make of the words.

use crate::conversation::Conversation;
use crate::facet::Facet;
use crate::knowledge::Knowledge;
use crate::phrasebook::Phrasebook;
use crate::understanding::cues::Cue;
use crate::understanding::intents::ListWish;

/// The aspect a button asks for, as a cue that leaves no word for a matter.
pub(super) fn tapped(
    knowledge: &Knowledge,
    phrasebook: &Phrasebook,
    conversation: &Conversation,
    text: &str,
    words: usize,
) -> Option<Cue<Facet>> {
    let asked = || Facet::ALL.into_iter().find(|facet| phrasebook.facet_question(*facet) == text);
    let meaning = whole_table(knowledge, phrasebook, conversation, text).or_else(asked)?;
    Some(Cue { meaning, words: 0..words, weight: words, whole_words: true, outright: true })
}

/// "Ganze Tabelle": the aspect talked about, or the first one of the service that has tables.
fn whole_table(
    knowledge: &Knowledge,
    phrasebook: &Phrasebook,
    conversation: &Conversation,
    text: &str,
) -> Option<Facet> {
    if phrasebook.say("whole_table_button", &[]) != text {
        return None;
    }
    let service = knowledge.catalogue.service(conversation.service.as_ref()?.as_str())?;
    let has_tables = |facet: &Facet| service.texts.get(facet).is_some_and(|told| !told.tables.is_empty());
    conversation.facet.filter(has_tables).or_else(|| service.texts.keys().copied().find(has_tables))
}

/// The sentence on the button that says a wish; none for what only people say.
pub(crate) fn list_button(wish: ListWish) -> Option<&'static str> {
    match wish {
        ListWish::Own => Some("own_list_button"),
        ListWish::Full => Some("full_list_button"),
        ListWish::Change => Some("change_answer_button"),
        ListWish::Back => Some("question_back_button"),
        ListWish::Instead => None,
    }
}
