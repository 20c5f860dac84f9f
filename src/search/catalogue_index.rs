//! A catalogue prepared for selection: its search texts, and which brands belong to one family.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Index, Texts};
use crate::domain::catalogue::{Brand, Catalogue};
use crate::domain::text::Verbatim;

/// A catalogue and the data derived from it.
#[derive(Debug)]
pub struct CatalogueIndex {
    /// The brands.
    pub catalogue: Catalogue,
    texts: Option<Arc<Texts>>,
    /// The number of brands of each family that has more than one.
    families: HashMap<Verbatim, u32>,
}

/// Everything else is derived from the catalogue.
impl PartialEq for CatalogueIndex {
    fn eq(&self, other: &Self) -> bool {
        self.catalogue == other.catalogue
    }
}

impl Eq for CatalogueIndex {}

impl CatalogueIndex {
    /// Prepares everything. Takes a few milliseconds for very many brands.
    pub fn new(catalogue: Catalogue) -> Self {
        let texts = Some(Arc::new(texts(&catalogue)));
        Self { texts, ..Self::unsearched(catalogue) }
    }

    /// Prepares everything but the search texts, for the first paint, which must not wait for them.
    pub fn unsearched(catalogue: Catalogue) -> Self {
        let families = families(&catalogue.brands);
        Self { catalogue, texts: None, families }
    }

    /// Creates a new index over the brands. Builds the search texts if they were not prepared.
    pub fn index(&self) -> Index {
        match &self.texts {
            Some(texts) => Index::over(Arc::clone(texts)),
            None => Index::over(Arc::new(texts(&self.catalogue))),
        }
    }

    /// The number of brands in a brand's family, or `None` if it is the only one.
    pub fn family_of(&self, brand: &Brand) -> Option<u32> {
        self.families.get(brand.family().sent()).copied()
    }

    /// The other brands of a brand's family, in catalogue order.
    pub fn siblings<'a>(&'a self, brand: &'a Brand) -> impl Iterator<Item = &'a Brand> {
        let known = self.family_of(brand).is_some();
        let others = self.catalogue.brands.iter().filter(move |_| known);
        others.filter(|other| other.family() == brand.family() && other.id() != brand.id())
    }
}

/// Counts the brands of each family that has more than one. Most families have only one brand and are left
/// out, which saves memory.
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

/// The words that people search a brand by besides its name: its family, its categories and its tags.
pub fn words(brand: &Brand) -> String {
    let mut words = brand.family().to_string();
    for word in brand.categories().chain(brand.tags()) {
        words.extend([" ", word]);
    }
    words
}
