//! Data plans as a table: data, days, price, and the price of a gigabyte.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::product::{Data, Offer, Product as Ware};
use crate::layout::{from_left, from_right};
use crate::screens::product::{Order, plan, price_per_gigabyte};
use crate::theme::Theme;
use crate::widgets::text::put_right;

const DATA: u16 = 12;
const DAYS: u16 = 10;
const PRICE: u16 = 22;

/// The columns: the supplier's label, data, days, price, price of a gigabyte.
fn columns(row: Rect) -> [Rect; 4] {
    let (data, rest) = from_left(row, DATA);
    let (days, rest) = from_left(rest, DAYS);
    let per_gigabyte = if rest.width >= PRICE + 16 { 18 } else { rest.width.saturating_sub(PRICE).min(14) };
    let (price, per) = from_right(rest, per_gigabyte);
    [data, days, price, per]
}

/// Draws the names of the columns, an arrow at the one that is sorted by.
pub(super) fn draw_head(order: Order, theme: &Theme, row: Rect, frame: &mut Frame<'_>) {
    let [data, days, price, per] = columns(row);
    let arrow = |sorted: Order, arrow| if order == sorted { arrow } else { "" };
    put_right(frame, data, &[("data", theme.dim), (arrow(Order::Data, " ▾"), theme.accent)]);
    put_right(frame, days, &[("days", theme.dim), (arrow(Order::Days, " ▾"), theme.accent)]);
    put_right(frame, price, &[("price", theme.dim), (arrow(Order::Price, " ▴"), theme.accent)]);
    put_right(frame, per, &[("per GB", theme.dim), (arrow(Order::PerGigabyte, " ▴"), theme.accent)]);
}

/// Draws a plan.
pub(super) fn draw_row(ware: &Ware, marked: bool, theme: &Theme, row: Rect, frame: &mut Frame<'_>) {
    let Some(plan) = plan(ware) else { return };
    let [data, days, price, per] = columns(row);
    let style = if marked { theme.marked } else { theme.text };
    put_right(frame, data, &[(&amount_of_data(plan.data), style)]);
    let length = plan.days.map(|days| days.to_string());
    put_right(frame, days, &[(length.as_deref().unwrap_or("–"), style)]);
    if let Offer::Fixed { price: told, .. } = &ware.offer {
        super::draw_price(told.as_ref(), theme, price, frame);
    }
    let each = price_per_gigabyte(ware).map(|amount| amount.to_string());
    put_right(frame, per, &[(each.as_deref().unwrap_or("–"), theme.dim)]);
}

/// `10 GB`, `1.5 GB`, `500 MB`, `unlimited`.
fn amount_of_data(data: Data) -> String {
    match data {
        Data::Unlimited => "unlimited".to_owned(),
        Data::Megabytes(megabytes) if megabytes < 1000 => format!("{megabytes} MB"),
        // The supplier counts either 1000 or 1024 megabytes to a gigabyte.
        Data::Megabytes(megabytes) if megabytes % 1024 == 0 => format!("{} GB", megabytes / 1024),
        Data::Megabytes(megabytes) if megabytes % 1000 == 0 => format!("{} GB", megabytes / 1000),
        Data::Megabytes(megabytes) if megabytes % 100 == 0 => {
            format!("{}.{} GB", megabytes / 1000, megabytes % 1000 / 100)
        }
        Data::Megabytes(megabytes) => format!("{megabytes} MB"),
    }
}
