//! User input from the terminal, independent of any terminal library.

use std::fmt;

/// A key, without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character, shift already applied.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Deletes to the left.
    Backspace,
    /// Deletes to the right.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, by its number.
    F(u8),
}

/// A key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Press {
    /// The key.
    pub key: Key,
    /// Whether Ctrl was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
}

impl Press {
    /// Creates a press of a key without modifiers.
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false, alt: false }
    }

    /// Creates a press of a letter with Ctrl.
    pub const fn ctrl(letter: char) -> Self {
        Self { key: Key::Char(letter), ctrl: true, alt: false }
    }

    /// The character that it types, or `None` if it types none.
    pub fn typed(self) -> Option<char> {
        match self.key {
            Key::Char(letter) if !self.ctrl && !self.alt => Some(letter),
            _ => None,
        }
    }
}

/// How a key press arrived, which indicates whether the user meant it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Alone: nothing else in the same read, and no input for a moment before it.
    Lone,
    /// Together with other input, as in a burst, or where it may be part of a broken sequence.
    Crowded,
    /// Reported by the terminal as a repeat of a key that is held.
    Repeated,
}

/// One input event from the terminal.
#[derive(Clone, PartialEq, Eq)]
pub enum Input {
    /// A key press, and how it arrived.
    Press(Press, Arrival),
    /// Pasted text; never a command, never a submit.
    Paste(String),
    /// The wheel was scrolled by one notch.
    Wheel {
        /// Whether it was scrolled towards the start.
        up: bool,
    },
    /// A cell was clicked.
    Click {
        /// The column, counted from zero.
        column: u16,
        /// The row, counted from zero.
        row: u16,
    },
    /// The size of a cell changed, in pixels: width and height.
    Scaled((u16, u16)),
    /// The window was resized.
    Resized(Size),
    /// The program resumed after another program used the terminal.
    Resumed,
}

impl Input {
    /// Creates a key press that arrived alone.
    pub const fn lone(press: Press) -> Self {
        Self::Press(press, Arrival::Lone)
    }
}

/// Pasted text may be someone's address, so only its length is printed.
impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Press(press, arrival) => f.debug_tuple("Press").field(press).field(arrival).finish(),
            Self::Paste(text) => write!(f, "Paste({} characters)", text.chars().count()),
            Self::Wheel { up } => f.debug_struct("Wheel").field("up", up).finish(),
            Self::Click { column, row } => write!(f, "Click({column}, {row})"),
            Self::Scaled(pixels) => f.debug_tuple("Scaled").field(pixels).finish(),
            Self::Resized(size) => f.debug_tuple("Resized").field(size).finish(),
            Self::Resumed => f.write_str("Resumed"),
        }
    }
}

/// The size of the window, in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Cells across.
    pub columns: u16,
    /// Cells down.
    pub rows: u16,
}
