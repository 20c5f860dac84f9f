//! Drawing of the checkout screen.

pub(super) mod fields;
mod hint;
mod receipt;

use ratatui::layout::Rect;

use super::{Checkout, Stage};
use crate::domain::failure::Failure;
use crate::domain::purchase::Item;
use crate::domain::record::Attempt;
use crate::keymap::{Command, Typing};
use crate::model::Model;
use crate::screens::Draw;
use crate::screens::pay::card::SUPPORT;
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::frame::Frame;
use crate::widgets::text_flow::TextFlow;

impl Draw for Checkout {
    fn draw(&self, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
        match &self.stage {
            Stage::Filling => fields::draw(self, model, theme, area, frame),
            Stage::Checking(..) => {
                draw_waiting(
                    "The shop checks the product, the recipient and the price…",
                    self,
                    model,
                    theme,
                    area,
                    frame,
                );
            }
            Stage::Searching(search) => {
                let (line, lines) = (search.found.len() + 1, search.purchase.lines.len());
                let headline =
                    format!("The shop objects; which line it means is asked one by one… {line} of {lines}");
                draw_waiting(&headline, self, model, theme, area, frame);
            }
            Stage::Receipt(receipt) => receipt::draw(self, receipt, model, theme, area, frame),
            Stage::Placing(_, receipt) => receipt::draw_placing(self, receipt, model, theme, area, frame),
            Stage::Unknown(attempt, failure) => {
                draw_unknown(*attempt, failure, model, theme, area, frame);
            }
        }
    }
}

fn draw_waiting(
    headline: &str,
    screen: &Checkout,
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let mut flow = TextFlow::new(area, frame);
    card::draw(Weight::Waiting, headline, ["Nothing is ordered by this."], theme, &mut flow);
    flow.gap();
    for (place, item) in screen.items.iter().enumerate() {
        draw_item(place, item, screen, model, theme, &mut flow);
    }
    draw_sum(screen, model, theme, &mut flow);
}

/// Draws an item, numbered if there are several.
fn draw_item(
    place: usize,
    item: &Item,
    screen: &Checkout,
    model: &Model,
    theme: &Theme,
    flow: &mut TextFlow<'_, '_>,
) {
    let several = screen.items.len() > 1;
    let number = if several { format!("{:>2}  ", place + 1) } else { String::new() };
    let times = if item.quantity > 1 { format!("  × {}", item.quantity) } else { String::new() };
    let country = format!("  {}", model.country_name(item.country));
    let left = [
        (number.as_str(), theme.dim),
        (&item.label(), theme.strong),
        (&times, theme.strong),
        (&country, theme.dim),
    ];
    if several {
        let price = model.prices.of(item, &model.tender.coin);
        let price = price.and_then(|price| price.times(u32::from(item.quantity)));
        let price = price.map(|price| format!("≈ {price}")).unwrap_or_default();
        flow.ends(&left, &[(&price, theme.text)]);
    } else {
        flow.ends(&left, &[(&expected(screen, model), theme.text)]);
    }
}

/// Draws the expected total of several items.
fn draw_sum(screen: &Checkout, model: &Model, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    if screen.items.len() > 1 {
        flow.ends(&[("    together", theme.dim)], &[(&expected(screen, model), theme.text)]);
    }
}

fn expected(screen: &Checkout, model: &Model) -> String {
    let expected = screen.expected().map(|amount| format!("≈ {amount} {}", model.tender.coin));
    expected.unwrap_or_else(|| "total on the receipt".to_owned())
}

/// Draws the card for an unknown outcome, which keeps the user from paying twice.
fn draw_unknown(
    attempt: Option<Attempt>,
    failure: &Failure,
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let mut flow = TextFlow::new(area, frame);
    let why = failure.to_string();
    let sentences = [
        why.as_str(),
        "The shop may have taken the order before the answer was lost, and nobody here can tell.",
        "Nothing was paid, and giftty sends nothing again by itself.",
        "Do not buy it again before this is clear: look into your e-mail, or ask support.",
        "If that tells the order's id, add it in your orders: it is followed from there.",
    ];
    card::draw(Weight::Alarm, "An order may exist: do not pay twice.", sentences, theme, &mut flow);
    flow.gap();
    let attempt = attempt.map_or_else(|| "not recorded".to_owned(), |attempt| attempt.to_string());
    flow.line(&[("   Attempt   ", theme.dim), (&attempt, theme.strong)]);
    flow.line(&[("   Support   ", theme.dim), (SUPPORT, theme.text)]);
    flow.gap();
    let orders = model.key(Command::Orders, Typing::Off);
    card::keys(&[(&orders, "your orders; this attempt stands there")], theme, &mut flow);
}
