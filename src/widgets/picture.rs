//! A picture in its cells.

use ratatui::layout::Rect;

use super::frame::Frame;
use crate::picture::Picture;

/// Draws a picture at the top left of an area, or nothing if it does not fit, since part of a picture cannot be
/// drawn.
pub fn draw(picture: &Picture, area: Rect, frame: &mut Frame<'_>) {
    let (columns, rows) = picture.size();
    let place = Rect { width: columns, height: rows, ..area };
    if place.intersection(area).intersection(frame.area()) != place {
        return;
    }
    for (at, cell) in picture.cells() {
        if let Some(there) = frame.buffer_mut().cell_mut((place.x + at.x, place.y + at.y)) {
            there.clone_from(cell);
        }
    }
}
