//! What is kept, listed and revealed, and who may see it.

use std::os::unix::fs::PermissionsExt;

use serde_json::json;

use crate::support::commands::Kit;

#[tokio::test]
async fn orders_are_listed_newest_first() {
    let kit = Kit::open().await;
    assert_eq!(kit.run(&["orders", "--json"]).await.json(), json!([]));
    let first = kit.buy().await;
    let second = kit.buy().await;
    let listed = kit.run(&["orders", "--json"]).await.json();
    assert_eq!(listed[0]["order_id"], second["order_id"]);
    assert_eq!(listed[1]["order_id"], first["order_id"]);
    assert_eq!((&listed[0]["what"], &listed[0]["open"]), (&json!("Airbnb 100 USD"), &json!(true)));
    assert_eq!((&listed[0]["total"], &listed[0]["coin"]), (&json!("101.48"), &json!("USDC")));
}

#[tokio::test]
async fn people_see_whole_ids_only_when_they_ask() {
    let kit = Kit::open().await;
    let order = kit.buy().await;
    let id = order["order_id"].as_str().expect("an id");
    let plain = kit.run(&["orders"]).await;
    assert!(plain.out.contains(&id[..8]) && !plain.out.contains(id), "{}", plain.out);
    assert!(kit.run(&["orders", "--ids"]).await.out.contains(id));
    let bought = kit.with_airbnb("buy", &["--yes"]).await;
    let newest = kit.orders().await.pop().expect("an order");
    assert!(!bought.out.contains(newest["order_id"].as_str().expect("an id")), "{}", bought.out);
}

#[tokio::test]
async fn codes_are_revealed_when_they_are_there() {
    let kit = Kit::open().await;
    let order = kit.buy().await;
    let early = kit.run(&["reveal", "1", "--json"]).await;
    assert_eq!((early.code, early.out.as_str()), (6, ""));
    assert_eq!(early.error()["code"], "undelivered");

    let done = kit.happen(&order, "deliver").await;
    let code = &done["deliveries"][0]["deliverable"]["pin_code"];
    assert!(code.is_string(), "{done}");
    let revealed = kit.run(&["reveal", "1", "--json"]).await;
    assert_eq!(revealed.code, 0, "{}", revealed.err);
    let line = &revealed.json()["deliveries"][0];
    assert_eq!((&line["code"], &line["kind"]), (code, &json!("pin")));

    // The journal has it now: the shop is not asked again.
    let id = order["order_id"].as_str().expect("an id");
    kit.fault("503").await;
    let plain = kit.run(&["reveal", id]).await;
    assert_eq!(plain.code, 0, "{}", plain.err);
    assert!(plain.out.contains(code.as_str().expect("text")));
}

#[tokio::test]
async fn codes_of_an_order_that_was_delivered_in_part_are_revealed_too() {
    let kit = Kit::open().await;
    let ended = kit.with_airbnb("buy", &["--quantity", "2", "--yes", "--json"]).await;
    kit.happen(&ended.json(), "fail-delivery").await;
    let revealed = kit.run(&["reveal", "1", "--json"]).await;
    assert_eq!(revealed.code, 6);
    let lines = &revealed.json()["deliveries"];
    let codes = lines.as_array().expect("lines").iter().filter(|line| line["code"].is_string());
    assert_eq!(codes.count(), 1, "{lines}");
}

#[tokio::test]
async fn the_doctor_finds_a_journal_that_others_can_read() {
    let kit = Kit::open().await;
    let order = kit.buy().await;
    let well = kit.run(&["doctor", "--json"]).await;
    assert_eq!((well.code, &well.json()["ok"]), (0, &json!(true)), "{}", well.out);
    assert!(well.out.contains("1 record of this shop"), "{}", well.out);
    for secret in [order["order_id"].as_str().expect("an id"), "you@example.com"] {
        assert!(!well.out.contains(secret), "{}", well.out);
    }
    let folder = kit.records();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).expect("permissions");
    let ill = kit.run(&["doctor", "--json"]).await;
    assert_eq!((ill.code, &ill.json()["ok"]), (1, &json!(false)), "{}", ill.out);
    assert_eq!(ill.error()["code"], "unexpected");
}
