//! QR codes in half blocks: one cell holds two modules, black on white by explicit colour.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::text::cells;
use crate::qr::Qr;
use crate::theme::Theme;

/// Columns and rows that a code takes.
pub fn size(code: &Qr) -> (u16, u16) {
    let (columns, rows) = code.half_block_size();
    (cells(columns), cells(rows))
}

/// Whether a code has room in so many columns and rows.
pub fn fits(code: &Qr, columns: u16, rows: u16) -> bool {
    let (wide, high) = size(code);
    wide <= columns && high <= rows
}

/// Draws a code at the top left of an area, whole or not at all: a cut code cannot be scanned.
pub fn draw(code: &Qr, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let area = area.intersection(frame.area());
    if !fits(code, area.width, area.height) {
        return;
    }
    let (wide, high) = size(code);
    let buffer = frame.buffer_mut();
    for y in 0..high {
        for x in 0..wide {
            let (column, upper) = (usize::from(x), usize::from(y) * 2);
            let (glyph, style) = theme.qr_cell(code.is_dark(column, upper), code.is_dark(column, upper + 1));
            if let Some(cell) = buffer.cell_mut((area.x.saturating_add(x), area.y.saturating_add(y))) {
                cell.reset();
                cell.set_symbol(glyph).set_style(style);
            }
        }
    }
}
