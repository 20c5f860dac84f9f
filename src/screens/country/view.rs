//! Drawing of the country screen.

use ratatui::layout::Rect;

use super::Country;
use crate::domain::country::Country as Place;
use crate::keymap::{Command, Typing};
use crate::layout::{from_bottom, from_left, from_right, from_top};
use crate::model::Model;
use crate::screens::Draw;
use crate::search::Marker;
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::frame::Frame;
use crate::widgets::list;
use crate::widgets::text::{cells, put, put_marked, put_right, width, wrap};
use crate::widgets::text_flow::TextFlow;
use crate::widgets::{input, pane};

/// The minimum width of the body for showing the welcome beside the list.
const WELCOME_FROM: u16 = 98;
/// Columns of the name; longer names are cut off.
const NAME: u16 = 32;
const SUGGESTED: &str = "suggested";

/// How to get to the real shop, short enough for one line of 80 columns.
const REAL_SHOP: &str = "Sandbox: nothing is real. Real shop: giftty --partner-id ID (account page)";

impl Draw for Country {
    fn draw(&self, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
        let (filter, rest) = from_top(area, 1);
        let count = match (self.list.filter.is_empty(), self.list.shown.len()) {
            (true, all) => format!("{all} countries"),
            (false, found) => format!("{found} of {}", model.countries.len()),
        };
        put_right(frame, filter, &[(&count, theme.dim)]);
        let (filter, _) = from_right(filter, width(&count).saturating_add(2));
        input::filter(&self.list.filter, "Where do you shop? Type a country.", theme, filter, frame);

        let (rest, beside, below) = parts(model, rest);
        if let Some(welcome) = beside {
            draw_welcome(model, theme, pane::edge(welcome, theme, frame), frame);
        }
        if let Some(line) = below {
            TextFlow::new(line, frame).prose(REAL_SHOP, theme.warning);
        }
        if self.list.shown.is_empty() {
            return draw_no_match(self, model, theme, rest, frame);
        }
        draw_list(self, model, theme, rest, frame);
    }
}

/// The area of the list's rows.
pub(super) fn rows(model: &Model, area: Rect) -> Rect {
    parts(model, from_top(area, 1).1).0
}

/// The areas of the list, of the welcome beside it and of the note below it.
fn parts(model: &Model, area: Rect) -> (Rect, Option<Rect>, Option<Rect>) {
    if area.width >= WELCOME_FROM {
        let (rest, welcome) = pane::beside(area);
        (rest, welcome, None)
    } else if model.shop.sandbox {
        let (rest, line) = from_bottom(area, cells(wrap(REAL_SHOP, area.width).len()));
        (rest, None, Some(line))
    } else {
        (area, None, None)
    }
}

fn draw_list(screen: &Country, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let seen = screen.list.seen(area.height);
    let mut kit = Kit {
        marker: Marker::new(screen.list.filter.text(), &model.scratch),
        names: String::with_capacity(512),
    };
    list::draw(seen, theme, area, frame, |place, marked, row, frame| {
        let code = screen.list.shown.get(place);
        let Some(country) =
            code.and_then(|code| model.countries.iter().find(|country| country.code == *code))
        else {
            return;
        };
        draw_row(country, marked, &mut kit, model, theme, row, frame);
    });
}

/// Buffers shared by all rows of a frame, to avoid allocating them for each row.
struct Kit<'a> {
    marker: Marker<'a>,
    names: String,
}

fn draw_row(
    country: &Place,
    marked: bool,
    kit: &mut Kit<'_>,
    model: &Model,
    theme: &Theme,
    row: Rect,
    frame: &mut Frame<'_>,
) {
    let Kit { marker, names } = kit;
    let (code, rest) = from_left(row, 4);
    put(frame, code, country.code.as_str(), if marked { theme.accent } else { theme.dim });
    let (name, rest) = from_left(rest, NAME);
    let places = marker.marks(country.name.as_str());
    let style = if marked { theme.marked } else { theme.text };
    put_marked(frame, from_right(name, 1).0, country.name.as_str(), style, places, theme.matched);
    let rest = if model.likely.contains(&country.code) {
        put_right(frame, rest, &[(SUGGESTED, theme.good)]);
        from_right(rest, width(SUGGESTED).saturating_add(2)).0
    } else {
        rest
    };
    names.clear();
    for name in country.legible() {
        names.extend([if names.is_empty() { "" } else { ", " }, name]);
    }
    put(frame, rest, names, theme.dim);
}

fn draw_no_match(screen: &Country, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let mut flow = TextFlow::new(area, frame);
    flow.gap();
    let headline = format!("No country is called “{}”.", screen.list.filter.text());
    card::draw(
        Weight::Calm,
        &headline,
        ["Countries are also found by their code, such as DE."],
        theme,
        &mut flow,
    );
    flow.gap();
    let clear = model.key(Command::Back, Typing::Text);
    card::keys(&[(&clear, "clears the filter")], theme, &mut flow);
}

fn draw_welcome(model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let mut flow = TextFlow::new(area, frame);
    flow.gap();
    flow.line(&[("giftty", theme.marked)]);
    flow.gap();
    flow.prose("Gift cards, mobile top-ups and eSIMs, paid with crypto from your own wallet.", theme.text);
    flow.gap();
    let steps = [
        "Choose a country, then a brand.",
        "Say how much, and who gets it.",
        "Scan the QR code with your wallet.",
        "The code arrives here.",
    ];
    for (number, step) in ["1", "2", "3", "4"].iter().zip(steps) {
        flow.hanging(&[(number, theme.accent), ("  ", theme.text)], step, theme.text);
    }
    if model.shop.sandbox {
        flow.gap();
        card::draw(
            Weight::Warning,
            "This is the sandbox: nothing here is real.",
            ["With your own partner id: giftty --partner-id ID (from your account page at the supplier)"],
            theme,
            &mut flow,
        );
    }
}
