//! Dry runs, problems and refusals.

use super::super::{Refusal, validation};
use super::{amount, fixture};
use crate::domain::failure::Failure;

#[test]
fn a_purchase_is_payable_without_problems_and_with_a_total() {
    for good in [fixture!("validation_null.json"), fixture!("validation_empty.json")] {
        let answer = validation(good, "BTC").unwrap();
        assert_eq!(answer.payable(), Some(amount("0.00032833")));
    }
    let no_total = validation(fixture!("validation_missing.json"), "BTC").unwrap();
    assert_eq!((no_total.payable(), no_total.problems.len()), (None, 0));
}

#[test]
fn a_total_in_another_coin_is_none() {
    assert!(matches!(validation(fixture!("validation_null.json"), "USDC"), Err(Failure::Unreadable(_))));
}

#[test]
fn every_problem_is_told_and_none_is_lost() {
    let answer = validation(fixture!("validation_problems.json"), "USDC").unwrap();
    assert_eq!(answer.payable(), None);
    let told: Vec<_> = answer
        .problems
        .iter()
        .map(|one| (one.code.as_str(), one.details.as_ref().map(ToString::to_string).unwrap_or_default()))
        .collect();
    let expected = [
        ("OUT_OF_STOCK", ""),
        ("UNSUPPORTED_PROTOCOL_COIN_COMBINATION", "USDC on Arbitrum, BTC"),
        ("NOT_AVAILABLE_PRODUCT", "not sold here"),
        ("AMOUNT_LESS_THEN_MINIMUM_ALLOWED", "minimum: 10.50"),
        ("MOON_PHASE", ""),
        ("COUPON_EXPIRED", ""),
        ("UNKNOWN_PROBLEM", ""),
        ("UNKNOWN_PROBLEM", ""),
        ("7", ""),
    ];
    assert_eq!(told, expected.map(|(code, details)| (code, details.to_owned())));
}

#[test]
fn problems_that_cannot_be_read_are_never_no_problems() {
    let total = "\"coin\":\"BTC\",\"coin_amount\":\"1\"";
    for problems in ["true", "1", "\"X\"", "{\"problem\":\"X\"}", "[[]]", "[{}]", "[null]", "[\"\"]"] {
        let answer = validation(&format!("{{{total},\"problems\":{problems}}}"), "BTC").unwrap();
        assert_eq!((answer.payable(), answer.problems.len()), (None, 1), "{problems}");
    }
    for none in ["null", "[]", "{}", "false", "\"\""] {
        let answer = validation(&format!("{{{total},\"problems\":{none}}}"), "BTC").unwrap();
        assert!(answer.payable().is_some(), "{none}");
    }
    let twice = format!("{{{total},\"problems\":[\"X\"],\"problems\":null}}");
    assert!(validation(&twice, "BTC").is_err());
    let word = format!("{{{total},\"detail\":\"SUSPENDED_NETWORK\"}}");
    assert_eq!(validation(&word, "BTC").unwrap().payable(), None);
}

#[test]
fn what_is_no_verdict_is_unreadable() {
    for wrong in ["", "null", "[]", "1", fixture!("page.html"), fixture!("cut.json")] {
        assert!(matches!(validation(wrong, "BTC"), Err(Failure::Unreadable(_))), "{wrong}");
    }
}

#[test]
fn a_refusal_brings_its_word_and_its_problems() {
    let suspended = Refusal::read(fixture!("refusal_suspended.json"));
    assert_eq!(suspended.detail.as_str(), "SUSPENDED_COIN");
    assert_eq!(suspended.problems[0].details.as_ref().unwrap().as_str(), "BTC, USDC");
    let login = Refusal::read(fixture!("refusal_login.json"));
    assert_eq!(login.problems[0].code.as_str(), "LOGIN_REQUIRED");
    let phone = Refusal::read(fixture!("refusal_problems.json"));
    assert_eq!(phone.problems.len(), 1);
    assert!(phone.problems[0].to_string().contains("phone number is not valid"));
    let said = |json: &str| Refusal::read(json).detail.to_string();
    assert_eq!(said("{\"error\":{\"message\":\"no such brand\"}}"), "no such brand");
    assert_eq!(said("{\"error\":\"no\"}"), "no");
    assert_eq!(said("{\"error_code\":\"X1\",\"reason\":\"y\"}"), "X1");
    for silent in ["", "[]", "{}", "null", fixture!("page.html")] {
        assert_eq!(Refusal::read(silent), Refusal::default(), "{silent}");
    }
}

#[test]
fn a_refusal_repeats_nothing_personal() {
    let refusal = Refusal::read(fixture!("refusal_message.json"));
    assert_eq!(refusal.detail.as_str(), "Order … of … and … not found");
    assert!(refusal.problems.is_empty());
}
