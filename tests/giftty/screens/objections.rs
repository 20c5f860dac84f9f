//! Every problem code of the contract, as its reader meets it on the checkout.

use giftty::domain::money::Amount;
use giftty::domain::problem::Problem;
use giftty::domain::purchase::Validation;
use giftty::domain::text::Printable;
use giftty::input::{Key, Size};
use giftty::theme::Theme;

use super::{draw, rows};
use crate::support::walk::Walk;

const SIZE: Size = Size { columns: 80, rows: 24 };

/// Codes of the contract's sections 3.2 and 2.3, in its order; those seen in other clients last.
const CODES: &str = "AMOUNT_LESS_THEN_MINIMUM_ALLOWED MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED \
    DAILY_SPENDING_LIMIT_EXCEEDED MONTHLY_SPENDING_LIMIT_EXCEEDED PRODUCT_COUNT_EXCEEDED \
    MULTIPLE_LIMITED_PRODUCT_SAME_ORDER NOT_AVAILABLE_PRODUCT OUT_OF_STOCK NOT_ACTIVE \
    INVALID_BENEFICIARY_ACCOUNT NOT_ALLOWED_PAYMENT_VIA UNSUPPORTED_PROTOCOL_COIN_COMBINATION \
    LOGIN_REQUIRED COUPON_REQUIRES_LOGIN COUPON_NOT_FOUND COUPON_NOT_ACTIVE COUPON_ALREADY_SPENT \
    COUPON_MAX_USAGE_REACHED COUPON_EXPIRED COUPON_BELOW_MIN_AMOUNT COUPON_NOT_VALID_FOR_USER \
    COUPON_NOT_VALID_FOR_CATEGORY COUPON_NOT_VALID_FOR_KIND COUPON_NOT_VALID_FOR_BRAND \
    COUPON_NOT_VALID_FOR_COUNTRY COUPON_NOT_VALID_FOR_STORE KYC_MISSING FULLNAME_MISSING \
    SUSPENDED_COIN SUSPENDED_NETWORK KYC_PENDING VERIFICATION_REQUIRED INVALID_EMAIL_DOMAIN \
    PRODUCT_NOT_AVAILABLE INVALID_DENOMINATION INVALID_PRODUCT_VALUE AMOUNT_TOO_LOW AMOUNT_TOO_HIGH \
    COUNTRY_NOT_SUPPORTED";

/// What stands on the checkout once the shop has said this, without the frame around it.
fn seen(answer: Validation) -> String {
    let walk = Walk::at_checkout(SIZE).press(Key::Enter).validation(Ok(answer));
    let rows = rows(&draw(&walk.state, &Theme::default()));
    let body = rows.iter().skip(2).take(usize::from(SIZE.rows) - 3);
    body.filter(|row| !row.is_empty()).cloned().collect::<Vec<_>>().join("\n")
}

fn objection(code: &str, details: Option<&str>) -> Validation {
    let problem = Problem { code: Printable::new(code), details: details.map(Printable::new) };
    Validation { total: None, problems: vec![problem] }
}

#[test]
fn every_problem_of_the_contract_has_its_own_words_at_its_own_place() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        let mut all = Vec::new();
        for code in CODES.split_whitespace() {
            all.push(format!("═══ {code}\n{}", seen(objection(code, None))));
        }
        let details =
            objection("UNSUPPORTED_PROTOCOL_COIN_COMBINATION", Some("USDC on Arbitrum, USDC on Base"));
        all.push(format!("═══ with details\n{}", seen(details)));
        all.push(format!("═══ unknown\n{}", seen(objection("MOON_PHASE", Some("waning")))));
        for (what, total) in [("no total", None), ("a total of zero", Some(Amount::ZERO))] {
            all.push(format!("═══ {what}\n{}", seen(Validation { total, problems: vec![] })));
        }
        insta::assert_snapshot!("problems", all.join("\n"));
    });
}

#[test]
fn what_is_wrong_with_the_tender_is_read_from_the_last_field_of_a_low_window() {
    let codes =
        ["MOON_PHASE", "OUT_OF_STOCK", "INVALID_EMAIL_DOMAIN", "COUPON_NOT_FOUND", "FULLNAME_MISSING"];
    let problems = codes.iter().map(|code| Problem::new(code)).collect();
    let walk = Walk::at_checkout(Size { columns: 60, rows: 20 }).press(Key::Enter);
    let walk = walk.validation(Ok(Validation { total: None, problems }));
    let read = |walk: &Walk| rows(&draw(&walk.state, &Theme::default())).join(" ");
    assert!(!read(&walk).contains("least order"), "it is not all seen: {}", read(&walk));
    let walk = walk.presses(Key::Tab, 3);
    assert!(read(&walk).contains("least order"), "{}", read(&walk));
}

#[test]
fn the_table_knows_the_codes_of_the_contract_and_no_others() {
    let mut known: Vec<&str> = Problem::known_codes().collect();
    let mut told: Vec<&str> = CODES.split_whitespace().collect();
    known.sort_unstable();
    told.sort_unstable();
    assert_eq!(known, told);
}

#[test]
fn no_two_problems_read_the_same() {
    let mut read: Vec<(String, &str)> =
        CODES.split_whitespace().map(|code| (Problem::new(code).to_string(), code)).collect();
    read.sort();
    let twins: Vec<_> = read.windows(2).filter(|pair| pair[0].0 == pair[1].0).collect();
    assert!(twins.is_empty(), "{twins:?}");
}
