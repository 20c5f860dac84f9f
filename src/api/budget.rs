//! Limits how often something may be requested.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// The length of the window in which requests are counted.
pub(super) const A_MINUTE: Duration = Duration::from_secs(60);

/// Counts requests, so that no window of a minute has more than a maximum.
#[derive(Debug)]
pub(super) struct Budget {
    most: usize,
    spent: VecDeque<Instant>,
}

impl Budget {
    pub(super) fn new(most: usize) -> Self {
        Self { most: most.max(1), spent: VecDeque::new() }
    }

    /// Records a request that begins now.
    pub(super) fn spend(&mut self, now: Instant) {
        self.spent.push_back(now);
        while self.spent.len() > self.most {
            self.spent.pop_front();
        }
    }

    /// The earliest time at which another request is allowed.
    pub(super) fn free_at(&self) -> Instant {
        self.leaving_at(0)
    }

    /// Like `free_at`, but keeps `left` requests in reserve for others.
    pub(super) fn leaving_at(&self, left: usize) -> Instant {
        let most = self.most.saturating_sub(left).max(1);
        let oldest = self.spent.len().checked_sub(most).and_then(|place| self.spent.get(place));
        oldest.map_or_else(Instant::now, |&oldest| oldest + A_MINUTE)
    }

    /// Whether nothing was requested in the last minute.
    pub(super) fn is_whole(&self, now: Instant) -> bool {
        self.spent.back().is_none_or(|&last| last + A_MINUTE <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[tokio::test(start_paused = true)]
    async fn twenty_a_minute_and_no_more() {
        let mut budget = Budget::new(20);
        let start = Instant::now();
        for _ in 0..19 {
            budget.spend(start);
            assert_eq!(budget.free_at(), start);
        }
        budget.spend(start + seconds(1));
        assert_eq!(budget.free_at(), start + A_MINUTE);
        budget.spend(start + A_MINUTE);
        assert_eq!(budget.free_at(), start + A_MINUTE);
    }

    #[tokio::test(start_paused = true)]
    async fn some_are_left_for_others() {
        let mut budget = Budget::new(20);
        let start = Instant::now();
        (0..12).for_each(|_| budget.spend(start));
        assert_eq!(budget.leaving_at(8), start + A_MINUTE);
        assert_eq!(budget.free_at(), start);
        assert!(!budget.is_whole(start + seconds(59)) && budget.is_whole(start + A_MINUTE));
    }
}
