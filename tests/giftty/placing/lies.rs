//! An order that is not what was asked for is never offered to be paid: why is said, it stays in the
//! journal, and it is followed.

use giftty::domain::money::Amount;
use giftty::domain::settlement::{self, Asked, Settlement, Withheld};
use giftty::domain::tender::PaymentMethods;
use giftty::domain::time::Timestamp;
use giftty::sandbox::Pace;
use serde_json::{Value, json};

use super::till::{Became, Till, purchase};
use crate::support::sandbox::World;

/// Why an order is withheld, without its details.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    NoTerms,
    OtherTender,
    OtherLines,
    Dearer,
    Cheaper,
    WrongAddress,
    NothingSafe,
    NotAsked,
    WindowClosed,
}

fn why(withheld: &Withheld) -> Option<Why> {
    Some(match withheld {
        Withheld::NoTerms => Why::NoTerms,
        Withheld::OtherTender { .. } => Why::OtherTender,
        Withheld::OtherLines => Why::OtherLines,
        Withheld::Dearer { .. } => Why::Dearer,
        Withheld::Cheaper { .. } => Why::Cheaper,
        Withheld::WrongAddress(_) => Why::WrongAddress,
        Withheld::NothingSafe => Why::NothingSafe,
        Withheld::NotAsked(_) => Why::NotAsked,
        Withheld::WindowClosed => Why::WindowClosed,
        Withheld::NeedsMemo | Withheld::Changed | Withheld::OtherInvoice => return None,
    })
}

/// The shop's answer with one field falsified, as the next start finds it.
struct Told {
    settled: Result<Settlement, Withheld>,
    total: Amount,
    is_open: bool,
}

async fn told(world: &World, field: &str, value: &Value) -> Told {
    let home = tempfile::tempdir().unwrap();
    let (till, purchase) = (Till::new(world.sandbox.base_url(), home.path()), purchase());
    let before = world.orders().await.len();
    let client = till.client().await;
    let total = client.validate(&purchase).await.unwrap().payable().unwrap();
    let payment_methods = client.payment_methods().await.unwrap();
    let value = match value {
        Value::Object(moved) => {
            let permille: rust_decimal::Decimal = moved["permille"].to_string().parse().unwrap();
            json!((total.value() * permille / rust_decimal::Decimal::from(1000)).to_string())
        }
        plain => plain.clone(),
    };
    world.control("tamper", &json!({"field": field, "value": value}).to_string()).await;
    let placement = till.places(&purchase, total).await;
    assert_eq!(Became::of(&placement), Became::Placed, "{field} {value}: {placement:?}");
    assert_eq!(world.orders().await.len(), before + 1, "{field}");
    let mut found = till.finds().await;
    let record = found.remove(0);
    assert!(found.is_empty(), "{field}");
    let order = record.order().expect("an order that the journal has");
    let now =
        order.known.created_at.map_or(Timestamp(0), |placed| placed.plus(std::time::Duration::from_secs(1)));
    let asked = Asked { purchase: record.purchase.as_ref().unwrap(), total: record.total.unwrap() };
    let settle = |payment_methods: &PaymentMethods, now| {
        settlement::check(order, Some(asked), false, payment_methods, now)
    };
    let now = if field == "created_at" { giftty::runtime::clock::Clock::start().now().wall } else { now };
    Told { settled: settle(&payment_methods, now), total, is_open: record.is_open() }
}

async fn check(table: &[(&str, Value, Why)]) {
    let world = World::new(Pace::Manual).await;
    for (field, value, expected) in table {
        let told = told(&world, field, value).await;
        let withheld = told.settled.expect_err(&format!("{field} {value}"));
        assert_eq!(why(&withheld), Some(*expected), "{field} {value}: {withheld:?}");
        assert!(told.is_open, "{field} {value}: it is followed");
        assert!(withheld.to_string().ends_with('.'), "{withheld}");
    }
}

fn deliverable(line: u8, field: &str) -> String {
    format!("/deliveries/{line}/deliverable/{field}")
}

#[tokio::test(start_paused = true)]
async fn an_honest_answer_is_offered_as_it_was_asked_for() {
    let world = World::new(Pace::Manual).await;
    for (field, value) in [
        // What does not matter, what is written otherwise, and what is not repeated.
        ("reference_id".to_owned(), json!("another")),
        (deliverable(0, "beneficiary_account"), json!("You@Example.com")),
        (deliverable(0, "denomination"), json!(" 10 USD ")),
        (deliverable(0, "denomination"), json!("$10")),
        (deliverable(0, "denomination"), Value::Null),
        (deliverable(2, "product_value"), json!("100.00")),
        (deliverable(2, "product_value"), json!(100)),
        (deliverable(2, "product_value"), Value::Null),
        (deliverable(2, "currency_code"), json!("usd")),
        // Half a percent is what a coin moves in a minute.
        ("coin_amount".to_owned(), json!({"permille": 1004})),
        ("coin_amount".to_owned(), json!({"permille": 996})),
    ] {
        let told = told(&world, &field, &value).await;
        let settlement = told.settled.unwrap_or_else(|why| panic!("{field} {value}: {why}"));
        assert_eq!(settlement.tender, purchase().tender);
        assert!(!settlement.amount.exceeds_by(told.total, 5));
    }
}

#[tokio::test(start_paused = true)]
async fn an_order_for_something_else_is_withheld() {
    let table: Vec<(String, Value)> = vec![
        (deliverable(0, "brand_name"), json!("Airbnb")),
        (deliverable(0, "brand_name"), json!("Steаm")),
        (deliverable(0, "brand_name"), Value::Null),
        (deliverable(1, "country_code"), json!("CA")),
        (deliverable(1, "country_code"), Value::Null),
        (deliverable(2, "beneficiary_account"), json!("eve@example.com")),
        (deliverable(2, "beneficiary_account"), Value::Null),
        (deliverable(0, "denomination"), json!("50 USD")),
        (deliverable(0, "denomination"), json!("1O USD")),
        (deliverable(0, "denomination"), json!("range")),
        // A literal value of a range brand is another, dearer product (contract, section 3.1).
        (deliverable(2, "denomination"), json!("100 USD")),
        (deliverable(2, "product_value"), json!(50)),
        (deliverable(2, "product_value"), json!("100.5")),
        (deliverable(2, "currency_code"), json!("CAD")),
        ("deliveries".to_owned(), json!([])),
        ("deliveries".to_owned(), Value::Null),
        ("/deliveries/1".to_owned(), Value::Null),
        ("/deliveries/0/deliverable".to_owned(), Value::Null),
    ];
    let table: Vec<_> =
        table.iter().map(|(field, value)| (&**field, value.clone(), Why::OtherLines)).collect();
    check(&table).await;
}

#[tokio::test(start_paused = true)]
async fn an_order_with_one_delivery_more_is_withheld() {
    let line = json!({"id": "one-more", "delivery_state": "WaitingForPayment", "deliverable": {
        "brand_name": "Steam", "country_code": "US", "denomination": "10 USD",
        "beneficiary_account": "you@example.com"}});
    let range = json!({"id": "range", "deliverable": {
        "brand_name": "Airbnb", "country_code": "US", "denomination": "range", "product_value": 100,
        "beneficiary_account": "you@example.com"}});
    let with_id = |id: &str| {
        let mut line = line.clone();
        line["id"] = json!(id);
        line
    };
    let three = json!([with_id("1"), with_id("2"), with_id("3"), range]);
    let two_of_one_id = json!([with_id("1"), with_id("1"), range]);
    check(&[("deliveries", three, Why::OtherLines), ("deliveries", two_of_one_id, Why::OtherLines)]).await;
    let world = World::new(Pace::Manual).await;
    let right = told(&world, "deliveries", &json!([with_id("1"), range, with_id("2")])).await;
    assert!(right.settled.is_ok(), "in any order: {:?}", right.settled);
}

#[tokio::test(start_paused = true)]
async fn an_order_for_another_coin_or_amount_is_withheld() {
    let amount = |value: Value, why| ("coin_amount", value, why);
    check(&[
        ("coin", json!("USDT"), Why::OtherTender),
        ("coin", json!("usdc"), Why::OtherTender),
        ("coin", json!("USDС"), Why::OtherTender),
        ("coin", Value::Null, Why::NoTerms),
        ("network", json!("Base"), Why::OtherTender),
        ("network", json!(""), Why::NoTerms),
        amount(json!({"permille": 1006}), Why::Dearer),
        amount(json!({"permille": 10_000}), Why::Dearer),
        amount(json!({"permille": 994}), Why::Cheaper),
        amount(json!("0.01"), Why::Cheaper),
        amount(json!("0"), Why::NoTerms),
        amount(json!("0.00"), Why::NoTerms),
        amount(json!(0), Why::NoTerms),
        amount(json!("-122.74"), Why::NoTerms),
        amount(json!("+122.74"), Why::NoTerms),
        amount(json!("1.2274e2"), Why::NoTerms),
        amount(json!("122,74"), Why::NoTerms),
        amount(json!("1 22.74"), Why::NoTerms),
        amount(json!("١٢٢"), Why::NoTerms),
        amount(json!("NaN"), Why::NoTerms),
        amount(json!("Infinity"), Why::NoTerms),
        amount(json!("0x7a"), Why::NoTerms),
        amount(json!(""), Why::NoTerms),
        amount(Value::Null, Why::NoTerms),
        amount(json!(true), Why::NoTerms),
        amount(json!("9".repeat(40)), Why::NoTerms),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn an_address_that_cannot_be_right_is_withheld() {
    let address = |value: Value, why| ("wallet_address", value, why);
    check(&[
        address(Value::Null, Why::NoTerms),
        address(json!(""), Why::NoTerms),
        address(json!("9xQeWvG816bUx9EPjHmaT23y"), Why::WrongAddress),
        address(json!("11111111111111111111111111111111"), Why::WrongAddress),
        address(json!("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"), Why::WrongAddress),
        address(json!("9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFіn"), Why::WrongAddress),
        address(json!("9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin "), Why::WrongAddress),
        address(json!("solana:9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin"), Why::WrongAddress),
        // The token's own contract: nobody would get it back.
        address(json!("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"), Why::NothingSafe),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn an_order_that_does_not_wait_for_money_is_withheld() {
    check(&[
        ("sent_coin_amount", json!("0.01"), Why::NotAsked),
        ("received_amount", json!("1"), Why::NotAsked),
        ("payment_state", json!("PaymentReceived"), Why::NotAsked),
        ("payment_state", json!("AWordOfTomorrow"), Why::NotAsked),
        ("order_state", json!("PaymentStarted"), Why::NotAsked),
        ("order_state", json!("Expired"), Why::NotAsked),
        ("order_state", json!("AWordOfTomorrow"), Why::NotAsked),
        ("created_at", json!("1500000000"), Why::WindowClosed),
    ])
    .await;
}

#[tokio::test]
async fn a_withheld_order_shows_no_address_and_its_news_still_come() {
    for (field, value, headline) in [
        ("wallet_address", json!("9xQeWvG816bUx9EPjHmaT23y"), "Do not pay this order"),
        ("/deliveries/0/deliverable/product_value", json!(500), "Do not pay this order"),
        ("coin_amount", json!("120"), "The order became dearer"),
        ("coin_amount", json!("90"), "The order became cheaper"),
    ] {
        let world = World::new(Pace::Manual).await;
        world.control("tamper", &json!({"field": field, "value": value}).to_string()).await;
        let mut you = world.sit_down();
        you.orders_airbnb().await;
        you.sees(headline).await;
        if let Some(amount) = value.as_str().filter(|_| field == "coin_amount") {
            you.sees(&format!("The order costs {amount}")).await;
            you.sees("101.48").await;
        }
        let order = world.orders().await.remove(0);
        let address = order["wallet_address"].as_str().unwrap();
        let told = you.screen_text();
        assert!(!told.contains("Only USDC") && !told.contains(&address[..8]), "{told}");
        let id = order["order_id"].as_str().unwrap();
        world.control(&format!("orders/{id}/pay"), "").await;
        you.sees("Your payment was seen").await;
        assert_eq!(world.orders().await.len(), 1);
    }
}
