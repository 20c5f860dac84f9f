//! Draws the delivered screen.

use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::{Block, BorderType};

use super::{Delivered, Export};
use crate::domain::order::{Code, Delivery, DeliveryState};
use crate::domain::text::Secret;
use crate::keymap::{Command, Typing};
use crate::layout::{from_left, from_right, from_top, inset};
use crate::model::Model;
use crate::qr::Blocks;
use crate::screens::Draw;
use crate::screens::OPENING;
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::frame::Frame;
use crate::widgets::list;
use crate::widgets::text::{Run, cells, put, put_right, width};
use crate::widgets::text_flow::TextFlow;
use crate::widgets::{clock, input, pane, qr};

/// The placeholder of a hidden code; the same for every code, so that it reveals nothing.
const HIDDEN: &str = "••••• ••••• •••••";
const LABEL: u16 = 15;
/// Columns beside a code to scan.
const BESIDE_CODE: u16 = 38;
/// Minimum rows for drawing a code in a frame.
const FRAMED_FROM: u16 = 12;
/// Minimum columns for the redeem instructions beside the code.
const REDEEM_BESIDE_FROM: u16 = 98;

impl Draw for Delivered {
    fn draw(&self, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
        let deliveries = self.order(model).map(|order| order.known.deliveries.as_slice()).unwrap_or_default();
        let rest = if deliveries.len() > 1 {
            let rows = rows(deliveries.len(), area);
            let (_, rest) = from_top(area, rows.height);
            draw_list(self, deliveries, theme, rows, frame);
            let (line, rest) = from_top(rest, 1);
            pane::rule(line, theme, frame);
            rest
        } else {
            area
        };
        if let Export::Asked(path) = &self.export {
            draw_export(path, model, theme, &mut TextFlow::new(rest, frame));
        } else if let Some(delivery) = self.marked(model) {
            draw_delivery(self, delivery, model, theme, rest, frame);
        } else if model.opens(self.attempt) {
            card::draw(Weight::Waiting, OPENING, [], theme, &mut TextFlow::new(rest, frame));
        } else {
            let mut flow = TextFlow::new(rest, frame);
            let sentences = ["The shop has told of no deliveries for this order."];
            card::draw(Weight::Calm, "There is nothing here yet.", sentences, theme, &mut flow);
        }
    }
}

/// Returns the area of the list of deliveries; it is empty for a single delivery.
pub(super) fn rows(deliveries: usize, area: Rect) -> Rect {
    let rows = if deliveries > 1 { cells(deliveries).min(area.height / 3) } else { 0 };
    from_top(area, rows).0
}

fn draw_list(screen: &Delivered, deliveries: &[Delivery], theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let seen = screen.cursor.seen(area.height, deliveries.len());
    list::draw(seen, theme, area, frame, |place, marked, row, frame| {
        let Some(delivery) = deliveries.get(place) else { return };
        let (rest, state) = from_right(row, 20);
        let [mark, gap, words] = standing(delivery, theme);
        put_right(frame, state, &[mark, gap, words]);
        let name = format!("{} {}", delivery.brand, delivery.value);
        put(frame, from_right(rest, 2).0, &name, if marked { theme.marked } else { theme.text });
    });
}

/// Returns a delivery's state as a glyph and words.
fn standing<'a>(delivery: &'a Delivery, theme: &Theme) -> [Run<'a>; 3] {
    let (weight, words) = match &delivery.state {
        DeliveryState::Waiting => (Weight::Waiting, "on its way"),
        DeliveryState::Succeeded => (Weight::Good, "delivered"),
        DeliveryState::Failed => (Weight::Alarm, "not delivered"),
        DeliveryState::Other(word) => (Weight::Warning, word.as_str()),
    };
    let style = weight.style(theme);
    [(weight.glyph(), style), (" ", style), (words, style)]
}

fn draw_delivery(
    screen: &Delivered,
    delivery: &Delivery,
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let wide = area.width >= REDEEM_BESIDE_FROM && !delivery.delivered.redeem.is_empty();
    // A code to scan takes precedence over everything else.
    let (area, beside) = if wide && screen.esim.is_none() { pane::beside(area) } else { (area, None) };
    let (area, code) = match &screen.esim {
        Some(code) if qr::fits(code, Blocks::Half, area.width.saturating_sub(BESIDE_CODE), area.height) => {
            let (place, rest) = from_left(area, qr::size(code, Blocks::Half).0);
            (from_left(rest, 3).1, Some((code, place)))
        }
        _ => (area, None),
    };
    if let Some((code, place)) = code {
        qr::draw(code, Blocks::Half, theme, place, frame);
    }
    let mut flow = TextFlow::new(area, frame);
    let name = format!("{} {}", delivery.brand, delivery.value);
    flow.ends(&[(&name, theme.strong)], &standing(delivery, theme));
    flow.gap();
    draw_secrets(screen, delivery, theme, &mut flow);
    if let Some(failure) = &delivery.failure {
        flow.hanging(&[("▲ ", theme.warning)], failure.as_str(), theme.text);
    }
    if screen.esim.is_some() && code.is_none() {
        draw_needed_size(screen, theme, &mut flow);
    }
    draw_remarks(screen, delivery, model, theme, &mut flow);
    draw_visibility(screen, delivery, model, theme, &mut flow);
    flow.gap();
    let redeem_in = match beside {
        Some(beside) => pane::edge(beside, theme, flow.frame()),
        None => flow.free(),
    };
    draw_redeem(delivery, theme, redeem_in, flow.frame());
}

/// Draws the contents of a delivery, label by label.
fn draw_secrets(screen: &Delivered, delivery: &Delivery, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    let delivered = &delivery.delivered;
    let revealed = screen.revealed();
    match &delivered.code {
        Some(Code::Pin(code)) => draw_code(code, revealed, theme, flow),
        Some(Code::Link(link)) => secret("Link", link, revealed, theme, flow),
        Some(code @ Code::Esim(text)) => match code.esim_parts() {
            Some((address, activation)) => {
                secret("SM-DP+ address", &address, revealed, theme, flow);
                secret("Activation", &activation, revealed, theme, flow);
            }
            None => secret("eSIM", text, revealed, theme, flow),
        },
        None => {}
    }
    if let Some(serial) = &delivered.serial {
        secret("Serial number", serial, revealed, theme, flow);
    }
    if let Some(code) = &delivered.security_code {
        secret("Security code", code, revealed, theme, flow);
    }
    if let Some(reference) = &delivered.operator_reference {
        labelled("Reference", reference.as_str(), theme, flow);
    }
    let beneficiary = delivery.beneficiary.printable();
    if !beneficiary.is_empty() {
        labelled("For", beneficiary.as_str(), theme, flow);
    }
}

/// Draws a code in a frame if there is room, or else on a line of its own; it is never wrapped.
fn draw_code(code: &Secret, revealed: bool, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    let printable = code.printable();
    let (text, style) = if revealed { (printable.as_str(), theme.marked) } else { (HIDDEN, theme.text) };
    let columns = width(text).max(width(HIDDEN)).saturating_add(8);
    if flow.free().height < FRAMED_FROM || columns > flow.free().width {
        return secret("Code", code, revealed, theme, flow);
    }
    let place = Rect { width: columns, ..flow.take(3) };
    let frame = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.rule)
        .title(Span::styled(" Code ", theme.dim));
    let inside = frame.inner(place);
    flow.frame().render_widget(frame, place);
    put(flow.frame(), inset(inside, 3), text, style);
}

fn labelled(label: &str, value: &str, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    let pad = " ".repeat(usize::from(LABEL).saturating_sub(label.chars().count()));
    flow.hanging(&[(label, theme.dim), (&pad, theme.text)], value, theme.text);
}

fn secret(label: &str, value: &Secret, revealed: bool, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    let pad = " ".repeat(usize::from(LABEL).saturating_sub(label.chars().count()));
    let mark = [(label, theme.dim), (pad.as_str(), theme.text)];
    if revealed {
        flow.hanging(&mark, value.printable().as_str(), theme.strong);
    } else {
        flow.hanging(&mark, HIDDEN, theme.text);
    }
}

/// Draws the user's remarks, or the field while the note is edited.
fn draw_remarks(
    screen: &Delivered,
    delivery: &Delivery,
    model: &Model,
    theme: &Theme,
    flow: &mut TextFlow<'_, '_>,
) {
    let Some(record) = model.record(screen.attempt) else { return };
    if let Some(at) = record.remarks.used.get(&delivery.id) {
        labelled("Used", &clock::day(*at, model.utc_offset), theme, flow);
    }
    if let Some(field) = &screen.note {
        let row = flow.take(1);
        let label = format!("{:width$}", "Note", width = usize::from(LABEL));
        let used = put(flow.frame(), row, &label, theme.accent);
        input::draw(field, true, "what it is for", theme, from_left(row, used).1, flow.frame());
        return;
    }
    let note = record.remarks.note.printable();
    if !note.is_empty() {
        labelled("Note", note.as_str(), theme, flow);
    }
}

/// Draws what writing the codes to a file means, before it is done. It replaces the codes, so that the path
/// is fully visible in any window.
fn draw_export(path: &str, model: &Model, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    let sentences = [path, "Only you can read the file; whoever gets it has every code of this order."];
    card::draw(Weight::Warning, "Write the codes to a file?", sentences, theme, flow);
    flow.gap();
    let (write, leave) =
        (model.key(Command::WriteExport, Typing::Off), model.key(Command::Back, Typing::Off));
    card::keys(&[(&write, "writes it"), (&leave, "leaves it")], theme, flow);
}

fn draw_needed_size(screen: &Delivered, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    if let Some(code) = &screen.esim {
        let (columns, rows) = qr::size(code, Blocks::Half);
        let sentence = format!("The QR code needs {columns} × {rows} cells here; a larger window shows it.");
        flow.hanging(&[("▲ ", theme.warning)], &sentence, theme.text);
    }
}

fn draw_visibility(
    screen: &Delivered,
    delivery: &Delivery,
    model: &Model,
    theme: &Theme,
    flow: &mut TextFlow<'_, '_>,
) {
    let delivered = &delivery.delivered;
    if delivered.code.is_none() && delivered.serial.is_none() && delivered.security_code.is_none() {
        return;
    }
    flow.gap();
    let reveal = model.key(Command::Reveal, Typing::Off);
    match screen.revealed_until {
        Some(until) => {
            let left = until.saturating_sub(model.now.uptime);
            let left =
                if model.preferences.reduced_motion { clock::calm_age(left) } else { clock::age(left) };
            let words = format!("hides again in {left}");
            flow.line(&[("◐ ", theme.warning), (&words, theme.text)]);
        }
        None => flow.line(&[(&reveal, theme.key), (" reveals it; others may see your screen", theme.dim)]),
    }
}

fn draw_redeem(delivery: &Delivery, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let redeem = &delivery.delivered.redeem;
    if redeem.is_empty() {
        return;
    }
    let mut flow = TextFlow::new(area, frame);
    flow.line(&[("How to redeem", theme.strong)]);
    for line in redeem.lines() {
        flow.prose(line.as_str(), theme.text);
    }
}
