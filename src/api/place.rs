//! The outcome of an order request (contract, sections 5.2 and 9).
//!
//! It must never claim more certainty than there is.

use std::time::Duration;

use super::http::{self, Body};
use super::wire::{self, Placed, Refusal};
use crate::domain::failure::Failure;
use crate::domain::record::Placement;

/// The only statuses that mean for certain that there is no order.
const DEFINITE: [u16; 5] = [400, 401, 403, 404, 422];

/// Maps a failure before any response to an outcome.
pub(super) fn unanswered(failure: Failure) -> Placement {
    match failure {
        Failure::Unreachable(_) => Placement::NotSent(failure),
        Failure::Interrupted(_)
        | Failure::TooMany(_)
        | Failure::Refused { .. }
        | Failure::Trouble(_)
        | Failure::Unreadable(_)
        | Failure::TooLarge
        | Failure::Unrecorded(_)
        | Failure::Earlier
        | Failure::Held(_) => Placement::Unknown(failure),
    }
}

/// Maps a response with this status to an outcome, whether or not its body could be read.
pub(super) fn judge(status: u16, wait: Option<Duration>, body: Result<Body, Failure>) -> Placement {
    let text = body.as_ref().map(Body::text).unwrap_or_default();
    if DEFINITE.contains(&status) {
        let refusal = Refusal::read(&text);
        return Placement::Refused(Failure::Refused { status, detail: refusal.detail }, refusal.problems);
    }
    if !(200..300).contains(&status) {
        let detail = || Refusal::read(&text).detail;
        return Placement::Unknown(http::meaning(status, wait, detail));
    }
    match body.map(|body| wire::placed(&body.text())) {
        Ok(Placed::Order(snapshot)) => Placement::Placed(snapshot),
        Ok(Placed::Problems(problems)) => {
            let detail = problems.first().map(|problem| problem.code.clone()).unwrap_or_default();
            Placement::Refused(Failure::Refused { status, detail }, problems)
        }
        Ok(Placed::Unclear(failure)) | Err(failure) => Placement::Unknown(failure),
    }
}
