//! Limits: what one order and one day may come to before their owner is asked once more.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::money::Amount;
use super::order::Phase;
use super::purchase::{Choice, Purchase};
use super::record::{Outcome, Record};
use super::tender::Tender;
use super::text::Printable;
use super::time::Timestamp;

/// How long a day is. It ends nowhere, so that two orders around midnight are not two days' worth.
pub const DAY: Duration = Duration::from_secs(24 * 3_600);

/// An amount of a currency of face values, such as EUR, or of a coin, such as USDC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// How much.
    pub amount: Amount,
    /// Of what, in capitals.
    pub unit: Printable,
}

/// The text was no sum.
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

/// What may be spent unasked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Limit {
    /// Anything.
    #[default]
    None,
    /// So much.
    Most(Sum),
    /// There may be a limit, and nobody can tell which, for this reason: so everything is asked about.
    Unreadable(Printable),
}

impl Limit {
    fn or(self, other: Self) -> Self {
        if self == Self::None { other } else { self }
    }
}

/// What an order and a day may come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// For one order.
    pub order: Limit,
    /// For everything that was ordered within a day, whether or not it was paid yet.
    pub day: Limit,
}

/// What a limit is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// One order.
    Order,
    /// All orders of a day.
    Day,
}

/// Why a purchase is asked about once more, as a sentence with both figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Excess {
    /// The order alone is above what one may be.
    Order {
        /// What it comes to.
        comes_to: Sum,
        /// What it may come to.
        most: Sum,
    },
    /// With what was ordered before, it is above what a day may be.
    Day {
        /// What was ordered before.
        before: Amount,
        /// What it comes to together.
        comes_to: Sum,
        /// What it may come to.
        most: Sum,
    },
    /// What it comes to cannot be told in the limit's currency or coin.
    Untold {
        /// Which limit.
        span: Span,
        /// What is known: what the order costs in its own coin.
        costs: Sum,
        /// What it may come to.
        most: Sum,
    },
    /// The limit itself cannot be read.
    Unreadable {
        /// Which limit.
        span: Span,
        /// Why.
        why: Printable,
    },
}

impl Excess {
    /// Whether who agreed to this agreed to another, too: it is the same, or a day that comes to no more.
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

impl Limits {
    /// The same, each from another where it was not set here.
    pub fn or(self, other: Self) -> Self {
        Self { order: self.order.or(other.order), day: self.day.or(other.day) }
    }

    /// Both, for a reason for which nobody can tell what they are.
    pub fn unreadable(why: &str) -> Self {
        let limit = Limit::Unreadable(Printable::new(why));
        Self { order: limit.clone(), day: limit }
    }

    /// Why a purchase with this total is asked about once more; nothing where it is within both limits.
    ///
    /// `records` are those of the same shop. Those that were begun within a day count, also by a clock
    /// that ran ahead, unless it is certain that they cost nothing.
    pub fn exceeded<'a>(
        &self,
        purchase: &Purchase,
        total: Amount,
        records: impl IntoIterator<Item = &'a Record>,
        now: Timestamp,
    ) -> Vec<Excess> {
        let unit = Printable::new(purchase.tender.coin.shown());
        let costs = Sum { amount: total, unit };
        let of_order = match &self.order {
            Limit::None => None,
            Limit::Unreadable(why) => Some(Excess::Unreadable { span: Span::Order, why: why.clone() }),
            Limit::Most(most) => above_order(measure(purchase, total, &most.unit), &costs, most),
        };
        let of_day = match &self.day {
            Limit::None => None,
            Limit::Unreadable(why) => Some(Excess::Unreadable { span: Span::Day, why: why.clone() }),
            Limit::Most(most) => {
                let counted = records.into_iter().filter(|record| may_have_cost(record, now));
                let before: Vec<Option<Amount>> =
                    counted.map(|record| measure_record(record, &most.unit)).collect();
                above_day(measure(purchase, total, &most.unit), &before, &costs, most)
            }
        };
        of_order.into_iter().chain(of_day).collect()
    }
}

fn above_order(comes_to: Option<Amount>, costs: &Sum, most: &Sum) -> Option<Excess> {
    let most = most.clone();
    let Some(amount) = comes_to else {
        return Some(Excess::Untold { span: Span::Order, costs: costs.clone(), most });
    };
    let comes_to = Sum { amount, unit: most.unit.clone() };
    (amount > most.amount).then_some(Excess::Order { comes_to, most })
}

/// What is known may be too much already; what is not known is asked about.
fn above_day(now: Option<Amount>, before: &[Option<Amount>], costs: &Sum, most: &Sum) -> Option<Excess> {
    let most = most.clone();
    let known = before.iter().flatten().try_fold(Amount::ZERO, |sum, amount| sum.plus(*amount));
    let together = known.and_then(|known| known.plus(now.unwrap_or(Amount::ZERO)));
    match (known, together) {
        (Some(before), Some(amount)) if amount > most.amount => {
            let comes_to = Sum { amount, unit: most.unit.clone() };
            Some(Excess::Day { before, comes_to, most })
        }
        (Some(_), Some(_)) if now.is_some() && before.iter().all(Option::is_some) => None,
        _ => Some(Excess::Untold { span: Span::Day, costs: costs.clone(), most }),
    }
}

/// Whether a record counts for today: what may have become an order may have to be paid.
fn may_have_cost(record: &Record, now: Timestamp) -> bool {
    if now.since(record.begun) > DAY {
        return false;
    }
    match &record.outcome {
        Outcome::Intended | Outcome::Unknown(_) => true,
        Outcome::Refused(_) | Outcome::NotSent(_) => false,
        Outcome::Placed(order) => match order.phase() {
            Phase::Refunded => false,
            Phase::Expired | Phase::Cancelled | Phase::PaymentFailed | Phase::SetupFailed => {
                !order.known.sent.is_zero()
            }
            Phase::AwaitingPayment
            | Phase::PartlyPaid(_)
            | Phase::PaymentSeen
            | Phase::Paid
            | Phase::Delivering
            | Phase::ManualAction
            | Phase::Quarantined(_)
            | Phase::PaidLate
            | Phase::Delivered
            | Phase::DeliveredInPart(_)
            | Phase::Undelivered
            | Phase::Unknown(_) => true,
        },
    }
}

/// What a purchase comes to in a unit; nothing where that cannot be told exactly.
fn measure(purchase: &Purchase, total: Amount, unit: &Printable) -> Option<Amount> {
    if is_coin(&purchase.tender, unit) {
        return Some(total);
    }
    purchase.lines.iter().try_fold(Amount::ZERO, |sum, line| {
        let value = match &line.item.choice {
            Choice::Range { value, currency } => is_word(currency.as_str(), unit).then_some(*value)?,
            Choice::Fixed { denomination, .. } => face_value(denomination.sent(), unit)?,
        };
        sum.plus(value.times(u32::from(line.item.quantity))?)
    })
}

/// What a record came to in a unit. An order that was imported tells it by its own terms and lines.
fn measure_record(record: &Record, unit: &Printable) -> Option<Amount> {
    if let Some(purchase) = &record.purchase {
        return measure(purchase, record.total?, unit);
    }
    let known = &record.order()?.known;
    if let Some(terms) = known.terms.as_ref().filter(|terms| is_coin(&terms.tender, unit)) {
        return Some(terms.amount);
    }
    if known.deliveries.is_empty() {
        return None;
    }
    known
        .deliveries
        .iter()
        .try_fold(Amount::ZERO, |sum, line| sum.plus(face_value(line.value.as_str(), unit)?))
}

fn is_coin(tender: &Tender, unit: &Printable) -> bool {
    is_word(tender.coin.sent(), unit)
}

fn is_word(word: &str, unit: &Printable) -> bool {
    word.eq_ignore_ascii_case(unit.as_str())
}

/// The face value that a denomination says beyond doubt: digits, perhaps cents, and the currency.
///
/// Anything else is the supplier's own text (contract, section 9): `150.000 IDR` is no hundred and fifty.
fn face_value(denomination: &str, unit: &Printable) -> Option<Amount> {
    let (digits, currency) = denomination.split_once(' ')?;
    let cents = digits.split_once('.').map_or(0, |(_, cents)| cents.len());
    if cents > 2 || !is_word(currency, unit) {
        return None;
    }
    digits.parse().ok()
}

#[cfg(test)]
mod tests;
