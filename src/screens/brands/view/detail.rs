//! The marked brand, beside the list.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::catalogue::{Brand, Kind};
use crate::layout::{centred, from_left};
use crate::screens::desk::Desk;
use crate::theme::Theme;
use crate::widgets::flow::Flow;
use crate::widgets::text::{put, width};

/// Columns and rows of the block with a brand's initials.
const TILE: (u16, u16) = (7, 3);

/// Draws the brand's tile, what it is, what it costs and how it arrives.
pub(super) fn draw(brand: &Brand, desk: &Desk, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let mut flow = Flow::new(area, frame);
    flow.gap();
    let head = flow.take(TILE.1);
    let (tile, beside) = from_left(head, TILE.0);
    draw_tile(brand, theme, tile, flow.frame());
    let mut words = Flow::new(from_left(beside, 2).1, flow.frame());
    words.line(&[(brand.name.shown(), theme.strong)]);
    words.line(&[(brand.kind.singular(), theme.text)]);
    words.line(&[(brand.category.as_str(), theme.dim)]);
    flow.gap();
    let price = brand.price_label();
    for (label, value) in [("Price", price.as_str()), ("For", desk.country_name(brand.country))] {
        if !value.is_empty() {
            flow.hanging(&[(label, theme.dim), (gap(label), theme.text)], value, theme.text);
        }
    }
    flow.hanging(&[("Arrives", theme.dim), (gap("Arrives"), theme.text)], arrival(brand.kind), theme.text);
    flow.gap();
    if brand.out_of_stock {
        flow.hanging(&[("▲ ", theme.warning)], "Out of stock at the moment.", theme.text);
    } else if brand.needs_account() {
        let sentence = "Sold only to people with an account at the supplier.";
        flow.hanging(&[("▲ ", theme.warning)], sentence, theme.text);
    }
    if !brand.tags.is_empty() {
        let mut tags = String::with_capacity(128);
        for tag in &brand.tags {
            tags.extend([if tags.is_empty() { "" } else { " · " }, tag.as_str()]);
        }
        flow.prose(&tags, theme.dim);
    }
}

/// Draws a block in the brand's own colour with its initials.
pub(crate) fn draw_tile(brand: &Brand, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let style = theme.tile(brand.colour);
    frame.buffer_mut().set_style(area, style);
    let letters = initials(brand.name.shown());
    put(frame, centred(area, width(&letters), 1), &letters, style);
}

/// The first letters of the first two words, or the first two letters of the only word.
fn initials(name: &str) -> String {
    let first = |word: &str| word.chars().find(|letter| letter.is_alphanumeric());
    let mut words = name.split_whitespace().filter_map(|word| Some((word, first(word)?)));
    match (words.next(), words.next()) {
        (Some((_, one)), Some((_, two))) => [one, two].iter().collect::<String>().to_uppercase(),
        (Some((word, _)), None) => word.chars().filter(|letter| letter.is_alphanumeric()).take(2).collect(),
        (None, _) => "·".to_owned(),
    }
}

fn gap(label: &str) -> &'static str {
    "         ".get(label.len().min(8)..).unwrap_or(" ")
}

fn arrival(kind: Kind) -> &'static str {
    match kind {
        Kind::GiftCard => "as a code, here and by e-mail, usually within minutes",
        Kind::TopUp => "on the phone number, usually within minutes",
        Kind::Esim => "as a QR code to install, here and by e-mail",
    }
}
