//! Delays: requests that the shop could not answer yet, and the text shown for them.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::domain::failure::Failure;
use crate::remote::RequestId;

/// The requests that are retried automatically.
#[derive(Debug, Default)]
pub struct Delays {
    of: BTreeMap<RequestId, Delay>,
}

/// Why a request was not answered, and when it is retried by the session's clock.
#[derive(Debug)]
struct Delay {
    why: Failure,
    until: Duration,
}

impl Delays {
    /// Records that a request is retried at `until`.
    pub fn learn(&mut self, id: RequestId, why: Failure, until: Duration) {
        self.of.insert(id, Delay { why, until });
    }

    /// Removes all requests that are no longer pending.
    pub fn keep(&mut self, awaited: &BTreeSet<RequestId>) {
        self.of.retain(|id, _| awaited.contains(id));
    }

    /// Returns whether no request is delayed.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Returns whether any of these requests is retried after `now`, so that a countdown can be shown.
    pub fn are_ahead(&self, mut ids: impl Iterator<Item = RequestId>, now: Duration) -> bool {
        ids.any(|id| self.of.get(&id).is_some_and(|delay| delay.until > now))
    }

    /// The text for a delayed request, or `None` if it is not delayed. With `calm` there is no countdown.
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

/// Why there is no answer yet, without the delay that the shop asked for, which is shown as a countdown.
pub fn why(failure: &Failure) -> String {
    match failure {
        Failure::TooMany(_) => "The shop is busy.".to_owned(),
        other => other.to_string(),
    }
}
