//! What people want beyond information about a service, and of a list of documents that was made for them.

/// What a person wants beyond information about a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Intent {
    /// Fire, crime, accident.
    Emergency,
    /// Urgent medical help that is no emergency.
    MedicalHelp,
    /// Thoughts of suicide, despair.
    LifeCrisis,
    /// Wants to talk to a person.
    WantsPerson,
    /// Wants to complain or praise.
    Complaint,
    /// Asks about the state of the own application.
    OwnCase,
    /// "Are you a robot?"
    AreYouRobot,
    /// "What can you do?"
    Abilities,
    /// "Hello."
    Greeting,
    /// "Thank you."
    Thanks,
    /// "Goodbye."
    Goodbye,
    /// An insult.
    Insult,
    /// "None of these."
    NoneOfThese,
    /// "Skip", "I don't know".
    Skip,
}

impl Intent {
    /// Every intent.
    pub const ALL: [Self; 14] = [
        Self::Emergency,
        Self::MedicalHelp,
        Self::LifeCrisis,
        Self::WantsPerson,
        Self::Complaint,
        Self::OwnCase,
        Self::AreYouRobot,
        Self::Abilities,
        Self::Greeting,
        Self::Thanks,
        Self::Goodbye,
        Self::Insult,
        Self::NoneOfThese,
        Self::Skip,
    ];

    /// What comes before everything else, whatever language the message seems to be in: the gravest first.
    pub const DANGERS: [Self; 3] = [Self::LifeCrisis, Self::Emergency, Self::MedicalHelp];

    /// The name in language packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::MedicalHelp => "medical_help",
            Self::LifeCrisis => "life_crisis",
            Self::WantsPerson => "wants_person",
            Self::Complaint => "complaint",
            Self::OwnCase => "own_case",
            Self::AreYouRobot => "are_you_robot",
            Self::Abilities => "abilities",
            Self::Greeting => "greeting",
            Self::Thanks => "thanks",
            Self::Goodbye => "goodbye",
            Self::Insult => "insult",
            Self::NoneOfThese => "none_of_these",
            Self::Skip => "skip",
        }
    }

    /// Reads the name used in language packs.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|intent| intent.as_str() == name)
    }
}

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
}
