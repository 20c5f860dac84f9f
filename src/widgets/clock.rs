//! Times for people: the hour on their own clock, how long ago, how long still.

use std::time::Duration;

use time::OffsetDateTime;

use crate::domain::time::Timestamp;

/// `14:02:11`, by a clock that is `offset` seconds ahead of UTC.
pub fn hour(at: Timestamp, offset: i64) -> String {
    local(at, offset).map_or_else(String::new, |local| {
        format!("{:02}:{:02}:{:02}", local.hour(), local.minute(), local.second())
    })
}

/// `11-04 14:02`, by a clock that is `offset` seconds ahead of UTC.
pub fn day(at: Timestamp, offset: i64) -> String {
    local(at, offset).map_or_else(String::new, |local| {
        let month = u8::from(local.month());
        format!("{month:02}-{:02} {:02}:{:02}", local.day(), local.hour(), local.minute())
    })
}

/// `27:41`, hours added to the minutes.
pub fn countdown(left: Duration) -> String {
    let seconds = left.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// `2 s`, `3 min`, `4 h`, `5 days`.
pub fn age(age: Duration) -> String {
    match age.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds @ 60..3600 => format!("{} min", seconds / 60),
        seconds @ 3600..172_800 => format!("{} h", seconds / 3600),
        seconds => format!("{} days", seconds / 86_400),
    }
}

/// `1 min` for anything up to a minute, `4 min`: for screens on which nothing ticks.
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
