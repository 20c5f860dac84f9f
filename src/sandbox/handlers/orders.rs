//! The routes that validate, create and read orders (contract, section 3).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::addresses::{self, bolt11::Invoice, qr};
use super::super::checkout::body::{self, Basket, Purpose};
use super::super::checkout::{self, Judgement, Problem, Quote};
use super::super::lifecycle;
use super::super::order::line::Stage;
use super::super::order::{Line, Order};
use super::super::payment_methods::PaymentMethod;
use super::super::shop::{Shop, answer, not_found, now};

/// How many seconds a Lightning invoice is valid (contract, section 3.10).
const INVOICE_SECONDS: u64 = 3600;

/// `POST /v5/orders/validations`.
pub(crate) async fn validate(State(shop): State<Arc<Shop>>, body: Bytes) -> Response {
    let basket = match body::read(&body, Purpose::Validate) {
        Ok(basket) => basket,
        Err(reason) => return malformed(&reason),
    };
    match checkout::judge(&basket, &shop.catalogue, shop.forced()) {
        Judgement::Refused(body) => answer(StatusCode::UNPROCESSABLE_ENTITY, &body),
        Judgement::Problems(problems) => answer(
            StatusCode::OK,
            &json!({
                "coin": basket.coin, "coin_amount": null, "original_coin_amount": null,
                "coupon_code": basket.coupon, "loyalty_summary": null, "deliveries": [],
                "problems": list(&problems),
            }),
        ),
        Judgement::Good(quote) => answer(StatusCode::OK, &validation(&basket, &quote)),
    }
}

/// `POST /v5/orders`. Two equal requests make two orders: there is no idempotency.
pub(crate) async fn create(State(shop): State<Arc<Shop>>, body: Bytes) -> Response {
    let basket = match body::read(&body, Purpose::Create) {
        Ok(basket) => basket,
        Err(reason) => return malformed(&reason),
    };
    let refuse = |body: &Value| answer(StatusCode::UNPROCESSABLE_ENTITY, body);
    let quote = match checkout::judge(&basket, &shop.catalogue, shop.forced()) {
        Judgement::Refused(body) => return refuse(&body),
        Judgement::Problems(problems) => {
            let first = problems.first().map(|problem| problem.code.as_str());
            return refuse(&json!({"status": 422, "detail": first, "problems": list(&problems)}));
        }
        Judgement::Good(quote) => *quote,
    };
    let Some(order) = open(basket, quote, lifecycle::opened(shop.orders.pace(), now())) else {
        return refuse(&json!({"status": 422, "detail": "PAYMENT_SETUP_FAILED"}));
    };
    answer(StatusCode::CREATED, &shop.orders.open(order))
}

/// `GET /v5/orders/{id}`.
pub(crate) async fn read(State(shop): State<Arc<Shop>>, Path(id): Path<String>) -> Response {
    let order = id.parse().ok().and_then(|id| shop.orders.get(id));
    match order {
        Some(order) => answer(StatusCode::OK, &order.json()),
        None => not_found().await,
    }
}

fn malformed(reason: &str) -> Response {
    answer(StatusCode::BAD_REQUEST, &json!({"status": 400, "detail": "MALFORMED_BODY", "reason": reason}))
}

fn list(problems: &[Problem]) -> Value {
    problems.iter().map(Problem::json).collect()
}

/// Returns the successful answer to a validation.
fn validation(basket: &Basket, quote: &Quote) -> Value {
    // Both forms of "no problems" were observed; the same customer always gets the same one.
    let odd = !basket.email.len().is_multiple_of(2);
    let lines: Vec<Value> = quote.lines.iter().map(|line| line.json(Stage::Created, odd)).collect();
    json!({
        "coin": basket.coin,
        "coin_amount": quote.coin_amount.to_string(),
        "original_coin_amount": quote.original.to_string(),
        "coupon_code": quote.coupon,
        "loyalty_summary": null,
        "payment_fee": {"amount": "0", "original_amount": "0"},
        "summary": {
            "coin_amount_to_pay_in_crypto": quote.coin_amount.to_string(),
            "as_EUR": {"value_to_pay_in_crypto": quote.euros.round_dp(2).to_string()},
        },
        "deliveries": lines,
        "problems": if odd { json!([]) } else { Value::Null },
    })
}

/// Creates a new order. Returns `None` if the payment method has no address.
fn open(basket: Basket, quote: Quote, standing: lifecycle::Standing) -> Option<Order> {
    let payment_method = quote.payment_method?;
    let id = Uuid::new_v4();
    let created = now();
    let wallet_address = address(payment_method, id, quote.coin_amount, created / 1000)?;
    // One order in two has a QR text where the real shop was observed to omit it.
    let odd = addresses::number_of(id).is_multiple_of(2);
    let lines: Vec<Line> = quote.lines;
    Some(Order {
        id,
        created,
        updated: created,
        revision: 0,
        standing,
        via: basket.via,
        coin: payment_method.coin.to_owned(),
        network: payment_method.network.to_owned(),
        coin_amount: quote.coin_amount.to_string(),
        original_coin_amount: quote.original.to_string(),
        payment_value: quote.euros.to_string(),
        qr_text: qr::text(payment_method, &wallet_address, quote.coin_amount, odd),
        wallet_address,
        email: basket.email,
        refund_wallet_address: basket.refund_wallet_address,
        coupon: quote.coupon,
        lines,
        tampered: std::collections::BTreeMap::new(),
    })
}

/// Returns an address, or an invoice if the network is Lightning.
fn address(payment_method: &PaymentMethod, order: Uuid, amount: Decimal, created_at: u64) -> Option<String> {
    if payment_method.network == "Lightning" {
        return Invoice::of_order(order, amount, created_at, INVOICE_SECONDS).encode();
    }
    addresses::deposit(payment_method, order)
}
