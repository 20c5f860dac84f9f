//! A backend of few bytes: one write for a frame, and none for a frame in which nothing changed.

use std::fmt;
use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use super::moving::{Ink, Inks, Move, Sign};
use super::pen::{Pen, SHOWS_ON_BLANKS};
use crate::input;
use crate::session::Glass;

/// Larger frames may arrive in parts; the terminal is asked to show them at once.
const PACKET: usize = 1_400;
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// Below so many changes it is not looked whether rows only move.
const MANY: usize = 160;
/// From so many blanks on, erasing them is shorter than writing them.
const ERASED_FROM: u16 = 8;

/// Where the terminal's cursor stands, as far as that can be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// Just there.
    Cell(u16, u16),
    /// In this row. The width of some characters is a matter of opinion among terminals.
    Row(u16),
    /// Nobody knows: behind the last column each terminal has its own way.
    Unknown,
}

/// Blanks that are not written yet: there may be more of them.
#[derive(Clone, Copy, Debug)]
struct Blanks {
    x: u16,
    y: u16,
    count: u16,
    bg: Color,
}

/// Writes frames to a terminal with as few bytes as are safe everywhere, each in one write.
///
/// It asks the terminal nothing. Its size is what it was told, so that no frame has to ask for it.
pub struct Lean<W> {
    writer: W,
    size: Size,
    /// Room for [`BEGIN`], then what must be written whatever becomes of the frame, then the frame.
    frame: Vec<u8>,
    kept: usize,
    pen: Option<Pen>,
    at: At,
    blanks: Option<Blanks>,
    /// The cells in which a letter begins that takes more than its own.
    wide: Vec<bool>,
    /// What stands on the screen.
    inks: Inks,
    /// Whether there may be a picture: nobody knows which cells it covers, so no row moves.
    pictured: bool,
    cursor: Option<Position>,
    wanted: bool,
    shown: Option<bool>,
}

impl<W: Write> Lean<W> {
    /// A backend for a window of a size. `entry` goes before the first frame, in the same write.
    pub fn new(writer: W, size: Size, entry: &[u8]) -> Self {
        let mut frame = Vec::with_capacity(16 * 1024);
        frame.extend_from_slice(BEGIN);
        frame.extend_from_slice(entry);
        let kept = frame.len();
        let (wide, inks, pictured) = (Vec::new(), Inks::blank(0, 0), false);
        let (pen, at, blanks, cursor, shown) = (None, At::Unknown, None, None, None);
        let wanted = false;
        let mut lean =
            Self { writer, size, frame, kept, pen, at, blanks, wide, inks, pictured, cursor, wanted, shown };
        lean.forget();
        lean
    }

    /// Whether a frame was written, and with the first one the entry.
    pub fn has_drawn(&self) -> bool {
        self.kept == BEGIN.len()
    }

    /// What the frames are written to.
    pub fn writer(&self) -> &W {
        &self.writer
    }

    fn put(&mut self, x: u16, y: u16, symbol: &str, pen: Pen) {
        let sign = Sign::of(symbol);
        let (wide, picture) = (sign == Sign::Wide, sign == Sign::Picture);
        let torn = self.cover(x, y, wide);
        self.pictured |= picture;
        for half in 1..torn.max(1 + u16::from(wide)) {
            self.inks.set(x.saturating_add(half), y, Ink::Odd);
        }
        self.inks.set(x, y, Ink::of(sign, pen));
        let shows = pen.modifier.intersects(SHOWS_ON_BLANKS);
        if torn > 0 && (shows || pen.bg != Color::Reset) {
            // The other half of a wide letter would take this look, and is not drawn anew.
            self.write_blanks();
            self.go(x, y);
            self.take(Pen::PLAIN);
            self.say(format_args!("\x1b[{torn}X"));
        }
        if symbol == " " && !shows {
            return self.blank(x, y, pen.bg);
        }
        self.write_blanks();
        self.go(x, y);
        self.take(pen);
        self.frame.extend_from_slice(symbol.as_bytes());
        self.at = match x.checked_add(1).filter(|next| *next < self.size.width && !picture) {
            Some(next) if !wide => At::Cell(next, y),
            Some(next) if next + 1 < self.size.width => At::Row(y),
            _ => At::Unknown,
        };
    }

    /// Takes note of what stands in a cell. Where it tears a wide letter that stood there before,
    /// tells how many cells both take together.
    fn cover(&mut self, x: u16, y: u16, wide: bool) -> u16 {
        let place = usize::from(y) * usize::from(self.size.width) + usize::from(x);
        let was_wide = self.wide.get_mut(place).is_some_and(|there| std::mem::replace(there, wide));
        if !wide {
            return if was_wide { 2 } else { 0 };
        }
        let next = self.wide.get_mut(place + 1).filter(|_| x + 2 < self.size.width);
        if next.is_some_and(std::mem::take) { 3 } else { 0 }
    }

    /// Takes every letter for gone.
    fn forget(&mut self) {
        self.wide.clear();
        self.wide.resize(usize::from(self.size.width) * usize::from(self.size.height), false);
        self.inks = Inks::blank(self.size.width, self.size.height);
        self.pictured = false;
    }

    /// Which rows only move, and what will stand on the screen then. None do before the first frame, nor
    /// before the first one in a window of another size.
    fn moving(&self, changes: &[(u16, u16, &Cell)]) -> Option<(Move, Inks)> {
        if self.pictured || self.shown.is_none() || changes.len() < MANY {
            return None;
        }
        let mut next = self.inks.clone();
        for (x, y, cell) in changes {
            let sign = Sign::of(cell.symbol());
            if sign == Sign::Picture {
                return None;
            }
            next.set(*x, *y, Ink::of(sign, Pen::of(cell)));
        }
        Some((self.inks.moving_to(&next)?, next))
    }

    /// Has the terminal move rows, by what every terminal can do, and writes what is new in them.
    fn move_rows(&mut self, found: Move, next: &Inks) {
        let Move { top, bottom, by, up } = found;
        // Some terminals fill the rows that get free with the colour that is set.
        self.take(Pen::PLAIN);
        self.say(format_args!("\x1b[{};{}r", top + 1, bottom + 1));
        if up {
            self.say(format_args!("\x1b[{}H{:\n<by$}", bottom + 1, ""));
        } else {
            self.say(format_args!("\x1b[{}H", top + 1));
            self.frame.extend(b"\x1bM".repeat(by));
        }
        self.frame.extend_from_slice(b"\x1b[r");
        self.at = At::Unknown;
        self.inks.shift(found);
        self.inks.take_pens_of(next);
        let rows = (top..=bottom).filter_map(|row| u16::try_from(row).ok());
        for y in rows.filter(|y| next.is_unlike(&self.inks, *y)).collect::<Vec<_>>() {
            for x in 0..self.size.width {
                if let Some((letter, pen)) = next.letter_unlike(&self.inks, x, y) {
                    self.put(x, y, letter.encode_utf8(&mut [0; 4]), pen);
                }
            }
        }
    }

    fn blank(&mut self, x: u16, y: u16, bg: Color) {
        match &mut self.blanks {
            Some(run) if run.y == y && run.bg == bg && run.x + run.count == x => run.count += 1,
            _ => {
                self.write_blanks();
                self.blanks = Some(Blanks { x, y, count: 1, bg });
            }
        }
    }

    fn write_blanks(&mut self) {
        let Some(Blanks { x, y, count, bg }) = self.blanks.take() else { return };
        self.go(x, y);
        // The colour of letters and their weight do not show where there are none.
        if !self.pen.is_some_and(|pen| pen.bg == bg && !pen.modifier.intersects(SHOWS_ON_BLANKS)) {
            self.take(Pen { fg: Color::Reset, bg, modifier: Modifier::empty() });
        }
        let to_the_end = x + count >= self.size.width;
        // Not every terminal erases with the colour that is set.
        let erasable = bg == Color::Reset;
        if erasable && to_the_end && count > 3 {
            self.frame.extend_from_slice(b"\x1b[K");
        } else if erasable && count >= ERASED_FROM {
            self.say(format_args!("\x1b[{count}X"));
        } else {
            self.frame.resize(self.frame.len() + usize::from(count), b' ');
            self.at = if to_the_end { At::Unknown } else { At::Cell(x + count, y) };
        }
    }

    fn go(&mut self, x: u16, y: u16) {
        let (row, column) = (u32::from(y) + 1, u32::from(x) + 1);
        match self.at {
            At::Cell(there, same) if (there, same) == (x, y) => return,
            At::Cell(0, above) if x == 0 && above + 1 == y => self.frame.push(b'\n'),
            At::Cell(_, above) | At::Row(above) if x == 0 && above + 1 == y => {
                self.frame.extend_from_slice(b"\r\n");
            }
            At::Cell(_, same) | At::Row(same) if x == 0 && same == y => self.frame.push(b'\r'),
            At::Cell(left, same) if same == y && x == left + 1 => self.frame.extend_from_slice(b"\x1b[C"),
            At::Cell(left, same) if same == y && x > left => self.say(format_args!("\x1b[{}C", x - left)),
            At::Cell(right, same) if same == y && right == x + 1 => self.frame.push(8),
            At::Cell(_, same) | At::Row(same) if same == y => self.say(format_args!("\x1b[{column}G")),
            At::Cell(there, above) if there == x && above + 1 == y => self.frame.extend_from_slice(b"\n"),
            At::Cell(there, _) if there == x => self.say(format_args!("\x1b[{row}d")),
            _ if x == 0 => self.say(format_args!("\x1b[{row}H")),
            _ => self.say(format_args!("\x1b[{row};{column}H")),
        }
        self.at = At::Cell(x, y);
    }

    fn take(&mut self, pen: Pen) {
        pen.write_after(self.pen, &mut self.frame);
        self.pen = Some(pen);
    }

    fn say(&mut self, words: fmt::Arguments<'_>) {
        // Memory takes every word.
        let _ = self.frame.write_fmt(words);
    }
}

impl<W: Write> Glass for Lean<W> {
    fn resized(&mut self, size: input::Size) {
        self.size = Size { width: size.columns, height: size.rows };
        self.pen = None;
        self.at = At::Unknown;
        self.shown = None;
    }
}

impl<W: Write> Backend for Lean<W> {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        let mut changes = Vec::with_capacity(self.wide.len());
        changes.extend(content);
        let moved = self.moving(&changes);
        let rows = moved.as_ref().map(|(found, _)| found.top..=found.bottom);
        if let Some((found, next)) = &moved {
            self.move_rows(*found, next);
        }
        let others = changes
            .into_iter()
            .filter(|(_, y, _)| !rows.as_ref().is_some_and(|rows| rows.contains(&usize::from(*y))));
        for (x, y, cell) in others {
            self.put(x, y, cell.symbol(), Pen::of(cell));
        }
        self.write_blanks();
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.wanted = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.wanted = true;
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = Some(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        // Nothing of an unwritten frame is seen once all is cleared.
        self.frame.truncate(self.kept);
        self.frame.extend_from_slice(b"\x1b[m\x1b[H\x1b[2J");
        self.blanks = None;
        self.forget();
        self.pen = Some(Pen::PLAIN);
        self.at = At::Cell(0, 0);
        Ok(())
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.wanted
            && let Some(place) = self.cursor
        {
            self.go(place.x, place.y);
        }
        if self.shown != Some(self.wanted) {
            self.frame.extend_from_slice(if self.wanted { b"\x1b[?25h" } else { b"\x1b[?25l" });
            self.shown = Some(self.wanted);
        }
        if self.frame.len() == BEGIN.len() {
            return Ok(());
        }
        let written = if self.frame.len() > PACKET {
            self.frame.extend_from_slice(END);
            self.writer.write_all(&self.frame)
        } else {
            self.writer.write_all(self.frame.get(BEGIN.len()..).unwrap_or_default())
        };
        self.frame.truncate(BEGIN.len());
        self.kept = BEGIN.len();
        written
    }
}

impl<W> fmt::Debug for Lean<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lean({} × {})", self.size.width, self.size.height)
    }
}
