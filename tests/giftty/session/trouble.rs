//! What a person sees when the shop misbehaves, and that no money is lost by it.

use std::time::Duration;

use giftty::input::{Key, Press};
use giftty::sandbox::Pace;
use giftty::session::Exit;

use crate::support::sandbox::World;
use crate::support::screen_session::Person;

#[tokio::test]
async fn a_lost_answer_is_an_unknown_outcome_and_never_a_second_order() {
    let world = World::new(Pace::Manual).await;
    world.control("faults", r#"{"fault": "lost-answer"}"#).await;
    let mut you = world.sit_down();
    you.orders_airbnb().await;
    you.sees("may exist").await;
    you.types("ppp").await;
    you.hits(Key::Enter).await;
    you.presses(Press::ctrl('o')).await;
    you.sees("Orders").await;
    assert_eq!(world.orders().await.len(), 1);
    you.presses(Press::ctrl('c')).await;
    assert_eq!(you.leaves().await, Exit::Left);

    let mut again = world.sit_down();
    again.sees("unknown").await;
}

#[tokio::test]
async fn problems_stand_at_their_fields_and_nothing_is_ordered() {
    let world = World::new(Pace::Manual).await;
    let mut you = world.sit_down();
    you.chooses_airbnb().await;
    you.types("you@example.com").await;
    you.hits(Key::Tab).await;
    you.types("EXPIRED").await;
    you.hits(Key::Enter).await;
    you.sees("This coupon has expired").await;
    assert!(world.orders().await.is_empty());
}

#[tokio::test]
async fn a_shop_that_cannot_be_reached_is_told_and_asked_again_by_a_key() {
    let world = World::new(Pace::Manual).await;
    world.control("faults", r#"{"fault": "500@/v2/brands"}"#).await;
    let mut you = world.sit_down();
    you.sees("United States").await;
    you.types("united states").await;
    you.hits(Key::Enter).await;
    you.sees("The shop is in trouble").await;
}

#[tokio::test]
async fn without_a_shop_the_countries_are_there_and_the_rest_says_why_not() {
    let home = tempfile::tempdir().unwrap();
    let mut you = Person::at("http://127.0.0.1:9", home.path(), 80, 24);
    you.sees("United States").await;
    you.types("united states").await;
    you.hits(Key::Enter).await;
    you.sees("cannot be reached").await;
    you.presses(Press::ctrl('c')).await;
    assert_eq!(you.leaves().await, Exit::Left);
}

#[tokio::test]
async fn an_address_that_changes_is_gone_from_the_screen() {
    let world = World::new(Pace::Manual).await;
    let mut you = world.sit_down();
    you.orders_airbnb().await;
    you.sees("Only USDC on Solana").await;
    let id = world.orders().await[0]["order_id"].as_str().unwrap().to_owned();
    let other = r#"{"field": "wallet_address", "value": "SandboxDoNotPay1111111111111111111111111111"}"#;
    world.control(&format!("orders/{id}/tamper"), other).await;
    you.presses(Press::ctrl('r')).await;
    you.sees("changed the address").await;
    assert!(!you.screen_text().contains("Only USDC on Solana"));
}

#[tokio::test]
async fn leaving_waits_for_nobody_to_hear_what_could_not_be_kept() {
    let world = World::new(Pace::Every(Duration::from_millis(40))).await;
    let mut you = world.sit_down();
    you.orders_airbnb().await;
    you.sees("•").await;
    std::fs::remove_file(world.home.path().join("data/journal.sqlite3")).unwrap();
    // Each of them is a write that fails, and more of them have to be told than can wait to be heard.
    let marks = std::iter::repeat_n(Press::plain(Key::Char('m')), 600);
    you.presses_at_once(marks.chain([Press::ctrl('c')]));
    assert_eq!(you.leaves().await, Exit::Left);
}

#[tokio::test]
async fn a_damaged_journal_is_told_of_once_it_was_read() {
    let world = World::new(Pace::Manual).await;
    let mut you = world.sit_down();
    you.chooses_airbnb().await;
    you.presses(Press::ctrl('c')).await;
    assert_eq!(you.leaves().await, Exit::Left);
    std::fs::write(world.home.path().join("data/journal.sqlite3"), "no journal at all").unwrap();
    let mut again = world.sit_down();
    again.sees("The journal was damaged and is kept aside").await;
}
