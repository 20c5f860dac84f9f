//! A draft of a brand: its country, its names, and the rule for its products.

use compact_str::format_compact;
use rust_decimal::Decimal;

use super::Brand;
use super::assortment::Assortment;
use super::market::Market;
use super::seed::{self, Dice};

/// Popular brands, listed as such wherever they are sold.
pub(super) const FAVOURITES: [&str; 20] = [
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

/// The data that a brand is generated from.
pub(super) struct Draft<'a> {
    pub(super) market: &'static Market,
    pub(super) family: &'a str,
    pub(super) name: &'a str,
    pub(super) kind: &'static str,
    pub(super) categories: &'static str,
    pub(super) assortment: Assortment,
}

impl Draft<'_> {
    /// Returns the brand, in stock, with a markup between 1.3 and 8 percent.
    pub(super) fn brand(&self) -> Brand {
        let mut dice = Dice::of(&["brand", self.market.country, self.name]);
        let markup = Decimal::new(1013 + i64::from(dice.below(68)), 3);
        let mut categories = self.categories.split(',');
        let labels = self.assortment.labels(self.market.country, self.name);
        let [min_label, max_label] = labels.map_or([None, None], |labels| labels.map(Some));
        let colour = if dice.percent(40) { 0x00ff_ffff } else { dice.below(0x0100_0000) };
        Brand {
            id: seed::id(&[self.market.country, self.name]),
            family: self.family.into(),
            name: self.name.into(),
            country: self.market.country,
            kind: self.kind,
            category: categories.next().unwrap_or_default(),
            additional_categories: categories.collect(),
            product_type: if dice.percent(30) { "physical" } else { "digital" },
            out_of_stock: false,
            popular: FAVOURITES.contains(&self.name) || (self.family != self.name && dice.percent(10)),
            min_label,
            max_label,
            bg_color: format_compact!("#{colour:06X}"),
            markup,
            // About three percent dearer, as integrators measured.
            literal_markup: markup * Decimal::new(1032, 3),
            assortment: self.assortment,
        }
    }
}
