//! What stands on the screen, and which of its rows only move: those a terminal moves by itself, by a
//! few bytes.

use unicode_width::UnicodeWidthChar;

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
    /// What a sign looks like that is written with a pen.
    pub(super) fn of(sign: Sign, pen: Pen) -> Self {
        match sign {
            Sign::Letter(' ') if !pen.modifier.intersects(SHOWS_ON_BLANKS) => {
                Self::Letter(' ', Pen { bg: pen.bg, ..Pen::PLAIN })
            }
            Sign::Letter(letter) => Self::Letter(letter, pen),
            Sign::Wide | Sign::Picture => Self::Odd,
        }
    }
}

/// What a cell says.
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
    /// What a symbol says.
    pub(super) fn of(symbol: &str) -> Self {
        // Almost every one.
        if let [letter @ b' '..=b'~'] = symbol.as_bytes() {
            return Self::Letter(char::from(*letter));
        }
        let mut letters = symbol.chars();
        match (letters.next(), letters.next()) {
            _ if symbol.contains('\x1b') => Self::Picture,
            (Some(letter), None) if letter.is_ascii() || letter.width() == Some(1) => Self::Letter(letter),
            _ => Self::Wide,
        }
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
    /// How many cells are odd: mostly none.
    odd: usize,
}

impl Inks {
    /// A screen on which nothing stands.
    pub(super) fn blank(columns: u16, rows: u16) -> Self {
        let columns = usize::from(columns);
        Self {
            columns,
            cells: vec![BLANK; columns * usize::from(rows)],
            pens: vec![Pen::PLAIN],
            pen: 0,
            odd: 0,
        }
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
            self.odd += usize::from(dot == ODD);
            self.odd -= usize::from(*cell == ODD);
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

    /// Whether something else stands in a row than in that of another screen of the same pens.
    pub(super) fn is_unlike(&self, other: &Self, y: u16) -> bool {
        self.row(y.into()) != other.row(y.into())
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
        let changes: Vec<usize> = (0..rows).map(|row| differing(self.row(row), next.row(row))).collect();
        let shifts = (1..rows / 2).flat_map(|by| [(by, true), (by, false)]);
        let longest =
            shifts.filter_map(|(by, up)| self.longest(next, &changes, by, up)).max_by_key(|run| {
                let Move { top, bottom, by, .. } = *run;
                // Of two that are alike the nearer one.
                (bottom - top - by, rows - by)
            })?;
        let stretched = self.stretched(next, &changes, longest);
        let wider = stretched.wider().filter(|wider| wider.bottom < rows);
        let found = wider.into_iter().chain([stretched]).filter(|found| self.is_plain(next, *found));
        let spared = |found: Move| (self.spared(next, &changes, found), found);
        let (spared, found) = found.map(spared).max_by_key(|(spared, _)| *spared)?;
        (spared >= WORTH_IT).then_some(found)
    }

    /// The most rows that stand in the next screen as they stand here, so many rows further on, of those
    /// that change. None moves to the top of the window: some terminals keep what leaves there where one
    /// scrolls back, and it may be a code.
    fn longest(&self, next: &Self, changes: &[usize], by: usize, up: bool) -> Option<Move> {
        let (mut best, mut run): (Option<(usize, usize)>, usize) = (None, 0);
        for row in usize::from(up)..changes.len() - by {
            // The lower one of two rows moves up, or the upper one down.
            let (here, there) = if up { (row + by, row) } else { (row, row + by) };
            run = if changes[there] > 0 && self.row(here) == next.row(there) { run + 1 } else { 0 };
            if run > best.map_or(0, |(length, _)| length) {
                best = Some((run, row));
            }
        }
        let (length, last) = best?;
        Some(Move { top: last + 1 - length, bottom: last + by, by, up })
    }

    /// The same with as many rows before and behind it as spare the most: beside a list whose rows only move there
    /// may stand something that changes.
    fn stretched(&self, next: &Self, changes: &[usize], found: Move) -> Move {
        let Move { top, bottom, by, up } = found;
        // How many rows more spare the most, of some that come here from there.
        let growth = |rows: &mut dyn Iterator<Item = (usize, usize)>| {
            let (mut best, mut with, mut without) = ((0, 0), 0, 0);
            for (count, (from, to)) in (1..).zip(rows) {
                with += differing(self.row(from), next.row(to));
                without += changes[to];
                let spared = without.saturating_sub(with);
                if spared > best.0 {
                    best = (spared, count);
                }
            }
            best.1
        };
        let turned = |(low, high): (usize, usize)| if up { (high, low) } else { (low, high) };
        let plain = |row: &usize| self.is_plain_row(next, *row);
        // No row moves to the top of the window.
        let before = (usize::from(up)..top).rev().take_while(plain);
        let behind = (bottom + 1..changes.len()).take_while(plain);
        let before = growth(&mut before.map(|row| turned((row, row + by))));
        let behind = growth(&mut behind.map(|row| turned((row - by, row))));
        Move { top: top - before, bottom: bottom + behind, ..found }
    }

    /// Whether all cells of the rows that would move are letters of one column, before and after.
    fn is_plain(&self, next: &Self, found: Move) -> bool {
        (found.top..=found.bottom).all(|row| self.is_plain_row(next, row))
    }

    fn is_plain_row(&self, next: &Self, row: usize) -> bool {
        let plain = |inks: &Self| inks.odd == 0 || !inks.row(row).contains(&ODD);
        plain(self) && plain(next)
    }

    /// How many cells need not be written when rows move.
    fn spared(&self, next: &Self, changes: &[usize], found: Move) -> usize {
        let with = |row| match found.source(row) {
            Some(from) => differing(self.row(from), next.row(row)),
            None => next.row(row).iter().filter(|dot| **dot != BLANK).count(),
        };
        let rows = found.top..=found.bottom;
        let without: usize = changes.get(rows.clone()).unwrap_or_default().iter().sum();
        without.saturating_sub(rows.map(with).sum())
    }

    /// Moves rows, of which none is odd, as the terminal does.
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
    // Whole rows are compared at once.
    if one == other { 0 } else { one.iter().zip(other).filter(|(one, other)| one != other).count() }
}
