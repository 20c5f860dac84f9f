//! Stocks a country with top-ups and eSIM plans.

use rust_decimal::Decimal;

use super::market::{Market, dollar};
use super::seed::Dice;
use super::stock::Draft;
use super::wares::Wares;
use super::{Benefit, Brand, Delivery, Face, Product, seed};
use crate::sandbox::rails::rows;

const KIND: &str = "mobile_recharge";

/// Carriers first, then the eSIM, where there are any.
pub(super) fn stock(market: &'static Market) -> Vec<Brand> {
    let mut brands: Vec<Brand> = rows(include_str!("../../../assets/sandbox/carriers.txt"))
        .filter_map(|row| carrier(market, &row))
        .collect();
    if brands.is_empty() {
        brands.push(local_carrier(market));
    }
    brands.extend(market.has_esim.then(|| esim(market)));
    brands
}

fn carrier(market: &'static Market, row: &[&'static str]) -> Option<Brand> {
    let &[places, family, name, categories, way, shape] = row else { return None };
    market.is_in(places).then(|| top_up(market, (family, name), categories, way, shape))
}

/// Every country has somebody to top up, if only with an invented name.
fn local_carrier(market: &'static Market) -> Brand {
    let mut dice = Dice::of(&["carrier", market.country]);
    let family = format!(
        "{}{}",
        dice.pick(&["Tele", "Uni", "Mobi", "Net", "Star"]),
        dice.pick(&["cell", "tel", "link"])
    );
    let shape = dice.pick(&["r2-50", "f5,10,20", "f2,5,10,25"]);
    let category = dice.pick(&["mobile_talk_time", "mobile_credits"]);
    top_up(market, (&family, &family), category, dice.pick(&["p", "p", "b"]), shape)
}

fn top_up(
    market: &'static Market,
    (family, name): (&str, &str),
    categories: &'static str,
    way: &str,
    shape: &'static str,
) -> Brand {
    let wares = Wares::top_ups(shape, market.currency, way);
    Draft { market, family, name, kind: KIND, categories, wares }.brand()
}

/// Plans for travellers to the country.
fn esim(market: &'static Market) -> Brand {
    let wares = Wares::Plans;
    let draft = Draft { market, family: "eSIM", name: "eSIM", kind: KIND, categories: "e-sim", wares };
    Brand {
        markup: Decimal::new(1108, 3),
        min_label: Some("1 GB 7 days".into()),
        max_label: Some("20 GB 30 days".into()),
        product_type: "physical",
        popular: true,
        ..draft.brand()
    }
}

/// What the eSIM sells: priced in dollars, though its face value is no money to show.
pub(super) fn plans(country: &str) -> Vec<Product> {
    // Per gigabyte, in cents; Italy's price is on record (contract, section 2.6).
    let cents = match country {
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
    plans
        .into_iter()
        .map(|(plan, share)| Product {
            id: seed::id(&[country, "eSIM", plan]),
            face: Face::Fixed {
                denomination: plan.to_owned(),
                localized: plan.to_owned(),
                value: Decimal::new(cents * share / 1000, 2),
            },
            currency: dollar().code,
            delivery: Delivery::ByEmail,
            markup: None,
            benefit: Benefit::read(plan),
        })
        .collect()
}
