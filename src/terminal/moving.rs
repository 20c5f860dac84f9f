//! Which rows of a screen only move: those a terminal moves by itself, by a few bytes.

use super::inks::{BLANK, Dot, Inks};

/// Below so many changes it is not looked whether rows only move.
const MANY: usize = 160;
/// So many cells have to be spared at least: to move rows takes some bytes, too.
const WORTH_IT: usize = 64;

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

impl Inks {
    /// What of this screen can be moved so that it is nearer to the next one; nothing where that
    /// spares too little.
    pub(super) fn moving_to(&self, next: &Self) -> Option<Move> {
        let rows = self.rows();
        let changes = (0..rows).map(|row| differing(self.row(row), next.row(row)));
        if changes.clone().sum::<usize>() < MANY {
            return None;
        }
        let changes: Vec<usize> = changes.collect();
        let shifts = (1..rows / 2).flat_map(|by| [(by, true), (by, false)]);
        let longest =
            shifts.filter_map(|(by, up)| self.longest(next, &changes, by, up)).max_by_key(|run| {
                let Move { top, bottom, by, .. } = *run;
                // Of two that are alike the nearer one.
                (bottom - top - by, rows - by)
            })?;
        let stretched = self.stretched(next, &changes, longest);
        let wider = stretched.wider().filter(|wider| wider.bottom < rows);
        let found = wider.into_iter().chain([stretched]).filter(|found| self.are_plain(next, *found));
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
        let plain = |row: &usize| self.is_plain(*row) && next.is_plain(*row);
        // No row moves to the top of the window.
        let before = (usize::from(up)..top).rev().take_while(plain);
        let behind = (bottom + 1..changes.len()).take_while(plain);
        let before = growth(&mut before.map(|row| turned((row, row + by))));
        let behind = growth(&mut behind.map(|row| turned((row - by, row))));
        Move { top: top - before, bottom: bottom + behind, ..found }
    }

    /// Whether all cells of the rows that would move are letters of one column, before and after.
    fn are_plain(&self, next: &Self, found: Move) -> bool {
        (found.top..=found.bottom).all(|row| self.is_plain(row) && next.is_plain(row))
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

    /// Moves rows as the terminal does.
    pub(super) fn shift(&mut self, found: Move) {
        let rows = self.rows_mut(found.top, found.bottom);
        let distance = found.by * rows.len() / (found.bottom - found.top + 1);
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
