//! The catalogue of a country with its search index and match counts.

use std::sync::Arc;

use crate::domain::catalogue::{Brand, Catalogue, Kind};
use crate::domain::text::Printable;
use crate::search::catalogue_index::CatalogueIndex;
use crate::search::{Index, MatcherScratch};

/// A catalogue with its search index and match counts.
#[derive(Debug)]
pub struct Listing {
    /// The catalogue and what is derived from it.
    pub stock: Arc<CatalogueIndex>,
    /// The number of matches of each kind in the order of [`Kind::ALL`], formatted to follow its name.
    pub kinds: [String; 3],
    /// The number of matches and of all brands, formatted.
    pub count: String,
    /// The maximum number of digits of each kind's count.
    digits: [usize; 3],
    index: Option<Index>,
}

/// A selection of brands by query, kind and category.
pub(super) struct Wanted<'a> {
    pub(super) query: &'a str,
    pub(super) kind: Option<Kind>,
    pub(super) category: Option<&'a Printable>,
}

impl Listing {
    pub(super) fn new(stock: Arc<CatalogueIndex>) -> Self {
        let of_kind = |kind| stock.catalogue.brands.iter().filter(|brand| brand.kind == kind).count();
        let digits = Kind::ALL.map(|kind| digits(of_kind(kind)));
        Self { stock, kinds: Default::default(), count: String::new(), digits, index: None }
    }

    /// The catalogue.
    pub fn catalogue(&self) -> &Catalogue {
        &self.stock.catalogue
    }

    /// Returns the indices of the brands that match a query.
    pub(super) fn find(&mut self, query: &str, scratch: &MatcherScratch) -> Vec<usize> {
        if query.trim().is_empty() {
            return (0..self.catalogue().brands.len()).collect();
        }
        let index = self.index.get_or_insert_with(|| self.stock.index());
        index.find_forgiving(query, scratch).into_owned()
    }

    /// Returns the indices of the selected brands: featured ones first while the query is empty, sold-out ones
    /// last. Updates the counts.
    pub(super) fn find_wanted(&mut self, wanted: &Wanted<'_>, scratch: &MatcherScratch) -> Vec<usize> {
        let found = self.find(wanted.query, scratch);
        let stock = Arc::clone(&self.stock);
        let catalogue = &stock.catalogue;
        let featured = if wanted.query.trim().is_empty() { catalogue.featured.as_slice() } else { &[] };
        let mut is_forward = vec![false; if featured.is_empty() { 0 } else { catalogue.brands.len() }];
        for &place in featured {
            is_forward[place] = true;
        }
        let others = found.into_iter().filter(|place| is_forward.get(*place) != Some(&true));
        let (mut shown, mut sold_out) = (Vec::with_capacity(catalogue.brands.len()), Vec::new());
        let mut counts = [0_usize; 3];
        for place in featured.iter().copied().chain(others) {
            let brand = &catalogue.brands[place];
            counts[brand.kind as usize] += 1;
            if wanted.fits(brand) {
                let list = if brand.out_of_stock { &mut sold_out } else { &mut shown };
                list.push(place);
            }
        }
        shown.append(&mut sold_out);
        // Padded to the widest possible count, so that nothing moves while the user types.
        self.kinds = std::array::from_fn(|kind| format!(" {:<1$}", counts[kind], self.digits[kind]));
        let all = catalogue.brands.len();
        self.count = format!("  {:>1$} of {all}", shown.len(), digits(all));
        shown
    }
}

impl Wanted<'_> {
    fn fits(&self, brand: &Brand) -> bool {
        self.kind.is_none_or(|kind| brand.kind == kind)
            && self.category.is_none_or(|category| brand.is_in(category.as_str()))
    }
}

/// The number of decimal digits of a number.
fn digits(number: usize) -> usize {
    number.checked_ilog10().map_or(1, |last| usize::try_from(last).unwrap_or_default() + 1)
}
