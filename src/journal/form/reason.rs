//! The stored form of an outcome reason: a code in a column of its own, and the values that it needs.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{ObjectVersion, Text};
use crate::domain::failure::Failure;
use crate::domain::problem::Problem;
use crate::domain::reason::{FailedCall, OutcomeReason};
use crate::domain::text::Printable;
use crate::journal::error::JournalError;

/// The code of a record that could not be read. Failed calls have the codes of [`Failure::kind`].
const UNREADABLE: &str = "unreadable-record";

/// A reason as stored in the columns of a row.
#[derive(Default)]
pub(in crate::journal) struct StoredReason {
    /// `reason_code`.
    pub(in crate::journal) code: Option<String>,
    /// `reason_data`.
    pub(in crate::journal) data: Option<Zeroizing<String>>,
    /// `reason`: a sentence, in rows from before there were codes.
    pub(in crate::journal) sentence: Option<String>,
}

/// The details of a failed call. Fields that do not apply are absent.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct FailedCallForm<'a> {
    v: ObjectVersion,
    /// HTTP status.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    /// The shop's detail word, or how the connection ended.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    detail: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wait_seconds: Option<u64>,
    #[serde(borrow, skip_serializing_if = "Vec::is_empty")]
    problems: Vec<ProblemForm<'a>>,
}

#[derive(Serialize, Deserialize)]
struct ProblemForm<'a> {
    #[serde(borrow)]
    code: Text<'a>,
    #[serde(default)]
    details: Option<Text<'a>>,
}

/// Writes a reason.
pub(in crate::journal) fn write_reason(reason: &OutcomeReason) -> Result<StoredReason, JournalError> {
    let code = |code: &str| StoredReason { code: Some(code.to_owned()), ..StoredReason::default() };
    Ok(match reason {
        OutcomeReason::Call(call) => {
            StoredReason { data: Some(super::write(&FailedCallForm::of(call))?), ..code(call.failure.kind()) }
        }
        OutcomeReason::Unreadable => code(UNREADABLE),
        OutcomeReason::Other(other) => code(other.as_str()),
        OutcomeReason::Text(sentence) => {
            StoredReason { sentence: Some(sentence.to_string()), ..StoredReason::default() }
        }
    })
}

/// Reads a reason. A code that this version does not know is kept as it is.
pub(in crate::journal) fn read_reason(stored: &StoredReason) -> OutcomeReason {
    let Some(code) = &stored.code else {
        return OutcomeReason::Text(Printable::new(stored.sentence.as_deref().unwrap_or_default()));
    };
    if code == UNREADABLE {
        return OutcomeReason::Unreadable;
    }
    let data = stored.data.as_ref().map_or("{}", |text| text.as_str());
    let form = serde_json::from_str::<FailedCallForm<'_>>(data).ok();
    match form.and_then(|form| form.read(code)) {
        Some(call) => OutcomeReason::Call(Box::new(call)),
        None => OutcomeReason::Other(Printable::new(code)),
    }
}

impl<'a> FailedCallForm<'a> {
    fn of(call: &'a FailedCall) -> Self {
        let problems = call.problems.iter().map(|problem| ProblemForm {
            code: problem.code.as_str().into(),
            details: problem.details.as_ref().map(|details| details.as_str().into()),
        });
        let form = Self { problems: problems.collect(), ..Self::default() };
        match &call.failure {
            Failure::Unreachable(detail)
            | Failure::Interrupted(detail)
            | Failure::Unreadable(detail)
            | Failure::Unrecorded(detail) => Self { detail: Some(detail.as_str().into()), ..form },
            Failure::TooMany(wait) => Self { wait_seconds: wait.map(|wait| wait.as_secs()), ..form },
            Failure::Refused { status, detail } => {
                Self { status: Some(*status), detail: Some(detail.as_str().into()), ..form }
            }
            Failure::Trouble(status) => Self { status: Some(*status), ..form },
            // An order that was held back has no attempt, so its figures are not stored.
            Failure::TooLarge | Failure::Earlier | Failure::Held(_) => form,
        }
    }

    /// Returns `None` if the code is unknown or a value that it needs is missing.
    fn read(self, code: &str) -> Option<FailedCall> {
        let detail = Printable::new(self.detail.as_deref().unwrap_or_default());
        let failure = match code {
            "unreachable" => Failure::Unreachable(detail),
            "interrupted" => Failure::Interrupted(detail),
            "too-many" => Failure::TooMany(self.wait_seconds.map(Duration::from_secs)),
            "refused" => Failure::Refused { status: self.status?, detail },
            "trouble" => Failure::Trouble(self.status?),
            "unreadable" => Failure::Unreadable(detail),
            "too-large" => Failure::TooLarge,
            "unrecorded" => Failure::Unrecorded(detail),
            "earlier" => Failure::Earlier,
            _ => return None,
        };
        let problems = self.problems.into_iter().map(|problem| Problem {
            code: Printable::new(&problem.code),
            details: problem.details.map(|details| Printable::new(&details)),
        });
        Some(FailedCall { failure, problems: problems.collect() })
    }
}
