//! The category screen: selects a category of brands, each with its number of matches.

pub mod plain;
pub mod view;

use std::borrow::Cow;
use std::sync::Arc;

use super::{Screen, ScreenEvent};
use crate::domain::text::Printable;
use crate::effect::Effects;
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::layout::Spot;
use crate::list::{Cursor, FilteredList, MOVES};
use crate::model::Model;
use crate::search::{Index, MatcherScratch};
use crate::widgets::text::width;

/// The commands the screen can offer together, one set per mode, except those that work everywhere.
pub const COMMANDS: &[&[Command]] = &[&[
    Command::Choose,
    Command::Up,
    Command::Down,
    Command::PageUp,
    Command::PageDown,
    Command::First,
    Command::Last,
]];

/// A category, or all of them together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The category, or `None` for all.
    pub category: Option<Printable>,
    /// The number of matching brands in it.
    pub brands: usize,
}

impl Section {
    /// The name to show.
    pub fn name(&self) -> &str {
        self.category.as_ref().map_or("all", Printable::as_str)
    }
}

/// The categories of the matching brands, filtered by text.
#[derive(Debug)]
pub struct CategoryChoice {
    /// A description of the brands that are counted.
    pub about: String,
    /// Indices of the matching sections.
    pub list: FilteredList<usize>,
    /// The width of the widest name in columns.
    pub widest: u16,
    /// The category in use, or `None` for all.
    pub used: Option<Printable>,
    sections: Vec<Section>,
    index: Index,
}

impl CategoryChoice {
    /// Shows all sections, with the one in use selected.
    pub fn new(
        about: String,
        sections: Vec<Section>,
        used: Option<Printable>,
        scratch: &MatcherScratch,
    ) -> Self {
        let mut screen = Self {
            about,
            list: FilteredList::default(),
            widest: 0,
            used,
            sections: Vec::new(),
            index: Index::over(Arc::default()),
        };
        screen.take(sections, scratch);
        screen.mark(Cursor::default(), screen.used.clone().as_ref());
        screen
    }

    /// Replaces the sections by a new count; the selected one stays selected if it is still there.
    pub fn renew(&mut self, sections: Vec<Section>, scratch: &MatcherScratch) {
        let cursor = self.list.cursor;
        let marked = self.row(cursor.at()).and_then(|section| section.category.clone());
        self.take(sections, scratch);
        self.mark(cursor, marked.as_ref());
    }

    /// The section in a row of the list.
    pub fn row(&self, row: usize) -> Option<&Section> {
        self.sections.get(*self.list.shown.get(row)?)
    }

    /// The number of categories.
    pub fn count(&self) -> usize {
        self.sections.iter().filter(|section| section.category.is_some()).count()
    }

    fn take(&mut self, sections: Vec<Section>, scratch: &MatcherScratch) {
        self.index = Index::new(sections.iter().map(|section| (section.name(), String::new())));
        self.widest = sections.iter().map(|section| width(section.name())).max().unwrap_or_default();
        self.sections = sections;
        self.refilter(scratch);
    }

    fn mark(&mut self, before: Cursor, category: Option<&Printable>) {
        let Self { list, sections, .. } = self;
        list.mark_again(before, |place| {
            sections.get(*place).is_some_and(|one| one.category.as_ref() == category)
        });
    }

    fn refilter(&mut self, scratch: &MatcherScratch) {
        let found = self.index.find_forgiving(self.list.filter.text(), scratch).into_owned();
        self.list.show(found);
    }
}

impl Screen for CategoryChoice {
    fn title(&self, _model: &Model) -> Cow<'_, str> {
        "Category".into()
    }

    fn commands(&self, _model: &Model) -> Vec<Command> {
        let mut commands = if self.list.shown.is_empty() { Vec::new() } else { vec![Command::Choose] };
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

    fn edited(&mut self, model: &Model, _effects: &mut Effects) {
        self.refilter(&model.scratch);
    }

    fn row_at(&self, _model: &Model, spot: Spot) -> Option<(usize, usize)> {
        let rows = view::rows(spot.area);
        self.list.seen(rows.height).at(spot, rows)
    }

    fn on_command(&mut self, command: Command, model: &Model, _effects: &mut Effects) -> Option<ScreenEvent> {
        if self.list.on_command(command, model.list_rows()) {
            return None;
        }
        match command {
            Command::Choose => self
                .row(self.list.cursor.at())
                .map(|section| ScreenEvent::CategoryChosen(section.category.clone())),
            Command::Back => Some(ScreenEvent::Left),
            _ => None,
        }
    }
}
