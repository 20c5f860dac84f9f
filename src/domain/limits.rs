//! Limits: how much one order and one day may cost before the user has to confirm again.

use std::time::Duration;

use super::money::Amount;
use super::order::Phase;
use super::purchase::{Choice, Purchase};
use super::record::{Outcome, Record};
use super::tender::Tender;
use super::text::Printable;
use super::time::Timestamp;

pub use super::objection::{Excess, NotASum, Span, Sum};

/// The length of a day: the last 24 hours, so that two orders around midnight count together.
pub const DAY: Duration = Duration::from_secs(24 * 3_600);

/// How much may be spent without another confirmation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Limit {
    /// No limit.
    #[default]
    None,
    /// Up to this amount.
    Most(Sum),
    /// The limit cannot be parsed, for this reason, so every order has to be confirmed.
    Unreadable(Printable),
}

impl Limit {
    fn or(self, other: Self) -> Self {
        if self == Self::None { other } else { self }
    }
}

/// The limits of one order and of one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// The limit of one order.
    pub order: Limit,
    /// The limit of everything ordered within a day, paid or not.
    pub day: Limit,
}

impl Limits {
    /// Returns these limits, with those that are not set taken from `other`.
    pub fn or(self, other: Self) -> Self {
        Self { order: self.order.or(other.order), day: self.day.or(other.day) }
    }

    /// Returns two limits that cannot be parsed, for this reason.
    pub fn unreadable(why: &str) -> Self {
        let limit = Limit::Unreadable(Printable::new(why));
        Self { order: limit.clone(), day: limit }
    }

    /// Returns why a purchase with this total needs another confirmation; empty if it is within both limits.
    ///
    /// `records` are those of the same shop. Those that began within the last day count, also if they were
    /// written by a clock that was ahead, unless it is certain that they cost nothing.
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

/// Computes the excess over the daily limit. The known part alone may exceed it; an unknown part always needs
/// a confirmation.
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

/// Returns whether a record counts towards the day: it may have become an order that may have to be paid.
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

/// Returns what a purchase costs in a unit, or `None` if that is not known exactly.
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

/// Returns what a record cost in a unit. For an imported order, that is taken from its terms or lines.
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

/// Parses the face value of a denomination that consists of digits, at most two decimals and the currency.
///
/// Anything else is the supplier's own text (contract, section 9): `150.000 IDR` is not 150 rupiah.
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
