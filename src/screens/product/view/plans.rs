//! Draws data plans as a table: data, days, price, and price per gigabyte.

use ratatui::layout::Rect;

use crate::domain::product::{Data, Offer, Plan, Product as Ware};
use crate::layout::{from_left, from_right};
use crate::screens::product::{Order, plan, price_per_gigabyte};
use crate::theme::Theme;
use crate::widgets::frame::Frame;
use crate::widgets::text::{put, put_right};

const DATA: u16 = 12;
const DAYS: u16 = 10;
const PRICE: u16 = 22;
/// Columns of the price and the price per gigabyte if labels take the rest.
const SHORT_PRICE: u16 = 16;
const SHORT_PER: u16 = 10;

/// Splits a row into columns: the supplier's label if it has to be read, data, days, price, price per
/// gigabyte.
fn columns(row: Rect, labelled: bool) -> [Rect; 5] {
    let numbers = if labelled { DATA + DAYS + SHORT_PRICE + SHORT_PER } else { row.width };
    let (label, rest) = from_right(row, numbers.min(row.width));
    let (data, rest) = from_left(rest, DATA);
    let (days, rest) = from_left(rest, DAYS);
    let per_gigabyte = match rest.width {
        _ if labelled => SHORT_PER,
        width if width >= PRICE + 16 => 18,
        width => width.saturating_sub(PRICE).min(14),
    };
    let (price, per) = from_right(rest, per_gigabyte);
    [label, data, days, price, per]
}

/// Returns whether the labels have to be read, since two plans with the same data and days may differ.
pub(super) fn are_labelled(wares: &[Ware]) -> bool {
    wares.iter().any(|ware| match (&ware.offer, plan(ware)) {
        (Offer::Fixed { label, .. }, Some(plan)) => tells_more(label.as_str(), plan),
        (Offer::Fixed { .. } | Offer::Range(_), _) => false,
    })
}

/// Returns whether a label contains more than an amount of data and a number of days.
fn tells_more(label: &str, plan: Plan) -> bool {
    const USUAL: [&str; 14] = [
        "gb",
        "mb",
        "tb",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "unlimited",
        "data",
        "for",
    ];
    let words = label.split(|letter: char| !letter.is_alphanumeric() && letter != '.');
    let bare = |word: &str| {
        word.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.').to_lowercase()
    };
    let numbers = label.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let numbers = numbers.filter(|number| !number.is_empty()).count();
    let told = usize::from(plan.data != Data::Unlimited) + usize::from(plan.days.is_some());
    numbers > told || words.map(bare).any(|word| !word.is_empty() && !USUAL.contains(&word.as_str()))
}

/// Draws the column names, with an arrow at the sorted one.
pub(super) fn draw_head(order: Order, labelled: bool, theme: &Theme, row: Rect, frame: &mut Frame<'_>) {
    let [label, data, days, price, per] = columns(row, labelled);
    let arrow = |sorted: Order, arrow| if order == sorted { arrow } else { "" };
    put(frame, label, "plan", theme.dim);
    put_right(frame, data, &[("data", theme.dim), (arrow(Order::Data, " ▾"), theme.accent)]);
    put_right(frame, days, &[("days", theme.dim), (arrow(Order::Days, " ▾"), theme.accent)]);
    put_right(frame, price, &[("price", theme.dim), (arrow(Order::Price, " ▴"), theme.accent)]);
    put_right(frame, per, &[("per GB", theme.dim), (arrow(Order::PerGigabyte, " ▴"), theme.accent)]);
}

/// Draws a plan.
pub(super) fn draw_row(
    ware: &Ware,
    labelled: bool,
    marked: bool,
    theme: &Theme,
    row: Rect,
    frame: &mut Frame<'_>,
) {
    let (Some(plan), Offer::Fixed { label: words, price: told, .. }) = (plan(ware), &ware.offer) else {
        return;
    };
    let [label, data, days, price, per] = columns(row, labelled);
    let style = if marked { theme.marked } else { theme.text };
    put(frame, label, words.as_str(), style);
    put_right(frame, data, &[(&amount_of_data(plan.data), style)]);
    let length = plan.days.map(|days| days.to_string());
    put_right(frame, days, &[(length.as_deref().unwrap_or("–"), style)]);
    super::draw_price(told.as_ref(), theme, price, frame);
    let each = price_per_gigabyte(ware).map(|amount| amount.to_string());
    put_right(frame, per, &[(each.as_deref().unwrap_or("–"), theme.dim)]);
}

/// Formats an amount of data: `10 GB`, `1.5 GB`, `500 MB`, `unlimited`.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_that_tells_no_more_than_the_columns_is_left_out() {
        let plan = |data, days| Plan { data: Data::Megabytes(data), days };
        for (label, plan) in [
            ("1 GB 7 days", plan(1000, Some(7))),
            ("200 MB 1 Day", plan(200, Some(1))),
            ("1.5GB - 1 month", plan(1500, Some(30))),
            ("500 MB", plan(500, None)),
            ("Unlimited 3 days", Plan { data: Data::Unlimited, days: Some(3) }),
        ] {
            assert!(!tells_more(label, plan), "{label}");
        }
        for label in
            ["5 GB + 100 min 30 days", "5 GB 30 days Europe", "5 GB + 5 GB 30 days", "Combo 5GB 30 days"]
        {
            assert!(tells_more(label, plan(5000, Some(30))), "{label}");
        }
    }
}
