//! Bodies that list a country's brands, many of them several times: each is written as it is sent, a page
//! at a time, so the whole is never in memory.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::Brand;
use super::json::listed;

/// About how many bytes are written at once.
const PAGE: usize = 16 * 1024;

/// About the longest that one brand takes; a longer one would only cost another allocation.
const LONGEST: usize = 1024;

/// A body of JSON, page by page.
#[derive(Debug)]
pub struct Listing {
    base: Box<str>,
    parts: std::vec::IntoIter<Part>,
}

/// What comes next in a body.
#[derive(Debug)]
enum Part {
    Text(Box<str>),
    Brand(Arc<Brand>),
}

impl Listing {
    /// Body of `/v2/brands` (contract, section 2.3).
    pub(super) fn of_all(country: &str, brands: &[Arc<Brand>], base: &str) -> Self {
        let mut plan = Plan::default();
        plan.open(&json!({"country_code": country, "last_user_purchases": [], "suggestions": []}));
        plan.categories(brands, usize::MAX);
        plan.list("all_brands", brands);
        plan.list("popular_brands", popular(brands));
        plan.close(base)
    }

    /// Body of `/v2/homepage` (contract, section 2.4): the popular and a few of each category.
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

/// A body that is being laid out.
#[derive(Debug, Default)]
struct Plan(Vec<Part>);

impl Plan {
    /// An object with something in it, left open for lists.
    fn open(&mut self, fields: &Value) {
        let mut text = fields.to_string();
        text.pop();
        self.text(text);
    }

    /// Groups by kind and category; a brand stands in every one it names.
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
            // The real list leaves the category of its last drawer open.
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

/// The brands that the supplier puts forward.
fn popular<'a>(brands: impl IntoIterator<Item = &'a Arc<Brand>>) -> impl Iterator<Item = &'a Arc<Brand>> {
    brands.into_iter().filter(|brand| brand.popular)
}
