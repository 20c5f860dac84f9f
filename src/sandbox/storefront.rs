//! The shop's catalogue endpoints as functions, without HTTP (contract, section 2).

use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::catalogue::{self, Brand, Catalogue, Face, Listing, Product};
use super::payment_methods;

/// The coin of prices if the request names none.
const DEFAULT_COIN: &str = "BTC";
/// The language if the request names none.
const DEFAULT_LANG: &str = "en";
/// The largest number of brands that one search returns.
const MOST_FOUND: usize = 50;

/// An error answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// `{status, detail}` (contract, section 5.2).
    pub body: Value,
}

impl Refusal {
    /// Creates a refusal with a status and a detail word.
    pub fn new(status: u16, detail: &str) -> Self {
        Self { status, body: json!({"status": status, "detail": detail}) }
    }
}

/// The catalogue endpoints over one catalogue, with logo URLs under one base address.
#[derive(Clone, Copy, Debug)]
pub struct Storefront<'a> {
    catalogue: &'a Catalogue,
    base: &'a str,
}

impl<'a> Storefront<'a> {
    /// Creates the storefront of a catalogue. `base` is the sandbox's own address, without a trailing slash.
    pub fn new(catalogue: &'a Catalogue, base: &'a str) -> Self {
        Self { catalogue, base }
    }

    /// `GET /v2/brands`.
    pub fn brands(&self, country: &str) -> Result<Listing, Refusal> {
        self.catalogue.listing(country, self.base).ok_or_else(unknown_country)
    }

    /// `GET /v2/homepage`.
    pub fn homepage(&self, country: &str) -> Result<Listing, Refusal> {
        self.catalogue.homepage(country, self.base).ok_or_else(unknown_country)
    }

    /// `GET /v2/search/{country}`: brands whose name or family contains the query, with their products.
    pub fn search(&self, country: &str, query: &str, lang: Option<&str>) -> Result<Value, Refusal> {
        let query = query.trim().to_lowercase();
        if query.is_empty() {
            return Err(Refusal::new(400, "q is required"));
        }
        let products: Vec<Value> = self
            .stock(country)?
            .iter()
            .filter(|brand| {
                [&brand.name, &brand.family].iter().any(|name| name.to_lowercase().contains(&query))
            })
            .take(MOST_FOUND)
            .map(|brand| brand.products_json(self.base, DEFAULT_COIN, lang.unwrap_or(DEFAULT_LANG)))
            .collect();
        Ok(json!({"country_code": country, "query": query, "products": products}))
    }

    /// `GET /v5/products/country/{country}`: a bare list with one element for each matching brand.
    pub fn products(
        &self,
        country: &str,
        family_name: Option<&str>,
        brand_name: Option<&str>,
        coin: Option<&str>,
        lang: Option<&str>,
    ) -> Result<Value, Refusal> {
        let stock = self.stock(country)?;
        let (family, brand) = (given(family_name), given(brand_name));
        if family.is_none() && brand.is_none() {
            return Err(Refusal::new(400, "family_name or brand_name is required"));
        }
        let coin = known_coin(coin)?;
        let is_meant = |stocked: &Brand| {
            family.is_none_or(|family| same(&stocked.family, family))
                && brand.is_none_or(|brand| same(&stocked.name, brand))
        };
        let lang = given(lang).unwrap_or(DEFAULT_LANG);
        Ok(stock
            .iter()
            .filter(|stocked| is_meant(stocked))
            .map(|stocked| stocked.products_json(self.base, coin, lang))
            .collect())
    }

    /// `GET /v4/products/price`. If a brand of fixed amounts does not have the requested one, the answer is
    /// silently for its default amount (contract, section 2.7).
    pub fn price(
        &self,
        brand_name: Option<&str>,
        country: Option<&str>,
        face_value: Option<&str>,
        coin: Option<&str>,
    ) -> Result<Value, Refusal> {
        let stock = self.stock(country.unwrap_or_default())?;
        let name = given(brand_name).ok_or_else(|| Refusal::new(400, "brand_name is required"))?;
        let coin = known_coin(coin)?;
        let brand = stock
            .iter()
            .find(|brand| brand.name == name)
            .ok_or_else(|| Refusal::new(404, "brand not found"))?;
        let value = given(face_value)
            .and_then(plain_number)
            .ok_or_else(|| Refusal::new(400, "face_value must be a plain number"))?;
        if brand.out_of_stock {
            return Err(Refusal::new(400, "OUT_OF_STOCK"));
        }
        let product = asked_for(brand, value).ok_or_else(|| Refusal::new(404, "NOT_AVAILABLE_PRODUCT"))?;
        let sold = product
            .face
            .accepts(Some(value))
            .ok_or_else(|| Refusal::new(400, "face_value is out of range"))?;
        brand.price_json(&product, sold, coin).ok_or_else(|| Refusal::new(400, "no price in this coin"))
    }

    fn stock(&self, country: &str) -> Result<Vec<Arc<Brand>>, Refusal> {
        self.catalogue.brands(country).ok_or_else(unknown_country)
    }
}

/// `GET /api/available-countries`.
pub fn countries() -> Value {
    catalogue::countries_json()
}

/// `GET /v3/payment_vias`.
pub fn payment_vias() -> Value {
    payment_methods::payment_vias_json()
}

/// `GET /v3/currencies`.
pub fn currencies() -> Value {
    payment_methods::currencies_json()
}

/// Returns the price of one piece in a coin, markup included, or `None` for a value that the product does not
/// sell or an unknown coin. A fixed product ignores the value.
pub fn unit_price(brand: &Brand, product: &Product, value: Option<Decimal>, coin: &str) -> Option<Decimal> {
    brand.unit_price(product, value, coin)
}

/// Returns the price of a denomination such as `100 USD` that is ordered literally: the fixed product's price,
/// or for a range the dearer price of the range trap (contract, section 3.1).
#[cfg(test)]
fn literal_price(brand: &Brand, denomination: &str, coin: &str) -> Option<Decimal> {
    match brand.fixed(denomination) {
        Some(product) => unit_price(brand, &product, None, coin),
        None => unit_price(brand, &brand.literal(denomination)?, None, coin),
    }
}

fn unknown_country() -> Refusal {
    Refusal::new(400, "country_code is missing or unknown")
}

fn given(parameter: Option<&str>) -> Option<&str> {
    parameter.map(str::trim).filter(|text| !text.is_empty())
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn known_coin(coin: Option<&str>) -> Result<&str, Refusal> {
    let coin = given(coin).unwrap_or(DEFAULT_COIN);
    if payment_methods::knows(coin) { Ok(coin) } else { Err(Refusal::new(400, "coin is unknown")) }
}

/// Parses digits with at most one point: no sign, no exponent, no currency.
fn plain_number(text: &str) -> Option<Decimal> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse().ok().filter(|_| is_plain)
}

fn asked_for(brand: &Brand, value: Decimal) -> Option<Product> {
    let exact = |product: &Product| matches!(&product.face, Face::Fixed { value: own, .. } if *own == value);
    let products = || brand.products().into_iter();
    brand.range().or_else(|| products().find(exact)).or_else(|| products().next())
}

#[cfg(test)]
mod tests;
