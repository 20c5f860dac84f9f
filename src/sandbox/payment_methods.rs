//! The coins and networks that the sandbox accepts, and their prices.

mod rates;

use std::sync::LazyLock;

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Map, Value, json};

pub(super) use rates::rows;

pub use rates::{Coin, coins, currency_in_eur};

/// One coin on one network.
#[derive(Clone, Debug)]
pub struct PaymentMethod {
    /// Coin symbol, as in `payment.coin`.
    pub coin: &'static str,
    /// Network name, as in `payment.network`.
    pub network: &'static str,
    /// The network's display name.
    pub display_name: &'static str,
    /// Whether the whole coin is suspended.
    pub coin_suspended: bool,
    /// Whether this network is suspended.
    pub network_suspended: bool,
    /// EVM chain id.
    pub chain_id: Option<u64>,
    /// The token in which network fees are paid.
    pub base_token: &'static str,
    /// The network's smart contract engine (`EVM`, `SVM`, `TVM`), if it has one.
    pub engine: Option<&'static str>,
    /// The token's contract and decimals, if the coin is a token.
    pub contract: Option<(&'static str, u8)>,
    /// The minimum order, in coin units.
    pub threshold: Decimal,
}

static PAYMENT_METHODS: LazyLock<Vec<PaymentMethod>> = LazyLock::new(|| {
    rows(include_str!("../../assets/sandbox/payment_methods.txt")).filter_map(|row| parse_row(&row)).collect()
});

/// Returns every payment method, in the order of `/v3/payment_vias`.
pub fn all() -> &'static [PaymentMethod] {
    &PAYMENT_METHODS
}

/// Returns the payment method of a coin and a network, suspended or not.
pub fn find(coin: &str, network: &str) -> Option<&'static PaymentMethod> {
    all().iter().find(|payment_method| payment_method.coin == coin && payment_method.network == network)
}

/// Converts a value in a currency to a coin, rounded up to the coin's decimals, without markup.
pub fn in_coin(value: Decimal, currency: &str, coin: &str) -> Option<Decimal> {
    let coin = rates::coin(coin)?;
    let euros = value.checked_mul(currency_in_eur(currency)?)?;
    let amount = euros.checked_div(coin.eur)?;
    // The shop never sells below the value, so the rounding is at the buyer's expense.
    let mut amount = amount.round_dp_with_strategy(coin.decimals, RoundingStrategy::ToPositiveInfinity);
    amount.rescale(coin.decimals);
    Some(amount)
}

/// Converts a value in a currency to euros.
pub fn in_eur(value: Decimal, currency: &str) -> Option<Decimal> {
    value.checked_mul(currency_in_eur(currency)?)
}

/// Returns whether the coin is known, suspended or not.
pub fn knows(coin: &str) -> bool {
    rates::coin(coin).is_some()
}

/// Returns the payment method label in price answers; without a network it is no instruction (contract, 2.6).
pub fn payment_method(coin: &str) -> String {
    match coin {
        "USDC" | "USDT" | "DAI" => format!("{coin}-MATIC"),
        _ => coin.to_owned(),
    }
}

/// Returns the body of `/v3/payment_vias` (contract, section 2.2).
pub fn payment_vias_json() -> Value {
    let wallet: Vec<Value> = coins().iter().map(currency_json).collect();
    let exchange: Vec<Value> = coins()
        .iter()
        .filter(|coin| ["BTC", "USDC", "USDT", "ETH"].contains(&coin.name))
        .map(|coin| {
            json!({"name": coin.name, "is_suspended": false, "threshold": coin.threshold.to_string(), "networks": []})
        })
        .collect();
    json!([
        {"name": "USER_WALLET", "available": true, "currencies": wallet},
        {"name": "GATE_PAY", "available": false, "currencies": exchange},
        {"name": "GATE_PAY_WEB", "available": false, "currencies": []},
        {"name": "KUCOIN_PAY", "available": true, "currencies": exchange},
        {"name": "BUYDL", "available": false, "currencies": []},
    ])
}

/// Returns the body of `/v3/currencies` (contract, section 2.2).
pub fn currencies_json() -> Value {
    coins()
        .iter()
        .map(|coin| json!({"name": coin.name, "logo_url": logo(coin.name), "is_suspended": coin.suspended}))
        .collect()
}

fn currency_json(coin: &Coin) -> Value {
    let networks: Vec<Value> =
        all().iter().filter(|payment_method| payment_method.coin == coin.name).map(network_json).collect();
    let mut currency = Map::new();
    currency.insert("name".to_owned(), json!(coin.name));
    // The real list sometimes omits the flag, which means "not suspended".
    if coin.suspended || coin.name != "DAI" {
        currency.insert("is_suspended".to_owned(), json!(coin.suspended));
    }
    currency.insert("threshold".to_owned(), json!(coin.threshold.to_string()));
    currency.insert("logo_url".to_owned(), json!(logo(coin.name)));
    currency.insert("networks".to_owned(), json!(networks));
    Value::Object(currency)
}

fn network_json(payment_method: &PaymentMethod) -> Value {
    let mut network = Map::new();
    let mut put = |key: &str, value: Value| network.insert(key.to_owned(), value);
    put("name", json!(payment_method.network));
    put("display_name", json!(payment_method.display_name));
    if payment_method.network_suspended || payment_method.engine.is_some() {
        put("is_suspended", json!(payment_method.network_suspended));
    }
    if let Some(id) = payment_method.chain_id {
        put("chain_id", json!(id));
    }
    put("base_token", json!(payment_method.base_token));
    put("threshold", json!(payment_method.threshold.to_string()));
    put("estimated_transfer_cost", json!("€0"));
    if let Some(engine) = payment_method.engine {
        put("smart_contract_engine", json!(engine));
        // Native coins of chains with an engine have a null; those of other chains have no field at all.
        put(
            "smart_contract",
            payment_method.contract.map_or(Value::Null, |(address, decimals)| {
                json!({"engine": engine, "address": address, "decimals": decimals, "symbol": payment_method.coin})
            }),
        );
    }
    Value::Object(network)
}

fn logo(coin: &str) -> String {
    format!("https://cdn.cryptorefills.com/coins/{}.webp", coin.to_ascii_lowercase())
}

fn parse_row(row: &[&'static str]) -> Option<PaymentMethod> {
    let &[name, network, display_name, chain, base_token, engine, address, places, suspended, threshold] =
        row
    else {
        return None;
    };
    let coin = rates::coin(name)?;
    Some(PaymentMethod {
        coin: coin.name,
        network,
        display_name,
        coin_suspended: coin.suspended,
        network_suspended: !suspended.is_empty(),
        chain_id: chain.parse().ok(),
        base_token,
        engine: Some(engine).filter(|engine| !engine.is_empty()),
        contract: places.parse().ok().map(|places| (address, places)),
        threshold: threshold.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn every_line_of_the_tables_is_a_rail_or_a_coin() {
        let lines = |text: &'static str| rows(text).count();
        assert_eq!(all().len(), lines(include_str!("../../assets/sandbox/payment_methods.txt")));
        assert_eq!(coins().len(), lines(include_str!("../../assets/sandbox/coins.txt")));
        assert_eq!(coins().len(), 18);
    }

    #[test]
    fn every_coin_has_a_network() {
        for coin in coins() {
            assert!(all().iter().any(|payment_method| payment_method.coin == coin.name), "{}", coin.name);
        }
    }

    #[test]
    fn one_coin_and_one_network_of_another_are_suspended() {
        assert!(find("FDUSD", "ETH Mainnet").expect("a payment method").coin_suspended);
        let tether = find("USDT", "ETH Mainnet").expect("a payment method");
        assert!(tether.network_suspended && !tether.coin_suspended);
        let usdc = find("USDC", "Solana").expect("a payment method");
        assert!(!usdc.coin_suspended && !usdc.network_suspended);
        assert!(find("USDC", "Ethereum").is_none());
    }

    #[test]
    fn thresholds_are_worth_about_half_a_euro() {
        for payment_method in all() {
            let euros = payment_method.threshold * rates::coin(payment_method.coin).expect("a coin").eur;
            assert!(euros > decimal("0.49") && euros < decimal("0.51"), "{} {euros}", payment_method.coin);
        }
    }

    #[test]
    fn a_threshold_keeps_its_fifteen_places() {
        let body = payment_vias_json();
        let usdc = &body[0]["currencies"][1];
        assert_eq!(usdc["name"], "USDC");
        assert_eq!(usdc["networks"][0]["threshold"], "0.562099175481640");
        assert_eq!(usdc["networks"][0]["smart_contract"]["decimals"], 6);
        assert_eq!(usdc["networks"][1]["chain_id"], 8453);
    }

    #[test]
    fn payment_vias_are_a_bare_list_that_starts_with_the_wallet() {
        let body = payment_vias_json();
        let vias = body.as_array().expect("a list");
        assert_eq!(vias[0]["name"], "USER_WALLET");
        assert_eq!(vias[0]["available"], true);
        let others = |open: bool| vias[1..].iter().filter(|via| via["available"] == open).count();
        assert_eq!((others(true), others(false)), (1, 3));
    }

    #[test]
    fn native_coins_carry_no_contract() {
        let body = payment_vias_json();
        let bitcoin = &body[0]["currencies"][0]["networks"][0];
        assert!(bitcoin.get("smart_contract").is_none() && bitcoin.get("chain_id").is_none());
        let ether = &body[0]["currencies"][3]["networks"][0];
        assert!(ether["smart_contract"].is_null() && ether["chain_id"] == 1);
    }

    #[test]
    fn amounts_are_rounded_up_to_the_coin_and_keep_their_places() {
        assert_eq!(in_coin(decimal("10"), "USD", "USDC").expect("an amount").to_string(), "10.00");
        assert_eq!(in_coin(decimal("10.001"), "USD", "USDT").expect("an amount").to_string(), "10.01");
        assert_eq!(in_coin(decimal("25"), "USD", "BTC").expect("an amount").scale(), 8);
        assert_eq!(in_coin(decimal("25"), "USD", "SOL").expect("an amount").scale(), 6);
        assert_eq!(in_coin(decimal("25"), "USD", "NOPE"), None);
        assert_eq!(in_coin(decimal("25"), "QQQ", "BTC"), None);
    }

    #[test]
    fn currencies_name_every_coin_once() {
        let body = currencies_json();
        assert_eq!(body.as_array().expect("a list").len(), coins().len());
        assert_eq!(body[10], json!({"name": "FDUSD", "logo_url": logo("FDUSD"), "is_suspended": true}));
    }
}
