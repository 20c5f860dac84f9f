//! Now, as this machine tells it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustix::time::{ClockId, clock_gettime};

use crate::domain::time::{Moment, Timestamp};

/// The session's clock: it runs on while the machine is suspended, whatever is done to the wall clock.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    started: Duration,
}

impl Clock {
    /// A clock that starts now.
    pub fn start() -> Self {
        Self { started: running() }
    }

    /// Now.
    pub fn now(&self) -> Moment {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let wall = Timestamp(i64::try_from(wall.as_secs()).unwrap_or(i64::MAX));
        Moment { wall, uptime: running().saturating_sub(self.started) }
    }
}

/// Time since the machine started, suspended time included.
fn running() -> Duration {
    #[cfg(target_os = "linux")]
    let clock = ClockId::Boottime;
    #[cfg(not(target_os = "linux"))]
    let clock = ClockId::Monotonic;
    let time = clock_gettime(clock);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or_default())
}
