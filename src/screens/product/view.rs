//! Draws the product screen.

mod description;
mod plans;
mod value;

pub(crate) use description::draw_brief;

use ratatui::layout::Rect;

use super::{PRICE_LIFE, Product, plan};
use crate::domain::money::Amount;
use crate::domain::product::{Offer, Price, Product as Ware, ProductGroup, Range};
use crate::domain::text::Printable;
use crate::input::Size;
use crate::keymap::{Command, Typing};
use crate::layout::{self, from_bottom, from_left, from_right, from_top, inset};
use crate::model::Model;
use crate::remote::Remote;
use crate::screens::Draw;
use crate::screens::brands::view::tile::draw_age;
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::frame::Frame;
use crate::widgets::list;
use crate::widgets::text::{cells, put, put_right, width};
use crate::widgets::text_flow::TextFlow;
use crate::widgets::{clock, pane};

/// Minimum columns of the body for the description beside the products.
const DESCRIPTION_FROM: u16 = 108;
/// Columns of a price.
const PRICE: u16 = 24;

impl Draw for Product {
    fn draw(&self, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
        let brand = &self.brand;
        let shelf = match &self.shelf {
            Remote::Waiting(id) => {
                let headline =
                    format!("Asking the shop what {} sells, in {}…", brand.name(), model.tender.coin);
                let (delay, mut flow) = (model.delay_of(*id), TextFlow::new(area, frame));
                return card::draw(Weight::Waiting, &headline, delay.as_deref(), theme, &mut flow);
            }
            Remote::Failed(failure) => {
                let mut flow = TextFlow::new(area, frame);
                let headline = format!("What {} sells is not here.", brand.name());
                let why = failure.to_string();
                card::draw(
                    Weight::Warning,
                    &headline,
                    [why.as_str(), "Nothing was ordered."],
                    theme,
                    &mut flow,
                );
                flow.gap();
                return card::keys(
                    &[(&model.key(Command::Retry, Typing::Off), "asks again")],
                    theme,
                    &mut flow,
                );
            }
            Remote::Ready(shelf) => shelf,
        };
        if self.describing {
            return description::draw(self, shelf, model, theme, area, frame);
        }
        if let Some(side) = pane::beside(area).1.filter(|_| area.width >= DESCRIPTION_FROM) {
            let side = pane::edge(side, theme, frame);
            description::draw(self, shelf, model, theme, side, frame);
        }
        let area = offers_in(area);
        if shelf.products.is_empty() {
            let mut flow = TextFlow::new(area, frame);
            let headline = format!("{} sells nothing at the moment.", brand.name());
            let sentence = "The shop lists the brand without any product.";
            return card::draw(Weight::Calm, &headline, [sentence], theme, &mut flow);
        }
        draw_offers(self, shelf, model, theme, area, frame);
    }
}

/// Returns whether a window of this size shows the description beside the products.
pub(super) fn has_description_beside(size: Size) -> bool {
    size.columns.saturating_sub(2) >= DESCRIPTION_FROM
}

/// Returns how many rows of the open description do not fit into a window of this size.
pub(super) fn rows_out_of_sight(shelf: &ProductGroup, size: Size) -> usize {
    let window = Rect::new(0, 0, size.columns, size.rows);
    let body = inset(layout::Parts::of(window, 0).body, 1);
    let seen = usize::from(body.height.saturating_sub(description::head(size.columns)));
    description::count(shelf, usize::from(body.width)).saturating_sub(seen)
}

/// Draws the rows, and below them the price of the marked one.
fn draw_offers(
    screen: &Product,
    shelf: &ProductGroup,
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let Areas { head, list, age, foot } = parts(screen, area);
    draw_head(screen, shelf, model, theme, head, frame);
    if let Some(recalled) = &screen.recalled {
        draw_age("What is sold here is", recalled, model, theme, age, frame);
    }
    draw_rows(screen, shelf, theme, list, frame);
    match screen.range() {
        Some(range) => value::draw(screen, range, model, theme, foot, frame),
        None => draw_total(screen, plans::are_labelled(&shelf.products), model, theme, foot, frame),
    }
}

/// Draws the brand and where it can be redeemed. Words are never cut, and the region is dropped last.
fn draw_head(
    screen: &Product,
    shelf: &ProductGroup,
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let (name, kind) = (screen.brand.name().shown(), screen.brand.kind.singular());
    let region = shelf.description.region.as_ref().map(Printable::as_str).unwrap_or_default();
    let gap = if region.is_empty() { 0 } else { 2 };
    let free = area.width.saturating_sub(width(region)).saturating_sub(gap);
    let abouts = [format!("  {kind} · {}", model.country_name(screen.brand.country)), format!("  {kind}")];
    let about = abouts.iter().find(|about| width(name).saturating_add(width(about)) <= free);
    // The header names the brand too.
    let name = if width(name) <= free || width(region) > area.width { name } else { "" };
    let about = about.map(String::as_str).unwrap_or_default();
    TextFlow::new(area, frame).ends(&[(name, theme.strong), (about, theme.dim)], &[(region, theme.dim)]);
}

/// The layout while there are products to choose from.
struct Areas {
    head: Rect,
    list: Rect,
    age: Rect,
    foot: Rect,
}

fn parts(screen: &Product, area: Rect) -> Areas {
    let (head, rest) = from_top(area, 2);
    let (rest, age) = from_bottom(rest, u16::from(screen.recalled.is_some()));
    let rows = if screen.rows.len() == 1 && screen.range().is_some() {
        0
    } else {
        let foot = if screen.range().is_some() { value::ROWS } else { 2 };
        let wanted = cells(screen.rows.len()).saturating_add(u16::from(screen.has_plans())).saturating_add(1);
        wanted.min(rest.height.saturating_sub(foot))
    };
    let (list, foot) = from_top(rest, rows);
    Areas { head, list: from_bottom(list, 1).0, age, foot }
}

/// Returns the area of the selectable rows, below the column names of a table.
pub(super) fn rows(screen: &Product, area: Rect) -> Rect {
    from_top(parts(screen, offers_in(area)).list, u16::from(screen.has_plans())).1
}

/// Returns the part of the area for the products, beside the description.
fn offers_in(area: Rect) -> Rect {
    if area.width >= DESCRIPTION_FROM { from_right(pane::beside(area).0, 2).0 } else { area }
}

fn draw_rows(screen: &Product, shelf: &ProductGroup, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let plans = screen.has_plans();
    let (head, rows) = from_top(area, u16::from(plans));
    let labelled = plans::are_labelled(&shelf.products);
    if plans {
        plans::draw_head(screen.order, labelled, theme, from_left(head, list::MARKER).1, frame);
    }
    let seen = screen.cursor.seen(rows.height, screen.rows.len());
    list::draw(seen, theme, rows, frame, |place, marked, row, frame| {
        let Some(ware) = screen.rows.get(place).and_then(|place| shelf.products.get(*place)) else { return };
        if plan(ware).is_some() {
            plans::draw_row(ware, labelled, marked, theme, row, frame);
        } else {
            draw_row(ware, marked, theme, row, frame);
        }
    });
}

fn draw_row(ware: &Ware, marked: bool, theme: &Theme, row: Rect, frame: &mut Frame<'_>) {
    let style = if marked { theme.marked } else { theme.text };
    match &ware.offer {
        Offer::Fixed { label, price, .. } => {
            let (rest, place) = from_right(row, PRICE.min(row.width / 2));
            draw_price(price.as_ref(), theme, place, frame);
            put(frame, from_right(rest, 1).0, label.as_str(), style);
        }
        Offer::Range(range) => {
            put(frame, row, &bounds(range), style);
        }
    }
}

/// Returns a range in words.
fn bounds(range: &Range) -> String {
    format!("any value from {} to {} {}", range.min, range.max, range.currency)
}

fn draw_price(price: Option<&Price>, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    if let Some(price) = price {
        let amount = price.amount.to_string();
        put_right(frame, area, &[(&amount, theme.text), (" ", theme.dim), (price.coin.shown(), theme.dim)]);
    } else {
        let ways = ["price on the receipt", "on the receipt"];
        let words = ways.into_iter().find(|way| width(way) <= area.width).unwrap_or_default();
        put_right(frame, area, &[(words, theme.dim)]);
    }
}

/// Draws the quantity and the total, and the marked product's whole label if it has to be read.
fn draw_total(
    screen: &Product,
    labelled: bool,
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let mut flow = TextFlow::new(area, frame);
    let quantity = format!("× {}", screen.quantity);
    let total = total(screen).map(|(total, coin)| format!("{total} {coin}"));
    let taken = ["    ", &quantity, "  total  ", total.as_deref().unwrap_or("on the receipt")];
    let taken = taken.into_iter().map(width).fold(0, u16::saturating_add);
    let asked = priced(screen, model, area.width.saturating_sub(taken));
    flow.ends(
        &[("  ", theme.text), (&quantity, theme.strong), ("  ", theme.text), (&asked, theme.dim)],
        &[("total  ", theme.dim), (total.as_deref().unwrap_or("on the receipt"), theme.strong)],
    );
    // The table may truncate the label.
    if let (true, Some(Offer::Fixed { label, .. })) = (labelled, screen.marked().map(|ware| &ware.offer)) {
        flow.hanging(&[("  ", theme.text)], label.as_str(), theme.text);
    }
}

/// Returns when the shop gave the prices, in local time, and how long ago if that matters; the longest form
/// that fits.
fn priced(screen: &Product, model: &Model, columns: u16) -> String {
    let Some(priced) = screen.told_at() else { return String::new() };
    let told = clock::hour(priced.wall, model.utc_offset);
    let ways = match screen.price_age(model) {
        Some(age) if age > PRICE_LIFE => {
            let age = clock::age(age);
            [format!("price of {told}, {age} old"), format!("{age} old")]
        }
        Some(_) | None => [format!("price of {told}"), format!("of {told}")],
    };
    ways.into_iter().find(|way| width(way) <= columns).unwrap_or_default()
}

/// Returns the total price and its coin.
fn total(screen: &Product) -> Option<(Amount, &str)> {
    let price = screen.price()?;
    Some((price.amount.times(u32::from(screen.quantity))?, price.coin.shown()))
}
