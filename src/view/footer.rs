//! Draws the footer.

use ratatui::layout::Rect;

use crate::footer::hints;
use crate::layout::from_left;
use crate::state::State;
use crate::theme::Theme;
use crate::widgets::frame::Frame;
use crate::widgets::text::put_runs;

/// Draws the keys that work on the current screen.
pub(super) fn draw(state: &State, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    for hint in hints(state, area.width) {
        let place = from_left(area, hint.column).1;
        put_runs(frame, place, &[(&hint.key, theme.key), (" ", theme.text), (hint.what, theme.dim)]);
    }
}
