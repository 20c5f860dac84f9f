//! Limits: what is above them is found, and what cannot be told is asked about.

use super::*;
use crate::domain::contact::Beneficiary;
use crate::domain::order::{Order, OrderId, OrderState, PaymentState, Snapshot, Terms};
use crate::domain::product::DeliveryMethod;
use crate::domain::purchase::{Item, Lang, Line};
use crate::domain::record::{Attempt, Remarks};

const NOW: Timestamp = Timestamp(1_700_000_000);

fn amount(digits: &str) -> Amount {
    digits.parse().unwrap()
}

fn most(text: &str) -> Limit {
    Limit::Most(text.parse().unwrap())
}

fn limits(order: &str, day: &str) -> Limits {
    let limit = |text: &str| if text.is_empty() { Limit::None } else { most(text) };
    Limits { order: limit(order), day: limit(day) }
}

fn fixed(denomination: &str) -> Choice {
    Choice::Fixed { denomination: denomination.into(), label: denomination.into() }
}

fn range(value: &str, currency: &str) -> Choice {
    Choice::Range { value: amount(value), currency: currency.into() }
}

fn purchase(choices: &[(Choice, u8)]) -> Purchase {
    let line = |(choice, quantity): &(Choice, u8)| Line {
        item: Item {
            brand: "Netflix".into(),
            family: "Netflix".into(),
            country: "DE".parse().unwrap(),
            choice: choice.clone(),
            delivery: DeliveryMethod::ByEmail,
            quantity: *quantity,
        },
        beneficiary: Beneficiary::Mailbox("ann@example.com".parse().unwrap()),
    };
    Purchase {
        lines: choices.iter().map(line).collect(),
        buyer: "ann@example.com".parse().unwrap(),
        tender: Tender::recommended(),
        coupon: None,
        refund_address: None,
        newsletter: false,
        lang: Lang::En,
    }
}

fn record(begun: i64, choice: Choice, outcome: Outcome) -> Record {
    Record {
        attempt: Attempt(1),
        begun: Timestamp(begun),
        purchase: Some(purchase(&[(choice, 1)])),
        total: Some(amount("101.48")),
        outcome,
        remarks: Remarks::default(),
    }
}

fn order(state: &str, payment: &str, sent: &str) -> Outcome {
    Outcome::Placed(Box::new(Order::new(Snapshot {
        id: OrderId::parse("f9d624ad-dc5e-4efd-9ecf-f8fb08a22677").unwrap(),
        state: OrderState::read(state),
        payment: PaymentState::read(payment),
        terms: Some(Terms {
            tender: Tender::recommended(),
            amount: amount("101.48"),
            address: "9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrpnFC1a2b3c4d".into(),
            qr_text: None,
            memo: None,
        }),
        sent: amount(sent),
        created_at: None,
        updated_at: None,
        deliveries: vec![],
    })))
}

/// What is said about a purchase of 101.48 USDC.
fn said(limits: &Limits, choices: &[(Choice, u8)], records: &[Record]) -> Vec<String> {
    let excess = limits.exceeded(&purchase(choices), amount("101.48"), records, NOW);
    excess.iter().map(ToString::to_string).collect()
}

#[test]
fn a_sum_is_an_amount_and_a_word() {
    for (text, read) in [("200 EUR", "200 EUR"), (" 0.50 usdc ", "0.50 USDC"), ("0 BTC", "0 BTC")] {
        assert_eq!(text.parse::<Sum>().unwrap().to_string(), read);
    }
    for text in
        ["", "200", "EUR", "200EUR", "EUR 200", "-1 EUR", "1,5 EUR", "1e3 EUR", "200 €", "2 0 EUR", "1 2"]
    {
        assert_eq!(text.parse::<Sum>(), Err(NotASum), "{text}");
    }
}

#[test]
fn without_limits_nothing_is_asked() {
    assert_eq!(said(&Limits::default(), &[(range("1000000", "EUR"), 10)], &[]), [""; 0]);
}

#[test]
fn an_order_above_its_limit_tells_both_figures() {
    let limits = limits("200 EUR", "");
    assert_eq!(said(&limits, &[(range("100", "EUR"), 2)], &[]), [""; 0], "the limit itself is allowed");
    assert_eq!(
        said(&limits, &[(range("100", "EUR"), 2), (fixed("0.50 EUR"), 1)], &[]),
        ["This order comes to 200.50 EUR; your limit for one order is 200 EUR."]
    );
}

#[test]
fn a_limit_in_the_coin_holds_for_the_total() {
    assert_eq!(said(&limits("101.48 usdc", ""), &[(fixed("whatever"), 1)], &[]), [""; 0]);
    assert_eq!(
        said(&limits("101.47 USDC", ""), &[(fixed("whatever"), 1)], &[]),
        ["This order comes to 101.48 USDC; your limit for one order is 101.47 USDC."]
    );
}

#[test]
fn what_cannot_be_compared_exactly_is_asked_about() {
    let cheap =
        "It costs 101.48 USDC, which cannot be told exactly in EUR; your limit for one order is 200 EUR.";
    for choice in [
        range("5", "USD"),
        fixed("5 USD"),
        fixed("1 GB 7 days"),
        fixed("5 EUR - PIN"),
        fixed("150.000 EUR"),
        fixed("1 000 EUR"),
        fixed("2,50 EUR"),
        fixed("EUR"),
    ] {
        assert_eq!(said(&limits("200 EUR", ""), &[(choice.clone(), 1)], &[]), [cheap], "{choice:?}");
        let mixed = [(range("5", "EUR"), 1), (choice, 1)];
        assert_eq!(said(&limits("200 EUR", ""), &mixed, &[]).len(), 1);
    }
}

#[test]
fn a_day_is_the_last_24_hours_and_counts_what_may_have_become_an_order() {
    let limits = limits("", "250 EUR");
    let counted = |begun: i64, outcome: Outcome| {
        let records = [record(begun, range("200", "EUR"), outcome)];
        !said(&limits, &[(range("100", "EUR"), 1)], &records).is_empty()
    };
    let lost = || Outcome::Unknown("lost".into());
    assert!(counted(NOW.0 - 86_400, lost()));
    assert!(!counted(NOW.0 - 86_401, lost()));
    assert!(counted(NOW.0 + 5000, lost()), "a clock that was set back makes no room");
    assert!(counted(NOW.0, Outcome::Intended));
    assert!(!counted(NOW.0, Outcome::Refused("no".into())));
    assert!(!counted(NOW.0, Outcome::NotSent("no".into())));
    for (state, payment, sent, counts) in [
        ("WaitingForPayment", "WalletCreated", "0", true),
        ("Done", "PaymentReceived", "101.48", true),
        ("Levitating", "", "0", true),
        ("Expired", "Expired", "0", false),
        ("Expired", "Expired", "3", true),
        ("Canceled", "", "0", false),
        ("Refunded", "PaymentReceived", "101.48", false),
    ] {
        assert_eq!(counted(NOW.0, order(state, payment, sent)), counts, "{state}, {sent} sent");
    }
}

#[test]
fn a_day_above_its_limit_tells_what_was_before() {
    let before = [record(NOW.0 - 60, fixed("200 EUR"), Outcome::Intended)];
    assert_eq!(
        said(&limits("", "250 EUR"), &[(range("100", "EUR"), 1)], &before),
        [
            "With 200 EUR ordered within the last 24 hours it comes to 300 EUR; your limit for a day is 250 EUR."
        ]
    );
    assert_eq!(
        said(&limits("", "200 USDC"), &[(fixed("any"), 1)], &before),
        [
            "With 101.48 USDC ordered within the last 24 hours it comes to 202.96 USDC; your limit for a day is 200 USDC."
        ]
    );
    assert_eq!(said(&limits("", "300 EUR"), &[(range("100", "EUR"), 1)], &before), [""; 0]);
}

#[test]
fn a_day_of_which_a_part_cannot_be_told_is_asked_about() {
    let limits = limits("", "250 EUR");
    let strange = || record(NOW.0 - 60, fixed("1 GB 7 days"), Outcome::Intended);
    let words = "It costs 101.48 USDC; what that and the last 24 hours come to cannot be told exactly in EUR, \
                 and your limit for a day is 250 EUR.";
    assert_eq!(said(&limits, &[(range("1", "EUR"), 1)], &[strange()]), [words]);
    let unread = Record { purchase: None, total: None, ..strange() };
    assert_eq!(said(&limits, &[(range("1", "EUR"), 1)], &[unread]), [words]);
    // What is known alone is too much already.
    let known = said(&limits, &[(range("251", "EUR"), 1)], &[strange()]);
    assert!(known[0].starts_with("With 0 EUR ordered"), "{known:?}");
}

#[test]
fn an_imported_order_counts_by_what_the_shop_says_of_it() {
    let imported = Record {
        purchase: None,
        total: None,
        ..record(NOW.0 - 60, fixed("any"), order("Done", "PaymentReceived", "101.48"))
    };
    let in_coin = said(&limits("", "200 USDC"), &[(fixed("any"), 1)], std::slice::from_ref(&imported));
    assert!(in_coin[0].starts_with("With 101.48 USDC ordered"), "{in_coin:?}");
    assert_eq!(said(&limits("", "200 EUR"), &[(range("1", "EUR"), 1)], &[imported]).len(), 1);
}

#[test]
fn a_limit_that_cannot_be_read_asks_about_everything() {
    let limits = Limits::unreadable("line 3 is no TOML");
    assert_eq!(
        said(&limits, &[(range("0.01", "EUR"), 1)], &[]),
        [
            "Your limit for one order cannot be read (line 3 is no TOML), so every order is asked about.",
            "Your limit for a day cannot be read (line 3 is no TOML), so every order is asked about.",
        ]
    );
}
