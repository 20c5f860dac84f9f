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
