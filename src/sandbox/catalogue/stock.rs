//! Stocks a country with gift cards: the known brands, then invented ones up to a fair number.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::market::{Currency, Market, Scope};
use super::seed::{self, Dice};
use super::shape::Shape;
use super::{Brand, Delivery, Face, mobile};
use crate::sandbox::rails::rows;

/// What people come for, wherever it is sold.
const FAVOURITES: [&str; 20] = [
    "Amazon",
    "Walmart",
    "eBay",
    "Uber",
    "Uber Eats",
    "DoorDash",
    "Netflix",
    "Spotify",
    "Steam",
    "Google Play",
    "Apple Gift Card",
    "PlayStation Store",
    "Xbox",
    "Roblox",
    "Minecraft",
    "PUBG Mobile",
    "Nike",
    "Airbnb",
    "Hotels.com",
    "IKEA",
];

/// Everything that is sold in a country; no two brands share a name.
pub(super) fn stock(market: &Market) -> Vec<Brand> {
    let mut brands = specials(market);
    brands.extend(listed(market));
    let mut names = HashSet::new();
    brands.retain(|brand| names.insert(brand.name.clone()));
    let wanted = breadth(market);
    let mut invented = Dice::of(&["names", market.country]);
    while brands.len() < wanted {
        let name = invent(&mut invented);
        if names.insert(name.clone()) {
            brands.push(newcomer(market, &name));
        }
    }
    brands.extend(mobile::stock(market));
    brands.retain({
        let mut names = HashSet::new();
        move |brand| names.insert(brand.name.clone())
    });
    brands
}

/// What a brand is before anything is known but where it belongs.
pub(super) struct Draft<'a> {
    pub(super) market: &'a Market,
    pub(super) family: &'a str,
    pub(super) name: &'a str,
    pub(super) kind: &'a str,
    pub(super) categories: &'a str,
    pub(super) currency: &'a Currency,
    pub(super) scale: Decimal,
    pub(super) shape: &'a Shape,
}

impl Draft<'_> {
    /// The brand, in stock, with a markup of its own between 1.3 and 8 percent.
    pub(super) fn brand(&self, delivery: Delivery) -> Brand {
        let owner = (self.market.country, self.name);
        let products = self.shape.products(owner, self.currency, self.scale, delivery);
        let mut dice = Dice::of(&["brand", self.market.country, self.name]);
        let markup = Decimal::new(1013 + i64::from(dice.below(68)), 3);
        let mut categories = self.categories.split(',').map(str::to_owned);
        let (min_label, max_label) = labels(&products, self.currency);
        let colour =
            if dice.percent(40) { "#FFFFFF".to_owned() } else { format!("#{:06X}", dice.below(0x0100_0000)) };
        Brand {
            id: seed::id(&[self.market.country, self.name]),
            family: self.family.to_owned(),
            name: self.name.to_owned(),
            country: self.market.country.to_owned(),
            kind: self.kind.to_owned(),
            category: categories.next().unwrap_or_default(),
            additional_categories: categories.collect(),
            product_type: if dice.percent(30) { "physical" } else { "digital" }.to_owned(),
            out_of_stock: false,
            popular: FAVOURITES.contains(&self.name) || (self.family != self.name && dice.percent(10)),
            min_label,
            max_label,
            bg_color: colour,
            markup,
            // About three percent dearer, as integrators measured.
            literal_markup: markup * Decimal::new(1032, 3),
            products,
        }
    }
}

fn labels(products: &[super::Product], currency: &Currency) -> (Option<String>, Option<String>) {
    match (products.first().map(|product| &product.face), products.last().map(|product| &product.face)) {
        (Some(Face::Range { min, max, .. }), _) => (Some(currency.label(*min)), Some(currency.label(*max))),
        (Some(Face::Fixed { localized: min, .. }), Some(Face::Fixed { localized: max, .. })) => {
            (Some(min.clone()), Some(max.clone()))
        }
        _ => (None, None),
    }
}

fn specials(market: &Market) -> Vec<Brand> {
    let special = |row: Vec<&'static str>| {
        let &[places, family, name, categories, product_type, shape, markup, literal, popular] =
            row.as_slice()
        else {
            return None;
        };
        let (currency, shape) = (market.gift_currency(), Shape::parse(shape)?);
        let draft = Draft {
            market,
            family,
            name,
            kind: "giftcard",
            categories,
            currency,
            scale: Decimal::ONE,
            shape: &shape,
        };
        let mut brand = market.is_in(places).then(|| draft.brand(Delivery::ByEmail))?;
        product_type.clone_into(&mut brand.product_type);
        brand.markup = markup.parse().ok()?;
        brand.literal_markup = literal.parse().unwrap_or(brand.markup);
        brand.popular = popular == "y";
        Some(brand)
    };
    rows(include_str!("../../../assets/sandbox/specials.txt")).filter_map(special).collect()
}

fn listed(market: &Market) -> Vec<Brand> {
    let mut brands = Vec::new();
    for row in rows(include_str!("../../../assets/sandbox/brands.txt")) {
        let &[categories, places, shape, names] = row.as_slice() else { continue };
        let Some(shape) = Shape::parse(shape).filter(|_| market.is_in(places)) else { continue };
        for name in names.split(';') {
            // Not every American chain crossed the border.
            let stays_home =
                places == "NA" && market.country != "US" && !Dice::of(&["north", name]).percent(45);
            if stays_home {
                continue;
            }
            let (family, name) = name.split_once('>').unwrap_or((name, name));
            brands.push(gift_card(market, (family, name), categories, &shape));
        }
    }
    brands
}

fn gift_card(market: &Market, names: (&str, &str), categories: &str, shape: &Shape) -> Brand {
    let (family, name) = names;
    let currency = market.gift_currency();
    let draft =
        Draft { market, family, name, kind: "giftcard", categories, currency, scale: currency.scale, shape };
    let mut brand = draft.brand(Delivery::ByEmail);
    misfortune(&mut brand);
    brand
}

/// What happens to some: out of stock, a denomination gone though the label still names it, or no
/// product left. The brands that people try first are spared.
fn misfortune(brand: &mut Brand) {
    if brand.name == "Rewarble VISA" || FAVOURITES.contains(&brand.name.as_str()) {
        return;
    }
    let mut dice = Dice::of(&["misfortune", &brand.country, &brand.name]);
    match dice.below(200) {
        0..8 => {
            brand.out_of_stock = true;
            (brand.min_label, brand.max_label) = (None, None);
        }
        8..12 if brand.products.len() > 2 => {
            brand.products.remove(0);
        }
        12..14 => brand.products.clear(),
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

fn newcomer(market: &Market, name: &str) -> Brand {
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
    match Shape::parse(shape) {
        Some(shape) => gift_card(market, (name, name), categories, &shape),
        None => gift_card(market, (name, name), categories, &Shape::Fixed(Vec::new())),
    }
}

fn invent(dice: &mut Dice) -> String {
    let heads = [
        "Va", "Lo", "Mi", "Ka", "Ber", "Tol", "Sa", "Ne", "Or", "Fi", "Gra", "Pel", "Du", "Zen", "Al", "Cor",
    ];
    let bodies = ["ri", "lo", "ma", "ven", "di", "ta", "no", "be", "ru", "sel", "gi", "po"];
    let tails = ["ra", "no", "x", "ti", "la", "do", "ne", "ko", "via", "ro", "ssa", "mo"];
    let trades =
        ["", "", "", " Market", " & Sons", " Café", " Outfitters", " Home", " Sport", " Kitchen", " Books"];
    let body = if dice.percent(60) { dice.pick(&bodies) } else { "" };
    format!("{}{body}{}{}", dice.pick(&heads), dice.pick(&tails), dice.pick(&trades))
}
