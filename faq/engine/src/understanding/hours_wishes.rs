//! What is wanted of opening hours besides the hours themselves.

/// A wish about opening hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoursWish {
    /// "Can I still call?": when somebody answers the telephone.
    Phone,
    /// "Until when am I let in?"
    Admission,
    /// "Where can I go on Saturday?": which of several offices is open.
    Compare,
}

impl HoursWish {
    /// Every wish.
    pub const ALL: [Self; 3] = [Self::Phone, Self::Admission, Self::Compare];

    /// The name in language packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Admission => "admission",
            Self::Compare => "compare",
        }
    }

    /// Reads the name used in language packs.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wish| wish.as_str() == name)
    }
}
