//! Stocks a country with top-ups and eSIM plans.

use rust_decimal::Decimal;

use super::market::{Market, dollar};
use super::seed::Dice;
use super::shape::Shape;
use super::stock::Draft;
use super::{Benefit, Brand, Delivery, Face, Product, seed};
use crate::sandbox::rails::rows;

const KIND: &str = "mobile_recharge";

/// Carriers first, then the eSIM, where there are any.
pub(super) fn stock(market: &Market) -> Vec<Brand> {
    let mut brands: Vec<Brand> = rows(include_str!("../../../assets/sandbox/carriers.txt"))
        .filter_map(|row| carrier(market, &row))
        .collect();
    if brands.is_empty() {
        brands.extend(local_carrier(market));
    }
    brands.extend(market.has_esim.then(|| esim(market)));
    brands
}

fn carrier(market: &Market, row: &[&'static str]) -> Option<Brand> {
    let &[places, family, name, categories, way, shape] = row else { return None };
    let shape = Shape::parse(shape).filter(|_| market.is_in(places))?;
    Some(top_up(market, (family, name), categories, way, &shape))
}

/// Every country has somebody to top up, if only with an invented name.
fn local_carrier(market: &Market) -> Option<Brand> {
    let mut dice = Dice::of(&["carrier", market.country]);
    let family = format!(
        "{}{}",
        dice.pick(&["Tele", "Uni", "Mobi", "Net", "Star"]),
        dice.pick(&["cell", "tel", "link"])
    );
    let shape = Shape::parse(dice.pick(&["r2-50", "f5,10,20", "f2,5,10,25"]))?;
    let category = dice.pick(&["mobile_talk_time", "mobile_credits"]);
    Some(top_up(market, (&family, &family), category, dice.pick(&["p", "p", "b"]), &shape))
}

fn top_up(market: &Market, names: (&str, &str), categories: &str, way: &str, shape: &Shape) -> Brand {
    let (family, name) = names;
    let currency = market.currency;
    let draft =
        Draft { market, family, name, kind: KIND, categories, currency, scale: currency.scale, shape };
    let mut brand = draft.brand(if way == "e" { Delivery::ByEmail } else { Delivery::ByPhone });
    if way == "b" {
        let pins: Vec<Product> =
            draft.brand(Delivery::ByEmail).products.into_iter().filter_map(pin).collect();
        brand.products.extend(pins);
    }
    brand
}

/// The same amount as a PIN, which its denomination says; ranges are not sold as PINs.
fn pin(product: Product) -> Option<Product> {
    match product.face {
        Face::Fixed { denomination, localized, value } => Some(Product {
            face: Face::Fixed { denomination: format!("{denomination} - PIN"), localized, value },
            ..product
        }),
        Face::Range { .. } => None,
    }
}

/// Plans for travellers to the country: priced in dollars, though their face value is no money to show.
fn esim(market: &Market) -> Brand {
    let shape = Shape::Fixed(Vec::new());
    let draft = Draft {
        market,
        family: "eSIM",
        name: "eSIM",
        kind: KIND,
        categories: "e-sim",
        currency: dollar(),
        scale: Decimal::ONE,
        shape: &shape,
    };
    let mut brand = draft.brand(Delivery::ByEmail);
    // Per gigabyte, in cents; Italy's price is on record (contract, section 2.6).
    let cents = match market.country {
        "IT" => 250,
        country => 160 + 5 * i64::from(Dice::of(&["esim", country]).below(70)),
    };
    // Label, and its price in thousandths of that of the first gigabyte.
    let plans = [
        ("1 GB 7 days", 1000),
        ("3 GB 30 days", 2400),
        ("5 GB 30 days", 3600),
        ("10 GB 30 days", 6400),
        ("20 GB 30 days", 10800),
        ("Unlimited 3 days", 4200),
        ("Unlimited 7 days", 8800),
    ];
    brand.products = plans
        .into_iter()
        .map(|(plan, share)| Product {
            id: seed::id(&[market.country, "eSIM", plan]),
            face: Face::Fixed {
                denomination: plan.to_owned(),
                localized: plan.to_owned(),
                value: Decimal::new(cents * share / 1000, 2),
            },
            currency: dollar().code.to_owned(),
            delivery: Delivery::ByEmail,
            markup: None,
            benefit: Benefit::read(plan),
        })
        .collect();
    brand.markup = Decimal::new(1108, 3);
    brand.min_label = Some("1 GB 7 days".to_owned());
    brand.max_label = Some("20 GB 30 days".to_owned());
    "physical".clone_into(&mut brand.product_type);
    brand.popular = true;
    brand
}
