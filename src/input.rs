//! What a person does at the terminal, without any terminal library's words.

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
    /// A function key by its number.
    F(u8),
}

/// A key that was pressed.
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
    /// A key alone.
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false, alt: false }
    }

    /// A letter with Ctrl.
    pub const fn ctrl(letter: char) -> Self {
        Self { key: Key::Char(letter), ctrl: true, alt: false }
    }

    /// The character that it types, when it types one.
    pub fn typed(self) -> Option<char> {
        match self.key {
            Key::Char(letter) if !self.ctrl && !self.alt => Some(letter),
            _ => None,
        }
    }
}

/// How a key press came in, which tells whether a person meant it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// By itself: nothing else in the same read, and no input for a moment before it.
    Lone,
    /// Together with other input, as in a burst, or where it may be a part of a broken sequence.
    Crowded,
    /// Reported by the terminal as a repeat of a key that is held.
    Repeated,
}

/// One thing that came in from the terminal.
#[derive(Clone, PartialEq, Eq)]
pub enum Input {
    /// A key, and how it came.
    Press(Press, Arrival),
    /// Text that was pasted; never a command, never a submit.
    Paste(String),
    /// The wheel was turned by one notch: towards the start, or else towards the end.
    Wheel {
        /// Whether it was turned towards the start.
        up: bool,
    },
    /// A cell was clicked, counted from the top left one.
    Click {
        /// Cells from the left.
        column: u16,
        /// Cells from the top.
        row: u16,
    },
    /// A cell has so many pixels across and down now.
    Scaled((u16, u16)),
    /// The window has another size now.
    Resized(Size),
    /// The program goes on; somebody else had the terminal meanwhile.
    Resumed,
}

impl Input {
    /// A key that a person pressed by itself.
    pub const fn lone(press: Press) -> Self {
        Self::Press(press, Arrival::Lone)
    }
}

/// What is pasted may be an address of somebody: debugging tells only its length.
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
