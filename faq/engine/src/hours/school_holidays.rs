//! School holidays in North Rhine-Westphalia.
//!
//! Offices stay open in them, but people ask "in den Herbstferien auch?". The state sets the dates, no rule yields them;
//! the table ends where the published ones were checked, and past its end the answer is "not known", never a guess.

use chrono::NaiveDate;

/// A season of school holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SchoolHolidays {
    /// Osterferien
    Easter,
    /// Pfingstferien, a single day in most years
    Whitsun,
    /// Sommerferien
    Summer,
    /// Herbstferien
    Autumn,
    /// Weihnachtsferien
    Christmas,
}

type Day = (i32, u32, u32);

/// Published by the Ministry of Schools (Ferienordnung NRW), first and last day.
const TABLE: [(SchoolHolidays, Day, Day); 14] = [
    (SchoolHolidays::Christmas, (2025, 12, 22), (2026, 1, 6)),
    (SchoolHolidays::Easter, (2026, 3, 30), (2026, 4, 11)),
    (SchoolHolidays::Whitsun, (2026, 5, 26), (2026, 5, 26)),
    (SchoolHolidays::Summer, (2026, 7, 20), (2026, 9, 1)),
    (SchoolHolidays::Autumn, (2026, 10, 17), (2026, 10, 31)),
    (SchoolHolidays::Christmas, (2026, 12, 23), (2027, 1, 6)),
    (SchoolHolidays::Easter, (2027, 3, 22), (2027, 4, 3)),
    (SchoolHolidays::Whitsun, (2027, 5, 18), (2027, 5, 18)),
    (SchoolHolidays::Summer, (2027, 7, 19), (2027, 8, 31)),
    (SchoolHolidays::Autumn, (2027, 10, 23), (2027, 11, 6)),
    (SchoolHolidays::Christmas, (2027, 12, 24), (2028, 1, 8)),
    (SchoolHolidays::Easter, (2028, 4, 10), (2028, 4, 22)),
    (SchoolHolidays::Summer, (2028, 7, 10), (2028, 8, 22)),
    (SchoolHolidays::Autumn, (2028, 10, 23), (2028, 11, 4)),
];

impl SchoolHolidays {
    /// First and last day of the running or next holidays of this season, as far as they are published.
    pub fn next_from(self, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        next_from(today, Some(self))
    }

    /// First and last day of the running or next holidays of any season.
    pub fn any_from(today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        next_from(today, None)
    }
}

fn next_from(today: NaiveDate, season: Option<SchoolHolidays>) -> Option<(NaiveDate, NaiveDate)> {
    let date = |(year, month, day): Day| NaiveDate::from_ymd_opt(year, month, day);
    let first_known = date(TABLE[0].1)?;
    if today < first_known {
        return None;
    }
    TABLE
        .iter()
        .filter(|(of_row, ..)| season.is_none_or(|wanted| wanted == *of_row))
        .filter_map(|(_, first, last)| Some((date(*first)?, date(*last)?)))
        .find(|(_, last)| *last >= today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("valid")
    }

    #[test]
    fn running_holidays_count_as_the_next_ones() {
        let autumn = Some((day(2026, 10, 17), day(2026, 10, 31)));
        assert_eq!(SchoolHolidays::Autumn.next_from(day(2026, 9, 9)), autumn);
        assert_eq!(SchoolHolidays::any_from(day(2026, 10, 31)), autumn);
        assert_eq!(SchoolHolidays::Autumn.next_from(day(2026, 11, 1)), Some((day(2027, 10, 23), day(2027, 11, 6))));
    }

    #[test]
    fn what_is_not_published_is_not_known() {
        assert_eq!(SchoolHolidays::Summer.next_from(day(2031, 1, 1)), None);
        assert_eq!(SchoolHolidays::Summer.next_from(day(2020, 1, 1)), None);
    }

    #[test]
    fn table_is_in_order() {
        let rows = TABLE.iter().map(|(_, first, last)| (*first, *last)).collect::<Vec<_>>();
        assert!(rows.iter().all(|(first, last)| first <= last));
        assert!(rows.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }
}
