//! Drawing of the category screen.

use ratatui::layout::Rect;

use super::{CategoryChoice, Section};
use crate::layout::{from_left, from_right, from_top};
use crate::model::Model;
use crate::screens::Draw;
use crate::search::Marker;
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::frame::Frame;
use crate::widgets::text::{put_marked, put_right, width};
use crate::widgets::text_flow::TextFlow;
use crate::widgets::{input, list};

/// Columns between the widest name and the counts, of the counts, and of the label of the one in use.
const GAP: u16 = 2;
const COUNT: u16 = 6;
const USED: u16 = 8;

impl Draw for CategoryChoice {
    fn draw(&self, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
        let (top, rest) = from_top(area, 1);
        let count = match (self.list.filter.is_empty(), self.list.shown.len()) {
            (true, _) => match self.count() {
                1 => "1 category".to_owned(),
                count => format!("{count} categories"),
            },
            (false, found) => format!("{found} found"),
        };
        put_right(frame, top, &[(&count, theme.dim)]);
        let (filter, _) = from_right(top, width(&count).saturating_add(2));
        let hint = format!("a category of {}", self.about);
        input::filter(&self.list.filter, &hint, theme, filter, frame);
        if self.list.shown.is_empty() {
            let mut flow = TextFlow::new(rest, frame);
            flow.gap();
            let headline = format!("No category here is called “{}”.", self.list.filter.text());
            return card::draw(Weight::Calm, &headline, [], theme, &mut flow);
        }
        let seen = self.list.seen(rest.height);
        let mut marker = Marker::new(self.list.filter.text(), &model.scratch);
        list::draw(seen, theme, rest, frame, |place, marked, row, frame| {
            if let Some(section) = self.row(place) {
                draw_row(section, marked, (self, &mut marker), theme, row, frame);
            }
        });
    }
}

/// The area of the list's rows.
pub(super) fn rows(area: Rect) -> Rect {
    from_top(area, 1).1
}

fn draw_row(
    section: &Section,
    marked: bool,
    (screen, marker): (&CategoryChoice, &mut Marker<'_>),
    theme: &Theme,
    row: Rect,
    frame: &mut Frame<'_>,
) {
    // Unless the names are long, the counts are close to them, which is easier to read.
    let (row, _) = from_left(row, screen.widest.saturating_add(GAP + COUNT + USED));
    let (row, used) = from_right(row, USED);
    let (name, count) = from_right(row, COUNT);
    let style = if marked { theme.marked } else { theme.text };
    let marks = marker.marks(section.name());
    put_marked(frame, from_right(name, GAP).0, section.name(), style, marks, theme.matched);
    put_right(frame, count, &[(&section.brands.to_string(), theme.dim)]);
    if section.category == screen.used {
        put_right(frame, used, &[("in use", theme.good)]);
    }
}
