//! A sandbox for a test, and the few words that tests speak to it.

use std::time::Duration;

use giftty::sandbox::{Pace, Sandbox, Settings};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};

use crate::support::sandbox::http_client;

/// A running sandbox and a plain HTTP client.
pub(crate) struct Shop {
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
}

impl Shop {
    /// A sandbox where nothing moves by itself.
    pub(crate) async fn open() -> Self {
        Self::with(Settings { pace: Pace::Manual, ..Settings::default() }).await
    }

    /// A sandbox with these settings.
    pub(crate) async fn with(settings: Settings) -> Self {
        let client = http_client().timeout(Duration::from_secs(20)).build().expect("a client");
        let sandbox = Sandbox::start(settings).await.expect("a sandbox");
        Self { sandbox, client }
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> reqwest::Result<Response> {
        let request = self.client.request(method, format!("{}{path}", self.sandbox.base_url()));
        match body {
            Some(body) => request.header("content-type", "application/json").body(body.to_string()),
            None => request,
        }
        .send()
        .await
    }

    /// The status and the JSON of an answer.
    pub(crate) async fn ask(&self, method: Method, path: &str, body: Option<&Value>) -> (u16, Value) {
        let response = self.send(method, path, body).await.expect("an answer");
        let status = response.status().as_u16();
        assert_eq!(response.headers()["content-type"], "application/json", "{path}");
        let text = response.text().await.expect("a body");
        (status, serde_json::from_str(&text).expect("JSON"))
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        self.ask(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        self.ask(Method::POST, path, Some(body)).await
    }

    /// Places an order that is expected to be taken.
    pub(crate) async fn order(&self, body: &Value) -> Value {
        let (status, order) = self.post("/v5/orders", body).await;
        assert_eq!(status, 201, "{order}");
        order
    }

    /// Lets something happen to an order.
    pub(crate) async fn happen(&self, order: &Value, event: &str) -> Value {
        let (status, order) =
            self.post(&format!("/__sandbox/orders/{}/{event}", id(order)), &json!({})).await;
        assert_eq!(status, 200, "{order}");
        order
    }

    /// Switches a fault on.
    pub(crate) async fn fault(&self, fault: &str) {
        let (status, answer) = self.post("/__sandbox/faults", &json!({"fault": fault})).await;
        assert_eq!(status, 200, "{answer}");
    }

    /// How many orders there are.
    pub(crate) async fn count(&self) -> u64 {
        self.get("/__sandbox/orders").await.1["count"].as_u64().expect("a count")
    }
}

/// The id of an order.
pub(crate) fn id(order: &Value) -> &str {
    order["order_id"].as_str().expect("an id")
}

/// A good body: one fixed gift card, paid in USDC on Solana.
pub(crate) fn body() -> Value {
    json!({
        "email": "buyer@example.com",
        "user": {"email": "buyer@example.com", "has_accepted_newsletter": false},
        "payment": {"type": "via", "payment_via": "USER_WALLET", "coin": "USDC", "network": "Solana"},
        "deliveries": [steam()],
        "lang": "en",
    })
}

/// A fixed gift card.
pub(crate) fn steam() -> Value {
    json!({
        "brand_name": "Steam", "country_code": "US", "denomination": "10 USD",
        "beneficiary_account": "buyer@example.com",
    })
}

/// A gift card of any value.
pub(crate) fn amazon(value: &Value) -> Value {
    json!({
        "brand_name": "Amazon.com", "country_code": "US", "denomination": "range", "product_value": value,
        "beneficiary_account": "buyer@example.com",
    })
}

/// The good body with other deliveries.
pub(crate) fn body_of(deliveries: &[Value]) -> Value {
    let mut body = body();
    body["deliveries"] = json!(deliveries);
    body
}

/// The good body on another payment method.
pub(crate) fn body_on(coin: &str, network: &str) -> Value {
    let mut body = body();
    body["payment"]["coin"] = json!(coin);
    body["payment"]["network"] = json!(network);
    body
}
