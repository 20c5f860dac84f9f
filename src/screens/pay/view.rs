//! Drawing of the pay screen.

mod payment;
pub mod status;
mod withheld;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Pay;
use crate::domain::payment_link::Holds;
use crate::domain::settlement::Settlement;
use crate::keymap::{Command, Typing};
use crate::layout::{centred, from_top};
use crate::qr::Qr;
use crate::screens::desk::Desk;
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::flow::Flow;
use crate::widgets::qr;
use crate::widgets::text::{put, width};

/// Draws what to pay where, or why nothing may be paid, and how the order goes.
pub fn draw(screen: &Pay, desk: &Desk, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    match &screen.settlement {
        Ok(settlement) => payment::draw(screen, settlement, desk, theme, area, frame),
        Err(why) => withheld::draw(screen, why, desk, theme, area, frame),
    }
}

/// Draws nothing but the QR code, in the middle, and what it holds.
pub fn full_screen(screen: &Pay, desk: &Desk, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let Ok(settlement) = &screen.settlement else {
        return draw(screen, desk, theme, area, frame);
    };
    let (badge, rest) = from_top(area, u16::from(desk.shop.sandbox));
    let words = " SANDBOX: nothing here is real ";
    put(frame, centred(badge, width(words), 1), words, theme.badge);
    let caption = caption(screen, settlement);
    match code(screen) {
        Some(code) if qr::fits(code, rest.width, rest.height.saturating_sub(1)) => {
            let (columns, rows) = qr::size(code);
            let place = centred(rest, columns, rows.saturating_add(1));
            let (place, below) = from_top(place, rows);
            qr::draw(code, theme, place, frame);
            let below = Rect { x: rest.x, width: rest.width, ..below };
            put(frame, centred(below, width(caption), 1), caption, theme.text);
        }
        Some(code) => draw_needed_size(code, rest, desk, theme, frame),
        None => {
            put(frame, rest, "This is too long for a QR code.", theme.strong);
        }
    }
}

/// The code that is shown.
fn code(screen: &Pay) -> Option<&Qr> {
    screen.codes.get(screen.content)?.as_ref()
}

/// What the code that is shown holds.
fn caption(screen: &Pay, settlement: &Settlement) -> &'static str {
    match settlement.contents.get(screen.content).map(|content| content.holds) {
        Some(Holds::ServerText) => "QR holds: the shop's text",
        Some(Holds::LinkWithAmount) => "QR holds: link and amount",
        Some(Holds::AddressOnly) => "QR holds: the address only",
        None => "",
    }
}

fn draw_needed_size(code: &Qr, area: Rect, desk: &Desk, theme: &Theme, frame: &mut Frame<'_>) {
    let (columns, rows) = qr::size(code);
    let rows = rows.saturating_add(2);
    let mut flow = Flow::new(area, frame);
    let headline = format!("The QR code needs a window of {columns} × {rows}.");
    let here = format!("This one has {} × {}.", area.width, area.height.saturating_add(1));
    let sentences = [here.as_str(), "Make it larger, or its letters smaller."];
    card::draw(Weight::Warning, &headline, sentences, theme, &mut flow);
    flow.gap();
    let (back, copy) = (desk.key(Command::FullScreen, Typing::Off), desk.key(Command::CopyLink, Typing::Off));
    card::keys(&[(&back, "goes back"), (&copy, "copies what it holds")], theme, &mut flow);
}
