//! What an order does with what it hears.

use super::*;
use crate::domain::text::Printable;

const ID: &str = "f9d624ad-dc5e-4efd-9ecf-f8fb08a22677";

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

fn snapshot(state: &str, payment: &str, updated_at: i64) -> Snapshot {
    Snapshot {
        id: OrderId::parse(ID).unwrap(),
        state: OrderState::read(state),
        payment: PaymentState::read(payment),
        terms: Some(Terms {
            tender: Tender::new("USDC", "Solana"),
            amount: amount("101.48"),
            address: "9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrpnFC1a2b3c4d".into(),
            qr_text: None,
            memo: None,
        }),
        sent: Amount::ZERO,
        created_at: Some(Timestamp(1000)),
        updated_at: Some(Timestamp(updated_at)),
        deliveries: vec![],
    }
}

#[test]
fn states_never_go_backwards_and_replays_change_nothing() {
    let mut order = Order::new(snapshot("WaitingForPayment", "WalletCreated", 1000));
    assert_eq!(order.learn(snapshot("PaymentReceived", "PaymentReceived", 1010)), Ok(true));
    assert_eq!(order.learn(snapshot("WaitingForPayment", "WalletCreated", 1020)), Ok(false));
    assert_eq!(order.learn(snapshot("PaymentReceived", "PaymentReceived", 1010)), Ok(false));
    assert_eq!(order.phase(), Phase::Paid);
}

#[test]
fn a_support_case_can_go_on_to_delivery() {
    let mut order = Order::new(snapshot("WaitingForManualAction", "PaymentReceived", 1000));
    order.learn(snapshot("WaitingForDelivery", "PaymentReceived", 1010)).unwrap();
    assert_eq!(order.phase(), Phase::Delivering);
}

#[test]
fn an_expired_order_can_still_be_paid_late() {
    let mut order = Order::new(snapshot("Expired", "Expired", 1000));
    assert_eq!(order.phase(), Phase::Expired);
    assert!(!order.is_final());
    order.learn(snapshot("Done", "PaymentReceived", 1100)).unwrap();
    assert_eq!(order.phase(), Phase::Delivered);
}

#[test]
fn news_of_another_order_is_not_taken() {
    let mut order = Order::new(snapshot("WaitingForPayment", "WalletCreated", 1000));
    let mut other = snapshot("Done", "PaymentReceived", 2000);
    other.id = OrderId::parse("00000000-dc5e-4efd-9ecf-f8fb08a22677").unwrap();
    assert_eq!(order.learn(other), Err(Foreign));
}

#[test]
fn changed_terms_are_remembered_for_good() {
    let mut order = Order::new(snapshot("WaitingForPayment", "WalletCreated", 1000));
    let mut forged = snapshot("WaitingForPayment", "WalletCreated", 1001);
    forged.terms.as_mut().unwrap().address = "another".into();
    order.learn(forged).unwrap();
    order.learn(snapshot("WaitingForPayment", "WalletCreated", 1002)).unwrap();
    assert!(order.terms_changed);
}

#[test]
fn an_overpayment_that_is_held_says_how_much_too_much() {
    let mut held = snapshot("WaitingForManualAction", "PaymentQuarantined", 1000);
    held.sent = amount("102.48");
    assert_eq!(Order::new(held).phase(), Phase::Quarantined(Some(amount("1.00"))));
}

#[test]
fn part_of_the_money_names_what_is_missing() {
    let mut part = snapshot("PartialPaymentStarted", "PaymentRequested", 1000);
    part.sent = amount("100");
    assert_eq!(Order::new(part).phase(), Phase::PartlyPaid(amount("1.48")));
}

#[test]
fn unknown_words_survive() {
    let odd = Order::new(snapshot("Levitating", "WalletCreated", 1000));
    assert_eq!(odd.phase(), Phase::Unknown(Printable::new("Levitating")));
    let odd = Order::new(snapshot("WaitingForPayment", "PaymentPondered", 1000));
    assert_eq!(odd.phase(), Phase::Unknown(Printable::new("PaymentPondered")));
}

#[test]
fn an_id_is_safe_in_a_path_and_not_told_when_debugging() {
    assert!(OrderId::parse("../../etc/passwd").is_err());
    assert!(OrderId::parse("a?b=c&d=efgh").is_err());
    let id = OrderId::parse(ID).unwrap();
    assert_eq!(format!("{id:?}"), "OrderId(f9d624ad…)");
}

#[test]
fn a_code_and_its_serial_may_come_in_two_snapshots() {
    let line = |delivered| Delivery {
        id: "1".into(),
        state: DeliveryState::Succeeded,
        brand: "Airbnb".into(),
        country: None,
        value: "100 USD".into(),
        echo: Echo::Unsaid,
        beneficiary: "you@example.com".into(),
        delivered,
        failure: None,
    };
    let serial = Delivered { serial: Some("S-1".into()), ..Delivered::default() };
    let code = Delivered { code: Some(Code::read("C-1")), ..Delivered::default() };
    let mut first = snapshot("Done", "PaymentReceived", 1000);
    first.deliveries = vec![line(serial)];
    let mut second = snapshot("Done", "PaymentReceived", 1001);
    second.deliveries = vec![line(code)];
    let mut order = Order::new(first);
    order.learn(second).unwrap();
    let delivered = &order.known.deliveries[0].delivered;
    assert!(delivered.serial.is_some() && delivered.code.is_some());
}
