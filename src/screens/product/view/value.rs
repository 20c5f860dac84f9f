//! Draws a typed face value: the field, its bounds, usual values, and the price.

use ratatui::layout::Rect;

use super::super::Product;
use crate::domain::product::Range;
use crate::keymap::{Command, Typing};
use crate::layout::from_left;
use crate::model::Model;
use crate::remote::Remote;
use crate::theme::Theme;
use crate::widgets::frame::Frame;
use crate::widgets::input;
use crate::widgets::text::{Run, put, put_runs, width};
use crate::widgets::text_flow::TextFlow;

/// Total height in rows.
pub(super) const ROWS: u16 = 8;
/// Columns of the labels, and of the number field.
const LABEL: u16 = 11;
const NUMBER: u16 = 12;

/// Draws the field and everything that depends on its value.
pub(super) fn draw(
    screen: &Product,
    range: &Range,
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let mut flow = TextFlow::new(area, frame);
    let row = flow.take(1);
    draw_field(screen, range, theme, row, flow.frame());
    draw_picks(screen, range, theme, &mut flow);
    flow.gap();
    let quantity = format!("× {}", screen.quantity);
    match screen.face_value() {
        None => {
            let next = model.key(Command::NextPick, Typing::Number);
            let rest = " takes a usual one.";
            flow.line(&[("  Type a value, or ", theme.dim), (&next, theme.key), (rest, theme.dim)]);
        }
        Some(Err(why)) => {
            let sentence = format!("{} is not sold: {why}.", screen.value.text());
            flow.hanging(&[("  ▲ ", theme.warning)], &sentence, theme.strong);
        }
        Some(Ok(_)) => draw_cost(screen, model, theme, &mut flow),
    }
    flow.gap();
    flow.line(&[("  how many ", theme.dim), (&quantity, theme.strong)]);
    if let (true, Some((total, coin))) = (screen.quantity > 1, super::total(screen)) {
        let total = format!("{total} {coin}");
        flow.line(&[("  total    ", theme.dim), (&total, theme.strong)]);
    }
}

/// Draws the usual values on one row, the typed one in brackets.
fn draw_picks(screen: &Product, range: &Range, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    let now = screen.face_value().and_then(Result::ok);
    let picks: Vec<(String, bool)> =
        range.quick_picks().iter().map(|pick| (pick.to_string(), now == Some(*pick))).collect();
    let mut runs: Vec<Run<'_>> = vec![("  usual    ", theme.dim)];
    for (place, (pick, typed)) in picks.iter().enumerate() {
        if place > 0 {
            runs.push((" · ", theme.dim));
        }
        match typed {
            true => runs.extend([("[", theme.accent), (pick.as_str(), theme.strong), ("]", theme.accent)]),
            false => runs.push((pick, theme.text)),
        }
    }
    flow.line(&runs);
}

fn draw_field(screen: &Product, range: &Range, theme: &Theme, row: Rect, frame: &mut Frame<'_>) {
    let (label, rest) = from_left(row, LABEL);
    put(frame, label, "  value", theme.dim);
    let used = put(frame, rest, "[ ", theme.accent);
    let (number, rest) = from_left(from_left(rest, used).1, NUMBER);
    input::draw(&screen.value, true, "", theme, number, frame);
    let bounds = format!("from {} to {}, step {}", range.min, range.max, range.step);
    let runs = [
        (" ] ", theme.accent),
        (range.currency.as_str(), theme.strong),
        ("   ", theme.text),
        (bounds.as_str(), theme.dim),
    ];
    put_runs(frame, rest, &runs);
}

/// Draws the price of the typed value, if the shop has quoted it.
fn draw_cost(screen: &Product, model: &Model, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    let coin = model.tender.coin.shown();
    match &screen.quote {
        Some(Remote::Ready(quote)) => {
            let cost = format!("{} {}", quote.price.amount, quote.price.coin);
            let free =
                flow.free().width.saturating_sub(width("  costs    =    ")).saturating_sub(width(&cost));
            let asked = super::priced(screen, model, free);
            flow.line(&[
                ("  costs    ", theme.dim),
                ("= ", theme.dim),
                (&cost, theme.strong),
                ("   ", theme.text),
                (&asked, theme.dim),
            ]);
        }
        Some(Remote::Waiting(id)) => {
            let words = model.delay_of(*id).unwrap_or_else(|| format!("asking for the price in {coin}…"));
            flow.hanging(&[("  costs    ", theme.dim), ("◌ ", theme.accent)], &words, theme.text);
        }
        Some(Remote::Failed(failure)) => {
            let retry = model.key(Command::Retry, Typing::Number);
            let sentence = format!("{failure} {retry} asks again.");
            flow.hanging(&[("  costs    ", theme.dim), ("▲ ", theme.warning)], &sentence, theme.text);
        }
        None => flow.line(&[("  costs    ", theme.dim), ("said on the receipt", theme.dim)]),
    }
}
