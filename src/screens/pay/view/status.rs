//! An order's status: its steps, the state of its feed, and the remaining time.

use std::time::Duration;

use ratatui::style::Style;

use crate::domain::news::Link;
use crate::domain::order::{Order, Phase};
use crate::model::{FeedStatus, Model};
use crate::screens::pay::{Pay, TimeLeft};
use crate::theme::Theme;
use crate::widgets::clock;
use crate::widgets::timeline::{Progress, Step};

/// The age from which news is stale while no stream is open.
const STALE: Duration = Duration::from_secs(45);
/// The age from which news is stale while a stream is open: the stream shows that it is alive, and the order
/// is read at least once a minute.
const STALE_LIVE: Duration = Duration::from_secs(75);

/// Returns the feed's status with the age of the last news, a shorter form without it, and the style; `None`
/// if no more news can arrive.
pub fn connection(screen: &Pay, model: &Model, theme: &Theme) -> Option<(String, &'static str, Style)> {
    line(screen.order(model)?, model, theme)
}

/// As [`connection`], for any order.
pub fn line(order: &Order, model: &Model, theme: &Theme) -> Option<(String, &'static str, Style)> {
    const CONNECTING: &str = "◌ connecting";
    if order.is_final() {
        return None;
    }
    let Some(line) = model.feed_of(order.id()) else {
        return Some((CONNECTING.to_owned(), CONNECTING, theme.dim));
    };
    let now = model.now.uptime;
    let calm = model.preferences.reduced_motion;
    let (words, style) = match &line.link {
        Link::Connecting => (CONNECTING, theme.dim),
        Link::Live => ("● live", theme.good),
        Link::Reconnecting(_) => ("◌ reconnecting", theme.warning),
        Link::Polling => ("◍ polling", theme.warning),
        Link::Offline => ("○ offline", theme.alarm),
        Link::Stopped => ("○ feed closed", theme.dim),
    };
    let still = match &line.link {
        // With reduced motion, the countdown in seconds is left out.
        Link::Reconnecting(wait) if !calm => {
            let left = line.since.saturating_add(*wait).saturating_sub(now);
            if left.is_zero() { " now".to_owned() } else { format!(" in {}", clock::age(left)) }
        }
        _ => String::new(),
    };
    Some(match line.heard.map(|heard| now.saturating_sub(heard)) {
        Some(age) if is_stale(line, now) => {
            let age = if calm { clock::calm_age(age) } else { clock::age(age) };
            (format!("{words}{still}, news {age} old"), words, worse(style, theme))
        }
        Some(_) if calm || line.link == Link::Connecting => (words.to_owned(), words, style),
        Some(_) if matches!(line.link, Link::Reconnecting(_)) => (format!("{words}{still}"), words, style),
        Some(age) => (format!("{words} {}", clock::age(age)), words, style),
        None if line.link == Link::Offline => (format!("{words}, no news yet"), words, style),
        None => (format!("{words}{still}"), words, style),
    })
}

/// Returns whether the last news is too old to rely on.
pub fn is_stale(line: &FeedStatus, now: Duration) -> bool {
    let patience = if line.link == Link::Live { STALE_LIVE } else { STALE };
    line.heard.is_some_and(|heard| now.saturating_sub(heard) > patience)
}

/// Returns at least the warning style: stale news is never a good sign, whatever the feed's state.
fn worse(style: Style, theme: &Theme) -> Style {
    if style == theme.alarm { style } else { theme.warning }
}

/// Returns how long the order can still be paid; in the alarm style only below a quarter of the window.
pub fn time_left(screen: &Pay, model: &Model, theme: &Theme) -> Option<(String, Style)> {
    let TimeLeft { left, urgent } = screen.time_left(model)?;
    let style = if urgent { theme.alarm } else { theme.text };
    // Minutes are rounded down, so that there is never less time than shown.
    let calm = model.preferences.reduced_motion && !urgent;
    let words = if calm { format!("{} min", left.as_secs() / 60) } else { clock::countdown(left) };
    Some((words, style))
}

/// Returns the steps of an order in a phase, with their times if they are known.
pub fn steps(order: &Order, phase: &Phase, model: &Model) -> Vec<Step> {
    let place = reached(phase);
    // The offset of the shop's clock is estimated from its orders.
    let hour = |at| clock::hour(model.here(at), model.utc_offset);
    let latest = order.known.updated_at.map(hour);
    STEPS
        .iter()
        .enumerate()
        .map(|(step, (coming, past))| {
            let progress = place.progress(step);
            let time = match progress {
                _ if step == 0 => order.known.created_at.map(hour),
                Progress::Current | Progress::Stopped if step > 1 => latest.clone(),
                Progress::Done if step + 1 == STEPS.len() => latest.clone(),
                Progress::Current | Progress::Stopped | Progress::Done | Progress::Later => None,
            };
            let label = match progress {
                // The phase's title would repeat the previous step.
                Progress::Current if *phase == Phase::Paid => "delivery starts".to_owned(),
                Progress::Current | Progress::Stopped => phase.title(),
                Progress::Done => (*past).to_owned(),
                Progress::Later => (*coming).to_owned(),
            };
            Step { label, progress, time }
        })
        .collect()
}

/// The steps of an order: the label before a step is done, and after.
const STEPS: [(&str, &str); 5] = [
    ("placed", "placed"),
    ("waiting for payment", "payment sent"),
    ("payment received", "payment received"),
    ("delivery", "delivery"),
    ("done", "done"),
];

/// How far an order has come along the steps.
#[derive(Clone, Copy)]
enum Place {
    At(usize),
    Stopped(usize),
    Over,
}

impl Place {
    fn progress(self, step: usize) -> Progress {
        match self {
            Self::Over => Progress::Done,
            Self::At(at) | Self::Stopped(at) if step < at => Progress::Done,
            Self::At(at) | Self::Stopped(at) if step > at => Progress::Later,
            Self::At(_) => Progress::Current,
            Self::Stopped(_) => Progress::Stopped,
        }
    }
}

fn reached(phase: &Phase) -> Place {
    match phase {
        Phase::AwaitingPayment | Phase::PartlyPaid(_) | Phase::Unknown(_) => Place::At(1),
        Phase::PaymentSeen | Phase::PaidLate => Place::At(2),
        Phase::Paid | Phase::Delivering => Place::At(3),
        Phase::ManualAction | Phase::Quarantined(_) | Phase::Refunded => Place::Stopped(3),
        Phase::DeliveredInPart(_) | Phase::Undelivered => Place::Stopped(4),
        Phase::Delivered => Place::Over,
        Phase::Expired | Phase::Cancelled | Phase::PaymentFailed | Phase::SetupFailed => Place::Stopped(1),
    }
}
