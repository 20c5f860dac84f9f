//! Which keys the footer names, and where each stands: for the eyes, and for a click.

use std::borrow::Cow;

use crate::keymap::Command;
use crate::screens::Screen;
use crate::state::State;
use crate::widgets::text::width;

/// The keys that always have room, at the right end.
const ALWAYS: [Command; 3] = [Command::Help, Command::Back, Command::Quit];
/// Columns between two hints.
const GAP: u16 = 3;

/// A key and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What it does.
    pub command: Command,
    /// The name of the key.
    pub key: Cow<'static, str>,
    /// What it does, in a word or two.
    pub what: &'static str,
    /// Its first column, from the left end of the footer.
    pub column: u16,
}

impl Hint {
    fn of(command: Command, state: &State) -> Option<Self> {
        let what = command.binding()?.hint?;
        let keymap = &state.desk.habits.keymap;
        let key = keymap.label(keymap.shown(command, state.typing())?);
        Some(Self { command, key, what, column: 0 })
    }

    /// How many columns it takes.
    pub fn width(&self) -> u16 {
        width(&self.key).saturating_add(1).saturating_add(width(self.what))
    }
}

/// The hints of a footer of so many columns: the most useful keys first, whole hints only, with room
/// kept for help, back and quit.
pub fn hints(state: &State, columns: u16) -> Vec<Hint> {
    let offers = state.offers();
    let of = |kept: bool| {
        let wanted = move |command: &&Command| ALWAYS.contains(command) == kept;
        offers.iter().filter(wanted).filter_map(|command| Hint::of(*command, state))
    };
    let mut always = Vec::with_capacity(offers.len());
    always.extend(of(true));
    let wanted = always.iter().map(|hint| hint.width().saturating_add(GAP)).fold(0, u16::saturating_add);
    let free = columns.saturating_sub(wanted.saturating_sub(GAP));
    let mut column = free;
    for hint in &mut always {
        hint.column = column;
        column = column.saturating_add(hint.width()).saturating_add(GAP);
    }
    let mut column: u16 = 0;
    for mut hint in of(false) {
        let end = column.saturating_add(hint.width()).saturating_add(GAP);
        if end > free {
            break;
        }
        hint.column = column;
        column = end;
        always.push(hint);
    }
    always
}

/// The command that the footer names at a place of the window.
pub fn at(state: &State, column: u16, row: u16) -> Option<Command> {
    let size = state.desk.size;
    let full = matches!(state.top(), Screen::Pay(pay) if pay.full_screen && state.desk.toast.is_none());
    if full || row.checked_add(1) != Some(size.rows) {
        return None;
    }
    let column = column.checked_sub(1)?;
    let hints = hints(state, size.columns.saturating_sub(2));
    let found =
        hints.iter().find(|hint| (hint.column..hint.column.saturating_add(hint.width())).contains(&column));
    found.map(|hint| hint.command)
}
