//! `view`: the only function that draws a `State`.

mod footer;
mod header;
mod unsaved;

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::keymap::Command;
use crate::layout::{self, Parts};
use crate::state::State;
use crate::theme::Theme;
use crate::widgets::frame::Frame;
use crate::widgets::text_flow::TextFlow;
use crate::widgets::{ascii, pane};

/// Draws the whole window.
pub fn view(state: &State, theme: &Theme, frame: &mut Frame<'_>) {
    if theme.ground != Style::new() {
        let window = frame.area();
        frame.buffer_mut().set_style(window, theme.ground);
    }
    draw(state, theme, frame);
    if theme.ascii {
        ascii::replace(frame);
    }
}

fn draw(state: &State, theme: &Theme, frame: &mut Frame<'_>) {
    let window = frame.area();
    if layout::is_too_small(window.width, window.height) {
        return too_small(state, theme, window, frame);
    }
    let screen = state.top();
    if state.fills_window() {
        return screen.draw(&state.model, theme, window, frame);
    }
    let parts = Parts::of(window, state.toast_rows(window.width));
    header::draw(state, theme, layout::inset(parts.header, 1), frame);
    pane::rule(parts.rule, theme, frame);
    let body = unsaved::draw(state, theme, parts.body, frame);
    screen.draw(&state.model, theme, layout::inset(body, 1), frame);
    if let Some((weight, sentence)) = state.said() {
        let mark = [(weight.glyph(), weight.style(theme)), (" ", theme.text)];
        TextFlow::new(layout::inset(parts.toast, 1), frame).hanging(&mark, sentence, theme.strong);
    }
    footer::draw(state, theme, layout::inset(parts.footer, 1), frame);
}

/// Draws the required size and what still works: copying the address and amount, and quitting.
fn too_small(state: &State, theme: &Theme, window: Rect, frame: &mut Frame<'_>) {
    let (columns, rows) = layout::LEAST;
    let quit = state.model.key(Command::Quit, state.typing());
    let mut flow = TextFlow::new(window, frame);
    if let Some((_, sentence)) = state.said() {
        flow.prose(sentence, theme.strong);
    }
    if let Some((record, unsaved)) = state.model.to_write_down() {
        flow.prose(&crate::model::unsaved::headline(record, unsaved), theme.strong);
    }
    flow.prose(&format!("giftty needs {columns} × {rows}"), theme.strong);
    flow.prose(&format!("here: {} × {}", window.width, window.height), theme.text);
    flow.prose(&format!("{quit} quits"), theme.text);
    let commands = state.commands();
    for (command, what) in [(Command::CopyAddress, "address"), (Command::CopyAmount, "amount")] {
        if commands.contains(&command) {
            flow.prose(
                &format!("{} copies the {what}", state.model.key(command, state.typing())),
                theme.text,
            );
        }
    }
    if state.model.shop.sandbox {
        flow.line(&[("SANDBOX", theme.badge)]);
    }
}
