//! The public holidays of North Rhine-Westphalia, and the other days people call by a name.
//!
//! Own rules instead of a crate, because the crates know the nationwide days only or mix the Länder: Fronleichnam and
//! Allerheiligen count here, Reformationstag and Buß- und Bettag do not. A named day that is no holiday (Rosenmontag,
//! Heiligabend) closes nothing by itself; whether it does is the office's setting.

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};

/// How a day's date follows from the year.
#[derive(Debug, Clone, Copy)]
enum Rule {
    Fixed {
        month: u32,
        day: u32,
    },
    /// Days after Easter Sunday.
    Easter(i64),
    /// Days after the first Sunday of Advent.
    Advent(i64),
    /// The n-th weekday of a month.
    Nth {
        month: u32,
        weekday: Weekday,
        n: u8,
    },
}

impl Rule {
    fn date(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Fixed { month, day } => NaiveDate::from_ymd_opt(year, month, day),
            Self::Easter(days) => easter(year)?.checked_add_signed(TimeDelta::days(days)),
            Self::Advent(days) => {
                let christmas_eve = NaiveDate::from_ymd_opt(year, 12, 24)?;
                let fourth = christmas_eve - Days::new(u64::from(christmas_eve.weekday().num_days_from_sunday()));
                fourth.checked_add_signed(TimeDelta::days(days - 21))
            }
            Self::Nth { month, weekday, n } => NaiveDate::from_weekday_of_month_opt(year, month, weekday, n),
        }
    }
}

/// Easter Sunday (Gregorian calendar); `None` only for years no calendar holds.
pub fn easter(year: i32) -> Option<NaiveDate> {
    // The anonymous algorithm in the form of Meeus, Astronomical Algorithms, chapter 8.
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let golden = year.rem_euclid(19);
    let correction = (century - (century - (century + 8).div_euclid(25) + 1).div_euclid(3)).rem_euclid(30);
    let epact = (19 * golden + correction - century.div_euclid(4) + 15).rem_euclid(30);
    let weekday = (32 + 2 * century.rem_euclid(4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

/// A public holiday in North Rhine-Westphalia.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "name() says it in the words of the law")]
pub enum Holiday {
    NewYear,
    GoodFriday,
    EasterMonday,
    LabourDay,
    Ascension,
    WhitMonday,
    CorpusChristi,
    GermanUnity,
    AllSaints,
    ChristmasDay,
    SecondChristmasDay,
}

impl Holiday {
    /// All eleven, in the order of the year.
    pub const ALL: [Self; 11] = [
        Self::NewYear,
        Self::GoodFriday,
        Self::EasterMonday,
        Self::LabourDay,
        Self::Ascension,
        Self::WhitMonday,
        Self::CorpusChristi,
        Self::GermanUnity,
        Self::AllSaints,
        Self::ChristmasDay,
        Self::SecondChristmasDay,
    ];

    /// The German name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NewYear => "Neujahr",
            Self::GoodFriday => "Karfreitag",
            Self::EasterMonday => "Ostermontag",
            Self::LabourDay => "Tag der Arbeit",
            Self::Ascension => "Christi Himmelfahrt",
            Self::WhitMonday => "Pfingstmontag",
            Self::CorpusChristi => "Fronleichnam",
            Self::GermanUnity => "Tag der Deutschen Einheit",
            Self::AllSaints => "Allerheiligen",
            Self::ChristmasDay => "1. Weihnachtstag",
            Self::SecondChristmasDay => "2. Weihnachtstag",
        }
    }

    /// Its date in a year; `None` only for years no calendar holds.
    pub fn date(&self, year: i32) -> Option<NaiveDate> {
        self.rule().date(year)
    }

    fn rule(self) -> Rule {
        match self {
            Self::NewYear => Rule::Fixed { month: 1, day: 1 },
            Self::GoodFriday => Rule::Easter(-2),
            Self::EasterMonday => Rule::Easter(1),
            Self::LabourDay => Rule::Fixed { month: 5, day: 1 },
            Self::Ascension => Rule::Easter(39),
            Self::WhitMonday => Rule::Easter(50),
            Self::CorpusChristi => Rule::Easter(60),
            Self::GermanUnity => Rule::Fixed { month: 10, day: 3 },
            Self::AllSaints => Rule::Fixed { month: 11, day: 1 },
            Self::ChristmasDay => Rule::Fixed { month: 12, day: 25 },
            Self::SecondChristmasDay => Rule::Fixed { month: 12, day: 26 },
        }
    }
}

/// The public holiday on a date, if it is one.
pub fn holiday_on(date: NaiveDate) -> Option<Holiday> {
    Holiday::ALL.into_iter().find(|holiday| holiday.date(date.year()) == Some(date))
}

/// A day people call by a name, public holiday or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "name() says it in German")]
pub enum NamedDay {
    Holiday(Holiday),
    Epiphany,
    ValentinesDay,
    WeiberfastnachtThursday,
    CarnivalSaturday,
    CarnivalSunday,
    RoseMonday,
    ShroveTuesday,
    AshWednesday,
    PalmSunday,
    MaundyThursday,
    HolySaturday,
    EasterSunday,
    EasterTuesday,
    WalpurgisNight,
    MothersDay,
    WhitSaturday,
    WhitSunday,
    WhitTuesday,
    AssumptionDay,
    ReformationDay,
    AllSouls,
    Martinmas,
    MourningSunday,
    RepentanceDay,
    SundayOfTheDead,
    /// The n-th Sunday of Advent, 1 to 4.
    Advent(u8),
    SaintNicholas,
    ChristmasEve,
    NewYearsEve,
}

impl NamedDay {
    /// The days that are no public holidays, in the order of the year. Those that share a date come most important first.
    const OTHERS: [Self; 32] = [
        Self::Epiphany,
        Self::ValentinesDay,
        Self::WeiberfastnachtThursday,
        Self::CarnivalSaturday,
        Self::CarnivalSunday,
        Self::RoseMonday,
        Self::ShroveTuesday,
        Self::AshWednesday,
        Self::PalmSunday,
        Self::MaundyThursday,
        Self::HolySaturday,
        Self::EasterSunday,
        Self::EasterTuesday,
        Self::WalpurgisNight,
        Self::MothersDay,
        Self::WhitSaturday,
        Self::WhitSunday,
        Self::WhitTuesday,
        Self::AssumptionDay,
        Self::ReformationDay,
        Self::AllSouls,
        Self::Martinmas,
        Self::MourningSunday,
        Self::RepentanceDay,
        Self::SundayOfTheDead,
        Self::ChristmasEve,
        Self::Advent(1),
        Self::Advent(2),
        Self::Advent(3),
        Self::Advent(4),
        Self::SaintNicholas,
        Self::NewYearsEve,
    ];

    /// The German name.
    pub fn name(&self) -> String {
        match self {
            Self::Holiday(holiday) => holiday.name().to_owned(),
            Self::Advent(n) => format!("{n}. Advent"),
            other => other.fixed_name().to_owned(),
        }
    }

    fn fixed_name(self) -> &'static str {
        match self {
            Self::Holiday(holiday) => holiday.name(),
            Self::Epiphany => "Heilige Drei Könige",
            Self::ValentinesDay => "Valentinstag",
            Self::WeiberfastnachtThursday => "Weiberfastnacht",
            Self::CarnivalSaturday => "Karnevalssamstag",
            Self::CarnivalSunday => "Karnevalssonntag",
            Self::RoseMonday => "Rosenmontag",
            Self::ShroveTuesday => "Veilchendienstag",
            Self::AshWednesday => "Aschermittwoch",
            Self::PalmSunday => "Palmsonntag",
            Self::MaundyThursday => "Gründonnerstag",
            Self::HolySaturday => "Karsamstag",
            Self::EasterSunday => "Ostersonntag",
            Self::EasterTuesday => "Osterdienstag",
            Self::WalpurgisNight => "Walpurgisnacht",
            Self::MothersDay => "Muttertag",
            Self::WhitSaturday => "Pfingstsamstag",
            Self::WhitSunday => "Pfingstsonntag",
            Self::WhitTuesday => "Pfingstdienstag",
            Self::AssumptionDay => "Mariä Himmelfahrt",
            Self::ReformationDay => "Reformationstag",
            Self::AllSouls => "Allerseelen",
            Self::Martinmas => "Sankt Martin",
            Self::MourningSunday => "Volkstrauertag",
            Self::RepentanceDay => "Buß- und Bettag",
            Self::SundayOfTheDead => "Totensonntag",
            Self::Advent(_) => "Advent",
            Self::SaintNicholas => "Nikolaus",
            Self::ChristmasEve => "Heiligabend",
            Self::NewYearsEve => "Silvester",
        }
    }

    /// Its date in a year; `None` only for years no calendar holds.
    pub fn date(&self, year: i32) -> Option<NaiveDate> {
        self.rule().date(year)
    }

    /// The next time the day comes, today included.
    pub fn next_from(&self, today: NaiveDate) -> Option<NaiveDate> {
        [today.year(), today.year() + 1].into_iter().filter_map(|year| self.date(year)).find(|date| *date >= today)
    }

    fn rule(self) -> Rule {
        match self {
            Self::Holiday(holiday) => holiday.rule(),
            Self::Epiphany => Rule::Fixed { month: 1, day: 6 },
            Self::ValentinesDay => Rule::Fixed { month: 2, day: 14 },
            Self::WeiberfastnachtThursday => Rule::Easter(-52),
            Self::CarnivalSaturday => Rule::Easter(-50),
            Self::CarnivalSunday => Rule::Easter(-49),
            Self::RoseMonday => Rule::Easter(-48),
            Self::ShroveTuesday => Rule::Easter(-47),
            Self::AshWednesday => Rule::Easter(-46),
            Self::PalmSunday => Rule::Easter(-7),
            Self::MaundyThursday => Rule::Easter(-3),
            Self::HolySaturday => Rule::Easter(-1),
            Self::EasterSunday => Rule::Easter(0),
            Self::EasterTuesday => Rule::Easter(2),
            Self::WalpurgisNight => Rule::Fixed { month: 4, day: 30 },
            Self::MothersDay => Rule::Nth { month: 5, weekday: Weekday::Sun, n: 2 },
            Self::WhitSaturday => Rule::Easter(48),
            Self::WhitSunday => Rule::Easter(49),
            Self::WhitTuesday => Rule::Easter(51),
            Self::AssumptionDay => Rule::Fixed { month: 8, day: 15 },
            Self::ReformationDay => Rule::Fixed { month: 10, day: 31 },
            Self::AllSouls => Rule::Fixed { month: 11, day: 2 },
            Self::Martinmas => Rule::Fixed { month: 11, day: 11 },
            Self::MourningSunday => Rule::Advent(-14),
            Self::RepentanceDay => Rule::Advent(-11),
            Self::SundayOfTheDead => Rule::Advent(-7),
            Self::Advent(n) => Rule::Advent(7 * (i64::from(n.clamp(1, 4)) - 1)),
            Self::SaintNicholas => Rule::Fixed { month: 12, day: 6 },
            Self::ChristmasEve => Rule::Fixed { month: 12, day: 24 },
            Self::NewYearsEve => Rule::Fixed { month: 12, day: 31 },
        }
    }
}

/// The name a date has, a public holiday before all others.
pub fn named_day(date: NaiveDate) -> Option<NamedDay> {
    holiday_on(date)
        .map(NamedDay::Holiday)
        .or_else(|| NamedDay::OTHERS.into_iter().find(|day| day.date(date.year()) == Some(date)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    #[test]
    fn easter_falls_where_the_calendar_says() {
        for (year, month, day) in [
            (1818, 3, 22),
            (1943, 4, 25),
            (2000, 4, 23),
            (2019, 4, 21),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2028, 4, 16),
            (2038, 4, 25),
            (2285, 3, 22),
        ] {
            assert_eq!(easter(year), date(year, month, day), "Easter {year}");
        }
    }

    #[test]
    fn movable_days_follow_easter() {
        assert_eq!(Holiday::CorpusChristi.date(2026), date(2026, 6, 4));
        assert_eq!(Holiday::CorpusChristi.date(2027), date(2027, 5, 27));
        assert_eq!(Holiday::CorpusChristi.date(2028), date(2028, 6, 15));
        assert_eq!(NamedDay::RoseMonday.date(2026), date(2026, 2, 16));
        assert_eq!(NamedDay::RoseMonday.date(2027), date(2027, 2, 8));
        assert_eq!(NamedDay::RoseMonday.date(2028), date(2028, 2, 28));
        assert_eq!(NamedDay::WeiberfastnachtThursday.date(2027), date(2027, 2, 4));
        assert_eq!(Holiday::Ascension.date(2026), date(2026, 5, 14));
    }

    #[test]
    fn days_around_advent_and_mothers_day() {
        assert_eq!(NamedDay::Advent(1).date(2026), date(2026, 11, 29));
        assert_eq!(NamedDay::Advent(4).date(2026), date(2026, 12, 20));
        assert_eq!(NamedDay::Advent(4).date(2023), date(2023, 12, 24));
        assert_eq!(NamedDay::RepentanceDay.date(2026), date(2026, 11, 18));
        assert_eq!(NamedDay::SundayOfTheDead.date(2026), date(2026, 11, 22));
        assert_eq!(NamedDay::MothersDay.date(2026), date(2026, 5, 10));
    }

    #[test]
    fn nrw_has_eleven_holidays_and_no_others() {
        let in_year =
            |year| (1..=366).filter_map(|day| NaiveDate::from_yo_opt(year, day)).filter_map(holiday_on).count();
        assert_eq!(in_year(2026), 11);
        // In 2008 the first of May was Ascension too.
        assert_eq!(in_year(2008), 10);
        for (month, day) in [(1, 6), (8, 15), (10, 31), (11, 18), (12, 24), (12, 31), (2, 16)] {
            assert_eq!(holiday_on(date(2026, month, day).expect("valid")), None, "{day}.{month}. is no holiday in NRW");
        }
    }

    #[test]
    fn next_time_of_a_day_includes_today() {
        assert_eq!(NamedDay::NewYearsEve.next_from(date(2026, 12, 31).expect("valid")), date(2026, 12, 31));
        assert_eq!(NamedDay::RoseMonday.next_from(date(2026, 2, 17).expect("valid")), date(2027, 2, 8));
        assert_eq!(named_day(date(2026, 12, 24).expect("valid")), Some(NamedDay::ChristmasEve));
        assert_eq!(named_day(date(2026, 4, 4).expect("valid")), Some(NamedDay::HolySaturday));
    }

    #[test]
    fn years_no_calendar_holds_are_survived() {
        for year in [i32::MIN, -300_000, 300_000, i32::MAX - 1] {
            assert_eq!(easter(year), None);
        }
    }
}
