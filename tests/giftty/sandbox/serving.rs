//! The catalogue's routes, unknown routes, and the sandbox as a process.

use std::net::SocketAddr;

use giftty::sandbox::{Pace, Sandbox, SandboxError, Settings};
use reqwest::Method;
use serde_json::json;

use super::shop::{Shop, body, id};

#[tokio::test]
async fn every_route_of_the_catalogue_answers_json() {
    let shop = Shop::open().await;
    for path in [
        "/api/available-countries",
        "/v3/payment_vias",
        "/v3/currencies",
        "/v2/brands?country_code=US",
        "/v2/homepage?country_code=US",
        "/v2/search/US?q=steam",
        "/v5/products/country/US?family_name=Steam&coin=USDC",
        "/v4/products/price?brand_name=Amazon.com&country_code=US&face_value=50&coin=BTC",
    ] {
        let (status, body) = shop.get(path).await;
        assert_eq!(status, 200, "{path}: {body}");
        assert!(body.is_object() || body.is_array(), "{path}");
    }
}

#[tokio::test]
async fn unfiltered_products_are_refused() {
    let shop = Shop::open().await;
    assert_eq!(shop.get("/v5/products/country/US").await.0, 400);
}

#[tokio::test]
async fn unknown_routes_orders_and_methods_answer_404() {
    let shop = Shop::open().await;
    let order = shop.order(&body()).await;
    let known = format!("/v5/orders/{}", id(&order));
    let unknown = "/v5/orders/00000000-0000-4000-8000-000000000000";
    for (method, path) in [
        (Method::GET, "/v1/anything".to_owned()),
        (Method::GET, unknown.to_owned()),
        (Method::GET, format!("{unknown}/subscribe")),
        (Method::GET, "/v5/orders/ord_abc123xyz".to_owned()),
        (Method::GET, format!("/v3/qrs/{}", id(&order))),
        (Method::PATCH, known.clone()),
        (Method::PUT, known),
    ] {
        assert_eq!(shop.ask(method, &path, None).await.0, 404, "{path}");
    }
}

#[tokio::test]
async fn it_listens_on_loopback_only() {
    let everywhere = SocketAddr::from(([0, 0, 0, 0], 0));
    let refused = Sandbox::start(Settings { listen: everywhere, ..Settings::default() }).await;
    assert!(matches!(refused, Err(SandboxError::NotLoopback(_))));
}

#[tokio::test]
async fn requests_are_remembered_as_they_came() {
    let shop = Shop::open().await;
    shop.order(&body()).await;
    let (_, requests) = shop.get("/__sandbox/requests").await;
    let last = requests.as_array().and_then(|all| all.last()).expect("a request");
    assert_eq!((&last["method"], &last["path"]), (&json!("POST"), &json!("/v5/orders")));
    assert_eq!(last["headers"]["content-type"], "application/json");
    assert_eq!(last["body"], body().to_string());
}

fn on_file(file: &std::path::Path) -> Settings {
    Settings { pace: Pace::Manual, orders_file: Some(file.to_owned()), ..Settings::default() }
}

#[tokio::test]
async fn orders_go_on_where_they_were_after_a_stop() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("orders.json");
    let first = Shop::with(on_file(&file)).await;
    let order = first.order(&body()).await;
    let paid = first.happen(&order, "pay").await;
    first.sandbox.stop().await;
    let second = Shop::with(on_file(&file)).await;
    assert_eq!(second.get(&format!("/v5/orders/{}", id(&order))).await, (200, paid));
    assert_eq!(second.happen(&order, "step").await["order_state"], "PaymentReceived");
}

#[tokio::test]
async fn an_order_that_was_due_while_nobody_served_it_catches_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("orders.json");
    let pace = Pace::Every(std::time::Duration::from_millis(1));
    let first = Shop::with(Settings { pace, ..on_file(&file) }).await;
    let order = first.order(&body()).await;
    // Dropped and not stopped, as a kill would leave it.
    drop(first);
    let second = Shop::with(Settings { pace, ..on_file(&file) }).await;
    let feed = second.client.get(format!("{}/v5/orders/{}/subscribe", second.sandbox.base_url(), id(&order)));
    // The feed ends when the order has.
    let text = feed.send().await.expect("a feed").text().await.expect("its end");
    assert!(text.contains("\"order_state\":\"Done\""), "{text}");
}

#[tokio::test]
async fn a_torn_file_is_set_aside_with_a_note() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("orders.json");
    std::fs::write(&file, "{\"version\":1,\"orders\":[{").expect("writes");
    let shop = Shop::with(on_file(&file)).await;
    assert!(shop.sandbox.note().is_some_and(|note| note.contains(".damaged")));
    assert!(folder.path().join("orders.json.damaged").exists());
    assert_eq!(shop.count().await, 0);
}

#[tokio::test]
async fn two_sandboxes_on_one_file_lose_no_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("orders.json");
    let (one, two) = (Shop::with(on_file(&file)).await, Shop::with(on_file(&file)).await);
    let first = one.order(&body()).await;
    let second = two.order(&body()).await;
    assert_eq!(two.get(&format!("/v5/orders/{}", id(&first))).await.0, 200);
    one.happen(&first, "pay").await;
    let third = Shop::with(on_file(&file)).await;
    assert_eq!(third.count().await, 2);
    assert_eq!(third.get(&format!("/v5/orders/{}", id(&first))).await.1["order_state"], "PaymentStarted");
    assert_eq!(third.get(&format!("/v5/orders/{}", id(&second))).await.0, 200);
}

#[cfg(unix)]
#[tokio::test]
async fn the_orders_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("orders.json");
    let shop = Shop::with(on_file(&file)).await;
    shop.order(&body()).await;
    let mode = std::fs::metadata(&file).expect("is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
