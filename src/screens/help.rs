//! Help: the keys of the screen below, from the same table that resolves them.

pub mod view;

use std::borrow::Cow;

use super::plain_text::PlainText;
use super::{Outcome, Page};
use crate::effect::Effects;
use crate::keymap::{Command, Typing};
use crate::list::MOVES;
use crate::model::Model;

/// The keys of a screen.
#[derive(Debug)]
pub struct Help {
    /// The screen's title.
    pub about: String,
    /// What it offers.
    pub offers: Vec<Command>,
    /// What takes the letters there.
    pub typing: Typing,
    /// How many rows of keys are scrolled away.
    pub scrolled: usize,
}

/// Plain mode has words of its own for what it does.
impl PlainText for Help {}

impl Page for Help {
    fn title(&self, _model: &Model) -> Cow<'_, str> {
        "Help".into()
    }

    fn offers(&self, model: &Model) -> Vec<Command> {
        let mut offers = vec![Command::Back, Command::Quit];
        if view::rows_out_of_sight(self, model) > 0 {
            offers.extend(MOVES);
        }
        offers
    }

    fn obey(&mut self, command: Command, model: &Model, _effects: &mut Effects) -> Option<Outcome> {
        let last = view::rows_out_of_sight(self, model);
        let here = self.scrolled.min(last);
        self.scrolled = match command {
            Command::Up => here.saturating_sub(1),
            Command::Down => here + 1,
            Command::PageUp => here.saturating_sub(model.list_rows()),
            Command::PageDown => here + model.list_rows(),
            Command::First => 0,
            Command::Last => last,
            _ => return (command == Command::Back).then_some(Outcome::Left),
        }
        .min(last);
        None
    }

    fn leads_to_an_order(&self) -> bool {
        true
    }
}
