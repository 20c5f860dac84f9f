//! Orders: every state, every kind of number, everything that can be delivered.

use super::super::{Placed, placed, snapshot};
use super::{amount, country, fixture};
use crate::domain::failure::Failure;
use crate::domain::order::{Code, DeliveryState, Echo, OrderState, PaymentState, Snapshot};
use crate::domain::tender::Tender;
use crate::domain::text::{Printable, Secret};
use crate::domain::time::Timestamp;

fn read(json: &str) -> Snapshot {
    snapshot(json).unwrap()
}

#[test]
fn an_order_to_be_paid_is_read_whole() {
    let order = read(fixture!("order.json"));
    assert_eq!(order.id.short(), "f9d624ad");
    assert_eq!((order.state, order.payment), (OrderState::WaitingForPayment, PaymentState::WalletCreated));
    let terms = order.terms.unwrap();
    assert_eq!(terms.tender, Tender::new("BTC", "Lightning"));
    assert_eq!(terms.amount.to_string(), "0.00032833");
    assert_eq!(terms.address, "lnbc328330n1example");
    assert_eq!(terms.qr_text.as_deref(), Some("lightning:lnbc328330n1example"));
    assert_eq!(order.created_at, Some(Timestamp(1_787_679_708)));
    let line = &order.deliveries[0];
    assert_eq!(
        (line.brand.sent(), line.country, line.value.as_str()),
        ("Amazon.com", Some(country("US")), "$25")
    );
    assert_eq!(line.beneficiary, Secret::new("buyer@example.com"));
    assert!(line.delivered.is_empty());
}

#[test]
fn numbers_keep_their_digits_and_times_come_in_every_form() {
    let order = read(fixture!("order_numbers.json"));
    assert_eq!(order.state, OrderState::PartialPaymentStarted);
    assert_eq!(order.terms.unwrap().amount.to_string(), "101.480");
    assert_eq!(order.sent.to_string(), "12345678901234567890.12");
    assert_eq!(order.created_at, Some(Timestamp(1_787_679_708)));
    assert_eq!(order.updated_at, Some(Timestamp(1_787_679_999)));
    let order = read(fixture!("order_minimal.json"));
    assert_eq!(order.created_at, Some(Timestamp(1_787_660_508)));
    assert_eq!((order.updated_at, order.sent), (None, amount("0")));
}

#[test]
fn terms_are_whole_or_not_there() {
    assert!(read(fixture!("order_minimal.json")).terms.is_none(), "nothing is to be paid");
    let json = fixture!("order.json");
    for (part, other) in [
        ("\"coin\": \"BTC\"", "\"coin\": null"),
        ("\"network\": \"Lightning\"", "\"network\": \" \""),
        ("\"coin_amount\": \"0.00032833\"", "\"coin_amount\": 3.2833e-4"),
        ("\"wallet_address\": \"lnbc328330n1example\"", "\"wallet_address\": \"\""),
    ] {
        let odd = json.replacen(part, other, 1);
        assert_ne!(odd, json, "{part}");
        assert!(read(&odd).terms.is_none(), "{other}");
    }
}

#[test]
fn every_state_of_the_contract_is_known_in_any_case() {
    let json = fixture!("order.json");
    for word in [
        "Created",
        "WaitingForPayment",
        "PartialPaymentStarted",
        "PaymentStarted",
        "PaymentReceived",
        "WaitingForDelivery",
        "WaitingForManualAction",
        "Done",
        "Expired",
        "Canceled",
        "PaymentFailed",
        "PaymentSetupFailed",
        "Refunded",
    ] {
        for spelled in [word.to_owned(), word.to_uppercase(), word.to_lowercase()] {
            let order = read(&json.replacen("WaitingForPayment", &spelled, 1));
            assert_eq!(order.state.word(), word);
        }
    }
    for word in [
        "WalletCreated",
        "PaymentRequested",
        "PaymentReceived",
        "Expired",
        "PaymentQuarantined",
        "ExpiredAfterPaymentDetection",
    ] {
        let order = read(&json.replacen("WalletCreated", &word.to_uppercase(), 1));
        assert_eq!(order.payment.word(), word);
    }
    let odd = read(fixture!("order_minimal.json"));
    assert_eq!(odd.state, OrderState::Other(Printable::new("Levitating")));
    assert_eq!(odd.payment, PaymentState::Unsaid);
    let odd = read(&json.replacen("WalletCreated", "Pondered", 1));
    assert_eq!(odd.payment, PaymentState::Other(Printable::new("Pondered")));
}

#[test]
fn whatever_is_delivered_is_told_apart() {
    let order = read(fixture!("order_done.json"));
    let lines = &order.deliveries;
    let code = |place: usize| lines[place].delivered.code.clone();
    assert_eq!(code(0), Some(Code::Pin(Secret::new("ABCD-1234-EFGH"))));
    assert_eq!(lines[0].delivered.redeem.lines()[0].as_str(), "Go to amazon.com/redeem");
    assert_eq!(code(1), Some(Code::Link(Secret::new("https://codes.example/r/xyz"))));
    assert_eq!(code(2), Some(Code::Esim(Secret::new("LPA:1$smdp.example$ABC-DEF"))));
    assert_eq!(lines[3].delivered.serial, Some(Secret::new("123456789012345678901234")));
    assert_eq!(lines[3].delivered.security_code, Some(Secret::new("777")));
    assert_eq!(code(4), None);
    assert_eq!(lines[4].delivered.operator_reference, Some(Printable::new("OP-1")));
    assert_eq!(code(5), Some(Code::Pin(Secret::new("http://codes.example/x"))), "not a link to open");
    assert_eq!(lines[6].failure, Some(Printable::new("The carrier said no")));
    let states: Vec<_> = lines.iter().map(|line| line.state.clone()).collect();
    assert_eq!(states[..6], vec![DeliveryState::Succeeded; 6]);
    assert_eq!(states[6], DeliveryState::Failed);
    assert_eq!(states[7], DeliveryState::Other(Printable::new("Pondering")));
    assert_eq!(states[8], DeliveryState::Succeeded);
}

#[test]
fn a_range_is_worth_its_value_and_a_line_without_an_id_has_its_place() {
    let order = read(fixture!("order_done.json"));
    let value = |place: usize| order.deliveries[place].value.as_str();
    assert_eq!((value(0), value(2), value(3), value(5)), ("$25", "1 GB 7 days", "50 USD", "12.50 EUR"));
    assert_eq!(order.deliveries[5].id.as_str(), "06");
    assert_eq!((order.deliveries[8].id.as_str(), value(8)), ("d9", ""));
}

#[test]
fn what_a_line_repeats_of_the_choice_is_kept_as_it_came() {
    let echo = |place: usize| read(fixture!("order_done.json")).deliveries[place].echo.clone();
    let range = |value, code: &str| Echo::Range { value: Some(amount(value)), currency: Some(code.into()) };
    assert_eq!((echo(0), echo(2)), (Echo::Fixed("25 USD".into()), Echo::Fixed("1 GB 7 days".into())));
    assert_eq!((echo(3), echo(5)), (range("50", "USD"), range("12.5", "EUR")));
    assert_eq!(echo(8), Echo::Unsaid);
}

#[test]
fn an_order_needs_an_id_and_a_state_and_nothing_else() {
    let wrapped = read(fixture!("order_wrapped.json"));
    assert_eq!((wrapped.state, wrapped.deliveries.len()), (OrderState::Expired, 0));
    for name in ["order_id", "id", "orderId", "reference_order_id"] {
        assert!(
            snapshot(&format!("{{\"{name}\":\"12345678-a\",\"order_state\":\"Done\"}}")).is_ok(),
            "{name}"
        );
    }
    for wrong in [
        "{}",
        "null",
        "[]",
        "\"Done\"",
        "{\"order_state\":\"Done\"}",
        "{\"order_id\":\"12345678\"}",
        "{\"order_id\":\"../../etc\",\"order_state\":\"Done\"}",
        fixture!("page.html"),
        fixture!("cut.json"),
        "{\"order_id\":\"12345678\",\"order_id\":\"87654321\",\"order_state\":\"Done\"}",
    ] {
        assert!(matches!(snapshot(wrong), Err(Failure::Unreadable(_))), "{wrong}");
    }
}

#[test]
fn an_order_with_problems_is_unclear_and_problems_without_an_order_are_a_refusal() {
    assert!(matches!(placed(fixture!("order.json")), Placed::Order(_)));
    assert!(matches!(placed(fixture!("order_wrapped.json")), Placed::Order(_)));
    assert!(matches!(placed(fixture!("order_and_problems.json")), Placed::Unclear(_)));
    let refused = placed("{\"order_id\":null,\"problems\":[\"OUT_OF_STOCK\"]}");
    assert!(matches!(refused, Placed::Problems(problems) if problems[0].code.as_str() == "OUT_OF_STOCK"));
    for trace in [
        "{\"order_id\":\"x\",\"problems\":[\"A\"]}",
        "{\"order_id\":\"x\",\"problems\":[\"A\"],\"data\":{}}",
        "{\"wallet_address\":\"x\",\"problems\":[\"A\"]}",
        "{\"problems\":[\"A\"],\"order\":{\"id\":\"12345678\",\"order_state\":\"Created\"}}",
        "{}",
        "{\"problems\":[]}",
        "",
        fixture!("page.html"),
        fixture!("cut.json"),
    ] {
        assert!(matches!(placed(trace), Placed::Unclear(_)), "{trace}");
    }
}
