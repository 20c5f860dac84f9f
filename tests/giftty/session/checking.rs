//! The shop is asked once more before a payment is handed out.

use giftty::input::{Key, Press};
use giftty::sandbox::Pace;

use crate::support::qr_reader;
use crate::support::sandbox::World;
use crate::support::screen_session::Person;

/// Somebody in front of an order that waits for its payment, and the order.
async fn paying(world: &World) -> (Person, serde_json::Value) {
    let mut you = world.sit_down();
    you.orders_airbnb().await;
    you.sees("Only USDC on Solana").await;
    let order = world.orders().await.remove(0);
    (you, order)
}

#[tokio::test]
async fn a_copy_is_made_of_what_the_shop_has_just_confirmed() {
    let world = World::new(Pace::Manual).await;
    let (mut you, order) = paying(&world).await;
    you.types("y").await;
    assert_eq!(you.clipboard().await, order["wallet_address"].as_str().unwrap());
    you.sees("sent to your terminal").await;
    you.types("a").await;
    assert_eq!(you.clipboard().await, "101.48");
}

#[tokio::test]
async fn the_code_alone_is_what_the_order_says() {
    let world = World::new(Pace::Manual).await;
    let (mut you, order) = paying(&world).await;
    you.types("f").await;
    you.sees("send exactly 101.48 USDC on Solana").await;
    assert_eq!(qr_reader::read(&you.cells()), [order["wallet_address"].as_str().unwrap()]);
    you.hits(Key::Esc).await;
    you.sees("Only USDC on Solana").await;
}

#[tokio::test]
async fn a_shop_that_does_not_confirm_the_order_hands_out_nothing() {
    let world = World::new(Pace::Manual).await;
    let (mut you, order) = paying(&world).await;
    let id = order["order_id"].as_str().unwrap();
    world.control("faults", &format!(r#"{{"fault": "404@GET:/v5/orders/{id}$ x2"}}"#)).await;
    for (key, said) in [("y", "Not copied."), ("f", "Not shown.")] {
        you.types(key).await;
        you.sees(said).await;
    }
    assert!(you.screen_text().contains("Only USDC on Solana"), "what was checked stays");
    you.types("y").await;
    assert_eq!(you.clipboard().await, order["wallet_address"].as_str().unwrap(), "and nothing before");
}

#[tokio::test]
async fn an_address_that_changed_silently_is_found_out_by_the_key() {
    let world = World::new(Pace::Manual).await;
    world.control("faults", r#"{"fault": "stream-silent"}"#).await;
    let (mut you, order) = paying(&world).await;
    let id = order["order_id"].as_str().unwrap();
    let other = r#"{"field": "wallet_address", "value": "SandboxDoNotPay1111111111111111111111111111"}"#;
    world.control(&format!("orders/{id}/tamper"), other).await;
    you.presses(Press::plain(Key::Char('y'))).await;
    you.sees("Do not pay this order").await;
    assert!(!you.screen_text().contains("Only USDC on Solana"));
    assert_eq!(qr_reader::read(&you.cells()), [""; 0]);
}
