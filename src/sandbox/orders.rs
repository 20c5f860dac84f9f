//! The orders of the sandbox, their watchers, and how they advance.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::sync::{Notify, broadcast};
use uuid::Uuid;

use super::lifecycle::{self, Event, Pace};
use super::order::Order;
use super::store::Store;

/// A change of an order, for its streams: the order id, the revision and the new snapshot.
pub type News = (Uuid, u64, Arc<Value>);

/// All orders, with the file that stores them and the channel to their watchers.
#[derive(Debug)]
pub struct Orders {
    pace: Pace,
    book: Mutex<BTreeMap<Uuid, Order>>,
    store: Option<Store>,
    /// Field overrides for the next order.
    tampered_next: Mutex<BTreeMap<String, Value>>,
    news: broadcast::Sender<News>,
    /// Wakes the task that advances orders if there may be an earlier deadline.
    moved: Notify,
}

impl Orders {
    /// Creates the collection from the stored orders, resumed at this pace.
    pub fn new(pace: Pace, store: Option<Store>, known: Vec<Order>, now: u64) -> Self {
        let resume = |mut order: Order| {
            order.standing = lifecycle::resumed(order.standing, pace, now);
            (order.id, order)
        };
        let book = known.into_iter().map(resume).collect();
        let (news, _) = broadcast::channel(256);
        Self {
            pace,
            book: Mutex::new(book),
            store,
            tampered_next: Mutex::default(),
            news,
            moved: Notify::new(),
        }
    }

    /// Returns how fast orders advance.
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// Adds a new order. It is written to the file before watchers are notified.
    pub fn open(&self, mut order: Order) -> Value {
        order.tampered.append(&mut self.next_lock());
        let json = order.json();
        let mut book = self.lock();
        book.insert(order.id, order);
        self.save(&book);
        drop(book);
        self.moved.notify_one();
        json
    }

    /// Returns the order with this id. If it is unknown, the file is read again, because another sandbox may
    /// have added it.
    pub fn get(&self, id: Uuid) -> Option<Order> {
        let mut book = self.lock();
        if let Some(known) = book.get(&id) {
            return Some(known.clone());
        }
        let mut found = self.store.as_ref()?.read().ok()?.into_iter().find(|order| order.id == id)?;
        if self.pace == Pace::Manual {
            found.standing.due = None;
        }
        book.insert(id, found.clone());
        self.moved.notify_one();
        Some(found)
    }

    /// Returns every order, oldest first.
    pub fn all(&self) -> Vec<Order> {
        let mut all: Vec<Order> = self.lock().values().cloned().collect();
        all.sort_by_key(|order| (order.created, order.id));
        all
    }

    /// Applies an event to an order and notifies its watchers. Returns `None` if the order is unknown.
    pub fn happen(&self, id: Uuid, event: &Event, now: u64) -> Option<Value> {
        self.change(id, now, |order, pace| {
            order.standing = lifecycle::step(&order.standing, event, pace, order.created, now);
        })
    }

    /// Overrides a field of later snapshots; null removes the override.
    pub fn tamper(&self, id: Uuid, field: &str, value: Value, now: u64) -> Option<Value> {
        self.change(id, now, |order, _| {
            if value.is_null() {
                order.tampered.remove(field);
            } else {
                order.tampered.insert(field.to_owned(), value);
            }
        })
    }

    /// Overrides a field of the next order, starting with the answer to its creation.
    pub fn tamper_next(&self, field: &str, value: Value) {
        self.next_lock().insert(field.to_owned(), value);
    }

    /// Subscribes to changes of all orders.
    pub fn watch(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// Advances every order that is due, and returns the next deadline.
    pub fn move_due(&self, now: u64) -> Option<u64> {
        let due = |order: &Order| order.standing.due.filter(|due| *due <= now);
        loop {
            // One step at a time: an order whose deadlines passed while the sandbox was off catches up step by
            // step, each counted from the previous deadline.
            let next = self.lock().values().find_map(|order| due(order).map(|due| (order.id, due)));
            let Some((id, at)) = next else { break };
            self.happen(id, &Event::Due, at);
        }
        self.lock().values().filter_map(|order| order.standing.due).min()
    }

    /// Waits until an order is added or changed.
    pub async fn moved(&self) {
        self.moved.notified().await;
    }

    fn change(&self, id: Uuid, now: u64, change: impl FnOnce(&mut Order, Pace)) -> Option<Value> {
        self.get(id)?;
        let mut book = self.lock();
        let order = book.get_mut(&id)?;
        change(order, self.pace);
        order.updated = now.max(order.updated);
        order.revision += 1;
        let (revision, json) = (order.revision, order.json());
        self.save(&book);
        // Sent under the lock, so that watchers receive changes in the order in which they happened. An error
        // only means that there are no receivers.
        let _nobody = self.news.send((id, revision, Arc::new(json.clone())));
        drop(book);
        self.moved.notify_one();
        Some(json)
    }

    fn save(&self, book: &BTreeMap<Uuid, Order>) {
        if let Some(store) = &self.store {
            store.write(book);
        }
    }

    fn next_lock(&self) -> MutexGuard<'_, BTreeMap<String, Value>> {
        self.tampered_next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Uuid, Order>> {
        // Changes are completed before the lock is released, so a poisoned lock can still be used.
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
