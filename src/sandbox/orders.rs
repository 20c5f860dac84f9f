//! The orders of the sandbox: what is known of each, who watches them, and what moves them.

pub mod delivered;
pub mod json;
pub mod line;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::{Notify, broadcast};
use uuid::Uuid;

use super::lifecycle::{self, Event, Pace, Seen, Standing};
use super::store::Store;
pub use line::Line;

/// One order, as the file keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Order {
    /// Its id; whoever knows it may read its codes.
    pub id: Uuid,
    /// Unix milliseconds.
    pub created: u64,
    /// Unix milliseconds.
    pub updated: u64,
    /// Counts the changes; of two copies the higher one is the later one.
    pub revision: u64,
    /// Where it stands.
    pub standing: Standing,
    /// `payment.payment_via`.
    pub via: String,
    /// `payment.coin`.
    pub coin: String,
    /// `payment.network`.
    pub network: String,
    /// What is to be paid, in coin units.
    pub coin_amount: String,
    /// What it would be without a coupon.
    pub original_coin_amount: String,
    /// Its value in EUR.
    pub payment_value: String,
    /// Where to pay.
    pub wallet_address: String,
    /// What the shop puts into its QR code; not every rail has one.
    pub qr_text: Option<String>,
    /// Who buys.
    pub email: String,
    /// Where a refund would go.
    pub refund_wallet_address: Option<String>,
    /// The coupon that was taken.
    pub coupon: Option<String>,
    /// What is bought.
    pub lines: Vec<Line>,
    /// Fields that a control route has falsified.
    #[serde(default)]
    pub tampered: BTreeMap<String, Value>,
}

impl Order {
    /// What has been received so far, in coin units.
    pub fn sent(&self) -> String {
        let Ok(price) = self.coin_amount.parse::<rust_decimal::Decimal>() else {
            return "0".to_owned();
        };
        let hundredths = match self.standing.seen {
            Seen::Nothing => return "0".to_owned(),
            Seen::Exactly => return self.coin_amount.clone(),
            Seen::Part => 50,
            Seen::TooMuch => 101,
        };
        let share = price * rust_decimal::Decimal::new(hundredths, 2);
        share.round_dp(price.scale().max(2)).to_string()
    }

    /// The Order object of the contract.
    pub fn json(&self) -> Value {
        json::order(self)
    }
}

/// A change that streams tell: the order, its revision and its new snapshot.
pub type News = (Uuid, u64, Arc<Value>);

/// All orders, the file they live in, and those who watch them.
#[derive(Debug)]
pub struct Orders {
    pace: Pace,
    book: Mutex<BTreeMap<Uuid, Order>>,
    store: Option<Store>,
    /// What will be false about the next order.
    tampered_next: Mutex<BTreeMap<String, Value>>,
    news: broadcast::Sender<News>,
    /// Wakes the task that moves orders when an earlier deadline may have come up.
    moved: Notify,
}

impl Orders {
    /// The orders of the file, or none.
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

    /// How fast they move.
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// Takes a new order, on disk before anybody hears of it.
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

    /// The order with this id; another sandbox on the same file may have opened it.
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

    /// Every order, oldest first.
    pub fn all(&self) -> Vec<Order> {
        let mut all: Vec<Order> = self.lock().values().cloned().collect();
        all.sort_by_key(|order| (order.created, order.id));
        all
    }

    /// Lets something happen to an order and tells its watchers; `None` if it is unknown.
    pub fn happen(&self, id: Uuid, event: &Event, now: u64) -> Option<Value> {
        self.change(id, now, |order, pace| {
            order.standing = lifecycle::step(&order.standing, event, pace, order.created, now);
        })
    }

    /// Falsifies a field of the snapshots to come; null takes it back.
    pub fn tamper(&self, id: Uuid, field: &str, value: Value, now: u64) -> Option<Value> {
        self.change(id, now, |order, _| {
            if value.is_null() {
                order.tampered.remove(field);
            } else {
                order.tampered.insert(field.to_owned(), value);
            }
        })
    }

    /// Falsifies a field of the next order, from the answer to its creation on.
    pub fn tamper_next(&self, field: &str, value: Value) {
        self.next_lock().insert(field.to_owned(), value);
    }

    /// News of all orders from now on.
    pub fn watch(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// Moves every order that is due, and says when the next one is.
    pub fn move_due(&self, now: u64) -> Option<u64> {
        let due = |order: &Order| order.standing.due.filter(|due| *due <= now);
        loop {
            // One step at a time: an order that slept while the sandbox was off catches up step by step,
            // each counted from the deadline of the one before.
            let next = self.lock().values().find_map(|order| due(order).map(|due| (order.id, due)));
            let Some((id, at)) = next else { break };
            self.happen(id, &Event::Due, at);
        }
        self.lock().values().filter_map(|order| order.standing.due).min()
    }

    /// Comes back when an order was opened or changed.
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
        // Sent under the lock, so that watchers hear of changes in the order in which they happened. An
        // error only says that nobody listens.
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
        // Changes are made whole before the lock is let go, so a poisoned book is still a good one.
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
