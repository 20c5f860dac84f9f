//! Tender: the coin to pay with, and the network it travels on.

pub mod plain;
pub mod view;

use std::borrow::Cow;

use super::{Screen, ScreenEvent};
use crate::action::Action;
use crate::domain::money::Amount;
use crate::domain::purchase::Item;
use crate::domain::tender::{Rail, Tender};
use crate::effect::Effects;
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::layout::Spot;
use crate::list::{Cursor, FilteredList, MOVES};
use crate::model::pricing::Pricing;
use crate::model::{Model, Toast};
use crate::remote::RequestId;
use crate::search::Index;

/// The commands that it can offer together, in each of its modes, but for those that work everywhere.
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

/// The ways to pay, filtered by what is typed. Suspended ones stand last and cannot be chosen.
#[derive(Debug)]
pub struct TenderChoice {
    /// The rails that match, as the model had them.
    pub list: FilteredList<Rail>,
    /// What is being bought, for telling what it costs in each coin.
    pub basket: Vec<Item>,
    /// The questions for prices that are missing.
    pub pricing: Pricing,
}

impl TenderChoice {
    /// All rails, the one in use marked.
    pub fn new(basket: Vec<Item>, model: &Model, effects: &mut Effects) -> Self {
        let mut screen = Self { list: FilteredList::default(), basket, pricing: Pricing::default() };
        screen.refilter(model);
        screen.ask(model, effects);
        screen
    }

    /// Asks what the basket costs in the coins that are looked at: the marked one first. With several
    /// lines a total is several questions, so then only the marked coin is asked for.
    fn ask(&mut self, model: &Model, effects: &mut Effects) {
        self.pricing.look_elsewhere();
        let top = self.list.cursor.top(model.list_rows(), self.list.shown.len());
        let seen = self.list.shown.iter().skip(top).take(model.list_rows());
        let marked = self.list.marked();
        let others = seen.filter(|_| self.basket.len() == 1);
        for rail in marked.into_iter().chain(others).filter(|rail| !rail.suspended) {
            self.pricing.want(&self.basket, &rail.tender.coin, model);
        }
        self.pricing.ask(effects);
    }

    /// What the basket costs on a rail, as far as that was told.
    pub fn total(&self, rail: &Rail, model: &Model) -> Option<Amount> {
        model.prices.total(&self.basket, &rail.tender.coin)
    }

    /// Why a rail cannot be used for this, or might not be worth it, in a sentence.
    pub fn remark(&self, rail: &Rail, model: &Model) -> Option<String> {
        let Rail { tender, suspended, minimum, .. } = rail;
        if *suspended {
            return Some(format!("{tender} takes no payments at the moment."));
        }
        if let Some(brand) = model.refuses(&self.basket, tender) {
            return Some(format!("{brand} does not take {tender}."));
        }
        let (least, total) = (minimum.as_ref()?, self.total(rail, model)?);
        (total < *least).then(|| {
            let least = least.rounded_up();
            format!("An order on {} has to be at least {least} {}.", tender.network, tender.coin)
        })
    }

    fn refilter(&mut self, model: &Model) {
        let all = model.rails.ready().map(crate::domain::tender::Rails::all).unwrap_or_default();
        let mut index = Index::new(all.iter().map(|rail| (rail.tender.coin.shown(), ways_to_say(rail))));
        let found = index.find(self.list.filter.text(), &model.pad).iter();
        let mut shown: Vec<Rail> = found.filter_map(|&place| all.get(place).cloned()).collect();
        shown.sort_by_key(|rail| (rail.suspended, model.refuses(&self.basket, &rail.tender).is_some()));
        self.list.show(shown);
        if self.list.filter.is_empty() {
            self.list.mark_again(Cursor::default(), |rail| rail.tender == model.tender);
        }
    }
}

/// What a way to pay is found by besides its coin: its networks, and both together as they stand on the
/// screens and as they are said.
fn ways_to_say(rail: &Rail) -> String {
    let Rail { tender: Tender { coin, network, .. }, network_name, .. } = rail;
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
        if model.lacks_rails() {
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
        model.rails.ready().and_then(|_| self.list.seen(rows.height).at(spot, rows))
    }

    fn on_command(&mut self, command: Command, model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        if self.list.on_command(command, model.list_rows()) {
            self.ask(model, effects);
            return None;
        }
        match command {
            Command::Choose => {
                let rail = self.list.marked()?;
                let refused = rail.suspended || model.refuses(&self.basket, &rail.tender).is_some();
                if let Some(sentence) = self.remark(rail, model).filter(|_| refused) {
                    return Some(ScreenEvent::Said(Toast::Warning(sentence)));
                }
                Some(ScreenEvent::TenderChosen(rail.tender.clone()))
            }
            Command::Back => Some(ScreenEvent::Left),
            _ => None,
        }
    }

    fn on_action(&mut self, action: &Action, model: &Model, effects: &mut Effects) -> Option<ScreenEvent> {
        match action {
            Action::RailsRecalled(..) | Action::RailsFetched(..) => {
                let before = self.list.cursor;
                let marked = self.list.marked().map(|rail| rail.tender.clone());
                self.refilter(model);
                self.list.mark_again(before, |rail| Some(&rail.tender) == marked.as_ref());
                self.ask(model, effects);
            }
            Action::ItemPriced(id, _, answer) => {
                self.pricing.settle(*id, answer.as_ref().err().cloned(), effects);
            }
            _ => {}
        }
        None
    }

    fn pending_requests(&self) -> Vec<RequestId> {
        self.pricing.pending_requests().collect()
    }
}
