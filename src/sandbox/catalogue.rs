//! What the sandbox sells, generated from a fixed seed.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::Value;

/// How a product reaches its beneficiary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// To an e-mail address.
    ByEmail,
    /// To a phone number in E.164.
    ByPhone,
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

/// One thing that can be bought.
#[derive(Clone, Debug)]
pub struct Product {
    /// Its UUID, the same at every start.
    pub id: String,
    /// What it is worth.
    pub face: Face,
    /// ISO 4217 code of the value.
    pub currency: String,
    /// How it is delivered.
    pub delivery: Delivery,
}

/// One brand of one country.
#[derive(Clone, Debug)]
pub struct Brand {
    /// Its UUID, another one in every country.
    pub id: String,
    /// The family it is asked by.
    pub family: String,
    /// The exact name that orders repeat.
    pub name: String,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: String,
    /// `giftcard` or `mobile_recharge`.
    pub kind: String,
    /// The supplier's category word.
    pub category: String,
    /// Whether nothing of it can be bought today.
    pub out_of_stock: bool,
    /// What it sells.
    pub products: Vec<Product>,
}

/// The whole shop, by country.
#[derive(Debug, Default)]
pub struct Catalogue {}

impl Catalogue {
    /// The brand with exactly this name in this country.
    pub fn brand(&self, _country: &str, _name: &str) -> Option<Arc<Brand>> {
        None
    }

    /// Body of `/v2/brands` (contract, section 2.3).
    pub fn brands_json(&self, _country: &str) -> Value {
        Value::Null
    }
}
