//! Delays: questions that the shop could not answer yet, and how that is said.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::domain::failure::Failure;
use crate::remote::RequestId;

/// What is known of the questions that are asked again by themselves.
#[derive(Debug, Default)]
pub struct Delays {
    of: BTreeMap<RequestId, Delay>,
}

/// Why there was no answer, and when it is asked again, by the session's clock.
#[derive(Debug)]
struct Delay {
    why: Failure,
    until: Duration,
}

impl Delays {
    /// Learns that a question is asked again at some time.
    pub fn learn(&mut self, id: RequestId, why: Failure, until: Duration) {
        self.of.insert(id, Delay { why, until });
    }

    /// Forgets every question that nobody awaits.
    pub fn keep(&mut self, awaited: &BTreeSet<RequestId>) {
        self.of.retain(|id, _| awaited.contains(id));
    }

    /// Whether there are any.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Whether one of these questions is asked again later than now, so that it can be counted down to.
    pub fn are_ahead(&self, mut ids: impl Iterator<Item = RequestId>, now: Duration) -> bool {
        ids.any(|id| self.of.get(&id).is_some_and(|delay| delay.until > now))
    }

    /// What there is to say of a question; `calm` where nothing may tick.
    pub fn words(&self, id: RequestId, now: Duration, calm: bool) -> Option<String> {
        let delay = self.of.get(&id)?;
        let left = delay.until.saturating_sub(now).as_millis().div_ceil(1000);
        let again = match left {
            _ if calm => "It is asked again by itself.".to_owned(),
            0 => "Asking again…".to_owned(),
            seconds => format!("Asking again in {seconds} s."),
        };
        Some(format!("{} {again}", why(&delay.why)))
    }
}

/// Why there is no answer yet, without the time that the shop asked for: that is counted down.
pub fn why(failure: &Failure) -> String {
    match failure {
        Failure::TooMany(_) => "The shop is busy.".to_owned(),
        other => other.to_string(),
    }
}
