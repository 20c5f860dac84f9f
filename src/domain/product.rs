//! Products: what exactly a brand sells, and what it costs in a coin.

use rust_decimal::Decimal;

use super::catalogue::Brand;
use super::money::Amount;
use super::text::{Printable, Prose, Verbatim};

/// How a product reaches its beneficiary; told per product, never per brand (contract, section 2.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeliveryMethod {
    /// A code to an e-mail address.
    ByEmail,
    /// Credit to a phone number in E.164.
    ByPhone,
}

/// A price in a coin: exactly what one of a product costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// How much of the coin.
    pub amount: Amount,
    /// The coin.
    pub coin: Verbatim,
}

/// How much data a plan holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Data {
    /// So many megabytes.
    Megabytes(u64),
    /// No limit (contract, section 2.6: amount `-1`).
    Unlimited,
}

/// What a data plan gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How much data.
    pub data: Data,
    /// For how many days, where the denomination tells.
    pub days: Option<u32>,
}

/// What can be chosen of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// One denomination.
    Fixed {
        /// The supplier's own string; orders repeat it to the letter.
        denomination: Verbatim,
        /// What the supplier shows for it.
        label: Printable,
        /// Its price, when the products were asked for with a coin.
        price: Option<Price>,
        /// What it gives, when it is a data plan.
        plan: Option<Plan>,
    },
    /// Any face value between two bounds, on a step.
    Range(Range),
}

/// The face values that a range product is sold at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The least.
    pub min: Amount,
    /// The most.
    pub max: Amount,
    /// The step, counted from the least.
    pub step: Amount,
    /// What the supplier suggests.
    pub default: Option<Amount>,
    /// ISO 4217 code of the value.
    pub currency: Printable,
}

/// Why a face value is not one of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffRange {
    /// Less than the least, which is given.
    Below(Amount),
    /// More than the most, which is given.
    Above(Amount),
    /// Between two steps: the nearest valid values below and above.
    OffStep(Amount, Amount),
}

impl Range {
    /// Whether a face value can be bought; a value off the step is refused, never moved.
    pub fn check(&self, value: Amount) -> Result<(), OffRange> {
        if value < self.min {
            return Err(OffRange::Below(self.min));
        }
        if value > self.max {
            return Err(OffRange::Above(self.max));
        }
        let step = self.step.value();
        if step.is_zero() {
            return Ok(());
        }
        let above_min = value.value() - self.min.value();
        let rest = above_min.checked_rem(step).unwrap_or(Decimal::ZERO);
        if rest.is_zero() {
            return Ok(());
        }
        let lower = (value.value() - rest).normalize();
        // The last step may end beyond the range, or beyond any number there is.
        let upper = lower.checked_add(step).filter(|upper| *upper <= self.max.value());
        let upper = upper.map_or(lower, |upper| upper.normalize());
        match (Amount::new(lower), Amount::new(upper)) {
            (Some(lower), Some(upper)) => Err(OffRange::OffStep(lower, upper)),
            _ => Err(OffRange::Below(self.min)),
        }
    }

    /// A few usual face values that can be bought: the suggestion first among the round ones.
    pub fn quick_picks(&self) -> Vec<Amount> {
        let round = [5_u32, 10, 20, 25, 50, 100, 150, 200, 250, 500, 1000, 2000, 5000, 10000, 50000, 100_000];
        let mut picks: Vec<Amount> = round
            .iter()
            .filter_map(|&value| Amount::new(Decimal::from(value)))
            .chain(self.default)
            .chain([self.min, self.max])
            .filter(|&value| self.check(value).is_ok())
            .collect();
        picks.sort();
        picks.dedup();
        while picks.len() > 8 {
            picks.remove(picks.len() - 2);
        }
        picks
    }
}

impl std::fmt::Display for OffRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Below(min) => write!(f, "the least is {min}"),
            Self::Above(max) => write!(f, "the most is {max}"),
            Self::OffStep(lower, upper) if lower == upper => write!(f, "the nearest is {lower}"),
            Self::OffStep(lower, upper) => write!(f, "the nearest are {lower} and {upper}"),
        }
    }
}

/// One thing that can be bought (contract, section 2.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its UUID.
    pub id: Printable,
    /// How it is delivered.
    pub delivery: DeliveryMethod,
    /// What can be chosen.
    pub offer: Offer,
}

/// What the supplier tells about a brand, from HTML to clean text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// What it is.
    pub about: Prose,
    /// How to redeem it.
    pub how_to_redeem: Prose,
    /// The small print.
    pub terms: Prose,
    /// Where it can be redeemed.
    pub region: Option<Printable>,
}

/// A brand with everything it sells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductGroup {
    /// The brand.
    pub brand: Brand,
    /// What is told about it.
    pub description: Description,
    /// What can be bought, in the supplier's order.
    pub products: Vec<Product>,
}

/// What a face value of a range product costs (contract, section 2.7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The face value it is for.
    pub face_value: Amount,
    /// The price of one.
    pub price: Price,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        text.parse().unwrap()
    }

    fn range(min: &str, max: &str, step: &str) -> Range {
        Range {
            min: amount(min),
            max: amount(max),
            step: amount(step),
            default: None,
            currency: Printable::new("USD"),
        }
    }

    #[test]
    fn a_value_off_the_step_names_its_two_neighbours() {
        let range = range("5", "500", "5");
        assert_eq!(range.check(amount("50")), Ok(()));
        assert_eq!(range.check(amount("52")), Err(OffRange::OffStep(amount("50"), amount("55"))));
        assert_eq!(range.check(amount("4.99")), Err(OffRange::Below(amount("5"))));
        assert_eq!(range.check(amount("501")), Err(OffRange::Above(amount("500"))));
    }

    #[test]
    fn steps_are_counted_from_the_least_and_exact() {
        let range = range("0.5", "10", "0.1");
        assert_eq!(range.check(amount("0.7")), Ok(()));
        assert!(range.check(amount("0.75")).is_err());
    }

    #[test]
    fn every_quick_pick_can_be_bought() {
        let range = range("7", "333", "4");
        assert!(range.quick_picks().iter().all(|&value| range.check(value).is_ok()));
        assert!(range.quick_picks().contains(&amount("7")));
    }
}
