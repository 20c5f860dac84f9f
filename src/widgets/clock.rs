//! Formats times: local time of day, ages and countdowns.

use std::time::Duration;

use time::OffsetDateTime;

use crate::domain::time::Timestamp;

/// Formats a time as `14:02:11`, in a zone `offset` seconds ahead of UTC.
pub fn hour(at: Timestamp, offset: i64) -> String {
    local(at, offset).map_or_else(String::new, |local| {
        format!("{:02}:{:02}:{:02}", local.hour(), local.minute(), local.second())
    })
}

/// Formats a time as `11-04 14:02`, in a zone `offset` seconds ahead of UTC.
pub fn day(at: Timestamp, offset: i64) -> String {
    local(at, offset).map_or_else(String::new, |local| {
        let month = u8::from(local.month());
        format!("{month:02}-{:02} {:02}:{:02}", local.day(), local.hour(), local.minute())
    })
}

/// Formats a duration as `27:41`, with hours counted as minutes.
pub fn countdown(left: Duration) -> String {
    let seconds = left.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// Formats an age as `2 s`, `3 min`, `4 h`, `5 days`.
pub fn age(age: Duration) -> String {
    match age.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds @ 60..3600 => format!("{} min", seconds / 60),
        seconds @ 3600..172_800 => format!("{} h", seconds / 3600),
        seconds => format!("{} days", seconds / 86_400),
    }
}

/// Formats an age in minutes, for screens on which nothing ticks: `4 min`, and `1 min` for anything up to a
/// minute.
pub fn calm_age(length: Duration) -> String {
    age(Duration::from_secs(60 * length.as_secs().div_ceil(60).max(1)))
}

fn local(at: Timestamp, offset: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(at.0.saturating_add(offset)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_follow_the_users_clock() {
        let noon = Timestamp(1_700_000_000);
        assert_eq!(hour(noon, 0), "22:13:20");
        assert_eq!(hour(noon, 3600), "23:13:20");
        assert_eq!(day(noon, 7200), "11-15 00:13");
        assert_eq!(hour(Timestamp(i64::MAX), 60), "");
    }

    #[test]
    fn lengths_are_said_as_people_say_them() {
        assert_eq!(countdown(Duration::from_secs(1661)), "27:41");
        assert_eq!(age(Duration::from_secs(59)), "59 s");
        assert_eq!(age(Duration::from_secs(3 * 60)), "3 min");
        assert_eq!(calm_age(Duration::from_secs(2)), "1 min");
        assert_eq!(calm_age(Duration::from_secs(61)), "2 min");
    }
}
