//! A shop that passes everything on to the sandbox, and speaks with another tongue in every answer.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use giftty::sandbox::{Pace, Sandbox, Settings};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::table::texts;
use crate::support::sandbox::http_client;

/// What stands before every text, so that it is found and sorted.
pub(crate) const BEFORE: &str = "Qq";

/// The shop; it closes when it is dropped.
pub(crate) struct LyingShop {
    pub(crate) base: String,
    _tasks: JoinSet<()>,
}

struct Truth {
    sandbox: Sandbox,
    http: reqwest::Client,
    tongue: Tongue,
}

/// What it lies about.
#[derive(Clone, Copy)]
enum Tongue {
    /// Everything but what leads from the countries to the code.
    Everything,
    /// One field alone, wherever it stands.
    Only(&'static str),
}

impl LyingShop {
    /// Opens it. A purchase for `problems@…` has problems, one for `refused@…` is refused.
    pub(crate) async fn open() -> Self {
        Self::speaking(Tongue::Everything).await
    }

    /// Opens one that lies in the fields of this name alone.
    pub(crate) async fn about(field: &'static str) -> Self {
        Self::speaking(Tongue::Only(field)).await
    }

    async fn speaking(tongue: Tongue) -> Self {
        let http = http_client().build().unwrap();
        let pace = Pace::Every(std::time::Duration::from_millis(50));
        let sandbox = Sandbox::start(Settings { pace, ..Settings::default() }).await.unwrap();
        let router = Router::new().fallback(answer).with_state(Arc::new(Truth { sandbox, http, tongue }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let mut tasks = JoinSet::new();
        tasks.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { base, _tasks: tasks }
    }
}

async fn answer(State(truth): State<Arc<Truth>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.path().to_owned();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    if path == "/v4/products/price" && head.uri.query().is_some_and(|asked| asked.contains("137")) {
        return respond(422, json!({"detail": all(), "message": all()}).to_string().into());
    }
    if let Some((status, body)) = lie_at_once(&path, &String::from_utf8_lossy(&body)) {
        return respond(status, body);
    }
    // The stream says what reading says, in one event; then reading goes on telling.
    let told = path.strip_suffix("/subscribe");
    let asked = told.map_or_else(|| head.uri.to_string(), str::to_owned);
    let url = format!("{}{asked}", truth.sandbox.base_url());
    let request = truth.http.request(head.method, url).header("content-type", "application/json").body(body);
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    let Ok(mut value) = serde_json::from_str::<Value>(&text) else { return respond(status, text.into()) };
    match truth.tongue {
        Tongue::Everything => twist(&path, &mut value),
        Tongue::Only(field) => sow(&mut value, &|name| name == field, &all()),
    }
    // What JSON alone can say: half of a pair, and a control that is written out.
    let text = value.to_string().replace("Qqhalf", "Qq\\ud800half\\u001b[31m");
    if told.is_some() {
        let event = Body::from(format!("data: {text}\n\n"));
        return Response::builder().header("content-type", "text/event-stream").body(event).unwrap();
    }
    respond(status, text.into())
}

fn respond(status: u16, body: Bytes) -> Response {
    let response = Response::builder().status(status).header("content-type", "application/json");
    response.body(Body::from(body)).unwrap()
}

/// Every text as one.
fn all() -> String {
    texts().into_iter().filter(|text| text.chars().count() < 100).collect()
}

fn lie_at_once(path: &str, body: &str) -> Option<(u16, Bytes)> {
    if path == "/v5/orders/validations" && body.contains("problems@") {
        let problems: Vec<Value> = texts()
            .iter()
            .map(|text| json!({"code": format!("{BEFORE}{text}"), "moreDetails": {"said": text}}))
            .collect();
        return Some((
            200,
            json!({"problems": problems, "payment": {"coin_amount": "1"}}).to_string().into(),
        ));
    }
    let lies = json!({"status": 422, "detail": all(), "moreDetails": all(), "message": all()});
    (path == "/v5/orders" && body.contains("refused@")).then(|| (422, lies.to_string().into()))
}

/// Adds the texts wherever the shop speaks to people.
fn twist(path: &str, value: &mut Value) {
    let mut true_one = value.clone();
    let kept = if path.starts_with("/v5/orders") { ORDERS_KEEP } else { SHOP_KEEPS };
    sow(value, &|name| !kept.contains(&name), &all());
    let texts = texts();
    match path {
        "/api/available-countries" => {
            let countries = value["countries"].as_array_mut().unwrap();
            for (country, text) in countries.iter_mut().zip(&texts) {
                country["name"] = format!("{BEFORE}{text}").into();
            }
        }
        "/v2/brands" => {
            // Once is enough, and as much as a catalogue may weigh.
            for (list, first) in with_firsts(value, &mut true_one, "brands").take(2) {
                for (number, text) in texts.iter().enumerate() {
                    let mut brand = first.clone();
                    for field in ["brand", "family", "min", "max", "category", "brand_id"] {
                        brand[field] = format!("{BEFORE}{number}x{text}").into();
                    }
                    list.push(brand);
                }
            }
        }
        "/v3/payment_vias" => {
            for (list, first) in with_firsts(value, &mut true_one, "currencies") {
                for text in &texts {
                    let mut coin = first.clone();
                    coin["name"] = format!("{BEFORE}{text}").into();
                    list.push(coin);
                }
            }
        }
        _ => {}
    }
}

/// What leads from one answer to the next question, and is lied about alone, one after the other.
pub(crate) const SHOP_KEEPS: &[&str] = &[
    "isoCode",
    "name",
    "brand",
    "family",
    "brand_id",
    "country_code",
    "kind",
    "category",
    "min",
    "max",
    "denomination",
    "product_id",
    "delivery_type",
    "type",
    "currency",
    "currency_code",
    "coin",
    "coin_amount",
    "threshold",
];
/// The same of orders; what was asked for and what was bought is lied about with all the rest.
pub(crate) const ORDERS_KEEP: &[&str] = &[
    "order_id",
    "order_state",
    "payment_state",
    "delivery_state",
    "kind",
    "coin",
    "network",
    "coin_amount",
    "sent_coin_amount",
    "wallet_address",
    "qr_text",
    "created_at",
    "updated_at",
];

/// Puts a text behind every text of the fields that are meant, however deep.
fn sow(value: &mut Value, is_meant: &dyn Fn(&str) -> bool, text: &str) {
    fn behind(name: &str, value: &mut Value, is_meant: &dyn Fn(&str) -> bool, text: &str) {
        match value {
            Value::Array(list) => list.iter_mut().for_each(|value| behind(name, value, is_meant, text)),
            Value::Object(_) => sow(value, is_meant, text),
            Value::String(said) if is_meant(name) => said.push_str(text),
            _ => {}
        }
    }
    match value {
        Value::Array(list) => list.iter_mut().for_each(|value| sow(value, is_meant, text)),
        Value::Object(fields) => {
            fields.iter_mut().for_each(|(name, value)| behind(name, value, is_meant, text));
        }
        _ => {}
    }
}

/// Every list of a name that holds something, and what it begins with in the true answer.
fn with_firsts<'a>(
    value: &'a mut Value,
    true_one: &mut Value,
    name: &str,
) -> impl Iterator<Item = (&'a mut Vec<Value>, Value)> {
    let firsts: Vec<_> = lists(true_one, name).into_iter().map(|list| list.first().cloned()).collect();
    lists(value, name).into_iter().zip(firsts).filter_map(|(list, first)| Some((list, first?)))
}

/// Every list of a name, however deep.
fn lists<'a>(value: &'a mut Value, name: &str) -> Vec<&'a mut Vec<Value>> {
    match value {
        Value::Array(list) => list.iter_mut().flat_map(|value| lists(value, name)).collect(),
        Value::Object(fields) => fields
            .iter_mut()
            .flat_map(|(key, value)| {
                let found = value.is_array() && key.ends_with(name);
                if found { value.as_array_mut().into_iter().collect() } else { lists(value, name) }
            })
            .collect(),
        _ => Vec::new(),
    }
}
