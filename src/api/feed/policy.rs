//! Decides when to reconnect and when to poll; has no clock of its own.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::super::FeedLimits;
use super::super::http::spread;
use super::super::order_reads::Gate;
use crate::domain::order::{OrderState, Snapshot};

/// The wait after a 429 that specifies none.
const UNSAID_WAIT: Duration = Duration::from_secs(60);

/// The state of the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Being opened for the first time.
    Opening,
    /// Open.
    Open,
    /// Broken; another attempt is scheduled.
    Down,
    /// Closed for good by the shop.
    Stopped,
}

/// What was observed so far, and the decisions that follow from it.
#[derive(Debug)]
pub(super) struct Policy {
    limits: FeedLimits,
    /// How many attempts failed since the last valid message.
    tries: usize,
    /// The server's last `retry`.
    server: Option<Duration>,
    /// How many reads failed in a row.
    misses: u32,
    /// Whether no change is expected soon: the shop acts by hand, or the payment window closed.
    slow: bool,
    /// When the order was first seen as expired.
    expired_since: Option<Instant>,
    /// Counts every attempt to open the stream, including those of earlier followers of the order.
    connects: Arc<Gate>,
}

impl Policy {
    pub(super) fn new(limits: FeedLimits, connects: Arc<Gate>) -> Self {
        Self { limits, tries: 0, server: None, misses: 0, slow: false, expired_since: None, connects }
    }

    /// Records a valid message: only that proves that the stream works.
    pub(super) fn heard(&mut self, snapshot: &Snapshot) {
        self.tries = 0;
        self.learn(snapshot);
    }

    /// Records the end of a read; `None` if it failed.
    pub(super) fn read(&mut self, snapshot: Option<&Snapshot>) {
        match snapshot {
            Some(snapshot) => {
                self.misses = 0;
                self.learn(snapshot);
            }
            None => self.misses = self.misses.saturating_add(1),
        }
    }

    fn learn(&mut self, snapshot: &Snapshot) {
        self.slow = matches!(snapshot.state, OrderState::WaitingForManualAction | OrderState::Expired);
        let since = self.expired_since.unwrap_or_else(Instant::now);
        self.expired_since = (snapshot.state == OrderState::Expired).then_some(since);
    }

    /// When following an expired order ends, or `None` if it is not expired.
    pub(super) fn gives_up_at(&self) -> Option<Instant> {
        Some(self.expired_since? + self.limits.after_expiry)
    }

    /// The earliest time at which the stream may be opened.
    pub(super) fn may_open_at(&self) -> Instant {
        self.connects.may_open_at()
    }

    /// When a broken stream is reopened; `seed` is the source of the jitter.
    pub(super) fn reopens_at(&mut self, now: Instant, asked: Option<Duration>, seed: u64) -> Instant {
        (now + spread(self.back_off(asked), seed)).max(self.may_open_at())
    }

    /// Whether no change is expected soon.
    pub(super) fn is_slow(&self) -> bool {
        self.slow
    }

    /// Stores the server's `retry`, clamped: one of zero once caused 1,936 connections in a second.
    pub(super) fn server_asks(&mut self, retry: Duration) {
        let (least, most) = self.limits.server_retry;
        self.server = Some(retry.clamp(least, most));
    }

    /// Returns the delay before the next attempt, without jitter; it grows with every call up to a maximum.
    fn back_off(&mut self, asked: Option<Duration>) -> Duration {
        let last = self.limits.back_off.len().saturating_sub(1);
        let step = self.limits.back_off.get(self.tries.min(last)).copied().unwrap_or(UNSAID_WAIT);
        self.tries = self.tries.saturating_add(1);
        let asked = asked.map_or(Duration::ZERO, |wait| wait.min(self.limits.longest_wait));
        step.max(asked).max(self.server.unwrap_or_default())
    }

    /// How long to wait after a 429.
    pub(super) fn asked_wait(&self, wait: Option<Duration>) -> Duration {
        wait.unwrap_or(UNSAID_WAIT).min(self.limits.longest_wait)
    }

    /// How long after the last update the order is read.
    pub(super) fn pause(&self, line: Line) -> Duration {
        let limits = &self.limits;
        match line {
            _ if self.slow => limits.slowly,
            Line::Open | Line::Stopped => limits.while_silent,
            Line::Opening | Line::Down => {
                // While nothing answers, more frequent reads do not help.
                let stretched = limits.while_down.saturating_mul(1 << self.misses.min(8));
                stretched.min(limits.while_silent.max(limits.while_down))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::budget::A_MINUTE;
    use crate::domain::money::Amount;
    use crate::domain::order::{OrderId, PaymentState};

    fn snapshot(state: OrderState) -> Snapshot {
        Snapshot {
            id: OrderId::parse("f9d624ad-dc5e-4efd-9ecf-f8fb08a22677").unwrap(),
            state,
            payment: PaymentState::WalletCreated,
            terms: None,
            sent: Amount::ZERO,
            created_at: None,
            updated_at: None,
            deliveries: vec![],
        }
    }

    fn policy() -> Policy {
        policy_of(Gate::new(&FeedLimits::default()))
    }

    fn policy_of(gate: Arc<Gate>) -> Policy {
        Policy::new(FeedLimits::default(), gate)
    }

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn tries_grow_apart_until_a_message_proves_the_stream() {
        let mut policy = policy();
        let waits: Vec<_> = (0..8).map(|_| policy.back_off(None).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 30, 30, 30]);
        policy.heard(&snapshot(OrderState::WaitingForPayment));
        assert_eq!(policy.back_off(None), seconds(1));
    }

    #[test]
    fn what_the_server_asks_for_has_bounds() {
        let mut policy = policy();
        policy.server_asks(Duration::ZERO);
        assert_eq!(policy.back_off(None), seconds(1));
        policy.server_asks(Duration::from_secs(3_600));
        assert_eq!(policy.back_off(None), seconds(30));
        assert_eq!(policy.back_off(Some(seconds(77))), seconds(77));
        assert_eq!(policy.back_off(Some(Duration::from_secs(3_600))), Duration::from_secs(5 * 60));
        assert_eq!(policy.asked_wait(None), seconds(60));
    }

    #[test]
    fn an_order_is_read_as_often_as_its_state_is_worth() {
        let mut policy = policy();
        assert_eq!(policy.pause(Line::Open), seconds(30));
        assert_eq!(policy.pause(Line::Down), seconds(5));
        assert_eq!(policy.pause(Line::Stopped), seconds(30));
        for state in [OrderState::WaitingForManualAction, OrderState::Expired] {
            policy.heard(&snapshot(state));
            assert_eq!(policy.pause(Line::Down), seconds(60));
            assert_eq!(policy.pause(Line::Open), seconds(60));
        }
        policy.heard(&snapshot(OrderState::PaymentReceived));
        assert_eq!(policy.pause(Line::Down), seconds(5));
    }

    #[test]
    fn reads_that_fail_come_less_often_and_never_less_than_half_a_minute() {
        let mut policy = policy();
        let pauses: Vec<_> = (0..5)
            .map(|_| {
                policy.read(None);
                policy.pause(Line::Down).as_secs()
            })
            .collect();
        assert_eq!(pauses, [10, 20, 30, 30, 30]);
        policy.read(Some(&snapshot(OrderState::WaitingForPayment)));
        assert_eq!(policy.pause(Line::Down), seconds(5));
    }

    /// Returns when a stream is opened within ten minutes, by a server that does `served` with each
    /// connection.
    async fn opened(served: impl Fn(&mut Policy)) -> Vec<Instant> {
        let gate = Gate::new(&FeedLimits::default());
        let mut policy = policy_of(Arc::clone(&gate));
        let start = Instant::now();
        let mut opened = Vec::new();
        while start.elapsed() < A_MINUTE * 10 {
            let now = Instant::now();
            gate.opens(now);
            opened.push(now);
            served(&mut policy);
            // A seed of zero gives the shortest delay.
            tokio::time::sleep_until(policy.reopens_at(now, None, 0)).await;
        }
        opened
    }

    #[tokio::test(start_paused = true)]
    async fn nine_connects_a_minute_and_no_more() {
        let proven = opened(|policy| policy.heard(&snapshot(OrderState::WaitingForPayment))).await;
        let hurried = opened(|policy| {
            policy.heard(&snapshot(OrderState::WaitingForPayment));
            policy.server_asks(Duration::ZERO);
        })
        .await;
        let refused = opened(|_| {}).await;
        for opened in [proven, hurried, refused] {
            assert!(opened.len() > 20, "it never gives up");
            let busiest = opened
                .iter()
                .map(|&from| opened.iter().filter(|&&at| (from..from + A_MINUTE).contains(&at)).count());
            assert!(busiest.max() <= Some(9));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_expired_order_is_followed_for_a_day_more() {
        let mut policy = policy();
        assert_eq!(policy.gives_up_at(), None);
        let expired = Instant::now();
        policy.heard(&snapshot(OrderState::Expired));
        tokio::time::advance(Duration::from_secs(3_600)).await;
        policy.read(Some(&snapshot(OrderState::Expired)));
        assert_eq!(policy.gives_up_at(), Some(expired + Duration::from_secs(24 * 3_600)));
        policy.heard(&snapshot(OrderState::PaymentReceived));
        assert_eq!(policy.gives_up_at(), None);
    }
}
