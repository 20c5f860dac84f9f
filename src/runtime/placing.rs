//! Places an order: recorded before it is sent, sent once, and its outcome recorded.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;

use super::clock::Clock;
use super::services::Services;
use crate::action::Action;
use crate::domain::consent::Consent;
use crate::domain::failure::Failure;
use crate::domain::money::Amount;
use crate::domain::news::News;
use crate::domain::purchase::Purchase;
use crate::domain::record::{Attempt, Outcome, Placement, Record, Remarks};
use crate::domain::text::Printable;
use crate::domain::time::Timestamp;
use crate::journal::{Intent, Journal};
use crate::log::Level;
use crate::remote::RequestId;

/// Places an order and returns the actions that report the outcome.
///
/// Without a record no request is sent: money paid for an unrecorded order could not be traced. Nor is one sent
/// if another program ordered in the meantime, as the user may no longer want this order.
pub async fn place(
    services: &Services,
    clock: Clock,
    id: RequestId,
    purchase: Purchase,
    total: Amount,
    consent: Consent,
) -> Vec<Action> {
    let begun = clock.now().wall;
    let intended = purchase.clone();
    let intend = move |journal: &Journal| journal.intend(&intended, total, &consent, begun);
    let attempt = match services.with_journal(intend).await {
        Ok(Intent::Recorded(attempt)) => attempt,
        Ok(Intent::Held(objection, found)) => {
            let held = Placement::NotSent(Failure::Held(Box::new(objection)));
            return vec![Action::RecordsFound(found), Action::OrderPlaced(id, held, None)];
        }
        Err(failure) => return vec![Action::OrderPlaced(id, Placement::NotSent(failure), None)],
    };
    let placement = match services.client().await {
        Ok(client) => {
            let sent = AssertUnwindSafe(client.place(&purchase)).catch_unwind().await;
            sent.unwrap_or_else(|_| {
                Placement::Unknown(Failure::Interrupted(Printable::new("giftty stumbled over the answer")))
            })
        }
        Err(failure) => Placement::NotSent(failure),
    };
    let became = match &placement {
        Placement::Placed(_) => "placed",
        Placement::Refused(..) => "refused",
        Placement::NotSent(_) => "not-sent",
        Placement::Unknown(_) => "unknown",
    };
    services.log().tell(Level::Info, "order", &[("attempt", attempt.0.into()), ("became", became.into())]);
    let outcome = placement.clone();
    match services.with_journal(move |journal| journal.record_outcome(attempt, &outcome)).await {
        Ok(record) => told(id, placement, record),
        Err(failure) => {
            let record = unkept(attempt, begun, purchase, total, &placement);
            // Reported first, so that the outcome is never shown without this warning.
            let unkept = Action::OutcomeNotKept(attempt, failure);
            vec![unkept, Action::OrderPlaced(id, placement, Some(Box::new(record)))]
        }
    }
}

/// Returns the actions that report an attempt by its record. If the shop answered with an earlier order, that
/// is news of the earlier order, and the outcome of this attempt is unknown.
fn told(id: RequestId, placement: Placement, record: Record) -> Vec<Action> {
    match (placement, &record.outcome) {
        (Placement::Placed(snapshot), Outcome::Unknown(_)) => {
            let earlier = Action::OrderNews(snapshot.id.clone(), News::Snapshot(snapshot));
            let placement = Placement::Unknown(Failure::Earlier);
            vec![earlier, Action::OrderPlaced(id, placement, Some(Box::new(record)))]
        }
        (placement, _) => vec![Action::OrderPlaced(id, placement, Some(Box::new(record)))],
    }
}

/// Builds the record that could not be written to the journal, so that the screen can show it.
fn unkept(
    attempt: Attempt,
    begun: Timestamp,
    purchase: Purchase,
    total: Amount,
    placement: &Placement,
) -> Record {
    Record {
        attempt,
        begun,
        purchase: Some(purchase),
        total: Some(total),
        outcome: placement.into(),
        remarks: Remarks::default(),
    }
}
