//! `view`: the only function that draws a `State`.

use ratatui::Frame;

use crate::state::State;
use crate::theme::Theme;

/// Draws everything.
pub fn view(_state: &State, _theme: &Theme, _frame: &mut Frame<'_>) {}
