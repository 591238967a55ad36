//! Names of days and months in the notation of OpenStreetMap.

use chrono::Weekday;

const WEEKDAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The short English name of a weekday, counted from Monday as 0.
pub(super) fn weekday_name(from_monday: usize) -> &'static str {
    WEEKDAYS.get(from_monday).copied().unwrap_or_default()
}

/// The weekday of a name.
pub(super) fn weekday_of(name: &str) -> Option<Weekday> {
    let number = WEEKDAYS.iter().position(|known| *known == name)?;
    Weekday::try_from(u8::try_from(number).ok()?).ok()
}

/// The short English name of a month, counted from 1.
pub(super) fn month_name(month: u32) -> &'static str {
    usize::try_from(month).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?)).copied().unwrap_or_default()
}

/// The month of a name, counted from 1.
pub(super) fn month_of(name: &str) -> Option<u32> {
    let number = MONTHS.iter().position(|known| *known == name)?;
    u32::try_from(number + 1).ok()
}
