//! Tender: the coin to pay with, and the network it travels on.

pub mod view;

use std::borrow::Cow;

use super::cursor::Cursor;
use super::desk::{Desk, Toast};
use super::{Outcome, Page};
use crate::action::Action;
use crate::domain::tender::Rail;
use crate::effect::Effects;
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::search::Index;

/// The ways to pay, filtered by what is typed. Suspended ones stand last and cannot be chosen.
#[derive(Debug)]
pub struct TenderChoice {
    /// What is typed.
    pub filter: Field,
    /// Which row is marked.
    pub cursor: Cursor,
    /// The rails that match, as the desk had them.
    pub shown: Vec<Rail>,
}

impl TenderChoice {
    /// All rails, the one in use marked.
    pub fn new(desk: &Desk) -> Self {
        let mut screen = Self { filter: Field::default(), cursor: Cursor::default(), shown: Vec::new() };
        screen.refilter(desk);
        screen
    }

    fn refilter(&mut self, desk: &Desk) {
        let all = desk.rails.ready().map(crate::domain::tender::Rails::all).unwrap_or_default();
        let mut index = Index::new(all.iter().map(|rail| {
            (rail.tender.coin.shown(), format!("{} {}", rail.tender.network, rail.network_name))
        }));
        let found = index.find(self.filter.text()).iter();
        self.shown = found.filter_map(|hit| all.get(hit.place).cloned()).collect();
        self.shown.sort_by_key(|rail| rail.suspended);
        self.cursor = Cursor::default();
        if self.filter.is_empty() {
            let used = self.shown.iter().position(|rail| rail.tender == desk.tender);
            self.cursor.to(used.unwrap_or_default());
        }
    }
}

impl Page for TenderChoice {
    fn title(&self, _desk: &Desk) -> Cow<'_, str> {
        "Pay with".into()
    }

    fn offers(&self, desk: &Desk) -> Vec<Command> {
        let first = if desk.rails.failure().is_some() { Command::Retry } else { Command::Choose };
        vec![
            first,
            Command::Help,
            Command::Back,
            Command::Quit,
            Command::Up,
            Command::Down,
            Command::PageUp,
            Command::PageDown,
            Command::First,
            Command::Last,
        ]
    }

    fn typing(&self) -> Typing {
        Typing::Text
    }

    fn field(&mut self) -> Option<&mut Field> {
        Some(&mut self.filter)
    }

    fn edited(&mut self, desk: &Desk, _effects: &mut Effects) {
        self.refilter(desk);
    }

    fn obey(&mut self, command: Command, desk: &Desk, _effects: &mut Effects) -> Option<Outcome> {
        if self.cursor.obey(command, self.shown.len(), desk.list_rows()) {
            return None;
        }
        match command {
            Command::Choose => {
                let rail = self.shown.get(self.cursor.at())?;
                if rail.suspended {
                    let sentence = format!("{} takes no payments at the moment.", rail.tender);
                    return Some(Outcome::Said(Toast::Warning(sentence)));
                }
                Some(Outcome::TenderChosen(rail.tender.clone()))
            }
            Command::Back => Some(Outcome::Left),
            _ => None,
        }
    }

    fn hear(&mut self, fact: &Action, desk: &Desk, _effects: &mut Effects) -> Option<Outcome> {
        if matches!(fact, Action::RailsFetched(..)) {
            self.refilter(desk);
        }
        None
    }
}
