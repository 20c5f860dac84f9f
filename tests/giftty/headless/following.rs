//! Following an order to its end, whatever happens to the line.

use serde_json::Value;

use crate::support::commands::{Ended, Kit, end_of};

/// The states that were told, and that the lines hold what a script needs and never a code.
fn states(ended: &Ended) -> Vec<String> {
    assert!(!ended.out.contains("SNDB-"), "{}", ended.out);
    let lines = ended.lines();
    for line in &lines {
        for field in ["at", "order", "state", "payment_state", "phase", "sent", "link"] {
            assert!(line[field].is_string(), "{field}: {line}");
        }
        assert_eq!(line["order"].as_str().map(str::len), Some(8), "an order id is a secret");
    }
    let mut states: Vec<String> =
        lines.iter().map(|line| line["state"].as_str().expect("text").to_owned()).collect();
    states.dedup();
    states
}

fn links(ended: &Ended) -> Vec<Value> {
    ended.lines().into_iter().map(|line| line["link"].clone()).collect()
}

#[tokio::test]
async fn an_order_is_followed_to_its_delivery() {
    let kit = Kit::moving().await;
    kit.buy().await;
    let ended = kit.run(&["track", "#1", "--json"]).await;
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    assert_eq!(states(&ended).last().map(String::as_str), Some("Done"));
    assert!(links(&ended).contains(&"live".into()));
}

#[tokio::test]
async fn a_cut_stream_and_a_shop_in_trouble_lose_nothing() {
    let kit = Kit::moving().await;
    let order = kit.buy().await;
    let stream = format!("503@/v5/orders/{}/subscribe x1", order["order_id"].as_str().expect("an id"));
    kit.fault(&stream).await;
    kit.fault("stream-cut x1").await;
    let ended = kit.run(&["track", "1", "--json"]).await;
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(states(&ended).last().map(String::as_str), Some("Done"));
    let lines = ended.lines();
    let broken = lines.iter().find(|line| line["link"] == "reconnecting").expect("a word about it");
    assert!(broken["retry_in"].as_u64().is_some_and(|seconds| seconds >= 1), "{broken}");
    assert!(
        lines.iter().any(|line| line["heard"].is_string() && line["retry_in"].is_null()),
        "{}",
        ended.out
    );
}

#[tokio::test]
async fn people_are_told_when_a_broken_stream_is_tried_again() {
    let kit = Kit::moving().await;
    kit.buy().await;
    kit.fault("stream-cut x1").await;
    let ended = kit.run(&["track", "1"]).await;
    assert_eq!(ended.code, 0, "{}", ended.err);
    let broken = ended.out.lines().find(|line| line.contains("reconnecting")).expect("a word about it");
    assert!(broken.contains("reconnecting in ") && broken.ends_with(" s"), "{broken}");
}

#[tokio::test]
async fn a_silent_stream_is_made_up_for_by_asking() {
    let kit = Kit::open().await;
    let order = kit.buy().await;
    kit.happen(&order, "deliver").await;
    kit.fault("stream-silent").await;
    let ended = kit.run(&["track", "1", "--json"]).await;
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(states(&ended).last().map(String::as_str), Some("Done"));
}

#[tokio::test]
async fn an_order_that_ends_otherwise_ends_the_command_with_six() {
    for (event, state) in [
        ("expire", "Expired"),
        ("cancel", "Canceled"),
        ("fail", "PaymentFailed"),
        ("refund", "Refunded"),
        ("fail-delivery", "Done"),
    ] {
        let kit = Kit::open().await;
        let order = kit.buy().await;
        kit.happen(&order, event).await;
        let ended = kit.run(&["track", "1", "--json"]).await;
        assert_eq!((ended.code, &ended.error()["code"]), (6, &"undelivered".into()), "{event}");
        assert_eq!(states(&ended).last().map(String::as_str), Some(state));
    }
}

#[tokio::test]
async fn a_late_payment_is_waited_for_when_asked() {
    let kit = Kit::open().await;
    let order = kit.buy().await;
    kit.happen(&order, "expire").await;
    let waiting = tokio::spawn(end_of(kit.command(&["track", "1", "--wait-late", "--json"])));
    kit.asked_for("/subscribe").await;
    kit.happen(&order, "deliver").await;
    let ended = waiting.await.expect("an end");
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(states(&ended).last().map(String::as_str), Some("Done"));
}

#[tokio::test]
async fn an_order_from_elsewhere_is_kept_from_then_on() {
    let mut kit = Kit::open().await;
    let order = kit.buy().await;
    kit.happen(&order, "deliver").await;
    kit.move_out();
    let id = order["order_id"].as_str().expect("an id");
    let ended = kit.run(&["track", id, "--json"]).await;
    assert_eq!(ended.code, 0, "{}", ended.err);
    let listed = kit.run(&["orders", "--json"]).await.json();
    assert_eq!((listed.as_array().map(Vec::len), &listed[0]["order_id"]), (Some(1), &order["order_id"]));
    let unknown = kit.run(&["track", "00000000-0000-4000-8000-000000000000", "--json"]).await;
    assert_eq!((unknown.code, &unknown.error()["code"]), (3, &"refused".into()));
    assert_eq!(kit.run(&["track", "99"]).await.code, 2);
}

#[tokio::test]
async fn orders_of_the_shop_inside_the_program_outlive_it() {
    let kit = Kit::open().await;
    let inside = |arguments: &[&str]| {
        let mut command = kit.embedded(arguments);
        command.env("GIFTTY_PACE", "every=50ms");
        end_of(command)
    };
    let buy = [&["buy"], crate::support::commands::AIRBNB.as_slice(), &["--yes", "--json"]].concat();
    let bought = inside(&buy).await;
    assert_eq!(bought.code, 0, "{}", bought.err);
    let tracked = inside(&["track", "1", "--json"]).await;
    assert_eq!(tracked.code, 0, "{}", tracked.err);
    assert_eq!(states(&tracked).last().map(String::as_str), Some("Done"));
    assert_eq!(kit.orders().await.len(), 0, "the other shop has nothing of it");
}
