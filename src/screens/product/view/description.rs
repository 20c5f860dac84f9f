//! The supplier's description of a brand: what it is, how and where to redeem it, and the terms.

use ratatui::layout::Rect;

use super::super::Product;
use crate::domain::product::{Description, ProductGroup};
use crate::domain::text::Printable;
use crate::keymap::Command;
use crate::layout::{from_left, from_right, from_top, logo_cells};
use crate::model::Model;
use crate::screens::Screen;
use crate::screens::brands::view::tile::draw_tile;
use crate::theme::Theme;
use crate::widgets::frame::Frame;
use crate::widgets::text::{Run, put_right, wrap};
use crate::widgets::text_flow::TextFlow;

/// Returns the rows of the logo and name, which do not scroll, and the gap below them.
pub(super) fn head(columns: u16) -> u16 {
    logo_cells(columns).1.saturating_add(1)
}

/// A row of text, or a title.
enum DescriptionRow<'a> {
    Title(&'a str),
    Text(&'a str),
}

/// Draws the description at its scroll position.
pub(super) fn draw(
    screen: &Product,
    shelf: &ProductGroup,
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let brand = &screen.brand;
    let mut flow = TextFlow::new(area, frame);
    let scrolled = screen.scrolled;
    let head = flow.take(head(model.size.columns));
    let (_, beside) = from_left(head, logo_cells(model.size.columns).0);
    draw_tile(brand, model, theme, head, flow.frame());
    let rows = rows(&shelf.description, usize::from(area.width));
    let seen = usize::from(flow.free().height);
    let mut beside = from_left(beside, 2).1;
    if rows.len() > seen {
        let last = rows.len().min(scrolled + seen);
        let place = format!("{}–{last} of {} rows", scrolled + 1, rows.len());
        let used = put_right(flow.frame(), beside, &[(&place, theme.dim)]);
        // Beside the products, the arrow keys move the mark and do not scroll the description.
        let name = |command| model.key(command, screen.typing());
        let (keys, what) = if screen.describing {
            (format!("{} {}", name(Command::Up), name(Command::Down)), " scroll")
        } else {
            (name(Command::Describe), " shows it all")
        };
        let below = from_top(beside, 1).1;
        let used = used.max(put_right(flow.frame(), below, &[(&keys, theme.key), (what, theme.dim)]));
        beside = from_right(beside, used.saturating_add(2)).0;
    }
    let mut words = TextFlow::new(beside, flow.frame());
    words.line(&[(brand.name().shown(), theme.strong)]);
    words.line(&[(brand.kind.singular(), theme.text)]);
    words.line(&[(brand.category(), theme.dim)]);
    for row in rows.iter().skip(scrolled).take(seen) {
        draw_told(row, theme, &mut flow);
    }
}

/// Draws as much of the description as fits; if it is cut, the last row is `rest`, which says how to read the
/// remainder.
pub(crate) fn draw_brief(told: &Description, rest: &[Run<'_>], theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    let free = flow.free();
    let (rows, room) = (rows(told, usize::from(free.width)), usize::from(free.height));
    let whole = rows.len() <= room;
    for row in rows.iter().take(if whole { room } else { room.saturating_sub(1) }) {
        draw_told(row, theme, flow);
    }
    if !whole {
        flow.line(rest);
    }
}

fn draw_told(row: &DescriptionRow<'_>, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    match row {
        DescriptionRow::Title(title) => flow.line(&[(title, theme.strong)]),
        DescriptionRow::Text(text) => flow.line(&[(text, theme.text)]),
    }
}

/// Returns the height of the description at this width, in rows.
pub(super) fn count(shelf: &ProductGroup, columns: usize) -> usize {
    rows(&shelf.description, columns).len()
}

fn rows(told: &Description, columns: usize) -> Vec<DescriptionRow<'_>> {
    let columns = u16::try_from(columns).unwrap_or(u16::MAX);
    let mut rows = Vec::new();
    let sections: [(&str, &[Printable]); 4] = [
        ("", told.about.lines()),
        ("How to redeem", told.how_to_redeem.lines()),
        ("Where", told.region.as_slice()),
        ("Terms", told.terms.lines()),
    ];
    for (title, lines) in sections.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        if !rows.is_empty() {
            rows.push(DescriptionRow::Text(""));
        }
        if !title.is_empty() {
            rows.push(DescriptionRow::Title(title));
        }
        rows.extend(lines.iter().flat_map(|line| wrap(line.as_str(), columns)).map(DescriptionRow::Text));
    }
    if rows.is_empty() {
        rows.push(DescriptionRow::Text("The supplier tells nothing more about it."));
    }
    rows
}
