//! Limits reads of orders: one at a time and a few a minute for each order, and a few at once for all orders.
//!
//! Every read of an order goes through here, whether its feed or a key that is held down causes it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use super::FeedLimits;
use super::budget::Budget;
use crate::domain::failure::Failure;
use crate::domain::order::OrderId;

/// The gates of all recently read orders.
pub(super) struct Reading {
    places: Semaphore,
    limits: FeedLimits,
    gates: Mutex<BTreeMap<OrderId, Arc<Gate>>>,
}

/// Limits access to one order.
#[derive(Debug)]
pub(super) struct Gate {
    turn: tokio::sync::Mutex<()>,
    reads: Mutex<Budget>,
    /// Limits how often its stream is opened; leaving a screen and returning does not allow more.
    connects: Mutex<Budget>,
}

/// Who reads an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    /// Its feed, which checks the budget first.
    Feed,
    /// Any other caller, which leaves a part of the budget to the feed.
    Asker,
}

impl Reading {
    pub(super) fn new(limits: &FeedLimits) -> Self {
        Self {
            places: Semaphore::new(limits.readings.max(1)),
            limits: limits.clone(),
            gates: Mutex::default(),
        }
    }

    /// Returns the gate of an order; all callers share it.
    pub(super) fn gate(&self, id: &OrderId) -> Arc<Gate> {
        let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        gates.retain(|_, gate| Arc::strong_count(gate) > 1 || !gate.is_whole(now));
        Arc::clone(gates.entry(id.clone()).or_insert_with(|| Gate::new(&self.limits)))
    }

    /// Waits for the turn to request an order; it lasts until the returned value is dropped. Returns
    /// [`Failure::TooMany`] if the order was read too often within a minute.
    pub(super) async fn turn<'a>(&'a self, gate: &'a Gate, reader: Reader) -> Result<Turn<'a>, Failure> {
        let turn = gate.turn.lock().await;
        // The semaphore is never closed; if it were, no permits would be left.
        let place = self.places.acquire().await.map_err(|_| Failure::TooMany(None))?;
        gate.spend(reader)?;
        Ok(Turn { _turn: turn, _place: place })
    }
}

/// The permission to request an order now.
pub(super) struct Turn<'a> {
    _turn: tokio::sync::MutexGuard<'a, ()>,
    _place: SemaphorePermit<'a>,
}

impl Gate {
    /// Creates a gate with an unused budget.
    pub(super) fn new(limits: &FeedLimits) -> Arc<Self> {
        Arc::new(Self {
            turn: tokio::sync::Mutex::default(),
            reads: Mutex::new(Budget::new(limits.reads_a_minute)),
            connects: Mutex::new(Budget::new(limits.connects_a_minute)),
        })
    }

    /// The earliest time at which the feed may read the order again.
    pub(super) fn may_read_at(&self) -> Instant {
        locked(&self.reads).free_at()
    }

    /// The earliest time at which the order's stream may be opened again.
    pub(super) fn may_open_at(&self) -> Instant {
        locked(&self.connects).free_at()
    }

    /// Records that the order's stream is opened now.
    pub(super) fn opens(&self, now: Instant) {
        locked(&self.connects).spend(now);
    }

    fn is_whole(&self, now: Instant) -> bool {
        locked(&self.reads).is_whole(now) && locked(&self.connects).is_whole(now)
    }

    fn spend(&self, reader: Reader) -> Result<(), Failure> {
        let mut budget = locked(&self.reads);
        let free_at = match reader {
            Reader::Feed => budget.free_at(),
            Reader::Asker => budget.leaving_at(FOR_FEEDS),
        };
        let now = Instant::now();
        let wait = free_at.saturating_duration_since(now);
        if wait > Duration::ZERO {
            return Err(Failure::TooMany(Some(wait)));
        }
        budget.spend(now);
        Ok(())
    }
}

/// A poisoned lock is safe to use: a panic leaves no budget half updated.
fn locked(budget: &Mutex<Budget>) -> MutexGuard<'_, Budget> {
    budget.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How many reads a minute are reserved for the feed.
const FOR_FEEDS: usize = 8;

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use futures_util::future::join_all;

    use super::*;

    fn id(number: usize) -> OrderId {
        OrderId::parse(&format!("{number:08}-dc5e-4efd-9ecf-f8fb08a22677")).unwrap()
    }

    /// Returns the highest number of concurrent requests when all of them start at once.
    async fn most_at_once(ids: impl Iterator<Item = OrderId>) -> usize {
        let reading = Reading::new(&FeedLimits::default());
        let (now, most) = (Cell::new(0), Cell::new(0));
        let read = async |id| {
            let gate = reading.gate(&id);
            let _turn = reading.turn(&gate, Reader::Feed).await.unwrap();
            now.set(now.get() + 1);
            most.set(most.get().max(now.get()));
            tokio::time::sleep(Duration::from_secs(1)).await;
            now.set(now.get() - 1);
        };
        join_all(ids.map(read)).await;
        most.get()
    }

    #[tokio::test(start_paused = true)]
    async fn an_order_is_asked_for_once_at_a_time_and_all_of_them_by_few() {
        assert_eq!(most_at_once(std::iter::repeat_n(id(1), 20)).await, 1);
        assert_eq!(most_at_once((0..20).map(id)).await, FeedLimits::default().readings);
    }

    #[tokio::test(start_paused = true)]
    async fn who_asks_too_often_leaves_the_feed_its_part() {
        let reading = Reading::new(&FeedLimits::default());
        let gate = reading.gate(&id(1));
        let read = async |reader| reading.turn(&gate, reader).await.map(drop);
        let asked = join_all((0..100).map(|_| read(Reader::Asker))).await;
        assert_eq!(asked.iter().filter(|asked| asked.is_ok()).count(), 12);
        assert_eq!(asked[99], Err(Failure::TooMany(Some(Duration::from_secs(60)))));
        let fed = join_all((0..100).map(|_| read(Reader::Feed))).await;
        assert_eq!(fed.iter().filter(|fed| fed.is_ok()).count(), 8);
        assert!(gate.may_read_at() > Instant::now());
    }

    #[tokio::test(start_paused = true)]
    async fn a_gate_is_forgotten_when_nobody_needs_it() {
        let reading = Reading::new(&FeedLimits::default());
        reading.turn(&reading.gate(&id(1)), Reader::Feed).await.map(drop).unwrap();
        let _held = reading.gate(&id(2));
        tokio::time::advance(Duration::from_secs(2 * 60)).await;
        reading.gate(&id(3));
        let known = reading.gates.lock().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(known, [id(2), id(3)]);
    }
}
