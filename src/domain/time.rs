//! Points in time, and estimates of the shop's clock.

use std::time::Duration;

/// A point in time in whole seconds since 1970-01-01 UTC (contract, section 1: epochs).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Adds a duration, in whole seconds, saturating.
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)))
    }

    /// Returns the time elapsed since `earlier`, or zero if `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_secs(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

/// The current time on two clocks: the wall clock for records, and a monotonic clock for waiting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// The time of this machine's wall clock, which may be wrong or be adjusted.
    pub wall: Timestamp,
    /// How long the session has run, including time spent suspended.
    pub uptime: Duration,
}

/// A value with the time at which it was valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated<T> {
    /// The value.
    pub value: T,
    /// When it was reported, by this machine's wall clock.
    pub told: Timestamp,
}

/// An estimate of the shop's clock, from its answers (their `Date`, and when it placed an order).
///
/// It advances with the session's own clock, which counts suspended time: neither a wrong wall clock nor a
/// suspended machine affects it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShopClock {
    told: Option<(Timestamp, Duration)>,
}

/// An estimate that is ahead of the reported time by more than this is wrong. A smaller difference comes from
/// the answer's transit time, or from two servers that differ by a second.
const LATE_AT_MOST: Duration = Duration::from_secs(60);

impl ShopClock {
    /// Records a time that the shop reported, received at this uptime.
    ///
    /// Answers arrive late and never early, so of several reported times the one furthest ahead is the most
    /// accurate.
    pub fn hear(&mut self, told: Timestamp, uptime: Duration) {
        let is_nearer = |estimate: Timestamp| told > estimate || estimate.since(told) > LATE_AT_MOST;
        if self.at(uptime).is_none_or(is_nearer) {
            self.told = Some((told, uptime));
        }
    }

    /// Returns the shop's current time, or the wall clock's if the shop has not reported any.
    pub fn now(&self, now: Moment) -> Timestamp {
        self.at(now.uptime).unwrap_or(now.wall)
    }

    /// Converts a time of the shop to this machine's wall clock. A difference of up to two seconds is
    /// ignored: the seconds of two synchronised clocks begin at different moments, and displayed times must
    /// not jump back and forth.
    pub fn here(&self, told: Timestamp, now: Moment) -> Timestamp {
        let ahead = self.now(now).0.saturating_sub(now.wall.0);
        Timestamp(if ahead.abs() <= 2 { told.0 } else { told.0.saturating_sub(ahead) })
    }

    fn at(&self, uptime: Duration) -> Option<Timestamp> {
        let (told, then) = self.told?;
        Some(told.plus(uptime.saturating_sub(then)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_700_000_000);

    fn at(wall: i64, uptime: u64) -> Moment {
        Moment { wall: Timestamp(wall), uptime: Duration::from_secs(uptime) }
    }

    #[test]
    fn before_the_shop_said_anything_the_wall_clock_stands_in() {
        assert_eq!(ShopClock::default().now(at(77, 3)), Timestamp(77));
    }

    #[test]
    fn a_wall_clock_that_is_wrong_or_is_set_moves_nothing() {
        let mut clock = ShopClock::default();
        clock.hear(NOON, Duration::from_secs(10));
        for wall in [0, NOON.0 - 86_400, NOON.0 + 5, NOON.0 + 3_600, i64::MAX] {
            assert_eq!(clock.now(at(wall, 70)), NOON.plus(Duration::from_secs(60)));
        }
    }

    #[test]
    fn time_in_which_the_machine_slept_counts() {
        let mut clock = ShopClock::default();
        clock.hear(NOON, Duration::ZERO);
        // The wall clock may wake up later than the one that counts sleep.
        assert_eq!(clock.now(at(NOON.0 + 1, 1_800)), NOON.plus(Duration::from_secs(30 * 60)));
    }

    #[test]
    fn of_several_answers_the_one_that_came_fastest_counts() {
        let mut clock = ShopClock::default();
        clock.hear(NOON, Duration::from_secs(4));
        clock.hear(NOON.plus(Duration::from_secs(9)), Duration::from_secs(10));
        assert_eq!(clock.now(at(0, 10)), NOON.plus(Duration::from_secs(9)), "faster");
        clock.hear(NOON.plus(Duration::from_secs(10)), Duration::from_secs(20));
        assert_eq!(clock.now(at(0, 20)), NOON.plus(Duration::from_secs(19)), "slower");
    }

    #[test]
    fn an_estimate_that_was_clearly_wrong_is_given_up() {
        let mut clock = ShopClock::default();
        clock.hear(NOON.plus(Duration::from_secs(3_600)), Duration::ZERO);
        clock.hear(NOON, Duration::from_secs(1));
        assert_eq!(clock.now(at(0, 1)), NOON);
    }
}
