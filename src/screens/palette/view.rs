//! Draws the palette.

use ratatui::layout::Rect;

use super::{Palette, words};
use crate::keymap::Command;
use crate::layout::{from_left, from_right, from_top};
use crate::model::Model;
use crate::screens::Draw;
use crate::search::Marker;
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::frame::Frame;
use crate::widgets::input;
use crate::widgets::list;
use crate::widgets::text::{put, put_marked};
use crate::widgets::text_flow::TextFlow;

/// Columns of the keys, at the right end.
const KEYS: u16 = 14;
/// Columns of a command's name; its meaning follows.
const WORDS: u16 = 22;
/// Minimum columns for showing the meanings beside the names.
const MEANING_FROM: u16 = 72;

impl Draw for Palette {
    fn draw(&self, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
        let (top, rest) = from_top(area, 1);
        let hint = format!("a command of {}", self.about);
        input::filter(&self.list.filter, &hint, theme, top, frame);
        if self.list.shown.is_empty() {
            let mut flow = TextFlow::new(rest, frame);
            flow.gap();
            let headline = format!("Nothing that can be done here is called “{}”.", self.list.filter.text());
            return card::draw(Weight::Calm, &headline, [], theme, &mut flow);
        }
        let seen = self.list.seen(rest.height);
        let mut marker = Marker::new(self.list.filter.text(), &model.scratch);
        list::draw(seen, theme, rest, frame, |place, marked, row, frame| {
            if let Some(command) = self.list.shown.get(place) {
                draw_row(*command, marked, (self, &mut marker), model, theme, row, frame);
            }
        });
    }
}

fn draw_row(
    command: Command,
    marked: bool,
    (screen, marker): (&Palette, &mut Marker<'_>),
    model: &Model,
    theme: &Theme,
    row: Rect,
    frame: &mut Frame<'_>,
) {
    let (name, meaning) = words(command);
    let (rest, keys) = from_right(row, KEYS);
    put(frame, keys, &model.key(command, screen.typing_below), theme.key);
    let told = name != meaning && row.width >= MEANING_FROM;
    let (name_at, meaning_at) = if told { from_left(rest, WORDS) } else { (rest, Rect::default()) };
    let style = if marked { theme.marked } else { theme.text };
    let marks = marker.marks(name);
    put_marked(frame, from_right(name_at, 1).0, name, style, marks, theme.matched);
    put(frame, from_right(meaning_at, 1).0, meaning, theme.dim);
}
