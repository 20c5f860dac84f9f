//! The clock of a session.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustix::time::{ClockId, clock_gettime};

use crate::domain::time::{Moment, Timestamp};

/// The session's clock. Its uptime includes time suspended and ignores changes of the wall clock.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    started: Duration,
    /// Milliseconds to add to the uptime, for tests.
    ahead: Option<&'static AtomicU64>,
}

impl Clock {
    /// Creates a clock whose uptime starts now.
    pub fn start() -> Self {
        Self { started: running(), ahead: None }
    }

    /// Creates a clock that starts now and whose uptime is that many milliseconds ahead, for tests in which
    /// time passes without waiting.
    pub fn set_ahead_by(ahead: &'static AtomicU64) -> Self {
        Self { started: running(), ahead: Some(ahead) }
    }

    /// Returns the current time.
    pub fn now(&self) -> Moment {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let wall = Timestamp(i64::try_from(wall.as_secs()).unwrap_or(i64::MAX));
        let ahead = self.ahead.map_or(0, |ahead| ahead.load(Ordering::Relaxed));
        let uptime = running().saturating_sub(self.started).saturating_add(Duration::from_millis(ahead));
        Moment { wall, uptime }
    }
}

/// Returns the time since the machine started, including suspended time.
fn running() -> Duration {
    #[cfg(target_os = "linux")]
    let clock = ClockId::Boottime;
    #[cfg(not(target_os = "linux"))]
    let clock = ClockId::Monotonic;
    let time = clock_gettime(clock);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or_default())
}
