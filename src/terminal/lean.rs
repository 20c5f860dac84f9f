//! Frames of few bytes: one write for each, and none for one in which nothing changed.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::mem;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::Color;

use super::inks::{COVERED, Inks, ODD, Pens, Sign, UNKNOWN};
use super::moving::Move;
use super::pen::Pen;
use crate::input::Size;
use crate::session::Glass;

/// Larger frames may arrive in parts; the terminal is asked to show them at once.
const PACKET: usize = 1_400;
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// So many letters are written in fewer bytes than the cursor takes to go past them.
const SHORT: u16 = 3;
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
    /// What stands on the screen.
    inks: Inks,
    /// What of it only its cell tells, by its place.
    odd: BTreeMap<(u16, u16), Cell>,
    /// Room for what is to stand there next.
    next: Inks,
    pens: Pens,
    /// Whether there may be a picture: nobody knows which cells it covers, so no row moves.
    pictured: bool,
    /// Whether the cursor is seen, once that is known.
    shown: Option<bool>,
}

impl<W: Write> Lean<W> {
    /// For a window of a size. `entry` goes before the first frame, in the same write.
    pub fn new(writer: W, size: Size, entry: &[u8]) -> Self {
        let mut frame = Vec::with_capacity(16 * 1024);
        frame.extend_from_slice(BEGIN);
        frame.extend_from_slice(entry);
        let kept = frame.len();
        let blank = || Inks::blank(size.columns, size.rows);
        let (inks, odd, next, pens) = (blank(), BTreeMap::new(), blank(), Pens::new());
        let (pen, at, blanks, pictured, shown) = (None, At::Unknown, None, false, None);
        Self { writer, size, frame, kept, pen, at, blanks, inks, odd, next, pens, pictured, shown }
    }

    /// Whether a frame was written, and with the first one the entry.
    pub fn has_drawn(&self) -> bool {
        self.kept == BEGIN.len()
    }

    /// Writes what is new.
    fn paint(&mut self, cells: &Buffer) {
        if self.pens.are_full() {
            self.pens.keep_those_of(&mut self.inks);
        }
        self.next.take(cells, &mut self.pens);
        self.pictured |= self.next.is_pictured();
        if let Some(found) = self.moving() {
            self.move_rows(found);
        }
        for (y, row) in (0..).zip(cells.content.chunks(usize::from(self.size.columns.max(1)))) {
            if self.odd.is_empty() && self.inks.row(y.into()) == self.next.row(y.into()) {
                continue;
            }
            for (x, cell) in (0..).zip(row) {
                if self.is_new(x, y, cell) {
                    self.bridge(x, y, row);
                    self.put(x, y, cell);
                }
            }
        }
        self.write_blanks();
        mem::swap(&mut self.inks, &mut self.next);
    }

    /// Whether something else is to be written in a cell than what stands there.
    fn is_new(&mut self, x: u16, y: u16, cell: &Cell) -> bool {
        let (before, after) = (self.inks.dot(x, y), self.next.dot(x, y));
        if after == ODD {
            if self.odd.get(&(y, x)) == Some(cell) {
                return false;
            }
            self.odd.insert((y, x), cell.clone());
            return true;
        }
        if before == ODD && self.odd.remove(&(y, x)).as_ref() == Some(cell) {
            // Its pen has a number by now.
            return false;
        }
        before != after && after != COVERED && after != UNKNOWN
    }

    /// Writes what stands between the last letter and a place once more, where that is shorter than to go there.
    fn bridge(&mut self, x: u16, y: u16, row: &[Cell]) {
        let (from, pen) = match (self.blanks, self.at, self.pen) {
            (Some(run), _, pen) if run.y == y => (run.x + run.count, pen.filter(|pen| pen.blanks_as(run.bg))),
            (None, At::Cell(from, same), pen) if same == y => (from, pen),
            _ => return,
        };
        if x <= from || x - from > SHORT {
            return;
        }
        let bg = self.blanks.map(|run| run.bg).or(pen.map(|pen| pen.bg));
        let flows = |cell: &Cell| match cell.symbol().as_bytes() {
            [b' '] if Pen::of(cell).blanks_as(cell.bg) => {
                Some(cell.bg) == bg && pen.is_none_or(|pen| pen.blanks_as(cell.bg))
            }
            [b' '..=b'~'] => Some(Pen::of(cell)) == pen,
            _ => false,
        };
        let between = || (from..x).zip(row.get(usize::from(from)..).unwrap_or_default());
        if between().all(|(x, cell)| self.next.dot(x, y) < UNKNOWN && flows(cell)) {
            between().for_each(|(x, cell)| self.put(x, y, cell));
        }
    }

    fn put(&mut self, x: u16, y: u16, cell: &Cell) {
        let (symbol, pen) = (cell.symbol(), Pen::of(cell));
        if symbol == " " && pen.blanks_as(pen.bg) {
            return self.blank(x, y, pen.bg);
        }
        self.write_blanks();
        self.go(x, y);
        self.take(pen);
        self.frame.extend_from_slice(symbol.as_bytes());
        let sign = Sign::of(symbol);
        self.at = match x.checked_add(1).filter(|next| *next < self.size.columns) {
            Some(next) if matches!(sign, Sign::Letter(_)) => At::Cell(next, y),
            Some(next) if sign == Sign::Wide && next + 1 < self.size.columns => At::Row(y),
            _ => At::Unknown,
        };
    }

    /// Which rows only move. None do before the first frame, nor before the first one in a window of another size.
    fn moving(&self) -> Option<Move> {
        if self.pictured || self.shown.is_none() { None } else { self.inks.moving_to(&self.next) }
    }

    /// Has the terminal move rows, by what every terminal can do.
    fn move_rows(&mut self, found: Move) {
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
        if !self.pen.is_some_and(|pen| pen.blanks_as(bg)) {
            self.take(Pen { bg, ..Pen::PLAIN });
        }
        let to_the_end = x + count >= self.size.columns;
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
    type Error = io::Error;

    fn resized(&mut self, size: Size) {
        self.size = size;
        // Nothing of an unwritten frame is seen once all is cleared.
        self.frame.truncate(self.kept);
        self.frame.extend_from_slice(b"\x1b[m\x1b[H\x1b[2J");
        self.blanks = None;
        self.inks = Inks::blank(size.columns, size.rows);
        self.odd.clear();
        self.pictured = false;
        self.shown = None;
        self.pen = Some(Pen::PLAIN);
        self.at = At::Cell(0, 0);
    }

    fn show(&mut self, cells: &Buffer, caret: Option<Position>) -> io::Result<()> {
        self.paint(cells);
        if let Some(place) = caret {
            self.go(place.x, place.y);
        }
        let seen = caret.is_some();
        if self.shown != Some(seen) {
            self.frame.extend_from_slice(if seen { b"\x1b[?25h" } else { b"\x1b[?25l" });
            self.shown = Some(seen);
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
        write!(f, "Lean({} × {})", self.size.columns, self.size.rows)
    }
}
