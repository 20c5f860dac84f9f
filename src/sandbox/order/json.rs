//! The Order object of the wire format (contract, sections 3.3 to 3.9).

use serde_json::{Map, Value, json};

use super::super::lifecycle::Outcome;
use super::line::{Stage, number};
use super::{Line, Order};

impl Order {
    /// Returns the Order object, with the overrides of the control routes.
    pub fn json(&self) -> Value {
        let odd = self.id.as_u128().is_multiple_of(4);
        let id = self.id.to_string();
        let mut fields = Map::new();
        let mut say = |name: &str, value: Value| {
            fields.insert(name.to_owned(), value);
        };
        say("order_id", json!(id));
        say("order_state", json!(self.standing.state));
        say("payment_state", json!(self.standing.payment));
        say("payment_via", json!(self.via));
        say("payment_method", json!(method(self)));
        if self.network == "Lightning" {
            say("payment_method_protocol", json!("LIGHTNING_LIKE"));
        }
        say("payment_id", json!(uuid::Uuid::new_v5(&self.id, b"payment").to_string()));
        say("coin", json!(self.coin));
        say("network", json!(self.network));
        say("coin_amount", json!(self.coin_amount));
        say("original_coin_amount", json!(self.original_coin_amount));
        say("original_price", json!(self.coin_amount));
        say("payment_value", number(&self.payment_value));
        say("sent_coin_amount", json!(self.sent()));
        say("wallet_address", json!(self.wallet_address));
        if let Some(text) = &self.qr_text {
            say("qr_text", json!(text));
        }
        say("qr_url", json!(format!("https://api.cryptorefills.com:443/v3/qrs/{id}")));
        say("created_at", epoch(self.created, odd));
        say("payment_requested_at", epoch(self.created, odd));
        say("updated_at", epoch(self.updated, false));
        say("user", json!({"email": self.email}));
        say("is_payment_processor_external", json!(false));
        if let Some(address) = &self.refund_wallet_address {
            say("refund_wallet_address", json!(address));
        }
        if let Some(coupon) = &self.coupon {
            say("coupon_code", json!(coupon));
        }
        if self.standing.state == "Refunded" {
            let refund =
                json!({"amount": self.sent(), "currency": self.coin, "reason": "Refunded by the sandbox"});
            say("refund", refund);
        }
        say("deliveries", deliveries(self, odd));
        let mut json = Value::Object(fields);
        for (name, value) in &self.tampered {
            falsify(&mut json, name, value);
        }
        json
    }
}

/// Overrides a field, given by its name in the order or by a JSON pointer.
fn falsify(order: &mut Value, name: &str, value: &Value) {
    if !name.starts_with('/') {
        order[name] = value.clone();
    } else if let Some(inner) = order.pointer_mut(name) {
        *inner = value.clone();
    }
}

/// Returns the deliveries. They contain codes only if the order is done.
fn deliveries(order: &Order, odd: bool) -> Value {
    let done = order.standing.state == "Done";
    let last = order.lines.len().saturating_sub(1);
    let stage = |index: usize| match order.standing.delivery {
        Outcome::LastFailed if done && index == last => Stage::Failed,
        Outcome::All | Outcome::LastFailed if done => Stage::Succeeded,
        Outcome::Pending | Outcome::All | Outcome::LastFailed => Stage::Waiting,
    };
    let line = |(index, line): (usize, &Line)| line.json(stage(index), odd);
    Value::Array(order.lines.iter().enumerate().map(line).collect())
}

/// Returns `BTC-LIGHTNING`, `USDC-MATIC`, or the bare coin.
fn method(order: &Order) -> String {
    match order.network.as_str() {
        "Lightning" => format!("{}-LIGHTNING", order.coin),
        "Polygon (Matic)" => format!("{}-MATIC", order.coin),
        _ => order.coin.clone(),
    }
}

/// Returns Unix seconds, as a string as recorded, or as a bare number for `odd` orders.
fn epoch(millis: u64, odd: bool) -> Value {
    let seconds = millis / 1000;
    if odd { json!(seconds) } else { json!(seconds.to_string()) }
}
