//! Finds rows that only move from one frame to the next: the terminal moves them itself, by a few bytes.

use std::cmp::Reverse;

use ratatui::buffer::{Buffer, Cell};

/// Moving rows takes some bytes too, so it has to spare at least this many cells.
pub(super) const WORTH_IT: usize = 64;

/// Neighbouring rows that the terminal moves together; the rows that they leave behind become blank.
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
    /// Returns the scroll that spares the most cells of `next` from being written, if one is worth it.
    pub(super) fn between(screen: &Buffer, next: &Buffer) -> Option<Self> {
        let (mut before, mut after) = (rows(screen), rows(next));
        // No row leaves at the top of the window: some terminals keep it for scrolling back, and it may be a code.
        let up = upwards(&before, &after, 1);
        // A scroll down is a scroll up of the rows in reverse order.
        before.reverse();
        after.reverse();
        let down = upwards(&before, &after, 0);
        let last = after.len().saturating_sub(1);
        let down = down.map(|(spared, Self { top, bottom, by, .. })| {
            (spared, Self { top: last - bottom, bottom: last - top, by, up: false })
        });
        let (spared, scroll) = [up, down].into_iter().flatten().max_by_key(|(spared, _)| *spared)?;
        (spared >= WORTH_IT).then_some(scroll)
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

/// Returns the scroll up that spares the most cells, and how many. No row moves to above row `first`.
fn upwards(before: &[&[Cell]], after: &[&[Cell]], first: usize) -> Option<(usize, Scroll)> {
    let rows = after.len();
    // Beside a list may stand something that changes, but most rows of the list move whole.
    let run = |by: usize| longest_run(before, after, first, by);
    let runs = (1..rows / 2).map(|by| (run(by), Reverse(by))).filter(|(run, _)| *run > 0);
    let (_, Reverse(by)) = runs.max()?;
    let changed = |row: usize| differing(before[row], after[row]);
    let mut best: Option<(usize, Scroll)> = None;
    // The cells that are written in the rows from `top` on, with and without the scroll.
    let (mut top, mut with, mut without) = (first, 0, 0);
    for row in first..rows - by {
        with += differing(before[row + by], after[row]);
        without += changed(row);
        if with >= without {
            (top, with, without) = (row + 1, 0, 0);
            continue;
        }
        let exposed = row + 1..=row + by;
        let with = with + exposed.clone().map(|row| differing_from_blank(after[row])).sum::<usize>();
        let without = without + exposed.map(changed).sum::<usize>();
        let spared = without.saturating_sub(with);
        if best.is_none_or(|(most, _)| spared > most) {
            best = Some((spared, Scroll { top, bottom: row + by, by, up: true }));
        }
    }
    best
}

/// Returns the most neighbouring rows that change and come to stand `by` rows further up just as they are.
fn longest_run(before: &[&[Cell]], after: &[&[Cell]], first: usize, by: usize) -> usize {
    let (mut longest, mut run) = (0, 0);
    for row in first..after.len() - by {
        let moves = before[row + by] == after[row] && before[row] != after[row];
        run = if moves { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

fn rows(buffer: &Buffer) -> Vec<&[Cell]> {
    buffer.content.chunks(usize::from(buffer.area.width.max(1))).collect()
}

fn differing(one: &[Cell], other: &[Cell]) -> usize {
    one.iter().zip(other).filter(|(one, other)| one != other).count()
}

fn differing_from_blank(row: &[Cell]) -> usize {
    row.iter().filter(|cell| **cell != Cell::EMPTY).count()
}
