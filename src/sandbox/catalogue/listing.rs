//! JSON bodies that list a country's brands, many of them several times.
//!
//! They are generated a page at a time while they are sent, so the whole body is never in memory.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::Brand;
use super::json::listed;

/// The approximate page size, in bytes.
const PAGE: usize = 16 * 1024;

/// The approximate largest size of one brand, in bytes. A larger one only costs another allocation.
const LONGEST: usize = 1024;

/// An iterator over the pages of a JSON body.
#[derive(Debug)]
pub struct Listing {
    base: Box<str>,
    parts: std::vec::IntoIter<Part>,
}

/// The next part of a body.
#[derive(Debug)]
enum Part {
    Text(Box<str>),
    Brand(Arc<Brand>),
}

impl Listing {
    /// Creates the body of `/v2/brands` (contract, section 2.3).
    pub(super) fn of_all(country: &str, brands: &[Arc<Brand>], base: &str) -> Self {
        let mut plan = Plan::default();
        plan.open(&json!({"country_code": country, "last_user_purchases": [], "suggestions": []}));
        plan.categories(brands, usize::MAX);
        plan.list("all_brands", brands);
        plan.list("popular_brands", popular(brands));
        plan.close(base)
    }

    /// Creates the body of `/v2/homepage` (contract, section 2.4): the popular brands and a few of each
    /// category.
    pub(super) fn of_home(country: &str, brands: &[Arc<Brand>], base: &str) -> Self {
        let mut plan = Plan::default();
        plan.open(&json!({"country_code": country}));
        plan.categories(brands, 12);
        plan.list("popular_brands", popular(brands));
        plan.close(base)
    }
}

impl Iterator for Listing {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let mut page = Vec::with_capacity(PAGE);
        while page.len() < PAGE - LONGEST
            && let Some(part) = self.parts.next()
        {
            match part {
                Part::Text(text) => page.extend_from_slice(text.as_bytes()),
                Part::Brand(brand) => {
                    let _memory_takes_all = serde_json::to_writer(&mut page, &listed(&brand, &self.base));
                    if let [Part::Brand(_), ..] = self.parts.as_slice() {
                        page.push(b',');
                    }
                }
            }
        }
        (!page.is_empty()).then_some(page)
    }
}

/// The plan of a body.
#[derive(Debug, Default)]
struct Plan(Vec<Part>);

impl Plan {
    /// Appends a non-empty object, left open so that lists can follow.
    fn open(&mut self, fields: &Value) {
        let mut text = fields.to_string();
        text.pop();
        self.text(text);
    }

    /// Appends the groups by kind and category. A brand is in every category that it names.
    fn categories(&mut self, brands: &[Arc<Brand>], most: usize) {
        let mut seen = HashSet::new();
        self.text(r#","categories":["#);
        for (kind, category) in
            brands.iter().flat_map(|brand| brand.categories().map(|own| (brand.kind, own)))
        {
            if !seen.insert((kind, category)) {
                continue;
            }
            let is_member =
                |brand: &&Arc<Brand>| brand.kind == kind && brand.categories().any(|own| own == category);
            let members = brands.iter().filter(is_member).take(most);
            // The real list omits the category of its last group.
            let word = Some(category).filter(|word| *word != "other_products");
            self.text(if seen.len() > 1 { "," } else { "" });
            self.open(&json!({"kind": kind, "category": word}));
            self.list("brands", members.clone());
            self.list("popular_brands", popular(members));
            self.text("}");
        }
        self.text("]");
    }

    fn list<'a>(&mut self, key: &str, brands: impl IntoIterator<Item = &'a Arc<Brand>>) {
        self.text(format!(r#","{key}":["#));
        self.0.extend(brands.into_iter().map(|brand| Part::Brand(Arc::clone(brand))));
        self.text("]");
    }

    fn text(&mut self, text: impl Into<Box<str>>) {
        self.0.push(Part::Text(text.into()));
    }

    fn close(mut self, base: &str) -> Listing {
        self.text("}");
        Listing { base: base.into(), parts: self.0.into_iter() }
    }
}

/// Returns the brands that the supplier lists as popular.
fn popular<'a>(brands: impl IntoIterator<Item = &'a Arc<Brand>>) -> impl Iterator<Item = &'a Arc<Brand>> {
    brands.into_iter().filter(|brand| brand.popular)
}
