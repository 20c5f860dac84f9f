//! Parses the free validation of a purchase (contract, section 3.2).

use serde::Deserialize;

use super::lenient::{Decimal, Text};
use super::problems::Problems;
use super::product::same_coin;
use super::refusal::Refusal;
use super::unreadable;
use crate::domain::failure::Failure;
use crate::domain::purchase::Validation;

#[derive(Default, Deserialize)]
#[serde(default)]
struct ToldValidation<'a> {
    #[serde(borrow)]
    coin: Text<'a>,
    coin_amount: Decimal,
    problems: Problems,
}

/// Parses a validation; a total in a coin other than the requested one is ignored.
pub(in crate::api) fn validation(json: &str, coin: &str) -> Result<Validation, Failure> {
    let nothing = || unreadable("it does not say what the order costs");
    let json = json.trim();
    if !json.starts_with('{') {
        return Err(nothing());
    }
    let validation: ToldValidation<'_> = serde_json::from_str(json).map_err(|_| nothing())?;
    let mut problems = validation.problems.0;
    if problems.is_empty() {
        // The words of a refusal may come with a 200 (contract, section 8).
        problems = Refusal::read(json).problems;
    }
    if !same_coin(&validation.coin, coin) && problems.is_empty() {
        return Err(unreadable("its total is in another coin"));
    }
    let total = validation.coin_amount.positive().filter(|_| same_coin(&validation.coin, coin));
    Ok(Validation { total, problems })
}
