//! Failures of calls to the shop, and the messages that describe them.

use std::fmt;
use std::time::Duration;

use super::objection::Objection;
use super::problem::Problem;
use super::text::Printable;

/// Why a call did not return a usable answer.
///
/// This covers the HTTP level (`{status, detail}`) and everything below it. The shop's objections to a
/// purchase itself are [`Problem`]s.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// No connection could be made; nothing reached the shop.
    Unreachable(Printable),
    /// The connection broke or the answer timed out.
    Interrupted(Printable),
    /// The shop limits the request rate (429, or 503 with a retry delay). Contains the delay, if given.
    TooMany(Option<Duration>),
    /// The shop refused the request (another 4xx), with or without a reason.
    Refused {
        /// The HTTP status.
        status: u16,
        /// The `detail` word (contract, section 5.2), or empty.
        detail: Printable,
    },
    /// The shop has a server error (5xx), or redirected the request (3xx). Contains the HTTP status.
    Trouble(u16),
    /// The answer could not be parsed as what was expected.
    Unreadable(Printable),
    /// The answer exceeds the size limit.
    TooLarge,
    /// This machine could not write a record.
    Unrecorded(Printable),
    /// The shop answered with the order of an earlier attempt.
    Earlier,
    /// The user's consent no longer covers the purchase.
    Held(Box<Objection>),
}

impl Failure {
    /// Returns a short name of the failure's kind for the log. It contains nothing that the shop sent.
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

    /// Returns the shop's `detail` word, or `None` if it sent none.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Refused { detail, .. } if !detail.is_empty() => Some(detail.as_str()),
            _ => None,
        }
    }
}

/// Describes what happened. The key that helps is left to the screen.
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
