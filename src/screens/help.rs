//! Help: the keys of the screen below, from the same table that resolves them.

pub mod view;

use std::borrow::Cow;

use super::plain_text::PlainText;
use super::{Screen, ScreenEvent};
use crate::effect::Effects;
use crate::keymap::{Command, Typing};
use crate::list::MOVES;
use crate::model::Model;

/// The commands the screen can offer together, for each of its modes, except the global ones.
pub const COMMANDS: &[&[Command]] =
    &[&[Command::Up, Command::Down, Command::PageUp, Command::PageDown, Command::First, Command::Last]];

/// The keys of a screen.
#[derive(Debug)]
pub struct Help {
    /// The title of the screen below.
    pub about: String,
    /// The commands of the screen below.
    pub commands: Vec<Command>,
    /// What typed characters are used for on the screen below.
    pub typing: Typing,
    /// How many rows the list is scrolled down.
    pub scrolled: usize,
}

/// Plain mode has its own help and does not use this screen.
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
