//! Fixed rates of coins and currencies, so that a price is the same on every machine.

use std::collections::HashMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

/// One coin, on any network.
#[derive(Clone, Debug)]
pub struct Coin {
    /// The coin symbol.
    pub name: &'static str,
    /// The price of one coin, in euros.
    pub eur: Decimal,
    /// The number of decimals that amounts are rounded to.
    pub decimals: u32,
    /// Whether the coin is suspended.
    pub suspended: bool,
    /// The coin's own minimum order; networks have their own.
    pub threshold: Decimal,
}

static COINS: LazyLock<Vec<Coin>> = LazyLock::new(|| {
    rows(include_str!("../../../assets/sandbox/coins.txt")).filter_map(|row| parse(&row)).collect()
});

static CURRENCIES: LazyLock<HashMap<&'static str, Decimal>> = LazyLock::new(|| {
    rows(include_str!("../../../assets/sandbox/currencies.txt"))
        .filter_map(|row| Some((*row.first()?, row.get(1)?.parse().ok()?)))
        .collect()
});

/// Returns every coin, in the order of the supplier's list.
pub fn coins() -> &'static [Coin] {
    &COINS
}

/// Returns the value of one unit of an ISO 4217 currency, in euros.
pub fn currency_in_eur(code: &str) -> Option<Decimal> {
    CURRENCIES.get(code).copied()
}

pub(super) fn coin(name: &str) -> Option<&'static Coin> {
    coins().iter().find(|coin| coin.name == name)
}

/// Returns the cells of every line of an embedded table that is neither empty nor a comment.
pub(in crate::sandbox) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('|').collect())
}

fn parse(row: &[&'static str]) -> Option<Coin> {
    let &[name, eur, decimals, suspended, threshold] = row else { return None };
    Some(Coin {
        name,
        eur: eur.parse().ok()?,
        decimals: decimals.parse().ok()?,
        suspended: !suspended.is_empty(),
        threshold: threshold.parse().ok()?,
    })
}
