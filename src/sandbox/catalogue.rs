//! The sandbox's catalogue, generated from a fixed seed.

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

/// How a product is delivered to its beneficiary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// To an e-mail address.
    ByEmail,
    /// To a phone number in E.164.
    ByPhone,
}

impl Delivery {
    /// Returns the contract's word for it (section 2.6).
    pub fn word(self) -> &'static str {
        match self {
            Self::ByEmail => "by_email",
            Self::ByPhone => "by_phone",
        }
    }
}

/// The face value of a product.
#[derive(Clone, Debug, PartialEq)]
pub enum Face {
    /// One fixed, opaque denomination.
    Fixed {
        /// The denomination, which an order must repeat exactly.
        denomination: String,
        /// The label that the supplier shows for it.
        localized: String,
        /// Its value in the product's currency.
        value: Decimal,
    },
    /// Any value between two bounds that is a whole number of steps from the minimum.
    Range {
        /// The minimum.
        min: Decimal,
        /// The maximum.
        max: Decimal,
        /// The step, counted from the minimum.
        step: Decimal,
        /// The value that the supplier suggests.
        default: Decimal,
    },
}

impl Face {
    /// Returns the value that is sold for a requested one, or `None` if it is outside the range or off its
    /// step.
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

/// The data allowance of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Benefit {
    /// The amount, or -1 for no limit.
    pub amount: Decimal,
    /// `MB` or `GB`.
    pub unit: &'static str,
}

impl Benefit {
    /// Parses `1 GB 7 days` and `Unlimited 3 days`. Returns `None` for other denominations.
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

/// A product.
#[derive(Clone, Debug)]
pub struct Product {
    /// The product id, the same at every start.
    pub id: Uuid,
    /// The face value.
    pub face: Face,
    /// ISO 4217 code of the face value.
    pub currency: &'static str,
    /// How it is delivered.
    pub delivery: Delivery,
    /// The factor on its price, if it differs from the brand's.
    pub markup: Option<Decimal>,
    /// The data allowance, if it is a plan.
    pub benefit: Option<Benefit>,
}

/// A brand in one country.
#[derive(Clone, Debug)]
pub struct Brand {
    /// The brand id, different in every country.
    pub id: Uuid,
    /// The brand family by which products are requested.
    pub family: CompactString,
    /// The exact name that orders repeat.
    pub name: CompactString,
    /// ISO 3166-1 alpha-2 code of its country.
    pub country: &'static str,
    /// `giftcard` or `mobile_recharge`.
    pub kind: &'static str,
    /// The supplier's category word.
    pub category: &'static str,
    /// Further categories that list it.
    pub additional_categories: Box<[&'static str]>,
    /// `physical` or `digital`, which has no meaning (contract, section 2.3).
    pub product_type: &'static str,
    /// Whether none of its products can be bought.
    pub out_of_stock: bool,
    /// Whether the supplier lists it as popular.
    pub popular: bool,
    /// The minimum as a label; not a number (contract, section 2.3).
    pub min_label: Option<CompactString>,
    /// The maximum as a label.
    pub max_label: Option<CompactString>,
    /// The background colour, as `#RRGGBB`.
    pub bg_color: CompactString,
    /// The factor on its prices.
    pub markup: Decimal,
    /// The factor on the price of a literal amount ordered from a range brand (contract, section 3.1).
    pub literal_markup: Decimal,
    assortment: Assortment,
}

impl Brand {
    /// Generates its products, the same ones every time.
    pub fn products(&self) -> Vec<Product> {
        self.assortment.products(self.country, &self.name)
    }

    /// Returns the product of exactly this denomination.
    pub fn fixed(&self, wanted: &str) -> Option<Product> {
        self.products().into_iter().find(
            |product| matches!(&product.face, Face::Fixed { denomination, .. } if denomination == wanted),
        )
    }

    /// Returns the product that is sold as a range.
    pub fn range(&self) -> Option<Product> {
        self.products().into_iter().find(|product| matches!(product.face, Face::Range { .. }))
    }

    /// Returns the different, dearer product that "100 USD" resolves to if the brand sells a range (contract,
    /// section 3.1: the range trap).
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

    /// Returns the price of one piece in a coin, markup included, or `None` for a value that the product does
    /// not sell or an unknown coin. A fixed product ignores the value.
    pub fn unit_price(&self, product: &Product, value: Option<Decimal>, coin: &str) -> Option<Decimal> {
        let value = product.face.accepts(value)?;
        let markup = product.markup.unwrap_or(self.markup);
        payment_methods::in_coin(value.checked_mul(markup)?, product.currency, coin)
    }

    /// Returns the brand as `/v2/brands` lists it. Logo URLs start with `base`, the sandbox's own address.
    #[cfg(test)]
    fn to_json(&self, base: &str) -> Value {
        json!(json::listed(self, base))
    }

    /// Returns the brand's group in `/v5/products`, priced in a coin and described in a language.
    pub fn products_json(&self, base: &str, coin: &str, lang: &str) -> Value {
        json::group(self, base, coin, lang)
    }

    /// Returns the body of `/v4/products/price` for a value of one of its products.
    pub fn price_json(&self, product: &Product, value: Decimal, coin: &str) -> Option<Value> {
        json::price(self, product, value, coin)
    }

    /// Returns all categories that list it, the supplier's own first.
    fn categories(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.category).chain(self.additional_categories.iter().copied())
    }
}

/// All brands of one country, in the supplier's order.
type Shelf = Arc<[Arc<Brand>]>;

/// The whole catalogue, by country. A country's brands are generated on first use.
#[derive(Debug, Default)]
pub struct Catalogue {
    shelves: Mutex<HashMap<&'static str, Shelf>>,
}

impl Catalogue {
    /// Returns the brand with exactly this name in a country.
    pub fn brand(&self, country: &str, name: &str) -> Option<Arc<Brand>> {
        self.shelf(country)?.iter().find(|brand| brand.name == name).cloned()
    }

    /// Returns every brand of a country in the supplier's order, or `None` if nothing is sold there.
    pub fn brands(&self, country: &str) -> Option<Vec<Arc<Brand>>> {
        Some(self.shelf(country)?.to_vec())
    }

    /// Returns the body of `/v2/brands` (contract, section 2.3), or `None` if nothing is sold there.
    pub fn listing(&self, country: &str, base: &str) -> Option<Listing> {
        Some(Listing::of_all(country, &self.shelf(country)?, base))
    }

    /// Returns the body of `/v2/homepage` (contract, section 2.4): the popular brands and a few of each
    /// category.
    pub fn homepage(&self, country: &str, base: &str) -> Option<Listing> {
        Some(Listing::of_home(country, &self.shelf(country)?, base))
    }

    fn shelf(&self, country: &str) -> Option<Shelf> {
        let market = market::of(country)?;
        let mut shelves = self.shelves.lock().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(shelves.entry(market.country).or_insert_with(|| stock::stock(market).into())))
    }
}

/// Returns the body of `available-countries` (contract, section 2.1).
pub fn countries_json() -> Value {
    let list: Vec<Value> = market::countries()
        .iter()
        .map(|country| json!({"isoCode": country.code, "name": country.name}))
        .collect();
    json!({"countries": list})
}

#[cfg(test)]
mod tests;
