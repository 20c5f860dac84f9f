//! Reasons: why an attempt brought no order, as a code with its figures. The sentence is made where it is
//! shown.

use std::fmt;

use super::failure::Failure;
use super::problem::Problem;
use super::text::Printable;

/// Why an attempt brought no order, or why nobody can tell whether it did.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OutcomeReason {
    /// The call failed.
    Call(Box<FailedCall>),
    /// The record itself cannot be read.
    Unreadable,
    /// A code of a later version, which this one has no sentence for.
    Other(Printable),
    /// A sentence that was stored before reasons had codes. It is shown as it is.
    Text(Printable),
}

/// A call that failed, and what the shop has against the purchase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FailedCall {
    /// Why the call failed.
    pub failure: Failure,
    /// What the shop has against the purchase; empty unless it refused.
    pub problems: Vec<Problem>,
}

impl OutcomeReason {
    /// The reason of a refusal: the failure of the call and every problem that the shop named.
    pub fn refusal(failure: Failure, problems: Vec<Problem>) -> Self {
        Self::Call(Box::new(FailedCall { failure, problems }))
    }
}

impl From<Failure> for OutcomeReason {
    fn from(failure: Failure) -> Self {
        Self::refusal(failure, Vec::new())
    }
}

impl From<&str> for OutcomeReason {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<Printable> for OutcomeReason {
    fn from(text: Printable) -> Self {
        Self::Text(text)
    }
}

/// As one or more sentences.
impl fmt::Display for OutcomeReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(failed) => {
                write!(f, "{}", failed.failure)?;
                failed.problems.iter().try_for_each(|problem| write!(f, " {problem}"))
            }
            Self::Unreadable => f.write_str("the record of this attempt could not be read"),
            Self::Other(code) => write!(f, "A newer giftty noted the reason \"{code}\"."),
            Self::Text(sentence) => write!(f, "{sentence}"),
        }
    }
}
