//! A frame to draw on.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

/// The cells of a window, and the position of the caret.
#[derive(Debug)]
pub struct Frame<'a> {
    cells: &'a mut Buffer,
    caret: Option<Position>,
}

impl<'a> Frame<'a> {
    /// Creates a frame on blank cells.
    pub fn new(cells: &'a mut Buffer) -> Self {
        Self { cells, caret: None }
    }

    /// Returns the area to draw on.
    pub fn area(&self) -> Rect {
        self.cells.area
    }

    /// Returns the cells.
    pub fn buffer_mut(&mut self) -> &mut Buffer {
        self.cells
    }

    /// Draws a ratatui widget.
    pub fn render_widget(&mut self, widget: impl Widget, area: Rect) {
        widget.render(area, self.cells);
    }

    /// Shows the terminal's own cursor in a cell; it is hidden otherwise.
    pub fn set_caret(&mut self, place: Position) {
        self.caret = Some(place);
    }

    /// Returns the position of the terminal's own cursor, or `None` if it is hidden.
    pub fn caret(&self) -> Option<Position> {
        self.caret
    }
}
