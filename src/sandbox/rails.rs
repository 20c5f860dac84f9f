//! The coins and networks that the sandbox takes, and what they are worth.

use rust_decimal::Decimal;
use serde_json::Value;

/// One coin on one network.
#[derive(Clone, Debug)]
pub struct Rail {
    /// Coin symbol, as in `payment.coin`.
    pub coin: &'static str,
    /// Network name, as in `payment.network`.
    pub network: &'static str,
    /// Whether the coin as a whole takes no payments today.
    pub coin_suspended: bool,
    /// Whether this network takes no payments today.
    pub network_suspended: bool,
    /// EVM chain id.
    pub chain_id: Option<u64>,
    /// Token contract and its decimals, for tokens.
    pub contract: Option<(&'static str, u8)>,
    /// Decimals that amounts of the coin are rounded to.
    pub decimals: u32,
    /// The least order, in coin units.
    pub threshold: Decimal,
}

/// Every rail, in the order in which `/v3/payment_vias` lists them.
pub fn all() -> &'static [Rail] {
    &[]
}

/// The rail of a coin and a network, suspended or not.
pub fn find(_coin: &str, _network: &str) -> Option<&'static Rail> {
    None
}

/// What a value in a currency costs in a coin, rounded up to the coin's decimals, without markup.
pub fn in_coin(_value: Decimal, _currency: &str, _coin: &str) -> Option<Decimal> {
    None
}

/// Body of `/v3/payment_vias` (contract, section 2.2).
pub fn payment_vias_json() -> Value {
    Value::Null
}
