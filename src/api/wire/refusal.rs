//! Refusals at the level of HTTP (contract, section 5.2).

use serde::Deserialize;
use serde_json::value::RawValue;

use super::lenient::{Text, short_text};
use super::problems::Problems;
use crate::domain::problem::Problem;
use crate::domain::text::Printable;

/// The maximum length of a displayed reason, in characters.
const LONGEST: usize = 200;

#[derive(Default, Deserialize)]
#[serde(default)]
struct RefusalBody<'a> {
    #[serde(borrow)]
    detail: Option<&'a RawValue>,
    error_code: Text<'a>,
    code: Text<'a>,
    reason: Text<'a>,
    message: Text<'a>,
    #[serde(borrow)]
    error: Option<&'a RawValue>,
    #[serde(borrow, rename = "moreDetails")]
    more_details: Option<&'a RawValue>,
    problems: Problems,
}

/// A refusal, as far as its body explains it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::api) struct Refusal {
    /// The error code or sentence; empty if there was none. Contains nothing personal.
    pub(in crate::api) detail: Printable,
    /// The shop's objections to the purchase, including `detail` if that is a known code.
    pub(in crate::api) problems: Vec<Problem>,
}

impl Refusal {
    /// Parses the body of a refusal; empty if it is not JSON, such as an HTML page.
    pub(in crate::api) fn read(body: &str) -> Self {
        let Ok(body) = serde_json::from_str::<RefusalBody<'_>>(body) else { return Self::default() };
        let json = |raw: Option<&RawValue>| raw.and_then(|raw| short_text(raw.get()));
        let detail = json(body.detail)
            .or_else(|| body.error_code.printable())
            .or_else(|| body.code.printable())
            .or_else(|| body.reason.printable())
            .or_else(|| body.message.printable())
            .or_else(|| json(body.error))
            .unwrap_or_default();
        let detail = impersonal(detail.as_str());
        let mut problems = body.problems.0;
        let as_problem = Problem { code: detail.clone(), details: json(body.more_details) };
        let named = problems.iter().any(|problem| problem.code == as_problem.code);
        if !named && as_problem.is_known() {
            problems.push(as_problem);
        }
        Self { detail, problems }
    }
}

/// Replaces words that could be a mailbox, a phone number, an order id or a code.
fn impersonal(text: &str) -> Printable {
    let kept: Vec<&str> = text.split(' ').map(|word| if is_personal(word) { "…" } else { word }).collect();
    let kept: String = kept.join(" ").chars().take(LONGEST).collect();
    Printable::new(&kept)
}

fn is_personal(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let dashes = word.bytes().filter(|byte| *byte == b'-').count();
    word.contains('@') || digits >= 6 || (word.len() >= 30 && dashes >= 4)
}
