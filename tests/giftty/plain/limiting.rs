//! Limits, a journal that fails, and the clipboard, in lines.

use giftty::config::ConfigInput;
use giftty::config::clipboard::{Clipboard, Tool};
use giftty::journal::Journal;
use rusqlite::Connection;

use crate::support::sandbox::World;

#[tokio::test]
async fn above_a_limit_the_word_is_another_one() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines_with(ConfigInput {
        max_order: Some("100 USDC".to_owned()),
        ..ConfigInput::default()
    });
    you.chooses_airbnb().await;
    you.answers("Your e-mail address?", "you@example.com").await;
    you.answers("Pay with USDC on Solana?", "").await;
    you.hears("This is above a limit of yours.").await;
    you.hears("This order comes to 101.48 USDC; your limit for one order is 100 USDC.").await;
    you.answers("Type above", "order").await;
    you.hears("Nothing was ordered: the word is above.").await;
    you.types("order another").await;
    you.hears("Nothing was ordered: the word is above.").await;
    assert_eq!(world.orders().await.len(), 0);
    you.types("above").await;
    you.answers("Type order to place the order.", "order").await;
    you.hears("Only USDC on Solana").await;
    assert_eq!(world.orders().await.len(), 1);
    you.hangs_up().await;
}

#[tokio::test]
async fn without_a_journal_nothing_is_ordered_and_the_reason_is_said() {
    let world = World::manual().await;
    let data = world.home.path().join("data");
    std::fs::write(&data, "a file in its place").unwrap();
    let mut you = world.sit_down_in_lines();
    you.hears("You can look around; nothing can be ordered.").await;
    you.chooses_airbnb().await;
    you.answers("Your e-mail address?", "you@example.com").await;
    you.answers("Pay with USDC on Solana?", "").await;
    you.answers("Nothing can be ordered now. No record could be kept on this machine:", "order").await;
    you.hears("Nothing was ordered: no record of it could be kept.").await;
    std::fs::remove_file(&data).unwrap();
    you.types("r").await;
    you.answers("Type order to place the order.", "order").await;
    you.hears("Only USDC on Solana").await;
    assert_eq!(world.orders().await.len(), 1);
    you.hangs_up().await;
}

#[tokio::test]
async fn an_order_that_is_not_saved_is_said_whole_and_once_more_when_it_is() {
    let world = World::manual().await;
    let data = world.home.path().join("data");
    let journal = Journal::open(&data, world.sandbox.base_url()).unwrap();
    let full = Connection::open(data.join("journal.sqlite3")).unwrap();
    full.execute_batch(
        "CREATE TRIGGER full BEFORE UPDATE ON attempts BEGIN SELECT RAISE(ABORT, 'full'); END",
    )
    .unwrap();
    let mut you = world.sit_down_in_lines();
    you.orders_airbnb().await;
    you.hears("NOT SAVED: write down the id of order #1").await;
    let id = world.order().await["order_id"].as_str().unwrap().to_owned();
    you.hears(&format!("\n{id}\n")).await;
    you.hears("Send exactly: 101.48 USDC").await;
    full.execute_batch("DROP TRIGGER full").unwrap();
    you.types("r").await;
    you.hears("Order #1 is saved now.").await;
    assert_eq!(you.times("NOT SAVED"), 1);
    you.hangs_up().await;
    assert_eq!(journal.records().unwrap()[0].order().map(|order| order.id().reveal()), Some(id.as_str()));
}

#[tokio::test]
async fn a_word_copies_into_the_clipboard_of_this_machine_where_there_is_one() {
    let world = World::manual().await;
    let copied = world.home.path().join("copied");
    let script = format!("cat >{}", copied.display());
    let tool: Tool = Box::leak(Box::new(["sh", "-c", String::leak(script)]));
    let clipboard = Clipboard { tools: vec![tool], ..Clipboard::default() };
    let mut you = world.sit_down_in_lines_with(ConfigInput { clipboard, ..ConfigInput::default() });
    you.orders_airbnb().await;
    you.answers("Every change is said here.", "copy amount").await;
    you.hears("Copied.").await;
    assert_eq!(std::fs::read_to_string(&copied).unwrap(), "101.48");
    you.types("copy address").await;
    you.hears("Copied.").await;
    assert_eq!(
        std::fs::read_to_string(&copied).unwrap(),
        world.order().await["wallet_address"].as_str().unwrap()
    );
    assert_eq!(you.times("sent to your terminal"), 0);
    you.hangs_up().await;

    let world = World::manual().await;
    let mut without = world.sit_down_in_lines();
    without.orders_airbnb().await;
    without.answers("Every change is said here.", "copy amount").await;
    without.hears("There is no clipboard here").await;
    without.hangs_up().await;
}

#[tokio::test]
async fn whoever_leaves_an_order_that_is_not_saved_hears_its_id_again() {
    let world = World::manual().await;
    let data = world.home.path().join("data");
    let _journal = Journal::open(&data, world.sandbox.base_url()).unwrap();
    let full = Connection::open(data.join("journal.sqlite3")).unwrap();
    full.execute_batch(
        "CREATE TRIGGER full BEFORE UPDATE ON attempts BEGIN SELECT RAISE(ABORT, 'full'); END",
    )
    .unwrap();
    let mut you = world.sit_down_in_lines();
    you.orders_airbnb().await;
    you.hears("Every change is said here.").await;
    you.types("q").await;
    you.hears("NOT SAVED").await;
    let id = world.order().await["order_id"].as_str().unwrap().to_owned();
    you.hears(&id).await;
    assert!(!you.hangs_up().await.contains("It is kept on this machine"));
}

#[tokio::test]
async fn an_order_that_is_kept_without_its_last_news_is_nothing_to_write_down() {
    let world = World::manual().await;
    let mut you = world.sit_down_in_lines();
    you.orders_airbnb().await;
    you.hears("Every change is said here.").await;
    let full = Connection::open(world.home.path().join("data/journal.sqlite3")).unwrap();
    full.execute_batch(
        "CREATE TRIGGER full BEFORE UPDATE ON attempts BEGIN SELECT RAISE(ABORT, 'full'); END",
    )
    .unwrap();
    world.happen(&world.order().await, "pay").await;
    you.hears("Order #1 is kept, but not its last news. Unless that is saved, the next start asks").await;
    you.types("q").await;
    let said = you.hangs_up().await;
    assert!(said.contains("It is kept on this machine."), "{said}");
    assert!(!said.contains("NOT SAVED") && !said.contains("write down"), "{said}");
}
