//! Which row of a list is marked, and which row is the first that is seen.

use crate::keymap::Command;
use crate::widgets::list::Seen;

/// The commands that move in a list, or through a text that is scrolled.
pub const MOVES: [Command; 6] =
    [Command::Up, Command::Down, Command::PageUp, Command::PageDown, Command::First, Command::Last];

/// A place in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    at: usize,
    top: usize,
}

impl Cursor {
    /// The marked row.
    pub fn at(self) -> usize {
        self.at
    }

    /// Marks a row.
    pub fn to(&mut self, at: usize) {
        self.at = at;
    }

    /// The first row that is seen when `rows` of `len` are: the marked one is always among them.
    pub fn top(self, rows: usize, len: usize) -> usize {
        let rows = rows.max(1);
        let lowest = (self.at + 1).saturating_sub(rows);
        self.top.clamp(lowest, self.at).min(len.saturating_sub(rows))
    }

    /// What is seen of a list of `len` rows in so many lines.
    pub fn seen(self, lines: u16, len: usize) -> Seen {
        Seen { top: self.top(usize::from(lines), len), marked: self.at.min(len.saturating_sub(1)), len }
    }

    /// Moves as a command says; tells whether it was one that moves.
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
