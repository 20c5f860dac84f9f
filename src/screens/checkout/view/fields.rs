//! Drawing of the checkout's fields, each with its problems below it.

use ratatui::layout::Rect;

use super::hint::{self, Hint};
use crate::domain::contact::Dial;
use crate::domain::problem::Concern;
use crate::domain::purchase::Item;
use crate::domain::tender::PaymentMethod;
use crate::field::Field;
use crate::keymap::{Command, Typing};
use crate::layout::{self, from_left};
use crate::model::Model;
use crate::screens::Screen;
use crate::screens::checkout::Checkout;
use crate::screens::checkout::fault::Note;
use crate::screens::checkout::form::Spot;
use crate::theme::Theme;
use crate::widgets::frame::Frame;
use crate::widgets::input;
use crate::widgets::text::{Run, cells, put, put_runs, wrap};
use crate::widgets::text_flow::TextFlow;

/// Columns of the marker and a label.
const LABEL: u16 = 18;

/// An element of the screen, in order from top to bottom.
enum FormPiece<'a> {
    /// An item being bought.
    Item(usize, &'a Item),
    /// The total of several items.
    Sum,
    /// A problem, with its indent in columns.
    Wrong(u16, &'a Note),
    /// What the problems mean for the money, and the keys that help.
    Consequence(String),
    /// A field.
    Field(Spot),
    /// A hint about the text of a field.
    Told(Hint),
    /// What a field is for.
    About(&'static str),
    /// The tender.
    Tender,
    /// Facts about the payment method.
    Facts(&'a PaymentMethod),
    /// An empty row.
    Gap,
}

impl FormPiece<'_> {
    /// The number of rows it takes at this width.
    fn rows(&self, columns: u16) -> u16 {
        let below = |indent: u16, sentence| cells(wrap(sentence, columns.saturating_sub(indent)).len());
        match self {
            Self::Wrong(indent, note) => below(indent.saturating_add(2), &note.sentence),
            Self::Consequence(words) => below(2, words),
            Self::Told(hint) => below(LABEL.saturating_add(2), &hint.sentence),
            Self::Item(..)
            | Self::Sum
            | Self::Field(_)
            | Self::About(_)
            | Self::Tender
            | Self::Facts(_)
            | Self::Gap => 1,
        }
    }
}

/// Draws the items, the fields, the tender and all problems where they belong. If they do not fit, they are
/// scrolled so that the focused field is visible.
pub(super) fn draw(screen: &Checkout, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let pieces = pieces(screen, model, area.height);
    let mut flow = TextFlow::scrolled(area, hidden(&pieces, screen.form.focus, area), frame);
    for piece in &pieces {
        draw_piece(piece, screen, model, theme, &mut flow);
    }
}

/// The field at a position on the screen, including the rows of its hints and problems.
pub(in crate::screens::checkout) fn at(screen: &Checkout, model: &Model, spot: layout::Spot) -> Option<Spot> {
    let pieces = pieces(screen, model, spot.area.height);
    let line = spot.line(spot.area)?.saturating_add(hidden(&pieces, screen.form.focus, spot.area).into());
    let mut found = None;
    let mut depth: usize = 0;
    for piece in &pieces {
        match piece {
            FormPiece::Field(field) => found = Some(*field),
            FormPiece::Told(_) | FormPiece::About(_) | FormPiece::Wrong(..) => {}
            FormPiece::Item(..)
            | FormPiece::Sum
            | FormPiece::Consequence(_)
            | FormPiece::Tender
            | FormPiece::Facts(_)
            | FormPiece::Gap => found = None,
        }
        depth = depth.saturating_add(piece.rows(spot.area.width).into());
        if line < depth {
            return found;
        }
    }
    None
}

/// The number of rows scrolled out of view: the end of the focused field stays visible, unless that would
/// hide its beginning.
fn hidden(pieces: &[FormPiece<'_>], focus: Spot, area: Rect) -> u16 {
    let (mut depth, mut begins, mut ends): (u16, u16, u16) = (0, 0, 0);
    let mut inside = false;
    for piece in pieces {
        if let FormPiece::Field(field) = piece {
            inside = *field == focus;
            begins = if inside { depth } else { begins };
        } else if matches!(piece, FormPiece::Tender) {
            // The tender cannot have the focus, so it is kept visible together with the field above it.
            inside = inside && focus == Spot::Newsletter;
        }
        depth = depth.saturating_add(piece.rows(area.width));
        ends = if inside { depth } else { ends };
    }
    if ends <= area.height { 0 } else { (ends - area.height).max(depth - area.height).min(begins) }
}

/// All elements from top to bottom, with empty rows between the fields if there is room.
fn pieces<'a>(screen: &'a Checkout, model: &'a Model, height: u16) -> Vec<FormPiece<'a>> {
    let one = screen.items.len() == 1;
    let airy = height >= 18 && one && screen.notes.len() < 3;
    let mut pieces = Vec::new();
    for (place, item) in screen.items.iter().enumerate() {
        pieces.push(FormPiece::Item(place, item));
        let of_line = |note: &&Note| note.spot.is_none() && note.line == Some(place);
        wrong(&mut pieces, screen, if one { 0 } else { 4 }, of_line);
    }
    if !one {
        pieces.push(FormPiece::Sum);
    }
    let whole = |note: &&Note| note.spot.is_none() && note.line.is_none();
    wrong(&mut pieces, screen, 0, |note| whole(note) && note.about != Concern::Tender);
    pieces.extend(screen.consequence().map(|consequence| {
        let key = |command| model.key(command, screen.typing());
        let (again, back) = (key(Command::Choose), key(Command::Back));
        FormPiece::Consequence(format!("{consequence} {again} checks it again, {back} goes back."))
    }));
    if one {
        pieces.push(FormPiece::Gap);
    }
    for spot in screen.form.spots() {
        pieces.push(FormPiece::Field(spot));
        let said = pieces.len();
        wrong(&mut pieces, screen, LABEL, |note| note.spot == Some(spot));
        if pieces.len() > said {
            pieces.extend(airy.then_some(FormPiece::Gap));
            continue;
        }
        let focused = screen.form.focus == spot;
        let offered = focused && screen.form.offers_focused();
        if let Some(mut hint) = hint::of(screen, spot, model) {
            if offered && airy {
                hint.sentence.push_str(" (type to replace)");
            }
            pieces.push(FormPiece::Told(hint));
        } else if airy {
            pieces.push(match spot {
                Spot::Email if offered => FormPiece::About(ABOUT_LAST_EMAIL),
                _ if focused => FormPiece::About(about(spot)),
                _ => FormPiece::Gap,
            });
        }
    }
    pieces.push(FormPiece::Tender);
    wrong(&mut pieces, screen, LABEL, |note| whole(note) && note.about == Concern::Tender);
    let payment_method =
        model.payment_methods.ready().and_then(|payment_methods| payment_methods.find(&model.tender));
    pieces.extend(payment_method.map(FormPiece::Facts));
    pieces
}

/// Adds the problems that match.
fn wrong<'a>(
    pieces: &mut Vec<FormPiece<'a>>,
    screen: &'a Checkout,
    indent: u16,
    of: impl Fn(&&'a Note) -> bool,
) {
    pieces.extend(screen.notes.iter().filter(of).map(|note| FormPiece::Wrong(indent, note)));
}

fn draw_piece(
    piece: &FormPiece<'_>,
    screen: &Checkout,
    model: &Model,
    theme: &Theme,
    flow: &mut TextFlow<'_, '_>,
) {
    match piece {
        FormPiece::Item(place, item) => super::draw_item(*place, item, screen, model, theme, flow),
        FormPiece::Sum => super::draw_sum(screen, model, theme, flow),
        FormPiece::Wrong(indent, note) => {
            let indent = " ".repeat(usize::from(*indent));
            flow.hanging(&[(&indent, theme.text), ("▲ ", theme.alarm)], &note.sentence, theme.strong);
        }
        FormPiece::Consequence(words) => flow.hanging(&[("  ", theme.text)], words, theme.text),
        FormPiece::Field(spot) => draw_field(screen, *spot, model, theme, flow),
        FormPiece::Told(hint) => {
            let indent = " ".repeat(usize::from(LABEL));
            let mark = (hint.weight.glyph(), hint.weight.style(theme));
            flow.hanging(&[(&indent, theme.text), mark, (" ", theme.text)], &hint.sentence, theme.text);
        }
        FormPiece::About(words) => {
            let row = flow.take(1);
            put(flow.frame(), from_left(row, LABEL).1, words, theme.dim);
        }
        FormPiece::Tender => draw_tender(model, theme, flow),
        FormPiece::Facts(payment_method) => draw_facts(payment_method, model, theme, flow),
        FormPiece::Gap => flow.gap(),
    }
}

fn draw_field(screen: &Checkout, spot: Spot, model: &Model, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    let form = &screen.form;
    let focused = form.focus == spot;
    let row = flow.take(1);
    let (label, rest) = from_left(row, LABEL);
    let refund = format!("none; optional, yours on {}", model.tender.network);
    let (phone, number, wanted) = match spot {
        Spot::Phone(line) => phone_words(screen, line, model),
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

/// Like `about`, for a suggested e-mail address.
const ABOUT_LAST_EMAIL: &str = "The codes and the receipt go there. Typing replaces it.";

/// Explains what a field is for, while it has the focus.
fn about(spot: Spot) -> &'static str {
    match spot {
        Spot::Email => "The codes and the receipt go there.",
        Spot::Phone(_) => "This number is topped up; nothing can call it back.",
        Spot::Coupon => "Leave it empty when you have none.",
        Spot::Refund => "A refund would go there. It can only be given now.",
        Spot::Newsletter => "The supplier's newsletter, off unless you turn it on.",
    }
}

/// The label of a phone field, its text, and its placeholder.
fn phone_words<'a>(screen: &'a Checkout, line: usize, model: &Model) -> (String, Option<&'a Field>, String) {
    let name = if screen.items.len() > 1 { format!("Phone for {}", line + 1) } else { "Phone number".into() };
    let Some(phone) = screen.form.phone(line) else { return (name, None, String::new()) };
    let country = phone.item.country;
    let wanted = match Dial::code_for(country) {
        Some(code) => format!("+{code} and the number, for {}", model.country_name(country)),
        None => format!("+ and the country code, for {}", model.country_name(country)),
    };
    (name, Some(&phone.number), wanted)
}

/// Draws the tender and the key that changes it.
fn draw_tender(model: &Model, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    let row = flow.take(1);
    let (label, rest) = from_left(row, LABEL);
    put(flow.frame(), label, "  Pay with", theme.dim);
    let tender = model.tender.to_string();
    let change = model.key(Command::ChooseTender, Typing::Text);
    let runs = [
        (tender.as_str(), theme.text),
        ("   ", theme.text),
        (&change, theme.key),
        (" changes it", theme.dim),
    ];
    put_runs(flow.frame(), rest, &runs);
}

/// Draws the minimum order and the cost of a transfer.
fn draw_facts(payment_method: &PaymentMethod, model: &Model, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    let least = payment_method
        .minimum
        .map(|least| format!("least order {} {}", least.rounded_up(), model.tender.coin));
    let cost = payment_method.transfer_cost.as_ref().map(|cost| format!("a transfer costs about {cost}"));
    let facts: Vec<String> = least.into_iter().chain(cost).collect();
    let row = flow.take(1);
    put(flow.frame(), from_left(row, LABEL).1, &facts.join(" · "), theme.dim);
}
