//! Consent: what its owner agreed to when a purchase was confirmed. It is weighed against the journal in
//! the moment in which the order leaves, since another program may have ordered meanwhile.

use super::limits::Limits;
use super::money::Amount;
use super::objection::Excess;
use super::purchase::Purchase;
use super::record::{Attempt, Record};
use super::time::Timestamp;

pub use super::objection::Objection;

/// What a purchase was confirmed with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    /// What may be spent unasked.
    pub limits: Limits,
    /// What above that was seen and agreed to.
    pub above: Vec<Excess>,
    /// Whether it may be ordered whatever earlier attempts at the same may have become.
    pub another: bool,
    /// Attempts at the same that may have become an order, seen and agreed to: one that was begun since
    /// then is not among them.
    pub seen: Vec<Attempt>,
    /// Attempts that certainly became nothing, although the journal could not keep that yet.
    pub void: Vec<Attempt>,
}

impl Consent {
    /// What speaks against ordering among these records, which are those of the same shop.
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
