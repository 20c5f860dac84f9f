//! What stands on a screen, in few bits a cell: whole screens are compared for every frame.

use std::collections::HashMap;
use std::mem;

use foldhash::fast::FixedState;
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::style::Color;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::pen::Pen;

/// What a symbol is to a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// A letter that every terminal gives one column.
    Letter(char),
    /// Anything else that is written: it may take two.
    Wide,
    /// A picture says by itself what it does to the cells, and leaves the cursor wherever it likes.
    Picture,
}

impl Sign {
    /// What a symbol is.
    #[inline]
    pub(super) fn of(symbol: &str) -> Self {
        match symbol.as_bytes() {
            // Almost every one.
            [letter @ b' '..=b'~'] => Self::Letter(char::from(*letter)),
            _ => Self::rare(symbol),
        }
    }

    fn rare(symbol: &str) -> Self {
        let mut letters = symbol.chars();
        match (letters.next(), letters.next()) {
            _ if symbol.contains('\x1b') => Self::Picture,
            (Some(letter), None) if letter.is_ascii() || letter.width() == Some(1) => Self::Letter(letter),
            _ => Self::Wide,
        }
    }
}

/// A letter below, so that a plain blank is nothing at all, and above it the number of its pen.
pub(super) type Dot = u32;

/// Nothing to be seen.
pub(super) const BLANK: Dot = 0;
/// Anything but a letter of one column, or a letter whose pen has no number: only the cell itself tells.
pub(super) const ODD: Dot = Dot::MAX;
/// The other half of a wide letter.
pub(super) const COVERED: Dot = Dot::MAX - 1;
/// Nobody knows what is seen there, such as below a picture.
pub(super) const UNKNOWN: Dot = Dot::MAX - 2;

/// So many bits has a letter.
const LETTER: u32 = 21;
const LETTERS: Dot = (1 << LETTER) - 1;
/// So many pens have a number, and all of their letters are below [`UNKNOWN`].
const PENS: usize = (1 << (Dot::BITS - LETTER)) - 1;

/// The pens that wrote something, and their numbers.
#[derive(Debug)]
pub(super) struct Pens {
    listed: Vec<Pen>,
    numbers: HashMap<Pen, Dot, FixedState>,
    /// The one that wrote last: mostly it writes on.
    last: (Pen, Option<Dot>),
}

impl Pens {
    /// The plain one alone, of which a blank is nothing at all.
    pub(super) fn new() -> Self {
        let mut numbers = HashMap::default();
        numbers.insert(Pen::PLAIN, BLANK);
        Self { listed: vec![Pen::PLAIN], numbers, last: (Pen::PLAIN, Some(BLANK)) }
    }

    /// Whether another one gets no number.
    pub(super) fn are_full(&self) -> bool {
        self.listed.len() >= PENS
    }

    /// Keeps those alone that wrote what stands on a screen, under other numbers.
    pub(super) fn keep_those_of(&mut self, inks: &mut Inks) {
        let before = mem::replace(self, Self::new());
        for dot in inks.dots.iter_mut().filter(|dot| is_letter(**dot)) {
            let pen = usize::try_from(*dot >> LETTER).ok().and_then(|number| before.listed.get(number));
            let number = pen.and_then(|pen| self.number(*pen));
            *dot = number.map_or(UNKNOWN, |number| number << LETTER | (*dot & LETTERS));
        }
    }

    fn number(&mut self, pen: Pen) -> Option<Dot> {
        if self.last.0 != pen {
            let free = Dot::try_from(self.listed.len()).ok().filter(|_| !self.are_full());
            let number = self.numbers.get(&pen).copied().or_else(|| {
                self.numbers.insert(pen, free?);
                self.listed.push(pen);
                free
            });
            self.last = (pen, number);
        }
        self.last.1
    }

    fn dot(&mut self, letter: char, pen: Pen) -> Dot {
        let is_blank = letter == ' ' && pen.blanks_as(pen.bg);
        if is_blank && pen.bg == Color::Reset {
            return BLANK;
        }
        let number = self.number(if is_blank { Pen { bg: pen.bg, ..Pen::PLAIN } } else { pen });
        number.map_or(ODD, |number| number << LETTER | (u32::from(letter) ^ u32::from(' ')))
    }
}

/// The cells of a screen, row by row.
#[derive(Debug)]
pub(super) struct Inks {
    columns: usize,
    dots: Vec<Dot>,
    /// Whether all of them are letters.
    plain: bool,
    /// Whether there is a picture among them.
    pictured: bool,
}

impl Inks {
    /// A screen on which nothing stands.
    pub(super) fn blank(columns: u16, rows: u16) -> Self {
        let columns = usize::from(columns);
        Self { columns, dots: vec![BLANK; columns * usize::from(rows)], plain: true, pictured: false }
    }

    /// Takes in what is to stand on a screen.
    pub(super) fn take(&mut self, cells: &Buffer, pens: &mut Pens) {
        self.columns = usize::from(cells.area.width);
        self.dots.clear();
        (self.plain, self.pictured) = (true, false);
        for row in cells.content.chunks(self.columns.max(1)) {
            let mut covered = 0;
            for cell in row {
                let dot = if covered > 0 {
                    covered -= 1;
                    COVERED
                } else if matches!(cell.diff_option, CellDiffOption::Skip) {
                    UNKNOWN
                } else {
                    match Sign::of(cell.symbol()) {
                        Sign::Letter(letter) => pens.dot(letter, Pen::of(cell)),
                        sign => {
                            self.pictured |= sign == Sign::Picture;
                            covered = columns(cell, sign).saturating_sub(1);
                            ODD
                        }
                    }
                };
                self.plain &= is_letter(dot);
                self.dots.push(dot);
            }
        }
    }

    /// A cell.
    pub(super) fn dot(&self, x: u16, y: u16) -> Dot {
        self.dots.get(usize::from(y) * self.columns + usize::from(x)).copied().unwrap_or(UNKNOWN)
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.dots.len().checked_div(self.columns).unwrap_or_default()
    }

    /// The cells of a row.
    pub(super) fn row(&self, row: usize) -> &[Dot] {
        let begin = row * self.columns;
        self.dots.get(begin..begin + self.columns).unwrap_or_default()
    }

    /// The cells of some rows.
    pub(super) fn rows_mut(&mut self, top: usize, bottom: usize) -> &mut [Dot] {
        self.dots.get_mut(top * self.columns..(bottom + 1) * self.columns).unwrap_or_default()
    }

    /// Whether all cells of a row are letters of one column.
    pub(super) fn is_plain(&self, row: usize) -> bool {
        self.plain || self.row(row).iter().all(|dot| is_letter(*dot))
    }

    /// Whether there is a picture.
    pub(super) fn is_pictured(&self) -> bool {
        self.pictured
    }
}

fn is_letter(dot: Dot) -> bool {
    dot < UNKNOWN
}

/// How many columns something takes that is no letter.
fn columns(cell: &Cell, sign: Sign) -> usize {
    match (cell.diff_option, sign) {
        (CellDiffOption::ForcedWidth(columns), _) => usize::from(columns.get()),
        (_, Sign::Picture) => 1,
        _ => cell.symbol().width(),
    }
}
