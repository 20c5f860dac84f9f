//! The fields of the checkout, each with what is wrong with it below.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::problem::Concern;
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::layout::from_left;
use crate::screens::checkout::Checkout;
use crate::screens::checkout::form::Spot;
use crate::screens::desk::Desk;
use crate::theme::Theme;
use crate::widgets::flow::Flow;
use crate::widgets::input;
use crate::widgets::text::{Run, put, put_runs};

/// Columns of the marker and a label.
const LABEL: u16 = 18;

/// Draws what is bought, the fields, the tender, and what is wrong with the order as a whole.
pub(super) fn draw(screen: &Checkout, desk: &Desk, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let airy = area.height >= 18;
    let mut flow = Flow::new(area, frame);
    super::draw_item(screen, desk, theme, &mut flow);
    flow.gap();
    for (concern, sentence) in &screen.notes {
        if !matches!(concern, Concern::Beneficiary | Concern::Coupon) {
            flow.hanging(&[("▲ ", theme.alarm)], sentence, theme.strong);
        }
    }
    if screen.notes.iter().any(|(concern, _)| !matches!(concern, Concern::Beneficiary | Concern::Coupon)) {
        flow.gap();
    }
    for spot in screen.form.spots() {
        draw_spot(screen, *spot, desk, theme, &mut flow);
        for sentence in notes(screen, *spot) {
            let indent = " ".repeat(usize::from(LABEL));
            flow.hanging(&[(&indent, theme.text), ("▲ ", theme.alarm)], sentence, theme.strong);
        }
        if airy {
            let row = flow.take(1);
            if screen.form.focus == *spot && notes(screen, *spot).next().is_none() {
                put(flow.frame(), from_left(row, LABEL).1, about(*spot), theme.dim);
            }
        }
    }
    draw_tender(desk, theme, &mut flow);
}

/// What is wrong with a field.
fn notes(screen: &Checkout, spot: Spot) -> impl Iterator<Item = &str> {
    let both = screen.form.spots().contains(&Spot::Phone);
    screen.notes.iter().filter_map(move |(concern, sentence)| {
        let mail = !both || sentence.starts_with("Your e-mail");
        let here = match spot {
            Spot::Email => *concern == Concern::Beneficiary && mail,
            Spot::Phone => *concern == Concern::Beneficiary && !mail,
            Spot::Coupon => *concern == Concern::Coupon,
            Spot::Refund | Spot::Newsletter => false,
        };
        here.then_some(sentence.as_str())
    })
}

fn draw_spot(screen: &Checkout, spot: Spot, desk: &Desk, theme: &Theme, flow: &mut Flow<'_, '_>) {
    let form = &screen.form;
    let focused = form.focus == spot;
    let row = flow.take(1);
    let (label, rest) = from_left(row, LABEL);
    let refund = format!("none; optional, yours on {}", desk.tender.network);
    let phone = format!("+ and the country code, for {}", desk.country_name(screen.item.country));
    let (name, field, hint): (&str, Option<&Field>, &str) = match spot {
        Spot::Email => ("E-mail", Some(&form.email), "name@example.com"),
        Spot::Phone => ("Phone number", Some(&form.phone), &phone),
        Spot::Coupon => ("Coupon", Some(&form.coupon), "none"),
        Spot::Refund => ("Refund address", Some(&form.refund), &refund),
        Spot::Newsletter => ("Newsletter", None, ""),
    };
    let marker: Run<'_> = if focused { ("▸ ", theme.accent) } else { ("  ", theme.text) };
    let style = if focused { theme.marked } else { theme.dim };
    put_runs(flow.frame(), label, &[marker, (name, style)]);
    if let Some(field) = field {
        input::draw(field, focused, hint, theme, rest, flow.frame());
    } else {
        let words = if form.newsletter { "[x] yes, send it to me" } else { "[ ] no" };
        put(flow.frame(), rest, words, theme.text);
    }
}

/// What a field is for, said while it has the focus.
fn about(spot: Spot) -> &'static str {
    match spot {
        Spot::Email => "The codes and the receipt go there.",
        Spot::Phone => "This number is topped up; nothing can call it back.",
        Spot::Coupon => "Leave it empty when you have none.",
        Spot::Refund => "A refund would go there. It can only be given now.",
        Spot::Newsletter => "The supplier's newsletter, off unless you turn it on.",
    }
}

/// What is paid with, what it costs, and the key that changes it.
fn draw_tender(desk: &Desk, theme: &Theme, flow: &mut Flow<'_, '_>) {
    let row = flow.take(1);
    let (label, rest) = from_left(row, LABEL);
    put(flow.frame(), label, "  Pay with", theme.dim);
    let tender = desk.tender.to_string();
    let change = desk.key(Command::ChooseTender, Typing::Text);
    let runs = [
        (tender.as_str(), theme.text),
        ("   ", theme.text),
        (&change, theme.key),
        (" changes it", theme.dim),
    ];
    put_runs(flow.frame(), rest, &runs);
    let Some(rail) = desk.rails.ready().and_then(|rails| rails.find(&desk.tender)) else { return };
    let least = rail.minimum.map(|least| format!("least order {least} {}", desk.tender.coin));
    let cost = rail.transfer_cost.as_ref().map(|cost| format!("a transfer costs about {cost}"));
    let facts: Vec<String> = least.into_iter().chain(cost).collect();
    let row = flow.take(1);
    put(flow.frame(), from_left(row, LABEL).1, &facts.join(" · "), theme.dim);
}
