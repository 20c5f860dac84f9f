//! Parses the price of a face value (contract, section 2.7).

use serde::Deserialize;

use super::lenient::{Decimal, Flag, Maybe, Text};
use super::problems::Problems;
use super::product::{ToldRange, same_coin};
use super::unreadable;
use crate::domain::failure::Failure;
use crate::domain::product::{Price, Quote};
use crate::domain::request::PriceQuestion;

#[derive(Default, Deserialize)]
#[serde(default)]
struct ToldPrice<'a> {
    is_dynamic: Flag,
    #[serde(borrow)]
    range: Maybe<ToldRange<'a>>,
    coin: Text<'a>,
    coin_amount: Decimal,
    problems: Problems,
}

/// Parses a price. Fails unless it is in the requested coin and for the requested value.
pub(in crate::api) fn quote(json: &str, question: &PriceQuestion) -> Result<Quote, Failure> {
    let price: ToldPrice<'_> = serde_json::from_str(json).map_err(|_| unreadable("it holds no price"))?;
    if let Some(problem) = price.problems.0.into_iter().next() {
        return Err(Failure::Refused { status: 200, detail: problem.code });
    }
    if !same_coin(&price.coin, question.coin.sent()) {
        return Err(unreadable("its price is in another coin"));
    }
    // For a value that a brand does not sell, the shop silently prices its default instead.
    if price.is_dynamic.0 == Some(false) {
        return Err(unreadable("its price is for another value"));
    }
    let range = price.range.or_default();
    let below = range.min.0.is_some_and(|min| question.face_value < min);
    let above = range.max.0.is_some_and(|max| question.face_value > max);
    if below || above {
        return Err(unreadable("its price is for another value"));
    }
    let amount = price.coin_amount.positive().ok_or_else(|| unreadable("it holds no price"))?;
    Ok(Quote { face_value: question.face_value, price: Price { amount, coin: question.coin.clone() } })
}
