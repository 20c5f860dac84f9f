//! One order: its lines, its payment and its standing.

pub mod delivered;
pub mod json;
pub mod line;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::lifecycle::{Seen, Standing};
pub use line::Line;

/// An order, as it is stored in the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Order {
    /// The order id. Whoever knows it may read the order's codes.
    pub id: Uuid,
    /// When it was created, in Unix milliseconds.
    pub created: u64,
    /// When it last changed, in Unix milliseconds.
    pub updated: u64,
    /// The number of changes. Of two copies the one with the higher revision is later.
    pub revision: u64,
    /// Its current standing.
    pub standing: Standing,
    /// `payment.payment_via`.
    pub via: String,
    /// `payment.coin`.
    pub coin: String,
    /// `payment.network`.
    pub network: String,
    /// The amount to pay, in coin units.
    pub coin_amount: String,
    /// The amount without the coupon, in coin units.
    pub original_coin_amount: String,
    /// Its value in EUR.
    pub payment_value: String,
    /// The payment address.
    pub wallet_address: String,
    /// The text of its QR code, if the payment method has one.
    pub qr_text: Option<String>,
    /// The buyer's e-mail address.
    pub email: String,
    /// The refund address.
    pub refund_wallet_address: Option<String>,
    /// The coupon that was applied.
    pub coupon: Option<String>,
    /// The order's lines.
    pub lines: Vec<Line>,
    /// Fields that a control route has overridden.
    #[serde(default)]
    pub tampered: BTreeMap<String, Value>,
}

impl Order {
    /// Returns the amount received so far, in coin units.
    pub fn sent(&self) -> String {
        let Ok(price) = self.coin_amount.parse::<rust_decimal::Decimal>() else {
            return "0".to_owned();
        };
        let hundredths = match self.standing.seen {
            Seen::Nothing => return "0".to_owned(),
            Seen::Exactly => return self.coin_amount.clone(),
            Seen::Part => 50,
            Seen::TooMuch => 101,
        };
        let share = price * rust_decimal::Decimal::new(hundredths, 2);
        share.round_dp(price.scale().max(2)).to_string()
    }
}
