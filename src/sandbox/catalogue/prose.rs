//! Brand descriptions and terms, in the languages that the supplier supports.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Value, json};

use super::{Brand, Delivery, market};

/// The texts in one language; `{brand}` and `{country}` are placeholders.
#[derive(Debug, serde::Deserialize)]
struct Prose {
    gift: ProseSection,
    topup: ProseSection,
    esim: ProseSection,
    terms: String,
    note: String,
    geo: String,
    tagline: String,
    use_case: String,
}

#[derive(Debug, serde::Deserialize)]
struct ProseSection {
    description: String,
    how: String,
}

static PROSE: LazyLock<HashMap<String, Prose>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../assets/sandbox/prose.json")).unwrap_or_default()
});

/// Returns the `rich_description` of a brand, or `null` for an unsupported language.
pub(super) fn rich_description(brand: &Brand, lang: &str) -> Value {
    let Some(prose) = PROSE.get(lang) else { return Value::Null };
    let section = match (brand.kind, brand.category) {
        (_, "e-sim") => &prose.esim,
        ("giftcard", _) => &prose.gift,
        _ => &prose.topup,
    };
    let fill = |text: &str| {
        text.replace("{brand}", &escape(&brand.name))
            .replace("{country}", &escape(market::name(brand.country)))
    };
    let description = fill(&section.description);
    let size = description.len() + section.how.len() + prose.terms.len();
    json!({
        "markup": "html",
        "locale": lang,
        "country_code": brand.country,
        "description": description,
        "how_to_redeem": fill(&section.how),
        "term_and_conditions": fill(&prose.terms),
        "note": fill(&prose.note),
        "redeem_geo": fill(&prose.geo),
        "brand_tagline": fill(&prose.tagline),
        "brand_use_case": fill(&prose.use_case),
        "brand_url": "https://www.example.com/",
        "brand_alt_names": brand.family.as_str(),
        "sizeInBytes": size,
    })
}

/// Returns the terms in plain text, which are always English.
pub(super) fn product_terms(brand: &Brand) -> String {
    let by_phone = brand.products().iter().any(|product| product.delivery == Delivery::ByPhone);
    let end = if by_phone {
        "Check the phone number: a top-up cannot be reversed."
    } else {
        "Codes cannot be returned."
    };
    format!("{} for {}. Not redeemable for cash. {end}", brand.name, market::name(brand.country))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('\'', "&#39;").replace('<', "&lt;").replace('>', "&gt;")
}
