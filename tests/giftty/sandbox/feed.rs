//! The feed of an order over SSE.

use std::time::Duration;

use giftty::sandbox::{Pace, Settings};
use reqwest::Response;
use serde_json::Value;

use super::shop::{Shop, body, id};

async fn subscribe(shop: &Shop, order: &Value) -> Response {
    let url = format!("{}/v5/orders/{}/subscribe", shop.sandbox.base_url(), id(order));
    let response = shop.client.get(url).header("accept", "text/event-stream").send().await.expect("a feed");
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    response
}

/// Reads on until the feed has said so many events; what it says is appended to `read`.
async fn read_events(feed: &mut Response, read: &mut String, events: usize) {
    while read.matches("\n\n").count() < events {
        let chunk = feed.chunk().await.expect("no break").expect("no end");
        read.push_str(std::str::from_utf8(&chunk).expect("text"));
    }
}

/// The states that a feed has told, with `stop` where it said so.
fn told(text: &str) -> Vec<String> {
    text.split("\n\n")
        .filter(|event| !event.is_empty())
        .map(|event| match event.strip_prefix("data: ").map(serde_json::from_str::<Value>) {
            Some(Ok(order)) => order["order_state"].as_str().unwrap_or("?").to_owned(),
            Some(Err(_)) => "broken".to_owned(),
            None => event.lines().next().unwrap_or_default().to_owned(),
        })
        .collect()
}

#[tokio::test]
async fn a_feed_tells_the_snapshot_every_change_and_stop() {
    let shop = Shop::open().await;
    let order = shop.order(&body()).await;
    let mut feed = subscribe(&shop, &order).await;
    let mut read = String::new();
    read_events(&mut feed, &mut read, 1).await;
    for event in ["pay", "step", "deliver"] {
        shop.happen(&order, event).await;
    }
    read.push_str(&feed.text().await.expect("its end"));
    assert_eq!(
        told(&read),
        ["WaitingForPayment", "PaymentStarted", "PaymentReceived", "Done", "event: stop"]
    );
    assert!(read.ends_with("event: stop\ndata: {}\n\n"));
}

#[tokio::test]
async fn an_order_walks_to_its_end_by_itself() {
    let pace = Pace::Every(Duration::from_millis(1));
    let shop = Shop::with(Settings { pace, ..Settings::default() }).await;
    let order = shop.order(&body()).await;
    let text = subscribe(&shop, &order).await.text().await.expect("its end");
    let states = told(&text);
    assert_eq!(states[states.len() - 2..], ["Done", "event: stop"]);
}

#[tokio::test]
async fn a_feed_stays_open_after_expiry_because_payment_may_come() {
    let shop = Shop::open().await;
    let order = shop.order(&body()).await;
    shop.happen(&order, "expire").await;
    let mut feed = subscribe(&shop, &order).await;
    let mut read = String::new();
    read_events(&mut feed, &mut read, 1).await;
    shop.happen(&order, "pay").await;
    read_events(&mut feed, &mut read, 2).await;
    assert_eq!(told(&read), ["Expired", "PaymentStarted"]);
}

#[tokio::test]
async fn a_cut_feed_ends_after_its_snapshot() {
    let shop = Shop::open().await;
    let order = shop.order(&body()).await;
    shop.fault("stream-cut x1").await;
    let text = subscribe(&shop, &order).await.text().await.expect("its end");
    assert_eq!(told(&text), ["WaitingForPayment"]);
}

#[tokio::test]
async fn a_feed_can_repeat_itself_and_go_back() {
    let shop = Shop::open().await;
    let order = shop.order(&body()).await;
    shop.fault("duplicate x1").await;
    shop.fault("reorder x1").await;
    let mut feed = subscribe(&shop, &order).await;
    let mut read = String::new();
    read_events(&mut feed, &mut read, 2).await;
    shop.happen(&order, "deliver").await;
    read.push_str(&feed.text().await.expect("its end"));
    let states =
        ["WaitingForPayment", "WaitingForPayment", "Done", "Done", "WaitingForPayment", "event: stop"];
    assert_eq!(told(&read), states);
}

#[tokio::test]
async fn noise_comes_before_the_snapshot() {
    let shop = Shop::open().await;
    let order = shop.order(&body()).await;
    shop.happen(&order, "deliver").await;
    shop.fault("noise x1").await;
    let text = subscribe(&shop, &order).await.text().await.expect("its end");
    assert_eq!(told(&text), [": welcome", "event: weather", "broken", "Done", "event: stop"]);
}

#[tokio::test]
async fn stopping_the_sandbox_ends_open_and_silent_feeds() {
    let shop = Shop::open().await;
    let order = shop.order(&body()).await;
    let open = subscribe(&shop, &order).await;
    shop.fault("stream-silent x1").await;
    let silent = subscribe(&shop, &order).await;
    shop.sandbox.stop().await;
    assert_eq!(told(&open.text().await.expect("its end")), ["WaitingForPayment"]);
    assert_eq!(silent.text().await.expect("its end"), "");
}
