//! Drawing of the help screen.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Help;
use crate::keymap::{Binding, Keymap, Typing};
use crate::layout::from_left;
use crate::screens::desk::Desk;
use crate::theme::Theme;
use crate::widgets::flow::Flow;
use crate::widgets::text::cells;

/// Columns of the keys.
const KEYS: u16 = 16;
/// From so many columns on, the bindings stand in two columns when they need to.
const TWO_FROM: u16 = 76;

/// Draws every key of the screen below and what it does, from the one table of keys.
pub fn draw(screen: &Help, desk: &Desk, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let bindings: Vec<&Binding> = screen.offers.iter().filter_map(|offer| offer.binding()).collect();
    let mut flow = Flow::new(area, frame);
    flow.line(&[("Keys of ", theme.dim), (&screen.about, theme.strong)]);
    let note = match screen.typing {
        Typing::Text => "Letters are text here; every command has a key that is no letter.",
        Typing::Number => "Digits are text here, letters are commands.",
        Typing::Off => "Letters are commands here.",
    };
    let spare = area.height.saturating_sub(1).saturating_sub(cells(bindings.len()));
    if spare > 0 {
        flow.line(&[(note, theme.dim)]);
    }
    if spare > 1 {
        flow.gap();
    }
    let area = flow.free();
    let in_two = cells(bindings.len()) > area.height && area.width >= TWO_FROM;
    let half = if in_two { bindings.len().div_ceil(2) } else { bindings.len() };
    let (left, right) = from_left(area, if in_two { area.width / 2 } else { area.width });
    let (first, second) = bindings.split_at(half);
    let keymap = &desk.habits.keymap;
    draw_column(first, keymap, screen.typing, theme, left, flow.frame());
    draw_column(second, keymap, screen.typing, theme, right, flow.frame());
}

fn draw_column(
    bindings: &[&Binding],
    keymap: &Keymap,
    typing: Typing,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let mut flow = Flow::new(area, frame);
    for binding in bindings {
        let working = keymap.working(binding.command, typing);
        let keys: Vec<_> = working.map(|press| keymap.label(press)).collect();
        let row = flow.take(1);
        let (keys_at, rest) = from_left(row, KEYS);
        Flow::new(keys_at, flow.frame()).line(&[(&keys.join("  "), theme.key)]);
        Flow::new(rest, flow.frame()).line(&[(binding.meaning, theme.text)]);
    }
}
