//! Draws what to send where: the QR code, amount, network and address, and the order's progress.

use ratatui::layout::Rect;

use crate::domain::settlement::Settlement;
use crate::input::Size;
use crate::keymap::{Command, Typing};
use crate::layout::{centred, from_left, from_top};
use crate::model::Model;
use crate::screens::pay::room::{FRAME, GAP};
use crate::screens::pay::view::{caption, code, missing, status};
use crate::screens::pay::{Pay, room};
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::frame::Frame;
use crate::widgets::text::{cells, put, width, wrap};
use crate::widgets::text_flow::TextFlow;
use crate::widgets::{qr, timeline};

/// Drawn above the code, so that every picture of it shows the warning.
const SANDBOX: &str = "SANDBOX: nothing here is real";
/// Draws the payment, and the code if all of it fits.
pub(super) fn draw(
    screen: &Pay,
    settlement: &Settlement,
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let content = screen.content(model);
    let body = (area.width, area.height);
    let shown = code(screen, content).filter(|code| room::fits_beside(code, screen.blocks, settlement, body));
    let words = match shown {
        Some(code) => {
            let (columns, rows) = qr::size(code, screen.blocks);
            let (place, rest) = from_left(area, columns);
            let above = u16::from(model.shop.sandbox && place.height >= rows.saturating_add(2));
            let (badge, below) = from_top(place, above);
            frame.buffer_mut().set_style(badge, theme.badge);
            put(frame, centred(badge, width(SANDBOX), 1), SANDBOX, theme.badge);
            qr::draw(code, screen.blocks, theme, below, frame);
            let caption = caption(settlement, content);
            draw_caption(caption, model, theme, from_top(below, rows).1, frame);
            from_left(rest, GAP).1
        }
        None => area,
    };
    if !room::essentials_fit(settlement, words.width, words.height) {
        return draw_too_small(settlement, model, theme, words, frame);
    }
    let mut flow = TextFlow::new(words, frame);
    draw_essentials(settlement, theme, &mut flow);
    if shown.is_none() && !flow.free().is_empty() {
        draw_needed_size(screen, model, theme, &mut flow);
    }
    draw_progress(screen, model, theme, &mut flow);
}

/// Draws the window size that the whole address needs, and what still works. A part of an address would be
/// worse than none.
fn draw_too_small(settlement: &Settlement, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let rows = room::essential_rows(settlement, area.width).saturating_add(FRAME.1);
    let here = format!("It needs {rows} rows at this width; this one has {}.", model.size.rows);
    let mut flow = TextFlow::new(area, frame);
    let headline = "The window is too small for the whole address.";
    card::draw(Weight::Warning, headline, [here.as_str()], theme, &mut flow);
    let key = |command| model.key(command, Typing::Off);
    let (address, amount) = (key(Command::CopyAddress), key(Command::CopyAmount));
    card::keys(&[(&address, "copies the address"), (&amount, "copies the amount")], theme, &mut flow);
}

/// Draws the caption below the code.
fn draw_caption(words: &str, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let mut flow = TextFlow::new(area, frame);
    if model.shop.sandbox && area.height < 2 {
        flow.line(&[("SANDBOX", theme.badge), (" ", theme.dim), (words, theme.dim)]);
    } else {
        flow.line(&[("QR: ", theme.dim), (words, theme.dim)]);
    }
}

fn draw_essentials(settlement: &Settlement, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    flow.hanging(&[("Send exactly ", theme.dim)], &room::amount(settlement), theme.marked);
    flow.hanging(&[("on network   ", theme.dim)], settlement.tender.network.shown(), theme.strong);
    let groups = settlement.address.groups();
    let (on_a_line, prefixed) = room::groups_on_a_line(settlement, flow.free().width);
    let (prefix, groups) = groups.split_at(usize::from(prefixed));
    for (place, line) in groups.chunks(on_a_line).enumerate() {
        let label = if place == 0 { "to           " } else { "             " };
        let prefix = match (prefix, place) {
            ([], _) => "",
            (_, 0) => "0x ",
            (_, _) => "   ",
        };
        flow.line(&[(label, theme.dim), (prefix, theme.strong), (&line.join(" "), theme.strong)]);
    }
    if !settlement.checked {
        let words = "▲ not checked: compare it";
        flow.line(&[("             ", theme.dim), (words, theme.warning)]);
    }
    if flow.free().height > 8 {
        flow.gap();
    }
    flow.prose(&room::only_right(settlement), theme.text);
}

/// Draws how large a window the code needs, and the key that shows it alone.
fn draw_needed_size(screen: &Pay, model: &Model, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    let label = ("QR code      ", theme.dim);
    let Some(code) = missing(screen) else {
        flow.line(&[label, ("there is too much in it for one", theme.text)]);
        return;
    };
    let (blocks, sandbox) = (screen.blocks, model.shop.sandbox);
    let Size { columns, rows } = model.size;
    let any = screen.codes.iter().flatten();
    let alone = any
        .filter(|any| screen.chosen.is_none() || *any == code)
        .any(|code| room::fits_alone(code, blocks, sandbox, (columns, rows)));
    let full = model.key(Command::FullScreen, Typing::Off);
    if alone {
        let (wide, high) = room::window_beside(code, blocks);
        let sentence = format!(" shows it; so does a window of {wide} × {high}");
        let taken = width(label.0).saturating_add(width(&full)).saturating_add(width(&sentence));
        let sentence = if taken > flow.free().width { " shows it" } else { &sentence };
        flow.line(&[label, (&full, theme.key), (sentence, theme.text)]);
    } else {
        let (wide, high) = room::window_alone(code, blocks, sandbox);
        let whole = format!("needs a window of {wide} × {high}, with ");
        let taken = width(label.0).saturating_add(width(&whole)).saturating_add(width(&full));
        let sentence =
            if taken > flow.free().width { format!("needs {wide} × {high}, with ") } else { whole };
        flow.line(&[label, (&sentence, theme.text), (&full, theme.key)]);
    }
}

/// Draws the steps, in full or on one line, and how to pay in the sandbox.
fn draw_progress(screen: &Pay, model: &Model, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    let Some(order) = screen.order(model) else { return };
    let steps = status::steps(order, &order.phase(), model);
    let hint = hand_hint(screen, model);
    let hint_rows = cells(hint.as_ref().map_or(0, |hint| wrap(hint, flow.free().width).len() + 1));
    let free = flow.free().height;
    let all = cells(steps.len());
    let current: Vec<_> =
        steps.iter().filter(|step| step.progress == timeline::Progress::Current).cloned().collect();
    let shown = if free >= all.saturating_add(hint_rows) { &steps } else { &current };
    if free > cells(shown.len()).saturating_add(hint_rows) {
        flow.gap();
    }
    timeline::draw(shown, theme, flow);
    if let Some(hint) = hint {
        if flow.free().height >= hint_rows {
            flow.gap();
        }
        flow.prose(&hint, theme.dim);
    }
}

/// Returns how to pay an order in the sandbox.
fn hand_hint(screen: &Pay, model: &Model) -> Option<String> {
    if !model.shop.sandbox {
        return None;
    }
    if screen.paying.as_ref().is_some_and(|paying| paying.awaited().is_some()) {
        return Some("Paying by hand…".to_owned());
    }
    let pay = model.key(Command::PayInSandbox, Typing::Off);
    Some(match model.shop.pace.as_deref() {
        Some("demo") => format!("{pay} pays by hand; at the demo pace it pays by itself after a while."),
        Some(pace) => format!("{pay} pays by hand. The sandbox runs at the pace “{pace}”."),
        None => format!("{pay} pays by hand."),
    })
}

/// Checks that every label is as wide as its column.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::screens::pay::room::LABEL;

    #[test]
    fn labels_are_as_wide_as_their_column() {
        for label in ["Send exactly ", "on network   ", "to           ", "QR code      "] {
            assert_eq!(width(label), LABEL);
        }
    }
}
