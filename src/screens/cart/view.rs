//! Drawing of the cart screen.

use ratatui::layout::Rect;

use super::Cart;
use crate::domain::product::DeliveryMethod;
use crate::domain::purchase::{Item, MOST_DELIVERIES};
use crate::keymap::{Command, Typing};
use crate::layout::{from_bottom, from_left, from_right};
use crate::model::Model;
use crate::screens::Draw;
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::frame::Frame;
use crate::widgets::list;
use crate::widgets::pane;
use crate::widgets::text::{put, put_right, put_runs};
use crate::widgets::text_flow::TextFlow;

/// Columns of the quantity and of the cost of a line.
const QUANTITY: u16 = 6;
const COST: u16 = 18;
/// Columns of the delivery method, and the minimum width of a window that shows it.
const WAY: u16 = 26;
const WAY_FROM: u16 = 90;
/// Rows of the total and its notes, including the line above.
const SUM: u16 = 4;

impl Draw for Cart {
    fn draw(&self, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
        if model.cart.is_empty() {
            let mut flow = TextFlow::new(area, frame);
            flow.gap();
            let sentences = ["What you put into it is bought in one order, with one payment."];
            card::draw(Weight::Calm, "The cart is empty.", sentences, theme, &mut flow);
            flow.gap();
            let add = model.key(Command::AddToCart, Typing::Off);
            card::keys(&[(&add, "on a product puts it in here")], theme, &mut flow);
            return;
        }
        let (rows, sum) = parts(area);
        let lines = model.cart.lines();
        let seen = self.cursor.seen(rows.height, lines.len());
        list::draw(seen, theme, rows, frame, |place, marked, row, frame| {
            if let Some(item) = lines.get(place) {
                draw_line(item, marked, self, model, theme, row, frame);
            }
        });
        draw_sum(self, model, theme, sum, frame);
    }
}

/// The area of the list's rows, and that of the total below.
pub(super) fn parts(area: Rect) -> (Rect, Rect) {
    from_bottom(area, SUM)
}

fn draw_line(
    item: &Item,
    marked: bool,
    screen: &Cart,
    model: &Model,
    theme: &Theme,
    row: Rect,
    frame: &mut Frame<'_>,
) {
    let style = if marked { theme.marked } else { theme.text };
    let (quantity, rest) = from_left(row, QUANTITY);
    put(frame, quantity, &format!("{} ×", item.quantity), style);
    let (rest, cost) = from_right(rest, COST);
    let coin = &model.tender.coin;
    match model.prices.of(item, coin).and_then(|price| price.times(u32::from(item.quantity))) {
        Some(price) => put_right(frame, cost, &[(&format!("≈ {price} {coin}"), theme.text)]),
        None if screen.pricing.is_asking(coin) => put_right(frame, cost, &[("asking…", theme.dim)]),
        None => put_right(frame, cost, &[("no price yet", theme.dim)]),
    };
    let (rest, way) = from_right(rest, if row.width >= WAY_FROM { WAY } else { 0 });
    let by = match item.delivery {
        DeliveryMethod::ByEmail => "by e-mail",
        DeliveryMethod::ByPhone => "to a phone",
    };
    put(frame, way, &format!("{by}, {}", model.country_name(item.country)), theme.dim);
    let country = format!("  {}", item.country);
    put_runs(frame, from_right(rest, 1).0, &[(&item.label(), style), (&country, theme.dim)]);
}

fn draw_sum(screen: &Cart, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let mut flow = TextFlow::new(area, frame);
    let rule = flow.take(1);
    pane::rule(rule, theme, flow.frame());
    let tender = &model.tender;
    let total = model.prices.total(model.cart.lines(), &tender.coin);
    let total = total.map(|total| format!("≈ {total} {}", tender.coin)).unwrap_or_default();
    let deliveries = model.cart.deliveries();
    let count = format!("  {deliveries} of at most {MOST_DELIVERIES} deliveries");
    let network = if total.is_empty() { String::new() } else { format!(" on {}", tender.network) };
    flow.ends(
        &[("Together", theme.strong), (&count, theme.dim)],
        &[(&total, theme.marked), (&network, theme.dim)],
    );
    if let Some(brand) = model.refuses(model.cart.lines(), tender) {
        let change = model.key(Command::ChooseTender, Typing::Off);
        let sentence = format!("{brand} does not take {tender}; {change} chooses another tender.");
        flow.hanging(&[("▲ ", theme.warning)], &sentence, theme.text);
    } else if let Some(failure) = screen.pricing.failure(&tender.coin) {
        let retry = model.key(Command::Retry, Typing::Off);
        let sentence = format!("A price is missing: {failure} {retry} asks again.");
        flow.hanging(&[("▲ ", theme.warning)], &sentence, theme.text);
    } else if let Some(delay) = screen.pricing.delay(&tender.coin, model) {
        flow.prose(&delay, theme.dim);
    } else {
        flow.prose("One order, one payment. The exact total stands on the receipt.", theme.dim);
    }
}
