//! A sandbox, what it can be asked and told beside its shop's own answers, and a home for records.

use std::time::Duration;

use giftty::sandbox::{Pace, Sandbox, Settings};
use reqwest::{Client, ClientBuilder, Method};
use serde_json::{Value, json};
use tempfile::TempDir;

/// How long a request is waited for before a test gives up. Nothing waits that long when all is well.
const PATIENCE: Duration = Duration::from_secs(30);

/// A client for plain HTTP that goes around every proxy.
pub(crate) fn http_client() -> ClientBuilder {
    // Fails when another test was first, which serves as well.
    let _installed_before = rustls::crypto::ring::default_provider().install_default();
    let tls = rustls::ClientConfig::builder()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    Client::builder().no_proxy().use_preconfigured_tls(tls)
}

/// A running sandbox, and a home for the records of whoever shops there.
pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    pub(crate) home: TempDir,
    http: Client,
}

impl World {
    /// A sandbox whose orders move as `pace` says.
    pub(crate) async fn new(pace: Pace) -> Self {
        let settings = Settings { pace, ..Settings::default() };
        let sandbox = Sandbox::start(settings).await.unwrap();
        Self { sandbox, home: tempfile::tempdir().unwrap(), http: http_client().build().unwrap() }
    }

    /// A sandbox in which nothing moves by itself.
    pub(crate) async fn manual() -> Self {
        Self::new(Pace::Manual).await
    }

    /// Where the sandbox is.
    pub(crate) fn address(&self) -> &str {
        self.sandbox.base_url()
    }

    /// Sends the sandbox a request and gives its answer.
    async fn request(&self, method: Method, path: &str, body: String) -> Value {
        let request = self.http.request(method, format!("{}{path}", self.address()));
        let answer = request.header("content-type", "application/json").body(body).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status}, {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Tells the sandbox something through one of its control routes.
    pub(crate) async fn control(&self, route: &str, body: &str) -> Value {
        self.request(Method::POST, &format!("/__sandbox/{route}"), body.to_owned()).await
    }

    /// Asks one of the sandbox's control routes.
    pub(crate) async fn told(&self, route: &str) -> Value {
        self.request(Method::GET, &format!("/__sandbox/{route}"), String::new()).await
    }

    /// Switches a fault on.
    pub(crate) async fn fault(&self, fault: &str) {
        self.control("faults", &json!({"fault": fault}).to_string()).await;
    }

    /// Lets something happen to an order.
    pub(crate) async fn happen(&self, order: &Value, event: &str) -> Value {
        self.control(&format!("orders/{}/{event}", order["order_id"].as_str().unwrap()), "{}").await
    }

    /// The orders that the sandbox has.
    pub(crate) async fn orders(&self) -> Vec<Value> {
        self.told("orders").await["orders"].as_array().unwrap().clone()
    }

    /// The only order that the sandbox has.
    pub(crate) async fn order(&self) -> Value {
        let mut orders = self.orders().await;
        assert_eq!(orders.len(), 1);
        orders.remove(0)
    }

    /// Places an order for 10 USD at Steam, as somebody else's program would; answers its id.
    pub(crate) async fn order_elsewhere(&self) -> String {
        let body = json!({
            "email": "buyer@example.com",
            "user": {"email": "buyer@example.com", "has_accepted_newsletter": false},
            "payment": {"type": "via", "payment_via": "USER_WALLET", "coin": "USDC", "network": "Solana"},
            "deliveries": [{
                "brand_name": "Steam",
                "country_code": "US",
                "denomination": "10 USD",
                "beneficiary_account": "buyer@example.com",
            }],
            "lang": "en",
        });
        let order = self.request(Method::POST, "/v5/orders", body.to_string()).await;
        order["order_id"].as_str().unwrap_or_else(|| panic!("{order}")).to_owned()
    }

    /// Everything that the shop was asked for, oldest first.
    async fn requests(&self) -> Vec<Value> {
        self.told("requests").await.as_array().unwrap().clone()
    }

    /// How often a path of the shop was asked for.
    pub(crate) async fn asked(&self, method: &str, path: &str) -> usize {
        let here = |request: &&Value| request["path"] == path && request["method"] == method;
        self.requests().await.iter().filter(here).count()
    }

    /// Waits until a path that ends so was asked for.
    pub(crate) async fn asked_for(&self, end: &str) {
        let path = |request: &Value| request["path"].as_str().is_some_and(|path| path.ends_with(end));
        let asked = async { while !self.requests().await.iter().any(path) {} };
        tokio::time::timeout(PATIENCE, asked).await.expect("a request in time");
    }

    /// The bodies that were posted to a path of the shop, oldest first.
    pub(crate) async fn bodies(&self, path: &str) -> Vec<Value> {
        let requests = self.requests().await.into_iter();
        let here = requests.filter(|request| request["path"] == path && request["method"] == "POST");
        here.map(|request| serde_json::from_str(request["body"].as_str().unwrap()).unwrap()).collect()
    }
}
