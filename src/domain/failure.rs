//! What can go wrong with a call, and what that means to a person.

use std::fmt;
use std::time::Duration;

use super::objection::Objection;
use super::problem::Problem;
use super::text::Printable;

/// Why a call brought no answer that can be used.
///
/// This is the HTTP level: `{status, detail}` and everything below it. What the shop has against
/// a purchase itself is a [`Problem`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// No connection was made: nothing reached the shop.
    Unreachable(Printable),
    /// The connection broke or the answer did not come in time.
    Interrupted(Printable),
    /// The shop asks for patience (429, or 503 that says for how long).
    TooMany(Option<Duration>),
    /// The shop said no (another 4xx) and gave a reason, or none.
    Refused {
        /// HTTP status.
        status: u16,
        /// The `detail` word (contract, section 5.2), or empty.
        detail: Printable,
    },
    /// The shop is in trouble (5xx), or sent us elsewhere (3xx).
    Trouble(u16),
    /// The answer could not be read as what it should be.
    Unreadable(Printable),
    /// The answer was larger than anything that was asked for.
    TooLarge,
    /// This machine could not keep a record.
    Unrecorded(Printable),
    /// The shop answered with the order of an earlier attempt.
    Earlier,
    /// What was confirmed is not agreed to any more, as things stand now.
    Held(Box<Objection>),
}

impl Failure {
    /// A word for its kind, for the log; nothing of what the shop said.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "unreachable",
            Self::Interrupted(_) => "interrupted",
            Self::TooMany(_) => "too-many",
            Self::Refused { .. } => "refused",
            Self::Trouble(_) => "trouble",
            Self::Unreadable(_) => "unreadable",
            Self::TooLarge => "too-large",
            Self::Unrecorded(_) => "unrecorded",
            Self::Earlier => "earlier",
            Self::Held(_) => "held",
        }
    }

    /// The shop's own word, where it gave one.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Refused { detail, .. } if !detail.is_empty() => Some(detail.as_str()),
            _ => None,
        }
    }
}

/// What happened, for a person, without the key that helps: the screen knows that.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(why) => write!(f, "The shop cannot be reached: {why}."),
            Self::Interrupted(why) => write!(f, "The shop did not answer: {why}."),
            Self::TooMany(Some(wait)) => {
                write!(f, "The shop asks to wait {} s before the next question.", wait.as_secs())
            }
            Self::TooMany(None) => f.write_str("The shop asks to wait a minute before the next question."),
            Self::Refused { status: 404, detail } if detail.is_empty() => {
                f.write_str("The shop does not know this.")
            }
            Self::Refused { detail, .. } if Problem::new(detail.as_str()).is_known() => {
                let problem = Problem::new(detail.as_str());
                write!(f, "{problem} {}", problem.advice())
            }
            Self::Refused { status, detail } if detail.is_empty() => {
                write!(f, "The shop refused this (HTTP {status}).")
            }
            Self::Refused { status, detail } => write!(f, "The shop refused this: {detail} (HTTP {status})."),
            Self::Trouble(status) => write!(f, "The shop is in trouble (HTTP {status})."),
            Self::Unreadable(what) => write!(f, "The shop's answer could not be read: {what}."),
            Self::TooLarge => f.write_str("The shop's answer was too large to be right."),
            Self::Unrecorded(why) => write!(f, "No record could be kept on this machine: {why}."),
            Self::Held(objection) => write!(f, "{objection}"),
            Self::Earlier => {
                f.write_str("The shop answered with an order that an earlier attempt has already.")
            }
        }
    }
}
