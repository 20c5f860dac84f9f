//! Nothing may be paid: why, what it means for the money, and what to do. No address, no amount.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::order::Phase;
use crate::domain::record::Record;
use crate::domain::settlement::Withheld;
use crate::keymap::{Command, Typing};
use crate::layout::{from_left, from_right, from_top};
use crate::screens::desk::Desk;
use crate::screens::pay::Pay;
use crate::screens::pay::card::{self as phase_card, SUPPORT};
use crate::screens::pay::view::status;
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::flow::Flow;

use crate::widgets::timeline;

/// From so many columns on, the steps stand beside the card.
const BESIDE_FROM: u16 = 76;
const STEPS: u16 = 32;
/// Lines that are longer are hard to read.
const WIDEST: u16 = 100;

/// Draws why nothing is asked for.
pub(super) fn draw(
    screen: &Pay,
    why: &Withheld,
    desk: &Desk,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let area = Rect { width: area.width.min(WIDEST), ..area };
    let (head, rest) = from_top(area, 2);
    let what = desk.record(screen.attempt).map(Record::summary).unwrap_or_default();
    Flow::new(head, frame).line(&[(&what, theme.strong)]);
    let (words, steps) =
        if rest.width >= BESIDE_FROM { from_right(rest, STEPS) } else { (rest, Rect::default()) };
    let mut flow = Flow::new(from_right(words, if steps.is_empty() { 0 } else { 2 }).0, frame);
    draw_card(screen, why, desk, theme, &mut flow);
    flow.gap();
    let place = if steps.is_empty() { flow.free() } else { from_left(steps, 1).1 };
    if let Some(order) = screen.order(desk) {
        let phase = if *why == Withheld::WindowClosed { Phase::Expired } else { order.phase() };
        let steps = status::steps(order, &phase, desk);
        timeline::draw(&steps, theme, &mut Flow::new(place, flow.frame()));
    }
}

fn draw_card(screen: &Pay, why: &Withheld, desk: &Desk, theme: &Theme, flow: &mut Flow<'_, '_>) {
    let coin = screen
        .order(desk)
        .and_then(|order| order.known.terms.as_ref())
        .map_or("", |terms| terms.tender.coin.shown());
    match why {
        Withheld::NotAsked(phase) => draw_phase(phase, coin, theme, flow),
        Withheld::WindowClosed => draw_phase(&Phase::Expired, coin, theme, flow),
        Withheld::Dearer { .. } | Withheld::Cheaper { .. } => {
            let dearer = matches!(why, Withheld::Dearer { .. });
            let headline = if dearer { "The order became dearer." } else { "The order became cheaper." };
            let sentence = why.to_string();
            let sentences =
                [sentence.as_str(), "Nothing is lost: the order ends by itself when it is not paid."];
            card::draw(Weight::Warning, headline, sentences, theme, flow);
            flow.gap();
            let accept = desk.key(Command::AcceptTotal, Typing::Off);
            card::keys(&[(&accept, "accepts the new total and shows where to pay")], theme, flow);
        }
        Withheld::NoTerms
        | Withheld::Changed
        | Withheld::OtherTender { .. }
        | Withheld::OtherLines
        | Withheld::WrongAddress(_)
        | Withheld::NothingSafe
        | Withheld::OtherInvoice => {
            let sentence = why.to_string();
            let help = format!("If you have sent money, write to {SUPPORT} with the support block (i).");
            let sentences =
                [sentence.as_str(), "No address is shown, so that nothing gets lost.", help.as_str()];
            card::draw(Weight::Alarm, "Do not pay this order.", sentences, theme, flow);
        }
    }
}

fn draw_phase(phase: &Phase, coin: &str, theme: &Theme, flow: &mut Flow<'_, '_>) {
    let said = phase_card::card(phase, coin);
    if *phase == Phase::Expired {
        return draw_expired(&said, theme, flow);
    }
    let weight = match (said.alarming, phase) {
        (true, _) => Weight::Warning,
        (false, Phase::Delivered | Phase::Refunded) => Weight::Good,
        (false, _) => Weight::Calm,
    };
    card::draw(weight, &said.headline, said.sentences.iter().map(String::as_str), theme, flow);
}

/// Two cards, for whoever has not sent anything and for whoever has.
fn draw_expired(said: &phase_card::Card, theme: &Theme, flow: &mut Flow<'_, '_>) {
    card::draw(Weight::Warning, &said.headline, [], theme, flow);
    for sentence in &said.sentences {
        flow.gap();
        let (who, what) = sentence.split_once(": ").unwrap_or(("", sentence));
        flow.barred("│  ", who, theme.rule, theme.strong);
        flow.barred("│  ", &begun(what), theme.rule, theme.text);
    }
}

/// A sentence with its first letter as it stands at the beginning of one.
fn begun(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
