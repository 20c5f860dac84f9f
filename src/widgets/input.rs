//! A text input of one line.

use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::display_safe::display_safe;
use super::frame::Frame;
use super::text::{cells, put};
use crate::field::Field;
use crate::layout::from_left;
use crate::theme::Theme;

/// Draws a field's text, scrolled so that the caret is visible. If the field is focused, the terminal's own
/// cursor is placed there, since input methods open their windows at it.
pub fn draw(field: &Field, focused: bool, hint: &str, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let area = area.intersection(frame.area());
    if area.is_empty() {
        return;
    }
    let scrolled = if focused { field.scrolled(usize::from(area.width)) } else { 0 };
    if field.is_empty() {
        let place = if focused { from_left(area, 1).1 } else { area };
        put(frame, place, hint, theme.dim);
    } else if focused {
        let text = behind(field.text(), scrolled);
        frame.buffer_mut().set_stringn(
            area.x,
            area.y,
            display_safe(text),
            usize::from(area.width),
            theme.text,
        );
    } else {
        put(frame, area, field.text(), theme.text);
    }
    if focused {
        let column = cells(field.caret().saturating_sub(scrolled)).min(area.width.saturating_sub(1));
        frame.set_caret((area.x.saturating_add(column), area.y).into());
    }
}

/// Draws a filter: a prompt and its field.
pub fn filter(field: &Field, hint: &str, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let used = put(frame, area, "❯ ", theme.accent);
    draw(field, true, hint, theme, from_left(area, used).1, frame);
}

/// Returns the part of a text after its first `columns`.
fn behind(text: &str, columns: usize) -> &str {
    let mut skipped = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        if skipped >= columns {
            return text.get(at..).unwrap_or_default();
        }
        skipped += grapheme.width();
    }
    ""
}
