//! Selects the key hints of the footer and their columns, for drawing and for clicks.

use std::borrow::Cow;

use crate::keymap::Command;
use crate::state::State;
use crate::widgets::text::width;

/// The commands shown at the right end.
const END: [Command; 3] = [Command::Help, Command::Back, Command::Quit];
/// The commands dropped in a narrow window to make room for the most useful hint: quit first, since everybody
/// knows its key.
const MAKING_ROOM: [Command; 2] = [Command::Quit, Command::Help];
/// Columns between two hints.
const GAP: u16 = 3;

/// A key and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The command that the key runs.
    pub command: Command,
    /// The key's label.
    pub key: Cow<'static, str>,
    /// What the command does, in a word or two.
    pub what: &'static str,
    /// Its first column, counted from the left end of the footer.
    pub column: u16,
}

impl Hint {
    fn of(command: Command, state: &State) -> Option<Self> {
        let what = command.binding()?.hint?;
        let keymap = &state.model.preferences.keymap;
        let key = keymap.label(keymap.shown(command, state.typing())?);
        Some(Self { command, key, what, column: 0 })
    }

    /// Returns the hint's width in columns.
    pub fn width(&self) -> u16 {
        width(&self.key).saturating_add(1).saturating_add(width(self.what))
    }
}

/// Returns the width of several hints side by side, in columns.
fn columns_of<'a>(hints: impl IntoIterator<Item = &'a Hint>) -> u16 {
    let each = hints.into_iter().map(|hint| hint.width().saturating_add(GAP));
    each.fold(0, u16::saturating_add).saturating_sub(GAP)
}

/// Returns the hints that fit into a footer of this width: the most useful first, never cut, with help, back
/// and quit kept as long as the first hint fits too.
pub fn hints(state: &State, columns: u16) -> Vec<Hint> {
    let commands = state.commands();
    let of = |at_the_end: bool| {
        let wanted = move |command: &&Command| END.contains(command) == at_the_end;
        commands.iter().filter(wanted).filter_map(|command| Hint::of(*command, state))
    };
    let mut hints = Vec::with_capacity(commands.len());
    hints.extend(of(true));
    let mut before = of(false).peekable();
    for command in MAKING_ROOM {
        let wanted = before.peek().map_or(0, |first| first.width().saturating_add(GAP));
        if hints.len() > 1 && columns_of(&hints).saturating_add(wanted) > columns {
            hints.retain(|hint| hint.command != command);
        }
    }
    let free = columns.saturating_sub(columns_of(&hints));
    let mut column = free;
    for hint in &mut hints {
        hint.column = column;
        column = column.saturating_add(hint.width()).saturating_add(GAP);
    }
    let mut column: u16 = 0;
    for mut hint in before {
        let end = column.saturating_add(hint.width()).saturating_add(GAP);
        if end > free {
            break;
        }
        hint.column = column;
        column = end;
        hints.push(hint);
    }
    hints
}

/// Returns the command whose hint is at this position of the window, if any.
pub fn at(state: &State, column: u16, row: u16) -> Option<Command> {
    let size = state.model.size;
    if state.fills_window() || row.checked_add(1) != Some(size.rows) {
        return None;
    }
    let column = column.checked_sub(1)?;
    let hints = hints(state, size.columns.saturating_sub(2));
    let found =
        hints.iter().find(|hint| (hint.column..hint.column.saturating_add(hint.width())).contains(&column));
    found.map(|hint| hint.command)
}
