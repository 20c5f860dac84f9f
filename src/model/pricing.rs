//! What things cost in a coin: the prices that were told, and questions for those that are missing.

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

/// The prices that were told. They help to choose; what is paid stands on the receipt.
#[derive(Debug, Default)]
pub struct PriceBook(Vec<Told>);

#[derive(Debug)]
struct Told {
    item: Item,
    coin: Verbatim,
    price: Option<Amount>,
    at: Duration,
}

/// So many prices are kept; the oldest make room.
const MOST_TOLD: usize = 400;
/// A price of this age is asked again when somebody looks at it.
const LIFE: Duration = Duration::from_secs(60);
/// So many questions are on their way at a time: the shop is never flooded (contract, section 5.4).
const AT_ONCE: usize = 2;

impl PriceBook {
    /// Keeps the price of one of an item, or that it has none.
    pub fn learn(&mut self, item: Item, coin: Verbatim, price: Option<Amount>, at: Duration) {
        self.0.retain(|told| !told.is_about(&item, &coin));
        if self.0.len() >= MOST_TOLD {
            self.0.remove(0);
        }
        self.0.push(Told { item, coin, price, at });
    }

    /// The price of one of an item, when it was told.
    pub fn of(&self, item: &Item, coin: &Verbatim) -> Option<Amount> {
        self.told(item, coin)?.price
    }

    /// What all of it costs, when every price was told.
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

/// StartPolicy for prices, the most wanted first, a few at a time.
#[derive(Debug, Default)]
pub struct Pricing {
    wanted: VecDeque<ItemQuestion>,
    open: Vec<(RequestId, ItemQuestion)>,
    failed: Vec<(ItemQuestion, Failure)>,
}

impl Pricing {
    /// Drops what was not asked yet, since it is not looked at any more.
    pub fn look_elsewhere(&mut self) {
        self.wanted.clear();
    }

    /// Forgets what failed, so that it may be asked again.
    pub fn forgive(&mut self) {
        self.failed.clear();
    }

    /// Wants the prices of items in a coin, unless they are known or on their way.
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

    /// Sends as many questions as may be on their way.
    pub fn ask(&mut self, effects: &mut Effects) {
        while self.open.len() < AT_ONCE {
            let Some(question) = self.wanted.pop_front() else { return };
            let asked = Box::new(question.clone());
            self.open.push((effects.ask(|id| Effect::PriceItem(id, asked)), question));
        }
    }

    /// Takes an answer if it is one that is awaited, and asks on.
    pub fn answer(&mut self, id: RequestId, failure: Option<Failure>, effects: &mut Effects) {
        let Some(place) = self.open.iter().position(|(open, _)| *open == id) else { return };
        let (_, question) = self.open.remove(place);
        self.failed.extend(failure.map(|failure| (question, failure)));
        self.ask(effects);
    }

    /// Whether any price in a coin is still to come.
    pub fn is_asking(&self, coin: &Verbatim) -> bool {
        let open = self.open.iter().map(|(_, question)| question);
        open.chain(&self.wanted).any(|question| question.coin == *coin)
    }

    /// Why a price in a coin has not come yet, where the shop has to be asked again.
    pub fn delay(&self, coin: &Verbatim, model: &Model) -> Option<String> {
        // One that was not asked yet waits for those that are on their way.
        self.pending_requests().filter(|_| self.is_asking(coin)).find_map(|id| model.delay_of(id))
    }

    /// Why a price in a coin is missing, when it was asked in vain.
    pub fn failure(&self, coin: &Verbatim) -> Option<&Failure> {
        let found = self.failed.iter().find(|(question, _)| question.coin == *coin);
        found.map(|(_, failure)| failure)
    }

    /// The questions that are on their way.
    pub fn pending_requests(&self) -> impl Iterator<Item = RequestId> {
        self.open.iter().map(|(id, _)| *id)
    }
}
