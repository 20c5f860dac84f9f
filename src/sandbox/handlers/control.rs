//! The control routes of the sandbox. They are exempt from faults and are not recorded.
//!
//! | route | effect |
//! |---|---|
//! | `GET /__sandbox/orders` | `{count, orders}`, oldest first |
//! | `POST /__sandbox/orders/{id}/{event}` | `pay`, `underpay`, `overpay`, `expire`, `fail`, `fail-setup`, `cancel`, `refund`, `hold`, `deliver`, `fail-delivery`, or `step` to the next state; answers with the order |
//! | `POST /__sandbox/orders/{id}/state/{word}` | the order reports an arbitrary state word |
//! | `POST /__sandbox/orders/{id}/tamper` | `{field, value}`: overrides a field of later snapshots; null removes the override; a JSON pointer such as `/deliveries/0/deliverable/pin_code` selects a nested field |
//! | `POST /__sandbox/tamper` | `{field, value}`: overrides a field of the next order, from its first answer on |
//! | `GET`, `POST`, `DELETE /__sandbox/faults` | lists faults, adds `{fault}` or `{faults}`, removes all |
//! | `POST`, `DELETE /__sandbox/problems` | `{problems, times}`: the next answers (one by default) have these codes, each a word or `{problem, moreDetails}` |
//! | `GET`, `DELETE /__sandbox/requests` | the last 500 customer requests: method, path, query, headers, body |

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::checkout::Problem;
use super::super::faults::Fault;
use super::super::lifecycle::Event;
use super::super::order::Order;
use super::super::shop::{Shop, answer, not_found, now};

/// Returns the control routes, below `/__sandbox`.
pub(crate) fn routes() -> Router<Arc<Shop>> {
    Router::new()
        .route("/orders", get(orders))
        .route("/orders/{id}/tamper", post(tamper))
        .route("/orders/{id}/state/{word}", post(state))
        .route("/orders/{id}/{event}", post(happen))
        .route("/tamper", post(tamper_next))
        .route("/faults", get(faults).post(add_faults).delete(clear_faults))
        .route("/problems", post(force).delete(force_nothing))
        .route("/requests", get(requests).delete(clear_requests))
}

async fn orders(State(shop): State<Arc<Shop>>) -> Response {
    let orders: Vec<Value> = shop.orders.all().iter().map(Order::json).collect();
    ok(&json!({"count": orders.len(), "orders": orders}))
}

async fn happen(State(shop): State<Arc<Shop>>, Path((id, event)): Path<(String, String)>) -> Response {
    let Some(event) = Event::named(&event) else {
        return wrong(&format!("`{event}` is nothing that can happen to an order"));
    };
    let changed = id.parse::<Uuid>().ok().and_then(|id| shop.orders.happen(id, &event, now()));
    order_or_not_found(changed).await
}

async fn state(State(shop): State<Arc<Shop>>, Path((id, word)): Path<(String, String)>) -> Response {
    let said = id.parse::<Uuid>().ok().and_then(|id| shop.orders.happen(id, &Event::Say(word), now()));
    order_or_not_found(said).await
}

async fn tamper(State(shop): State<Arc<Shop>>, Path(id): Path<String>, body: Bytes) -> Response {
    let body = value(&body);
    let Some(field) = body["field"].as_str() else {
        return wrong("say {\"field\": ..., \"value\": ...}");
    };
    let falsified =
        id.parse().ok().and_then(|id| shop.orders.tamper(id, field, body["value"].clone(), now()));
    order_or_not_found(falsified).await
}

async fn tamper_next(State(shop): State<Arc<Shop>>, body: Bytes) -> Response {
    let body = value(&body);
    let Some(field) = body["field"].as_str() else {
        return wrong("say {\"field\": ..., \"value\": ...}");
    };
    shop.orders.tamper_next(field, body["value"].clone());
    ok(&body)
}

async fn order_or_not_found(order: Option<Value>) -> Response {
    match order {
        Some(order) => ok(&order),
        None => not_found().await,
    }
}

async fn faults(State(shop): State<Arc<Shop>>) -> Response {
    ok(&json!({"faults": shop.faults.list()}))
}

async fn add_faults(State(shop): State<Arc<Shop>>, body: Bytes) -> Response {
    let body = value(&body);
    let words = body["faults"].as_array().cloned().unwrap_or_else(|| vec![body["fault"].clone()]);
    let parsed: Result<Vec<Fault>, _> =
        words.iter().map(|word| word.as_str().unwrap_or("").parse()).collect();
    match parsed {
        Err(error) => wrong(&error.to_string()),
        Ok(parsed) => {
            for fault in parsed {
                shop.faults.add(fault);
            }
            ok(&json!({"faults": shop.faults.list()}))
        }
    }
}

async fn clear_faults(State(shop): State<Arc<Shop>>) -> Response {
    shop.faults.clear();
    ok(&json!({"faults": []}))
}

async fn force(State(shop): State<Arc<Shop>>, body: Bytes) -> Response {
    let body = value(&body);
    let Some(list) = body["problems"].as_array() else {
        return wrong("say {\"problems\": [\"KYC_MISSING\"]}");
    };
    let times = body["times"].as_u64().and_then(|times| u32::try_from(times).ok()).unwrap_or(1);
    shop.force(list.iter().map(problem).collect(), times);
    ok(&json!({"problems": list, "times": times}))
}

fn problem(entry: &Value) -> Problem {
    let code = entry["problem"].as_str().or(entry.as_str()).unwrap_or_default();
    Problem { code: code.to_owned(), details: entry.get("moreDetails").cloned() }
}

async fn force_nothing(State(shop): State<Arc<Shop>>) -> Response {
    shop.force_nothing();
    ok(&json!({"problems": []}))
}

async fn requests(State(shop): State<Arc<Shop>>) -> Response {
    ok(&shop.requests.list())
}

async fn clear_requests(State(shop): State<Arc<Shop>>) -> Response {
    shop.requests.clear();
    ok(&json!([]))
}

/// Parses a JSON body. Returns null if it is not JSON, which has none of the expected fields.
fn value(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_default()
}

fn ok(body: &Value) -> Response {
    answer(StatusCode::OK, body)
}

fn wrong(reason: &str) -> Response {
    answer(StatusCode::BAD_REQUEST, &json!({"status": 400, "detail": reason}))
}
