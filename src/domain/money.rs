//! Exact decimal amounts of money and coins, never floats.

use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};

/// A non-negative exact decimal that keeps the digits it was written with: `0.10` stays `0.10`.
///
/// Equality and order are numeric, so `0.1 == 0.10`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(Decimal);

/// The text is not a plain, non-negative decimal (contract, section 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a plain decimal amount")]
pub struct NotAnAmount;

impl Amount {
    /// The amount zero.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Creates an amount from a decimal. Returns `None` if it is negative.
    pub fn new(value: Decimal) -> Option<Self> {
        (!value.is_sign_negative() || value.is_zero()).then(|| Self(value.abs()))
    }

    /// Returns the decimal, for arithmetic.
    pub fn value(self) -> Decimal {
        self.0
    }

    /// Returns whether the amount is zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Returns the sum, or `None` if it does not fit in 28 digits.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Subtracts `other`, saturating at zero.
    pub fn minus(self, other: Self) -> Self {
        Self((self.0 - other.0).max(Decimal::ZERO))
    }

    /// Multiplies by `count`. Returns `None` if the product does not fit in 28 digits.
    pub fn times(self, count: u32) -> Option<Self> {
        self.0.checked_mul(Decimal::from(count)).map(Self)
    }

    /// Converts the amount to the coin's smallest units. Returns `None` if it is not a whole number of them.
    ///
    /// `1.50` with six decimals is `1500000`; `0.0000001` with six decimals is `None`.
    pub fn atomic_units(self, decimals: u8) -> Option<String> {
        let mut scaled = self.0.normalize();
        let places = scaled.scale();
        let shift = u32::from(decimals).checked_sub(places)?;
        scaled.set_scale(0).ok()?;
        let digits = scaled.to_string();
        if digits == "0" {
            return Some(digits);
        }
        Some(digits + &"0".repeat(usize::try_from(shift).ok()?))
    }

    /// Rounds up to four significant digits, for displaying a minimum as `0.5621` instead of
    /// `0.562099175481640`.
    pub fn rounded_up(self) -> Self {
        let rounded = self.0.round_sf_with_strategy(4, RoundingStrategy::ToPositiveInfinity);
        rounded
            .filter(|rounded| *rounded >= self.0)
            .map_or(self, |rounded| if rounded == self.0 { self } else { Self(rounded.normalize()) })
    }

    /// Returns whether this is more than `permille` thousandths above `other`.
    pub fn exceeds_by(self, other: Self, permille: u32) -> bool {
        other.thousandths(1000 + permille).is_none_or(|limit| self.0 > limit)
    }

    /// Returns whether this is more than `permille` thousandths of `other` below it.
    pub fn falls_short_by(self, other: Self, permille: u32) -> bool {
        other.thousandths(1000_u32.saturating_sub(permille)).is_none_or(|limit| self.0 < limit)
    }

    fn thousandths(self, many: u32) -> Option<Decimal> {
        self.0.checked_mul(Decimal::new(i64::from(many), 3))
    }
}

impl FromStr for Amount {
    type Err = NotAnAmount;

    /// Parses digits with at most one decimal point between them: no sign, exponent, space or separator.
    fn from_str(text: &str) -> Result<Self, NotAnAmount> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(fraction) {
            return Err(NotAnAmount);
        }
        Decimal::from_str_exact(text).map(Self).map_err(|_| NotAnAmount)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        text.parse().unwrap()
    }

    #[test]
    fn an_amount_keeps_the_digits_it_was_written_with() {
        for text in ["0.10", "101.48", "0.00032833", "0.562099175481640", "500"] {
            assert_eq!(amount(text).to_string(), text);
        }
        assert_eq!(amount("0.1"), amount("0.10"));
    }

    #[test]
    fn what_is_no_plain_decimal_is_refused() {
        let too_long = "1".repeat(40);
        for text in ["", "-1", "+1", "1e3", "NaN", "1,5", " 1", "1.", ".5", "1.2.3", "٣", &too_long] {
            assert!(text.parse::<Amount>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn atomic_units_are_exact_or_absent() {
        assert_eq!(amount("101.48").atomic_units(6).as_deref(), Some("101480000"));
        assert_eq!(amount("1.50").atomic_units(18).as_deref(), Some("1500000000000000000"));
        assert_eq!(amount("20").atomic_units(0).as_deref(), Some("20"));
        assert_eq!(amount("0").atomic_units(6).as_deref(), Some("0"));
        assert_eq!(amount("0.0000001").atomic_units(6), None);
    }

    #[test]
    fn a_minimum_is_rounded_up_and_never_below_itself() {
        for (exact, shown) in [
            ("0.562099175481640", "0.5621"),
            ("0.000007089515", "0.00000709"),
            ("0.5", "0.5"),
            ("10", "10"),
            ("2.00", "2.00"),
            ("12345", "12350"),
            ("0", "0"),
        ] {
            assert_eq!(amount(exact).rounded_up().to_string(), shown);
        }
    }

    #[test]
    fn half_a_percent_more_or_less_is_noticed() {
        assert!(!amount("100.5").exceeds_by(amount("100"), 5));
        assert!(amount("100.51").exceeds_by(amount("100"), 5));
        assert!(!amount("99.5").falls_short_by(amount("100"), 5));
        assert!(amount("99.49").falls_short_by(amount("100"), 5));
    }
}
