//! What is on the screen and nowhere else: said over every screen until it is saved.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::failure::Failure;
use crate::domain::record::Record;
use crate::layout::{from_top, inset};
use crate::screens::Screen;
use crate::screens::desk::Unsaved;
use crate::screens::orders::ending::{ending, without_it};
use crate::screens::pay::Pay;
use crate::state::State;
use crate::theme::Theme;
use crate::widgets::card::Weight;
use crate::widgets::flow::Flow;

/// Draws it at the top of an area, where there is anything to say; what is left is below it.
pub(super) fn draw(state: &State, theme: &Theme, area: Rect, frame: &mut Frame<'_>) -> Rect {
    let Some((record, unsaved)) = state.desk.to_write_down() else { return area };
    let (headline, rest) = (headline(record), rest(record, unsaved, state));
    let write = |flow: &mut Flow<'_, '_>| {
        let weight = Weight::Alarm;
        flow.hanging(&[(weight.glyph(), weight.style(theme)), (" ", theme.text)], &headline, theme.strong);
        flow.hanging(&[("  ", theme.text)], &rest, theme.text);
    };
    let mut measured = Flow::new(Rect { height: 0, ..inset(area, 1) }, frame);
    write(&mut measured);
    let (top, rest) = from_top(area, measured.depth());
    write(&mut Flow::new(inset(top, 1), frame));
    rest
}

/// What has to be written down or known, in one line where there is room for it.
pub(super) fn headline(record: &Record) -> String {
    match record.order() {
        Some(order) => format!("NOT SAVED, write this down: {}", order.id().reveal()),
        None => format!("NOT SAVED: {}", ending(record)),
    }
}

/// What else there is to write down, and what is done about it.
fn rest(record: &Record, unsaved: &Unsaved, state: &State) -> String {
    let why = match &unsaved.why {
        Failure::Unrecorded(why) => format!("{why}."),
        other => other.to_string(),
    };
    if record.order().is_none() {
        return format!("{} Tried again every 5 s: {why}", without_it(record));
    }
    let is_here = |pay: &Pay| pay.attempt == record.attempt && pay.settlement.is_ok();
    let what = match state.top() {
        Screen::Pay(pay) if is_here(pay) => "with the amount and the address".to_owned(),
        _ => format!("the id of order {}", record.attempt),
    };
    format!("{what}. Tried again every 5 s: {why}")
}
