//! Objections: why a confirmed purchase is not ordered, with the amounts involved.

use std::fmt;
use std::str::FromStr;

use super::attempt::Attempt;
use super::money::Amount;
use super::text::Printable;

/// An amount in a currency of face values, such as EUR, or in a coin, such as USDC.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sum {
    /// The amount.
    pub amount: Amount,
    /// The currency or coin, in upper case.
    pub unit: Printable,
}

/// The text is not an amount followed by a currency or coin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a limit is an amount and its currency or coin, as in \"200 EUR\" or \"250 USDC\"")]
pub struct NotASum;

impl FromStr for Sum {
    type Err = NotASum;

    fn from_str(text: &str) -> Result<Self, NotASum> {
        let (amount, unit) = text.trim().split_once(' ').ok_or(NotASum)?;
        let unit = unit.trim();
        let is_word = unit.len() >= 2 && unit.bytes().all(|letter| letter.is_ascii_alphanumeric());
        if !is_word || !unit.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return Err(NotASum);
        }
        let amount = amount.parse().map_err(|_| NotASum)?;
        Ok(Self { amount, unit: Printable::new(&unit.to_ascii_uppercase()) })
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.unit)
    }
}

/// The span that a limit applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// A single order.
    Order,
    /// All orders of one day.
    Day,
}

/// Why a purchase needs another confirmation, with the purchase's amount and the limit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Excess {
    /// The order alone exceeds the limit.
    Order {
        /// The order's cost.
        comes_to: Sum,
        /// The limit.
        most: Sum,
    },
    /// Together with earlier orders, the order exceeds the limit for one day.
    Day {
        /// The cost of the earlier orders.
        before: Amount,
        /// The cost of all of them together.
        comes_to: Sum,
        /// The limit.
        most: Sum,
    },
    /// The cost is not known in the currency or coin of the limit.
    Untold {
        /// The span of the limit.
        span: Span,
        /// The order's cost in its own coin, which is known.
        costs: Sum,
        /// The limit.
        most: Sum,
    },
    /// The limit itself cannot be parsed.
    Unreadable {
        /// The span of the limit.
        span: Span,
        /// The reason.
        why: Printable,
    },
}

impl Excess {
    /// Returns whether agreeing to this covers `other`: both are equal, or both exceed the same day limit and
    /// `other` comes to no more.
    pub fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Day { comes_to, most, .. }, Self::Day { comes_to: less, most: same, .. }) => {
                most == same && comes_to.unit == less.unit && comes_to.amount >= less.amount
            }
            _ => self == other,
        }
    }
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Order { comes_to, most } => {
                write!(f, "This order comes to {comes_to}; your limit for one order is {most}.")
            }
            Self::Day { before, comes_to, most } => write!(
                f,
                "With {before} {} ordered within the last 24 hours it comes to {comes_to}; your limit for a \
                 day is {most}.",
                comes_to.unit
            ),
            Self::Untold { span: Span::Order, costs, most } => write!(
                f,
                "It costs {costs}, which cannot be told exactly in {}; your limit for one order is {most}.",
                most.unit
            ),
            Self::Untold { span: Span::Day, costs, most } => write!(
                f,
                "It costs {costs}; what that and the last 24 hours come to cannot be told exactly in {}, and \
                 your limit for a day is {most}.",
                most.unit
            ),
            Self::Unreadable { span: Span::Order, why } => {
                write!(f, "Your limit for one order cannot be read ({why}), so every order is asked about.")
            }
            Self::Unreadable { span: Span::Day, why } => {
                write!(f, "Your limit for a day cannot be read ({why}), so every order is asked about.")
            }
        }
    }
}

/// Why a confirmed purchase is not ordered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Objection {
    /// This earlier attempt at the same purchase may have become an order.
    MayExist(Attempt),
    /// The purchase exceeds a limit in a way that the user did not agree to.
    Above(Vec<Excess>),
}

/// Describes what changed since the purchase was confirmed.
impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MayExist(earlier) => write!(
                f,
                "Meanwhile attempt {earlier} at the same was begun on this machine, and it may have become an \
                 order."
            ),
            Self::Above(excess) => {
                f.write_str("Meanwhile something else was ordered on this machine.")?;
                excess.iter().try_for_each(|one| write!(f, " {one}"))
            }
        }
    }
}
