//! What to send where: the QR code, the amount, the network, the address, and how the order goes.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::settlement::Settlement;
use crate::keymap::{Command, Typing};
use crate::layout::{centred, from_left, from_top};
use crate::qr::Qr;
use crate::screens::desk::Desk;
use crate::screens::pay::Pay;
use crate::screens::pay::view::{caption, code, status};
use crate::theme::Theme;
use crate::widgets::flow::Flow;
use crate::widgets::text::{cells, put, width, wrap};
use crate::widgets::{qr, timeline};

/// Stands over the code, so that no picture of it is without.
const SANDBOX: &str = "SANDBOX: nothing here is real";
/// Columns of the labels.
const LABEL: u16 = 13;
/// The least columns beside the code: a label and four groups of four.
const BESIDE: u16 = LABEL + 4 * 5 + 3;
/// Columns between the code and what stands beside it.
const GAP: u16 = 3;
/// Rows of a window that are not the code's: header, line, caption, toast, footer.
const CHROME: u16 = 5;
/// Groups of an ordinary address that stand on a line: sixteen characters compare well.
const GROUPS: usize = 4;
/// An address with more characters, such as an invoice, takes whole lines.
const LONG: usize = 70;
/// What addresses of Ethereum and its kin begin with; the rest is compared in fours.
const HEX: &str = "0x";

/// Draws the payment; the code only where all of it has room.
pub(super) fn draw(
    screen: &Pay,
    settlement: &Settlement,
    desk: &Desk,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let code = code(screen);
    let room = |code: &&Qr| {
        let columns = area.width.saturating_sub(BESIDE + GAP);
        let beside = area.width.saturating_sub(qr::size(code).0 + GAP);
        let rows = essential_rows(settlement, beside);
        qr::fits(code, columns, area.height.saturating_sub(1)) && rows <= area.height
    };
    let (words, shown) = match code.filter(room) {
        Some(code) => {
            let (columns, rows) = qr::size(code);
            let (place, rest) = from_left(area, columns);
            let above = u16::from(desk.shop.sandbox && place.height >= rows.saturating_add(2));
            let (badge, below) = from_top(place, above);
            frame.buffer_mut().set_style(badge, theme.badge);
            put(frame, centred(badge, width(SANDBOX), 1), SANDBOX, theme.badge);
            qr::draw(code, theme, below, frame);
            draw_caption(screen, settlement, desk, theme, from_top(below, rows).1, frame);
            (from_left(rest, GAP).1, true)
        }
        None => (area, false),
    };
    let mut flow = Flow::new(words, frame);
    draw_essentials(settlement, theme, &mut flow);
    if let (false, Some(code)) = (shown, code) {
        draw_needed_size(code, desk, theme, &mut flow);
    }
    draw_progress(screen, desk, theme, &mut flow);
}

/// What stands under the code.
fn draw_caption(
    screen: &Pay,
    settlement: &Settlement,
    desk: &Desk,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let mut flow = Flow::new(area, frame);
    let words = caption(screen, settlement);
    if desk.shop.sandbox && area.height < 2 {
        flow.line(&[("SANDBOX", theme.badge), (" ", theme.dim), (words, theme.dim)]);
    } else {
        flow.line(&[(words, theme.dim)]);
    }
}

/// Groups of the address that stand on a line, and whether `0x` stands before the first of them.
fn groups_on_a_line(settlement: &Settlement, columns: u16) -> (usize, bool) {
    let prefixed = settlement.address.groups().first() == Some(&HEX);
    let indent = if prefixed { LABEL + 3 } else { LABEL };
    let room = usize::from(columns.saturating_sub(indent).saturating_add(1) / 5).max(1);
    let long = settlement.address.as_str().len() > LONG;
    (if long { room } else { room.min(GROUPS) }, prefixed)
}

/// Rows that nobody can do without: amount, network, address, and the one right coin and network.
fn essential_rows(settlement: &Settlement, columns: u16) -> u16 {
    let (on_a_line, prefixed) = groups_on_a_line(settlement, columns);
    let groups = settlement.address.groups().len() - usize::from(prefixed);
    let warning = wrap(&only_right(settlement), columns).len();
    cells(2 + groups.div_ceil(on_a_line) + usize::from(!settlement.checked) + 1 + warning)
}

/// The sentence on the only right coin and network.
fn only_right(settlement: &Settlement) -> String {
    let tender = &settlement.tender;
    format!("Only {} on {}. Anything else sent to this address may be lost.", tender.coin, tender.network)
}

fn draw_essentials(settlement: &Settlement, theme: &Theme, flow: &mut Flow<'_, '_>) {
    let amount = format!("{} {}", settlement.amount, settlement.tender.coin);
    flow.hanging(&[("Send exactly ", theme.dim)], &amount, theme.marked);
    flow.hanging(&[("on network   ", theme.dim)], settlement.tender.network.shown(), theme.strong);
    let groups = settlement.address.groups();
    let (on_a_line, prefixed) = groups_on_a_line(settlement, flow.free().width);
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
    flow.prose(&only_right(settlement), theme.text);
}

/// Says how large a window the code needs, and the key that shows it alone.
fn draw_needed_size(code: &Qr, desk: &Desk, theme: &Theme, flow: &mut Flow<'_, '_>) {
    let (columns, rows) = qr::size(code);
    let full = desk.key(Command::FullScreen, Typing::Off);
    let (wide, high) = (columns.saturating_add(BESIDE + GAP + 2), rows.saturating_add(CHROME));
    let sentence = format!(" shows it; so does a window of {wide} × {high}");
    flow.line(&[("QR code      ", theme.dim), (&full, theme.key), (&sentence, theme.text)]);
}

/// The steps, all of them or in one line, and how to pay in the sandbox.
fn draw_progress(screen: &Pay, desk: &Desk, theme: &Theme, flow: &mut Flow<'_, '_>) {
    let Some(order) = screen.order(desk) else { return };
    let steps = status::steps(order, &order.phase(), desk);
    let hint = hand_hint(screen, desk);
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

/// How an order of the sandbox gets paid.
fn hand_hint(screen: &Pay, desk: &Desk) -> Option<String> {
    if !desk.shop.sandbox {
        return None;
    }
    if screen.paying.as_ref().is_some_and(|paying| paying.awaited().is_some()) {
        return Some("Paying by hand…".to_owned());
    }
    let pay = desk.key(Command::PayInSandbox, Typing::Off);
    Some(match desk.shop.pace.as_deref() {
        Some("demo") => format!("{pay} pays by hand; at the demo pace it pays by itself after a while."),
        Some(pace) => format!("{pay} pays by hand. The sandbox runs at the pace “{pace}”."),
        None => format!("{pay} pays by hand."),
    })
}

/// Keeps the widths honest: every label is as wide as the column that it stands in.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::screens::pay::{AROUND_CODE, BESIDE_CODE};

    #[test]
    fn the_room_that_is_counted_on_is_the_room_that_is_taken() {
        assert_eq!(usize::from(BESIDE + GAP + 2), BESIDE_CODE);
        assert_eq!(usize::from(CHROME), AROUND_CODE);
    }

    #[test]
    fn labels_are_as_wide_as_their_column() {
        for label in ["Send exactly ", "on network   ", "to           "] {
            assert_eq!(width(label), LABEL);
        }
    }
}
