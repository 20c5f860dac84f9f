//! How an order goes: its steps, how its news come in, and the time that is left.

use std::time::Duration;

use ratatui::style::Style;

use crate::domain::news::Link;
use crate::domain::order::{Order, Phase};
use crate::model::{FeedStatus, Model};
use crate::screens::pay::{Pay, TimeLeft};
use crate::theme::Theme;
use crate::widgets::clock;
use crate::widgets::timeline::{Progress, Step};

/// News older than this are said to be old while no stream is open.
const STALE: Duration = Duration::from_secs(45);
/// As `STALE`, while a stream is open: it proves itself, and the order is read at least once a minute.
const STALE_LIVE: Duration = Duration::from_secs(75);

/// How the news of the order come in, with the age of the last ones, and shorter without it;
/// nothing when no news can come any more.
pub fn connection(screen: &Pay, model: &Model, theme: &Theme) -> Option<(String, &'static str, Style)> {
    line(screen.order(model)?, model, theme)
}

/// As `connection`, of any order.
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
        // Where nothing may tick, the seconds are left out.
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

/// Whether the last news are too old to be relied on.
pub fn is_stale(line: &FeedStatus, now: Duration) -> bool {
    let patience = if line.link == Link::Live { STALE_LIVE } else { STALE };
    line.heard.is_some_and(|heard| now.saturating_sub(heard) > patience)
}

/// Old news are never a good sign, however they come in.
fn worse(style: Style, theme: &Theme) -> Style {
    if style == theme.alarm { style } else { theme.warning }
}

/// How long the order can be paid still, alarming only below a quarter of the window.
pub fn time_left(screen: &Pay, model: &Model, theme: &Theme) -> Option<(String, Style)> {
    let TimeLeft { left, urgent } = screen.time_left(model)?;
    let style = if urgent { theme.alarm } else { theme.text };
    // Minutes are cut, not rounded: there is never less time than is said.
    let calm = model.preferences.reduced_motion && !urgent;
    let words = if calm { format!("{} min", left.as_secs() / 60) } else { clock::countdown(left) };
    Some((words, style))
}

/// The steps of an order in a phase, with their times where they are known.
pub fn steps(order: &Order, phase: &Phase, model: &Model) -> Vec<Step> {
    let place = reached(phase);
    // The shop's clock is as far from ours as its orders told.
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
                // The step before has these very words.
                Progress::Current if *phase == Phase::Paid => "delivery starts".to_owned(),
                Progress::Current | Progress::Stopped => phase.title(),
                Progress::Done => (*past).to_owned(),
                Progress::Later => (*coming).to_owned(),
            };
            Step { label, progress, time }
        })
        .collect()
}

/// What happens to an order, in its order: the words before it is done, and after.
const STEPS: [(&str, &str); 5] = [
    ("placed", "placed"),
    ("waiting for payment", "payment sent"),
    ("payment received", "payment received"),
    ("delivery", "delivery"),
    ("done", "done"),
];

/// How far along the steps an order is.
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
