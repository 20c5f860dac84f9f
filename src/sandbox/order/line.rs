//! One delivery of an order and its `deliverable` object (contract, section 3.4).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::delivered::{self, Payload};

/// A delivery, as it is stored in the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Line {
    /// The delivery id.
    pub id: Uuid,
    /// `giftcard` or `mobile_recharge`.
    pub kind: String,
    /// The brand's category, which determines the payload.
    pub category: String,
    /// The brand's family.
    pub family: String,
    /// The brand name.
    pub brand: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The denomination as ordered; `range` for a range.
    pub denomination: String,
    /// The label that the shop shows; `range` for a range.
    pub localized: String,
    /// The value chosen from a range.
    pub product_value: Option<String>,
    /// Currency of the value.
    pub currency: String,
    /// `by_email` or `by_phone`.
    pub delivery_type: String,
    /// The beneficiary's account.
    pub account: String,
    /// Its price in coin units.
    pub coin_amount: String,
    /// Its price in EUR.
    pub original_price: String,
    /// Loyalty points.
    pub points: String,
}

/// The progress of a line, for its JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// In the answer to a validation.
    Created,
    /// Not delivered yet.
    Waiting,
    /// Delivered: the payload is included.
    Succeeded,
    /// The delivery failed.
    Failed,
}

impl Stage {
    /// Returns the `delivery_state` (contract, section 3.9).
    fn word(self) -> &'static str {
        match self {
            Self::Created => "Created",
            Self::Waiting => "WaitingForPayment",
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
        }
    }
}

impl Line {
    /// Returns the delivery object. `odd` orders have numbers where the others have strings.
    pub fn json(&self, stage: Stage, odd: bool) -> Value {
        json!({
            "id": self.id.to_string(),
            "delivery_state": stage.word(),
            "kind": self.kind,
            "deliverable": self.deliverable(stage, odd),
        })
    }

    fn deliverable(&self, stage: Stage, odd: bool) -> Value {
        let payload = match stage {
            Stage::Succeeded => delivered::payload(self),
            Stage::Created | Stage::Waiting | Stage::Failed => Payload::default(),
        };
        let failed = stage == Stage::Failed;
        let product_value =
            self.product_value.as_ref().map(|value| if odd { number(value) } else { json!(value) });
        let mut fields = Map::new();
        let mut say = |name: &str, value: Value| {
            fields.insert(name.to_owned(), value);
        };
        say("brand_name", json!(self.brand));
        say("family", json!(self.family));
        say("country_code", json!(self.country));
        say("beneficiary_account", json!(self.account));
        say("delivery_type", json!(self.delivery_type));
        say("currency_code", json!(self.currency));
        say("denomination", json!(self.denomination));
        say("localized_denomination", json!(self.localized));
        say("product_value", json!(product_value));
        say("coin_amount", json!(self.coin_amount));
        say("original_coin_amount", json!(self.coin_amount));
        say("original_price", json!(self.original_price));
        say("points", json!(self.points));
        say("brand_logo", json!("https://cdn.cryptorefills.com/sandbox/brand.webp"));
        say("brand_bg_color", json!("#FFFFFF"));
        say("pin_code", json!(payload.pin_code));
        say("pin_serial", json!(payload.pin_serial));
        say("security_code", json!(payload.security_code));
        say("operator_reference", json!(payload.operator_reference));
        say("qr_image_url", json!(payload.qr_image_url));
        say("barcode_image_url", json!(payload.barcode_image_url));
        say("redeem_instructions", json!(payload.redeem_instructions));
        say("terms_and_conditions", json!(payload.terms));
        say("failure_reason", json!(failed.then_some("The supplier did not deliver this product")));
        say("error_description", json!(failed.then_some("SUPPLIER_ERROR")));
        Value::Object(fields)
    }
}

/// Returns decimal text as a JSON number, or as a string if it is not a number.
pub(super) fn number(text: &str) -> Value {
    serde_json::from_str(text).ok().filter(Value::is_number).unwrap_or_else(|| json!(text))
}
