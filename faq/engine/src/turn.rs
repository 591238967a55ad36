//! What a person sends.

use crate::conversation::Conversation;
use crate::language::LanguageTag;
use crate::slug::Slug;

/// One message of a person, with what the conversation was about so far.
#[derive(Debug, Clone, Default)]
pub struct Turn {
    /// The words, or the `send` value of a button.
    pub text: String,
    /// The language of the person's surroundings (page, messenger), if known. The words themselves weigh more.
    pub language: Option<LanguageTag>,
    /// The office on whose page the person is, if any: its hours are meant where none is named, and it comes first
    /// among those responsible. One that does not exist is overlooked.
    pub office: Option<Slug>,
    /// What the last reply left behind.
    pub conversation: Conversation,
}

impl Turn {
    /// The most characters a question may have. Longer ones get a friendly request to shorten.
    pub const LONGEST_TEXT: usize = 1000;

    /// A first question.
    pub fn first(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}
