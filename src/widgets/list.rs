//! A list of which only the rows that are seen are built.

use ratatui::layout::Rect;

use super::frame::Frame;
use super::text::put;
use crate::layout::{Spot, from_left, row};
use crate::theme::Theme;

/// Which rows are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The first row that is seen.
    pub top: usize,
    /// The marked row.
    pub marked: usize,
    /// How many rows there are.
    pub len: usize,
}

impl Seen {
    /// The marked row, and the one at a place, of a list that is drawn in these rows.
    pub fn at(self, spot: Spot, rows: Rect) -> Option<(usize, usize)> {
        let place = self.top.saturating_add(spot.line(rows)?);
        (place < self.len).then_some((self.marked, place))
    }
}

/// Columns that the marker takes.
pub const MARKER: u16 = 2;

/// Draws the seen rows: the marker here, everything else in `draw_row`, which is handed the row's
/// place, whether it is marked, and the area right of the marker.
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
