//! What is drawn in one go.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

/// The cells of a window, and where the caret stands among them.
#[derive(Debug)]
pub struct Frame<'a> {
    cells: &'a mut Buffer,
    caret: Option<Position>,
}

impl<'a> Frame<'a> {
    /// A frame on cells that are blank.
    pub fn new(cells: &'a mut Buffer) -> Self {
        Self { cells, caret: None }
    }

    /// Where there is something to draw on.
    pub fn area(&self) -> Rect {
        self.cells.area
    }

    /// The cells.
    pub fn buffer_mut(&mut self) -> &mut Buffer {
        self.cells
    }

    /// Draws a widget of the terminal library.
    pub fn render_widget(&mut self, widget: impl Widget, area: Rect) {
        widget.render(area, self.cells);
    }

    /// Has the terminal's own cursor stand in a cell; it is not seen otherwise.
    pub fn set_caret(&mut self, place: Position) {
        self.caret = Some(place);
    }

    /// Where the terminal's own cursor stands, if it is seen.
    pub fn caret(&self) -> Option<Position> {
        self.caret
    }
}
