//! Scenes of buying: the cart, the checkout and the receipt.

use giftty::domain::cart::Cart;
use giftty::domain::choices::SavedChoices;
use giftty::domain::contact::Phone;
use giftty::domain::failure::Failure;
use giftty::domain::limits::{Limit, Limits};
use giftty::domain::problem::Problem;
use giftty::domain::purchase::Validation;
use giftty::domain::record::{Outcome, Placement};
use giftty::domain::request::ItemQuestion;
use giftty::domain::text::Printable;
use giftty::input::{Key, Size};
use giftty::model::Preferences;
use giftty::state::SessionInit;

use super::scenes::{Scene, unreachable};
use crate::support::fixtures::{
    amount, boot, catalogue, choices, fixed_shelf, payment_methods, record, topup_shelf,
};
use crate::support::walk::Walk;

/// What an item of the made-up carts costs.
pub(super) fn price(question: &ItemQuestion) -> &'static str {
    match (question.coin.sent(), question.item.brand.sent()) {
        ("BTC", _) => "0.00032833",
        ("ETH", _) => "0.0121",
        (_, "Airbnb") => "50.74",
        (_, "Telekom") => "17.90",
        _ => "15.22",
    }
}

/// A cart with its prices told.
fn cart(size: Size) -> Walk {
    Walk::at_cart(size, crate::support::fixtures::cart()).prices(|question| Ok(price(question)))
}

/// The checkout of a cart, both numbers filled in.
fn cart_checkout(size: Size) -> Walk {
    cart(size).press(Key::Enter).types("+12125551234").press(Key::Tab).types("+4915123456789")
}

pub(super) fn problems(codes: &[&str]) -> Validation {
    Validation { total: None, problems: codes.iter().map(|code| Problem::new(code)).collect() }
}

fn payable(total: &str) -> Validation {
    Validation { total: Some(amount(total)), problems: vec![] }
}

pub(crate) const CART: &[Scene] = &[
    ("cart", |size| cart(size).press(Key::Down).state),
    ("cart_empty", |size| Walk::at_cart(size, Cart::default()).state),
    ("cart_asking", |size| Walk::at_cart(size, crate::support::fixtures::cart()).state),
    ("cart_busy", |size| Walk::at_cart(size, crate::support::fixtures::cart()).busy(7).state),
    ("cart_prices_failed", |size| {
        Walk::at_cart(size, crate::support::fixtures::cart()).prices(|_| Err(unreachable())).state
    }),
    ("cart_full", |size| {
        Walk::at_cart(size, crate::support::fixtures::full_cart())
            .prices(|question| Ok(price(question)))
            .types("+")
            .state
    }),
    ("cart_added", |size| Walk::at_product(size, "Airbnb", fixed_shelf()).types("+a").state),
    ("cart_checkout", |size| cart(size).press(Key::Enter).state),
    ("cart_checkout_searching", |size| {
        let walk = cart_checkout(size).press(Key::Enter).validation(Ok(problems(&["OUT_OF_STOCK"])));
        walk.validation(Ok(payable("101.48"))).state
    }),
    ("cart_checkout_errors", |size| {
        let codes = ["OUT_OF_STOCK", "INVALID_BENEFICIARY_ACCOUNT", "MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED"];
        let walk = cart_checkout(size).press(Key::Enter).validation(Ok(problems(&codes)));
        let walk = walk.validation(Ok(payable("101.48")));
        let walk = walk.validation(Ok(problems(&["INVALID_BENEFICIARY_ACCOUNT"])));
        walk.validation(Ok(payable("17.90"))).validation(Ok(problems(&["OUT_OF_STOCK"]))).state
    }),
    ("cart_receipt", |size| cart_checkout(size).press(Key::Enter).validation(Ok(payable("149.82"))).state),
    ("cart_full_checkout", |size| {
        let walk = Walk::at_cart(size, crate::support::fixtures::full_cart())
            .prices(|question| Ok(price(question)))
            .press(Key::Enter);
        walk.presses(Key::Tab, 5).state
    }),
    ("cart_full_receipt", |size| {
        let walk = Walk::at_cart(size, crate::support::fixtures::full_cart())
            .prices(|question| Ok(price(question)))
            .press(Key::Enter);
        let number = |walk: Walk| walk.types("+12125551234").press(Key::Tab);
        let walk = number(number(number(walk)));
        walk.press(Key::Enter).validation(Ok(payable("507.40"))).state
    }),
];

pub(crate) const CHECKOUT: &[Scene] = &[
    ("checkout_filling", |size| Walk::at_checkout(size).state),
    ("checkout_phone", |size| {
        let walk = Walk::at_product(size, "Lyca", topup_shelf()).press(Key::Enter);
        walk.types("0176 555").press(Key::Enter).state
    }),
    ("checkout_mistyped", |size| {
        let walk = Walk::at_checkout(size).presses(Key::Backspace, 15).types("you@gmial.com");
        walk.press(Key::Tab).press(Key::Tab).types("9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin").state
    }),
    ("checkout_number", |size| {
        Walk::at_product(size, "Lyca", topup_shelf()).press(Key::Enter).types("+1 212 555").state
    }),
    ("checkout_number_right", |size| {
        Walk::at_product(size, "Lyca", topup_shelf()).press(Key::Enter).types("+1 212 555 1234").state
    }),
    ("checkout_number_abroad", |size| {
        Walk::at_product(size, "Lyca", topup_shelf()).press(Key::Enter).types("+49 151").state
    }),
    ("checkout_remembered", |size| {
        let phone = Some(Phone::recorded("+12125551234"));
        let walk = Walk::begin(boot(size))
            .recalls(SavedChoices { phone, ..choices() })
            .payment_methods(Ok(payment_methods()))
            .records(Ok(vec![]));
        let walk = walk.catalogue(Ok(catalogue())).types("Lyca").press(Key::Enter);
        walk.shelves(Ok(vec![topup_shelf()])).press(Key::Enter).state
    }),
    ("checkout_newsletter", |size| Walk::at_checkout(size).press(Key::BackTab).press(Key::Char(' ')).state),
    ("checkout_errors", |size| {
        let problems =
            ["COUPON_NOT_VALID_FOR_BRAND", "SUSPENDED_NETWORK", "INVALID_EMAIL_DOMAIN", "MOON_PHASE"];
        let answer =
            Validation { total: None, problems: problems.iter().map(|code| Problem::new(code)).collect() };
        let walk = Walk::at_checkout(size).press(Key::Tab).types("SUMMER").press(Key::Enter);
        walk.validation(Ok(answer)).state
    }),
    ("checkout_checking", |size| Walk::at_checkout(size).press(Key::Enter).state),
    ("receipt", |size| Walk::at_receipt(size, "50.74").state),
    ("receipt_dearer", |size| Walk::at_receipt(size, "51.90").state),
    ("receipt_above_limits", |size| limited(size).state),
    ("receipt_limits_agreed", |size| limited(size).types("l").state),
    ("receipt_without_journal", |size| without_journal(size).state),
    ("receipt_mistyped", |size| {
        let walk = Walk::at_checkout(size).presses(Key::Backspace, 15).types("you@gmial.com");
        walk.press(Key::Enter).validation(Ok(payable("50.74"))).state
    }),
    ("receipt_placing", |size| Walk::at_receipt(size, "50.74").types("p").state),
    ("receipt_not_sent", |size| {
        let walk = Walk::at_receipt(size, "50.74").types("p");
        walk.placement(Placement::NotSent(unreachable()), None).state
    }),
    ("receipt_unknown", |size| {
        let lost = || Failure::Interrupted(Printable::new("the connection was closed"));
        let kept = record(9, Outcome::Unknown("the connection was closed".into()));
        Walk::at_receipt(size, "50.74").types("p").placement(Placement::Unknown(lost()), Some(kept)).state
    }),
    ("receipt_reading", |size| without_journal(size).ctrl('r').state),
    ("receipt_doubtful", |size| {
        let earlier = record(8, Outcome::Unknown("the connection was closed".into()));
        let answer = Validation { total: Some(amount("50.74")), problems: vec![] };
        let walk = Walk::with_records(size, vec![earlier]).press(Key::Esc).catalogue(Ok(catalogue()));
        let walk = walk.types("Airbnb").press(Key::Enter).shelves(Ok(vec![fixed_shelf()]));
        walk.press(Key::Enter).press(Key::Enter).validation(Ok(answer)).state
    }),
];

/// The receipt of a card of $50, with limits in the coin and in a currency.
fn limited(size: Size) -> Walk {
    let limit = |text: &str| Limit::Most(text.parse().unwrap());
    let limits = Limits { order: limit("50 USDC"), day: limit("100 EUR") };
    let preferences = Preferences { limits, ..Preferences::default() };
    let walk = Walk::begin(SessionInit { preferences, ..boot(size) })
        .payment_methods(Ok(payment_methods()))
        .records(Ok(vec![]));
    let walk = walk.catalogue(Ok(catalogue())).types("Airbnb").press(Key::Enter);
    let walk = walk.shelves(Ok(vec![fixed_shelf()])).press(Key::Enter).press(Key::Enter);
    walk.validation(Ok(payable("50.74")))
}

/// The receipt where the journal cannot be opened.
fn without_journal(size: Size) -> Walk {
    let failure = Failure::Unrecorded(Printable::new("the folder cannot be made: the disk is read-only"));
    let walk = Walk::begin(boot(size)).payment_methods(Ok(payment_methods())).records(Err(failure));
    let walk = walk.catalogue(Ok(catalogue())).types("Airbnb").press(Key::Enter);
    let walk = walk.shelves(Ok(vec![fixed_shelf()])).press(Key::Enter).press(Key::Enter);
    walk.validation(Ok(payable("50.74")))
}
