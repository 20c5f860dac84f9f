//! One order: what was bought, how it is paid and where it stands.

pub mod delivered;
pub mod json;
pub mod line;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::lifecycle::{Seen, Standing};
pub use line::Line;

/// One order, as the file keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Order {
    /// Its id; whoever knows it may read its codes.
    pub id: Uuid,
    /// Unix milliseconds.
    pub created: u64,
    /// Unix milliseconds.
    pub updated: u64,
    /// Counts the changes; of two copies the higher one is the later one.
    pub revision: u64,
    /// Where it stands.
    pub standing: Standing,
    /// `payment.payment_via`.
    pub via: String,
    /// `payment.coin`.
    pub coin: String,
    /// `payment.network`.
    pub network: String,
    /// What is to be paid, in coin units.
    pub coin_amount: String,
    /// What it would be without a coupon.
    pub original_coin_amount: String,
    /// Its value in EUR.
    pub payment_value: String,
    /// Where to pay.
    pub wallet_address: String,
    /// What the shop puts into its QR code; not every payment method has one.
    pub qr_text: Option<String>,
    /// Who buys.
    pub email: String,
    /// Where a refund would go.
    pub refund_wallet_address: Option<String>,
    /// The coupon that was taken.
    pub coupon: Option<String>,
    /// What is bought.
    pub lines: Vec<Line>,
    /// Fields that a control route has falsified.
    #[serde(default)]
    pub tampered: BTreeMap<String, Value>,
}

impl Order {
    /// What has been received so far, in coin units.
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
