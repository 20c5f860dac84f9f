//! Generates the gift cards of a country: the known brands, then invented ones up to a realistic number.

use std::collections::HashSet;
use std::sync::Arc;

use compact_str::{CompactString, format_compact};

use super::assortment::Assortment;
use super::draft::{Draft, FAVOURITES};
use super::market::{Market, Scope};
use super::seed::Dice;
use super::{Brand, mobile};
use crate::sandbox::payment_methods::rows;

/// Returns all brands that are sold in a country. No two share a name.
pub(super) fn stock(market: &'static Market) -> Vec<Arc<Brand>> {
    let mut names = HashSet::new();
    let known = specials(market).chain(listed(market));
    let mut brands: Vec<_> = known.filter(|brand| names.insert(brand.name.clone())).map(Arc::new).collect();
    let wanted = breadth(market);
    let mut invented = Dice::of(&["names", market.country]);
    while brands.len() < wanted {
        let name = invent(&mut invented);
        if names.insert(name.clone()) {
            brands.push(Arc::new(newcomer(market, &name)));
        }
    }
    let mobile = mobile::stock(market).into_iter();
    brands.extend(mobile.filter(|brand| names.insert(brand.name.clone())).map(Arc::new));
    brands
}

fn specials(market: &'static Market) -> impl Iterator<Item = Brand> {
    let special = move |row: Vec<&'static str>| {
        let &[places, family, name, categories, product_type, shape, markup, literal, popular] =
            row.as_slice()
        else {
            return None;
        };
        let assortment = Assortment::cards(shape, market.gift_currency());
        let draft = Draft { market, family, name, kind: "giftcard", categories, assortment };
        let mut brand = market.is_in(places).then(|| draft.brand())?;
        brand.product_type = product_type;
        brand.markup = markup.parse().ok()?;
        brand.literal_markup = literal.parse().unwrap_or(brand.markup);
        brand.popular = popular == "y";
        Some(brand)
    };
    rows(include_str!("../../../assets/sandbox/specials.txt")).filter_map(special)
}

fn listed(market: &'static Market) -> impl Iterator<Item = Brand> {
    rows(include_str!("../../../assets/sandbox/brands.txt"))
        .filter_map(|row| <[&str; 4]>::try_from(row).ok())
        .filter(move |[_, places, ..]| market.is_in(places))
        .flat_map(move |[categories, places, shape, names]| {
            // Not every American chain is also sold in Canada.
            let stays_home = move |name: &str| {
                places == "NA" && market.country != "US" && !Dice::of(&["north", name]).percent(45)
            };
            names.split(';').filter(move |name| !stays_home(name)).map(move |name| {
                let names = name.split_once('>').unwrap_or((name, name));
                gift_card(market, names, categories, shape)
            })
        })
}

fn gift_card(
    market: &'static Market,
    (family, name): (&str, &str),
    categories: &'static str,
    shape: &'static str,
) -> Brand {
    let assortment = Assortment::cards(shape, market.gift_currency());
    let mut brand = Draft { market, family, name, kind: "giftcard", categories, assortment }.brand();
    misfortune(&mut brand);
    brand
}

/// Makes some brands out of stock, removes a denomination that the label still names, or removes all products.
/// The brands that people try first are exempt.
fn misfortune(brand: &mut Brand) {
    if brand.name == "Rewarble VISA" || FAVOURITES.contains(&brand.name.as_str()) {
        return;
    }
    let mut dice = Dice::of(&["misfortune", brand.country, &brand.name]);
    match dice.below(200) {
        0..8 => {
            brand.out_of_stock = true;
            (brand.min_label, brand.max_label) = (None, None);
        }
        8..12 if brand.products().len() > 2 => brand.assortment.lose_first(),
        12..14 => brand.assortment = Assortment::Nothing,
        _ => {}
    }
}

fn breadth(market: &Market) -> usize {
    let mut dice = Dice::of(&["breadth", market.country]);
    let brands = match market.scope {
        Scope::National if market.country == "US" => 560,
        Scope::National => 90 + dice.below(90),
        Scope::International | Scope::Unlisted => 60 + dice.below(30),
    };
    usize::try_from(brands).unwrap_or_default()
}

fn newcomer(market: &'static Market, name: &str) -> Brand {
    let mut dice = Dice::of(&["newcomer", name]);
    let categories = dice.pick(&[
        "food",
        "retail",
        "apparel_clothing",
        "health_beauty",
        "home",
        "groceries,food",
        "travel_flights",
        "entertainment",
        "electronics",
        "sports_fitness",
        "books_learning",
        "other_products",
        "e-commerce,retail",
    ]);
    let shape = dice.pick(&["f10,25,50", "f5,10,20,50,100", "f25,50,100,250", "r5-200", "r10-500"]);
    gift_card(market, (name, name), categories, shape)
}

fn invent(dice: &mut Dice) -> CompactString {
    let heads = [
        "Va", "Lo", "Mi", "Ka", "Ber", "Tol", "Sa", "Ne", "Or", "Fi", "Gra", "Pel", "Du", "Zen", "Al", "Cor",
    ];
    let bodies = ["ri", "lo", "ma", "ven", "di", "ta", "no", "be", "ru", "sel", "gi", "po"];
    let tails = ["ra", "no", "x", "ti", "la", "do", "ne", "ko", "via", "ro", "ssa", "mo"];
    let trades =
        ["", "", "", " Market", " & Sons", " Café", " Outfitters", " Home", " Sport", " Kitchen", " Books"];
    let body = if dice.percent(60) { dice.pick(&bodies) } else { "" };
    format_compact!("{}{body}{}{}", dice.pick(&heads), dice.pick(&tails), dice.pick(&trades))
}
