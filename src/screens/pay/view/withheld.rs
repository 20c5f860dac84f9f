//! Draws an order that may not be paid: why, what it means for the money, and what to do. No address, no
//! amount.

use ratatui::layout::Rect;

use crate::domain::order::{Order, Phase};
use crate::domain::record::Record;
use crate::domain::settlement::Withheld;
use crate::keymap::{Command, Typing};
use crate::layout::{from_left, from_right, from_top};
use crate::model::Model;
use crate::screens::Screen;
use crate::screens::pay::Pay;
use crate::screens::pay::card as phase_card;
use crate::screens::pay::view::status;
use crate::theme::Theme;
use crate::widgets::card::{self, Weight};
use crate::widgets::frame::Frame;
use crate::widgets::text::cells;
use crate::widgets::text_flow::TextFlow;
use crate::widgets::timeline::{self, Progress};

/// Minimum columns for the steps beside the card.
const BESIDE_FROM: u16 = 76;
const STEPS: u16 = 32;
/// Maximum line width; longer lines are hard to read.
const WIDEST: u16 = 100;

/// Draws why no payment is requested.
pub(super) fn draw(
    screen: &Pay,
    why: &Withheld,
    model: &Model,
    theme: &Theme,
    area: Rect,
    frame: &mut Frame<'_>,
) {
    let area = Rect { width: area.width.min(WIDEST), ..area };
    let (head, rest) = from_top(area, 2);
    let what = model.record(screen.attempt).map(Record::summary).unwrap_or_default();
    TextFlow::new(head, frame).line(&[(&what, theme.strong)]);
    let (words, steps) =
        if rest.width >= BESIDE_FROM { from_right(rest, STEPS) } else { (rest, Rect::default()) };
    let mut flow = TextFlow::new(from_right(words, if steps.is_empty() { 0 } else { 2 }).0, frame);
    draw_card(screen, why, model, theme, &mut flow);
    let Some(order) = screen.order(model) else { return };
    let phase = if *why == Withheld::WindowClosed { Phase::Expired } else { order.phase() };
    let mut shown = status::steps(order, &phase, model);
    let place = if steps.is_empty() {
        let under = flow.free();
        // If the steps do not all fit, the current one is enough.
        if cells(shown.len() + 1) > under.height {
            shown.retain(|step| matches!(step.progress, Progress::Current | Progress::Stopped));
        }
        if cells(shown.len()) < under.height { from_top(under, 1).1 } else { under }
    } else {
        from_left(steps, 1).1
    };
    timeline::draw(&shown, theme, &mut TextFlow::new(place, flow.frame()));
}

fn draw_card(screen: &Pay, why: &Withheld, model: &Model, theme: &Theme, flow: &mut TextFlow<'_, '_>) {
    match (why, screen.order(model)) {
        (Withheld::NotAsked(phase), Some(order)) => draw_phase(phase, order, screen, model, theme, flow),
        (Withheld::WindowClosed, Some(order)) => {
            draw_phase(&Phase::Expired, order, screen, model, theme, flow);
        }
        (Withheld::Dearer { .. } | Withheld::Cheaper { .. }, _) => {
            let dearer = matches!(why, Withheld::Dearer { .. });
            let headline = if dearer { "The order became dearer." } else { "The order became cheaper." };
            let sentence = why.to_string();
            let sentences =
                [sentence.as_str(), "Nothing is lost: the order ends by itself when it is not paid."];
            card::draw(Weight::Warning, headline, sentences, theme, flow);
            flow.gap();
            let accept = model.key(Command::AcceptTotal, Typing::Off);
            card::keys(&[(&accept, "accepts the new total and shows where to pay")], theme, flow);
        }
        (
            Withheld::NotAsked(_)
            | Withheld::WindowClosed
            | Withheld::NoTerms
            | Withheld::NeedsMemo
            | Withheld::Changed
            | Withheld::OtherTender { .. }
            | Withheld::OtherLines
            | Withheld::WrongAddress(_)
            | Withheld::NothingSafe
            | Withheld::OtherInvoice,
            _,
        ) => {
            let sentence = why.to_string();
            let help = format!("If you have sent money, {}", phase_card::ask(model));
            let sentences =
                [sentence.as_str(), "No address is shown, so that nothing gets lost.", help.as_str()];
            card::draw(Weight::Alarm, "Do not pay this order.", sentences, theme, flow);
        }
    }
}

fn draw_phase(
    phase: &Phase,
    order: &Order,
    screen: &Pay,
    model: &Model,
    theme: &Theme,
    flow: &mut TextFlow<'_, '_>,
) {
    let said = phase_card::card(phase, order, model);
    let weight = match (said.alarming, phase) {
        (true, _) => Weight::Warning,
        (false, Phase::Delivered | Phase::Refunded) => Weight::Good,
        (false, _) => Weight::Calm,
    };
    card::draw(weight, &said.headline, said.sentences.iter().map(String::as_str), theme, flow);
    let commands = screen.commands(model);
    for case in &said.cases {
        flow.gap();
        flow.barred("│  ", case.who, theme.rule, theme.strong);
        flow.barred("│  ", case.what, theme.rule, theme.text);
        for (command, does) in case.keys.iter().filter(|(command, _)| commands.contains(command)) {
            let key = model.key(*command, Typing::Off);
            flow.hanging(&[("│  ", theme.rule), (&key, theme.key), ("  ", theme.text)], does, theme.text);
        }
    }
}
