//! Generates the top-ups and eSIM plans of a country.

use rust_decimal::Decimal;

use super::Brand;
use super::assortment::Assortment;
use super::draft::Draft;
use super::market::Market;
use super::seed::Dice;
use crate::sandbox::payment_methods::rows;

const KIND: &str = "mobile_recharge";

/// Returns the carriers, then the eSIM brand if there is one.
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

/// Returns a carrier with an invented name, so that every country has one.
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
    let assortment = Assortment::top_ups(shape, market.currency, way);
    Draft { market, family, name, kind: KIND, categories, assortment }.brand()
}

/// Returns the eSIM brand, with plans for travellers to the country.
fn esim(market: &'static Market) -> Brand {
    let assortment = Assortment::Plans;
    let draft = Draft { market, family: "eSIM", name: "eSIM", kind: KIND, categories: "e-sim", assortment };
    Brand {
        markup: Decimal::new(1108, 3),
        min_label: Some("1 GB 7 days".into()),
        max_label: Some("20 GB 30 days".into()),
        product_type: "physical",
        popular: true,
        ..draft.brand()
    }
}
