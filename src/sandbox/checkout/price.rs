//! Which product a denomination means, and what it costs.

use rust_decimal::Decimal;
use uuid::Uuid;

use super::super::catalogue::{Brand, Delivery, Face, Product};
use super::super::orders::Line;
use super::super::rails;
use super::body::Wanted;

/// A product that was found for a line, with its price.
#[derive(Clone, Debug)]
pub struct Chosen<'a> {
    /// The product.
    pub product: &'a Product,
    denomination: String,
    localized: String,
    product_value: Option<Decimal>,
    coin_amount: Decimal,
    euros: Decimal,
}

/// Finds the product of a line and prices it in a coin; the error is a problem code.
pub fn choose<'a>(brand: &'a Brand, wanted: &Wanted, coin: &str) -> Result<Chosen<'a>, &'static str> {
    const NONE: &str = "NOT_AVAILABLE_PRODUCT";
    let ranges = || brand.products.iter().filter(|product| matches!(product.face, Face::Range { .. }));
    if wanted.denomination == "range" {
        let product = ranges().next().ok_or(NONE)?;
        let value = wanted.product_value.ok_or("OUT_OF_STOCK")?;
        if !within(&product.face, value) {
            return Err(NONE);
        }
        let coin_amount = unit_price(brand, product, Some(value), coin).ok_or(NONE)?;
        let label = "range".to_owned();
        return chosen(product, (label.clone(), label), Some(value), (value, coin_amount)).ok_or(NONE);
    }
    for product in &brand.products {
        let Face::Fixed { denomination, localized, value } = &product.face else { continue };
        let bare = wanted.nested && bare_value(&wanted.denomination, &product.currency, denomination);
        if *denomination == wanted.denomination || bare {
            let coin_amount = unit_price(brand, product, None, coin).ok_or(NONE)?;
            let words = (denomination.clone(), localized.clone());
            return chosen(product, words, None, (*value, coin_amount)).ok_or(NONE);
        }
    }
    // The trap of section 3.1: a literal value of a range brand is another, dearer product.
    for product in ranges() {
        let Some(value) = literal(&wanted.denomination, &product.currency, wanted.nested) else { continue };
        if within(&product.face, value) {
            let coin_amount = literal_price(brand, value, coin).ok_or(NONE)?;
            let words = (format!("{value} {}", product.currency), format!("{value} {}", product.currency));
            return chosen(product, words, None, (value, coin_amount)).ok_or(NONE);
        }
    }
    Err(NONE)
}

fn chosen(
    product: &Product,
    (denomination, localized): (String, String),
    product_value: Option<Decimal>,
    (value, coin_amount): (Decimal, Decimal),
) -> Option<Chosen<'_>> {
    let euros = rails::in_eur(value, &product.currency)?.round_dp(4).normalize();
    Some(Chosen { product, denomination, localized, product_value, coin_amount, euros })
}

impl Chosen<'_> {
    /// The line that an order keeps.
    pub fn into_line(self, brand: &Brand, wanted: &Wanted) -> Line {
        Line {
            id: Uuid::new_v4(),
            kind: brand.kind.clone(),
            category: brand.category.clone(),
            family: brand.family.clone(),
            brand: brand.name.clone(),
            country: brand.country.clone(),
            denomination: self.denomination,
            localized: self.localized,
            product_value: self.product_value.map(|value| value.to_string()),
            currency: self.product.currency.clone(),
            delivery_type: match self.product.delivery {
                Delivery::ByEmail => "by_email".to_owned(),
                Delivery::ByPhone => "by_phone".to_owned(),
            },
            account: wanted.account.clone(),
            coin_amount: self.coin_amount.to_string(),
            original_price: self.euros.to_string(),
            points: self.euros.trunc().to_string(),
        }
    }
}

/// Whether a range holds a value, on its steps.
fn within(face: &Face, value: Decimal) -> bool {
    match face {
        Face::Fixed { .. } => false,
        Face::Range { min, max, step, .. } => {
            let on_step = step.is_zero() || ((value - *min) % *step).is_zero();
            *min <= value && value <= *max && on_step
        }
    }
}

/// The nested form says `100` where the product is called `100 USD`.
fn bare_value(wanted: &str, currency: &str, denomination: &str) -> bool {
    denomination.strip_suffix(currency).is_some_and(|value| value.trim_end() == wanted)
}

/// The value of `100 USD`, or of a bare `100` in the nested form.
fn literal(wanted: &str, currency: &str, nested: bool) -> Option<Decimal> {
    let digits = match wanted.strip_suffix(currency) {
        Some(digits) => digits.strip_suffix(' ')?,
        None if nested => wanted,
        None => return None,
    };
    digits.parse().ok()
}

fn unit_price(_brand: &Brand, product: &Product, value: Option<Decimal>, coin: &str) -> Option<Decimal> {
    let Face::Fixed { value: fixed, .. } = &product.face else { return rails::in_coin(value?, &product.currency, coin) };
    rails::in_coin(*fixed, &product.currency, coin)
}

fn literal_price(brand: &Brand, value: Decimal, coin: &str) -> Option<Decimal> {
    rails::in_coin(value, &brand.products.first()?.currency, coin)
}
