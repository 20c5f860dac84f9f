//! Draws the help screen.

use ratatui::layout::Rect;

use super::Help;
use crate::input::Size;
use crate::keymap::{Binding, Command, Keymap, Typing};
use crate::layout::{self, from_left};
use crate::model::Model;
use crate::screens::Draw;
use crate::screens::unsaved;
use crate::theme::Theme;
use crate::widgets::frame::Frame;
use crate::widgets::text_flow::TextFlow;

/// Columns of the keys, in wide and in narrow windows.
const KEYS: u16 = 16;
const FEW_KEYS: u16 = 10;
/// Windows with fewer columns than this are narrow.
const NARROW: u16 = 50;
/// Minimum columns for two columns of bindings, which are used if one is not enough.
const TWO_FROM: u16 = 76;

impl Draw for Help {
    fn draw(&self, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
        let bindings = bindings(self);
        let Rows { spare, in_two, each, seen } = rows(bindings.len(), (area.width, area.height));
        let hidden = each.saturating_sub(seen);
        let above = self.scrolled.min(hidden);
        let below = hidden.saturating_sub(above);
        let (up, down) = (model.key(Command::Up, Typing::Off), model.key(Command::Down, Typing::Off));
        let more = match (above, below) {
            (0, 0) => String::new(),
            (0, below) => format!("{down} {below} more"),
            (above, 0) => format!("{up} {above} more"),
            (above, below) => format!("{up} {above} more, {down} {below} more"),
        };
        let mut flow = TextFlow::new(area, frame);
        flow.ends(&[("Keys of ", theme.dim), (&self.about, theme.strong)], &[(&more, theme.accent)]);
        let note = match self.typing {
            Typing::Text => "Letters are text here; every command has a key that is no letter.",
            Typing::Number => "Digits are text here, letters are commands.",
            Typing::Off => "Letters are commands here.",
        };
        if spare > 0 {
            flow.line(&[(note, theme.dim)]);
        }
        if spare > 1 {
            flow.gap();
        }
        let area = flow.free();
        let (left, right) = from_left(area, if in_two { area.width / 2 } else { area.width });
        let (first, second) = bindings.split_at(each.min(bindings.len()));
        let keymap = &model.preferences.keymap;
        let (first, second) = (first.iter().skip(above), second.iter().skip(above));
        draw_column(first, keymap, self.typing, theme, left, flow.frame());
        draw_column(second, keymap, self.typing, theme, right, flow.frame());
    }
}

fn bindings(screen: &Help) -> Vec<&'static Binding> {
    screen.commands.iter().filter_map(|offer| offer.binding()).collect()
}

/// The arrangement of the keys in an area.
struct Rows {
    /// Rows that are left for other text.
    spare: usize,
    /// Whether the keys are in two columns.
    in_two: bool,
    /// The number of keys per column.
    each: usize,
    /// The number of visible keys per column.
    seen: usize,
}

fn rows(len: usize, (columns, height): (u16, u16)) -> Rows {
    let room = usize::from(height.saturating_sub(1));
    let spare = room.saturating_sub(len);
    let seen = room - spare.min(2);
    let in_two = len > seen && columns >= TWO_FROM;
    Rows { spare, in_two, each: if in_two { len.div_ceil(2) } else { len }, seen }
}

/// Returns how many rows of keys do not fit into the window.
pub(super) fn rows_out_of_sight(screen: &Help, model: &Model) -> usize {
    let Size { columns, rows: height } = model.size;
    let (wide, high) = layout::body_size(columns, height);
    let high = high.saturating_sub(unsaved::rows(model, None, columns));
    let Rows { each, seen, .. } = rows(bindings(screen).len(), (wide, high));
    each.saturating_sub(seen)
}

fn draw_column<'a>(
    bindings: impl Iterator<Item = &'a &'static Binding>,
    keymap: &Keymap,
    typing: Typing,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let mut flow = TextFlow::new(area, frame);
    for binding in bindings {
        let working = keymap.working(binding.command, typing);
        let keys: Vec<_> = working.map(|press| keymap.label(press)).collect();
        let row = flow.take(1);
        let (keys_at, rest) = from_left(row, if area.width < NARROW { FEW_KEYS } else { KEYS });
        TextFlow::new(keys_at, flow.frame()).line(&[(&keys.join("  "), theme.key)]);
        TextFlow::new(rest, flow.frame()).line(&[(binding.meaning, theme.text)]);
    }
}
