//! What a word can contribute to a day or a time.
//!
//! The word tables of all languages map to these senses, and the grammar in `days`, `dates` and `clock` reads senses only.
//! So "nächsten Dienstag" and "next Tuesday" are the same phrase, and a new language is a new table.

use chrono::Weekday;

use crate::hours::{NamedDay, SchoolHolidays};

/// The sense of one word, number or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// A number in digits.
    Number(u32),
    /// A number in words, from two on and "eins".
    Spelled(u32),
    /// "ein" in any form: a count, never an hour.
    One,
    /// "erster", "dritten".
    Ordinal(u32),
    /// A character that is neither letter nor digit.
    Mark(char),

    /// A day counted from today: "heute" 0, "übermorgen" 2, "gestern" -1.
    Day(i64),
    /// "morgen": the next day or a time of day.
    Morgen,
    Weekday(Weekday),
    /// A weekday of two letters, which is often another word ("so", "do", "mi").
    Short(Weekday),
    Weekend,
    Named(NamedDay),
    Season(Season),
    /// "Weihnachtstag" and "Advent", which a number makes a day.
    ChristmasDay,
    Advent,
    PublicHoliday,
    BridgeDay,
    School(Option<SchoolHolidays>),
    Month(u32),

    /// "nächste", "kommende".
    Next,
    AfterNext,
    This,
    /// "letzten".
    Last,
    DayUnit,
    WeekUnit,
    MonthUnit,
    YearUnit,
    HourUnit,
    MinuteUnit,
    /// "Anfang", "Mitte", "Ende".
    Start,
    Middle,
    End,
    /// "3 gün sonra": after a count of units.
    Later,

    Part(DayPart),
    /// "früh": a part of the day only beside a day.
    Early,
    Now,
    /// "noch".
    Still,
    /// "schon".
    Already,
    /// "wieder": open again means from the next opening on.
    Again,
    /// "Uhr", "h", "o'clock".
    Clock,
    Half,
    Quarter,
    ThreeQuarters,
    /// "kurz" before "vor" and "nach".
    Shortly,
    /// "pm".
    AfterNoon,

    /// "um", "gegen".
    At,
    In,
    /// "ab".
    From,
    Before,
    After,
    /// "bis".
    To,
    Between,
    /// "von".
    Of,
    /// "am", "der", "den": stands before days and binds them to what comes before.
    Article,
    And,
    /// "ist", "fällt", "ja": binds a weekday to the day it explains.
    Link,
    /// "circa", "so", "etwa" before a time.
    About,

    /// Certainly about being open.
    Open,
    /// "auf", "zu", "da": about being open at the end of a clause.
    MaybeOpen,
    /// "wann", "welche": asks for the plan, not whether it is open now.
    Which,
    /// "bis wann", "wie lange": about the day at hand if it is about being open.
    UntilWhen,
    /// "immer", "täglich", "generell".
    Habit,
    /// "guten" before "Morgen", "schönes" before "Wochenende".
    Greeting,
    /// May follow a bare time ("um 7 vorbeikommen").
    AfterTime,
    /// Makes the number before it something else than a time ("Euro", "Jahre").
    Measure,

    /// No sense here, or the end of the text.
    None,
}

impl Sense {
    /// Whether the word can be part of a day or a time.
    pub(super) fn is_of_time(self) -> bool {
        !matches!(self, Self::None | Self::Mark(_))
    }
}

/// Several days under one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Season {
    Carnival,
    Easter,
    EasterWeekend,
    Whitsun,
    Christmas,
    BetweenTheYears,
    TurnOfTheYear,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayPart {
    BeforeWork,
    Morning,
    Forenoon,
    Noon,
    Afternoon,
    LateAfternoon,
    AfterWork,
    Evening,
    Night,
}

/// One word, number or mark of a question with its sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) sense: Sense,
    /// The word in its folded spelling, or the digits.
    pub(super) text: String,
    /// Whether no space stands before it.
    pub(super) glued: bool,
    /// Where in the text it begins, in bytes.
    pub(super) start: usize,
}
