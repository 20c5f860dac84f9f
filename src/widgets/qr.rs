//! QR codes in block characters, black on white by explicit colour.

use ratatui::layout::Rect;

use super::frame::Frame;
use super::text::cells;
use crate::qr::{Blocks, Qr};
use crate::theme::Theme;

/// Returns the width and height of a code in cells.
pub fn size(code: &Qr, blocks: Blocks) -> (u16, u16) {
    let (columns, rows) = code.size(blocks);
    (cells(columns), cells(rows))
}

/// Returns whether a code fits into these columns and rows.
pub fn fits(code: &Qr, blocks: Blocks, columns: u16, rows: u16) -> bool {
    let (wide, high) = size(code, blocks);
    wide <= columns && high <= rows
}

/// Returns the columns and rows on each side that complete a code's quiet zone to the four modules of the
/// standard.
pub fn margin(blocks: Blocks) -> (u16, u16) {
    match blocks {
        Blocks::Half => (2, 1),
        Blocks::Whole => (4, 2),
    }
}

/// Makes an area light, like the quiet zone of a code.
pub fn lighten(theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let (glyph, style) = theme.qr_cell(false, false);
    let area = area.intersection(frame.area());
    for place in area.positions() {
        if let Some(cell) = frame.buffer_mut().cell_mut(place) {
            cell.reset();
            cell.set_symbol(glyph).set_style(style);
        }
    }
}

/// Draws a code at the top left of an area, or nothing if it does not fit: a cut code cannot be scanned.
pub fn draw(code: &Qr, blocks: Blocks, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let area = area.intersection(frame.area());
    if !fits(code, blocks, area.width, area.height) {
        return;
    }
    let (wide, high) = size(code, blocks);
    let buffer = frame.buffer_mut();
    for y in 0..high {
        for x in 0..wide {
            let (column, row) = (usize::from(x), usize::from(y));
            let (upper, lower) = match blocks {
                Blocks::Half => (code.is_dark(column, row * 2), code.is_dark(column, row * 2 + 1)),
                Blocks::Whole => (code.is_dark(column / 2, row), code.is_dark(column / 2, row)),
            };
            let (glyph, style) = theme.qr_cell(upper, lower);
            if let Some(cell) = buffer.cell_mut((area.x.saturating_add(x), area.y.saturating_add(y))) {
                cell.reset();
                cell.set_symbol(glyph).set_style(style);
            }
        }
    }
}
