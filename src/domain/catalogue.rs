//! The catalogue: the brands of a country.

use std::collections::{HashMap, HashSet};

use compact_str::CompactString;

use super::country::CountryCode;
use super::text::{Printable, Verbatim};

/// The most further categories of a brand.
const MOST_CATEGORIES: usize = 24;

/// What a brand sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A code for a shop.
    GiftCard,
    /// Credit or data for a phone number.
    TopUp,
    /// A data plan to install.
    Esim,
}

impl Kind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::GiftCard, Self::TopUp, Self::Esim];

    /// The supplier's `kind` and `category` words read together (contract, sections 2.3 and 4).
    pub fn of(kind: &str, category: &str) -> Self {
        match (kind, category) {
            (_, "e-sim") => Self::Esim,
            ("mobile_recharge", _) => Self::TopUp,
            _ => Self::GiftCard,
        }
    }

    /// One of them, for people.
    pub fn singular(self) -> &'static str {
        match self {
            Self::GiftCard => "gift card",
            Self::TopUp => "top-up",
            Self::Esim => "eSIM",
        }
    }

    /// Several of them, for people.
    pub fn plural(self) -> &'static str {
        match self {
            Self::GiftCard => "gift cards",
            Self::TopUp => "top-ups",
            Self::Esim => "eSIM",
        }
    }
}

/// A brand in one country (contract, section 2.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brand {
    /// Its UUID, another one in every country.
    pub id: Printable,
    /// The family that its products are asked by; not unique.
    pub family: Verbatim,
    /// The exact name that orders repeat.
    pub name: Verbatim,
    /// Its country; for an eSIM the destination.
    pub country: CountryCode,
    /// What it sells.
    pub kind: Kind,
    /// Its own category, in the supplier's words.
    pub category: Printable,
    /// Further categories that it stands in.
    pub also_in: Vec<Printable>,
    /// Tags, for searching.
    pub tags: Vec<Printable>,
    /// The least, as a label that is never computed with.
    pub min: Option<Printable>,
    /// The most, as a label that is never computed with.
    pub max: Option<Printable>,
    /// Whether nothing of it can be bought now.
    pub out_of_stock: bool,
    /// Its colour, red, green, blue.
    pub colour: Option<[u8; 3]>,
    /// What a logo's address begins with.
    pub logo: Option<String>,
}

impl Brand {
    /// Whether the supplier sells it only to people with an account (contract, section 2.3: e-money).
    pub fn needs_account(&self) -> bool {
        self.category.as_str() == "e-money"
    }

    /// Every category that it stands in, its own first.
    pub fn categories(&self) -> impl Iterator<Item = &Printable> {
        Some(&self.category).into_iter().filter(|own| !own.is_empty()).chain(&self.also_in)
    }

    /// Whether it stands in a category.
    pub fn is_in(&self, category: &Printable) -> bool {
        self.categories().any(|one| one == category)
    }

    /// Puts it into another category, unless it stands in that already.
    pub fn file_under(&mut self, category: &Printable) {
        if !category.is_empty() && self.also_in.len() < MOST_CATEGORIES && !self.is_in(category) {
            self.also_in.push(category.clone());
        }
    }

    /// Puts it into these categories besides its own, each once, and into no others.
    pub fn file_only_under(&mut self, mut categories: Vec<Printable>) {
        let mut kept = 0;
        for place in 0..categories.len() {
            let (before, one) = (&categories[..kept], &categories[place]);
            if !one.is_empty() && *one != self.category && !before.contains(one) {
                categories.swap(kept, place);
                kept += 1;
            }
        }
        categories.truncate(kept.min(MOST_CATEGORIES));
        self.also_in = categories;
    }

    /// What it costs, in the supplier's own labels.
    pub fn price_label(&self) -> String {
        self.price_words().concat()
    }

    /// The words of its price label, for drawing many of them.
    pub fn price_words(&self) -> [&str; 3] {
        if self.out_of_stock {
            return ["out of stock", "", ""];
        }
        match (&self.min, &self.max) {
            (Some(min), Some(max)) if min != max => [min.as_str(), " – ", max.as_str()],
            (Some(one), _) | (None, Some(one)) => [one.as_str(), "", ""],
            (None, None) => [""; 3],
        }
    }
}

/// All brands of a country, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// The country they are sold in.
    pub country: CountryCode,
    /// By name, those out of stock last.
    pub brands: Vec<Brand>,
    /// Places in `brands` of those that the shop puts forward.
    pub featured: Vec<usize>,
}

impl Catalogue {
    /// Orders the brands for reading and drops those that come twice under one id.
    pub fn new(country: CountryCode, mut brands: Vec<Brand>, featured: &[Printable]) -> Self {
        let mut seen = HashSet::with_capacity(brands.len());
        let firsts: Vec<bool> = brands.iter().map(|brand| seen.insert(&brand.id)).collect();
        let mut firsts = firsts.into_iter();
        brands.retain(|_| firsts.next().is_some_and(|first| first));
        brands.sort_by_cached_key(|brand| {
            let key = reading_key(brand.name.shown());
            (brand.out_of_stock, beginning(&key), key)
        });
        let wanted: HashSet<&Printable> = featured.iter().collect();
        let mut places: HashMap<&Printable, usize> = HashMap::with_capacity(wanted.len());
        for (place, brand) in brands.iter().enumerate().filter(|_| !wanted.is_empty()) {
            if !brand.out_of_stock && wanted.contains(&brand.id) {
                places.insert(&brand.id, place);
            }
        }
        // Who is named twice is put forward once.
        let featured = featured.iter().filter_map(|id| places.remove(id)).collect();
        Self { country, brands, featured }
    }
}

/// The first letters of a key as a number in the same order: most names differ in these.
fn beginning(key: &str) -> u64 {
    let letters = key.bytes().map(u64::from).chain(std::iter::repeat(0));
    letters.take(8).fold(0, |number, letter| number << 8 | letter)
}

/// What a name is ordered by: itself without regard to case.
fn reading_key(name: &str) -> CompactString {
    if !name.is_ascii() {
        return CompactString::from(name.to_lowercase());
    }
    let mut key = CompactString::from(name);
    key.make_ascii_lowercase();
    key
}
