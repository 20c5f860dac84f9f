//! Draws the pay screen.

mod payment;
pub mod status;
mod withheld;

use ratatui::layout::Rect;

use super::{Pay, room};
use crate::domain::payment_link::Holds;
use crate::domain::settlement::Settlement;
use crate::keymap::{Command, Typing};
use crate::layout::{centred, from_top};
use crate::model::Model;
use crate::qr::{Blocks, Qr};
use crate::screens::Draw;
use crate::screens::OPENING;
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::frame::Frame;
use crate::widgets::qr;
use crate::widgets::text::{put, width};
use crate::widgets::text_flow::TextFlow;

impl Draw for Pay {
    fn draw(&self, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
        if self.full_screen && model.toast.is_none() {
            full_screen(self, model, theme, area, frame);
        } else {
            order(self, model, theme, area, frame);
        }
    }
}

fn order(screen: &Pay, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    match &screen.settlement {
        Err(_) if model.opens(screen.attempt) => {
            card::draw(Weight::Waiting, OPENING, [], theme, &mut TextFlow::new(area, frame));
        }
        Ok(settlement) => payment::draw(screen, settlement, model, theme, area, frame),
        Err(why) => withheld::draw(screen, why, model, theme, area, frame),
    }
}

/// Draws only the QR code, centred, and its caption.
fn full_screen(screen: &Pay, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let Ok(settlement) = &screen.settlement else {
        return order(screen, model, theme, area, frame);
    };
    let (badge, rest) = from_top(area, u16::from(model.shop.sandbox));
    let words = " SANDBOX: nothing here is real ";
    put(frame, centred(badge, width(words), 1), words, theme.badge);
    let shown = screen.content(model);
    let high = rest.height.saturating_sub(1);
    match code(screen, shown).filter(|code| qr::fits(code, screen.blocks, rest.width, high)) {
        Some(code) => {
            let (columns, rows) = qr::size(code, screen.blocks);
            let (beside, over) = qr::margin(screen.blocks);
            let (wide, tall) = (columns.saturating_add(2 * beside), rows.saturating_add(2 * over));
            let roomy = wide <= rest.width && tall <= high;
            let (wide, tall) = if roomy { (wide, tall) } else { (columns, rows) };
            let (place, below) = from_top(centred(rest, wide, tall.saturating_add(1)), tall);
            qr::lighten(theme, place, frame);
            qr::draw(code, screen.blocks, theme, centred(place, columns, rows), frame);
            let below = Rect { x: rest.x, width: rest.width, ..below };
            let caption = full_caption(settlement, shown, rest.width);
            put(frame, centred(below, width(&caption), 1), &caption, theme.text);
        }
        None => draw_needed_size(screen, model, theme, rest, frame),
    }
}

/// Returns the QR code of a content.
fn code(screen: &Pay, content: Option<usize>) -> Option<&Qr> {
    screen.codes.get(content?)?.as_ref()
}

/// Returns the code whose size is given if none is shown: the chosen one, or else the smallest.
fn missing(screen: &Pay) -> Option<&Qr> {
    match screen.chosen {
        Some(chosen) => code(screen, Some(chosen)),
        None => screen.codes.iter().flatten().min_by_key(|code| code.full_width()),
    }
}

/// Returns the caption of the code on view.
fn caption(settlement: &Settlement, content: Option<usize>) -> &'static str {
    let content = content.and_then(|content| settlement.contents.get(content));
    match content.map(|content| content.holds) {
        Some(Holds::ServerText) => "the shop's link, with amount",
        Some(Holds::LinkWithAmount) => "link with the amount",
        Some(Holds::ServerAddress) => "the shop's link, no amount",
        Some(Holds::AddressOnly) => "address only, no amount",
        None => "",
    }
}

/// Returns the caption with the amount to send, if there is room for it.
fn full_caption(settlement: &Settlement, content: Option<usize>, columns: u16) -> String {
    let words = caption(settlement, content);
    let network = &settlement.tender.network;
    let long = format!("{words} · send exactly {} on {network}", room::amount(settlement));
    if width(&long) <= columns { long } else { format!("QR: {words}") }
}

/// Draws how large a window the code alone needs.
fn draw_needed_size(screen: &Pay, model: &Model, theme: &Theme, area: Rect, frame: &mut Frame<'_>) {
    let mut flow = TextFlow::new(area, frame);
    let here = format!("This one has {} × {}.", model.size.columns, model.size.rows);
    match missing(screen) {
        Some(code) => {
            let (columns, rows) = room::window_alone(code, screen.blocks, model.shop.sandbox);
            let headline = format!("The QR code needs a window of {columns} × {rows}.");
            let sentences = [here.as_str(), "Make it larger, or its letters smaller."];
            card::draw(Weight::Warning, &headline, sentences, theme, &mut flow);
        }
        None => card::draw(Weight::Warning, "This is too long for a QR code.", [], theme, &mut flow),
    }
    flow.gap();
    let key = |command| model.key(command, Typing::Off);
    let (back, copy, other) = (key(Command::FullScreen), key(Command::CopyLink), key(Command::SwitchBlocks));
    let mut keys = vec![(back.as_str(), "goes back"), (copy.as_str(), "copies what it holds")];
    if screen.blocks == Blocks::Whole {
        keys.push((&other, "draws it of half blocks, which are smaller"));
    }
    card::keys(&keys, theme, &mut flow);
}
