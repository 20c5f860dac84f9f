//! How an order goes: its steps, how its news come in, and the time that is left.

use std::time::Duration;

use ratatui::style::Style;

use crate::action::Link;
use crate::domain::order::{Order, Phase};
use crate::domain::settlement::WINDOW;
use crate::screens::desk::Desk;
use crate::screens::pay::Pay;
use crate::theme::Theme;
use crate::widgets::clock;
use crate::widgets::timeline::{Progress, Step};

/// News older than this are said to be old while they should come by themselves.
const STALE: Duration = Duration::from_secs(35);

/// How the news of the order come in, in a few words; nothing when no news can come any more.
pub fn connection(screen: &Pay, desk: &Desk, theme: &Theme) -> Option<(String, Style)> {
    let order = screen.order(desk)?;
    if order.is_final() {
        return None;
    }
    let Some(line) = desk.line_of(order.id()) else {
        return Some(("◌ connecting".to_owned(), theme.dim));
    };
    let now = desk.now.uptime;
    let age = line.heard.map(|heard| now.saturating_sub(heard));
    let aged = |words: &str| match age {
        Some(age) => format!("{words} {}", clock::age(age)),
        None => words.to_owned(),
    };
    Some(match &line.link {
        Link::Connecting => ("◌ connecting".to_owned(), theme.dim),
        Link::Live if age.is_some_and(|age| age > STALE) => (aged("● live, quiet for"), theme.warning),
        Link::Live => (aged("● live"), theme.good),
        Link::Reconnecting(wait) => {
            let left = (line.since + *wait).saturating_sub(now);
            (format!("◌ reconnecting in {}", clock::age(left)), theme.warning)
        }
        Link::Polling => (aged("◍ polling"), theme.warning),
        Link::Offline => (aged("○ offline"), theme.alarm),
        Link::Stopped => ("○ feed closed".to_owned(), theme.dim),
    })
}

/// How long the order can be paid still, alarming only below a quarter of the window.
pub fn time_left(screen: &Pay, desk: &Desk, theme: &Theme) -> Option<(String, Style)> {
    let closes_at = screen.settlement.as_ref().ok()?.closes_at?;
    let left = closes_at.since(desk.shop_time());
    let style = if left < WINDOW / 4 { theme.alarm } else { theme.text };
    Some((clock::countdown(left), style))
}

/// The steps of an order, with their times where they are known.
pub fn steps(order: &Order, desk: &Desk) -> Vec<Step> {
    let phase = order.phase();
    let place = reached(&phase);
    let labels = ["placed", "waiting for payment", "payment received", "delivery", "done"];
    let hour = |at| clock::hour(at, desk.utc_offset.saturating_sub(desk.clock_skew));
    let placed = order.known.created_at.map(hour);
    let latest = order.known.updated_at.map(hour);
    labels
        .into_iter()
        .enumerate()
        .map(|(step, label)| {
            let progress = match place {
                Place::At(at) if step < at => Progress::Done,
                Place::At(at) if step == at => Progress::Current,
                Place::At(_) => Progress::Later,
                Place::Over => Progress::Done,
                Place::Stopped(at) if step < at => Progress::Done,
                Place::Stopped(at) if step == at => Progress::Stopped,
                Place::Stopped(_) => Progress::Later,
            };
            let time = match (step, progress) {
                (0, _) => placed.clone(),
                (_, Progress::Current | Progress::Stopped) if step > 1 => latest.clone(),
                (4, Progress::Done) => latest.clone(),
                _ => None,
            };
            let label = if matches!(progress, Progress::Current | Progress::Stopped) {
                phase.title()
            } else {
                label.to_owned()
            };
            Step { label, progress, time }
        })
        .collect()
}

/// How far along the steps an order is.
#[derive(Clone, Copy)]
enum Place {
    At(usize),
    Stopped(usize),
    Over,
}

fn reached(phase: &Phase) -> Place {
    match phase {
        Phase::AwaitingPayment | Phase::PartlyPaid(_) | Phase::Unknown(_) => Place::At(1),
        Phase::PaymentSeen | Phase::PaidLate => Place::At(2),
        Phase::Paid | Phase::Delivering => Place::At(3),
        Phase::ManualAction | Phase::Quarantined(_) => Place::Stopped(3),
        Phase::DeliveredInPart(_) => Place::Stopped(4),
        Phase::Delivered => Place::Over,
        Phase::Expired | Phase::Cancelled | Phase::PaymentFailed | Phase::SetupFailed => Place::Stopped(1),
        Phase::Refunded => Place::Stopped(3),
    }
}
