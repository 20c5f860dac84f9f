//! The catalogue: the brands of a country.

mod brand;

use std::collections::{HashMap, HashSet};

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
    /// All kinds, in display order.
    pub const ALL: [Self; 3] = [Self::GiftCard, Self::TopUp, Self::Esim];

    /// Derives the kind from the supplier's `kind` and `category` (contract, sections 2.3 and 4).
    pub fn of(kind: &str, category: &str) -> Self {
        match (kind, category) {
            (_, "e-sim") => Self::Esim,
            ("mobile_recharge", _) => Self::TopUp,
            _ => Self::GiftCard,
        }
    }

    /// Returns the singular noun for display.
    pub fn singular(self) -> &'static str {
        match self {
            Self::GiftCard => "gift card",
            Self::TopUp => "top-up",
            Self::Esim => "eSIM",
        }
    }

    /// Returns the plural noun for display.
    pub fn plural(self) -> &'static str {
        match self {
            Self::GiftCard => "gift cards",
            Self::TopUp => "top-ups",
            Self::Esim => "eSIM",
        }
    }
}

/// All brands of a country, without duplicates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// The country that the brands are sold in.
    pub country: CountryCode,
    /// The brands sorted by name, those out of stock last.
    pub brands: Vec<Brand>,
    /// Indices into `brands` of the brands that the shop features.
    pub featured: Vec<usize>,
}

impl Catalogue {
    /// Sorts the brands for display and removes those with a duplicate id.
    pub fn new(country: CountryCode, mut brands: Vec<Brand>, featured: &[Printable]) -> Self {
        drop_repeats(&mut brands);
        brands.shrink_to_fit();
        put_in_order(&mut brands);
        let wanted: HashSet<&str> = featured.iter().map(Printable::as_str).collect();
        let mut places: HashMap<&str, usize> = HashMap::with_capacity(wanted.len());
        for (place, brand) in brands.iter().enumerate().filter(|_| !wanted.is_empty()) {
            if !brand.out_of_stock && wanted.contains(brand.id()) {
                places.insert(brand.id(), place);
            }
        }
        // A brand that is listed twice is featured once.
        let featured = featured.iter().filter_map(|id| places.remove(id.as_str())).collect();
        Self { country, brands, featured }
    }
}

// The temporary buffers below are kept small: once an allocator has freed a large, short-lived block, it may
// retain that much freed memory from then on.

/// Removes all but the first brand with each id.
fn drop_repeats(brands: &mut Vec<Brand>) {
    let id = |place: u32| usize::try_from(place).ok().and_then(|place| brands.get(place)).map(Brand::id);
    let mut places: Vec<u32> = (0..).take(brands.len()).collect();
    places.sort_unstable_by(|&one, &other| id(one).cmp(&id(other)).then(one.cmp(&other)));
    let repeats = places.windows(2).filter(|pair| id(pair[0]) == id(pair[1])).map(|pair| pair[1]);
    let repeats: HashSet<u32> = repeats.collect();
    let mut place = 0..;
    brands.retain(|_| place.next().is_none_or(|place| !repeats.contains(&place)));
}

/// Sorts brands by name, ignoring case, with those out of stock last.
fn put_in_order(brands: &mut [Brand]) {
    let begins = |brand: &Brand| (brand.out_of_stock, beginning(brand.name().shown()));
    brands.sort_by_cached_key(begins);
    for alike in brands.chunk_by_mut(|one, other| begins(one) == begins(other)) {
        if alike.len() > 1 {
            alike.sort_by_cached_key(|brand| brand.name().shown().to_lowercase());
        }
    }
}

/// Encodes the first letters of a name as a number with the same order. Most names differ in these.
fn beginning(name: &str) -> u64 {
    let of = |letters: &[u8]| {
        let letters = letters.iter().map(|letter| u64::from(letter.to_ascii_lowercase()));
        letters.chain(std::iter::repeat(0)).take(8).fold(0, |number, letter| number << 8 | letter)
    };
    if name.is_ascii() { of(name.as_bytes()) } else { of(name.to_lowercase().as_bytes()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn brand((id, name, out_of_stock): (u8, String, bool)) -> Brand {
        let facts = Facts {
            id: &id.to_string(),
            family: "",
            name: &name,
            country: "US".parse().unwrap(),
            kind: Kind::GiftCard,
            category: "",
            also_in: "",
            tags: "",
            min: "",
            max: "",
            out_of_stock,
            colour: None,
            logo: "",
        };
        Brand::new(&facts).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn brands_stand_once_and_by_name_and_else_as_they_came(
            told in prop::collection::vec((0_u8..30, "[abB]{1,4}|aAaabaaa[abB]{0,3}|[ÄÉä]b", any::<bool>()), 0..60),
        ) {
            let told: Vec<Brand> = told.into_iter().map(brand).collect();
            let mut expected: Vec<Brand> = Vec::new();
            for brand in &told {
                if expected.iter().all(|other| other.id() != brand.id()) {
                    expected.push(brand.clone());
                }
            }
            expected.sort_by_key(|brand| (brand.out_of_stock, brand.name().shown().to_lowercase()));
            let catalogue = Catalogue::new("US".parse().unwrap(), told, &[]);
            prop_assert_eq!(catalogue.brands, expected);
        }
    }
}
