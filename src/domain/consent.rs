//! Consent: what the user agreed to when confirming a purchase. It is checked against the journal in the
//! transaction that records the attempt, since another process may have ordered in the meantime.

use super::limits::Limits;
use super::money::Amount;
use super::objection::Excess;
use super::purchase::Purchase;
use super::record::{Attempt, Record};
use super::time::Timestamp;

pub use super::objection::Objection;

/// What the user agreed to when confirming a purchase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    /// The limits that apply.
    pub limits: Limits,
    /// The excesses over the limits that the user agreed to.
    pub above: Vec<Excess>,
    /// Whether to order even if earlier attempts at the same purchase may have become orders.
    pub another: bool,
    /// Attempts at the same purchase with an unknown outcome that the user saw and accepted. One that began
    /// later is not included.
    pub seen: Vec<Attempt>,
    /// Attempts that certainly resulted in no order, although the journal could not store that yet.
    pub void: Vec<Attempt>,
}

impl Consent {
    /// Returns why the purchase must not be ordered, given the records of the same shop, or `None` if it may
    /// be ordered.
    pub fn objection(
        &self,
        purchase: &Purchase,
        total: Amount,
        records: &[Record],
        now: Timestamp,
    ) -> Option<Objection> {
        let records = || records.iter().filter(|record| !self.void.contains(&record.attempt));
        let is_unseen = |record: &&Record| !self.another && !self.seen.contains(&record.attempt);
        let earlier = records().filter(is_unseen).find(|record| record.may_be_the_same(purchase));
        if let Some(earlier) = earlier {
            return Some(Objection::MayExist(earlier.attempt));
        }
        let mut above = self.limits.exceeded(purchase, total, records(), now);
        above.retain(|one| !self.above.iter().any(|agreed| agreed.covers(one)));
        (!above.is_empty()).then_some(Objection::Above(above))
    }
}
