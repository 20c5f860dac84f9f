//! What stands on the screen, and which of its rows only move: those a terminal moves by itself, by a
//! few bytes.

use super::pen::{Pen, SHOWS_ON_BLANKS};

/// So many cells have to be spared at least: to move rows takes some bytes, too.
const WORTH_IT: usize = 64;

/// What stands in a cell, as far as it matters to an eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// A letter of one column.
    Letter(char, Pen),
    /// Anything else: a wide letter or its other half, several marks, a picture.
    Odd,
}

impl Ink {
    /// What a letter looks like; `narrow` tells whether all terminals give it one column.
    pub(super) fn of(symbol: &str, pen: Pen, narrow: bool) -> Self {
        let mut letters = symbol.chars();
        let (Some(letter), None, true) = (letters.next(), letters.next(), narrow) else { return Self::Odd };
        if letter == ' ' && !pen.modifier.intersects(SHOWS_ON_BLANKS) {
            return Self::Letter(letter, Pen { bg: pen.bg, ..Pen::PLAIN });
        }
        Self::Letter(letter, pen)
    }
}

/// Rows of the screen that move together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Move {
    /// The first of them.
    pub(super) top: usize,
    /// The last of them.
    pub(super) bottom: usize,
    /// How many rows they move up, or else down; what they leave behind is blank.
    pub(super) by: usize,
    /// Whether they move up.
    pub(super) up: bool,
}

impl Move {
    /// Which row comes to stand in a row; nothing where a blank one does.
    fn source(self, row: usize) -> Option<usize> {
        let from = if self.up { row.checked_add(self.by) } else { row.checked_sub(self.by) }?;
        (self.top..=self.bottom).contains(&from).then_some(from)
    }

    /// The same with one row more, behind those that move up or before those that move down.
    fn wider(self) -> Option<Self> {
        if self.up {
            Some(Self { bottom: self.bottom.checked_add(1)?, ..self })
        } else {
            Some(Self { top: self.top.checked_sub(1)?, ..self })
        }
    }
}

/// An ink in few bits, since whole screens of them are compared: below a letter, so that a blank is
/// nothing at all, and above the place of its pen.
type Dot = u32;

const BLANK: Dot = 0;
const ODD: Dot = Dot::MAX;
/// So many bits has a letter.
const LETTER: u32 = 21;
/// More pens than these have no place; what they write is odd.
const PENS: usize = 1 << 10;

/// The cells of a screen, row by row.
#[derive(Clone)]
pub(super) struct Inks {
    columns: usize,
    cells: Vec<Dot>,
    /// The pens that wrote them, the plain one first.
    pens: Vec<Pen>,
    /// The place of the pen that wrote last: mostly it writes on.
    pen: usize,
}

impl Inks {
    /// A screen on which nothing stands.
    pub(super) fn blank(columns: u16, rows: u16) -> Self {
        let columns = usize::from(columns);
        Self { columns, cells: vec![BLANK; columns * usize::from(rows)], pens: vec![Pen::PLAIN], pen: 0 }
    }

    fn row(&self, row: usize) -> &[Dot] {
        let begin = row * self.columns;
        self.cells.get(begin..begin + self.columns).unwrap_or_default()
    }

    fn place(&self, x: u16, y: u16) -> usize {
        usize::from(y) * self.columns + usize::from(x)
    }

    /// Takes note of what stands in a cell now.
    pub(super) fn set(&mut self, x: u16, y: u16, ink: Ink) {
        let dot = match ink {
            Ink::Letter(letter, pen) => self.dot_of(letter, pen),
            Ink::Odd => ODD,
        };
        let place = self.place(x, y);
        if let Some(cell) = self.cells.get_mut(place) {
            *cell = dot;
        }
    }

    fn dot_of(&mut self, letter: char, pen: Pen) -> Dot {
        if self.pens.get(self.pen) != Some(&pen) {
            self.pen = self.pens.iter().position(|known| *known == pen).unwrap_or(self.pens.len());
            if self.pen == self.pens.len() && self.pen < PENS {
                self.pens.push(pen);
            }
        }
        let place = Dot::try_from(self.pen).ok().filter(|_| self.pen < PENS);
        place.map_or(ODD, |place| place << LETTER | (u32::from(letter) ^ u32::from(' ')))
    }

    /// Takes the pens of a screen that was made from this one into its own, in their order.
    pub(super) fn take_pens_of(&mut self, next: &Self) {
        self.pens.clone_from(&next.pens);
    }

    /// The letter in a cell, and its pen, where something else stands there in another screen of the
    /// same pens.
    pub(super) fn letter_unlike(&self, other: &Self, x: u16, y: u16) -> Option<(char, Pen)> {
        let place = self.place(x, y);
        let dot = *self.cells.get(place).filter(|dot| **dot != ODD && other.cells.get(place) != Some(dot))?;
        let letter = char::from_u32((dot & ((1 << LETTER) - 1)) ^ u32::from(' '))?;
        Some((letter, *self.pens.get(usize::try_from(dot >> LETTER).ok()?)?))
    }

    /// What of this screen can be moved so that it is nearer to the next one; nothing where that
    /// spares too little.
    pub(super) fn moving_to(&self, next: &Self) -> Option<Move> {
        let rows = self.cells.len().checked_div(self.columns)?;
        let changed: Vec<bool> = (0..rows).map(|row| self.row(row) != next.row(row)).collect();
        let shifts = (1..rows / 2).flat_map(|by| [(by, true), (by, false)]);
        let longest =
            shifts.filter_map(|(by, up)| self.longest(next, &changed, by, up)).max_by_key(|run| {
                let Move { top, bottom, by, .. } = *run;
                // Of two that are alike the nearer one.
                (bottom - top - by, rows - by)
            })?;
        let wider = longest.wider().filter(|wider| wider.bottom < rows);
        let found = wider.into_iter().chain([longest]).filter(|found| self.is_plain(next, *found));
        let spared = |found: &Move| self.spared(next, *found);
        found.max_by_key(spared).filter(|found| spared(found) >= WORTH_IT)
    }

    /// The most rows that stand in the next screen as they stand here, so many rows further on, of those
    /// that change. None moves to the top of the window: some terminals keep what leaves there where one
    /// scrolls back, and it may be a code.
    fn longest(&self, next: &Self, changed: &[bool], by: usize, up: bool) -> Option<Move> {
        let (mut best, mut run): (Option<(usize, usize)>, usize) = (None, 0);
        for row in usize::from(up)..changed.len() - by {
            // The lower one of two rows moves up, or the upper one down.
            let (here, there) = if up { (row + by, row) } else { (row, row + by) };
            run = if changed[there] && self.row(here) == next.row(there) { run + 1 } else { 0 };
            if run > best.map_or(0, |(length, _)| length) {
                best = Some((run, row));
            }
        }
        let (length, last) = best?;
        Some(Move { top: last + 1 - length, bottom: last + by, by, up })
    }

    /// Whether all cells of the rows that would move are letters of one column, before and after.
    fn is_plain(&self, next: &Self, found: Move) -> bool {
        let plain = |row| !self.row(row).contains(&ODD) && !next.row(row).contains(&ODD);
        (found.top..=found.bottom).all(plain)
    }

    /// How many cells need not be written when rows move.
    fn spared(&self, next: &Self, found: Move) -> usize {
        let (mut without, mut with) = (0, 0);
        for row in found.top..=found.bottom {
            without += differing(self.row(row), next.row(row));
            with += match found.source(row) {
                Some(from) => differing(self.row(from), next.row(row)),
                None => next.row(row).iter().filter(|dot| **dot != BLANK).count(),
            };
        }
        without.saturating_sub(with)
    }

    /// Moves rows as the terminal does.
    pub(super) fn shift(&mut self, found: Move) {
        let columns = self.columns;
        let Some(rows) = self.cells.get_mut(found.top * columns..(found.bottom + 1) * columns) else {
            return;
        };
        let distance = found.by * columns;
        let left = if found.up {
            rows.copy_within(distance.., 0);
            rows.len() - distance..rows.len()
        } else {
            rows.copy_within(..rows.len() - distance, distance);
            0..distance
        };
        rows.get_mut(left).unwrap_or_default().fill(BLANK);
    }
}

fn differing(one: &[Dot], other: &[Dot]) -> usize {
    one.iter().zip(other).filter(|(one, other)| one != other).count()
}
