//! The shop's objections to a purchase (contract, section 3.2).

use serde::Deserialize;
use serde_json::value::RawValue;

use super::lenient::{Text, scalar, short_text};
use crate::domain::problem::Problem;
use crate::domain::text::Printable;

/// The code of a problem that could not be parsed: it still counts.
const UNREADABLE: &str = "UNKNOWN_PROBLEM";

/// `problems`: null, missing, an array, or a single problem.
#[derive(Clone, Debug, Default)]
pub(super) struct Problems(pub(super) Vec<Problem>);

#[derive(Default, Deserialize)]
#[serde(default)]
struct ToldProblem<'a> {
    problem: Text<'a>,
    code: Text<'a>,
    detail: Text<'a>,
    error_code: Text<'a>,
    error: Text<'a>,
    #[serde(borrow, rename = "moreDetails")]
    more_details: Option<&'a RawValue>,
    #[serde(borrow, rename = "more_details")]
    more_details_too: Option<&'a RawValue>,
    reason: Text<'a>,
    message: Text<'a>,
}

impl<'de> Deserialize<'de> for Problems {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::read(<&RawValue>::deserialize(deserializer)?.get()))
    }
}

impl Problems {
    /// Parses problems. A value that is present but invalid counts as a problem, never as none.
    pub(super) fn read(json: &str) -> Self {
        match json.trim() {
            "" | "null" | "[]" | "{}" | "\"\"" | "false" => Self(Vec::new()),
            list if list.starts_with('[') => match serde_json::from_str::<Vec<&RawValue>>(list) {
                Ok(items) => Self(items.into_iter().take(50).map(|item| one(item.get())).collect()),
                Err(_) => Self(vec![Problem::new(UNREADABLE)]),
            },
            single => Self(vec![one(single)]),
        }
    }
}

fn one(json: &str) -> Problem {
    let unreadable = || Problem::new(UNREADABLE);
    if let Some(code) = scalar(json) {
        let problem = Problem::new(&code);
        return if problem.code.is_empty() { unreadable() } else { problem };
    }
    let Ok(problem) = serde_json::from_str::<ToldProblem<'_>>(json) else { return unreadable() };
    let codes = [&problem.problem, &problem.code, &problem.detail, &problem.error_code, &problem.error];
    let details = problem.more_details.or(problem.more_details_too).and_then(|raw| short_text(raw.get()));
    let details = details.or_else(|| problem.reason.printable()).or_else(|| problem.message.printable());
    match codes.into_iter().find_map(Text::printable) {
        Some(code) => Problem { code, details },
        None => Problem { code: Printable::new(UNREADABLE), details },
    }
}
