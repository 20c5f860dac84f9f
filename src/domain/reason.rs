//! Why an attempt resulted in no order, as a code with its parameters. The sentence is formatted when it is
//! displayed.

use std::fmt;

use super::failure::Failure;
use super::problem::Problem;
use super::text::Printable;

/// Why an attempt resulted in no order, or why it is unknown whether it did.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OutcomeReason {
    /// The call failed.
    Call(Box<FailedCall>),
    /// The record itself cannot be parsed.
    Unreadable,
    /// A code of a later version that this version has no sentence for.
    Other(Printable),
    /// A sentence that was stored before reasons had codes. It is displayed verbatim.
    Text(Printable),
}

/// A failed call and the shop's objections to the purchase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FailedCall {
    /// Why the call failed.
    pub failure: Failure,
    /// The shop's objections to the purchase; empty unless it refused.
    pub problems: Vec<Problem>,
}

impl OutcomeReason {
    /// Creates the reason of a refusal from the failure of the call and all problems that the shop listed.
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

/// Formats the reason as one or more sentences.
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
