//! A catalogue made ready for choosing: what of it is searched, and which brands are one family.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Index, Texts};
use crate::domain::catalogue::{Brand, Catalogue};
use crate::domain::text::Verbatim;

/// A catalogue and what is derived from it.
#[derive(Debug)]
pub struct CatalogueIndex {
    /// The brands.
    pub catalogue: Catalogue,
    texts: Option<Arc<Texts>>,
    /// How many brands a family has that has several.
    families: HashMap<Verbatim, u32>,
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
        Self { catalogue, texts: None, families }
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
fn families(brands: &[Brand]) -> HashMap<Verbatim, u32> {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for brand in brands {
        *counts.entry(brand.family().sent()).or_default() += 1;
    }
    let families = counts.into_iter().filter(|(_, count)| *count > 1);
    families.map(|(family, count)| (Verbatim::new(family), count)).collect()
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
