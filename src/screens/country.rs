//! Country: where the shopping is for.

pub mod view;

use std::borrow::Cow;

use super::cursor::Cursor;
use super::desk::Desk;
use super::{Outcome, Page};
use crate::action::Action;
use crate::domain::country::CountryCode;
use crate::effect::Effects;
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::layout::Spot;
use crate::search::Index;

/// The list of countries, filtered by what is typed.
#[derive(Debug)]
pub struct Country {
    /// What is typed.
    pub filter: Field,
    /// Which row is marked.
    pub cursor: Cursor,
    /// The countries that match, the best first.
    pub shown: Vec<CountryCode>,
    /// Whether it was opened over brands, to which it leads back.
    instead: bool,
    index: Index,
}

impl Country {
    /// All countries, the likely ones first.
    pub fn new(desk: &Desk) -> Self {
        let mut screen = Self {
            filter: Field::default(),
            cursor: Cursor::default(),
            shown: Vec::new(),
            instead: false,
            index: index(desk),
        };
        screen.refilter(desk);
        screen
    }

    /// As `new`, over the brands of the country that it may replace.
    pub fn instead(desk: &Desk) -> Self {
        Self { instead: true, ..Self::new(desk) }
    }

    fn refilter(&mut self, desk: &Desk) {
        let query = self.filter.text().trim();
        let exact = query.parse::<CountryCode>().ok();
        let code = |place: usize| desk.countries.get(place).map(|country| country.code);
        let found: Vec<CountryCode> =
            self.index.find_forgiving(query).iter().filter_map(|&place| code(place)).collect();
        let known = |wanted: &CountryCode| desk.countries.iter().any(|country| country.code == *wanted);
        let mut shown: Vec<CountryCode> =
            if query.is_empty() { desk.likely.clone() } else { exact.into_iter().collect() };
        shown.retain(known);
        for code in found {
            if !shown.contains(&code) {
                shown.push(code);
            }
        }
        self.shown = shown;
        self.cursor = Cursor::default();
    }
}

fn index(desk: &Desk) -> Index {
    Index::new(desk.countries.iter().map(|country| {
        let also = format!("{} {}", country.code, country.also);
        (country.name.as_str(), also)
    }))
}

impl Page for Country {
    fn title(&self, _desk: &Desk) -> Cow<'_, str> {
        "Country".into()
    }

    fn offers(&self, desk: &Desk) -> Vec<Command> {
        let mut offers = Vec::with_capacity(20);
        offers.extend([Command::Choose, Command::ChooseTender]);
        if !desk.cart.is_empty() {
            offers.push(Command::ShowCart);
        }
        offers.extend([Command::Orders, Command::Help]);
        if self.instead || !self.filter.is_empty() {
            offers.push(Command::Back);
        }
        offers.extend([
            Command::Quit,
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
            Command::Choose => self.shown.get(self.cursor.at()).copied().map(Outcome::CountryChosen),
            Command::Back if !self.filter.is_empty() => {
                self.filter.clear();
                self.refilter(desk);
                None
            }
            Command::Back => Some(Outcome::Left),
            _ => None,
        }
    }

    fn row_at(&self, desk: &Desk, spot: Spot) -> Option<(usize, usize)> {
        let rows = view::rows(desk, spot.area);
        self.cursor.seen(rows.height, self.shown.len()).at(spot, rows)
    }

    fn hear(&mut self, fact: &Action, desk: &Desk, _effects: &mut Effects) -> Option<Outcome> {
        if matches!(fact, Action::CountriesFetched(_, Ok(_))) {
            let cursor = self.cursor;
            let marked = self.shown.get(cursor.at()).copied();
            self.index = index(desk);
            self.refilter(desk);
            // A quiet refresh moves nothing under the user's finger, least of all the first row.
            if cursor.at() > 0
                && let Some(again) = self.shown.iter().position(|code| Some(*code) == marked)
            {
                self.cursor = cursor;
                self.cursor.to(again);
            }
        }
        None
    }
}
