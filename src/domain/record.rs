//! Records of purchase attempts and their outcomes.

use std::collections::BTreeMap;
use std::time::Duration;

use super::failure::Failure;
use super::money::Amount;
use super::order::{Order, OrderId, Phase, Snapshot};
use super::problem::Problem;
use super::purchase::{Line, Purchase};
use super::reason::OutcomeReason;
use super::settlement::{self, Asked};
use super::text::{Printable, Secret};
use super::time::Timestamp;

pub use super::attempt::Attempt;

/// How long an expired order is still followed, since a payment may arrive late, and how long an attempt with
/// an unknown outcome cannot be removed.
const SOFT: Duration = Duration::from_secs(24 * 3_600);

/// The maximum time between an attempt and its order: the longest request plus the difference of the clocks.
const APART: Duration = Duration::from_secs(10 * 60);

/// The result of a single request to place an order (contract, section 9: one attempt).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placement {
    /// There is an order.
    Placed(Box<Snapshot>),
    /// The shop refused for good (400, 401, 403, 404, 422); there is no order.
    Refused(Failure, Vec<Problem>),
    /// Nothing was sent; there is no order, and a retry is safe.
    NotSent(Failure),
    /// It is unknown whether there is an order, so the user must not pay twice.
    Unknown(Failure),
}

/// The outcome of an attempt, as far as the journal knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The attempt was recorded before it was sent. If no other outcome follows, it is unknown whether there
    /// is an order.
    Intended,
    /// There is an order.
    Placed(Box<Order>),
    /// The shop refused; there is no order.
    Refused(OutcomeReason),
    /// Nothing was sent; there is no order.
    NotSent(OutcomeReason),
    /// It is unknown whether there is an order.
    Unknown(OutcomeReason),
}

impl From<&Placement> for Outcome {
    fn from(placement: &Placement) -> Self {
        match placement {
            Placement::Placed(snapshot) => Self::Placed(Box::new(Order::new(snapshot.as_ref().clone()))),
            Placement::Refused(failure, problems) => {
                Self::Refused(OutcomeReason::refusal(failure.clone(), problems.clone()))
            }
            Placement::NotSent(failure) => Self::NotSent(failure.clone().into()),
            Placement::Unknown(failure) => Self::Unknown(failure.clone().into()),
        }
    }
}

/// The outcome of an attempt, reduced to the order's phase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The attempt was about to be sent.
    Intended,
    /// There is an order in this phase.
    Placed(Phase),
    /// The shop refused; there is no order.
    Refused(OutcomeReason),
    /// Nothing was sent; there is no order.
    NotSent(OutcomeReason),
    /// It is unknown whether there is an order.
    Unknown(OutcomeReason),
}

/// One purchase attempt, or an order that was imported by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The attempt's number.
    pub attempt: Attempt,
    /// When it began, by this machine's clock.
    pub begun: Timestamp,
    /// The purchase, or `None` for an imported order.
    pub purchase: Option<Purchase>,
    /// The last total that the user saw before ordering, in coin units.
    pub total: Option<Amount>,
    /// The outcome.
    pub outcome: Outcome,
    /// The user's remarks.
    pub remarks: Remarks,
}

/// The user's remarks about an order. They are never sent to the shop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// A note; empty if there is none.
    pub note: Secret,
    /// The ids of the deliveries that are marked as used, with the time of marking.
    pub used: BTreeMap<Printable, Timestamp>,
}

impl Record {
    /// Returns the order, or `None` if there is none.
    pub fn order(&self) -> Option<&Order> {
        match &self.outcome {
            Outcome::Placed(order) => Some(order),
            Outcome::Intended | Outcome::Refused(_) | Outcome::NotSent(_) | Outcome::Unknown(_) => None,
        }
    }

    /// Returns whether the record's order has this id.
    pub fn is_about(&self, id: &OrderId) -> bool {
        self.order().is_some_and(|order| order.id() == id)
    }

    /// Returns whether the record can still change.
    pub fn is_open(&self) -> bool {
        match &self.outcome {
            Outcome::Placed(order) => !order.is_final(),
            Outcome::Intended | Outcome::Unknown(_) => true,
            Outcome::Refused(_) | Outcome::NotSent(_) => false,
        }
    }

    /// Returns whether no change is expected: the record is not open, or its order expired unpaid more than a
    /// day ago, by the shop's clock.
    pub fn is_over(&self, now: Timestamp) -> bool {
        let given_up = || {
            self.order().is_some_and(|order| {
                let last = order.known.updated_at.or(order.known.created_at).unwrap_or(self.begun);
                order.phase() == Phase::Expired && now.since(last) > SOFT
            })
        };
        !self.is_open() || given_up()
    }

    /// Returns whether it is unknown if there is an order.
    pub fn is_doubtful(&self) -> bool {
        matches!(self.outcome, Outcome::Intended | Outcome::Unknown(_))
    }

    /// Returns whether the user may remove the record: it is over, or its outcome has been unknown for a day.
    /// Until it is removed, it stays open.
    pub fn is_removable(&self, now: Timestamp) -> bool {
        self.is_over(now) || (self.is_doubtful() && now.since(self.begun) > SOFT)
    }

    /// Returns whether the outcome is unknown and `wanted` would order one of its items again.
    pub fn may_be_the_same(&self, wanted: &Purchase) -> bool {
        let lines = self.purchase.iter().flat_map(|earlier| &earlier.lines);
        let again = |earlier: &Line| wanted.lines.iter().any(|line| line.repeats(earlier));
        self.is_doubtful() && lines.into_iter().any(again)
    }

    /// Returns whether an order that was imported by its id may be the result of this attempt: the same
    /// items, recipients, coin and total, placed at about the same time, by this machine's clock. Two orders
    /// can be equal in all of that, so only the user can decide.
    pub fn may_have_become(&self, added: &Self, placed_at: Timestamp) -> bool {
        let (Some(purchase), Some(total), Some(order)) = (&self.purchase, self.total, added.order()) else {
            return false;
        };
        self.is_doubtful()
            && added.purchase.is_none()
            && placed_at.0.abs_diff(self.begun.0) <= APART.as_secs()
            && settlement::is_as_asked(order, Asked { purchase, total })
    }

    /// Returns a one-line summary of what was bought.
    pub fn summary(&self) -> String {
        match (&self.purchase, self.order()) {
            (Some(purchase), _) => purchase.summary(),
            (None, Some(order)) => match order.known.deliveries.first() {
                Some(line) => format!("{} {}", line.brand, line.value),
                None => format!("order {}", order.id().short()),
            },
            (None, None) => "an order".to_owned(),
        }
    }

    /// Returns the record's standing.
    pub fn standing(&self) -> Standing {
        match &self.outcome {
            Outcome::Intended => Standing::Intended,
            Outcome::Placed(order) => Standing::Placed(order.phase()),
            Outcome::Refused(why) => Standing::Refused(why.clone()),
            Outcome::NotSent(why) => Standing::NotSent(why.clone()),
            Outcome::Unknown(why) => Standing::Unknown(why.clone()),
        }
    }
}

impl Standing {
    /// Returns whether it is unknown if there is an order.
    pub fn is_doubtful(&self) -> bool {
        matches!(self, Self::Intended | Self::Unknown(_))
    }
}

/// Formats the standing in a few words.
impl std::fmt::Display for Standing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Placed(phase) => f.write_str(&phase.title()),
            Self::Intended | Self::Unknown(_) => f.write_str("unknown: may exist"),
            Self::Refused(_) => f.write_str("refused"),
            Self::NotSent(_) => f.write_str("not sent"),
        }
    }
}
