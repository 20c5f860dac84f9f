//! Help: the keys of the screen below, from the same table that resolves them.

pub mod view;

use std::borrow::Cow;

use super::plain_text::PlainText;
use super::{Screen, ScreenEvent};
use crate::effect::Effects;
use crate::keymap::{Command, Typing};
use crate::list::MOVES;
use crate::model::Model;

/// The commands that it can offer together, in each of its modes, but for those that work everywhere.
pub const COMMANDS: &[&[Command]] =
    &[&[Command::Up, Command::Down, Command::PageUp, Command::PageDown, Command::First, Command::Last]];

/// The keys of a screen.
#[derive(Debug)]
pub struct Help {
    /// The screen's title.
    pub about: String,
    /// What it offers.
    pub commands: Vec<Command>,
    /// What takes the letters there.
    pub typing: Typing,
    /// How many rows of keys are scrolled away.
    pub scrolled: usize,
}

/// Plain mode has words of its own for what it does.
impl PlainText for Help {}

impl Screen for Help {
    fn title(&self, _model: &Model) -> Cow<'_, str> {
        "Help".into()
    }

    fn commands(&self, model: &Model) -> Vec<Command> {
        let mut commands = vec![Command::Back, Command::Quit];
        if view::rows_out_of_sight(self, model) > 0 {
            commands.extend(MOVES);
        }
        commands
    }

    fn on_command(&mut self, command: Command, model: &Model, _effects: &mut Effects) -> Option<ScreenEvent> {
        let last = view::rows_out_of_sight(self, model);
        let here = self.scrolled.min(last);
        self.scrolled = match command {
            Command::Up => here.saturating_sub(1),
            Command::Down => here + 1,
            Command::PageUp => here.saturating_sub(model.list_rows()),
            Command::PageDown => here + model.list_rows(),
            Command::First => 0,
            Command::Last => last,
            _ => return (command == Command::Back).then_some(ScreenEvent::Left),
        }
        .min(last);
        None
    }

    fn leads_to_an_order(&self) -> bool {
        true
    }
}
