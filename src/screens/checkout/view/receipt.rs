//! Drawing of the receipt: exactly what will be ordered, and the one key that orders it.

use ratatui::layout::Rect;

use crate::domain::contact::{Beneficiary, likely_meant};
use crate::domain::failure::Failure;
use crate::domain::money::Amount;
use crate::domain::purchase::Purchase;
use crate::keymap::{Command, Typing};
use crate::model::Model;
use crate::screens::checkout::{Checkout, Receipt};
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::frame::Frame;
use crate::widgets::pane;
use crate::widgets::text::width;
use crate::widgets::text_flow::TextFlow;

/// Columns of the labels.
const LABEL: usize = 16;
/// The maximum width of a receipt in columns, like a slip of paper.
const WIDEST: u16 = 78;
/// The number of lines from which each takes a single row.
const MANY: usize = 3;

/// Draws the receipt before the order is placed.
pub(super) fn draw(
    screen: &Checkout,
    receipt: &Receipt,
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let area = Rect { width: area.width.min(WIDEST), ..area };
    let unseen = Rect { height: 0, ..area };
    let mut depth = |slip: Slip| {
        let mut measured = TextFlow::new(unseen, frame);
        write(screen, receipt, slip, model, theme, &mut measured);
        measured.depth()
    };
    let mut slip = Slip::of(receipt);
    let mut wanted = depth(slip);
    if wanted > area.height {
        slip.says_none = false;
        wanted = depth(slip);
    }
    // With a long cart in a low window, the total and the key have to stay visible.
    let hidden = wanted.saturating_sub(area.height);
    write(screen, receipt, slip, model, theme, &mut TextFlow::scrolled(area, hidden, frame));
}

/// The layout of a receipt.
#[derive(Clone, Copy)]
struct Slip {
    /// Whether each line takes a single row.
    many: bool,
    /// Whether to show empty fields as “none”.
    says_none: bool,
}

impl Slip {
    fn of(receipt: &Receipt) -> Self {
        let many = receipt.purchase.lines.len() >= MANY;
        Self { many, says_none: !many }
    }
}

fn write(
    screen: &Checkout,
    receipt: &Receipt,
    slip: Slip,
    model: &Model,
    theme: &Theme,
    flow: &mut TextFlow<'_, '_>,
) {
    if let Some(failure) = &receipt.not_sent {
        let why = failure.to_string();
        let again = match failure {
            Failure::Held(_) => "There is no order; what is asked now is asked below.",
            _ => "There is no order; placing it again is safe.",
        };
        card::draw(Weight::Warning, "Nothing was sent.", [why.as_str(), again], theme, flow);
        flow.gap();
    }
    draw_slip(screen, receipt, slip, model, theme, flow);
    flow.gap();
    write_key(screen, model, theme, flow);
}

/// Draws the one key that places the order, or what prevents it.
fn write_key(screen: &Checkout, model: &Model, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    let excess: Vec<String> = screen.excess(model).iter().map(ToString::to_string).collect();
    if model.records.awaited().is_some() {
        let sentences = ["They are read first, so that nothing is bought twice."];
        card::draw(Weight::Waiting, "Reading your earlier orders…", sentences, theme, flow);
    } else if let Some(failure) = model.records.failure() {
        let why = failure.to_string();
        let lost = "An order that is not recorded can be lost, and so can the money. Looking around works.";
        card::draw(Weight::Alarm, "Nothing can be ordered now.", [why.as_str(), lost], theme, flow);
        let retry = model.key(Command::Retry, Typing::Off);
        card::keys(&[(&retry, "tries the records again")], theme, flow);
    } else if !excess.is_empty() {
        let sentences = excess.iter().map(String::as_str);
        card::draw(Weight::Warning, "This is above a limit of yours.", sentences, theme, flow);
        let above = model.key(Command::ExceedLimit, Typing::Off);
        card::keys(&[(&above, "goes ABOVE it, this once; nothing is ordered by that yet")], theme, flow);
    } else if screen.may_exist_already(model) {
        let sentences = [
            "Nobody knows what became of an earlier attempt at the same thing: an order may exist already.",
            "Look into Orders and your e-mail first. A second order is a second purchase.",
        ];
        card::draw(Weight::Alarm, "You may already have ordered this.", sentences, theme, flow);
        let again = model.key(Command::PlaceAnother, Typing::Off);
        card::keys(&[(&again, "places ANOTHER order")], theme, flow);
    } else {
        let place = model.key(Command::PlaceOrder, Typing::Off);
        let (does, until) = (" places the order", "Until then nothing is ordered or paid.");
        let whole = width(&place) + width(does) + width(". ") + width(until);
        if whole <= flow.free().width {
            let runs =
                [(place.as_ref(), theme.key), (does, theme.strong), (". ", theme.dim), (until, theme.dim)];
            flow.line(&runs);
        } else {
            flow.line(&[(&place, theme.key), (does, theme.strong), (".", theme.dim)]);
            flow.prose(until, theme.dim);
        }
    }
}

/// Draws the receipt while its order is being placed.
pub(super) fn draw_placing(
    screen: &Checkout,
    receipt: &Receipt,
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let area = Rect { width: area.width.min(WIDEST), ..area };
    let mut flow = TextFlow::new(area, frame);
    card::draw(
        Weight::Waiting,
        "Placing the order… Do not close.",
        ["Nothing is sent twice, whatever happens. This can take up to a minute."],
        theme,
        &mut flow,
    );
    flow.gap();
    draw_slip(screen, receipt, Slip::of(receipt), model, theme, &mut flow);
}

/// Draws the lines, the recipient, the tender and the exact total.
fn draw_slip(
    screen: &Checkout,
    receipt: &Receipt,
    slip: Slip,
    model: &Model,
    theme: &Theme,
    flow: &mut TextFlow<'_, '_>,
) {
    let purchase = &receipt.purchase;
    let many = slip.many;
    for line in &purchase.lines {
        let item = &line.item;
        let what = item.label();
        let times = format!("× {}", item.quantity);
        let country = format!("  {}", model.country_name(item.country));
        let whom = match &line.beneficiary {
            Beneficiary::Handset(phone) if many => format!("{phone}  "),
            Beneficiary::Handset(_) | Beneficiary::Mailbox(_) => String::new(),
        };
        let right = [(whom.as_str(), theme.text), (&times, theme.strong)];
        flow.ends(&[(&what, theme.strong), (&country, theme.dim)], &right);
        if !many {
            field("for", line.beneficiary.account(), theme, flow);
        }
    }
    draw_terms(purchase, slip, theme, flow);
    let row = flow.take(1);
    pane::rule(row, theme, flow.frame());
    let total = format!("{} {}", receipt.total, purchase.tender.coin);
    let mut network = format!(" on the {} network", purchase.tender.network);
    if width("Total  ").saturating_add(width(&total)).saturating_add(width(&network)) > flow.free().width {
        network = format!(" on {}", purchase.tender.network);
    }
    flow.ends(&[("Total", theme.strong)], &[(&total, theme.marked), (&network, theme.text)]);
    draw_difference(screen.expected(), receipt.total, purchase.tender.coin.shown(), theme, flow);
}

fn draw_terms(purchase: &Purchase, slip: Slip, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    let to = if slip.many { "codes, receipt" } else { "receipt to" };
    field(to, purchase.buyer.as_str(), theme, flow);
    // Repeated while it can still be corrected: the hint beside the field is easily missed while typing.
    if let Some(meant) = likely_meant(purchase.buyer.as_str()) {
        let (pad, mark) = (" ".repeat(LABEL), Weight::Warning);
        let lead = [(pad.as_str(), theme.text), (mark.glyph(), mark.style(theme)), (" ", theme.text)];
        flow.hanging(&lead, &format!("Did you mean {meant}? The codes go to the one above."), theme.strong);
    }
    let tender = format!("{} on the {} network", purchase.tender.coin, purchase.tender.network);
    field("pay with", &tender, theme, flow);
    for (label, value) in [("refund address", &purchase.refund_address), ("coupon", &purchase.coupon)] {
        // With many lines or in a low window there is no room for empty fields.
        if value.is_some() || slip.says_none {
            field(label, value.as_deref().unwrap_or("none"), theme, flow);
        }
    }
    if purchase.newsletter {
        field("newsletter", "yes", theme, flow);
    }
}

fn field(label: &str, value: &str, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    let pad = " ".repeat(LABEL.saturating_sub(label.len()));
    flow.hanging(&[(label, theme.dim), (&pad, theme.text)], value, theme.text);
}

/// Draws the difference between the total and the price that was seen before.
fn draw_difference(
    expected: Option<Amount>,
    total: Amount,
    coin: &str,
    theme: &Theme,
    flow: &mut TextFlow<'_, '_>,
) {
    let Some(expected) = expected.filter(|expected| *expected != total) else { return };
    let (mark, words) = if total > expected {
        ("▲ ", format!("{} {coin} more than the {expected} {coin} that you saw", total.minus(expected)))
    } else {
        ("▾ ", format!("{} {coin} less than the {expected} {coin} that you saw", expected.minus(total)))
    };
    flow.ends(&[], &[(mark, theme.warning), (&words, theme.strong)]);
}
