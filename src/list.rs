//! A list filtered by typed text: its rows, the selected row and the scroll position.

use crate::field::Field;
use crate::keymap::Command;
use crate::widgets::list::Seen;

/// The commands that move the selection in a list or scroll a text.
pub const MOVES: [Command; 6] =
    [Command::Up, Command::Down, Command::PageUp, Command::PageDown, Command::First, Command::Last];

/// The selected row of a list and its scroll position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    at: usize,
    top: usize,
}

impl Cursor {
    /// The index of the selected row.
    pub fn at(self) -> usize {
        self.at
    }

    /// Selects a row.
    pub fn to(&mut self, at: usize) {
        self.at = at;
    }

    /// The first visible row if `rows` of `len` rows are visible. The selected row is always visible.
    pub fn top(self, rows: usize, len: usize) -> usize {
        let rows = rows.max(1);
        let lowest = (self.at + 1).saturating_sub(rows);
        self.top.clamp(lowest, self.at).min(len.saturating_sub(rows))
    }

    /// The visible part of a list of `len` rows in `lines` lines.
    pub fn seen(self, lines: u16, len: usize) -> Seen {
        Seen { top: self.top(usize::from(lines), len), marked: self.at.min(len.saturating_sub(1)), len }
    }

    /// Moves the selection. Returns whether the command is one that moves it.
    pub fn on_command(&mut self, command: Command, len: usize, rows: usize) -> bool {
        let last = len.saturating_sub(1);
        self.at = match command {
            Command::Up => self.at.saturating_sub(1),
            Command::Down => self.at + 1,
            Command::PageUp => self.at.saturating_sub(rows),
            Command::PageDown => self.at + rows,
            Command::First => 0,
            Command::Last => last,
            _ => return false,
        }
        .min(last);
        self.top = self.top(rows, len);
        true
    }
}

/// A list filtered by typed text, with one row selected.
#[derive(Debug)]
pub struct FilteredList<T> {
    /// The text to filter by.
    pub filter: Field,
    /// The selected row.
    pub cursor: Cursor,
    /// The matching rows, best match first.
    pub shown: Vec<T>,
}

impl<T> Default for FilteredList<T> {
    fn default() -> Self {
        Self { filter: Field::default(), cursor: Cursor::default(), shown: Vec::new() }
    }
}

impl<T> FilteredList<T> {
    /// Replaces the rows and selects the first.
    pub fn show(&mut self, rows: Vec<T>) {
        self.shown = rows;
        self.cursor = Cursor::default();
    }

    /// The selected row.
    pub fn marked(&self) -> Option<&T> {
        self.shown.get(self.cursor.at())
    }

    /// Selects the same row as before a refresh, at its scroll position, if the row is still there: a quiet
    /// refresh must not move the selection.
    pub fn mark_again(&mut self, before: Cursor, is_meant: impl Fn(&T) -> bool) {
        if let Some(row) = self.shown.iter().position(is_meant) {
            self.cursor = before;
            self.cursor.to(row);
        }
    }

    /// The visible part of the list in `lines` lines.
    pub fn seen(&self, lines: u16) -> Seen {
        self.cursor.seen(lines, self.shown.len())
    }

    /// Moves the selection, by `rows` per page. Returns whether the command is one that moves it.
    pub fn on_command(&mut self, command: Command, rows: usize) -> bool {
        self.cursor.on_command(command, self.shown.len(), rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marked_row_is_always_seen() {
        let mut cursor = Cursor::default();
        for command in [Command::Last, Command::Up, Command::PageUp, Command::First, Command::PageDown] {
            cursor.on_command(command, 100, 10);
            let top = cursor.top(10, 100);
            assert!((top..top + 10).contains(&cursor.at()), "{command:?}");
        }
    }

    #[test]
    fn moving_inside_the_window_does_not_scroll_it() {
        let mut cursor = Cursor::default();
        cursor.on_command(Command::Last, 100, 10);
        cursor.on_command(Command::Up, 100, 10);
        assert_eq!(cursor.top(10, 100), 90);
    }

    #[test]
    fn an_empty_list_is_no_place_to_fall_from() {
        let mut cursor = Cursor::default();
        cursor.on_command(Command::Down, 0, 0);
        assert_eq!((cursor.at(), cursor.top(0, 0)), (0, 0));
    }
}
