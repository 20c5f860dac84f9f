//! Tender: the coin to pay with, and its network.

pub mod plain;
pub mod view;

use std::borrow::Cow;

use super::{Screen, ScreenEvent};
use crate::action::Action;
use crate::domain::money::Amount;
use crate::domain::purchase::Item;
use crate::domain::tender::{PaymentMethod, Tender};
use crate::effect::Effects;
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::layout::Spot;
use crate::list::{Cursor, FilteredList, MOVES};
use crate::model::pricing::Pricing;
use crate::model::{Model, Toast};
use crate::remote::RequestId;
use crate::search::Index;

/// The commands the screen can offer together, for each of its modes, except the global ones.
pub const COMMANDS: &[&[Command]] = &[&[
    Command::Choose,
    Command::Retry,
    Command::Up,
    Command::Down,
    Command::PageUp,
    Command::PageDown,
    Command::First,
    Command::Last,
]];

/// The payment methods that match the filter. Suspended ones come last and cannot be chosen.
#[derive(Debug)]
pub struct TenderChoice {
    /// The payment methods that match the filter, copied from the model.
    pub list: FilteredList<PaymentMethod>,
    /// The items being bought, for showing their total in each coin.
    pub basket: Vec<Item>,
    /// The requests for missing prices.
    pub pricing: Pricing,
}

impl TenderChoice {
    /// Creates the list of all payment methods with the current one marked, and requests missing prices.
    pub fn new(basket: Vec<Item>, model: &Model, effects: &mut Effects) -> Self {
        let mut screen = Self { list: FilteredList::default(), basket, pricing: Pricing::default() };
        screen.refilter(model);
        screen.ask(model, effects);
        screen
    }

    /// Requests the basket's price in the visible coins, the marked one first. The total of several lines
    /// takes several requests, so then only the marked coin is requested.
    fn ask(&mut self, model: &Model, effects: &mut Effects) {
        self.pricing.look_elsewhere();
        let top = self.list.cursor.top(model.list_rows(), self.list.shown.len());
        let seen = self.list.shown.iter().skip(top).take(model.list_rows());
        let marked = self.list.marked();
        let others = seen.filter(|_| self.basket.len() == 1);
        for payment_method in
            marked.into_iter().chain(others).filter(|payment_method| !payment_method.suspended)
        {
            self.pricing.want(&self.basket, &payment_method.tender.coin, model);
        }
        self.pricing.ask(effects);
    }

    /// Returns the basket's total with a payment method, if all its prices are known.
    pub fn total(&self, payment_method: &PaymentMethod, model: &Model) -> Option<Amount> {
        model.prices.total(&self.basket, &payment_method.tender.coin)
    }

    /// Returns a sentence on why a payment method cannot be used for the basket, or is below the minimum.
    pub fn remark(&self, payment_method: &PaymentMethod, model: &Model) -> Option<String> {
        let PaymentMethod { tender, suspended, minimum, .. } = payment_method;
        if *suspended {
            return Some(format!("{tender} takes no payments at the moment."));
        }
        if let Some(brand) = model.refuses(&self.basket, tender) {
            return Some(format!("{brand} does not take {tender}."));
        }
        let (least, total) = (minimum.as_ref()?, self.total(payment_method, model)?);
        (total < *least).then(|| {
            let least = least.rounded_up();
            format!("An order on {} has to be at least {least} {}.", tender.network, tender.coin)
        })
    }

    fn refilter(&mut self, model: &Model) {
        let all =
            model.payment_methods.ready().map(crate::domain::tender::PaymentMethods::all).unwrap_or_default();
        let mut index = Index::new(
            all.iter()
                .map(|payment_method| (payment_method.tender.coin.shown(), ways_to_say(payment_method))),
        );
        let found = index.find(self.list.filter.text(), &model.scratch).iter();
        let mut shown: Vec<PaymentMethod> = found.filter_map(|&place| all.get(place).cloned()).collect();
        shown.sort_by_key(|payment_method| {
            (payment_method.suspended, model.refuses(&self.basket, &payment_method.tender).is_some())
        });
        self.list.show(shown);
        if self.list.filter.is_empty() {
            self.list.mark_again(Cursor::default(), |payment_method| payment_method.tender == model.tender);
        }
    }
}

/// Returns the search text of a payment method besides its coin: its networks, and coin and network together
/// as shown on screen and as people say them.
fn ways_to_say(payment_method: &PaymentMethod) -> String {
    let PaymentMethod { tender: Tender { coin, network, .. }, network_name, .. } = payment_method;
    let coin = coin.shown();
    format!("{coin} {network} {coin} {network_name} {coin} on {network} {coin}·{network} {coin}")
}

impl Screen for TenderChoice {
    fn title(&self, _model: &Model) -> Cow<'_, str> {
        "Pay with".into()
    }

    fn commands(&self, model: &Model) -> Vec<Command> {
        let mut commands = Vec::with_capacity(11);
        if !self.list.shown.is_empty() {
            commands.push(Command::Choose);
        }
        if model.lacks_payment_methods() {
            commands.push(Command::Retry);
        }
        commands.extend([Command::Help, Command::Back, Command::Quit]);
        commands.extend(MOVES);
        commands
    }

    fn typing(&self) -> Typing {
        Typing::Text
    }

    fn field(&mut self) -> Option<&mut Field> {
        Some(&mut self.list.filter)
    }

    fn edited(&mut self, model: &Model, effects: &mut Effects) {
        self.refilter(model);
        self.ask(model, effects);
    }

    fn row_at(&self, model: &Model, spot: Spot) -> Option<(usize, usize)> {
        let rows = view::rows(model, spot.area);
        model.payment_methods.ready().and_then(|_| self.list.seen(rows.height).at(spot, rows))
    }

    fn on_command(&mut self, command: Command, model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        if self.list.on_command(command, model.list_rows()) {
            self.ask(model, effects);
            return None;
        }
        match command {
            Command::Choose => {
                let payment_method = self.list.marked()?;
                let refused =
                    payment_method.suspended || model.refuses(&self.basket, &payment_method.tender).is_some();
                if let Some(sentence) = self.remark(payment_method, model).filter(|_| refused) {
                    return Some(ScreenEvent::Said(Toast::Warning(sentence)));
                }
                Some(ScreenEvent::TenderChosen(payment_method.tender.clone()))
            }
            Command::Back => Some(ScreenEvent::Left),
            _ => None,
        }
    }

    fn on_action(&mut self, action: &Action, model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        match action {
            Action::PaymentMethodsRecalled(..) | Action::PaymentMethodsFetched(..) => {
                let before = self.list.cursor;
                let marked = self.list.marked().map(|payment_method| payment_method.tender.clone());
                self.refilter(model);
                self.list
                    .mark_again(before, |payment_method| Some(&payment_method.tender) == marked.as_ref());
                self.ask(model, effects);
            }
            Action::ItemPriced(id, _, answer) => {
                self.pricing.answer(*id, answer.as_ref().err().cloned(), effects);
            }
            _ => {}
        }
        None
    }

    fn pending_requests(&self) -> Vec<RequestId> {
        self.pricing.pending_requests().collect()
    }
}
