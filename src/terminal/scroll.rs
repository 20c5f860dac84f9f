//! Finds rows that only move between two frames: the terminal moves them itself, in a few bytes.

use std::cmp::Reverse;

use ratatui::buffer::{Buffer, Cell};

/// The fewest cells that a scroll must save, as its sequences take some bytes too.
pub(super) const WORTH_IT: usize = 64;
/// The greatest distance that is tried. Lists rarely move further, and trying each distance takes time.
const FURTHEST: usize = 8;

/// Neighbouring rows that the terminal moves together; the rows they leave become blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scroll {
    /// The first row of the region that moves.
    pub(super) top: usize,
    /// The last row of the region.
    pub(super) bottom: usize,
    /// How many rows its content moves.
    pub(super) by: usize,
    /// Whether it moves up rather than down.
    pub(super) up: bool,
}

impl Scroll {
    /// Returns the scroll that saves writing the most cells of a frame, if one is worth it. `changes` are the
    /// cells in which the frame differs from the screen.
    pub(super) fn between(screen: &Buffer, next: &Buffer, changes: &[(u16, u16, &Cell)]) -> Option<Self> {
        let mut frames = Frames::new(screen, next, changes);
        // No row leaves at the top of the window: some terminals keep it in the scrollback, and it may be a
        // code.
        let up = frames.longest_run(1);
        // A scroll down is a scroll up of the rows in reverse order.
        frames.reverse();
        let down = frames.longest_run(0);
        if down > up {
            let Self { top, bottom, by, .. } = frames.region(0, down?)?;
            let last = frames.after.len() - 1;
            return Some(Self { top: last - bottom, bottom: last - top, by, up: false });
        }
        frames.reverse();
        frames.region(1, up?)
    }

    /// Moves the rows of a buffer as the terminal does.
    pub(super) fn apply(self, screen: &mut Buffer) {
        let columns = usize::from(screen.area.width);
        let region = self.top * columns..(self.bottom + 1) * columns;
        let region = screen.content.get_mut(region).unwrap_or_default();
        let moved = self.by * columns;
        let blank = if self.up {
            region.rotate_left(moved);
            region.len() - moved..region.len()
        } else {
            region.rotate_right(moved);
            0..moved
        };
        region.get_mut(blank).unwrap_or_default().fill(Cell::EMPTY);
    }
}

/// Neighbouring rows that change and reappear unchanged further up. The greater of two runs is the longer one,
/// or else the one that moves less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct RowRun {
    length: usize,
    by: Reverse<usize>,
    /// The row to which the first of them moves.
    top: usize,
}

/// The rows of two frames.
struct Frames<'a> {
    before: Vec<&'a [Cell]>,
    after: Vec<&'a [Cell]>,
    /// The number of changed cells in each row.
    changed: Vec<usize>,
}

impl<'a> Frames<'a> {
    fn new(screen: &'a Buffer, next: &'a Buffer, changes: &[(u16, u16, &Cell)]) -> Self {
        let columns = usize::from(next.area.width.max(1));
        let rows = |buffer: &'a Buffer| buffer.content.chunks(columns).collect::<Vec<_>>();
        let mut changed = vec![0; usize::from(next.area.height)];
        for (_, y, _) in changes {
            changed[usize::from(*y)] += 1;
        }
        Self { before: rows(screen), after: rows(next), changed }
    }

    fn reverse(&mut self) {
        self.before.reverse();
        self.after.reverse();
        self.changed.reverse();
    }

    /// Returns the longest run. No row moves above row `first`.
    fn longest_run(&self, first: usize) -> Option<RowRun> {
        let rows = self.after.len();
        let mut longest = None;
        for by in 1..=FURTHEST.min(rows.saturating_sub(first + 1)) {
            let mut length = 0;
            for row in first..rows - by {
                let moves = self.changed[row] > 0 && self.before[row + by] == self.after[row];
                length = if moves { length + 1 } else { 0 };
                if moves {
                    longest = longest.max(Some(RowRun { length, by: Reverse(by), top: row + 1 - length }));
                }
            }
        }
        longest
    }

    /// Returns the region that saves the most cells when the rows of a run move up, if that is worth it. If
    /// something beside a list changes, other rows of the list move with the run though not as a whole.
    fn region(&self, first: usize, run: RowRun) -> Option<Scroll> {
        let RowRun { length, by: Reverse(by), top } = run;
        let end = top + length;
        let (before, spared_before) = self.growth((first..top).rev(), by);
        let (behind, spared_behind) = self.growth(end..self.after.len() - by, by);
        let exposed = end + behind..end + behind + by;
        let filled = self.after[exposed.clone()].iter().map(|row| filled(row)).sum::<usize>();
        let changed = self.changed[top..end].iter().chain(&self.changed[exposed]).sum::<usize>();
        let spared = (spared_before + changed + spared_behind).saturating_sub(filled);
        let scroll = Scroll { top: top - before, bottom: end + behind + by - 1, by, up: true };
        (spared >= WORTH_IT).then_some(scroll)
    }

    /// Returns how many of some rows save the most cells when they move with a run beside them, and how many
    /// cells.
    fn growth(&self, rows: impl Iterator<Item = usize>, by: usize) -> (usize, usize) {
        let (mut best, mut with, mut without) = ((0, 0), 0, 0);
        for (count, row) in (1..).zip(rows) {
            let differing = |(before, after): &(&Cell, &Cell)| before != after;
            with += self.before[row + by].iter().zip(self.after[row]).filter(differing).count();
            without += self.changed[row];
            if without.saturating_sub(with) > best.1 {
                best = (count, without - with);
            }
        }
        best
    }
}

/// Returns the number of cells of a row that are not blank.
fn filled(row: &[Cell]) -> usize {
    row.iter().filter(|cell| **cell != Cell::EMPTY).count()
}
