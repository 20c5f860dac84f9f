//! Several things in one order: what reaches the shop, and what is there again after a restart.

use giftty::input::{Key, Press};
use giftty::sandbox::Pace;
use giftty::session::Exit;
use serde_json::json;

use crate::support::sandbox::World;
use crate::support::screen_session::Person;

/// Goes from the brands to the receipt of everything in the cart.
async fn checks_out(you: &mut Person) {
    you.presses(Press::ctrl('b')).await;
    you.sees("Together").await;
    you.hits(Key::Enter).await;
    you.sees("Phone for 2").await;
    you.types("+1 212 555 1234").await;
    you.sees("United States +1, sent as +12125551234").await;
    you.hits(Key::Tab).await;
    you.types("you@example.com").await;
    you.hits(Key::Enter).await;
}

#[tokio::test]
async fn a_gift_card_and_a_top_up_reach_the_shop_as_one_order() {
    let world = World::new(Pace::Manual).await;
    let mut you = world.sit_down();
    you.fills_the_cart().await;
    checks_out(&mut you).await;
    you.sees("places the order").await;
    you.types("p").await;
    you.sees("Only USDC on Solana").await;
    assert!(!you.screen_text().contains("cart 2"), "what was ordered is in the cart no more");

    let lines = json!([
        {
            "brand_name": "Steam",
            "country_code": "US",
            "denomination": "10 USD",
            "beneficiary_account": "you@example.com",
            "localized_denomination": "$10",
        },
        {
            "brand_name": "AT&T Prepaid",
            "country_code": "US",
            "denomination": "range",
            "product_value": 20,
            "beneficiary_account": "+12125551234",
        },
    ]);
    let payment = json!({"type": "via", "payment_via": "USER_WALLET", "coin": "USDC", "network": "Solana"});
    let validation = json!({
        "email": "you@example.com",
        "user": {"email": "you@example.com"},
        "payment": payment,
        "deliveries": lines,
        "lang": "en",
    });
    let order = json!({
        "email": "you@example.com",
        "user": {"email": "you@example.com", "has_accepted_newsletter": false},
        "payment": payment,
        "deliveries": lines,
        "lang": "en",
        "acquisition": {"utm_source": "giftty"},
    });
    assert_eq!(world.bodies("/v5/orders/validations").await, [validation]);
    assert_eq!(world.bodies("/v5/orders").await, [order]);
    let deliveries = world.orders().await[0]["deliveries"].as_array().unwrap().len();
    assert_eq!(deliveries, 2);
}

#[tokio::test]
async fn the_line_that_the_shop_means_is_found_by_asking_each_alone() {
    let world = World::new(Pace::Manual).await;
    let mut you = world.sit_down();
    you.fills_the_cart().await;
    // The first answer is about both lines, the second about the first line alone.
    world.control("problems", r#"{"problems": ["OUT_OF_STOCK"], "times": 2}"#).await;
    checks_out(&mut you).await;
    you.sees("This product is out of stock").await;
    let screen = you.screen_text();
    let at = |text: &str| screen.find(text).unwrap();
    assert!(at("Steam $10") < at("out of stock") && at("out of stock") < at("AT&T Prepaid 20"), "{screen}");
    let asked: Vec<usize> = world
        .bodies("/v5/orders/validations")
        .await
        .iter()
        .map(|body| body["deliveries"].as_array().unwrap().len())
        .collect();
    assert_eq!(asked, [2, 1, 1]);
    assert!(world.orders().await.is_empty());
}

#[tokio::test]
async fn the_cart_and_the_last_recipients_are_there_after_a_restart() {
    let world = World::new(Pace::Manual).await;
    let mut you = world.sit_down();
    you.fills_the_cart().await;
    you.presses(Press::ctrl('c')).await;
    assert_eq!(you.leaves().await, Exit::Left);

    let mut again = world.sit_down();
    again.sees("cart 2").await;
    checks_out(&mut again).await;
    again.sees("places the order").await;
    again.types("p").await;
    again.sees("Only USDC on Solana").await;
    again.presses(Press::ctrl('c')).await;
    again.presses(Press::ctrl('c')).await;
    assert_eq!(again.leaves().await, Exit::Left);

    let mut third = world.sit_down();
    third.sees("still open").await;
    third.sees("Amazon").await;
    assert!(!third.screen_text().contains("cart 2"), "an order is bought once");
    third.types("at&t prepaid").await;
    third.hits(Key::Enter).await;
    third.sees("from 15 to 100").await;
    third.types("20").await;
    third.hits(Key::Enter).await;
    third.sees("Checkout").await;
    assert!(third.screen_text().contains("you@example.com") && third.screen_text().contains("+12125551234"));
}

#[tokio::test]
async fn of_many_quick_changes_to_the_cart_the_last_one_is_kept() {
    let world = World::new(Pace::Manual).await;
    let mut you = world.sit_down();
    you.fills_the_cart().await;
    you.presses(Press::ctrl('b')).await;
    you.sees("Together").await;
    you.types("+++++-+-+-+++++--d").await;
    you.sees("cart 1").await;
    you.types("+++-+-++--").await;
    you.sees("cart 3").await;
    you.presses(Press::ctrl('c')).await;
    assert_eq!(you.leaves().await, Exit::Left);
    world.sit_down().sees("cart 3").await;
}

#[tokio::test]
async fn the_tenders_say_what_the_product_costs_in_each_coin() {
    let world = World::new(Pace::Manual).await;
    let mut you = world.sit_down();
    you.chooses_airbnb().await;
    you.presses(Press::ctrl('t')).await;
    you.sees("≈ 101.48").await;
    you.types("btc").await;
    you.sees("≈ 0.0").await;
}
