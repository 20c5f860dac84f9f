//! What the supplier tells about a brand: what it is, how to redeem it, where, and the terms.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::super::Product;
use crate::domain::product::Shelf;
use crate::domain::text::Prose;
use crate::layout::from_left;
use crate::screens::brands::view::draw_tile;
use crate::theme::Theme;
use crate::widgets::flow::Flow;

/// Draws the description from the top.
pub(super) fn draw(screen: &Product, shelf: &Shelf, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let brand = &screen.brand;
    let told = &shelf.description;
    let mut flow = Flow::new(area, frame);
    let head = flow.take(3);
    let (tile, beside) = from_left(head, 7);
    draw_tile(brand, theme, tile, flow.frame());
    let mut words = Flow::new(from_left(beside, 2).1, flow.frame());
    words.line(&[(brand.name.shown(), theme.strong)]);
    words.line(&[(brand.kind.singular(), theme.text)]);
    words.line(&[(brand.category.as_str(), theme.dim)]);
    if let Some(region) = &told.region {
        flow.gap();
        flow.hanging(&[("Redeemed in  ", theme.dim)], region.as_str(), theme.text);
    }
    section("", &told.about, theme, &mut flow);
    section("How to redeem", &told.how_to_redeem, theme, &mut flow);
    section("Terms", &told.terms, theme, &mut flow);
    if told.about.is_empty() && told.how_to_redeem.is_empty() && told.terms.is_empty() {
        flow.gap();
        flow.prose("The supplier tells nothing more about it.", theme.dim);
    }
}

fn section(title: &str, prose: &Prose, theme: &Theme, flow: &mut Flow<'_, '_>) {
    if prose.is_empty() {
        return;
    }
    flow.gap();
    if !title.is_empty() {
        flow.line(&[(title, theme.strong)]);
    }
    for line in prose.lines() {
        if flow.free().is_empty() {
            return;
        }
        flow.prose(line.as_str(), theme.text);
    }
}
