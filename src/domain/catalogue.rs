//! The catalogue: the brands of a country.

mod brand;

use std::collections::{HashMap, HashSet};

use compact_str::CompactString;

pub use self::brand::{Brand, Facts};
use super::country::CountryCode;
use super::text::Printable;

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
        let firsts: Vec<bool> = brands.iter().map(|brand| seen.insert(brand.id())).collect();
        let mut firsts = firsts.into_iter();
        brands.retain(|_| firsts.next().is_some_and(|first| first));
        brands.shrink_to_fit();
        brands.sort_by_cached_key(|brand| {
            let key = reading_key(brand.name().shown());
            (brand.out_of_stock, beginning(&key), key)
        });
        let wanted: HashSet<&str> = featured.iter().map(Printable::as_str).collect();
        let mut places: HashMap<&str, usize> = HashMap::with_capacity(wanted.len());
        for (place, brand) in brands.iter().enumerate().filter(|_| !wanted.is_empty()) {
            if !brand.out_of_stock && wanted.contains(brand.id()) {
                places.insert(brand.id(), place);
            }
        }
        // Who is named twice is put forward once.
        let featured = featured.iter().filter_map(|id| places.remove(id.as_str())).collect();
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
