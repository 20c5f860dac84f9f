//! From the first screen to the code, and back after everything stopped.

use std::time::Duration;

use giftty::input::{Key, Press};
use giftty::sandbox::Pace;
use giftty::session::Exit;

use crate::support::qr_reader;
use crate::support::sandbox::World;
use crate::support::screen_session::Person;

#[tokio::test]
async fn keys_alone_lead_from_the_first_screen_to_the_code() {
    let world = World::new(Pace::Every(Duration::from_millis(40))).await;
    let mut you = world.sit_down();
    you.orders_airbnb().await;
    you.sees("elivered").await;
    you.sees("•").await;
    you.types("r").await;
    let order = &world.orders().await[0];
    let code = order["deliveries"][0]["deliverable"]["pin_code"].as_str().unwrap().to_owned();
    you.sees(&code).await;
    you.types("y").await;
    assert_eq!(you.clipboard().await, code);
    you.presses(Press::ctrl('c')).await;
    assert_eq!(you.leaves().await, Exit::Left);
}

#[tokio::test]
async fn the_drawn_qr_code_holds_what_the_order_says() {
    let world = World::new(Pace::Manual).await;
    let mut you = world.sit_down();
    you.orders_airbnb().await;
    you.sees("Only USDC on Solana").await;
    let order = &world.orders().await[0];
    let address = order["wallet_address"].as_str().unwrap();
    assert_eq!(qr_reader::read(&you.cells()), [address]);
}

#[tokio::test]
async fn an_order_that_was_cut_off_is_found_again_and_is_the_only_one() {
    let world = World::new(Pace::Manual).await;
    let mut you = world.sit_down();
    you.orders_airbnb().await;
    you.sees("Only USDC on Solana").await;
    let before = qr_reader::read(&you.cells());
    you.loses_power().await;

    let mut again = world.sit_down();
    again.sees("still open").await;
    again.presses(Press::ctrl('o')).await;
    again.sees("Airbnb 100 USD").await;
    again.hits(Key::Enter).await;
    again.sees("101.48").await;
    again.sees("Only USDC on Solana").await;
    assert_eq!(qr_reader::read(&again.cells()), before);
    assert_eq!(world.orders().await.len(), 1);
}

#[tokio::test]
async fn paying_by_hand_moves_the_order_under_the_eyes_of_its_owner() {
    let world = World::new(Pace::Manual).await;
    let mut you = world.sit_down();
    you.orders_airbnb().await;
    you.sees("Only USDC on Solana").await;
    you.types("p").await;
    you.sees("Your payment was seen").await;
    assert!(!you.screen_text().contains("Only USDC on Solana"), "payment is not offered again");
}

#[tokio::test]
async fn a_returning_user_lands_on_the_brands_of_the_last_country() {
    let world = World::new(Pace::Manual).await;
    let mut you = world.sit_down();
    you.chooses_airbnb().await;
    you.presses(Press::ctrl('c')).await;
    assert_eq!(you.leaves().await, Exit::Left);
    let mut again = world.sit_down();
    again.sees("Brands").await;
    again.sees("Amazon").await;
}

#[tokio::test]
async fn a_lightning_invoice_is_checked_and_shown() {
    let world = World::new(Pace::Manual).await;
    let mut you = world.sit_down();
    you.chooses_airbnb().await;
    you.presses(Press::ctrl('t')).await;
    you.sees("Pay with").await;
    you.types("lightning").await;
    you.hits(Key::Enter).await;
    you.sees("BTC on Lightning").await;
    you.types("you@example.com").await;
    you.hits(Key::Enter).await;
    you.sees("places the order").await;
    you.types("p").await;
    you.sees("Only BTC on Lightning").await;
    let invoice = world.orders().await[0]["wallet_address"].as_str().unwrap().to_owned();
    you.types("y").await;
    assert_eq!(you.clipboard().await, invoice);
}

#[tokio::test]
async fn without_the_shop_what_was_seen_is_still_there_and_says_how_old_it_is() {
    let world = World::new(Pace::Manual).await;
    let mut you = world.sit_down();
    you.chooses_airbnb().await;
    you.hits(Key::Esc).await;
    you.hits(Key::Esc).await;
    you.presses(Press::ctrl('u')).await;
    you.types("steam").await;
    you.hits(Key::Enter).await;
    you.sees("11.27 USDC").await;
    you.presses(Press::ctrl('c')).await;
    assert_eq!(you.leaves().await, Exit::Left);

    let shop = world.sandbox.base_url().to_owned();
    world.sandbox.stop().await;
    let mut again = Person::at(&shop, world.home.path(), 80, 24);
    again.sees("Amazon").await;
    again.hits(Key::Down).await;
    again.sees("old. The shop cannot be reached").await;
    again.presses(Press::ctrl('f')).await;
    again.sees("apparel clothing").await;
    again.hits(Key::Esc).await;
    again.types("airbnb").await;
    again.hits(Key::Enter).await;
    again.sees("from 50 to 500").await;
    again.sees(" old").await;
    again.presses(Press::ctrl('u')).await;
    again.types("100").await;
    again.sees("[ 100 ").await;
    assert!(!again.screen_text().contains("101.48"), "nor is a quote");
    again.hits(Key::Esc).await;
    again.hits(Key::Esc).await;
    again.types("steam").await;
    again.hits(Key::Enter).await;
    again.sees("$200").await;
    again.sees(" old").await;
    assert!(!again.screen_text().contains("11.27"), "a price is never told from memory");
    again.presses(Press::ctrl('t')).await;
    again.sees("old. The shop cannot be reached").await;
    again.types("lightning").await;
    again.hits(Key::Enter).await;
    again.sees("BTC·Lightning").await;
    again.hits(Key::Esc).await;
    again.hits(Key::Esc).await;
    again.types("nike").await;
    again.hits(Key::Enter).await;
    again.sees("is not here").await;
    again.presses(Press::ctrl('c')).await;
    assert_eq!(again.leaves().await, Exit::Left);
}

#[tokio::test]
async fn a_returning_user_sees_brands_before_the_shop_has_answered() {
    let world = World::new(Pace::Manual).await;
    let mut you = world.sit_down();
    you.chooses_airbnb().await;
    you.presses(Press::ctrl('c')).await;
    assert_eq!(you.leaves().await, Exit::Left);
    world.control("faults", r#"{"fault": "delay=20s@/v2/brands"}"#).await;
    let mut again = world.sit_down();
    again.sees("old. Any key asks the shop").await;
    again.sees("Amazon").await;
    again.types("airbn").await;
    again.sees("old, refreshing").await;
    again.types("b").await;
    again.hits(Key::Enter).await;
    again.sees("from 50 to 500").await;
}

#[tokio::test]
async fn the_first_key_of_a_burst_orders_nothing() {
    let world = World::manual().await;
    let mut you = world.sit_down();
    you.chooses_airbnb().await;
    you.types("you@example.com").await;
    you.hits(Key::Enter).await;
    you.sees("places the order").await;
    // Each in a read of its own, as a keyboard that types by itself sends them.
    you.types("paypal").await;
    you.hits(Key::Esc).await;
    you.sees("Checkout").await;
    you.presses(Press::ctrl('c')).await;
    you.leaves().await;
    assert_eq!(world.orders().await.len(), 0);
}
