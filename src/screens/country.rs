//! The country screen: selects the country to shop in.

pub mod plain;
pub mod view;

use std::borrow::Cow;

use super::{Screen, ScreenEvent};
use crate::action::Action;
use crate::domain::country::{Country as Place, CountryCode};
use crate::effect::Effects;
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::layout::Spot;
use crate::list::{FilteredList, MOVES};
use crate::model::Model;
use crate::search::Index;
use crate::search::typos::alike;

/// The commands the screen can offer together, one set per mode, except those that work everywhere.
pub const COMMANDS: &[&[Command]] = &[&[
    Command::Choose,
    Command::ShowCart,
    Command::Up,
    Command::Down,
    Command::PageUp,
    Command::PageDown,
    Command::First,
    Command::Last,
]];

/// The list of countries, filtered by text.
#[derive(Debug)]
pub struct Country {
    /// The matching countries.
    pub list: FilteredList<CountryCode>,
    /// Whether it was opened over the brands screen, to which it leads back.
    instead: bool,
    /// The search index, built on the first search.
    index: Option<Index>,
}

impl Country {
    /// Shows all countries, the likely ones first.
    pub fn new(model: &Model) -> Self {
        let mut screen = Self { list: FilteredList::default(), instead: false, index: None };
        screen.refilter(model);
        screen
    }

    fn refilter(&mut self, model: &Model) {
        let query = self.list.filter.text().trim().to_owned();
        let query = query.as_str();
        if query.is_empty() {
            let all = model.countries.iter().map(|country| country.code);
            self.show(model, model.likely.clone(), all.collect());
        } else {
            // A complete code or name means exactly that country.
            let is_meant = |country: &&Place| country.names().any(|name| alike(name, query));
            let meant = model.countries.iter().filter(is_meant).map(|country| country.code);
            let first = query.parse().into_iter().chain(meant).collect();
            let index = self.index.get_or_insert_with(|| index(model));
            let found = index.find_forgiving(query, &model.scratch);
            let found = found.iter().filter_map(|&place| model.countries.get(place));
            let found = found.map(|country| country.code).collect();
            self.show(model, first, found);
        }
    }

    /// Shows the `first` countries that the shop sells in, then the others.
    fn show(&mut self, model: &Model, first: Vec<CountryCode>, others: Vec<CountryCode>) {
        let mut shown: Vec<CountryCode> = Vec::with_capacity(model.countries.len());
        for code in first {
            if !shown.contains(&code) && model.countries.iter().any(|country| country.code == code) {
                shown.push(code);
            }
        }
        let before = shown.clone();
        shown.extend(others.into_iter().filter(|code| !before.contains(code)));
        self.list.show(shown);
    }
}

/// Opens the screen over the brands of the current country.
pub fn open(model: &Model, _effects: &mut Effects) -> Country {
    Country { instead: true, ..Country::new(model) }
}

fn index(model: &Model) -> Index {
    Index::new(model.countries.iter().map(|country| {
        let also = format!("{} {}", country.code, country.also);
        (country.name.as_str(), also)
    }))
}

impl Screen for Country {
    fn title(&self, _model: &Model) -> Cow<'_, str> {
        "Country".into()
    }

    fn commands(&self, model: &Model) -> Vec<Command> {
        let mut commands = Vec::with_capacity(20);
        if !self.list.shown.is_empty() {
            commands.push(Command::Choose);
        }
        commands.push(Command::ChooseTender);
        if !model.cart.is_empty() {
            commands.push(Command::ShowCart);
        }
        commands.extend([Command::Orders, Command::Help]);
        if self.instead || !self.list.filter.is_empty() {
            commands.push(Command::Back);
        }
        commands.push(Command::Quit);
        commands.extend(MOVES);
        commands
    }

    fn typing(&self) -> Typing {
        Typing::Text
    }

    fn field(&mut self) -> Option<&mut Field> {
        Some(&mut self.list.filter)
    }

    fn edited(&mut self, model: &Model, _effects: &mut Effects) {
        self.refilter(model);
    }

    fn on_command(&mut self, command: Command, model: &Model, _effects: &mut Effects) -> Option<ScreenEvent> {
        if self.list.on_command(command, model.list_rows()) {
            return None;
        }
        match command {
            Command::Choose => self.list.marked().copied().map(ScreenEvent::CountryChosen),
            Command::Back if !self.list.filter.is_empty() => {
                self.list.filter.clear();
                self.refilter(model);
                None
            }
            Command::Back => Some(ScreenEvent::Left),
            _ => None,
        }
    }

    fn row_at(&self, model: &Model, spot: Spot) -> Option<(usize, usize)> {
        let rows = view::rows(model, spot.area);
        self.list.seen(rows.height).at(spot, rows)
    }

    fn on_action(&mut self, action: &Action, model: &Model, _effects: &mut Effects) -> Option<ScreenEvent> {
        if matches!(action, Action::CountriesFetched(_, Ok(_))) {
            let before = self.list.cursor;
            let marked = self.list.marked().copied();
            self.index = None;
            self.refilter(model);
            // If the first row was selected, it stays the first row rather than the same country.
            if before.at() > 0 {
                self.list.mark_again(before, |code| Some(*code) == marked);
            }
        }
        None
    }
}
