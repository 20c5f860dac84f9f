//! The coupons of the sandbox, one for each outcome.
//!
//! | code | outcome |
//! |---|---|
//! | `SAVE10` | a tenth off |
//! | `HALF` | half off |
//! | `LOGIN` | `COUPON_REQUIRES_LOGIN` |
//! | `NOTYET` | `COUPON_NOT_ACTIVE` |
//! | `SPENT` | `COUPON_ALREADY_SPENT` |
//! | `USEDUP` | `COUPON_MAX_USAGE_REACHED` |
//! | `EXPIRED` | `COUPON_EXPIRED` |
//! | `MINIMUM` | `COUPON_BELOW_MIN_AMOUNT` below 50 EUR, a tenth off from 50 EUR |
//! | `USERONLY` | `COUPON_NOT_VALID_FOR_USER` |
//! | `CATEGORY`, `KIND`, `BRAND`, `COUNTRY`, `STORE` | `COUPON_NOT_VALID_FOR_…` |
//! | anything else | `COUPON_NOT_FOUND` |

use rust_decimal::Decimal;

/// Returns the factor on the price, or the problem code. `euros` is the order's value.
pub fn judge(code: &str, euros: Decimal) -> Result<Decimal, &'static str> {
    let tenth_off = Decimal::new(90, 2);
    match code.to_ascii_uppercase().as_str() {
        "SAVE10" => Ok(tenth_off),
        "HALF" => Ok(Decimal::new(50, 2)),
        "MINIMUM" if euros >= Decimal::from(50) => Ok(tenth_off),
        "MINIMUM" => Err("COUPON_BELOW_MIN_AMOUNT"),
        "LOGIN" => Err("COUPON_REQUIRES_LOGIN"),
        "NOTYET" => Err("COUPON_NOT_ACTIVE"),
        "SPENT" => Err("COUPON_ALREADY_SPENT"),
        "USEDUP" => Err("COUPON_MAX_USAGE_REACHED"),
        "EXPIRED" => Err("COUPON_EXPIRED"),
        "USERONLY" => Err("COUPON_NOT_VALID_FOR_USER"),
        "CATEGORY" => Err("COUPON_NOT_VALID_FOR_CATEGORY"),
        "KIND" => Err("COUPON_NOT_VALID_FOR_KIND"),
        "BRAND" => Err("COUPON_NOT_VALID_FOR_BRAND"),
        "COUNTRY" => Err("COUPON_NOT_VALID_FOR_COUNTRY"),
        "STORE" => Err("COUPON_NOT_VALID_FOR_STORE"),
        _ => Err("COUPON_NOT_FOUND"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_coupon_takes_its_share_off() {
        assert_eq!(judge("save10", Decimal::ONE), Ok(Decimal::new(90, 2)));
        assert_eq!(judge("MINIMUM", Decimal::from(50)), Ok(Decimal::new(90, 2)));
    }

    #[test]
    fn every_other_word_has_its_fate() {
        assert_eq!(judge("MINIMUM", Decimal::from(49)), Err("COUPON_BELOW_MIN_AMOUNT"));
        assert_eq!(judge("EXPIRED", Decimal::ONE), Err("COUPON_EXPIRED"));
        assert_eq!(judge("ABRACADABRA", Decimal::ONE), Err("COUPON_NOT_FOUND"));
    }
}
