//! What the desk remembers between two turns: a small value that the client carries, so the server keeps nothing.
//!
//! Its text form is parsed like any other input: bounded, checked, and an unknown one simply starts anew.

use std::collections::BTreeMap;

use crate::facet::Facet;
use crate::language::LanguageTag;
use crate::slug::Slug;

/// What the conversation was about so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conversation {
    /// The last service.
    pub service: Option<Slug>,
    /// The last facet.
    pub facet: Option<Facet>,
    /// The language of the last turn.
    pub language: Option<LanguageTag>,
    /// The language the person asked to be spoken to in, on a channel that has no setting of its own. The channel hands
    /// it in with each turn.
    pub chosen_language: Option<LanguageTag>,
    /// The citizen's town, once told.
    pub town: Option<Slug>,
    /// What the desk asked and waits for.
    pub pending: Option<Pending>,
    /// Answers to situation questions of the last service: question to answer.
    pub situation: BTreeMap<String, String>,
    /// Whether the person was told that this is an automatic assistant.
    pub introduced: bool,
}

/// What the desk asked and waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pending {
    /// "Did you mean …?" with these alternatives in the order shown, and the facet that was asked about.
    Choice {
        /// The alternatives.
        services: Vec<Slug>,
        /// The facet of the question.
        facet: Option<Facet>,
    },
    /// A situation question of the last service.
    Situation {
        /// Its id.
        question: String,
    },
    /// Which of the answers to situation questions is to be changed.
    Revision,
    /// "In which town do you live?"
    Town,
}

/// The text is not a conversation.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a conversation of this desk")]
pub struct InvalidConversation;

impl Conversation {
    /// The longest text form accepted.
    pub const LONGEST_TOKEN: usize = 1024;
    const VERSION: &str = "1";
    const MOST_CHOICES: usize = 6;
    const MOST_SITUATION_ANSWERS: usize = 8;

    /// The text form: `1~s=kfz-abmeldung~f=fee`. Letters, digits and `~=.,:-` only, so it needs no escaping in JSON,
    /// forms or addresses.
    pub fn to_token(&self) -> String {
        let mut token = Self::VERSION.to_owned();
        let mut field = |key: &str, value: &str| {
            token.push('~');
            token.push_str(key);
            token.push('=');
            token.push_str(value);
        };
        if let Some(service) = &self.service {
            field("s", service.as_str());
        }
        if let Some(facet) = self.facet {
            field("f", facet.as_str());
        }
        if let Some(language) = &self.language {
            field("l", language.as_str());
        }
        if let Some(language) = &self.chosen_language {
            field("cl", language.as_str());
        }
        if let Some(town) = &self.town {
            field("t", town.as_str());
        }
        match &self.pending {
            Some(Pending::Choice { services, facet }) => {
                let slugs: Vec<&str> = services.iter().map(Slug::as_str).collect();
                field("pc", &format!("{}:{}", facet.map_or("", Facet::as_str), slugs.join(",")));
            }
            Some(Pending::Situation { question }) => field("ps", question),
            Some(Pending::Revision) => field("pr", ""),
            Some(Pending::Town) => field("pt", ""),
            None => {}
        }
        for (question, answer) in &self.situation {
            field("a", &format!("{question}:{answer}"));
        }
        if self.introduced {
            field("i", "");
        }
        token
    }

    /// Reads the text form. Refuses what this desk would not have written.
    pub fn from_token(token: &str) -> Result<Self, InvalidConversation> {
        if token.len() > Self::LONGEST_TOKEN {
            return Err(InvalidConversation);
        }
        let mut fields = token.split('~');
        if fields.next() != Some(Self::VERSION) {
            return Err(InvalidConversation);
        }
        let mut conversation = Self::default();
        for field in fields {
            let (key, value) = field.split_once('=').ok_or(InvalidConversation)?;
            conversation.read_field(key, value)?;
        }
        Ok(conversation)
    }

    fn read_field(&mut self, key: &str, value: &str) -> Result<(), InvalidConversation> {
        match key {
            "s" => self.service = Some(slug(value)?),
            "f" => self.facet = Some(facet(value)?),
            "l" => self.language = Some(LanguageTag::parse(value).map_err(|_| InvalidConversation)?),
            "cl" => {
                self.chosen_language = Some(LanguageTag::parse(value).map_err(|_| InvalidConversation)?);
            }
            "t" => self.town = Some(slug(value)?),
            "pc" => {
                let (asked, slugs) = value.split_once(':').ok_or(InvalidConversation)?;
                let services = slugs.split(',').map(slug).collect::<Result<Vec<_>, _>>()?;
                if services.len() > Self::MOST_CHOICES {
                    return Err(InvalidConversation);
                }
                let facet = if asked.is_empty() { None } else { Some(facet(asked)?) };
                self.pending = Some(Pending::Choice { services, facet });
            }
            "ps" => self.pending = Some(Pending::Situation { question: slug(value)?.to_string() }),
            "pr" => self.pending = Some(Pending::Revision),
            "pt" => self.pending = Some(Pending::Town),
            "a" => {
                let (question, answer) = value.split_once(':').ok_or(InvalidConversation)?;
                if self.situation.len() >= Self::MOST_SITUATION_ANSWERS {
                    return Err(InvalidConversation);
                }
                self.situation.insert(slug(question)?.to_string(), slug(answer)?.to_string());
            }
            "i" => self.introduced = true,
            _ => return Err(InvalidConversation),
        }
        Ok(())
    }
}

fn slug(text: &str) -> Result<Slug, InvalidConversation> {
    Slug::parse(text).map_err(|_| InvalidConversation)
}

fn facet(name: &str) -> Result<Facet, InvalidConversation> {
    Facet::parse(name).ok_or(InvalidConversation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversation_survives_its_text_form() {
        let conversation = Conversation {
            service: Some(Slug::parse("kfz-umschreibung").expect("valid")),
            facet: Some(Facet::Fee),
            language: Some(LanguageTag::parse("de-simple").expect("valid")),
            chosen_language: Some(LanguageTag::parse("tr").expect("valid")),
            town: Some(Slug::parse("geseke").expect("valid")),
            pending: Some(Pending::Choice {
                services: vec![Slug::parse("kfz-abmeldung").expect("valid"), Slug::parse("i-kfz").expect("valid")],
                facet: None,
            }),
            situation: BTreeMap::from([("halter".to_owned(), "firma".to_owned())]),
            introduced: true,
        };
        assert_eq!(Conversation::from_token(&conversation.to_token()), Ok(conversation));
    }

    #[test]
    fn what_the_desk_did_not_write_is_refused() {
        for wrong in ["", "2~s=a", "1~s", "1~s=../etc", "1~x=1", "1~f=price", "1~pc=a,b", &"1".repeat(2000)] {
            assert_eq!(Conversation::from_token(wrong), Err(InvalidConversation), "{wrong}");
        }
    }
}
