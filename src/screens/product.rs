//! Product: what exactly of a brand, how much, and what it costs in the chosen coin.

pub mod view;

use std::borrow::Cow;
use std::time::Duration;

use super::checkout::form::Form;
use super::cursor::Cursor;
use super::desk::{Desk, Toast};
use super::{Outcome, Page};
use crate::action::Action;
use crate::domain::catalogue::Brand;
use crate::domain::money::Amount;
use crate::domain::product::{Data, Description, Offer, Plan, Price, Product as Ware, Quote, Range, Shelf};
use crate::domain::purchase::{Choice, Item, MOST_DELIVERIES};
use crate::domain::time::Moment;
use crate::effect::{Effect, Effects, Family, PriceQuestion};
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::remote::{Remote, RequestId};

/// A price older than this is asked again before it is used (contract, section 2.7).
const PRICE_LIFE: Duration = Duration::from_secs(15);

/// What plans are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As the supplier has them.
    Supplier,
    /// By price, the lowest first.
    Price,
    /// By data, the most first.
    Data,
    /// By days, the longest first.
    Days,
}

/// The products of a brand, one of them marked.
#[derive(Debug)]
pub struct Product {
    /// The brand.
    pub brand: Brand,
    /// What it sells, once it is here.
    pub shelf: Remote<Shelf>,
    /// When the prices were told.
    pub priced: Option<Moment>,
    /// Which row is marked.
    pub cursor: Cursor,
    /// The rows: places of the shelf's products, sorted.
    pub rows: Vec<usize>,
    /// What plans are sorted by.
    pub order: Order,
    /// The face value that is typed, for a range.
    pub value: Field,
    /// What the typed face value costs.
    pub quote: Option<Remote<Quote>>,
    /// How many.
    pub quantity: u8,
    /// Whether the description is open.
    pub describing: bool,
    /// How many rows of the open description are scrolled away.
    pub scrolled: usize,
    /// What was filled in at a checkout that was left for this screen.
    pub draft: Option<Form>,
}

impl Product {
    /// Asks for the products of a brand.
    pub fn new(brand: Brand, desk: &Desk, effects: &mut Effects) -> Self {
        let shelf = Remote::Waiting(ask(&brand, desk, effects));
        Self {
            brand,
            shelf,
            priced: None,
            cursor: Cursor::default(),
            rows: Vec::new(),
            order: Order::Supplier,
            value: Field::default(),
            quote: None,
            quantity: 1,
            describing: false,
            scrolled: 0,
            draft: None,
        }
    }

    /// The marked product.
    pub fn marked(&self) -> Option<&Ware> {
        self.shelf.ready()?.products.get(*self.rows.get(self.cursor.at())?)
    }

    /// The range, when the marked product has one.
    pub fn range(&self) -> Option<&Range> {
        match &self.marked()?.offer {
            Offer::Range(range) => Some(range),
            Offer::Fixed { .. } => None,
        }
    }

    /// What the typed face value is, or why it is none.
    pub fn face_value(&self) -> Option<Result<Amount, String>> {
        let range = self.range()?;
        let text = self.value.text().trim().replace(',', ".");
        if text.is_empty() {
            return None;
        }
        let parsed = text.parse::<Amount>().map_err(|_| "this is not a number".to_owned());
        Some(parsed.and_then(|value| {
            // Whoever types 1,000 may mean a thousand: three digits are decimals only where steps are that fine.
            if value.value().scale() > range.step.value().normalize().scale().max(2) {
                return Err("it has too many decimals; write thousands without a separator".to_owned());
            }
            range.check(value).map(|()| value).map_err(|why| why.to_string())
        }))
    }

    /// The price of one of what is marked, when it is known.
    pub fn price(&self) -> Option<&Price> {
        match &self.marked()?.offer {
            Offer::Fixed { price, .. } => price.as_ref(),
            Offer::Range(_) => {
                let quote = self.quote.as_ref()?.ready()?;
                let value = self.face_value()?.ok()?;
                (quote.face_value == value).then_some(&quote.price)
            }
        }
    }

    /// Whether any of its products is a data plan.
    pub fn has_plans(&self) -> bool {
        let products = self.shelf.ready().map(|shelf| shelf.products.as_slice()).unwrap_or_default();
        products.iter().any(|ware| plan(ware).is_some())
    }

    fn stock(&mut self, shelves: Vec<Shelf>) -> Shelf {
        let brand = &self.brand;
        let mut shelves = shelves;
        let own = shelves
            .iter()
            .position(|shelf| shelf.brand.name == brand.name)
            .or_else(|| shelves.iter().position(|shelf| shelf.brand.id == brand.id));
        match own {
            Some(place) => shelves.swap_remove(place),
            None => Shelf { brand: brand.clone(), description: Description::default(), products: Vec::new() },
        }
    }

    fn sort(&mut self) {
        let Some(shelf) = self.shelf.ready() else { return };
        let marked = self.rows.get(self.cursor.at()).copied();
        let wares = &shelf.products;
        let mut rows: Vec<usize> = (0..wares.len()).collect();
        match self.order {
            Order::Supplier => {}
            Order::Price => rows.sort_by_key(|&row| price(&wares[row]).map(|price| price.amount)),
            Order::Data => {
                rows.sort_by_key(|&row| std::cmp::Reverse(plan(&wares[row]).map(|plan| plan.data)));
            }
            Order::Days => {
                rows.sort_by_key(|&row| std::cmp::Reverse(plan(&wares[row]).and_then(|plan| plan.days)));
            }
        }
        let again = marked.and_then(|marked| rows.iter().position(|&row| row == marked));
        self.rows = rows;
        self.cursor.to(again.unwrap_or_default());
    }

    fn ask_price(&mut self, desk: &Desk, effects: &mut Effects) {
        self.quote = match self.face_value() {
            Some(Ok(face_value)) => {
                let question = PriceQuestion {
                    brand: self.brand.name.clone(),
                    country: self.brand.country,
                    face_value,
                    coin: desk.tender.coin.clone(),
                };
                Some(Remote::Waiting(effects.ask(|id| Effect::QuotePrice(id, question))))
            }
            Some(Err(_)) | None => None,
        };
    }

    /// Asks for everything anew. The typed value is priced again once it is known what is sold.
    fn ask_again(&mut self, desk: &Desk, effects: &mut Effects) {
        self.shelf = Remote::Waiting(ask(&self.brand, desk, effects));
        self.quote = None;
    }

    /// Asks for a price anew when the one on the screen has grown old, so that nobody decides by it.
    fn refresh_price(&mut self, desk: &Desk, effects: &mut Effects) {
        let age = self.priced.map(|priced| desk.now.uptime.saturating_sub(priced.uptime));
        if age.is_some_and(|age| age > PRICE_LIFE) && self.range().is_some() {
            let waiting = matches!(self.quote, Some(Remote::Waiting(_)));
            if !waiting {
                self.ask_price(desk, effects);
            }
        }
    }

    /// Scrolls the open description; tells whether the command was one that scrolls.
    fn scroll(&mut self, command: Command, desk: &Desk) -> bool {
        let page = desk.list_rows();
        let last = self.shelf.ready().map_or(0, |shelf| view::rows_out_of_sight(shelf, desk.size));
        self.scrolled = match command {
            Command::Up => self.scrolled.saturating_sub(1),
            Command::Down => self.scrolled + 1,
            Command::PageUp => self.scrolled.saturating_sub(page),
            Command::PageDown => self.scrolled + page,
            Command::First => 0,
            Command::Last => last,
            _ => return false,
        }
        .min(last);
        true
    }

    /// What is decided so far, or what is still missing; nothing while there is nothing to choose.
    fn item(&self) -> Option<Result<Item, String>> {
        let ware = self.marked()?;
        let choice = match &ware.offer {
            Offer::Fixed { denomination, label, .. } => {
                Choice::Fixed { denomination: denomination.clone(), label: label.clone() }
            }
            Offer::Range(range) => match self.face_value() {
                Some(Ok(value)) => Choice::Range { value, currency: range.currency.clone() },
                Some(Err(why)) => return Some(Err(format!("Not a value that is sold: {why}."))),
                None => return Some(Err(format!("Type a value from {} to {}.", range.min, range.max))),
            },
        };
        Some(Ok(Item {
            brand: self.brand.name.clone(),
            family: self.brand.family.clone(),
            country: self.brand.country,
            choice,
            delivery: ware.delivery,
            quantity: self.quantity,
        }))
    }

    /// Goes on with what is decided, as the outcome says.
    fn decide(&self, outcome: fn(Box<Item>, Option<Amount>) -> Outcome) -> Option<Outcome> {
        Some(match self.item()? {
            Ok(item) => outcome(Box::new(item), self.price().map(|price| price.amount)),
            Err(missing) => warn(missing),
        })
    }
}

/// The plan of a product, when it is one.
pub fn plan(ware: &Ware) -> Option<Plan> {
    match &ware.offer {
        Offer::Fixed { plan, .. } => *plan,
        Offer::Range(_) => None,
    }
}

fn price(ware: &Ware) -> Option<&Price> {
    match &ware.offer {
        Offer::Fixed { price, .. } => price.as_ref(),
        Offer::Range(_) => None,
    }
}

/// The price of a gigabyte, rounded to the price's own digits; nothing for unlimited plans.
pub fn price_per_gigabyte(ware: &Ware) -> Option<Amount> {
    let (plan, price) = (plan(ware)?, price(ware)?);
    let Data::Megabytes(megabytes @ 1..) = plan.data else { return None };
    let thousandths = price.amount.value().checked_mul(1000.into())?;
    let exact = thousandths.checked_div(megabytes.into())?;
    Amount::new(exact.round_dp(price.amount.value().scale().max(2)))
}

fn warn(sentence: String) -> Outcome {
    Outcome::Said(Toast::Warning(sentence))
}

fn ask(brand: &Brand, desk: &Desk, effects: &mut Effects) -> RequestId {
    let family = Family {
        country: brand.country,
        name: brand.family.clone(),
        coin: desk.tender.coin.clone(),
        lang: desk.lang,
    };
    effects.ask(|id| Effect::FetchShelves(id, family))
}

impl Page for Product {
    fn title(&self, _desk: &Desk) -> Cow<'_, str> {
        self.brand.name.shown().into()
    }

    fn offers(&self, _desk: &Desk) -> Vec<Command> {
        let mut offers = Vec::new();
        match &self.shelf {
            Remote::Waiting(_) => {}
            Remote::Failed(_) => offers.push(Command::Retry),
            Remote::Ready(_) => {
                offers.extend([Command::Choose, Command::AddToCart, Command::More, Command::Fewer]);
                offers.push(Command::Describe);
                if self.has_plans() {
                    offers.push(Command::Sort);
                }
                if matches!(self.quote, Some(Remote::Failed(_))) {
                    offers.push(Command::Retry);
                }
            }
        }
        offers.extend([Command::ChooseTender, Command::ShowCart, Command::Orders]);
        offers.extend([Command::Help, Command::Back, Command::Quit]);
        offers.extend([
            Command::Up,
            Command::Down,
            Command::PageUp,
            Command::PageDown,
            Command::First,
            Command::Last,
        ]);
        offers
    }

    fn typing(&self) -> Typing {
        if self.range().is_some() && !self.describing { Typing::Number } else { Typing::Off }
    }

    fn field(&mut self) -> Option<&mut Field> {
        if self.range().is_some() && !self.describing { Some(&mut self.value) } else { None }
    }

    fn edited(&mut self, desk: &Desk, effects: &mut Effects) {
        self.ask_price(desk, effects);
    }

    fn obey(&mut self, command: Command, desk: &Desk, effects: &mut Effects) -> Option<Outcome> {
        if self.describing && self.scroll(command, desk) {
            return None;
        }
        if self.cursor.obey(command, self.rows.len(), desk.list_rows()) {
            self.refresh_price(desk, effects);
            return None;
        }
        match command {
            Command::Choose | Command::Back if self.describing => self.describing = false,
            Command::Choose => return self.decide(Outcome::ItemChosen),
            Command::AddToCart => return self.decide(Outcome::AddedToCart),
            Command::More => self.quantity = (self.quantity + 1).min(MOST_DELIVERIES),
            Command::Fewer => self.quantity = self.quantity.saturating_sub(1).max(1),
            Command::Describe => {
                self.describing = !self.describing;
                self.scrolled = 0;
            }
            Command::Sort => {
                self.order = match self.order {
                    Order::Supplier => Order::Price,
                    Order::Price => Order::Data,
                    Order::Data => Order::Days,
                    Order::Days => Order::Supplier,
                };
                self.sort();
            }
            Command::Retry => self.ask_again(desk, effects),
            Command::Back => return Some(Outcome::Left),
            _ => {}
        }
        self.refresh_price(desk, effects);
        None
    }

    fn hear(&mut self, fact: &Action, desk: &Desk, effects: &mut Effects) -> Option<Outcome> {
        match fact {
            Action::ShelvesFetched(id, answer) => {
                let answer = answer.clone().map(|shelves| self.stock(shelves));
                if self.shelf.settle(*id, answer) {
                    self.priced = Some(desk.now);
                    self.sort();
                    if let (true, Some(default)) =
                        (self.value.is_empty(), self.range().and_then(|range| range.default))
                    {
                        self.value = Field::with(&default.value().normalize().to_string());
                    }
                    self.ask_price(desk, effects);
                }
            }
            Action::PriceQuoted(id, answer) => {
                if let Some(quote) = &mut self.quote
                    && quote.settle(*id, answer.clone())
                {
                    self.priced = Some(desk.now);
                }
            }
            _ => {}
        }
        None
    }

    fn tender_changed(&mut self, desk: &Desk, effects: &mut Effects) {
        self.ask_again(desk, effects);
    }

    fn basket(&self, _desk: &Desk) -> Vec<Item> {
        self.item().and_then(Result::ok).into_iter().collect()
    }

    fn awaits(&self) -> Vec<RequestId> {
        let quote = self.quote.as_ref().and_then(Remote::awaited);
        self.shelf.awaited().into_iter().chain(quote).collect()
    }
}
