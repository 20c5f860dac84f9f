//! A list that builds only its visible rows.

use ratatui::layout::Rect;

use super::frame::Frame;
use super::text::put;
use crate::layout::{Spot, from_left, row};
use crate::theme::Theme;

/// Which rows are visible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The first visible row.
    pub top: usize,
    /// The marked row.
    pub marked: usize,
    /// The number of rows.
    pub len: usize,
}

impl Seen {
    /// Returns the marked row and the row at a position, for a list drawn in the area `rows`.
    pub fn at(self, spot: Spot, rows: Rect) -> Option<(usize, usize)> {
        let place = self.top.saturating_add(spot.line(rows)?);
        (place < self.len).then_some((self.marked, place))
    }
}

/// The width of the marker in columns.
pub const MARKER: u16 = 2;

/// Draws the visible rows. Draws the marker, and calls `draw_row` for the rest with the row's index, whether it
/// is marked, and the area right of the marker.
pub fn draw<'f>(
    seen: Seen,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'f>,
    mut draw_row: impl FnMut(usize, bool, Rect, &mut Frame<'f>),
) {
    let places = seen.top..seen.len;
    for (line, place) in (0..area.height).zip(places) {
        let line = row(area, line);
        let marked = place == seen.marked;
        if marked {
            put(frame, line, "▸", theme.accent);
        }
        draw_row(place, marked, from_left(line, MARKER).1, frame);
    }
}
