//! Drawing of the checkout screen.

mod fields;
mod receipt;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Checkout, Stage};
use crate::domain::failure::Failure;
use crate::domain::record::Attempt;
use crate::keymap::{Command, Typing};
use crate::screens::desk::Desk;
use crate::screens::pay::card::SUPPORT;
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::flow::Flow;

/// Draws the fields, the receipt, or what became of the order.
pub fn draw(screen: &Checkout, desk: &Desk, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    match &screen.stage {
        Stage::Filling => fields::draw(screen, desk, theme, area, frame),
        Stage::Checking(..) => {
            let mut flow = Flow::new(area, frame);
            draw_item(screen, desk, theme, &mut flow);
            flow.gap();
            let headline = "The shop checks the product, the recipient and the price…";
            card::draw(Weight::Waiting, headline, ["Nothing is ordered by this."], theme, &mut flow);
        }
        Stage::Receipt(receipt) => receipt::draw(screen, receipt, desk, theme, area, frame),
        Stage::Placing(_, receipt) => receipt::draw_placing(screen, receipt, desk, theme, area, frame),
        Stage::Unknown(attempt, failure) => {
            draw_unknown(*attempt, failure, desk, theme, area, frame);
        }
    }
}

/// What is bought, and what it should cost.
fn draw_item(screen: &Checkout, desk: &Desk, theme: &Theme, flow: &mut Flow<'_, '_>) {
    let item = &screen.item;
    let what = format!("{} {}", item.brand, item.choice.label());
    let times = if item.quantity > 1 { format!("  × {}", item.quantity) } else { String::new() };
    let country = format!("  {}", desk.country_name(item.country));
    let expected = screen.expected().map(|amount| format!("≈ {amount} {}", desk.tender.coin));
    flow.ends(
        &[(&what, theme.strong), (&times, theme.strong), (&country, theme.dim)],
        &[(expected.as_deref().unwrap_or("total on the receipt"), theme.text)],
    );
}

/// Nobody knows whether there is an order: the card that keeps people from paying twice.
fn draw_unknown(
    attempt: Option<Attempt>,
    failure: &Failure,
    desk: &Desk,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let mut flow = Flow::new(area, frame);
    let why = failure.to_string();
    let sentences = [
        why.as_str(),
        "The shop may have taken the order before the answer was lost, and nobody here can tell.",
        "Nothing was paid, and giftty sends nothing again by itself.",
        "Do not buy it again before this is clear: look into your e-mail, or ask support.",
    ];
    card::draw(Weight::Alarm, "An order may exist: do not pay twice.", sentences, theme, &mut flow);
    flow.gap();
    let attempt = attempt.map_or_else(|| "not recorded".to_owned(), |attempt| attempt.to_string());
    flow.line(&[("   Attempt   ", theme.dim), (&attempt, theme.strong)]);
    flow.line(&[("   Support   ", theme.dim), (SUPPORT, theme.text)]);
    flow.gap();
    let orders = desk.key(Command::Orders, Typing::Off);
    card::keys(&[(&orders, "your orders; this attempt stands there")], theme, &mut flow);
}
