//! A journal that cannot keep what has to be kept: nothing is lost by it, and nothing ordered blindly.

use std::path::{Path, PathBuf};

use giftty::domain::record::Outcome;
use giftty::input::{Key, Press};
use giftty::journal::Journal;
use giftty::sandbox::Pace;
use giftty::session::Exit;
use rusqlite::Connection;

use crate::support::sandbox::World;
use crate::support::screen_session::Person;

fn journal(world: &World) -> PathBuf {
    world.home.path().join("data/journal.sqlite3")
}

/// Lets the journal refuse to write something, as a disk does that is full, until it is allowed again.
fn refuse(file: &Path, what: &str) -> Connection {
    let connection = Connection::open(file).unwrap();
    let trigger = format!(
        "CREATE TRIGGER full BEFORE {what} ON attempts BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    );
    connection.execute_batch(&trigger).unwrap();
    connection
}

fn allow(connection: &Connection) {
    connection.execute_batch("DROP TRIGGER full").unwrap();
}

/// Somebody in front of the receipt, whose journal is there already.
async fn at_the_receipt(world: &World) -> Person {
    let journal = Journal::open(&world.home.path().join("data"), world.sandbox.base_url()).unwrap();
    let mut you = world.sit_down();
    you.chooses_airbnb().await;
    you.types("you@example.com").await;
    you.hits(Key::Enter).await;
    you.sees("places the order").await;
    drop(journal);
    you
}

#[tokio::test]
async fn an_attempt_that_cannot_be_recorded_is_not_sent() {
    let world = World::new(Pace::Manual).await;
    let mut you = at_the_receipt(&world).await;
    let full = refuse(&journal(&world), "INSERT");
    you.types("p").await;
    you.sees("Nothing was sent").await;
    you.sees("No record could be kept on this machine").await;
    assert_eq!(world.bodies("/v5/orders").await.len(), 0);
    allow(&full);
    you.types("p").await;
    you.sees("Only USDC on Solana").await;
    assert_eq!(world.bodies("/v5/orders").await.len(), 1);
}

#[tokio::test]
async fn an_order_that_cannot_be_kept_stays_on_the_screen_until_it_is() {
    let world = World::new(Pace::Manual).await;
    let mut you = at_the_receipt(&world).await;
    let full = refuse(&journal(&world), "UPDATE");
    you.types("p").await;
    you.sees("NOT SAVED, write this down").await;
    you.sees("Only USDC on Solana").await;
    let id = world.orders().await[0]["order_id"].as_str().unwrap().to_owned();
    you.sees(&id).await;
    you.sees("101.48 USDC").await;
    // Asking for news tries at once, in vain.
    you.presses(Press::ctrl('r')).await;
    you.presses(Press::ctrl('c')).await;
    you.sees("is not saved").await;
    allow(&full);
    you.presses(Press::ctrl('r')).await;
    you.sees("is saved now").await;
    you.sees_no("NOT SAVED").await;
    you.presses(Press::ctrl('c')).await;
    you.presses(Press::ctrl('c')).await;
    assert_eq!(you.leaves().await, Exit::Left);

    let kept = Journal::open(&world.home.path().join("data"), world.sandbox.base_url()).unwrap();
    let records = kept.records().unwrap();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].order().map(|order| order.id().reveal()), Some(id.as_str()));
}

#[tokio::test]
async fn an_order_that_was_never_kept_is_an_attempt_that_may_exist_at_the_next_start() {
    let world = World::new(Pace::Manual).await;
    let mut you = at_the_receipt(&world).await;
    let full = refuse(&journal(&world), "UPDATE");
    you.types("p").await;
    you.sees("NOT SAVED, write this down").await;
    you.loses_power().await;
    allow(&full);
    let mut again = world.sit_down();
    again.sees("unknown: may exist").await;
    assert_eq!(world.orders().await.len(), 1);
}

#[tokio::test]
async fn an_order_whose_last_news_cannot_be_kept_is_said_to_be_kept() {
    let world = World::new(Pace::Manual).await;
    let mut you = at_the_receipt(&world).await;
    you.types("p").await;
    you.sees("Only USDC on Solana").await;
    let full = refuse(&journal(&world), "UPDATE");
    let id = world.orders().await[0]["order_id"].as_str().unwrap().to_owned();
    world.control(&format!("orders/{id}/pay"), "{}").await;
    you.sees("Order #1 is kept, but not its last news").await;
    you.sees_no("NOT SAVED").await;
    allow(&full);
    you.presses(Press::ctrl('r')).await;
    you.sees("The last news of order #1 is saved now").await;
    you.presses(Press::ctrl('c')).await;
    assert_eq!(you.leaves().await, Exit::Left);
}

#[tokio::test]
async fn without_a_place_for_a_journal_one_looks_around_and_is_told_why_nothing_can_be_ordered() {
    let world = World::new(Pace::Manual).await;
    let data = world.home.path().join("data");
    std::fs::write(&data, "a file in its place").unwrap();
    let mut you = world.sit_down();
    you.sees("You can look around; nothing can be ordered").await;
    you.chooses_airbnb().await;
    you.types("you@example.com").await;
    you.hits(Key::Enter).await;
    you.sees("Nothing can be ordered now").await;
    you.sees("the folder cannot be made").await;
    you.types("pxl").await;
    you.hits(Key::Enter).await;
    // Once there is a place, it is found.
    std::fs::remove_file(&data).unwrap();
    you.types("r").await;
    you.sees("places the order").await;
    assert_eq!(world.bodies("/v5/orders").await.len(), 0);
    you.types("p").await;
    you.sees("Only USDC on Solana").await;
    assert_eq!(world.orders().await.len(), 1);
}

#[tokio::test]
async fn a_refusal_that_cannot_be_kept_is_said_and_kept_later() {
    let world = World::new(Pace::Manual).await;
    let mut you = at_the_receipt(&world).await;
    let full = refuse(&journal(&world), "UPDATE");
    world.control("faults", r#"{"fault": "403@POST:/v5/orders$ x1"}"#).await;
    you.types("p").await;
    you.sees("NOT SAVED: the shop refused attempt #1, so there is no order").await;
    you.sees("the next start says that an order may exist").await;
    you.presses(Press::ctrl('c')).await;
    you.sees("is not saved").await;
    allow(&full);
    // Asking to leave a second time would leave: something else is pressed, and the next try keeps it.
    you.presses(Press::ctrl('o')).await;
    you.sees("What came of attempt #1 is saved now").await;
    you.sees_no("NOT SAVED").await;
    you.presses(Press::ctrl('c')).await;
    assert_eq!(you.leaves().await, Exit::Left);
    let kept = Journal::open(&world.home.path().join("data"), world.sandbox.base_url()).unwrap();
    assert!(matches!(kept.records().unwrap()[0].outcome, Outcome::Refused(_)));
}

#[tokio::test]
async fn a_doubt_that_cannot_be_kept_is_said_and_the_next_start_has_it_too() {
    let world = World::new(Pace::Manual).await;
    let mut you = at_the_receipt(&world).await;
    let full = refuse(&journal(&world), "UPDATE");
    world.control("faults", r#"{"fault": "lost-answer@POST:/v5/orders$ x1"}"#).await;
    you.types("p").await;
    you.sees("NOT SAVED: attempt #1 may have become an order: do not pay twice").await;
    you.loses_power().await;
    allow(&full);
    let mut again = world.sit_down();
    again.sees("unknown: may exist").await;
}

#[tokio::test]
async fn an_answer_with_an_earlier_order_leaves_the_new_attempt_in_doubt_at_once() {
    let world = World::new(Pace::Manual).await;
    let mut you = at_the_receipt(&world).await;
    you.types("p").await;
    you.sees("Only USDC on Solana").await;
    let id = world.orders().await[0]["order_id"].as_str().unwrap().to_owned();
    you.presses(Press::ctrl('o')).await;
    you.sees("#1").await;
    you.presses(Press::ctrl('b')).await;
    you.sees("places the order").await;
    world.control("tamper", &format!(r#"{{"field": "order_id", "value": "{id}"}}"#)).await;
    you.types("p").await;
    you.sees("An order may exist: do not pay twice").await;
    you.sees("an order that an earlier attempt has").await;
    you.presses(Press::ctrl('o')).await;
    you.sees("unknown: may exist").await;
    you.presses(Press::ctrl('c')).await;
    you.presses(Press::ctrl('c')).await;
    you.leaves().await;
}
