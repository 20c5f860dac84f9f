//! How a command fails: its reason, its exit code and its message.

use serde::Serialize;

use crate::domain::failure::Failure;
use crate::domain::problem::{Concern, Problem};
use crate::domain::record::Attempt;

/// The exit codes, as `--help` explains them.
pub const HELP: &str = "Exit codes:
  0  done
  1  something unexpected went wrong
  2  the command line is wrong
  3  the shop does not sell this so, or refused it: nothing was ordered
  4  the shop could not be reached or understood: nothing was ordered
  5  unknown: an order may exist, do not pay twice
  6  the order is not delivered: it ended otherwise, or not yet
  7  no record could be kept on this machine; the sentence tells whether an order exists
  8  an order exists and must not be paid: what the shop answered failed a check

With --json an error is one JSON object on stderr: {\"error\":{\"code\",\"sentence\",\"detail\"}}, where
code is unexpected, usage, refused, unreachable, unknown, undelivered, unrecorded or withheld.";

/// Why a command failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An unexpected error.
    Unexpected,
    /// The command line is invalid.
    Usage,
    /// The shop does not sell it like that, or refused.
    Refused,
    /// The shop cannot be reached or its answer cannot be read.
    Unreachable,
    /// It is unknown whether there is an order.
    Unknown,
    /// The order is not delivered.
    Undelivered,
    /// No record could be stored.
    Unrecorded,
    /// There is an order, and it must not be paid.
    Withheld,
    /// The reader of stdout is gone, as when it is piped into `head`.
    Unread,
}

impl Reason {
    /// Returns the exit code.
    pub fn exit(self) -> u8 {
        match self {
            Self::Unread => 0,
            Self::Unexpected => 1,
            Self::Usage => 2,
            Self::Refused => 3,
            Self::Unreachable => 4,
            Self::Unknown => 5,
            Self::Undelivered => 6,
            Self::Unrecorded => 7,
            Self::Withheld => 8,
        }
    }

    /// Returns the word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Unexpected => "unexpected",
            Self::Usage => "usage",
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
            Self::Unknown => "unknown",
            Self::Undelivered => "undelivered",
            Self::Unrecorded => "unrecorded",
            Self::Withheld => "withheld",
        }
    }
}

/// Details of a failure for scripts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Detail {
    /// The shop's own word for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
    /// The attempt in the journal that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempt: Option<i64>,
    /// The shop's objections to the purchase.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Objection>,
}

/// One of the shop's objections to a purchase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Objection {
    /// The shop's code.
    pub code: String,
    /// What it is about: product, value, beneficiary, tender, coupon or order.
    pub about: &'static str,
    /// The message.
    pub sentence: String,
    /// What helps.
    pub advice: &'static str,
}

impl Objection {
    fn of(problem: &Problem) -> Self {
        let about = match problem.concern() {
            Concern::Product => "product",
            Concern::Value => "value",
            Concern::Beneficiary => "beneficiary",
            Concern::Email => "email",
            Concern::Tender => "tender",
            Concern::Coupon => "coupon",
            Concern::Order => "order",
        };
        let code = problem.code.to_string();
        Self { code, about, sentence: problem.to_string(), advice: problem.advice() }
    }
}

/// A failed command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// Why it failed; determines the exit code.
    pub reason: Reason,
    /// What happened, in sentences.
    pub sentence: String,
    /// More details.
    pub detail: Detail,
}

impl Failed {
    /// Creates a failure without details.
    pub fn new(reason: Reason, sentence: impl Into<String>) -> Self {
        Self { reason, sentence: sentence.into(), detail: Detail::default() }
    }

    /// Creates a failure for an unexpected error.
    pub fn unexpected(sentence: impl Into<String>) -> Self {
        Self::new(Reason::Unexpected, sentence)
    }

    /// Creates a failure for an invalid command line.
    pub fn usage(sentence: impl Into<String>) -> Self {
        Self::new(Reason::Usage, sentence)
    }

    /// Creates a failure for something that the shop does not sell like that, or does not do.
    pub fn refused(sentence: impl Into<String>) -> Self {
        Self::new(Reason::Refused, sentence)
    }

    /// Creates a failure from the shop's objections to a purchase; `failure` is the call's own, if it had one.
    pub fn objected(failure: Option<&Failure>, problems: &[Problem]) -> Self {
        let mut sentences: Vec<String> = Vec::new();
        if let (Some(failure), true) = (failure, problems.is_empty()) {
            sentences.push(failure.to_string());
        }
        for problem in problems {
            sentences.push(problem.to_string());
            sentences.push(problem.advice().to_owned());
        }
        sentences.push("Nothing was ordered.".to_owned());
        let detail = Detail {
            word: failure.and_then(Failure::detail).map(str::to_owned),
            problems: problems.iter().map(Objection::of).collect(),
            attempt: None,
        };
        Self { reason: Reason::Refused, sentence: sentences.join(" "), detail }
    }

    /// Adds the attempt that it is about.
    pub fn about(mut self, attempt: Attempt) -> Self {
        self.detail.attempt = Some(attempt.0);
        self
    }
}

impl From<Failure> for Failed {
    /// Converts the failure of a request that orders nothing.
    fn from(failure: Failure) -> Self {
        let reason = match failure {
            Failure::Refused { .. } | Failure::Held(_) => Reason::Refused,
            Failure::Unrecorded(_) => Reason::Unrecorded,
            Failure::Earlier => Reason::Unknown,
            Failure::Unreachable(_)
            | Failure::Interrupted(_)
            | Failure::TooMany(_)
            | Failure::Trouble(_)
            | Failure::Unreadable(_)
            | Failure::TooLarge => Reason::Unreachable,
        };
        let mut failed = Self::new(reason, failure.to_string());
        failed.detail.word = failure.detail().map(str::to_owned);
        failed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exit_code_is_explained() {
        let all = [
            Reason::Unexpected,
            Reason::Usage,
            Reason::Refused,
            Reason::Unreachable,
            Reason::Unknown,
            Reason::Undelivered,
            Reason::Unrecorded,
            Reason::Withheld,
        ];
        for reason in all {
            assert!(HELP.contains(&format!("\n  {}  ", reason.exit())), "{reason:?}");
            assert!(HELP.contains(reason.word()), "{reason:?}");
        }
    }

    #[test]
    fn everything_that_the_shop_objects_to_is_told() {
        let failed = Failed::objected(None, &[Problem::new("COUPON_EXPIRED"), Problem::new("OUT_OF_STOCK")]);
        assert_eq!(failed.reason.exit(), 3);
        assert_eq!(failed.detail.problems.len(), 2);
        assert!(failed.sentence.contains("expired") && failed.sentence.ends_with("Nothing was ordered."));
    }
}
