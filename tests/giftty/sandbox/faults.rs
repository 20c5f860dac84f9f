//! The ways in which the shop can fail on request.

use reqwest::Method;
use serde_json::json;

use super::shop::{Shop, body};

#[tokio::test]
async fn a_429_says_when_to_come_back() {
    let shop = Shop::open().await;
    shop.fault("429=5@/v2/brands x1").await;
    let response = shop.send(Method::GET, "/v2/brands?country_code=US", None).await.expect("an answer");
    assert_eq!(
        (response.status().as_u16(), &response.headers()["retry-after"]),
        (429, &"5".parse().expect("a value"))
    );
    assert_eq!(shop.get("/v2/brands?country_code=US").await.0, 200);
}

#[tokio::test]
async fn an_edge_may_answer_html() {
    let shop = Shop::open().await;
    shop.fault("html x1").await;
    let response = shop.send(Method::GET, "/v3/payment_vias", None).await.expect("an answer");
    assert_eq!(response.status(), 200);
    assert!(response.text().await.expect("a body").starts_with("<!DOCTYPE html>"));
}

#[tokio::test]
async fn a_truncated_answer_breaks_in_its_body() {
    let shop = Shop::open().await;
    for path in ["/v3/payment_vias", "/v2/brands?country_code=US"] {
        shop.fault("truncate x1").await;
        let response = shop.send(Method::GET, path, None).await.expect("a status line");
        assert_eq!(response.status(), 200, "{path}");
        assert!(response.content_length().is_some_and(|length| length > 0), "{path}");
        assert!(response.text().await.is_err(), "{path}");
    }
}

#[tokio::test]
async fn a_reset_comes_before_the_status_line_and_does_nothing() {
    let shop = Shop::open().await;
    shop.fault("reset@POST:/v5/orders$ x1").await;
    let error = shop.send(Method::POST, "/v5/orders", Some(&body())).await.expect_err("no answer");
    assert!(error.is_request(), "{error:?}");
    assert_eq!(shop.count().await, 0);
    // The next connection is whole again.
    shop.order(&body()).await;
}

#[tokio::test]
async fn a_lost_answer_leaves_an_order_behind() {
    let shop = Shop::open().await;
    for (made, fault) in
        ["lost-answer x1", "lost-answer=500 x1", "lost-answer=html x1", "lost-answer=truncate x1"]
            .into_iter()
            .enumerate()
    {
        shop.fault(fault).await;
        match shop.send(Method::POST, "/v5/orders", Some(&body())).await {
            Err(error) => assert_eq!(fault, "lost-answer x1", "{error}"),
            Ok(response) => {
                let text = response.text().await;
                assert!(text.map_or(true, |text| !text.contains("order_id")), "{fault}");
            }
        }
        assert_eq!(shop.count().await, u64::try_from(made).expect("small") + 1, "{fault}");
    }
}

#[tokio::test]
async fn a_hanging_request_ends_with_the_sandbox() {
    let shop = Shop::open().await;
    shop.fault("hang@/v3/currencies").await;
    let url = format!("{}/v3/currencies", shop.sandbox.base_url());
    let hanging = tokio::spawn(shop.client.get(url).send());
    while shop.get("/__sandbox/requests").await.1.as_array().is_none_or(Vec::is_empty) {
        tokio::task::yield_now().await;
    }
    shop.sandbox.stop().await;
    assert!(hanging.await.expect("no panic").is_err());
}

#[tokio::test]
async fn faults_are_listed_taken_back_and_checked() {
    let shop = Shop::open().await;
    shop.fault("delay=2s@/v2").await;
    assert_eq!(shop.get("/__sandbox/faults").await.1, json!({"faults": ["delay=2000ms@/v2"]}));
    assert_eq!(shop.ask(Method::DELETE, "/__sandbox/faults", None).await.1, json!({"faults": []}));
    assert_eq!(shop.post("/__sandbox/faults", &json!({"fault": "gremlins"})).await.0, 400);
}

#[tokio::test]
async fn faults_of_the_settings_strike_from_the_start() {
    let faults = vec!["503@/v3".parse().expect("a fault")];
    let shop = Shop::with(giftty::sandbox::Settings { faults, ..Default::default() }).await;
    assert_eq!(shop.get("/v3/currencies").await.0, 503);
    assert_eq!(shop.get("/api/available-countries").await.0, 200);
}
