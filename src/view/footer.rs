//! The footer: the keys that work here and now, from the key table.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::keymap::{self, Command};
use crate::layout::{from_left, from_right};
use crate::state::State;
use crate::theme::Theme;
use crate::widgets::text::{put_runs, width};

/// The keys that always have room, at the right end.
const ALWAYS: [Command; 3] = [Command::Help, Command::Back, Command::Quit];
/// Columns between two hints.
const GAP: u16 = 3;

/// A key and what it does.
struct Hint {
    key: Cow<'static, str>,
    what: &'static str,
}

impl Hint {
    fn of(command: Command, state: &State) -> Option<Self> {
        let what = command.binding()?.hint?;
        Some(Self { key: keymap::label(keymap::shown(command, state.typing())?), what })
    }

    fn width(&self) -> u16 {
        width(&self.key).saturating_add(1).saturating_add(width(self.what))
    }

    fn draw(&self, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
        put_runs(frame, area, &[(&self.key, theme.key), (" ", theme.text), (self.what, theme.dim)]);
    }
}

/// Draws the most useful keys first, whole hints only, and keeps room for help, back and quit.
pub(super) fn draw(state: &State, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let offers = state.offers();
    let hints = |always: bool| {
        let wanted = move |command: &&Command| ALWAYS.contains(command) == always;
        offers.iter().filter(wanted).filter_map(|command| Hint::of(*command, state))
    };
    let wanted = hints(true).map(|hint| hint.width().saturating_add(GAP)).fold(0, u16::saturating_add);
    let (mut free, mut right) = from_right(area, wanted.saturating_sub(GAP));
    for hint in hints(true) {
        hint.draw(theme, right, frame);
        right = from_left(right, hint.width().saturating_add(GAP)).1;
    }
    for hint in hints(false) {
        let wanted = hint.width().saturating_add(GAP);
        if wanted > free.width {
            break;
        }
        hint.draw(theme, free, frame);
        free = from_left(free, wanted).1;
    }
}
