//! Drawing of the pane with the selected brand, beside the list.

use ratatui::layout::Rect;

use crate::domain::catalogue::{Brand, Kind};
use crate::keymap::{Command, Typing};
use crate::layout::{from_left, logo_cells};
use crate::model::Model;
use crate::remote::Remote;
use crate::screens::brands::Brands;
use crate::screens::brands::view::tile::draw_tile;
use crate::screens::product::view::draw_brief;
use crate::search::catalogue_index::CatalogueIndex;
use crate::theme::Theme;
use crate::widgets::frame::Frame;
use crate::widgets::text_flow::TextFlow;

/// The maximum number of brands of the same family to name.
const MOST_SIBLINGS: usize = 6;

/// Draws the brand's tile, what it is, what it costs and how it is delivered.
pub(super) fn draw(
    screen: &Brands,
    brand: &Brand,
    stock: &CatalogueIndex,
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let mut flow = TextFlow::new(area, frame);
    flow.gap();
    let (columns, rows) = logo_cells(model.size.columns);
    let head = flow.take(rows);
    let (_, beside) = from_left(head, columns);
    draw_tile(brand, model, theme, head, flow.frame());
    let mut words = TextFlow::new(from_left(beside, 2).1, flow.frame());
    words.line(&[(brand.name().shown(), theme.strong)]);
    words.line(&[(brand.kind.singular(), theme.text)]);
    words.line(&[(brand.category(), theme.dim)]);
    flow.gap();
    let price = brand.price_label();
    for (label, value) in [("Price", price.as_str()), ("For", model.country_name(brand.country))] {
        if !value.is_empty() {
            flow.hanging(&[(label, theme.dim), (gap(label), theme.text)], value, theme.text);
        }
    }
    flow.hanging(&[("Arrives", theme.dim), (gap("Arrives"), theme.text)], arrival(brand.kind), theme.text);
    if let Some(count) = stock.family_of(brand) {
        let others: Vec<&str> =
            stock.siblings(brand).take(MOST_SIBLINGS).map(|one| one.name().shown()).collect();
        let family = format!("{}, {count} brands; also {}", brand.family(), others.join(", "));
        flow.hanging(&[("Family", theme.dim), (gap("Family"), theme.text)], &family, theme.text);
    }
    flow.gap();
    if brand.out_of_stock {
        flow.hanging(&[("▲ ", theme.warning)], "Out of stock at the moment.", theme.text);
    } else if brand.needs_account() {
        let sentence = "Sold only to people with an account at the supplier.";
        flow.hanging(&[("▲ ", theme.warning)], sentence, theme.text);
    }
    let mut tags = brand.also_in().chain(brand.tags()).peekable();
    if tags.peek().is_some() {
        let mut words = String::with_capacity(128);
        for tag in tags {
            words.extend([if words.is_empty() { "" } else { " · " }, tag]);
        }
        flow.prose(&words, theme.dim);
        flow.gap();
    }
    draw_told(screen, brand, model, theme, &mut flow);
}

/// Draws the brand's description, how and where it is redeemed and the terms, if they were requested.
fn draw_told(screen: &Brands, brand: &Brand, model: &Model, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    if let Some(told) = screen.told.get(brand.id()) {
        // A brand that can be bought points to its full description; for others the text is only cut short.
        let (choose, describe) =
            (model.key(Command::Choose, Typing::Text), model.key(Command::Describe, Typing::Off));
        let all = [
            ("More: ", theme.dim),
            (choose.as_str(), theme.key),
            (" then ", theme.dim),
            (describe.as_str(), theme.key),
        ];
        let buyable = !brand.out_of_stock && !brand.needs_account();
        let rest = if buyable { &all[..] } else { &[("…", theme.dim)] };
        return draw_brief(told, rest, theme, flow);
    }
    match screen.asking.as_ref().filter(|(asked, _)| asked.as_str() == brand.id()) {
        Some((_, Remote::Failed(failure))) => {
            let name = model.key(Command::Describe, Typing::Text);
            flow.hanging(&[("▲ ", theme.warning)], &format!("{failure} {name} asks again."), theme.text);
        }
        Some(_) => flow.line(&[("◌ ", theme.accent), ("asking what is told about it…", theme.dim)]),
        None => {}
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
