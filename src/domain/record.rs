//! Records of attempts to buy, and their outcomes.

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

/// How long an expired order is still followed, since a payment may come late; and how long an attempt with
/// an unknown outcome cannot be removed.
const SOFT: Duration = Duration::from_secs(24 * 3_600);

/// The most time between an attempt and the order it became: the longest request, and clocks that differ.
const APART: Duration = Duration::from_secs(10 * 60);

/// The result of asking the shop for an order once (contract, section 9: one attempt).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placement {
    /// There is an order.
    Placed(Box<Snapshot>),
    /// The shop said no for good (400, 401, 403, 404, 422): there is no order.
    Refused(Failure, Vec<Problem>),
    /// Nothing was sent: there is no order, and trying again is safe.
    NotSent(Failure),
    /// Nobody can tell whether there is an order: do not pay twice.
    Unknown(Failure),
}

/// The outcome of an attempt, as far as the journal knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was recorded before it was sent. If no other outcome follows, it is unknown whether there is an
    /// order.
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

/// The outcome of an attempt, with only the phase of an order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It was about to be sent.
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

/// One attempt to buy, or an order that was imported by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its number.
    pub attempt: Attempt,
    /// When it began, by this machine's clock.
    pub begun: Timestamp,
    /// The purchase, or `None` for an imported order.
    pub purchase: Option<Purchase>,
    /// The last total that the user saw before ordering, in coin units.
    pub total: Option<Amount>,
    /// Its outcome.
    pub outcome: Outcome,
    /// The remarks of its owner.
    pub remarks: Remarks,
}

/// The remarks of an order's owner; the shop never sees them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// A note; empty if there is none.
    pub note: Secret,
    /// The ids of the deliveries that are marked as used, and when they were.
    pub used: BTreeMap<Printable, Timestamp>,
}

impl Record {
    /// The order, or `None` if there is none.
    pub fn order(&self) -> Option<&Order> {
        match &self.outcome {
            Outcome::Placed(order) => Some(order),
            Outcome::Intended | Outcome::Refused(_) | Outcome::NotSent(_) | Outcome::Unknown(_) => None,
        }
    }

    /// Whether it is about the order with this id.
    pub fn is_about(&self, id: &OrderId) -> bool {
        self.order().is_some_and(|order| order.id() == id)
    }

    /// Whether the record can still change.
    pub fn is_open(&self) -> bool {
        match &self.outcome {
            Outcome::Placed(order) => !order.is_final(),
            Outcome::Intended | Outcome::Unknown(_) => true,
            Outcome::Refused(_) | Outcome::NotSent(_) => false,
        }
    }

    /// Whether no change is expected: the record is not open, or its order expired unpaid more than a day
    /// ago, by the shop's clock.
    pub fn is_over(&self, now: Timestamp) -> bool {
        let given_up = || {
            self.order().is_some_and(|order| {
                let last = order.known.updated_at.or(order.known.created_at).unwrap_or(self.begun);
                order.phase() == Phase::Expired && now.since(last) > SOFT
            })
        };
        !self.is_open() || given_up()
    }

    /// Whether it is unknown if there is an order.
    pub fn is_doubtful(&self) -> bool {
        matches!(self.outcome, Outcome::Intended | Outcome::Unknown(_))
    }

    /// Whether its owner may remove it: it is over, or its outcome was unknown for a day. Until it is
    /// removed, it stays open.
    pub fn is_removable(&self, now: Timestamp) -> bool {
        self.is_over(now) || (self.is_doubtful() && now.since(self.begun) > SOFT)
    }

    /// Whether its outcome is unknown and it was for something that this purchase would order again.
    pub fn may_be_the_same(&self, wanted: &Purchase) -> bool {
        let lines = self.purchase.iter().flat_map(|earlier| &earlier.lines);
        let again = |earlier: &Line| wanted.lines.iter().any(|line| line.repeats(earlier));
        self.is_doubtful() && lines.into_iter().any(again)
    }

    /// Whether an order that was added by its id may be what came of this attempt: the same things for the
    /// same people, in the same coin and for the same total, placed at about that time, by this machine's
    /// clock. Two orders can be alike in all of that, so only their owner can tell.
    pub fn may_have_become(&self, added: &Self, placed_at: Timestamp) -> bool {
        let (Some(purchase), Some(total), Some(order)) = (&self.purchase, self.total, added.order()) else {
            return false;
        };
        self.is_doubtful()
            && added.purchase.is_none()
            && placed_at.0.abs_diff(self.begun.0) <= APART.as_secs()
            && settlement::is_as_asked(order, Asked { purchase, total })
    }

    /// What was bought, in one line.
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

    /// Its standing.
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
    /// Whether it is unknown if there is an order.
    pub fn is_doubtful(&self) -> bool {
        matches!(self, Self::Intended | Self::Unknown(_))
    }
}

/// In a few words.
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
