//! Checkout: for whom, with what, and the last look before the order is placed.

pub mod again;
pub mod form;
pub mod view;

use form::{Form, Spot};

use super::desk::{Desk, Toast};
use super::{Outcome, Page};
use crate::action::Action;
use crate::domain::failure::Failure;
use crate::domain::money::Amount;
use crate::domain::problem::{Concern, Problem};
use crate::domain::purchase::{Item, Purchase};
use crate::domain::record::{Attempt, Placement};
use crate::effect::{Effect, Effects, Preference};
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::remote::RequestId;

/// How far the checkout is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The fields are filled in.
    Filling,
    /// The shop checks the purchase; nothing is ordered.
    Checking(RequestId, Box<Purchase>),
    /// The last look.
    Receipt(Receipt),
    /// The order is being placed; every key that could place another is off.
    Placing(RequestId, Receipt),
    /// Nobody can tell whether there is an order.
    Unknown(Option<Attempt>, Failure),
}

/// What will be ordered, to the letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The purchase.
    pub purchase: Box<Purchase>,
    /// What the shop wants for it, in coin units.
    pub total: Amount,
    /// Why the last try sent nothing, when there was one.
    pub not_sent: Option<Failure>,
}

/// Buying one item.
#[derive(Debug)]
pub struct Checkout {
    /// What is bought.
    pub item: Item,
    /// The price of one that was seen when it was chosen, in coin units.
    pub seen_price: Option<Amount>,
    /// What is filled in.
    pub form: Form,
    /// What is wrong, and with which field.
    pub notes: Vec<(Concern, String)>,
    /// How far it is.
    pub stage: Stage,
    /// Whether the same was bought before and only the receipt is wanted.
    pub again: bool,
}

impl Checkout {
    /// Starts buying an item, with what this machine remembers filled in.
    pub fn new(item: Item, seen_price: Option<Amount>, desk: &Desk) -> Self {
        let form = Form::new(item.delivery, desk.email.as_deref());
        Self { item, seen_price, form, notes: Vec::new(), stage: Stage::Filling, again: false }
    }

    /// Starts with the fields as an earlier checkout of the same brand left them.
    pub fn resumed(item: Item, seen_price: Option<Amount>, form: Form) -> Self {
        Self { item, seen_price, form, notes: Vec::new(), stage: Stage::Filling, again: false }
    }

    /// What it should cost by the price that was seen when the item was chosen.
    pub fn expected(&self) -> Option<Amount> {
        self.seen_price?.times(u32::from(self.item.quantity))
    }

    fn check(&mut self, desk: &Desk, effects: &mut Effects) {
        self.notes.clear();
        match self.form.purchase(&self.item, desk) {
            Ok(purchase) => {
                let question = Box::new(purchase.clone());
                let id = effects.ask(|id| Effect::ValidatePurchase(id, question));
                self.stage = Stage::Checking(id, Box::new(purchase));
            }
            Err(wrong) => {
                self.form.focus = wrong.first().map_or(self.form.focus, |(spot, _)| *spot);
                self.notes = wrong.into_iter().map(|(spot, why)| (spot.concern(), why)).collect();
            }
        }
    }

    fn object(&mut self, problems: &[Problem]) {
        self.notes = problems
            .iter()
            .map(|problem| {
                let advice = problem.advice().map(|advice| format!(" {advice}")).unwrap_or_default();
                (problem.concern(), format!("{problem}{advice}"))
            })
            .collect();
        self.stage = Stage::Filling;
        self.focus_on_first_note();
    }

    fn fail(&mut self, sentence: String) {
        self.notes = vec![(Concern::Order, sentence)];
        self.stage = Stage::Filling;
    }

    fn focus_on_first_note(&mut self) {
        let spots = self.notes.iter().map(|(concern, _)| match concern {
            Concern::Coupon => Some(Spot::Coupon),
            Concern::Beneficiary => Some(self.form.beneficiary_spot()),
            Concern::Order | Concern::Product | Concern::Value | Concern::Tender => None,
        });
        if let Some(spot) = spots.flatten().next() {
            self.form.focus = spot;
        }
    }

    fn hear_check(&mut self, fact: &Action) {
        let Action::PurchaseValidated(id, answer) = fact else { return };
        let Stage::Checking(awaited, purchase) = &self.stage else { return };
        if awaited != id {
            return;
        }
        match answer {
            Ok(validation) => match validation.payable() {
                Some(total) => {
                    let purchase = purchase.clone();
                    self.stage = Stage::Receipt(Receipt { purchase, total, not_sent: None });
                }
                None if validation.problems.is_empty() => {
                    self.fail(
                        "The shop gave no total for this, so it cannot be paid. Choose again.".to_owned(),
                    );
                }
                None => self.object(&validation.problems),
            },
            Err(failure) => self.fail(format!("{failure} Nothing was ordered.")),
        }
    }

    fn hear_placement(&mut self, fact: &Action) -> Option<Outcome> {
        let Action::OrderPlaced(id, placement, record) = fact else { return None };
        let Stage::Placing(awaited, receipt) = &self.stage else { return None };
        if awaited != id {
            return None;
        }
        let attempt = record.as_ref().map(|record| record.attempt);
        match (placement, attempt) {
            (Placement::Placed(_), Some(attempt)) => return Some(Outcome::OrderPlaced(attempt)),
            (Placement::Placed(_), None) => {
                let failure = Failure::Unrecorded("the answer could not be kept".into());
                self.stage = Stage::Unknown(None, failure);
            }
            (Placement::Refused(failure, problems), _) if problems.is_empty() => {
                self.fail(format!("{failure} Nothing was ordered."));
            }
            (Placement::Refused(_, problems), _) => {
                let problems = problems.clone();
                self.object(&problems);
            }
            (Placement::NotSent(failure), _) => {
                let receipt = Receipt { not_sent: Some(failure.clone()), ..receipt.clone() };
                self.stage = Stage::Receipt(receipt);
            }
            (Placement::Unknown(failure), attempt) => {
                self.stage = Stage::Unknown(attempt, failure.clone());
            }
        }
        None
    }

    /// Whether an earlier attempt at the same thing may have become an order already.
    pub fn may_exist_already(&self, desk: &Desk) -> bool {
        let Stage::Receipt(receipt) = &self.stage else { return false };
        let earlier = desk.doubtful().filter_map(|record| record.purchase.as_ref());
        let mut lines = earlier.flat_map(|purchase| &purchase.lines);
        lines.any(|earlier| receipt.purchase.lines.iter().any(|line| line.repeats(earlier)))
    }

    fn place(&mut self, effects: &mut Effects) {
        let Stage::Receipt(receipt) = &self.stage else { return };
        let receipt = Receipt { not_sent: None, ..receipt.clone() };
        effects.wish(Effect::Remember(Preference::Email(receipt.purchase.buyer.to_string())));
        let (purchase, total) = (receipt.purchase.clone(), receipt.total);
        let id = effects.ask(|id| Effect::PlaceOrder(id, purchase, total));
        self.stage = Stage::Placing(id, receipt);
    }
}

impl Page for Checkout {
    fn title(&self, _desk: &Desk) -> String {
        match self.stage {
            Stage::Filling | Stage::Checking(..) => "Checkout".to_owned(),
            Stage::Receipt(_) | Stage::Placing(..) => "Receipt".to_owned(),
            Stage::Unknown(..) => "Unknown outcome".to_owned(),
        }
    }

    fn offers(&self, desk: &Desk) -> Vec<Command> {
        match &self.stage {
            Stage::Filling => {
                let mut offers = vec![Command::Choose, Command::NextField, Command::PreviousField];
                if self.form.focus == Spot::Newsletter {
                    offers.push(Command::Toggle);
                }
                offers.extend([Command::ChooseTender, Command::Help, Command::Back, Command::Quit]);
                offers
            }
            Stage::Checking(..) => vec![Command::Help, Command::Back, Command::Quit],
            Stage::Receipt(_) => {
                let place =
                    if self.may_exist_already(desk) { Command::PlaceAnother } else { Command::PlaceOrder };
                vec![
                    place,
                    Command::ChooseTender,
                    Command::Orders,
                    Command::Help,
                    Command::Back,
                    Command::Quit,
                ]
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

    fn edited(&mut self, _desk: &Desk, _effects: &mut Effects) {
        let concern = self.form.focus.concern();
        self.notes.retain(|(about, _)| *about != concern && *about != Concern::Order);
    }

    fn obey(&mut self, command: Command, desk: &Desk, effects: &mut Effects) -> Option<Outcome> {
        match command {
            Command::Choose => self.check(desk, effects),
            Command::NextField => self.form.next(),
            Command::PreviousField => self.form.previous(),
            Command::Toggle => self.form.newsletter = !self.form.newsletter,
            Command::PlaceOrder | Command::PlaceAnother => self.place(effects),
            Command::Back if self.leads_back() => return Some(Outcome::Left),
            Command::Back => match &self.stage {
                Stage::Filling | Stage::Unknown(..) => return Some(Outcome::Left),
                Stage::Checking(..) | Stage::Receipt(_) => self.stage = Stage::Filling,
                Stage::Placing(..) => {}
            },
            _ => {}
        }
        None
    }

    fn hear(&mut self, fact: &Action, _desk: &Desk, _effects: &mut Effects) -> Option<Outcome> {
        self.hear_check(fact);
        let outcome = self.hear_placement(fact);
        if let (Action::OrderPlaced(_, Placement::Unknown(_), _), None) = (fact, &outcome) {
            return Some(Outcome::Said(Toast::Warning("An order may exist. Do not pay twice.".to_owned())));
        }
        outcome
    }

    fn tender_changed(&mut self, desk: &Desk, effects: &mut Effects) {
        self.seen_price = None;
        self.notes.retain(|(about, _)| !matches!(about, Concern::Tender | Concern::Value | Concern::Order));
        match &self.stage {
            Stage::Receipt(_) | Stage::Checking(..) => {
                self.stage = Stage::Filling;
                self.check(desk, effects);
            }
            Stage::Filling | Stage::Placing(..) | Stage::Unknown(..) => {}
        }
    }

    fn awaits(&self) -> Vec<RequestId> {
        match &self.stage {
            Stage::Checking(id, _) | Stage::Placing(id, _) => vec![*id],
            Stage::Filling | Stage::Receipt(_) | Stage::Unknown(..) => Vec::new(),
        }
    }
}
