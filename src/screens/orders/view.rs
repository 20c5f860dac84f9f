//! Drawing of the orders screen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Orders;
use crate::domain::order::Phase;
use crate::domain::record::{Outcome, Record};
use crate::keymap::{Command, Typing};
use crate::layout::{from_bottom, from_left, from_right, from_top};
use crate::remote::Remote;
use crate::screens::desk::Desk;
use crate::screens::pay::card as phase_card;
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::flow::Flow;
use crate::widgets::list::{self, Seen};
use crate::widgets::text::{put, put_right, put_runs, width};
use crate::widgets::{clock, pane};

/// Rows that the marked order takes below the list.
const DETAIL: u16 = 8;
const WHEN: u16 = 13;
const STANDING: u16 = 24;
/// Columns of an amount, and how many a row keeps for what was bought before one is shown.
const AMOUNT: u16 = 16;
const WHAT: u16 = 18;

/// Draws every order, newest first, and the marked one below.
pub fn draw(screen: &Orders, desk: &Desk, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let mut flow = Flow::new(area, frame);
    match &desk.records {
        Remote::Waiting(_) => {
            card::draw(Weight::Waiting, "Reading your orders from this machine…", [], theme, &mut flow);
        }
        Remote::Failed(failure) => {
            let why = failure.to_string();
            let sentences = [why.as_str(), "Orders that were placed go on at the shop."];
            card::draw(Weight::Warning, "Your orders cannot be read.", sentences, theme, &mut flow);
            flow.gap();
            let retry = desk.key(Command::Retry, Typing::Off);
            card::keys(&[(&retry, "reads them again")], theme, &mut flow);
        }
        Remote::Ready(records) if records.is_empty() => {
            let sentences = ["What you order stands here, also after you left giftty, and can be resumed."];
            card::draw(Weight::Calm, "No orders yet.", sentences, theme, &mut flow);
        }
        Remote::Ready(records) => {
            let detail = DETAIL.min(area.height / 2);
            let (rows, detail) = from_bottom(area, detail);
            let (marked, len) = (screen.cursor.at(), records.len());
            let seen = Seen { top: screen.cursor.top(usize::from(rows.height), len), marked, len };
            list::draw(seen, theme, rows, flow.frame(), |place, marked, row, frame| {
                if let Some(record) = records.get(place) {
                    draw_row(record, marked, desk, theme, row, frame);
                }
            });
            if let Some(record) = screen.marked(desk) {
                draw_detail(record, desk, theme, detail, flow.frame());
            }
        }
    }
}

fn draw_row(record: &Record, marked: bool, desk: &Desk, theme: &Theme, row: Rect, frame: &mut Frame<'_>) {
    let (when, rest) = from_left(row, WHEN);
    put(frame, when, &clock::day(record.begun, desk.utc_offset), theme.dim);
    let wanted = if rest.width >= 90 { STANDING + 8 } else { STANDING };
    let (rest, standing) = from_right(rest, wanted.min(rest.width / 2));
    let (glyph, style) = weight(record, theme);
    put_runs(frame, standing, &[(glyph, style), (" ", theme.text), (&record.standing(), style)]);
    let rest = from_right(rest, 2).0;
    let rest = match amount(record) {
        // A cut amount tells less than none: the marked order says it below.
        Some(amount) if rest.width >= AMOUNT.max(width(&amount)) + 1 + WHAT => {
            let (rest, place) = from_right(rest, AMOUNT.max(width(&amount)));
            put_right(frame, place, &[(&amount, theme.text)]);
            from_right(rest, 1).0
        }
        _ => rest,
    };
    put(frame, rest, &record.summary(), if marked { theme.marked } else { theme.text });
}

/// What was or is to be paid.
fn amount(record: &Record) -> Option<String> {
    let terms = record.order().and_then(|order| order.known.terms.as_ref());
    match (terms, &record.purchase, record.total) {
        (Some(terms), _, _) => Some(format!("{} {}", terms.amount, terms.tender.coin)),
        (None, Some(purchase), Some(total)) => Some(format!("{total} {}", purchase.tender.coin)),
        (None, _, _) => None,
    }
}

/// The glyph and the style of where an order stands.
fn weight(record: &Record, theme: &Theme) -> (&'static str, Style) {
    match &record.outcome {
        Outcome::Placed(order) => match order.phase() {
            Phase::AwaitingPayment => ("◐", theme.accent),
            Phase::PaymentSeen | Phase::Paid | Phase::Delivering => ("◐", theme.good),
            Phase::Delivered | Phase::Refunded => ("●", theme.good),
            Phase::Expired | Phase::Cancelled | Phase::PaymentFailed | Phase::SetupFailed => ("○", theme.dim),
            Phase::PartlyPaid(_)
            | Phase::ManualAction
            | Phase::Quarantined(_)
            | Phase::PaidLate
            | Phase::DeliveredInPart(_)
            | Phase::Unknown(_) => ("▲", theme.warning),
        },
        Outcome::Intended | Outcome::Unknown(_) => ("▲", theme.alarm),
        Outcome::Refused(_) | Outcome::NotSent(_) => ("○", theme.dim),
    }
}

fn draw_detail(record: &Record, desk: &Desk, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let (line, rest) = from_top(area, 1);
    pane::rule(line, theme, frame);
    let mut flow = Flow::new(rest, frame);
    let attempt = record.attempt.to_string();
    match &record.outcome {
        Outcome::Placed(order) => {
            let coin = order.known.terms.as_ref().map_or("", |terms| terms.tender.coin.shown());
            let said = phase_card::card(&order.phase(), coin);
            let weight = if said.alarming { Weight::Warning } else { Weight::Calm };
            card::draw(weight, &said.headline, said.sentences.iter().map(String::as_str), theme, &mut flow);
            let began = clock::day(record.begun, desk.utc_offset);
            let asked =
                order.known.terms.as_ref().map(|terms| format!(" · {} {}", terms.amount, terms.tender));
            let asked = asked.unwrap_or_default();
            let facts = format!("{attempt} · order {}… · {began}{asked}", order.id().short());
            flow.hanging(&[("   ", theme.text)], &facts, theme.dim);
            card::keys(&[(&desk.key(Command::Choose, Typing::Off), "opens it")], theme, &mut flow);
        }
        Outcome::Intended | Outcome::Unknown(_) => {
            let why = match &record.outcome {
                Outcome::Unknown(why) => why.as_str(),
                _ => "giftty ended before the shop answered.",
            };
            let sentences = [
                why,
                "The shop may hold an order of which giftty knows nothing: do not pay twice.",
                "Ask support first, with the support block (i), or look into your e-mail.",
            ];
            card::draw(Weight::Alarm, "An order may exist.", sentences, theme, &mut flow);
            flow.line(&[("   Attempt ", theme.dim), (&attempt, theme.dim)]);
        }
        Outcome::Refused(why) => {
            card::draw(
                Weight::Calm,
                "The shop refused this; there is no order.",
                [why.as_str()],
                theme,
                &mut flow,
            );
        }
        Outcome::NotSent(why) => {
            card::draw(
                Weight::Calm,
                "Nothing was sent; there is no order.",
                [why.as_str()],
                theme,
                &mut flow,
            );
        }
    }
}
