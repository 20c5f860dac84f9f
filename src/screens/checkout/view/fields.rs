//! The fields of the checkout, each with what is wrong with it below.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::hint;
use crate::domain::contact::Dial;
use crate::domain::problem::Concern;
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::layout::from_left;
use crate::screens::checkout::Checkout;
use crate::screens::checkout::fault::Note;
use crate::screens::checkout::form::Spot;
use crate::screens::desk::Desk;
use crate::theme::Theme;
use crate::widgets::flow::Flow;
use crate::widgets::input;
use crate::widgets::text::{Run, put, put_runs};

/// Columns of the marker and a label.
const LABEL: u16 = 18;

/// Draws what is bought, the fields, the tender, and everything that is wrong, each at its place. What
/// does not fit is scrolled, so that the field with the focus is always seen.
pub(super) fn draw(screen: &Checkout, desk: &Desk, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let airy = area.height >= 18 && screen.items.len() == 1 && screen.notes.len() < 3;
    let unseen = Rect { height: 0, ..area };
    let mut measured = Flow::new(unseen, frame);
    let focus = write(screen, airy, desk, theme, &mut measured);
    let hidden = measured.depth().saturating_sub(area.height).min(focus.0);
    // The end of the focused field counts, unless that would hide its beginning.
    let hidden = if focus.1 <= area.height { 0 } else { hidden.max(focus.1 - area.height).min(focus.0) };
    write(screen, airy, desk, theme, &mut Flow::scrolled(area, hidden, frame));
}

/// Writes everything; tells in which rows the field with the focus begins and ends.
fn write(screen: &Checkout, airy: bool, desk: &Desk, theme: &Theme, flow: &mut Flow<'_, '_>) -> (u16, u16) {
    for (place, item) in screen.items.iter().enumerate() {
        super::draw_item(place, item, screen, desk, theme, flow);
        let of_line = |note: &&Note| note.spot.is_none() && note.line == Some(place);
        let indent = if screen.items.len() > 1 { 4 } else { 0 };
        complain(screen.notes.iter().filter(of_line), indent, theme, flow);
    }
    super::draw_sum(screen, desk, theme, flow);
    let whole = |note: &&Note| note.spot.is_none() && note.line.is_none() && note.about != Concern::Tender;
    complain(screen.notes.iter().filter(whole), 0, theme, flow);
    if screen.items.len() == 1 || airy {
        flow.gap();
    }
    let mut focus = (0, 0);
    for spot in screen.form.spots() {
        let begins = flow.depth();
        draw_spot(screen, spot, airy, desk, theme, flow);
        if screen.form.focus == spot {
            focus = (begins, flow.depth());
        }
    }
    draw_tender(screen, desk, theme, flow);
    focus
}

fn complain<'a>(notes: impl Iterator<Item = &'a Note>, indent: u16, theme: &Theme, flow: &mut Flow<'_, '_>) {
    let indent = " ".repeat(usize::from(indent));
    for note in notes {
        flow.hanging(&[(&indent, theme.text), ("▲ ", theme.alarm)], &note.sentence, theme.strong);
    }
}

/// A field, and below it what is wrong with it, else what its text tells, else what it is for.
fn draw_spot(screen: &Checkout, spot: Spot, airy: bool, desk: &Desk, theme: &Theme, flow: &mut Flow<'_, '_>) {
    draw_field(screen, spot, desk, theme, flow);
    let indent = " ".repeat(usize::from(LABEL));
    let wrong = |note: &&Note| note.spot == Some(spot);
    if screen.notes.iter().any(|note| wrong(&note)) {
        complain(screen.notes.iter().filter(wrong), LABEL, theme, flow);
        if airy {
            flow.gap();
        }
    } else if let Some(hint) = hint::of(screen, spot, desk) {
        let mark = (hint.weight.glyph(), hint.weight.style(theme));
        flow.hanging(&[(&indent, theme.text), mark, (" ", theme.text)], &hint.sentence, theme.text);
    } else if airy {
        let row = flow.take(1);
        if screen.form.focus == spot {
            put(flow.frame(), from_left(row, LABEL).1, about(spot), theme.dim);
        }
    }
}

fn draw_field(screen: &Checkout, spot: Spot, desk: &Desk, theme: &Theme, flow: &mut Flow<'_, '_>) {
    let form = &screen.form;
    let focused = form.focus == spot;
    let row = flow.take(1);
    let (label, rest) = from_left(row, LABEL);
    let refund = format!("none; optional, yours on {}", desk.tender.network);
    let (phone, number, wanted) = match spot {
        Spot::Phone(line) => phone_words(screen, line, desk),
        Spot::Email | Spot::Coupon | Spot::Refund | Spot::Newsletter => (String::new(), None, String::new()),
    };
    let (name, field, hint): (&str, Option<&Field>, &str) = match spot {
        Spot::Email => ("E-mail", Some(&form.email), "name@example.com"),
        Spot::Phone(_) => (&phone, number, &wanted),
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
        Spot::Phone(_) => "This number is topped up; nothing can call it back.",
        Spot::Coupon => "Leave it empty when you have none.",
        Spot::Refund => "A refund would go there. It can only be given now.",
        Spot::Newsletter => "The supplier's newsletter, off unless you turn it on.",
    }
}

/// What the field of a phone is called, its text, and what belongs there.
fn phone_words<'a>(screen: &'a Checkout, line: usize, desk: &Desk) -> (String, Option<&'a Field>, String) {
    let name = if screen.items.len() > 1 { format!("Phone for {}", line + 1) } else { "Phone number".into() };
    let Some(phone) = screen.form.phone(line) else { return (name, None, String::new()) };
    let country = phone.item.country;
    let wanted = match Dial::code_for(country) {
        Some(code) => format!("+{code} and the number, for {}", desk.country_name(country)),
        None => format!("+ and the country code, for {}", desk.country_name(country)),
    };
    (name, Some(&phone.number), wanted)
}

/// What is paid with, what it costs, and the key that changes it.
fn draw_tender(screen: &Checkout, desk: &Desk, theme: &Theme, flow: &mut Flow<'_, '_>) {
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
    let of_tender =
        |note: &&Note| note.spot.is_none() && note.line.is_none() && note.about == Concern::Tender;
    complain(screen.notes.iter().filter(of_tender), LABEL, theme, flow);
    let Some(rail) = desk.rails.ready().and_then(|rails| rails.find(&desk.tender)) else { return };
    let least = rail.minimum.map(|least| format!("least order {} {}", least.rounded_up(), desk.tender.coin));
    let cost = rail.transfer_cost.as_ref().map(|cost| format!("a transfer costs about {cost}"));
    let facts: Vec<String> = least.into_iter().chain(cost).collect();
    let row = flow.take(1);
    put(flow.frame(), from_left(row, LABEL).1, &facts.join(" · "), theme.dim);
}
