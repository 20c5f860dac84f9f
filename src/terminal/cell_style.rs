//! The style of a cell, and the shortest escape sequence from one style to another.

use std::io::Write;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Modifiers that are visible on a blank.
const VISIBLE_ON_BLANKS: Modifier =
    Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// The parameters of the escape sequence that sets each modifier.
const MODIFIERS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// The colours and modifiers of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CellStyle {
    pub(super) fg: Color,
    pub(super) bg: Color,
    pub(super) modifier: Modifier,
}

impl CellStyle {
    /// The terminal's own default.
    pub(super) const DEFAULT: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    /// Returns the style of a cell.
    pub(super) fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Returns whether a blank in this style shows nothing but this background.
    pub(super) fn fills_blanks(self, bg: Color) -> bool {
        self.bg == bg && !self.modifier.intersects(VISIBLE_ON_BLANKS)
    }

    /// Writes the sequence that changes the terminal's style from `current`, or from an unknown one, to this one.
    pub(super) fn write_after(self, current: Option<Self>, out: &mut Vec<u8>) {
        if current == Some(self) {
            return;
        }
        out.extend_from_slice(b"\x1b[");
        if self != Self::DEFAULT {
            // Terminals differ in how single modifiers are taken off, so all of them are, and set again.
            let kept = current.filter(|current| self.modifier.contains(current.modifier));
            if kept.is_none() {
                out.extend_from_slice(b"0;");
            }
            let from = kept.unwrap_or(Self::DEFAULT);
            for (modifier, parameter) in MODIFIERS {
                if self.modifier.difference(from.modifier).contains(modifier) {
                    // Writing to memory does not fail.
                    let _ = write!(out, "{parameter};");
                }
            }
            if self.fg != from.fg {
                write_colour(self.fg, 0, out);
            }
            if self.bg != from.bg {
                write_colour(self.bg, 10, out);
            }
            // The separator behind the last parameter.
            out.pop();
        }
        out.push(b'm');
    }
}

/// Writes the parameters of a colour; those of a background are greater by `offset`.
fn write_colour(colour: Color, offset: u8, out: &mut Vec<u8>) {
    let parameter = match colour {
        Color::Reset => 39,
        Color::Black => 30,
        Color::Red => 31,
        Color::Green => 32,
        Color::Yellow => 33,
        Color::Blue => 34,
        Color::Magenta => 35,
        Color::Cyan => 36,
        Color::Gray => 37,
        Color::DarkGray => 90,
        Color::LightRed => 91,
        Color::LightGreen => 92,
        Color::LightYellow => 93,
        Color::LightBlue => 94,
        Color::LightMagenta => 95,
        Color::LightCyan => 96,
        Color::White => 97,
        Color::Indexed(_) | Color::Rgb(..) => 38,
    };
    // Writing to memory does not fail.
    let _ = write!(out, "{};", parameter + offset);
    let _ = match colour {
        Color::Indexed(index) => write!(out, "5;{index};"),
        Color::Rgb(red, green, blue) => write!(out, "2;{red};{green};{blue};"),
        _ => Ok(()),
    };
}
