//! Palette: the commands of the screen below, searched by their words.

pub mod view;

use std::borrow::Cow;

use super::plain_text::PlainText;
use super::{Screen, ScreenEvent};
use crate::effect::Effects;
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::layout::Spot;
use crate::layout::from_top;
use crate::list::{FilteredList, MOVES};
use crate::model::Model;
use crate::search::Index;

/// The commands the screen can offer together, for each of its modes, except the global ones.
pub const COMMANDS: &[&[Command]] = &[&[
    Command::Choose,
    Command::Up,
    Command::Down,
    Command::PageUp,
    Command::PageDown,
    Command::First,
    Command::Last,
]];

/// The commands of a screen, filtered by the typed text.
#[derive(Debug)]
pub struct Palette {
    /// The title of the screen below.
    pub about: String,
    /// What typed characters are used for on the screen below.
    pub typing_below: Typing,
    /// The commands that match the filter.
    pub list: FilteredList<Command>,
    commands: Vec<Command>,
}

impl Palette {
    /// Creates the palette from every command of a screen, except those that only move the mark.
    pub fn new(about: String, commands: Vec<Command>, typing_below: Typing) -> Self {
        let pointless = |offer: &Command| MOVES.contains(offer) || POINTLESS.contains(offer);
        let commands: Vec<Command> = commands.into_iter().filter(|offer| !pointless(offer)).collect();
        let mut list = FilteredList::default();
        list.show(commands.clone());
        Self { about, typing_below, list, commands }
    }
}

/// Further commands that make no sense in a list above the screen.
const POINTLESS: [Command; 3] = [Command::NextField, Command::PreviousField, Command::Palette];

/// Returns the words that a command is searched and shown by: its short name, then its meaning.
pub fn words(command: Command) -> (&'static str, &'static str) {
    command.binding().map_or(("", ""), |binding| (binding.hint.unwrap_or(binding.meaning), binding.meaning))
}

/// Plain mode has its own commands and does not use this screen.
impl PlainText for Palette {}

impl Screen for Palette {
    fn title(&self, _model: &Model) -> Cow<'_, str> {
        "Commands".into()
    }

    fn commands(&self, _model: &Model) -> Vec<Command> {
        let mut commands = if self.list.shown.is_empty() { Vec::new() } else { vec![Command::Choose] };
        commands.extend([Command::Back, Command::Quit]);
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
        let named = |command: &Command| {
            let (name, meaning) = words(*command);
            (name, meaning.to_owned())
        };
        let mut index = Index::new(self.commands.iter().map(named));
        let found = index.find(self.list.filter.text(), &model.scratch).iter();
        let found = found.filter_map(|&place| self.commands.get(place).copied()).collect();
        self.list.show(found);
    }

    fn row_at(&self, _model: &Model, spot: Spot) -> Option<(usize, usize)> {
        let (_, rows) = from_top(spot.area, 1);
        self.list.seen(rows.height).at(spot, rows)
    }

    fn on_command(&mut self, command: Command, model: &Model, _effects: &mut Effects) -> Option<ScreenEvent> {
        if self.list.on_command(command, model.list_rows()) {
            return None;
        }
        match command {
            Command::Choose => self.list.marked().copied().map(ScreenEvent::CommandPicked),
            Command::Back => Some(ScreenEvent::Left),
            _ => None,
        }
    }

    fn leads_to_an_order(&self) -> bool {
        true
    }
}
