//! A catalogue made ready for choosing: what of it is searched, and which brands are one family.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::{Index, Texts};
use crate::domain::catalogue::{Brand, Catalogue};
use crate::domain::text::Verbatim;

/// A catalogue and what is derived from it.
#[derive(Debug)]
pub struct CatalogueIndex {
    /// The brands; of a front, the first of them.
    pub catalogue: Catalogue,
    /// How many more brands of each kind there are, in the order in which kinds are offered: none, but of a front.
    pub unseen: [usize; 3],
    texts: Option<Arc<Texts>>,
    /// How many brands a family has that has several.
    families: HashMap<Verbatim, u32, RandomState>,
}

/// Everything else follows from the catalogue.
impl PartialEq for CatalogueIndex {
    fn eq(&self, other: &Self) -> bool {
        self.catalogue == other.catalogue
    }
}

impl Eq for CatalogueIndex {}

impl CatalogueIndex {
    /// Prepares everything. This costs a few milliseconds for very many brands.
    pub fn new(catalogue: Catalogue) -> Self {
        let texts = Some(Arc::new(texts(&catalogue)));
        Self { texts, ..Self::unsearched(catalogue) }
    }

    /// Leaves what is searched to the first search: for the first paint, which must not wait for it.
    pub fn unsearched(catalogue: Catalogue) -> Self {
        let families = families(&catalogue.brands);
        Self { catalogue, unseen: [0; 3], texts: None, families }
    }

    /// A front, which is what a first screen shows of a catalogue: its first brands, how many brands the
    /// family of each has, and how many more of each kind there are.
    pub fn front(catalogue: Catalogue, families: &[u32], unseen: [usize; 3]) -> Self {
        let counted = catalogue.brands.iter().zip(families).filter(|(_, count)| **count > 1);
        let families = counted.map(|(brand, count)| (Verbatim::from(brand.family()), *count)).collect();
        Self { catalogue, unseen, texts: None, families }
    }

    /// The front of a catalogue that has so many brands: those that are shown first.
    pub fn front_of(catalogue: &Catalogue, most: usize) -> Self {
        let Catalogue { country, brands, featured } = catalogue;
        let is_featured: HashSet<usize> = featured.iter().copied().collect();
        let others = (0..brands.len()).filter(|place| !is_featured.contains(place));
        let shown: Vec<&Brand> = featured.iter().copied().chain(others).map(|place| &brands[place]).collect();
        let (first, rest) = shown.split_at(shown.len().min(most));
        let mut unseen = [0; 3];
        for brand in rest {
            unseen[brand.kind as usize] += 1;
        }
        let relatives =
            |brand: &Brand| brands.iter().filter(|other| other.family() == brand.family()).count();
        let families: Vec<u32> =
            first.iter().map(|brand| u32::try_from(relatives(brand)).unwrap_or(u32::MAX)).collect();
        let featured = (0..featured.len().min(most)).collect();
        let catalogue =
            Catalogue { country: *country, brands: first.iter().copied().cloned().collect(), featured };
        Self::front(catalogue, &families, unseen)
    }

    /// An index of its own over the brands.
    pub fn index(&self) -> Index {
        match &self.texts {
            Some(texts) => Index::over(Arc::clone(texts)),
            None => Index::over(Arc::new(texts(&self.catalogue))),
        }
    }

    /// How many brands a brand's family has, when it is not alone.
    pub fn family_of(&self, brand: &Brand) -> Option<u32> {
        self.families.get(brand.family().sent()).copied()
    }

    /// The other brands of a brand's family, in the order of the catalogue.
    pub fn siblings<'a>(&'a self, brand: &'a Brand) -> impl Iterator<Item = &'a Brand> {
        let known = self.family_of(brand).is_some();
        let others = self.catalogue.brands.iter().filter(move |_| known);
        others.filter(|other| other.family() == brand.family() && other.id() != brand.id())
    }
}

/// How many brands each family has that has several. Most have one alone: those are left out by their hashes, which
/// take a tenth of the room that they would take themselves.
fn families(brands: &[Brand]) -> HashMap<Verbatim, u32, RandomState> {
    let hasher = RandomState::default();
    let hash = |brand: &Brand| hasher.hash_one(brand.family().sent());
    let mut hashes: Vec<u64> = brands.iter().map(hash).collect();
    hashes.sort_unstable();
    let again = hashes.windows(2).filter_map(|pair| (pair[0] == pair[1]).then_some(pair[0]));
    let again: Vec<u64> = again.collect();
    let mut families: HashMap<Verbatim, u32, RandomState> = HashMap::default();
    for brand in brands.iter().filter(|brand| again.binary_search(&hash(brand)).is_ok()) {
        match families.get_mut(brand.family().sent()) {
            Some(count) => *count += 1,
            None => drop(families.insert(brand.family().into(), 1)),
        }
    }
    families.retain(|_, count| *count > 1);
    families
}

fn texts(catalogue: &Catalogue) -> Texts {
    Texts::new(catalogue.brands.iter().map(|brand| (brand.name().shown(), words(brand))))
}

/// What people find a brand by besides its name: its family, its categories and its tags.
pub fn words(brand: &Brand) -> String {
    let mut words = brand.family().to_string();
    for word in brand.categories().chain(brand.tags()) {
        words.extend([" ", word]);
    }
    words
}
