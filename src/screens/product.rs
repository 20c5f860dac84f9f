//! Product: the choice of a brand's product, its value and quantity, with the price in the chosen coin.

mod shelf;
mod value;
pub mod plain;
pub mod view;

use std::borrow::Cow;
use std::time::Duration;

use super::checkout::form::Form;
use super::{Screen, ScreenEvent};
use crate::action::Action;
use crate::domain::catalogue::Brand;
use crate::domain::money::Amount;
use crate::domain::product::{Data, Offer, Plan, Price, Product as Ware, ProductGroup, Quote, Range};
use crate::domain::purchase::{Choice, Item, MOST_DELIVERIES};
use crate::domain::time::Moment;
use crate::effect::Effects;
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::layout::Spot;
use crate::list::{Cursor, MOVES};
use crate::model::{Model, Toast};
use crate::remote::{Recalled, Remote, RequestId};
use shelf::ask;

/// A price older than this is requested again before it is used (contract, section 2.7).
const PRICE_LIFE: Duration = Duration::from_secs(15);

/// The sort order of plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The supplier's order.
    Supplier,
    /// By price, the lowest first.
    Price,
    /// By data, the most first.
    Data,
    /// By days, the longest first.
    Days,
    /// By the price per gigabyte, the lowest first.
    PerGigabyte,
}

/// The commands the screen can offer together, for each of its modes, except the global ones.
pub const COMMANDS: &[&[Command]] = &[&[
    Command::Retry,
    Command::Choose,
    Command::More,
    Command::Fewer,
    Command::AddToCart,
    Command::ShowCart,
    Command::NextPick,
    Command::PreviousPick,
    Command::Describe,
    Command::Sort,
    Command::Up,
    Command::Down,
    Command::PageUp,
    Command::PageDown,
    Command::First,
    Command::Last,
]];

/// The products of a brand, one of them marked.
#[derive(Debug)]
pub struct Product {
    /// The brand.
    pub brand: Brand,
    /// The brand's products.
    pub shelf: Remote<ProductGroup>,
    /// The age and renewal of the products while they are from the cache.
    pub recalled: Option<Recalled>,
    /// When the shop gave the prices of the listed products.
    pub priced: Option<Moment>,
    /// When the shop gave the price of the typed face value.
    pub quoted: Option<Moment>,
    /// The request that renews all prices while the old ones are still shown.
    repricing: Option<RequestId>,
    /// The marked row.
    pub cursor: Cursor,
    /// The rows: indices into the products, in the current order.
    pub rows: Vec<usize>,
    /// The sort order of plans.
    pub order: Order,
    /// The typed face value, for a range.
    pub value: Field,
    /// The price of the typed face value.
    pub quote: Option<Remote<Quote>>,
    /// The quantity.
    pub quantity: u8,
    /// Whether the description is open.
    pub describing: bool,
    /// How many rows the open description is scrolled down.
    pub scrolled: usize,
    /// The form of a checkout that was left for this screen.
    pub draft: Option<Form>,
}

impl Product {
    /// Creates the screen and requests the products of a brand.
    pub fn new(brand: Brand, model: &Model, effects: &mut Effects) -> Self {
        let shelf = Remote::Waiting(ask(&brand, model, effects));
        Self {
            brand,
            shelf,
            recalled: None,
            priced: None,
            quoted: None,
            repricing: None,
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

    /// Returns the marked product.
    pub fn marked(&self) -> Option<&Ware> {
        self.shelf.ready()?.products.get(*self.rows.get(self.cursor.at())?)
    }

    /// Returns the marked product's range of face values, if it has one.
    pub fn range(&self) -> Option<&Range> {
        match &self.marked()?.offer {
            Offer::Range(range) => Some(range),
            Offer::Fixed { .. } => None,
        }
    }

    /// Returns the unit price of the marked product, if it is known.
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

    /// Returns whether any of the products is a data plan.
    pub fn has_plans(&self) -> bool {
        let products = self.shelf.ready().map(|shelf| shelf.products.as_slice()).unwrap_or_default();
        products.iter().any(|ware| plan(ware).is_some())
    }

    /// Returns when the shop gave the price of the marked product.
    pub fn told_at(&self) -> Option<Moment> {
        if self.range().is_some() { self.quoted } else { self.priced }
    }

    /// Returns the age of the marked product's price.
    pub fn price_age(&self, model: &Model) -> Option<Duration> {
        self.told_at().map(|told| model.now.uptime.saturating_sub(told.uptime))
    }

    /// Scrolls the open description; returns whether the command was one that scrolls.
    fn scroll(&mut self, command: Command, model: &Model) -> bool {
        let page = model.list_rows();
        let last = self.shelf.ready().map_or(0, |shelf| view::rows_out_of_sight(shelf, model.size));
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

    /// Returns the item as chosen so far, or what is missing as an error. Returns `None` if no product is
    /// marked.
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
            brand: self.brand.name().into(),
            family: self.brand.family().into(),
            country: self.brand.country,
            choice,
            delivery: ware.delivery,
            quantity: self.quantity,
        }))
    }

    /// Returns the event for the chosen item, or a warning about what is missing.
    fn decide(&self, outcome: fn(Box<Item>, Option<Amount>) -> ScreenEvent) -> Option<ScreenEvent> {
        Some(match self.item()? {
            Ok(item) => outcome(Box::new(item), self.price().map(|price| price.amount)),
            Err(missing) => warn(missing),
        })
    }
}

/// Returns the data plan of a product, if it is one.
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

/// Returns the price per gigabyte, rounded to the price's own digits but at least two; `None` for unlimited
/// plans.
pub fn price_per_gigabyte(ware: &Ware) -> Option<Amount> {
    let (plan, price) = (plan(ware)?, price(ware)?);
    let Data::Megabytes(megabytes @ 1..) = plan.data else { return None };
    let thousandths = price.amount.value().checked_mul(1000.into())?;
    let exact = thousandths.checked_div(megabytes.into())?;
    Amount::new(exact.round_dp(price.amount.value().scale().max(2)))
}

fn warn(sentence: String) -> ScreenEvent {
    ScreenEvent::Said(Toast::Warning(sentence))
}

impl Screen for Product {
    fn title(&self, _model: &Model) -> Cow<'_, str> {
        self.brand.name().shown().into()
    }

    fn commands(&self, _model: &Model) -> Vec<Command> {
        let mut commands = Vec::new();
        match &self.shelf {
            Remote::Waiting(_) => {}
            Remote::Failed(_) => commands.push(Command::Retry),
            Remote::Ready(_) => {
                commands.extend([Command::Choose, Command::AddToCart]);
                // The quantity cannot be changed while the description covers it.
                let quantity: &[Command] =
                    if self.describing { &[] } else { &[Command::More, Command::Fewer] };
                // Plans are compared and usually bought singly, so in a narrow footer the quantity is dropped
                // first.
                if self.has_plans() && !self.describing {
                    commands.extend([Command::Sort, Command::Describe]);
                    commands.extend(quantity);
                } else {
                    commands.extend(quantity);
                    commands.push(Command::Describe);
                }
                if self.range().is_some() && !self.describing {
                    commands.extend([Command::NextPick, Command::PreviousPick]);
                }
                let in_vain = self.recalled.as_ref().is_some_and(|recalled| recalled.renewal.is_err());
                if in_vain || matches!(self.quote, Some(Remote::Failed(_))) {
                    commands.push(Command::Retry);
                }
            }
        }
        commands.extend([Command::ChooseTender, Command::ShowCart, Command::Orders]);
        commands.extend([Command::Help, Command::Back, Command::Quit]);
        commands.extend(MOVES);
        commands
    }

    fn typing(&self) -> Typing {
        if self.range().is_some() && !self.describing { Typing::Number } else { Typing::Off }
    }

    fn field(&mut self) -> Option<&mut Field> {
        if self.range().is_some() && !self.describing { Some(&mut self.value) } else { None }
    }

    fn edited(&mut self, model: &Model, effects: &mut Effects) {
        self.ask_price(model, effects);
    }

    fn row_at(&self, _model: &Model, spot: Spot) -> Option<(usize, usize)> {
        let rows = view::rows(self, spot.area);
        let shown = self.shelf.ready().filter(|_| !self.describing);
        shown.and_then(|_| self.cursor.seen(rows.height, self.rows.len()).at(spot, rows))
    }

    fn on_command(&mut self, command: Command, model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        if self.describing && self.scroll(command, model) {
            return None;
        }
        let before = self.cursor.at();
        if self.cursor.on_command(command, self.rows.len(), model.list_rows()) {
            if self.cursor.at() != before {
                self.arrive(model, effects);
            }
            self.refresh_price(model, effects);
            return None;
        }
        match command {
            Command::Choose | Command::Back if self.describing => self.describing = false,
            Command::Choose => return self.decide(ScreenEvent::ItemChosen),
            Command::AddToCart => return self.decide(ScreenEvent::AddedToCart),
            Command::More => self.quantity = (self.quantity + 1).min(MOST_DELIVERIES),
            Command::NextPick => self.pick(true, model, effects),
            Command::PreviousPick => self.pick(false, model, effects),
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
                    Order::Days => Order::PerGigabyte,
                    Order::PerGigabyte => Order::Supplier,
                };
                self.sort();
            }
            Command::Retry => self.ask_again(model, effects),
            Command::Back => return Some(ScreenEvent::Left),
            _ => {}
        }
        self.refresh_price(model, effects);
        None
    }

    fn on_action(&mut self, action: &Action, model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        match action {
            Action::ProductsRecalled(id, last) if self.shelf.awaited() == Some(*id) => {
                self.recall(*id, last);
            }
            Action::ProductsFetched(id, answer) if self.asks(*id) => {
                self.take(*id, answer.clone(), model, effects);
            }
            Action::PriceQuoted(id, answer) => {
                if let Some(quote) = &mut self.quote
                    && quote.answer(*id, answer.clone())
                {
                    self.quoted = Some(model.now);
                }
            }
            _ => {}
        }
        None
    }

    fn tender_changed(&mut self, model: &Model, effects: &mut Effects) {
        self.repricing = None;
        self.ask_again(model, effects);
    }

    fn basket(&self, _model: &Model) -> Vec<Item> {
        self.item().and_then(Result::ok).into_iter().collect()
    }

    fn pending_requests(&self) -> Vec<RequestId> {
        let quote = self.quote.as_ref().and_then(Remote::awaited);
        let renewal = self.recalled.as_ref().and_then(Recalled::awaited);
        self.shelf.awaited().into_iter().chain(quote).chain(renewal).chain(self.repricing).collect()
    }

    fn leads_to_an_order(&self) -> bool {
        true
    }

    fn pictured(&self, model: &Model) -> Option<&Brand> {
        let shown = self.describing || view::has_description_beside(model.size);
        (shown && self.shelf.ready().is_some()).then_some(&self.brand)
    }
}
