//! The checkout screen: collects the buyer's details and shows the receipt before the order is placed.

pub mod again;
pub mod fault;
pub mod form;
mod verdict;
pub mod plain;
pub mod view;

use std::borrow::Cow;

use fault::{Note, Search};
use form::{Form, Spot};

use super::{Question, Screen, ScreenEvent};
use crate::action::Action;
use crate::domain::choices::SavedChoice;
use crate::domain::consent::Consent;
use crate::domain::failure::Failure;
use crate::domain::limits::Excess;
use crate::domain::money::Amount;
use crate::domain::problem::Concern;
use crate::domain::purchase::{Item, Purchase};
use crate::domain::record::{Attempt, Placement};
use crate::effect::{Effect, Effects};
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::layout;
use crate::model::{Model, Toast};
use crate::remote::RequestId;

/// The stage of a checkout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The user fills in the fields.
    Filling,
    /// The shop checks the purchase; nothing is ordered.
    Checking(RequestId, Box<Purchase>),
    /// The shop reported problems, and each line is checked alone to find the one they are about.
    Searching(Search),
    /// The receipt is shown for confirmation.
    Receipt(Receipt),
    /// The order is being placed; every key that could place another is off.
    Placing(RequestId, Receipt),
    /// It is unknown whether there is an order.
    Unknown(Option<Attempt>, Failure),
}

/// Exactly what will be ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The purchase.
    pub purchase: Box<Purchase>,
    /// The shop's total, in coin units.
    pub total: Amount,
    /// Why the last attempt sent nothing, if there was one.
    pub not_sent: Option<Failure>,
    /// The exceeded limits that the user has agreed to.
    pub above: Vec<Excess>,
}

/// The commands the screen can offer together, one set per mode, except those that work everywhere.
pub const COMMANDS: &[&[Command]] = &[
    // The form.
    &[Command::Choose, Command::NextField, Command::PreviousField, Command::Toggle],
    // The receipt.
    &[Command::PlaceOrder, Command::PlaceAnother, Command::ExceedLimit, Command::Retry],
];

/// The checkout of one item or of the whole cart.
#[derive(Debug)]
pub struct Checkout {
    /// The items being bought; never empty.
    pub items: Vec<Item>,
    /// Whether the cart is being bought.
    pub is_of_cart: bool,
    /// The total by the prices the user saw when selecting the items, in coin units.
    pub seen_total: Option<Amount>,
    /// The fields.
    pub form: Form,
    /// The problems, and what they are about.
    pub notes: Vec<Note>,
    /// The current stage.
    pub stage: Stage,
    /// Whether this repeats an earlier purchase, so that only the receipt is wanted.
    pub again: bool,
}

impl Checkout {
    /// Starts the checkout of an item, with the fields of an earlier checkout of the same brand. `seen_price`
    /// is the unit price.
    pub fn resumed(item: Item, seen_price: Option<Amount>, draft: Option<Form>, model: &Model) -> Self {
        let seen_total = seen_price.and_then(|price| price.times(u32::from(item.quantity)));
        Self::of(vec![item], false, seen_total, draft, model)
    }

    /// Starts the checkout of the whole cart as one order.
    pub fn of_cart(model: &Model, draft: Option<Form>) -> Self {
        let items = model.cart.lines().to_vec();
        let seen_total = model.prices.total(&items, &model.tender.coin);
        Self::of(items, true, seen_total, draft, model)
    }

    fn of(
        items: Vec<Item>,
        is_of_cart: bool,
        seen_total: Option<Amount>,
        draft: Option<Form>,
        model: &Model,
    ) -> Self {
        let form = match draft {
            Some(draft) => Form::resumed(draft, &items, model),
            None => Form::new(&items, model),
        };
        Self { items, is_of_cart, seen_total, form, notes: Vec::new(), stage: Stage::Filling, again: false }
    }

    /// The total that the user expects, by the prices seen when selecting the items.
    pub fn expected(&self) -> Option<Amount> {
        self.seen_total
    }

    /// What the problems mean for the money, if there are any.
    pub fn consequence(&self) -> Option<&'static str> {
        (!self.notes.is_empty()).then_some(fault::NOTHING_ORDERED)
    }

    fn check(&mut self, model: &Model, effects: &mut Effects) {
        self.notes.clear();
        match self.form.purchase(&self.items, model) {
            Ok(purchase) => {
                let question = Box::new(purchase.clone());
                let id = effects.ask(|id| Effect::ValidatePurchase(id, question));
                self.stage = Stage::Checking(id, Box::new(purchase));
            }
            Err(wrong) => {
                self.form.focus = wrong.first().map_or(self.form.focus, |(spot, _)| *spot);
                self.notes = wrong.into_iter().map(|(spot, why)| Note::of_field(spot, why)).collect();
            }
        }
    }

    /// Returns whether an earlier attempt at the same purchase may already have become an order.
    pub fn may_exist_already(&self, model: &Model) -> bool {
        let Stage::Receipt(receipt) = &self.stage else { return false };
        model.doubtful().any(|earlier| earlier.may_be_the_same(&receipt.purchase))
    }

    /// The limits that the receipt exceeds and the user has not agreed to yet.
    pub fn excess(&self, model: &Model) -> Vec<Excess> {
        let Stage::Receipt(receipt) = &self.stage else { return Vec::new() };
        let mut excess = model.excess(&receipt.purchase, receipt.total);
        excess.retain(|one| !receipt.above.iter().any(|agreed| agreed.covers(one)));
        excess
    }

    /// The command that orders what is on the receipt, or the one needed before that. `None` while the records
    /// are loading: until then it is unknown whether the order may already exist.
    fn ordering(&self, model: &Model) -> Option<Command> {
        if model.records.awaited().is_some() {
            return None;
        }
        Some(if model.records.failure().is_some() {
            Command::Retry
        } else if !self.excess(model).is_empty() {
            Command::ExceedLimit
        } else if self.may_exist_already(model) {
            Command::PlaceAnother
        } else {
            Command::PlaceOrder
        })
    }

    fn exceed_limit(&mut self, model: &Model) {
        let excess = self.excess(model);
        if let Stage::Receipt(receipt) = &mut self.stage {
            receipt.above.extend(excess);
        }
    }

    fn place(&mut self, another: bool, model: &Model, effects: &mut Effects) {
        let Stage::Receipt(receipt) = &self.stage else { return };
        let (limits, above) = (model.preferences.limits.clone(), receipt.above.clone());
        let seen = model.doubtful().filter(|earlier| another && earlier.may_be_the_same(&receipt.purchase));
        let seen = seen.map(|earlier| earlier.attempt).collect();
        let consent = Box::new(Consent { limits, above, another: false, seen, void: model.void() });
        let receipt = Receipt { not_sent: None, ..receipt.clone() };
        effects.push(Effect::Remember(SavedChoice::Email(receipt.purchase.buyer.clone())));
        if let Some(phone) = receipt.purchase.last_phone() {
            effects.push(Effect::Remember(SavedChoice::Phone(phone.clone())));
        }
        let (purchase, total) = (receipt.purchase.clone(), receipt.total);
        let id = effects.ask(|id| Effect::PlaceOrder(id, purchase, total, consent));
        self.stage = Stage::Placing(id, receipt);
    }
}

impl Screen for Checkout {
    fn title(&self, _model: &Model) -> Cow<'_, str> {
        match self.stage {
            Stage::Filling | Stage::Checking(..) | Stage::Searching(_) => "Checkout".into(),
            Stage::Receipt(_) | Stage::Placing(..) => "Receipt".into(),
            Stage::Unknown(..) => "Unknown outcome".into(),
        }
    }

    fn commands(&self, model: &Model) -> Vec<Command> {
        match &self.stage {
            Stage::Filling => {
                let mut commands = vec![Command::Choose, Command::NextField, Command::PreviousField];
                if self.form.focus == Spot::Newsletter {
                    commands.push(Command::Toggle);
                }
                commands.extend([Command::ChooseTender, Command::Help, Command::Back, Command::Quit]);
                commands
            }
            Stage::Checking(..) | Stage::Searching(_) => vec![Command::Help, Command::Back, Command::Quit],
            Stage::Receipt(_) => {
                let others = [Command::ChooseTender, Command::Orders];
                let usual = [Command::Help, Command::Back, Command::Quit];
                self.ordering(model).into_iter().chain(others).chain(usual).collect()
            }
            Stage::Placing(..) => vec![Command::Help, Command::Quit],
            Stage::Unknown(..) => vec![Command::Orders, Command::Help, Command::Back, Command::Quit],
        }
    }

    fn typing(&self) -> Typing {
        match self.stage {
            Stage::Filling if self.form.focus != Spot::Newsletter => Typing::Text,
            _ => Typing::Off,
        }
    }

    fn field(&mut self) -> Option<&mut Field> {
        match self.stage {
            Stage::Filling => self.form.focused(),
            _ => None,
        }
    }

    fn row_at(&self, model: &Model, spot: layout::Spot) -> Option<(usize, usize)> {
        if self.stage != Stage::Filling {
            return None;
        }
        let (spots, clicked) = (self.form.spots(), view::fields::at(self, model, spot)?);
        let place = |wanted| spots.iter().position(|spot| *spot == wanted);
        Some((place(self.form.focus)?, place(clicked)?))
    }

    fn edited(&mut self, _model: &Model, _effects: &mut Effects) {
        let spot = Some(self.form.focus);
        self.notes.retain(|note| note.spot != spot && note.about != Concern::Order);
    }

    fn on_command(&mut self, command: Command, model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        match command {
            Command::Choose => self.check(model, effects),
            Command::NextField => self.form.next(),
            Command::PreviousField => self.form.previous(),
            Command::Toggle => self.form.newsletter = !self.form.newsletter,
            Command::PlaceOrder => self.place(false, model, effects),
            Command::PlaceAnother => self.place(true, model, effects),
            Command::ExceedLimit => self.exceed_limit(model),
            Command::Back if self.leads_back() => return Some(ScreenEvent::Left),
            Command::Back => match &self.stage {
                Stage::Filling | Stage::Unknown(..) => return Some(ScreenEvent::Left),
                Stage::Checking(..) | Stage::Receipt(_) => self.stage = Stage::Filling,
                // Cancelling the search keeps the problems found before it.
                Stage::Searching(search) => {
                    let problems = search.against.clone();
                    self.object(&problems);
                }
                Stage::Placing(..) => {}
            },
            _ => {}
        }
        None
    }

    fn on_action(&mut self, action: &Action, _model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        if let Some(refused) = self.hear_check(action, effects) {
            return Some(refused);
        }
        let outcome = self.hear_placement(action);
        if let (Action::OrderPlaced(_, Placement::Unknown(_), _), None) = (action, &outcome) {
            return Some(ScreenEvent::Said(Toast::Warning(
                "An order may exist. Do not pay twice.".to_owned(),
            )));
        }
        outcome
    }

    fn tender_changed(&mut self, model: &Model, effects: &mut Effects) {
        self.seen_total = model.prices.total(&self.items, &model.tender.coin);
        let of_tender = |about| matches!(about, Concern::Tender | Concern::Value | Concern::Order);
        self.notes.retain(|note| !of_tender(note.about));
        match &self.stage {
            Stage::Receipt(_) | Stage::Checking(..) | Stage::Searching(_) => {
                self.stage = Stage::Filling;
                self.check(model, effects);
            }
            Stage::Filling | Stage::Placing(..) | Stage::Unknown(..) => {}
        }
    }

    fn basket(&self, _model: &Model) -> Vec<Item> {
        self.items.clone()
    }

    fn question(&self, model: &Model) -> Option<Question> {
        let Stage::Receipt(receipt) = &self.stage else { return None };
        let doubtful = model.doubtful().filter(|earlier| earlier.may_be_the_same(&receipt.purchase));
        Some(Question::Order {
            receipt: Box::new(receipt.clone()),
            command: self.ordering(model)?,
            excess: self.excess(model),
            doubtful: doubtful.map(|earlier| earlier.attempt).collect(),
        })
    }

    fn pending_requests(&self) -> Vec<RequestId> {
        match &self.stage {
            Stage::Checking(id, _) | Stage::Placing(id, _) => vec![*id],
            Stage::Searching(search) => vec![search.asked],
            Stage::Filling | Stage::Receipt(_) | Stage::Unknown(..) => Vec::new(),
        }
    }

    fn leads_to_an_order(&self) -> bool {
        true
    }

    fn is_placing(&self) -> bool {
        matches!(self.stage, Stage::Placing(..))
    }
}
