//! From a local date and time to an instant.
//!
//! Two nights a year a clock lies: an hour that does not exist in spring, and one that happens twice in autumn. Both get
//! one answer here, so that opening hours map local times to instants without ever going backwards.

use chrono::{DateTime, LocalResult, NaiveDateTime, TimeDelta, TimeZone, Timelike};
use chrono_tz::Tz;

/// More than the longest jump a zone ever made (whole days were skipped at the date line).
const LONGEST_GAP_MINUTES: i64 = 26 * 60;

/// The instant of a local time: the earlier one of two, and for a time that is skipped the first instant after the gap.
///
/// "The first instant after" and not "shifted by the length of the gap": what opens at 02:30 is open as soon as the clock
/// jumps to 03:00.
pub fn resolve(zone: Tz, local: NaiveDateTime) -> DateTime<Tz> {
    if let Some(instant) = earliest(zone, local) {
        return instant;
    }
    let whole_minute = local.with_second(0).and_then(|time| time.with_nanosecond(0)).unwrap_or(local);
    (1..=LONGEST_GAP_MINUTES)
        .filter_map(|minutes| whole_minute.checked_add_signed(TimeDelta::minutes(minutes)))
        .find_map(|time| earliest(zone, time))
        .unwrap_or_else(|| zone.from_utc_datetime(&local))
}

fn earliest(zone: Tz, local: NaiveDateTime) -> Option<DateTime<Tz>> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => Some(instant),
        LocalResult::None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use chrono_tz::Europe::Berlin;

    fn local(month: u32, day: u32, hour: u32, minute: u32) -> String {
        let time = NaiveDate::from_ymd_opt(2026, month, day)
            .and_then(|date| date.and_hms_opt(hour, minute, 0))
            .expect("valid");
        resolve(Berlin, time).to_rfc3339()
    }

    #[test]
    fn skipped_hour_becomes_the_first_instant_after_it() {
        assert_eq!(local(3, 29, 1, 59), "2026-03-29T01:59:00+01:00");
        assert_eq!(local(3, 29, 2, 30), "2026-03-29T03:00:00+02:00");
        assert_eq!(local(3, 29, 3, 0), "2026-03-29T03:00:00+02:00");
    }

    #[test]
    fn repeated_hour_is_the_earlier_one() {
        assert_eq!(local(10, 25, 2, 30), "2026-10-25T02:30:00+02:00");
        assert_eq!(local(10, 25, 3, 0), "2026-10-25T03:00:00+01:00");
    }

    #[test]
    fn a_skipped_day_is_survived() {
        let skipped = NaiveDate::from_ymd_opt(2011, 12, 30).and_then(|date| date.and_hms_opt(8, 0, 0)).expect("valid");
        assert_eq!(resolve(chrono_tz::Pacific::Apia, skipped).to_rfc3339(), "2011-12-31T00:00:00+14:00");
    }
}
