//! What people want done with a list of documents that was made for them.

/// A wish about the list of documents talked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListWish {
    /// "My own list": only what is needed in this person's situation.
    Own,
    /// "The whole list": what is needed in every situation.
    Full,
    /// "Change an answer."
    Change,
    /// "Back": the question before.
    Back,
    /// "No, …", "rather …": an answer is corrected by naming another.
    Instead,
}

impl ListWish {
    /// Every wish.
    pub const ALL: [Self; 5] = [Self::Own, Self::Full, Self::Change, Self::Back, Self::Instead];

    /// The name in language packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Full => "full",
            Self::Change => "change",
            Self::Back => "back",
            Self::Instead => "instead",
        }
    }

    /// Reads the name used in language packs.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wish| wish.as_str() == name)
    }

    /// The sentence on the button that says this wish; none for what only people say.
    pub fn button(self) -> Option<&'static str> {
        match self {
            Self::Own => Some("own_list_button"),
            Self::Full => Some("full_list_button"),
            Self::Change => Some("change_answer_button"),
            Self::Back => Some("question_back_button"),
            Self::Instead => None,
        }
    }
}
