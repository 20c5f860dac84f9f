//! Consent: what its owner agreed to when a purchase was confirmed. It is weighed against the journal in
//! the moment in which the order leaves, since another program may have ordered meanwhile.

use std::fmt;

use super::limits::{Excess, Limits};
use super::money::Amount;
use super::purchase::Purchase;
use super::record::{Attempt, Record};
use super::time::Timestamp;

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

/// Why a purchase that was confirmed is not ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objection {
    /// This earlier attempt at the same may have become an order.
    MayExist(Attempt),
    /// It is above a limit in a way that nobody agreed to.
    Above(Vec<Excess>),
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

/// What happened since it was confirmed.
impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MayExist(earlier) => write!(
                f,
                "Meanwhile attempt {earlier} at the same was begun on this machine, and it may have become an \
                 order."
            ),
            Self::Above(excess) => {
                f.write_str("Meanwhile something else was ordered on this machine.")?;
                excess.iter().try_for_each(|one| write!(f, " {one}"))
            }
        }
    }
}
