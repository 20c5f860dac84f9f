//! JSON bodies of the catalogue, with every oddity of the real ones (contract, sections 2.3 and 2.6).

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;
use serde_json::{Map, Number, Value, json};
use uuid::Uuid;

use super::seed::Dice;
use super::{Brand, Face, Product, prose};
use crate::sandbox::payment_methods;

/// The fields of a brand in all lists.
#[derive(Debug, Serialize)]
pub(super) struct Entry<'a> {
    family: &'a str,
    brand: &'a str,
    brand_id: Uuid,
    logo_url: String,
    logo_base_url: String,
    bg_color: &'a str,
    category: &'a str,
    additional_categories: &'a [&'a str],
    kind: &'a str,
    product_type: &'a str,
    is_out_of_stock: bool,
    country_code: &'a str,
    brand_tags: [&'a str; 0],
    #[serde(flatten)]
    labels: Option<Labels<'a>>,
}

#[derive(Debug, Serialize)]
struct Labels<'a> {
    min: Option<&'a str>,
    max: Option<&'a str>,
}

/// Returns a brand as lists of brands show it.
pub(super) fn listed<'a>(brand: &'a Brand, base: &str) -> Entry<'a> {
    // If they are out of stock, some brands have no labels and others have empty ones.
    let is_silent = brand.out_of_stock && chance(brand, "silent", 50);
    let labels = Labels { min: brand.min_label.as_deref(), max: brand.max_label.as_deref() };
    Entry { labels: (!is_silent).then_some(labels), ..head(brand, base) }
}

/// Returns a brand with its products, as an element of the `/v5/products` list.
pub(super) fn group(brand: &Brand, base: &str, coin: &str, lang: &str) -> Value {
    let mut body = json!(head(brand, base));
    let products = brand.products();
    let first = match products.first().map(|product| &product.face) {
        Some(Face::Fixed { denomination, .. }) if chance(brand, "default", 50) => denomination.as_str(),
        _ => "",
    };
    let mut put = |key: &str, value: Value| body[key] = value;
    put("default_denomination", json!(first));
    put("product_tc", json!(prose::product_terms(brand)));
    put("redeem_method", json!(if brand.kind == "giftcard" { ["online"] } else { ["mobile"] }));
    put("rich_description", prose::rich_description(brand, lang));
    put("products", products.iter().map(|product| self::product(brand, product, coin)).collect());
    body
}

/// Returns the body of `/v4/products/price`: the product for an amount of money.
pub(super) fn price(brand: &Brand, product: &Product, value: Decimal, coin: &str) -> Option<Value> {
    let amount = brand.unit_price(product, Some(value), coin)?.to_string();
    let mut body = common(brand, product, coin, value);
    body.remove("face_value");
    let mut put = |key: &str, value: Value| body.insert(key.to_owned(), value);
    if let Face::Fixed { denomination, .. } = &product.face {
        put("denomination", json!(denomination));
    }
    put("original_coin_amount", json!(amount));
    put("coin_amount", json!(amount));
    Some(Value::Object(body))
}

fn head<'a>(brand: &'a Brand, base: &str) -> Entry<'a> {
    let logo = format!("{base}/__sandbox/logos/{}", slug(&brand.name));
    Entry {
        family: &brand.family,
        brand: &brand.name,
        brand_id: brand.id,
        logo_url: format!("{logo}.webp"),
        logo_base_url: logo,
        bg_color: &brand.bg_color,
        category: brand.category,
        additional_categories: &brand.additional_categories,
        kind: brand.kind,
        product_type: brand.product_type,
        is_out_of_stock: brand.out_of_stock,
        country_code: brand.country,
        brand_tags: [],
        labels: None,
    }
}

fn product(brand: &Brand, product: &Product, coin: &str) -> Value {
    let (Face::Fixed { value, .. } | Face::Range { default: value, .. }) = &product.face;
    let mut body = common(brand, product, coin, *value);
    let mut put = |key: &str, value: Value| body.insert(key.to_owned(), value);
    match &product.face {
        Face::Fixed { denomination, localized, value } => {
            put("denomination", json!(denomination));
            put("localized_denomination", json!(localized));
            if let Some(amount) = brand.unit_price(product, None, coin) {
                put("original_coin_amount", json!(amount.to_string()));
                put("coin_amount", json!(amount.to_string()));
            }
            // Only some brands repeat the face value as flat fields.
            if chance(brand, "flat", 30) {
                put("amount", number(*value, 0));
                put("currency_code", json!(product.currency));
            }
        }
        Face::Range { .. } if chance(brand, "range", 50) => {
            put("denomination", json!("range"));
        }
        Face::Range { .. } => {}
    }
    if let Some(benefit) = &product.benefit {
        let amount = number(benefit.amount, 0);
        put(
            "benefits",
            json!([{
                "type": "DATA", "unit_type": "DATA", "unit": benefit.unit,
                "amount": {"base": {"amount": amount}, "total_including_tax": {"amount": amount}},
            }]),
        );
    }
    Value::Object(body)
}

/// Returns the fields that products in lists and price answers share.
fn common(brand: &Brand, product: &Product, coin: &str, value: Decimal) -> Map<String, Value> {
    let mut body = Map::new();
    let mut put = |key: &str, value: Value| body.insert(key.to_owned(), value);
    put("product_id", json!(product.id));
    put("is_dynamic", json!(matches!(product.face, Face::Range { .. })));
    put("coin", json!(coin));
    put("payment_method", json!(payment_methods::payment_method(coin)));
    put("delivery_type", json!(product.delivery.word()));
    // One point for every whole euro.
    let euros = payment_methods::in_eur(value, product.currency).unwrap_or_default();
    put("points", json!(euros.round_dp_with_strategy(0, RoundingStrategy::ToZero).to_string()));
    put("product_type", json!(brand.product_type));
    let amount = match &product.face {
        Face::Fixed { value, .. } => json!({"type": "fixed", "price": value.normalize().to_string()}),
        Face::Range { min, max, step, default } => {
            let (low, high) = (number(*min, 1), number(*max, 1));
            let suggestion = format!("{default:.1}");
            put(
                "range",
                json!({
                    "min": low, "max": high, "currency": product.currency,
                    "step_size": number(*step, 1), "default": suggestion,
                }),
            );
            json!({"type": "range", "min": bound(brand, product, *min), "max": bound(brand, product, *max)})
        }
    };
    put("face_value", json!({"currency_code": product.currency, "amount": amount}));
    body
}

/// Returns a bound of a range's face value. Both forms were observed, one per brand.
fn bound(brand: &Brand, product: &Product, value: Decimal) -> Value {
    let is_object = brand.name == "Amazon.com" || (brand.name != "Airbnb" && chance(brand, "bound", 50));
    if is_object {
        json!({"amount": number(value, 0), "currency": product.currency})
    } else {
        json!(format!("{value:.2}"))
    }
}

/// Returns a JSON number with at least this many decimals, made from text: money is never a float here.
fn number(value: Decimal, places: usize) -> Value {
    let value = value.normalize();
    let places = places.max(usize::try_from(value.scale()).unwrap_or_default());
    let number: Option<Number> = serde_json::from_str(&format!("{value:.places$}")).ok();
    number.map_or(Value::Null, Value::Number)
}

/// Returns true for this percentage of brands, always the same ones.
fn chance(brand: &Brand, what: &str, percent: u32) -> bool {
    Dice::of(&[what, &brand.name]).percent(percent)
}

fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_alphanumeric() {
            slug.extend(letter.to_lowercase().filter(char::is_ascii_alphanumeric));
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_matches('-').to_owned()
}
