//! Draws the notice of an unsaved order or attempt above every screen until it is saved.

use ratatui::layout::Rect;

use crate::layout::{from_top, inset};
use crate::model::unsaved::{headline, rest};
use crate::screens::unsaved;
use crate::state::State;
use crate::theme::Theme;
use crate::widgets::card::Weight;
use crate::widgets::frame::Frame;
use crate::widgets::text_flow::TextFlow;

/// Draws the notice at the top of an area, if there is one; returns the rest of the area.
pub(super) fn draw(state: &State, theme: &Theme, area: Rect, frame: &mut Frame<'_>) -> Rect {
    let Some((record, why)) = state.model.to_write_down() else { return area };
    let paying = state.top().paying();
    let (top, left) = from_top(area, unsaved::rows(&state.model, paying, area.width));
    let mut flow = TextFlow::new(inset(top, 1), frame);
    let weight = if why.kept { Weight::Warning } else { Weight::Alarm };
    let mark = [(weight.glyph(), weight.style(theme)), (" ", theme.text)];
    flow.hanging(&mark, &headline(record, why), theme.strong);
    flow.hanging(&[("  ", theme.text)], &rest(record, why, paying), theme.text);
    left
}
