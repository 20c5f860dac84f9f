//! The layout of a window of any size.

use ratatui::layout::Position;

pub use ratatui::layout::Rect;

/// The minimum window size for the screens, in columns and rows.
pub const LEAST: (u16, u16) = (40, 12);
/// From this many columns on, a list has a pane next to it.
pub const PANE_FROM: u16 = 80;
/// Below this many rows, no rows are used for rules and spacing.
const AIRY_FROM: u16 = 18;

/// The parts of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The header: the current location and the selected payment method.
    pub header: Rect,
    /// The rule below the header; empty in low windows.
    pub rule: Rect,
    /// The screen.
    pub body: Rect,
    /// The toast.
    pub toast: Rect,
    /// The footer with the keys.
    pub footer: Rect,
}

impl Parts {
    /// Divides a window whose toast takes `toast` rows. Unless the window is low, one row is reserved for the
    /// toast, so that nothing moves when it appears.
    pub fn of(window: Rect, toast: u16) -> Self {
        let airy = window.height >= AIRY_FROM;
        let (header, rest) = from_top(window, 1);
        let (rule, rest) = from_top(rest, u16::from(airy));
        let (rest, footer) = from_bottom(rest, 1);
        let (body, toast) = from_bottom(rest, toast.max(u16::from(airy)));
        Self { header, rule, body, toast, footer }
    }
}

/// A clicked position in the window, and the screen's area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The screen's area.
    pub area: Rect,
    at: Position,
}

impl Spot {
    /// Creates the position of a cell in a window of the given size, whose toast takes `toast` rows.
    pub fn of((columns, rows): (u16, u16), toast: u16, (column, row): (u16, u16)) -> Self {
        let area = inset(Parts::of(Rect::new(0, 0, columns, rows), toast).body, 1);
        Self { area, at: Position::new(column, row) }
    }

    /// The index of the clicked line within `rows`, or `None` if the click is outside of them.
    pub fn line(self, rows: Rect) -> Option<usize> {
        rows.contains(self.at).then(|| usize::from(self.at.y.saturating_sub(rows.y)))
    }
}

/// The columns and rows of a screen's area in a window without a tall toast.
pub fn body_size(columns: u16, rows: u16) -> (u16, u16) {
    let body = inset(Parts::of(Rect::new(0, 0, columns, rows), 0).body, 1);
    (body.width, body.height)
}

/// Whether a window is too small for the screens.
pub fn is_too_small(columns: u16, rows: u16) -> bool {
    columns < LEAST.0 || rows < LEAST.1
}

/// Splits off the top `rows`: returns those and the rest.
pub fn from_top(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    let rest = Rect { y: area.y.saturating_add(rows), height: area.height.saturating_sub(rows), ..area };
    (Rect { height: rows, ..area }, rest)
}

/// Splits off the bottom `rows`: returns the rest and those.
pub fn from_bottom(area: Rect, rows: u16) -> (Rect, Rect) {
    from_top(area, area.height.saturating_sub(rows))
}

/// Splits off the left `columns`: returns those and the rest.
pub fn from_left(area: Rect, columns: u16) -> (Rect, Rect) {
    let columns = columns.min(area.width);
    let rest = Rect { x: area.x.saturating_add(columns), width: area.width.saturating_sub(columns), ..area };
    (Rect { width: columns, ..area }, rest)
}

/// Splits off the right `columns`: returns the rest and those.
pub fn from_right(area: Rect, columns: u16) -> (Rect, Rect) {
    from_left(area, area.width.saturating_sub(columns))
}

/// Removes `columns` from either side of an area.
pub fn inset(area: Rect, columns: u16) -> Rect {
    let (_, rest) = from_left(area, columns);
    from_right(rest, columns).0
}

/// One row of an area, by its index; empty if it is below the area.
pub fn row(area: Rect, place: u16) -> Rect {
    from_top(from_top(area, place).1, 1).0
}

/// A centred area of at most `columns` by `rows`.
pub fn centred(area: Rect, columns: u16, rows: u16) -> Rect {
    let (columns, rows) = (columns.min(area.width), rows.min(area.height));
    Rect {
        x: area.x.saturating_add(area.width.saturating_sub(columns) / 2),
        y: area.y.saturating_add(area.height.saturating_sub(rows) / 2),
        width: columns,
        height: rows,
    }
}

/// The width of the pane next to a list, in columns; zero in a narrow window.
pub fn pane_columns(columns: u16) -> u16 {
    match columns {
        0..PANE_FROM => 0,
        PANE_FROM..100 => 31,
        100..120 => 40,
        _ => (columns.saturating_mul(2) / 5).min(56),
    }
}

/// The size of a brand's tile, in columns and rows: a logo's aspect ratio is three to two, and a cell is
/// twice as high as wide.
pub fn logo_cells(columns: u16) -> (u16, u16) {
    match pane_columns(columns) {
        0..40 => (9, 3),
        _ => (15, 5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_fill_the_window_and_never_overlap() {
        for (columns, rows, toast) in [(80, 24, 0), (80, 24, 3), (40, 12, 1), (3, 2, 9), (0, 0, 1)] {
            let window = Rect::new(0, 0, columns, rows);
            let parts = Parts::of(window, toast);
            let all = [parts.header, parts.rule, parts.body, parts.toast, parts.footer];
            assert_eq!(all.iter().map(|part| part.height).sum::<u16>(), rows, "{window:?}");
            assert!(all.windows(2).all(|pair| pair[0].bottom() <= pair[1].top()), "{window:?}");
        }
    }

    #[test]
    fn saying_something_in_one_row_moves_nothing() {
        let window = Rect::new(0, 0, 80, 24);
        assert_eq!(Parts::of(window, 0), Parts::of(window, 1));
    }
}
