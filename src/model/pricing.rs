//! Prices in a coin: a cache of known ones, and requests for missing ones.

use std::collections::VecDeque;
use std::time::Duration;

use super::Model;
use crate::domain::failure::Failure;
use crate::domain::money::Amount;
use crate::domain::purchase::Item;
use crate::domain::request::ItemQuestion;
use crate::domain::text::Verbatim;
use crate::effect::{Effect, Effects};
use crate::remote::RequestId;

/// The known prices. They are for orientation only; the amount to pay is on the receipt.
#[derive(Debug, Default)]
pub struct PriceBook(Vec<Told>);

#[derive(Debug)]
struct Told {
    item: Item,
    coin: Verbatim,
    price: Option<Amount>,
    at: Duration,
}

/// The maximum number of cached prices; the oldest are dropped.
const MOST_TOLD: usize = 400;
/// A price older than this is requested again when it is shown.
const LIFE: Duration = Duration::from_secs(60);
/// The maximum number of requests in flight, so as not to flood the shop (contract, section 5.4).
const AT_ONCE: usize = 2;

impl PriceBook {
    /// Stores the unit price of an item, or that it has none.
    pub fn learn(&mut self, item: Item, coin: Verbatim, price: Option<Amount>, at: Duration) {
        self.0.retain(|told| !told.is_about(&item, &coin));
        if self.0.len() >= MOST_TOLD {
            self.0.remove(0);
        }
        self.0.push(Told { item, coin, price, at });
    }

    /// The unit price of an item, if known.
    pub fn of(&self, item: &Item, coin: &Verbatim) -> Option<Amount> {
        self.told(item, coin)?.price
    }

    /// The total price of the items, if every price is known.
    pub fn total(&self, items: &[Item], coin: &Verbatim) -> Option<Amount> {
        let costs = |item: &Item| self.of(item, coin)?.times(u32::from(item.quantity));
        let mut costs = items.iter().map(costs);
        let first = costs.next()??;
        costs.try_fold(first, |sum, cost| sum.plus(cost?))
    }

    fn told(&self, item: &Item, coin: &Verbatim) -> Option<&Told> {
        self.0.iter().find(|told| told.is_about(item, coin))
    }

    fn is_fresh(&self, item: &Item, coin: &Verbatim, now: Duration) -> bool {
        self.told(item, coin).is_some_and(|told| now.saturating_sub(told.at) < LIFE)
    }
}

impl Told {
    fn is_about(&self, item: &Item, coin: &Verbatim) -> bool {
        self.coin == *coin && self.item.is_same_goods(item)
    }
}

/// Requests for prices: queued, the most wanted first, and sent a few at a time.
#[derive(Debug, Default)]
pub struct Pricing {
    wanted: VecDeque<ItemQuestion>,
    open: Vec<(RequestId, ItemQuestion)>,
    failed: Vec<(ItemQuestion, Failure)>,
}

impl Pricing {
    /// Drops the queued requests, since their items are no longer shown.
    pub fn look_elsewhere(&mut self) {
        self.wanted.clear();
    }

    /// Clears the failures, so that those prices can be requested again.
    pub fn forgive(&mut self) {
        self.failed.clear();
    }

    /// Queues requests for the prices of items in a coin, except those that are fresh, pending or failed.
    pub fn want(&mut self, items: &[Item], coin: &Verbatim, model: &Model) {
        for item in items {
            let asks = |question: &ItemQuestion| question.coin == *coin && question.item.is_same_goods(item);
            let known = model.prices.is_fresh(item, coin, model.now.uptime)
                || self.wanted.iter().any(asks)
                || self.open.iter().any(|(_, question)| asks(question))
                || self.failed.iter().any(|(question, _)| asks(question));
            if !known {
                let (item, coin) = (item.clone(), coin.clone());
                self.wanted.push_back(ItemQuestion { item, coin, lang: model.lang });
            }
        }
    }

    /// Sends queued requests up to the limit.
    pub fn ask(&mut self, effects: &mut Effects) {
        while self.open.len() < AT_ONCE {
            let Some(question) = self.wanted.pop_front() else { return };
            let asked = Box::new(question.clone());
            self.open.push((effects.ask(|id| Effect::PriceItem(id, asked)), question));
        }
    }

    /// Handles the answer to a pending request and sends the next ones.
    pub fn answer(&mut self, id: RequestId, failure: Option<Failure>, effects: &mut Effects) {
        let Some(place) = self.open.iter().position(|(open, _)| *open == id) else { return };
        let (_, question) = self.open.remove(place);
        self.failed.extend(failure.map(|failure| (question, failure)));
        self.ask(effects);
    }

    /// Returns whether any price in a coin is pending or queued.
    pub fn is_asking(&self, coin: &Verbatim) -> bool {
        let open = self.open.iter().map(|(_, question)| question);
        open.chain(&self.wanted).any(|question| question.coin == *coin)
    }

    /// Why a price in a coin is delayed, if the request for it is being retried.
    pub fn delay(&self, coin: &Verbatim, model: &Model) -> Option<String> {
        // A queued request waits for those in flight.
        self.pending_requests().filter(|_| self.is_asking(coin)).find_map(|id| model.delay_of(id))
    }

    /// Why a price in a coin is missing, if the request for it failed.
    pub fn failure(&self, coin: &Verbatim) -> Option<&Failure> {
        let found = self.failed.iter().find(|(question, _)| question.coin == *coin);
        found.map(|(_, failure)| failure)
    }

    /// The requests in flight.
    pub fn pending_requests(&self) -> impl Iterator<Item = RequestId> {
        self.open.iter().map(|(id, _)| *id)
    }
}
