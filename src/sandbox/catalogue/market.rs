//! The countries in which brands are sold, and their currency formats.

use std::collections::HashMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::sandbox::payment_methods::rows;

/// A country in which brands are sold.
#[derive(Debug)]
pub(super) struct Market {
    /// ISO 3166-1 alpha-2.
    pub(super) country: &'static str,
    /// The local currency.
    pub(super) currency: &'static Currency,
    /// Which catalogue the country has.
    pub(super) scope: Scope,
    /// Whether eSIM plans for it are sold.
    pub(super) has_esim: bool,
}

/// Which catalogue a country has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Its own, in its own currency.
    National,
    /// The international one.
    International,
    /// The international one, though `available-countries` does not name the country (contract, 2.1).
    Unlisted,
}

impl Market {
    /// The currency of gift cards. The international catalogue has only two.
    pub(super) fn gift_currency(&self) -> &'static Currency {
        if self.scope == Scope::National || self.currency.code == "EUR" { self.currency } else { dollar() }
    }

    /// Returns whether a list of countries and regions includes this country.
    pub(super) fn is_in(&self, places: &str) -> bool {
        let national = self.scope == Scope::National;
        places.split(',').any(|place| match place {
            "*" => national,
            "+" => !national,
            "NA" => ["US", "CA"].contains(&self.country),
            "EZ" => national && self.currency.code == "EUR",
            "EU" => {
                let others = ["PL", "CZ", "SE", "DK", "NO", "CH", "HU", "RO"];
                national && (self.currency.code == "EUR" || others.contains(&self.country))
            }
            "LA" => ["BR", "MX", "AR", "CL", "CO", "PE"].contains(&self.country),
            "AP" => ["ID", "MY", "PH", "SG", "TH", "VN", "HK", "TW", "KR", "JP", "AU", "NZ"]
                .contains(&self.country),
            country => country == self.country,
        })
    }
}

/// A currency and its number format.
#[derive(Debug)]
pub(super) struct Currency {
    /// ISO 4217.
    pub(super) code: &'static str,
    /// The approximate price of a dollar, as a round number, by which prices are scaled.
    pub(super) scale: Decimal,
    pattern: &'static str,
    group: char,
    point: char,
    denomination_group: Option<char>,
}

impl Currency {
    /// Formats an amount as the supplier shows it: `$25`, `€2,50`, `F CFA1,968`.
    pub(super) fn label(&self, amount: Decimal) -> String {
        self.pattern.replace('#', &grouped(amount, Some(self.group), self.point))
    }

    /// Formats an amount as in a denomination: `10 USD`, `150.000 IDR`, `1 000 AED`.
    pub(super) fn denomination(&self, amount: Decimal) -> String {
        format!("{} {}", grouped(amount, self.denomination_group, '.'), self.code)
    }

    /// Returns the step of ranges that begin and end on whole dollars.
    pub(super) fn step(&self) -> Decimal {
        if self.scale <= Decimal::from(20) {
            return Decimal::ONE;
        }
        let steps = [1000, 100, 50, 10].map(Decimal::from);
        steps.into_iter().find(|step| (self.scale % step).is_zero()).unwrap_or(Decimal::ONE)
    }
}

static CURRENCIES: LazyLock<HashMap<&'static str, Currency>> = LazyLock::new(|| {
    rows(include_str!("../../../assets/sandbox/currencies.txt"))
        .filter_map(|row| currency(&row))
        .map(|currency| (currency.code, currency))
        .collect()
});

static MARKETS: LazyLock<HashMap<&'static str, Market>> = LazyLock::new(|| {
    rows(include_str!("../../../assets/sandbox/markets.txt"))
        .filter_map(|row| market(&row))
        .map(|market| (market.country, market))
        .collect()
});

/// Returns the market of an upper-case country code, or `None` if nothing is sold there.
pub(super) fn of(country: &str) -> Option<&'static Market> {
    MARKETS.get(country)
}

/// A country in `available-countries`.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Country {
    pub(super) code: String,
    pub(super) name: String,
}

static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../assets/countries.json")).unwrap_or_default()
});

/// Returns every listed country, in the supplier's order.
pub(super) fn countries() -> &'static [Country] {
    &COUNTRIES
}

/// Returns the English name of a country, or its code if it is not listed.
pub(super) fn name(code: &str) -> &str {
    countries().iter().find(|country| country.code == code).map_or(code, |country| &country.name)
}

/// Returns every market, in no particular order.
#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = &'static Market> {
    MARKETS.values()
}

/// The currency of the international catalogue and of eSIM plans.
pub(super) fn dollar() -> &'static Currency {
    CURRENCIES.get("USD").expect("the embedded table names the dollar")
}

fn market(row: &[&'static str]) -> Option<Market> {
    let &[country, currency, scope, esim] = row else { return None };
    let scope = match scope {
        "n" => Scope::National,
        "i" => Scope::International,
        _ => Scope::Unlisted,
    };
    Some(Market { country, currency: CURRENCIES.get(currency)?, scope, has_esim: esim == "e" })
}

fn currency(row: &[&'static str]) -> Option<Currency> {
    let &[code, _, pattern, marks, scale, denomination_group] = row else { return None };
    let mut marks = marks.chars();
    Some(Currency {
        code,
        scale: scale.parse().ok()?,
        pattern,
        group: marks.next()?,
        point: marks.next()?,
        // The table has `_` for a space, because editors strip a space at the end of a line.
        denomination_group: denomination_group
            .chars()
            .next()
            .map(|mark| if mark == '_' { ' ' } else { mark }),
    })
}

fn grouped(amount: Decimal, group: Option<char>, point: char) -> String {
    let text = if amount.fract().is_zero() { amount.normalize().to_string() } else { format!("{amount:.2}") };
    let (whole, cents) = text.split_once('.').unwrap_or((&text, ""));
    let mut written = String::with_capacity(text.len() + 4);
    for (index, digit) in whole.chars().enumerate() {
        if let Some(mark) = group.filter(|_| index > 0 && (whole.len() - index) % 3 == 0) {
            written.push(mark);
        }
        written.push(digit);
    }
    if !cents.is_empty() {
        written.push(point);
        written.push_str(cents);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    fn code(name: &str) -> &'static Currency {
        CURRENCIES.get(name).expect("a currency")
    }

    #[test]
    fn every_line_of_the_tables_is_a_market_or_a_currency() {
        assert_eq!(MARKETS.len(), rows(include_str!("../../../assets/sandbox/markets.txt")).count());
        assert_eq!(CURRENCIES.len(), rows(include_str!("../../../assets/sandbox/currencies.txt")).count());
    }

    #[test]
    fn a_hundred_and_four_countries_have_esim_plans() {
        assert_eq!(all().filter(|market| market.has_esim).count(), 104);
    }

    #[test]
    fn labels_and_denominations_are_written_as_the_supplier_writes_them() {
        assert_eq!(code("USD").label(decimal("25")), "$25");
        assert_eq!(code("EUR").label(decimal("2.50")), "€2,50");
        assert_eq!(code("XOF").label(decimal("1968")), "F CFA1,968");
        assert_eq!(code("IDR").denomination(decimal("150000")), "150.000 IDR");
        assert_eq!(code("AED").denomination(decimal("1000")), "1 000 AED");
        assert_eq!(code("USD").denomination(decimal("1000")), "1000 USD");
        assert_eq!(code("EUR").denomination(decimal("2.5")), "2.50 EUR");
    }
}
