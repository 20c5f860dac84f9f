//! A pane beside a list, and rules.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Clear;

use super::frame::Frame;
use super::text::{put, width};
use crate::layout::{from_left, from_right, pane_columns, row};
use crate::theme::Theme;

/// Splits an area into a list and the pane beside it; narrow windows have no pane.
pub fn beside(area: Rect) -> (Rect, Option<Rect>) {
    let columns = pane_columns(area.width.saturating_add(2));
    if columns == 0 {
        return (area, None);
    }
    let (list, pane) = from_right(area, columns);
    (list, Some(pane))
}

/// Draws the line at a pane's left edge. Returns the rest of the pane.
pub fn edge(pane: Rect, theme: &Theme, frame: &mut Frame<'_>) -> Rect {
    let (line, rest) = from_left(pane, 3);
    for place in 0..line.height {
        let (_, cell) = from_left(row(line, place), 1);
        put(frame, cell, "│", theme.rule);
    }
    rest
}

/// Draws a line across the first row of an area.
pub fn rule(area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let area = area.intersection(frame.area());
    if area.is_empty() {
        return;
    }
    let buffer = frame.buffer_mut();
    for column in area.left()..area.right() {
        if let Some(cell) = buffer.cell_mut((column, area.y)) {
            cell.set_symbol("─").set_style(theme.rule);
        }
    }
}

/// Writes a text over the end of such a line.
pub fn end_rule(area: Rect, words: &str, style: Style, theme: &Theme, frame: &mut Frame<'_>) {
    let place = from_right(row(area, 0), width(words)).1;
    frame.render_widget(Clear, place);
    frame.buffer_mut().set_style(place, theme.ground);
    put(frame, place, words, style);
}
