//! Writes frames to the terminal: the changes since the last one, in one write.

use std::fmt;
use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;
use unicode_width::UnicodeWidthChar;

use super::cell_style::CellStyle;
use super::scroll::{self, Scroll};
use crate::input::Size;
use crate::session::Surface;

/// Frames larger than this may arrive in parts, so the terminal is asked to show them at once.
const PACKET: usize = 1_400;
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";
/// The most unchanged cells that are rewritten: moving the cursor past them would take more bytes.
const SHORT_GAP: u16 = 3;
/// From this many blanks on, erasing them takes fewer bytes than writing them.
const ERASED_FROM: u16 = 8;

/// What is known about the position of the terminal's cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cursor {
    /// The column and the row.
    At(u16, u16),
    /// Only the row: terminals disagree on the width of some characters.
    InRow(u16),
    /// Nothing: terminals differ once the last column was written.
    Unknown,
}

/// Blanks that are not written yet, as more may follow.
#[derive(Clone, Copy, Debug)]
struct Blanks {
    x: u16,
    y: u16,
    count: u16,
    bg: Color,
}

/// Writes frames to a terminal, each in one write, with few bytes and only sequences that every terminal
/// supports.
///
/// The terminal is never queried: its size is the last one passed to [`Surface::resized`].
pub struct Painter<W> {
    writer: W,
    size: Size,
    /// What the terminal shows. The other half of a wide character has an empty symbol.
    screen: Buffer,
    /// The bytes of the next write: [`BEGIN`], then what precedes the first frame, then the frame.
    out: Vec<u8>,
    /// The length of what precedes the frame in `out`.
    preamble: usize,
    cursor: Cursor,
    cursor_visible: Option<bool>,
    style: Option<CellStyle>,
    blanks: Option<Blanks>,
    /// Whether the screen may contain a picture. Rows are not scrolled then, as the cells it covers are
    /// unknown.
    has_picture: bool,
}

impl<W: Write> Painter<W> {
    /// Creates a painter for a window that is blank once `entry` was written. `entry` is written together with
    /// the first frame, in the same write.
    pub fn new(writer: W, size: Size, entry: &[u8]) -> Self {
        let mut out = Vec::with_capacity(16 * 1024);
        out.extend_from_slice(BEGIN);
        out.extend_from_slice(entry);
        Self {
            writer,
            size,
            screen: blank(size),
            preamble: out.len(),
            out,
            cursor: Cursor::Unknown,
            cursor_visible: None,
            style: None,
            blanks: None,
            has_picture: false,
        }
    }

    /// Returns whether a frame, and with the first one `entry`, was written.
    pub fn has_drawn(&self) -> bool {
        self.preamble == BEGIN.len()
    }

    /// Returns the writer.
    pub fn writer(&self) -> &W {
        &self.writer
    }

    /// Appends the changes from the screen to the next frame to `out`.
    fn paint(&mut self, next: &Buffer) {
        let mut changes = self.changes(next);
        if !self.has_picture
            && changes.len() >= scroll::WORTH_IT
            && let Some(scroll) = Scroll::between(&self.screen, next, &changes)
        {
            self.scroll(scroll);
            changes = self.changes(next);
        }
        for (x, y, cell) in changes {
            if !looks_same(&self.screen[(x, y)], cell) {
                self.bridge(x, y, next);
                self.put(x, y, cell);
            }
            self.screen[(x, y)] = cell.clone();
            // A cell drawn over the other half of a wide character has to be written.
            for x in x + 1..self.size.columns.min(x + cell.cell_width()) {
                self.screen[(x, y)].set_symbol("");
            }
        }
        self.write_blanks();
        if self.has_picture {
            // The cells below a picture are no changes, but what replaces it is one.
            for (shown, cell) in self.screen.content.iter_mut().zip(&next.content) {
                if cell.diff_option == CellDiffOption::Skip {
                    shown.clone_from(cell);
                }
            }
        }
    }

    /// Returns the cells of a frame that differ from what the terminal shows.
    fn changes<'a>(&self, next: &'a Buffer) -> Vec<(u16, u16, &'a Cell)> {
        let mut found = self.screen.diff_iter(next);
        let Some(first) = found.next() else { return Vec::new() };
        // Capacity for what a key usually changes.
        let mut changes = Vec::with_capacity(4 * usize::from(self.size.columns));
        changes.push(first);
        changes.extend(found);
        changes
    }

    /// Scrolls rows with sequences that every terminal supports.
    fn scroll(&mut self, scroll: Scroll) {
        let Scroll { top, bottom, by, up } = scroll;
        // Some terminals fill the freed rows with the current background.
        self.set_style(CellStyle::DEFAULT);
        self.write(format_args!("\x1b[{};{}r", top + 1, bottom + 1));
        if up {
            self.write(format_args!("\x1b[{}H{:\n<by$}", bottom + 1, ""));
        } else {
            self.write(format_args!("\x1b[{}H", top + 1));
            self.out.extend(b"\x1bM".repeat(by));
        }
        self.out.extend_from_slice(b"\x1b[r");
        self.cursor = Cursor::Unknown;
        scroll.apply(&mut self.screen);
    }

    /// Rewrites the few unchanged cells before a changed one, if that takes fewer bytes than skipping them.
    fn bridge(&mut self, x: u16, y: u16, next: &Buffer) {
        let from = match (self.blanks, self.cursor) {
            (Some(run), _) if run.y == y => run.x + run.count,
            (None, Cursor::At(from, row)) if row == y => from,
            _ => return,
        };
        let is_short = x > from && x - from <= SHORT_GAP;
        if is_short && (from..x).all(|x| self.continues(&next[(x, y)])) {
            (from..x).for_each(|x| self.put(x, y, &next[(x, y)]));
        }
    }

    /// Returns whether a cell takes one byte, in the style that is current once the pending blanks are written.
    fn continues(&self, cell: &Cell) -> bool {
        let Some(style) = self.blanks.map(|run| self.style_of_blanks(run.bg)).or(self.style) else {
            return false;
        };
        let is_blank = is_plain_blank(cell) && style.fills_blanks(cell.bg);
        let is_letter = matches!(cell.symbol().as_bytes(), [b' '..=b'~']) && style == CellStyle::of(cell);
        cell.diff_option == CellDiffOption::None && (is_blank || is_letter)
    }

    /// Returns the style for blanks of a background: the current one, if it looks the same there.
    fn style_of_blanks(&self, bg: Color) -> CellStyle {
        self.style.filter(|style| style.fills_blanks(bg)).unwrap_or(CellStyle { bg, ..CellStyle::DEFAULT })
    }

    /// Writes a cell.
    fn put(&mut self, x: u16, y: u16, cell: &Cell) {
        if is_plain_blank(cell) {
            return self.put_blank(x, y, cell.bg);
        }
        self.write_blanks();
        self.move_to(x, y);
        self.set_style(CellStyle::of(cell));
        let symbol = cell.symbol();
        self.out.extend_from_slice(symbol.as_bytes());
        // A picture leaves the cursor at an unknown position.
        let is_picture = symbol.contains('\x1b');
        self.has_picture |= is_picture;
        let next = x + cell.cell_width().max(1);
        self.cursor = if is_picture || next >= self.size.columns {
            Cursor::Unknown
        } else if is_narrow(symbol) {
            Cursor::At(next, y)
        } else {
            Cursor::InRow(y)
        };
    }

    fn put_blank(&mut self, x: u16, y: u16, bg: Color) {
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
        self.move_to(x, y);
        self.set_style(self.style_of_blanks(bg));
        let to_the_end = x + count >= self.size.columns;
        // Not every terminal erases with the current background.
        let erasable = bg == Color::Reset;
        if erasable && to_the_end && count > 3 {
            self.out.extend_from_slice(b"\x1b[K");
        } else if erasable && count >= ERASED_FROM {
            self.write(format_args!("\x1b[{count}X"));
        } else {
            self.out.resize(self.out.len() + usize::from(count), b' ');
            self.cursor = if to_the_end { Cursor::Unknown } else { Cursor::At(x + count, y) };
        }
    }

    fn move_to(&mut self, x: u16, y: u16) {
        let (row, column) = (u32::from(y) + 1, u32::from(x) + 1);
        match self.cursor {
            Cursor::At(left, same) if (left, same) == (x, y) => return,
            Cursor::At(_, above) | Cursor::InRow(above) if x == 0 && above + 1 == y => {
                self.out.extend_from_slice(b"\r\n");
            }
            Cursor::At(_, same) | Cursor::InRow(same) if x == 0 && same == y => self.out.push(b'\r'),
            Cursor::At(left, same) if same == y && x > left => self.write(format_args!("\x1b[{}C", x - left)),
            Cursor::At(_, same) | Cursor::InRow(same) if same == y => {
                self.write(format_args!("\x1b[{column}G"));
            }
            Cursor::At(same, _) if same == x => self.write(format_args!("\x1b[{row}d")),
            _ => self.write(format_args!("\x1b[{row};{column}H")),
        }
        self.cursor = Cursor::At(x, y);
    }

    fn set_style(&mut self, style: CellStyle) {
        style.write_after(self.style, &mut self.out);
        self.style = Some(style);
    }

    fn write(&mut self, sequence: fmt::Arguments<'_>) {
        // Writing to memory does not fail.
        let _ = self.out.write_fmt(sequence);
    }
}

impl<W: Write> Surface for Painter<W> {
    type Error = io::Error;

    fn resized(&mut self, size: Size) {
        // A frame that was not written is discarded: the resized window is blank.
        self.out.truncate(self.preamble);
        self.out.extend_from_slice(b"\x1b[m\x1b[H\x1b[2J");
        self.size = size;
        self.screen = blank(size);
        self.cursor = Cursor::At(0, 0);
        self.cursor_visible = None;
        self.style = Some(CellStyle::DEFAULT);
        self.blanks = None;
        self.has_picture = false;
    }

    fn show(&mut self, cells: &Buffer, caret: Option<Position>) -> io::Result<()> {
        self.paint(cells);
        if let Some(position) = caret {
            self.move_to(position.x, position.y);
        }
        let visible = caret.is_some();
        if self.cursor_visible != Some(visible) {
            self.out.extend_from_slice(if visible { b"\x1b[?25h" } else { b"\x1b[?25l" });
            self.cursor_visible = Some(visible);
        }
        if self.out.len() == BEGIN.len() {
            return Ok(());
        }
        let written = if self.out.len() > PACKET {
            self.out.extend_from_slice(END);
            self.writer.write_all(&self.out)
        } else {
            self.writer.write_all(self.out.get(BEGIN.len()..).unwrap_or_default())
        };
        self.out.truncate(BEGIN.len());
        self.preamble = BEGIN.len();
        written
    }
}

impl<W> fmt::Debug for Painter<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Painter({} × {})", self.size.columns, self.size.rows)
    }
}

fn blank(size: Size) -> Buffer {
    Buffer::empty(Rect::new(0, 0, size.columns, size.rows))
}

/// Returns whether a cell shows nothing but its background.
fn is_plain_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && CellStyle::of(cell).fills_blanks(cell.bg)
}

/// Returns whether two cells differ only in what is invisible on a blank.
fn looks_same(one: &Cell, other: &Cell) -> bool {
    let is_blank = |cell: &Cell| is_plain_blank(cell) && cell.diff_option == CellDiffOption::None;
    is_blank(one) && is_blank(other) && one.bg == other.bg
}

/// Returns whether every terminal draws a symbol in one column.
fn is_narrow(symbol: &str) -> bool {
    let mut letters = symbol.chars();
    letters.next().is_some_and(|letter| letter.width() == Some(1)) && letters.next().is_none()
}
