//! Help: the keys of the screen below, from the same table that resolves them.

pub mod view;

use std::borrow::Cow;

use super::desk::Desk;
use super::{Outcome, Page};
use crate::effect::Effects;
use crate::keymap::{Command, Typing};

/// The keys of a screen.
#[derive(Debug)]
pub struct Help {
    /// The screen's title.
    pub about: String,
    /// What it offers.
    pub offers: Vec<Command>,
    /// What takes the letters there.
    pub typing: Typing,
}

impl Page for Help {
    fn title(&self, _desk: &Desk) -> Cow<'_, str> {
        "Help".into()
    }

    fn offers(&self, _desk: &Desk) -> Vec<Command> {
        vec![Command::Back, Command::Quit]
    }

    fn obey(&mut self, command: Command, _desk: &Desk, _effects: &mut Effects) -> Option<Outcome> {
        (command == Command::Back).then_some(Outcome::Left)
    }
}
