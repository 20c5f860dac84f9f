//! Points in time, as the shop and this machine tell them.

use std::time::Duration;

/// A point in time in whole seconds since 1970-01-01 UTC (contract, section 1: epochs).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The point so much later.
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)))
    }

    /// How long it is from `earlier` to here; nothing when it lies after.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_secs(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

/// Now: on the wall for records, and on a clock that only ever runs forward for waiting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// What this machine's wall clock says; it may be wrong or be set.
    pub wall: Timestamp,
    /// How long the session has run, suspended time included.
    pub uptime: Duration,
}

/// Something that was true at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated<T> {
    /// What was told.
    pub value: T,
    /// When, by this machine's wall clock.
    pub told: Timestamp,
}

/// The shop's clock, as far as its answers told it (their `Date`, and when it placed an order).
///
/// It runs on with the session's own clock, which counts sleep: neither a wrong wall clock nor a
/// suspended machine moves it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShopClock {
    told: Option<(Timestamp, Duration)>,
}

/// An estimate that is so much ahead of what the shop says was wrong. What is less is an answer that
/// took its time on the way, or a second of a pair of servers.
const LATE_AT_MOST: Duration = Duration::from_secs(60);

impl ShopClock {
    /// The shop said so late it was, and that was heard at this uptime.
    ///
    /// Answers come late and never early, so of several the furthest ahead is the nearest to the truth.
    pub fn hear(&mut self, told: Timestamp, uptime: Duration) {
        let is_nearer = |estimate: Timestamp| told > estimate || estimate.since(told) > LATE_AT_MOST;
        if self.at(uptime).is_none_or(is_nearer) {
            self.told = Some((told, uptime));
        }
    }

    /// What it says now; the wall clock stands in while the shop has told nothing.
    pub fn now(&self, now: Moment) -> Timestamp {
        self.at(now.uptime).unwrap_or(now.wall)
    }

    /// A time of the shop by this machine's wall clock, whatever that says. The seconds of two clocks
    /// that agree begin at different moments, and what is told must not jump to and fro with them.
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
