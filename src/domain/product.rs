//! Products: what a brand sells, and what it costs in a coin.

use rust_decimal::Decimal;

use super::catalogue::Brand;
use super::money::Amount;
use super::text::{Printable, Prose, Verbatim};

/// How a product is delivered to its beneficiary. It is given per product, never per brand (contract, section
/// 2.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeliveryMethod {
    /// A code sent to an e-mail address.
    ByEmail,
    /// Credit for a phone number in E.164.
    ByPhone,
}

/// The exact price of one unit of a product, in a coin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// The amount, in coin units.
    pub amount: Amount,
    /// The coin.
    pub coin: Verbatim,
}

/// The data volume of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Data {
    /// A number of megabytes.
    Megabytes(u64),
    /// No limit (contract, section 2.6: amount `-1`).
    Unlimited,
}

/// What a data plan includes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The data volume.
    pub data: Data,
    /// The validity in days, if the denomination states it.
    pub days: Option<u32>,
}

/// What can be selected of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// A single denomination.
    Fixed {
        /// The supplier's own string; orders must repeat it exactly.
        denomination: Verbatim,
        /// The supplier's label for it.
        label: Printable,
        /// Its price, if the products were requested with a coin.
        price: Option<Price>,
        /// What it includes, if it is a data plan.
        plan: Option<Plan>,
    },
    /// Any face value between two bounds, in steps.
    Range(Range),
}

/// The face values that a range product is sold at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The minimum.
    pub min: Amount,
    /// The maximum.
    pub max: Amount,
    /// The step, counted from the minimum.
    pub step: Amount,
    /// The face value that the supplier suggests.
    pub default: Option<Amount>,
    /// The ISO 4217 code of the face value.
    pub currency: Printable,
}

/// Why a face value is not part of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffRange {
    /// Below the minimum, which is given.
    Below(Amount),
    /// Above the maximum, which is given.
    Above(Amount),
    /// Between two steps. Contains the nearest valid values below and above.
    OffStep(Amount, Amount),
}

impl Range {
    /// Checks whether a face value can be bought. A value between two steps is rejected, never rounded.
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
        // The next step may exceed the range, or what a decimal can hold.
        let upper = lower.checked_add(step).filter(|upper| *upper <= self.max.value());
        let upper = upper.map_or(lower, |upper| upper.normalize());
        match (Amount::new(lower), Amount::new(upper)) {
            (Some(lower), Some(upper)) => Err(OffRange::OffStep(lower, upper)),
            _ => Err(OffRange::Below(self.min)),
        }
    }

    /// Returns at most eight common face values that can be bought, in ascending order: round ones, the
    /// suggested one and both bounds.
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

/// A product that can be bought (contract, section 2.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// The product's UUID.
    pub id: Printable,
    /// The delivery method.
    pub delivery: DeliveryMethod,
    /// What can be selected.
    pub offer: Offer,
}

/// The supplier's description of a brand, converted from HTML to plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// What the brand is.
    pub about: Prose,
    /// How to redeem it.
    pub how_to_redeem: Prose,
    /// The terms and conditions.
    pub terms: Prose,
    /// Where it can be redeemed.
    pub region: Option<Printable>,
}

/// A brand with all its products.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductGroup {
    /// The brand.
    pub brand: Brand,
    /// The brand's description.
    pub description: Description,
    /// The products, in the supplier's order.
    pub products: Vec<Product>,
}

/// The price of a face value of a range product (contract, section 2.7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The face value that the price is for.
    pub face_value: Amount,
    /// The price of one unit.
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
