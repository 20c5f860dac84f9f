//! What the sandbox sells, generated from a fixed seed.

mod assortment;
mod draft;
mod json;
mod listing;
mod market;
mod mobile;
mod plans;
mod prose;
mod seed;
mod shape;
mod stock;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use compact_str::CompactString;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use uuid::Uuid;

use super::payment_methods;
use assortment::Assortment;
pub use listing::Listing;

/// How a product reaches its beneficiary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// To an e-mail address.
    ByEmail,
    /// To a phone number in E.164.
    ByPhone,
}

impl Delivery {
    /// The word of the contract, section 2.6.
    pub fn word(self) -> &'static str {
        match self {
            Self::ByEmail => "by_email",
            Self::ByPhone => "by_phone",
        }
    }
}

/// What one product is worth.
#[derive(Clone, Debug, PartialEq)]
pub enum Face {
    /// One fixed, opaque denomination.
    Fixed {
        /// What an order must repeat to the letter.
        denomination: String,
        /// What the supplier shows for it.
        localized: String,
        /// Its value in the product's currency.
        value: Decimal,
    },
    /// Any value between two bounds, on a step.
    Range {
        /// The least.
        min: Decimal,
        /// The most.
        max: Decimal,
        /// The step from the least.
        step: Decimal,
        /// What the supplier suggests.
        default: Decimal,
    },
}

impl Face {
    /// The value that is sold when this one is asked for; none where it is off the range or its step.
    pub fn accepts(&self, value: Option<Decimal>) -> Option<Decimal> {
        match (self, value) {
            (Self::Fixed { value, .. }, _) => Some(*value),
            (Self::Range { min, max, step, .. }, Some(value)) => {
                (value >= *min && value <= *max && ((value - min) % step).is_zero()).then_some(value)
            }
            (Self::Range { .. }, None) => None,
        }
    }
}

/// The data that a plan gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Benefit {
    /// How much; -1 where there is no limit.
    pub amount: Decimal,
    /// `MB` or `GB`.
    pub unit: &'static str,
}

impl Benefit {
    /// Reads `1 GB 7 days` and `Unlimited 3 days`; other denominations promise no data.
    fn read(denomination: &str) -> Option<Self> {
        let mut words = denomination.split(' ');
        match (words.next()?, words.next()?) {
            ("Unlimited", _) => Some(Self { amount: Decimal::NEGATIVE_ONE, unit: "GB" }),
            (amount, "GB") => Some(Self { amount: amount.parse().ok()?, unit: "GB" }),
            (amount, "MB") => Some(Self { amount: amount.parse().ok()?, unit: "MB" }),
            _ => None,
        }
    }
}

/// One thing that can be bought.
#[derive(Clone, Debug)]
pub struct Product {
    /// The same at every start.
    pub id: Uuid,
    /// What it is worth.
    pub face: Face,
    /// ISO 4217 code of the value.
    pub currency: &'static str,
    /// How it is delivered.
    pub delivery: Delivery,
    /// What its price is multiplied by, where that differs from the brand's own.
    pub markup: Option<Decimal>,
    /// The data that a plan gives.
    pub benefit: Option<Benefit>,
}

/// One brand of one country.
#[derive(Clone, Debug)]
pub struct Brand {
    /// Another one in every country.
    pub id: Uuid,
    /// The family it is asked by.
    pub family: CompactString,
    /// The exact name that orders repeat.
    pub name: CompactString,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// `giftcard` or `mobile_recharge`.
    pub kind: &'static str,
    /// The supplier's category word.
    pub category: &'static str,
    /// Where else it is listed.
    pub additional_categories: Box<[&'static str]>,
    /// `physical` or `digital`, which means nothing (contract, section 2.3).
    pub product_type: &'static str,
    /// Whether nothing of it can be bought today.
    pub out_of_stock: bool,
    /// Whether the supplier puts it forward.
    pub popular: bool,
    /// The least, as shown; no number (contract, section 2.3).
    pub min_label: Option<CompactString>,
    /// The most, as shown.
    pub max_label: Option<CompactString>,
    /// `#RRGGBB`.
    pub bg_color: CompactString,
    /// What its prices are multiplied by.
    pub markup: Decimal,
    /// What they are multiplied by where a literal amount is ordered from a range (contract, section 3.1).
    pub literal_markup: Decimal,
    assortment: Assortment,
}

impl Brand {
    /// What it sells: made when it is asked for, and the same every time.
    pub fn products(&self) -> Vec<Product> {
        self.assortment.products(self.country, &self.name)
    }

    /// The product of exactly this denomination.
    pub fn fixed(&self, wanted: &str) -> Option<Product> {
        self.products().into_iter().find(
            |product| matches!(&product.face, Face::Fixed { denomination, .. } if denomination == wanted),
        )
    }

    /// The product that sells any value between two.
    pub fn range(&self) -> Option<Product> {
        self.products().into_iter().find(|product| matches!(product.face, Face::Range { .. }))
    }

    /// The different, dearer product that "100 USD" resolves to where a range is sold
    /// (contract, section 3.1: the range trap).
    pub fn literal(&self, denomination: &str) -> Option<Product> {
        let range = self.range()?;
        let (amount, currency) = denomination.rsplit_once(' ')?;
        let value = range.face.accepts(Some(amount.parse().ok()?)).filter(|_| currency == range.currency)?;
        let (denomination, localized) = (denomination.to_owned(), denomination.to_owned());
        Some(Product {
            id: seed::id(&[self.country, &self.name, "literal", &denomination]),
            face: Face::Fixed { denomination, localized, value },
            currency: range.currency,
            delivery: range.delivery,
            markup: Some(self.literal_markup),
            benefit: None,
        })
    }

    /// What one of its products costs in a coin, markup included; none for a value that the product
    /// does not sell, or an unknown coin. A fixed product ignores the value.
    pub fn unit_price(&self, product: &Product, value: Option<Decimal>, coin: &str) -> Option<Decimal> {
        let value = product.face.accepts(value)?;
        let markup = product.markup.unwrap_or(self.markup);
        payment_methods::in_coin(value.checked_mul(markup)?, product.currency, coin)
    }

    /// As `/v2/brands` lists it; logos are under the sandbox's own base address.
    #[cfg(test)]
    fn to_json(&self, base: &str) -> Value {
        json!(json::listed(self, base))
    }

    /// As `/v5/products` groups its products: priced in a coin, described in a language.
    pub fn products_json(&self, base: &str, coin: &str, lang: &str) -> Value {
        json::group(self, base, coin, lang)
    }

    /// Body of `/v4/products/price` for a value of one of its products.
    pub fn price_json(&self, product: &Product, value: Decimal, coin: &str) -> Option<Value> {
        json::price(self, product, value, coin)
    }

    /// Where it is listed: the supplier's category first.
    fn categories(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.category).chain(self.additional_categories.iter().copied())
    }
}

/// Everything that one country is sold, in the supplier's order.
type Shelf = Arc<[Arc<Brand>]>;

/// The whole shop, by country; a country is stocked when it is first asked for.
#[derive(Debug, Default)]
pub struct Catalogue {
    shelves: Mutex<HashMap<&'static str, Shelf>>,
}

impl Catalogue {
    /// The brand with exactly this name in this country.
    pub fn brand(&self, country: &str, name: &str) -> Option<Arc<Brand>> {
        self.shelf(country)?.iter().find(|brand| brand.name == name).cloned()
    }

    /// Every brand of a country, in the supplier's order; none where nothing is sold.
    pub fn brands(&self, country: &str) -> Option<Vec<Arc<Brand>>> {
        Some(self.shelf(country)?.to_vec())
    }

    /// Body of `/v2/brands` (contract, section 2.3); none where nothing is sold.
    pub fn listing(&self, country: &str, base: &str) -> Option<Listing> {
        Some(Listing::of_all(country, &self.shelf(country)?, base))
    }

    /// Body of `/v2/homepage` (contract, section 2.4): the popular and a few of each category.
    pub fn homepage(&self, country: &str, base: &str) -> Option<Listing> {
        Some(Listing::of_home(country, &self.shelf(country)?, base))
    }

    fn shelf(&self, country: &str) -> Option<Shelf> {
        let market = market::of(country)?;
        let mut shelves = self.shelves.lock().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(shelves.entry(market.country).or_insert_with(|| stock::stock(market).into())))
    }
}

/// Body of `available-countries` (contract, section 2.1).
pub fn countries_json() -> Value {
    let list: Vec<Value> = market::countries()
        .iter()
        .map(|country| json!({"isoCode": country.code, "name": country.name}))
        .collect();
    json!({"countries": list})
}

#[cfg(test)]
mod tests;
