//! Palette: the commands of the screen below, found by their words.

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

/// The commands that it can offer together, in each of its modes, but for those that work everywhere.
pub const COMMANDS: &[&[Command]] = &[&[
    Command::Choose,
    Command::Up,
    Command::Down,
    Command::PageUp,
    Command::PageDown,
    Command::First,
    Command::Last,
]];

/// The commands of a screen, filtered by what is typed.
#[derive(Debug)]
pub struct Palette {
    /// The screen's title.
    pub about: String,
    /// What takes the letters there.
    pub typing_below: Typing,
    /// The commands that match.
    pub list: FilteredList<Command>,
    commands: Vec<Command>,
}

impl Palette {
    /// Every command that a screen offers, but for those that only move, whose keys everybody knows.
    pub fn new(about: String, commands: Vec<Command>, typing_below: Typing) -> Self {
        let pointless = |offer: &Command| MOVES.contains(offer) || POINTLESS.contains(offer);
        let commands: Vec<Command> = commands.into_iter().filter(|offer| !pointless(offer)).collect();
        let mut list = FilteredList::default();
        list.show(commands.clone());
        Self { about, typing_below, list, commands }
    }
}

/// Commands that, beside those that only move, make no sense from a list over the screen.
const POINTLESS: [Command; 3] = [Command::NextField, Command::PreviousField, Command::Palette];

/// What a command is found and shown by: its words, then what it does.
pub fn words(command: Command) -> (&'static str, &'static str) {
    command.binding().map_or(("", ""), |binding| (binding.hint.unwrap_or(binding.meaning), binding.meaning))
}

/// Plain mode has words of its own for what it does.
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
