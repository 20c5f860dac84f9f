//! Resolves a denomination to a product and prices it.

use rust_decimal::Decimal;
use uuid::Uuid;

use super::super::catalogue::{Brand, Face, Product};
use super::super::order::Line;
use super::super::{payment_methods, storefront};
use super::body::Wanted;

/// The problem code of everything that is not sold.
const NOT_SOLD: &str = "NOT_AVAILABLE_PRODUCT";

/// The product of a line, with its price.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// The product.
    pub product: Product,
    product_value: Option<Decimal>,
    coin_amount: Decimal,
    euros: Decimal,
}

/// Finds the product of a line and prices it in a coin. The error is a problem code.
pub fn choose(brand: &Brand, wanted: &Wanted, coin: &str) -> Result<Chosen, &'static str> {
    if wanted.denomination == "range" {
        let product = brand.range().ok_or(NOT_SOLD)?;
        let value = wanted.product_value.ok_or("OUT_OF_STOCK")?;
        return priced(brand, product, Some(value), coin).ok_or(NOT_SOLD);
    }
    let exact = brand.fixed(&wanted.denomination);
    let product = exact
        .or_else(|| bare(brand, wanted))
        // The range trap of section 3.1: a literal value of a range brand is a different, dearer product.
        .or_else(|| brand.literal(&wanted.denomination))
        .or_else(|| brand.literal(&format!("{} {}", bare_value(wanted)?, brand.range()?.currency)));
    priced(brand, product.ok_or(NOT_SOLD)?, None, coin).ok_or(NOT_SOLD)
}

fn priced(brand: &Brand, product: Product, product_value: Option<Decimal>, coin: &str) -> Option<Chosen> {
    let value = product.face.accepts(product_value)?;
    let coin_amount = storefront::unit_price(brand, &product, product_value, coin)?;
    let euros = payment_methods::in_eur(value, product.currency)?.round_dp(4).normalize();
    Some(Chosen { product, product_value, coin_amount, euros })
}

/// Finds the product by a bare value: the nested form has `100` for the denomination `100 USD`.
fn bare(brand: &Brand, wanted: &Wanted) -> Option<Product> {
    let value = bare_value(wanted)?;
    let named = |product: &Product| brand.fixed(&format!("{value} {}", product.currency));
    brand.products().iter().find_map(named)
}

fn bare_value(wanted: &Wanted) -> Option<&str> {
    wanted.nested.then_some(wanted.denomination.as_str())
}

impl Chosen {
    /// Builds the order line.
    pub fn into_line(self, brand: &Brand, wanted: &Wanted) -> Line {
        let (denomination, localized) = match self.product.face {
            Face::Fixed { denomination, localized, .. } => (denomination, localized),
            Face::Range { .. } => ("range".to_owned(), "range".to_owned()),
        };
        Line {
            id: Uuid::new_v4(),
            kind: brand.kind.to_owned(),
            category: brand.category.to_owned(),
            family: brand.family.to_string(),
            brand: brand.name.to_string(),
            country: brand.country.to_owned(),
            denomination,
            localized,
            product_value: self.product_value.map(|value| value.to_string()),
            currency: self.product.currency.to_owned(),
            delivery_type: self.product.delivery.word().to_owned(),
            account: wanted.account.clone(),
            coin_amount: self.coin_amount.to_string(),
            original_price: self.euros.to_string(),
            points: self.euros.trunc().to_string(),
        }
    }
}
