//! How letters look, and the shortest words that make a terminal change from one look to another.

use std::io::Write;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// What is seen even where there is no letter.
const SHOWS_ON_BLANKS: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// How letters look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Pen {
    pub(super) fg: Color,
    pub(super) bg: Color,
    pub(super) modifier: Modifier,
}

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

impl Pen {
    /// As the terminal has it by itself.
    pub(super) const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    /// How the letter of a cell looks.
    pub(super) fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Whether a blank that it writes is nothing but a colour behind it: that of letters and their weight do
    /// not show where there are none.
    pub(super) fn blanks_as(self, bg: Color) -> bool {
        self.bg == bg && !self.modifier.intersects(SHOWS_ON_BLANKS)
    }

    /// Writes what changes an earlier pen into this one; nothing where they are the same.
    pub(super) fn write_after(self, earlier: Option<Self>, out: &mut Vec<u8>) {
        if earlier == Some(self) {
            return;
        }
        out.extend_from_slice(b"\x1b[");
        if self != Self::PLAIN {
            // What is on cannot be taken off one by one alike everywhere: all goes off, then on again.
            let kept = earlier.filter(|earlier| self.modifier.contains(earlier.modifier));
            if kept.is_none() {
                out.extend_from_slice(b"0;");
            }
            let from = kept.unwrap_or(Self::PLAIN);
            for (modifier, number) in MODIFIERS {
                if self.modifier.contains(modifier) && !from.modifier.contains(modifier) {
                    write_number(number, out);
                    out.push(b';');
                }
            }
            for (wanted, there, background) in [(self.fg, from.fg, false), (self.bg, from.bg, true)] {
                if wanted != there {
                    write_colour(wanted, background, out);
                    out.push(b';');
                }
            }
            // One of them was written, and its separator is the end.
            out.pop();
        }
        out.push(b'm');
    }
}

fn write_number(number: u8, out: &mut Vec<u8>) {
    // Memory takes every word.
    let _ = write!(out, "{number}");
}

fn write_colour(colour: Color, background: bool, out: &mut Vec<u8>) {
    let base = if background { 10 } else { 0 };
    let number = match colour {
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
    write_number(number + base, out);
    let _ = match colour {
        Color::Indexed(place) => write!(out, ";5;{place}"),
        Color::Rgb(red, green, blue) => write!(out, ";2;{red};{green};{blue}"),
        _ => Ok(()),
    };
}
