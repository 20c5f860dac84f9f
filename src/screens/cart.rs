//! The cart screen: its lines, their quantities and the total.

pub mod plain;
pub mod view;

use std::borrow::Cow;

use super::checkout::form::Form;
use super::{Screen, ScreenEvent};
use crate::action::Action;
use crate::effect::Effects;
use crate::keymap::Command;
use crate::layout::Spot;
use crate::list::{Cursor, MOVES};
use crate::model::Model;
use crate::model::pricing::Pricing;
use crate::remote::RequestId;

/// The commands the screen can offer together, one set per mode, except those that work everywhere.
pub const COMMANDS: &[&[Command]] = &[&[
    Command::Retry,
    Command::CheckOut,
    Command::More,
    Command::Fewer,
    Command::RemoveLine,
    Command::Up,
    Command::Down,
    Command::PageUp,
    Command::PageDown,
    Command::First,
    Command::Last,
]];

/// A change to the cart by the user, with the index of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CartChange {
    /// Increase the quantity by one.
    More(usize),
    /// Decrease the quantity by one.
    Fewer(usize),
    /// Remove the line.
    Remove(usize),
}

/// The state of the cart screen. The cart's contents are in the model.
#[derive(Debug, Default)]
pub struct Cart {
    /// The selected line.
    pub cursor: Cursor,
    /// The requests for missing prices.
    pub pricing: Pricing,
    /// The form of a checkout that was left for this screen.
    pub draft: Option<Form>,
}

impl Cart {
    /// Creates the screen and requests the prices that are missing or stale.
    pub fn new(model: &Model, effects: &mut Effects) -> Self {
        let mut screen = Self::default();
        screen.ask(model, effects);
        screen
    }

    fn ask(&mut self, model: &Model, effects: &mut Effects) {
        self.pricing.look_elsewhere();
        self.pricing.want(model.cart.lines(), &model.tender.coin, model);
        self.pricing.ask(effects);
    }
}

impl Screen for Cart {
    fn title(&self, _model: &Model) -> Cow<'_, str> {
        "Cart".into()
    }

    fn commands(&self, model: &Model) -> Vec<Command> {
        let mut commands = Vec::new();
        if !model.cart.is_empty() {
            commands.extend([Command::CheckOut, Command::More, Command::Fewer, Command::RemoveLine]);
            if self.pricing.failure(&model.tender.coin).is_some() {
                commands.push(Command::Retry);
            }
        }
        commands.extend([
            Command::ChooseTender,
            Command::Orders,
            Command::Help,
            Command::Back,
            Command::Quit,
        ]);
        commands.extend(MOVES);
        commands
    }

    fn row_at(&self, model: &Model, spot: Spot) -> Option<(usize, usize)> {
        let (rows, _) = view::parts(spot.area);
        self.cursor.seen(rows.height, model.cart.lines().len()).at(spot, rows)
    }

    fn on_command(&mut self, command: Command, model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        let lines = model.cart.lines().len();
        if self.cursor.on_command(command, lines, model.list_rows()) {
            return None;
        }
        let at = self.cursor.at();
        match command {
            Command::CheckOut => return Some(ScreenEvent::CartChecked),
            Command::More => return Some(ScreenEvent::CartChanged(CartChange::More(at))),
            Command::Fewer => return Some(ScreenEvent::CartChanged(CartChange::Fewer(at))),
            Command::RemoveLine => {
                // The selection keeps its index, or moves to the new last line if the last one is removed.
                self.cursor.to(at.min(lines.saturating_sub(2)));
                return Some(ScreenEvent::CartChanged(CartChange::Remove(at)));
            }
            Command::Retry => {
                self.pricing.forgive();
                self.ask(model, effects);
            }
            Command::Back => return Some(ScreenEvent::Left),
            _ => {}
        }
        None
    }

    fn on_action(&mut self, action: &Action, _model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        if let Action::ItemPriced(id, _, answer) = action {
            self.pricing.answer(*id, answer.as_ref().err().cloned(), effects);
        }
        None
    }

    fn tender_changed(&mut self, model: &Model, effects: &mut Effects) {
        self.ask(model, effects);
    }

    fn pending_requests(&self) -> Vec<RequestId> {
        self.pricing.pending_requests().collect()
    }

    fn leads_to_an_order(&self) -> bool {
        true
    }
}
